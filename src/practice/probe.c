#include "pmprep/practice/probe.h"

#include "pmprep/base/buf.h"
#include "pmprep/base/hash.h"

#include <string.h>

/* Which probe comes next. Candidates are looked for in an order of worth; the first that was not asked in this loop is
 * taken, among equals by the seed. */

enum { QUOTE_WORDS = 8 };

unsigned probe_limit(enum probe_style style)
{
    static const unsigned limits[PROBES_COUNT] = {
        [PROBES_FRIENDLY] = 1, [PROBES_STEADY] = 3,       [PROBES_SCEPTICAL] = 3,
        [PROBES_DIGGING] = 3,  [PROBES_INTERRUPTING] = 2, [PROBES_SILENT] = 0,
    };
    return style < PROBES_COUNT ? limits[style] : 0;
}

uint64_t probe_hash(const char *text)
{
    return hash_bytes(HASH_INIT, text, strlen(text));
}

struct chooser {
    const struct probe_ask *ask;
    struct rng *rng;
    struct arena *arena;
    struct probe_pick *out;
};

static bool was_asked(const struct probe_ask *ask, uint64_t hash)
{
    for (size_t i = 0; i < ask->used_count; i++) {
        if (ask->used[i] == hash) {
            return true;
        }
    }
    return false;
}

/* Takes the probe unless it was asked before. A template counts as asked whatever it quoted. */
static bool take(struct chooser *c, enum probe_why why, const char *text, const char *flaw, const char *quote)
{
    uint64_t hash = probe_hash(text);
    if (was_asked(c->ask, hash)) {
        return false;
    }
    *c->out = (struct probe_pick){.why = why, .text = text, .flaw = flaw, .quote = quote, .hash = hash};
    const char *hole = strstr(text, "{quote}");
    if (hole) {
        c->out->text = arena_printf(c->arena, "%.*s%s%s", (int)(hole - text), text, quote, hole + strlen("{quote}"));
    }
    return true;
}

/* ---- what the answer lacks */

static const char *severe_flaw(const struct probe_ask *ask, size_t at)
{
    return at < ask->finding_count && !ask->findings[at].dismissed ? ask->findings[at].rule : NULL;
}

static bool item_lacks(struct chooser *c, const char *flaw)
{
    for (size_t i = 0; i < c->ask->item->probe_count; i++) {
        const struct probe *p = &c->ask->item->probes[i];
        if (strcmp(p->flaw, flaw) == 0 && take(c, PROBE_LACKS, p->ask, flaw, "")) {
            return true;
        }
    }
    return false;
}

static bool deck_lacks(struct chooser *c, const char *flaw)
{
    const struct deck *deck = c->ask->deck;
    for (size_t i = 0; i < deck->probe_count; i++) {
        const struct deck_probe *p = &deck->probes[i];
        if (strcmp(p->flaw, flaw) == 0 && take(c, PROBE_LACKS, p->ask, flaw, "")) {
            return true;
        }
    }
    return false;
}

/* Findings come worst first. */
static bool pick_lacking(struct chooser *c)
{
    for (size_t i = 0; i < c->ask->finding_count; i++) {
        const char *flaw = severe_flaw(c->ask, i);
        if (flaw && (item_lacks(c, flaw) || deck_lacks(c, flaw))) {
            return true;
        }
    }
    return false;
}

/* ---- what is there */

static const struct {
    enum dig about;
    const char *classes[4]; /* of words that show it; NULL ends */
} shown_by[] = {
    {DIG_NUMBER, {"outcome-number", "change-number", "percent", NULL}},
    {DIG_CHANGE, {"change", "result-mark", NULL}},
    {DIG_DECISION, {"decision", "rejected", NULL}},
    {DIG_PEOPLE, {"customers", "colleagues", NULL}},
    {DIG_PROBLEM, {"problem", NULL}},
    {DIG_LESSON, {"changed-rule", "wrong-belief", NULL}},
};

static bool shows(const struct chooser *c, const struct token *t, enum dig about)
{
    for (size_t i = 0; i < sizeof(shown_by) / sizeof(shown_by[0]); i++) {
        for (size_t k = 0; shown_by[i].about == about && shown_by[i].classes[k]; k++) {
            int class = lexicon_class(c->ask->lexicon, sv_from(shown_by[i].classes[k]));
            if (class >= 0 && class_has(&t->classes, (unsigned)class)) {
                return true;
            }
        }
    }
    return false;
}

