#include "answer.h"

#include "show.h"

#include "pmprep/app/findings.h"
#include "pmprep/app/speech.h"
#include "pmprep/coach/words.h"

enum { MAX_SPANS = 64, SCORE_COLUMN = 24, SET_COLUMN = 8 };

const char *const answer_tick_words[TICK_KINDS] = {
    "the customer: who, and what hurt",
    "a number",
    "its baseline: from what, over how long",
    "what I decided",
    "the alternative I rejected",
    "the result: what changed",
    "what I learned",
};

int answer_level(const struct score *scores, size_t count, const char *dimension)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(scores[i].dimension, dimension) == 0)
            return scores[i].level;
    return 0;
}

double answer_mean(const struct attempt *at)
{
    const struct score_set *newest = at->score_set_count > 0 ? &at->score_sets[at->score_set_count - 1] : NULL;
    double sum = 0;
    if (!newest || newest->count == 0)
        return 0;
    for (size_t i = 0; i < newest->count; i++)
        sum += newest->scores[i].level;
    return sum / (double)newest->count;
}

void answer_add_facts(struct page *p, const struct attempt *at)
{
    static const char *const tries[] = {[ATTEMPT_FIRST] = "",
                                        [ATTEMPT_AGAIN] = "second try · ",
                                        [ATTEMPT_PROBE] = "probe · ",
                                        [ATTEMPT_RETRY] = "retry · "};
    char when[SHOW_SIZE], spoken[SHOW_SIZE], active[SHOW_SIZE];
    struct buf line = BUF_INIT;
    show_moment(when, at->started_at, at->offset_min);
    show_length(spoken, words_spoken_ms(at->words));
    show_length(active, at->active_ms);
    buf_addf(&line, "%s · %s%s", when, tries[at->role], at->mode == MODE_PICK ? "picked" : show_mode(at->mode));
    if (at->active_ms > 0)
        buf_addf(&line, " in %s", active);
    if (at->words > 0)
        buf_addf(&line, " · %u %s", at->words, at->words == 1 ? "word" : "words");
    if (at->words > 0 && at->mode == MODE_TYPE)
        buf_addf(&line, ", %s spoken", spoken);
    if (at->flagged)
        buf_adds(&line, " · flagged");
    page_add(p, ROLE_DIM, 0, 0, buf_sv(&line));
    buf_clear(&line);
    speech_describe(at, &line);
    if (line.len > 0)
        page_add(p, ROLE_DIM, 0, 0, buf_sv(&line));
    buf_release(&line);
}

/* ---- the text, with what the search found ---- */

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

static bool begins(struct sv text, size_t at, struct sv word)
{
    if (word.len == 0 || at + word.len > text.len)
        return false;
    for (size_t i = 0; i < word.len; i++)
        if (lower(text.data[at + i]) != lower(word.data[i]))
            return false;
    return true;
}

/* The search stems; words that begin like the one searched are near enough for a mark. */
static size_t mark_word(struct sv text, struct sv word, struct text_span *spans, size_t count)
{
    for (size_t at = 0; at < text.len && count < MAX_SPANS; at++) {
        if ((at > 0 && is_word(text.data[at - 1])) || !begins(text, at, word))
            continue;
        size_t end = at + word.len;
        while (end < text.len && is_word(text.data[end]))
            end++;
        spans[count++] = (struct text_span){at, end, ROLE_MATCH};
        at = end;
    }
    return count;
}

static size_t mark_search(struct sv text, const struct filter *search, struct text_span *spans, size_t count)
{
    for (size_t i = 0; search && i < search->words.count; i++) {
        struct sv rest = sv_from(search->words.at[i]), word;
        while (sv_split(&rest, ' ', &word)) {
            while (word.len > 0 && !is_word(word.data[0]))
                word = sv_sub(word, 1, word.len);
            while (word.len > 0 && !is_word(word.data[word.len - 1]))
                word.len--;
            count = mark_word(text, word, spans, count);
        }
    }
    return count;
}

static size_t mark_finding(struct sv text, const struct finding *f, enum role role, struct text_span *spans,
                           size_t count)
{
    size_t start, end;
    if (count < MAX_SPANS && finding_span(f, text, &start, &end))
        spans[count++] = (struct text_span){start, end, role};
    return count;
}

/* Where two overlap, the one looked at lies on top; it is shown dismissed too, to be taken back. */
static size_t mark_findings(struct sv text, const struct finding *list, size_t listed, size_t looked_at,
                            struct text_span *spans)
{
    size_t count = 0;
    for (size_t i = 0; looked_at != MARK_NONE && i < listed && count < MAX_SPANS - 1; i++)
        if (!list[i].dismissed && i != looked_at)
            count = mark_finding(text, &list[i], ROLE_MATCH, spans, count);
    return count;
}

