#include "pmprep/bank/library.h"
#include "pmprep/bank/taxonomy.h"
#include "pmprep/base/mem.h"

/* Names of a filter against the content. */

static bool check_names(const struct strings *given, const char *key, const char *const *names, size_t count,
                        struct err *err)
{
    for (size_t i = 0; i < given->count; i++) {
        size_t k = 0;
        while (k < count && strcmp(names[k], given->at[i]) != 0) {
            k++;
        }
        if (k == count) {
            const char *near = nearest_name(sv_from(given->at[i]), names, count);
            return err_set(err, ERR_USAGE, "%s:%s matches nothing: there is no such %s%s%s%s", key, given->at[i], key,
                           near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
        }
    }
    return true;
}

bool library_check_filter(struct library *lib, const struct filter *f, struct err *err)
{
    size_t principle_count;
    size_t bank_count;
    const struct principle *principles = library_principles(lib, &principle_count);
    const struct bank_info *banks = library_banks(lib, &bank_count);
    const char **names = NULL;
    size_t cap = 0;
    mem_grow((void **)&names, &cap, principle_count + bank_count + 1, sizeof(*names));
    for (size_t i = 0; i < principle_count; i++) {
        names[i] = principles[i].id;
    }
    for (size_t i = 0; i < bank_count; i++) {
        names[principle_count + i] = banks[i].name;
    }
    bool known = check_names(&f->principles, "principle", names, principle_count, err) &&
                 check_names(&f->not_principles, "principle", names, principle_count, err) &&
                 check_names(&f->banks, "bank", names + principle_count, bank_count, err) &&
                 check_names(&f->not_banks, "bank", names + principle_count, bank_count, err);
    free(names);
    return known;
}
