#include "pmprep/bank/library.h"
#include "pmprep/coach/coach.h"

#include <math.h>
#include <stdlib.h>

/*
 * Any bytes through the coach with the shipped rules and words. Beyond not crashing: every finding points into the
 * text, shares add up, and reading twice says the same. The first byte chooses the kind of answer.
 */

enum { LONGEST = 800, TWICE = 100 }; /* sanitised reading is slow, and longer answers say nothing new */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds) {
        abort();
    }
}

static const struct coach *shipped(void)
{
    static struct coach *coach;
    static struct library *library;
    struct err err = ERR_INIT;
    size_t rules, words;
    if (!coach) {
        const char *data = getenv("PMPREP_DATA");
        struct library_sources sources = {.shipped = data ? data : "data"};
        must(library_open(&library, &sources, &err));
        const struct rule *r = library_rules(library, &rules);
        const struct lexicon *w = library_lexicons(library, &words);
        must(rules > 0 && coach_open(&coach, r, rules, w, words, NULL, 0, &err));
    }
    return coach;
}

static void check(const struct coach_report *r, size_t size)
{
    double sum = r->star.situation + r->star.action + r->star.result;
    must(fabs(sum) < 1e-9 || fabs(sum - 1) < 1e-9);
    for (size_t i = 0; i < r->count; i++) {
        const struct finding *f = &r->findings[i];
        must(f->start < f->end && f->end <= size && f->message[0]);
    }
    for (size_t i = 0; i < r->numbers->claim_count; i++) {
        const struct number_claim *c = &r->numbers->claims[i];
        must(c->first < c->end && c->end <= r->text->token_count && c->working);
        must(!c->tested || (isfinite(c->z) && c->p >= 0 && c->p <= 1));
    }
}

static void check_again(const struct coach_input *in, const struct coach_report *first, struct arena *a)
{
    struct coach_report again;
    coach_read(shipped(), in, a, &again);
    must(first->count == again.count && first->words == again.words);
    for (size_t i = 0; i < first->count; i++) {
        must(first->findings[i].start == again.findings[i].start && first->findings[i].rule == again.findings[i].rule);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = ARENA_INIT;
    struct coach_report report;
    int kind = size > 0 ? data[0] % (coach_kind_words.count + 1) : 0;
    struct sv text = sv_sub((struct sv){(const char *)data, size}, 1, LONGEST);
    struct coach_input in = {.text = text, .kind = kind ? coach_kind_words.names[kind - 1] : NULL};
    coach_read(shipped(), &in, &arena, &report);
    check(&report, text.len);
    if (text.len < TWICE) {
        check_again(&in, &report, &arena);
    }
    arena_release(&arena);
    return 0;
}