void answer_add_words(struct page *p, struct sv text, const struct finding *list, size_t count, size_t looked_at,
                      const struct filter *search)
{
    struct text_span spans[MAX_SPANS];
    size_t marked = mark_findings(text, list, count, looked_at, spans);
    size_t before = mark_search(text, search, spans, marked);
    before -= before == MAX_SPANS;
    marked = looked_at < count ? mark_finding(text, &list[looked_at], ROLE_FOUND, spans, before) : before;
    page_add_spans(p, ROLE_TEXT, 0, text, spans, marked);
    if (marked > before)
        page_mark(p, spans[before].start, spans[before].end);
}

void answer_add_ticks(struct page *p, unsigned ticks)
{
    for (int i = 0; i < TICK_KINDS; i++)
        page_addf(p, ROLE_DIM, 0, 4, "%s %s", ticks & (1u << i) ? "[x]" : "[ ]", answer_tick_words[i]);
}

static void add_pick(struct page *p, const struct attempt *at)
{
    const char *good = at->kind == KIND_PAIR ? "You picked the stronger answer." : "You picked the right one.";
    const char *bad = at->kind == KIND_PAIR ? "You picked the weaker answer." : "You picked a wrong one.";
    page_add(p, at->picked_right ? ROLE_GOOD : ROLE_WARNING, 0, 0, sv_from(at->picked_right ? good : bad));
}

void answer_add_text(struct page *p, const struct attempt *at, const struct filter *search, size_t looked_at)
{
    struct sv text = sv_from(at->text);
    if (at->mode == MODE_PICK && at->picked >= 0)
        add_pick(p, at);
    if (at->mode == MODE_SPEAK) {
        answer_add_ticks(p, at->ticks);
        page_blank(p);
    }
    if (sv_trim(text).len > 0)
        answer_add_words(p, text, at->findings, at->finding_count, looked_at, search);
    else if (at->mode != MODE_PICK)
        page_add(p, ROLE_DIM, 0, 0, at->mode == MODE_SPEAK ? SV("Spoken, without notes.") : SV("Nothing was written."));
}

/* ---- scores ---- */

/* Which of the sets a column shows, in words short enough for it. */
static const char *phase_word(const struct score_set *set, int offset_min, char out[SHOW_SIZE])
{
    int64_t now = set->at_ms;
    switch (set->phase) {
    case SCORE_BLIND:
        return "first";
    case SCORE_EVIDENCE:
        return "after";
    case SCORE_LATER:
        show_short_day(out, set->at_ms, offset_min, now);
        return out;
    case SCORE_PHASES:
        break;
    }
    return "";
}

static void add_score_row(struct page *p, const struct attempt *at, const char *id, const char *name, bool always)
{
    struct buf line = BUF_INIT;
    bool any = always;
    buf_addf(&line, "%-*.*s", SCORE_COLUMN, SCORE_COLUMN, name);
    for (size_t i = 0; i < at->score_set_count; i++) {
        int level = answer_level(at->score_sets[i].scores, at->score_sets[i].count, id);
        if (level > 0)
            buf_addf(&line, "%*d", SET_COLUMN, level);
        else
            buf_addf(&line, "%*s", SET_COLUMN, "-");
        any |= level > 0;
    }
    if (any)
        page_add(p, ROLE_TEXT, 2, 0, buf_sv(&line));
    buf_release(&line);
}

void answer_add_scores(struct page *p, const struct attempt *at, const struct rubric *rubric)
{
    char word[SHOW_SIZE];
    struct buf head = BUF_INIT;
    if (at->score_set_count == 0 && at->picked >= 0)
        return;
    if (at->score_set_count == 0) {
        page_add(p, ROLE_DIM, 0, 0, SV("Not scored yet: r scores it."));
        return;
    }
    buf_addf(&head, "%-*s", SCORE_COLUMN + 2, "Scores");
    for (size_t i = 0; i < at->score_set_count; i++)
        buf_addf(&head, "%*s", SET_COLUMN, phase_word(&at->score_sets[i], at->offset_min, word));
    page_add(p, ROLE_STRONG, 0, 0, buf_sv(&head));
    buf_release(&head);
    add_score_row(p, at, "", "Overall", true);
    for (size_t i = 0; i < rubric->dimension_count; i++)
        add_score_row(p, at, rubric->dimensions[i].id, rubric->dimensions[i].name, false);
}

void answer_add_scale(struct page *p, const struct dimension *d, int marked)
{
    page_add(p, ROLE_STRONG, 0, 0, sv_from(d ? d->name : "Overall"));
    page_blank(p);
    for (int level = 1; level <= LEVELS; level++) {
        const char *anchor = d ? d->anchor[level - 1] : show_level(level);
        page_addf(p, level == marked ? ROLE_SELECTED : ROLE_TEXT, 2, 3, "%d  %s", level, anchor);
    }
}
