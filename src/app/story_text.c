#include "pmprep/app/story.h"

#include "pmprep/bank/taxonomy.h"

#include <stddef.h>

/* The story as a text that an editor shows and a script writes, and the search in stories. */

#define FIELD(name, hint)                                                                                              \
    {                                                                                                                  \
#name, hint, offsetof(struct story, name)                                                                      \
    }
const struct story_field story_fields[] = {
    FIELD(headline, "the story in one line, as you would announce it"),
    FIELD(customer, "who it was for, and what hurt them"),
    FIELD(decision, "what you decided yourself"),
    FIELD(rejected, "the option you turned down, and why"),
    FIELD(before, "the number before: value, period, of how many"),
    FIELD(after, "the number after, and how you know it was you"),
    FIELD(period, "when, as in 2025 Q1-Q3"),
    FIELD(source, "where the numbers can be checked"),
    FIELD(lesson, "what you would do differently"),
    {NULL, NULL, 0},
};
#undef FIELD
enum { FIELD_COUNT = sizeof(story_fields) / sizeof(story_fields[0]) - 1 };

static const char principles_name[] = "principles";

const char *story_get_field(const struct story *st, const struct story_field *f)
{
    return *(const char *const *)((const char *)st + f->offset);
}

void story_set_field(struct story *st, const struct story_field *f, const char *value)
{
    *(const char **)((char *)st + f->offset) = value;
}

void story_init(struct story *st)
{
    *st = (struct story){.id = ""};
    for (const struct story_field *f = story_fields; f->name; f++) {
        story_set_field(st, f, "");
    }
}

/* "name: first line", then its other lines indented. */
static void add_field(struct buf *out, const char *name, const char *value)
{
    struct sv rest = sv_from(value), line;
    buf_addf(out, "%s:", name);
    while (rest.len > 0 && sv_split(&rest, '\n', &line)) {
        buf_addf(out, " " SV_FMT "\n", SV_ARG(line));
        buf_adds(out, rest.len > 0 ? "   " : "");
    }
    buf_adds(out, value[0] ? "" : "\n");
}

void story_template(const struct story *st, struct buf *out)
{
    buf_adds(out, "# A story you can tell. Fill in what you have: only the headline is required.\n"
                  "# Further lines of a field are indented. Lines that begin with # are left out.\n#\n");
    for (const struct story_field *f = story_fields; f->name; f++) {
        buf_addf(out, "#   %-10s %s\n", f->name, f->hint);
    }
    buf_addf(out, "#   %-10s the principles it shows, as in ownership, dive-deep\n\n", principles_name);
    for (const struct story_field *f = story_fields; f->name; f++) {
        add_field(out, f->name, story_get_field(st, f));
    }
    struct buf list = BUF_INIT;
    for (size_t i = 0; i < st->principles.count; i++) {
        buf_addf(&list, "%s%s", i ? ", " : "", st->principles.at[i]);
    }
    add_field(out, principles_name, buf_str(&list));
    buf_release(&list);
}

/* "a, b" cut at the commas, as written. */
static struct strings split_list(struct sv list, struct arena *a)
{
    size_t most = 1;
    for (size_t i = 0; i < list.len; i++) {
        most += list.data[i] == ',';
    }
    struct strings out = {arena_array(a, most, sizeof(*out.at)), 0};
    struct sv part;
    while (sv_split(&list, ',', &part)) {
        part = sv_trim(part);
        if (part.len > 0) {
            out.at[out.count++] = arena_sv(a, part);
        }
    }
    return out;
}

static bool unknown_field(struct sv name, unsigned line, struct err *err)
{
    const char *names[FIELD_COUNT + 1];
    struct buf list = BUF_INIT;
    for (size_t i = 0; i <= FIELD_COUNT; i++) {
        names[i] = i < FIELD_COUNT ? story_fields[i].name : principles_name;
        buf_addf(&list, "%s%s", i ? ", " : "", names[i]);
    }
    const char *near = nearest_name(name, names, FIELD_COUNT + 1);
    err_set(err, ERR_FORMAT, "line %u: a story has no field '" SV_FMT "'%s%s%s; it has %s", line, SV_ARG(name),
            near ? ", did you mean " : "", near ? near : "", near ? "?" : "", buf_str(&list));
    buf_release(&list);
    return false;
}