/* A few words around the token, within its clause, as they were said. */
static const char *quote_at(const struct chooser *c, size_t at)
{
    const struct text *t = c->ask->report->text;
    size_t first = at;
    size_t last = at;
    for (size_t words = 1; words < QUOTE_WORDS; words++) {
        size_t was = first + last;
        if (last + 1 < t->token_count && t->tokens[last + 1].clause == t->tokens[at].clause &&
            t->tokens[last + 1].kind != TOKEN_MARK) {
            last++;
        } else if (first > 0 && t->tokens[first - 1].clause == t->tokens[at].clause &&
                   t->tokens[first - 1].kind != TOKEN_MARK) {
            first--;
        }
        if (first + last == was) {
            break;
        }
    }
    return arena_strndup(c->arena, t->source.data + t->tokens[first].start,
                         t->tokens[last].end - t->tokens[first].start);
}

static const char *find_quote(const struct chooser *c, enum dig about)
{
    const struct text *t = c->ask->report ? c->ask->report->text : NULL;
    for (size_t i = 0; t && i < t->token_count; i++) {
        const char *quote = !t->tokens[i].quoted && shows(c, &t->tokens[i], about) ? quote_at(c, i) : NULL;
        if (quote && !was_asked(c->ask, probe_hash(quote))) {
            return quote;
        }
    }
    return NULL;
}

/* Begins anywhere in the deck, so that loops differ. */
static bool pick_digging(struct chooser *c)
{
    const struct deck *deck = c->ask->deck;
    size_t begin = deck->probe_count > 0 ? (size_t)rng_below(c->rng, deck->probe_count) : 0;
    for (size_t i = 0; i < deck->probe_count; i++) {
        const struct deck_probe *p = &deck->probes[(begin + i) % deck->probe_count];
        const char *quote = p->about != DIG_NOTHING ? find_quote(c, p->about) : NULL;
        if (quote && take(c, PROBE_DIGS, p->ask, "", quote)) {
            return true;
        }
    }
    return false;
}

/* ---- deeper, and anything else */

static bool pick_deeper(struct chooser *c)
{
    const struct deck *deck = c->ask->deck;
    size_t begin = deck->probe_count > 0 ? (size_t)rng_below(c->rng, deck->probe_count) : 0;
    for (size_t i = 0; i < deck->probe_count; i++) {
        const struct deck_probe *p = &deck->probes[(begin + i) % deck->probe_count];
        if (p->deeper && take(c, PROBE_DEEPER, p->ask, "", "")) {
            return true;
        }
    }
    return false;
}

/* The item's own probes that answer no flaw, then the principle's, then the deck's. */
static bool pick_any(struct chooser *c)
{
    const struct probe_ask *ask = c->ask;
    for (size_t i = 0; i < ask->item->probe_count; i++) {
        if (!*ask->item->probes[i].flaw && take(c, PROBE_DECK, ask->item->probes[i].ask, "", "")) {
            return true;
        }
    }
    for (size_t i = 0; ask->principle && i < ask->principle->probes.count; i++) {
        if (take(c, PROBE_DECK, ask->principle->probes.at[i], "", "")) {
            return true;
        }
    }
    size_t begin = ask->deck->probe_count > 0 ? (size_t)rng_below(c->rng, ask->deck->probe_count) : 0;
    for (size_t i = 0; i < ask->deck->probe_count; i++) {
        const struct deck_probe *p = &ask->deck->probes[(begin + i) % ask->deck->probe_count];
        bool plain = !*p->flaw && p->about == DIG_NOTHING && !p->deeper;
        if (plain && take(c, PROBE_DECK, p->ask, "", "")) {
            return true;
        }
    }
    return false;
}

/* Digging is behind when fewer than a third of the probes so far dug. */
static bool wants_digging(const struct probe_ask *ask)
{
    return (ask->dug + 1) * 3 <= ask->asked + 1;
}

bool probe_next(const struct probe_ask *ask, struct rng *rng, struct arena *a, struct probe_pick *out)
{
    struct chooser c = {ask, rng, a, out};
    if (ask->depth >= probe_limit(ask->stage->probes)) {
        return false;
    }
    if (ask->stage->probes == PROBES_DIGGING && ask->depth > 0 && pick_deeper(&c)) {
        return true;
    }
    if (ask->stage->probes == PROBES_FRIENDLY && pick_digging(&c)) {
        return true;
    }
    bool dig_first = wants_digging(ask);
    return (dig_first && pick_digging(&c)) || pick_lacking(&c) || (!dig_first && pick_digging(&c)) || pick_any(&c);
}
