#include "mock_parts.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* The facts of a case, which come only to whoever asks. */

enum { NEAREST = 3, STEM_LEAST = 3 };

/* Written anew each time, so that a step that fails is taken back with the state. */
void mock_tell(struct mock *m, const char *text)
{
    struct strings *told = &m->s.told;
    const char **all = arena_array(&m->arena, told->count + 1, sizeof(*all));
    for (size_t i = 0; i < told->count; i++) {
        all[i] = told->at[i];
    }
    all[told->count] = arena_strdup(&m->arena, text);
    *told = (struct strings){all, told->count + 1};
}

static bool was_told(const struct mock *m, const char *text)
{
    for (size_t i = 0; i < m->s.told.count; i++) {
        if (strcmp(m->s.told.at[i], text) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_letter(char c)
{
    return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

static bool next_word(struct sv *rest, struct sv *word)
{
    size_t from = 0, to;
    while (from < rest->len && !is_letter(rest->data[from])) {
        from++;
    }
    for (to = from; to < rest->len && is_letter(rest->data[to]);) {
        to++;
    }
    *word = sv_sub(*rest, from, to - from);
    *rest = sv_sub(*rest, to, rest->len);
    return word->len > 0;
}

/* Without the endings of number and time: "costs" "costing" "cost" are one. */
static struct sv stem(struct sv word)
{
    static const char *const endings[] = {"ations", "ation", "ings", "ing", "ies", "ers", "er",
                                          "ed",     "es",    "ly",   "s",   "y",   "e"};
    for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
        size_t n = strlen(endings[i]);
        if (word.len >= STEM_LEAST + n && strncasecmp(word.data + word.len - n, endings[i], n) == 0) {
            return sv_sub(word, 0, word.len - n);
        }
    }
    return word;
}

static bool same_stem(struct sv a, struct sv b)
{
    struct sv x = stem(a), y = stem(b);
    return x.len == y.len && strncasecmp(x.data, y.data, x.len) == 0;
}

/* "how", "many", "what": in every question, so no sign of what it is about. */
static bool is_common(struct sv word)
{
    static const char *const common[] = {"a",    "an",  "and", "any", "are", "can",  "do",  "does", "for",  "have",
                                         "how",  "i",   "in",  "is",  "it",  "me",   "of",  "on",   "or",   "tell",
                                         "that", "the", "to",  "was", "we",  "what", "you", "much", "many", "there"};
    for (size_t i = 0; i < sizeof(common) / sizeof(common[0]); i++) {
        if (word.len == strlen(common[i]) && strncasecmp(word.data, common[i], word.len) == 0) {
            return true;
        }
    }
    return false;
}

static bool has_word(struct sv text, struct sv word)
{
    struct sv w;
    while (next_word(&text, &w)) {
        if (same_stem(w, word)) {
            return true;
        }
    }
    return false;
}

/* Words of the question that the fact is asked by weigh most, those it tells least. */
static unsigned nearness(const struct fact *f, struct sv question)
{
    unsigned score = 0;
    struct sv rest = question, word;
    while (next_word(&rest, &word)) {
        bool asked = false;
        for (size_t i = 0; i < f->ask.count; i++) {
            asked = asked || has_word(sv_from(f->ask.at[i]), word);
        }
        bool common = is_common(word);
        score += asked ? (common ? 1 : 4) : (!common && has_word(sv_from(f->tell), word)) ? 1 : 0;
    }
    return score;
}

static bool is_case(const struct mock *m)
{
    const struct loop_part *part = loop_part_at(&m->plan, &m->s.run);
    return part && part->part->asks == PART_CASE && (m->s.run.phase == LOOP_ANSWER || m->s.run.phase == LOOP_PROBE);
}

/* The nearest facts that were not told yet; those that share no word are left out. */
static void find_near(struct mock *m, struct sv question)
{
    unsigned best[NEAREST] = {0};
    m->near = (struct strings){arena_array(&m->item_arena, NEAREST, sizeof(char *)), 0};
    for (size_t i = 0; i < m->item.fact_count; i++) {
        const struct fact *f = &m->item.facts[i];
        unsigned score = was_told(m, f->tell) ? 0 : nearness(f, question);
        size_t at = m->near.count;
        if (score == 0) {
            continue;
        }
        while (at > 0 && best[at - 1] < score) {
            if (at < NEAREST) {
                best[at] = best[at - 1];
                m->near.at[at] = m->near.at[at - 1];
            }
            at--;
        }
        if (at < NEAREST) {
            best[at] = score;
            m->near.at[at] = f->tell;
            m->near.count += m->near.count < NEAREST;
        }
    }
}

bool mock_ask(struct mock *m, struct sv question, struct err *err)
{
    if (!is_case(m)) {
        return mock_wrong_phase(err);
    }
    if (sv_trim(question).len == 0) {
        return err_set(err, ERR_USAGE, "ask for one thing, say: how many customers");
    }
    mock_account(m);
    struct mock_state before = m->s;
    char *asked = arena_sv(&m->arena, sv_trim(question));
    mock_say(m, true, asked);
    if (!mock_save_row(m, err)) {
        m->s = before;
        return false;
    }
    find_near(m, sv_from(asked));
    return true;
}

static bool answer_with(struct mock *m, const char *text, bool fact, struct err *err)
{
    mock_account(m);
    struct mock_state before = m->s;
    mock_say(m, false, text);
    if (fact) {
        mock_tell(m, text);
    }
    if (!mock_save_row(m, err)) {
        m->s = before;
        return false;
    }
    m->near.count = 0;
    return true;
}

bool mock_reveal(struct mock *m, size_t near, struct err *err)
{
    if (!is_case(m) || near >= m->near.count) {
        return err_set(err, ERR_USAGE, "choose one of the facts that are shown, or make an assumption");
    }
    return answer_with(m, m->near.at[near], true, err);
}

bool mock_assume(struct mock *m, struct err *err)
{
    if (!is_case(m)) {
        return mock_wrong_phase(err);
    }
    return answer_with(m, "I do not have that. Make an assumption, and say which.", false, err);
}
