#include "support/unit.h"

#include "support/libfix.h"

#include "pmprep/base/fileio.h"

#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

const char libfix_text[] = "bank: mine\n"
                           "title: My questions\n"
                           "items:\n"
                           "  # a comment between\n"
                           "  - id: first\n"
                           "    kind: behavioural\n"
                           "    principles: [ownership, earn-trust]\n"
                           "    difficulty: 2\n"
                           "    minutes: 4\n"
                           "    core: true\n"
                           "    title: The first one\n"
                           "    was: [once, other/twice]\n"
                           "    prompt: |\n"
                           "      Tell me about the first.\n"
                           "    probes:\n"
                           "      - flaw: no-number\n"
                           "        ask: How many?\n"
                           "  - id: second\n"
                           "    kind: case\n"
                           "    family: metrics\n"
                           "    difficulty: 3\n"
                           "    prompt: Sales fell by a tenth overnight.\n"
                           "  - {id: third, kind: transition, difficulty: 1, prompt: Why now}\n";

char *libfix_join(struct libfix *w, const char *folder, const char *name)
{
    return arena_printf(&w->arena, "%s/%s", folder, name);
}

void libfix_write(const char *path, const char *text)
{
    struct err err = ERR_INIT;
    if (!file_write_atomic(path, sv_from(text), &err)) {
        fail_msg("%s", err.text);
    }
}

/* Older than any doubt about times, so that the cache is kept: a link to a file does not change when the link is made.
 */
static void link_shipped(struct libfix *w, const char *data, const char *folder)
{
    char *real = realpath(libfix_join(w, data, folder), NULL);
    assert_non_null(real);
    assert_int_equal(symlink(real, libfix_join(w, w->data, folder)), 0);
    free(real);
}

int libfix_setup(void **state)
{
    struct libfix *w = calloc(1, sizeof(*w));
    struct buf root = BUF_INIT;
    struct err err = ERR_INIT;
    const char *data = getenv("PMPREP_DATA");
    assert_true(file_temp_dir(&root, &err));
    w->root = arena_strdup(&w->arena, buf_str(&root));
    w->user = libfix_join(w, w->root, "user");
    w->data = libfix_join(w, w->root, "data");
    w->cache = libfix_join(w, w->root, "cache/library.db");
    assert_true(file_mkdirs(w->user, &err) && file_mkdirs(w->data, &err));
    link_shipped(w, data ? data : "data", "rubrics");
    link_shipped(w, data ? data : "data", "principles");
    link_shipped(w, data ? data : "data", "banks");
    buf_release(&root);
    *state = w;
    return 0;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
    (void)st;
    (void)type;
    (void)ftw;
    return remove(path);
}

int libfix_teardown(void **state)
{
    struct libfix *w = *state;
    nftw(w->root, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    arena_release(&w->arena);
    free(w);
    return 0;
}

struct library_sources libfix_sources(const struct libfix *w)
{
    return (struct library_sources){.shipped = w->data, .user = w->user, .cache = w->cache};
}

struct library *libfix_open_with(const struct library_sources *sources)
{
    struct library *lib;
    struct err err = ERR_INIT;
    if (!library_open(&lib, sources, &err)) {
        fail_msg("%s", err.text);
    }
    return lib;
}

struct library *libfix_open(struct libfix *w)
{
    struct library_sources sources = libfix_sources(w);
    return libfix_open_with(&sources);
}

/* The title of an item, or "" when there is none. */
const char *libfix_title(struct library *lib, struct libfix *w, const char *key)
{
    struct item item;
    struct err err = ERR_INIT;
    return library_item(lib, key, &w->arena, &item, &err) ? item.title : "";
}

const struct bank_info *libfix_bank(struct library *lib, const char *name)
{
    size_t count;
    const struct bank_info *banks = library_banks(lib, &count);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(banks[i].name, name) == 0) {
            return &banks[i];
        }
    }
    return NULL;
}

size_t libfix_count(struct library *lib, struct libfix *w, const char *line)
{
    struct filter f;
    struct err err = ERR_INIT;
    struct item_meta *list;
    size_t count;
    assert_true(filter_parse_line(sv_from(line), 0, 0, &w->arena, &f, &err));
    assert_true(library_list(lib, &f, &w->arena, &list, &count, &err));
    return count;
}
