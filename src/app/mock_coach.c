#include "mock_parts.h"

#include "pmprep/app/coach.h"
#include "pmprep/bank/taxonomy.h"
#include "pmprep/base/mem.h"
#include "pmprep/coach/words.h"

#include <string.h>

/* What the coach makes of an answer, which nobody sees before the debrief, and what is asked after it. */

enum { LEAST_WORDS = 40, QUOTED_LEAST = 4, QUOTED_MOST = 16 };

static const char *const why_names[] = {
    [PROBE_LACKS] = "lacks", [PROBE_DIGS] = "digs",       [PROBE_DEEPER] = "deeper",
    [PROBE_DECK] = "deck",   [PROBE_CUTS_IN] = "cuts-in",
};

/* A loop goes on without a coach. */
static const struct coach *coach_of(struct mock *m)
{
    const struct coach *coach = NULL;
    struct err ignored = ERR_INIT;
    return app_coach(m->app, &coach, &ignored) ? coach : NULL;
}

/* Of what was spoken or outlined a few words are only notes. */
static bool is_text(enum answer_mode mode, struct sv text)
{
    if (text.len == 0 || text.len > TEXT_LIMIT) {
        return false;
    }
    return mode == MODE_TYPE || words_count(text) >= LEAST_WORDS;
}

/* What is known of an answer: findings of its text, or of its tick list. */
struct reading {
    const struct coach *coach;
    struct coach_report report;
    bool has_report;
    struct finding *findings;
    size_t count;
};

static void read_text(struct mock *m, struct sv text, enum answer_mode mode, unsigned ticks, bool spoken,
                      struct arena *a, struct reading *out)
{
    const struct loop_question *q = loop_question_at(&m->plan, &m->s.run);
    const char *kind = q ? family_coach_kind(q->family) : "";
    const char *principle = q ? q->principle : "";
    *out = (struct reading){.coach = coach_of(m)};
    if (!out->coach) {
        return;
    }
    if (is_text(mode, text)) {
        struct coach_input in = {.text = text, .kind = kind, .principle = principle};
        coach_read(out->coach, &in, a, &out->report);
        out->has_report = true;
        out->findings = out->report.findings;
        out->count = out->report.count;
    } else if (spoken) {
        coach_ticks(out->coach, ticks, kind, principle, a, &out->findings, &out->count);
    }
}

bool mock_read_answer(struct mock *m, struct attempt *at, struct err *err)
{
    struct reading r;
    (void)err;
    bool ticked = at->mode == MODE_SPEAK && (at->heard_words == 0 || at->ticks != 0);
    read_text(m, sv_from(at->text), at->mode, at->ticks, ticked, &m->arena, &r);
    at->findings = r.findings;
    at->finding_count = r.count;
    return true;
}

/* ---- follow-ups */

static void remember(struct mock *m, uint64_t hash)
{
    mem_grow((void **)&m->used, &m->used_room, m->s.used_count + 1, sizeof(*m->used));
    m->used[m->s.used_count++] = hash;
}

void mock_count_probe(struct mock *m, const struct probe_pick *pick)
{
    struct mock_state *s = &m->s;
    s->says = arena_strdup(&m->arena, pick->text);
    s->why = why_names[pick->why];
    s->flaw = arena_strdup(&m->arena, pick->flaw);
    s->quote = arena_strdup(&m->arena, pick->quote);
    remember(m, pick->hash);
    if (pick->quote[0]) {
        remember(m, probe_hash(pick->quote));
    }
    if (pick->why != PROBE_CUTS_IN) {
        s->asked++;
        s->dug += pick->why == PROBE_DIGS;
    }
}

/* The one who would hire reads what the candidate wrote. */
bool mock_is_hiring_manager(const struct mock *m, const struct loop_stage *stage)
{
    return strcmp(stage->stage->id, "hiring-manager") == 0 ||
           (m->loop->vote.decides == DECIDER_HIRING_MANAGER && m->loop->stage_count == 1);
}

/* A sentence of a few words, as it was written; empty when there is none. */
static struct sv quotable(struct sv text)
{
    struct sv rest = text;
    while (rest.len > 0) {
        size_t end = 0;
        while (end < rest.len && !strchr(".!?\n", rest.data[end])) {
            end++;
        }
        struct sv sentence = sv_trim(sv_sub(rest, 0, end));
        size_t words = words_count(sentence);
        if (words >= QUOTED_LEAST && words <= QUOTED_MOST) {
            return sentence;
        }
        rest = sv_sub(rest, end + 1, rest.len);
    }
    return (struct sv){"", 0};
}