/* Where the lines of a field gather: one for each field, the last for principles. */
struct fields {
    struct buf text[FIELD_COUNT + 1];
    bool given[FIELD_COUNT + 1];
};

static bool find_field(struct sv name, unsigned line, size_t *at, struct err *err)
{
    for (size_t i = 0; i <= FIELD_COUNT; i++) {
        if (sv_eqs(name, i < FIELD_COUNT ? story_fields[i].name : principles_name)) {
            *at = i;
            return true;
        }
    }
    return unknown_field(name, line, err);
}

static bool take_line(struct fields *f, struct sv line, unsigned number, size_t *at, struct err *err)
{
    bool indented = line.len > 0 && (line.data[0] == ' ' || line.data[0] == '\t');
    struct sv value = line, name;
    if (sv_trim(line).len == 0 || line.data[0] == '#') {
        return true;
    }
    if (!indented) {
        sv_split(&value, ':', &name);
        if (!value.data) {
            return err_set(err, ERR_FORMAT, "line %u: expected 'field: text', or an indented line of the field above",
                           number);
        }
        if (!find_field(sv_trim(name), number, at, err)) {
            return false;
        }
        if (f->given[*at]) {
            return err_set(err, ERR_FORMAT, "line %u: '" SV_FMT "' stands twice: indent further lines of a field",
                           number, SV_ARG(sv_trim(name)));
        }
        f->given[*at] = true;
    } else if (*at > FIELD_COUNT) {
        return err_set(err, ERR_FORMAT, "line %u: an indented line belongs to a field above it: there is none", number);
    }
    value = sv_trim(value);
    if (value.len > 0 && f->text[*at].len > 0) {
        buf_addc(&f->text[*at], '\n');
    }
    buf_addsv(&f->text[*at], value);
    return true;
}

static void give(const struct fields *f, struct arena *a, struct story *out)
{
    for (size_t i = 0; i < FIELD_COUNT; i++) {
        if (f->given[i]) {
            story_set_field(out, &story_fields[i], arena_sv(a, buf_sv(&f->text[i])));
        }
    }
    if (f->given[FIELD_COUNT]) {
        out->principles = split_list(buf_sv(&f->text[FIELD_COUNT]), a);
    }
}

bool story_parse(struct sv text, struct arena *a, struct story *out, struct err *err)
{
    struct fields fields = {0};
    struct sv line;
    size_t at = FIELD_COUNT + 1;
    bool ok = true;
    for (unsigned number = 1; ok && text.len > 0 && sv_split(&text, '\n', &line); number++) {
        ok = take_line(&fields, line, number, &at, err);
    }
    if (ok) {
        give(&fields, a, out);
    }
    for (size_t i = 0; i <= FIELD_COUNT; i++) {
        buf_release(&fields.text[i]);
    }
    return ok;
}

static char fold(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Where needle (ASCII letters of any case) first stands in text; text.len when nowhere. */
static size_t find_folded(struct sv text, struct sv needle)
{
    for (size_t at = 0; at + needle.len <= text.len; at++) {
        size_t same = 0;
        while (same < needle.len && fold(text.data[at + same]) == fold(needle.data[same])) {
            same++;
        }
        if (same == needle.len) {
            return at;
        }
    }
    return text.len;
}

enum { RANK_NONE = 5 };

/* 0 the headline begins with it; 1 a word of the headline does; 2 inside the headline; 3 in another field; RANK_NONE.
 */
static int rank(const struct story *st, struct sv typed)
{
    struct sv headline = sv_from(st->headline);
    size_t at = find_folded(headline, typed);
    if (at < headline.len || typed.len == 0) {
        return at == 0 ? 0 : at > 0 && headline.data[at - 1] == ' ' ? 1 : 2;
    }
    for (const struct story_field *f = story_fields; f->name; f++) {
        struct sv text = sv_from(story_get_field(st, f));
        if (find_folded(text, typed) < text.len) {
            return 3;
        }
    }
    return RANK_NONE;
}

size_t story_match(const struct story *list, size_t count, struct sv typed, size_t *index, size_t max)
{
    size_t found = 0;
    typed = sv_trim(typed);
    for (int wanted = 0; wanted < RANK_NONE; wanted++) {
        for (size_t i = 0; i < count && found < max; i++) {
            if (rank(&list[i], typed) == wanted) {
                index[found++] = i;
            }
        }
    }
    return found;
}
