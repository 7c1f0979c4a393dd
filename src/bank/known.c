#include "pmprep/bank/library.h"
#include "pmprep/bank/taxonomy.h"
#include "pmprep/base/buf.h"
#include "pmprep/base/mem.h"

/* Names that only the library knows: a slip says what was meant in place of "nothing fits". */

/* One kind of name, all of them. */
struct names {
    const char *what;
    const char **at;
    size_t count;
};

static struct names all_banks(struct library *library)
{
    struct names n = {.what = "bank"};
    const struct bank_info *banks = library_banks(library, &n.count);
    n.at = mem_calloc(n.count + 1, sizeof(*n.at));
    for (size_t i = 0; i < n.count; i++) {
        n.at[i] = banks[i].name;
    }
    return n;
}

static struct names all_principles(struct library *library)
{
    struct names n = {.what = "principle"};
    const struct principle *principles = library_principles(library, &n.count);
    n.at = mem_calloc(n.count + 1, sizeof(*n.at));
    for (size_t i = 0; i < n.count; i++) {
        n.at[i] = principles[i].id;
    }
    return n;
}

static bool is_among(const struct names *n, const char *name)
{
    for (size_t i = 0; i < n->count; i++) {
        if (strcmp(n->at[i], name) == 0) {
            return true;
        }
    }
    return false;
}

static bool check_one(const struct names *n, const char *name, enum err_code code, struct err *err)
{
    if (is_among(n, name)) {
        return true;
    }
    const char *near = nearest_name(sv_from(name), n->at, n->count);
    if (near) {
        return err_set(err, code, "there is no %s %s: did you mean %s?", n->what, name, near);
    }
    struct buf known = BUF_INIT;
    for (size_t i = 0; i < n->count; i++) {
        buf_addf(&known, " %s", n->at[i]);
    }
    err_set(err, code, "there is no %s %s; known:%s", n->what, name, buf_str(&known));
    buf_release(&known);
    return false;
}

/* Takes n over. */
static bool check_lists(struct names n, const struct strings *wanted, const struct strings *unwanted, struct err *err)
{
    bool ok = true;
    for (size_t i = 0; ok && i < wanted->count; i++) {
        ok = check_one(&n, wanted->at[i], ERR_USAGE, err);
    }
    for (size_t i = 0; ok && i < unwanted->count; i++) {
        ok = check_one(&n, unwanted->at[i], ERR_USAGE, err);
    }
    free(n.at);
    return ok;
}

bool library_check_filter(struct library *library, const struct filter *f, struct err *err)
{
    return check_lists(all_principles(library), &f->principles, &f->not_principles, err) &&
           check_lists(all_banks(library), &f->banks, &f->not_banks, err);
}

bool library_check_bank(struct library *library, const char *name, struct err *err)
{
    struct names n = all_banks(library);
    bool ok = check_one(&n, name, ERR_NOT_FOUND, err);
    free(n.at);
    return ok;
}