/* The newest piece of writing, else the newest story's headline. */
static bool newest_writing(struct mock *m, struct arena *a, struct sv *quote, struct err *err)
{
    struct filter f;
    struct attempt_row *rows;
    struct attempt at;
    struct story *stories;
    size_t count;
    bool more;
    filter_init(&f);
    f.kinds = 1u << KIND_WRITING;
    *quote = (struct sv){"", 0};
    if (!attempts_list(m->store, &f, 0, 1, a, &rows, &count, &more, err)) {
        return false;
    }
    if (count > 0) {
        if (!attempts_get(m->store, rows[0].id, a, &at, err)) {
            return false;
        }
        *quote = quotable(sv_from(at.text));
    }
    if (quote->len > 0) {
        return true;
    }
    if (!story_all(m->store, a, &stories, &count, err)) {
        return false;
    }
    if (count > 0) {
        *quote = sv_trim(sv_from(stories[count - 1].headline));
    }
    return true;
}

static bool quote_writing(struct mock *m, const struct loop_stage *stage, struct arena *a, struct probe_pick *pick,
                          bool *found, struct err *err)
{
    struct sv quote;
    *found = false;
    if (m->s.quoted_writing || m->s.run.depth > 0 || !mock_is_hiring_manager(m, stage)) {
        return true;
    }
    if (!newest_writing(m, a, &quote, err)) {
        return false;
    }
    if (quote.len == 0) {
        return true;
    }
    const char *words = arena_sv(a, quote);
    *pick = (struct probe_pick){.why = PROBE_DIGS,
                                .text = arena_printf(a, "You wrote: \"%s\". What stands behind that?", words),
                                .flaw = "",
                                .quote = words};
    pick->hash = probe_hash(pick->text);
    m->s.quoted_writing = *found = true;
    return true;
}

/* An interruption that did not come into the answer follows it. */
static bool cut_in_late(struct mock *m, const struct loop_stage *stage, struct probe_pick *pick)
{
    struct mock_state *s = &m->s;
    if (stage->stage->probes != PROBES_INTERRUPTING || s->was_cut ||
        s->run.cut_ins >= stage->stage->interruptions.count) {
        return false;
    }
    const char *text = stage->stage->interruptions.at[s->run.cut_ins++];
    s->was_cut = true;
    *pick = (struct probe_pick){.why = PROBE_CUTS_IN, .text = text, .flaw = "", .quote = "", .hash = probe_hash(text)};
    return true;
}

static bool from_answer(struct mock *m, const struct loop_stage *stage, struct arena *a, struct probe_pick *pick)
{
    struct mock_state *s = &m->s;
    const struct loop_question *q = loop_question_at(&m->plan, &s->run);
    struct sv heard = sv_from(s->heard);
    struct reading r;
    struct rng rng;
    read_text(m, heard, m->mode, s->ticks, m->mode == MODE_SPEAK, a, &r);
    struct probe_ask ask = {.item = &m->item,
                            .principle = q && q->principle[0] ? library_principle(m->library, q->principle) : NULL,
                            .deck = library_deck(m->library, "universal"),
                            .lexicon = r.coach ? coach_lexicon(r.coach) : NULL,
                            .report = r.has_report ? &r.report : NULL,
                            .findings = r.findings,
                            .finding_count = r.count,
                            .ticks = s->ticks,
                            .answer = heard,
                            .stage = stage->stage,
                            .depth = s->run.depth,
                            .last_probe = s->run.depth > 0 ? s->says : NULL,
                            .used = m->used,
                            .used_count = s->used_count,
                            .dug = s->dug,
                            .asked = s->asked};
    rng_seed(&rng, m->plan.seed ^ ((uint64_t)s->run.stage << 48 | (uint64_t)s->asked << 8 | s->run.depth));
    return ask.deck && probe_next(&ask, &rng, a, pick);
}

bool mock_next_probe(struct mock *m, bool *found, struct err *err)
{
    const struct loop_stage *stage = loop_stage_at(&m->plan, &m->s.run);
    struct arena scratch = ARENA_INIT;
    struct probe_pick pick;
    bool ok = quote_writing(m, stage, &scratch, &pick, found, err);
    if (ok && !*found) {
        *found = cut_in_late(m, stage, &pick) || from_answer(m, stage, &scratch, &pick);
    }
    if (ok && *found) {
        mock_count_probe(m, &pick);
    }
    arena_release(&scratch);
    return ok;
}
