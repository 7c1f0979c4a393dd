#include "support/unit.h"

#include "support/debrieffix.h"

#include <string.h>

enum { MINUTE = 60 * 1000 };

static const struct dimension dimensions[] = {
    {"decision", "Decision and trade-off", {"a", "b", "c", "d", "e"}, 3, 4},
    {"result", "Result", {"a", "b", "c", "d", "e"}, 3, 4},
};
static const struct rubric rubric = {"behavioural", "Behavioural answer", (struct dimension *)dimensions, 2,
                                     SOURCE_JUDGEMENT};

static const struct principle known[] = {
    {.id = "ownership", .name = "Ownership"},
    {.id = "deliver-results", .name = "Deliver Results"},
    {.id = "dive-deep", .name = "Dive Deep"},
    {.id = "think-big", .name = "Think Big"},
};

static const char *of_manager[] = {"ownership", "deliver-results"};
static const char *of_peer[] = {"dive-deep"};
static const char *of_raiser[] = {"think-big", "dive-deep"};
static const char *scale[] = {"strong-hire", "inclined", "inclined-one-level-lower", "not-inclined", "strong-no"};

static struct claim claims[] = {
    {"The hiring manager decides; the bar raiser may refuse consent.", SOURCE_PUBLIC, "https://example.org/debrief"},
    {"Eight minutes as the least for a principle are ours.", SOURCE_JUDGEMENT, ""},
};
static const struct mock_loop loop = {
    .id = "three",
    .title = "Three interviews",
    .about = "For tests.",
    .claims = claims,
    .claim_count = 2,
    .vote = {.scale = {scale, 5},
             .per_principle = true,
             .decides = DECIDER_HIRING_MANAGER,
             .bar_raiser_consents = true,
             .min_minutes = 8,
             .raises_to_offset = 3},
};

static struct debrief_answer answer(const char *id, unsigned stage, const char *principle, const char *prompt,
                                    const char *text)
{
    return (struct debrief_answer){.attempt = id,
                                   .item = "test/item",
                                   .prompt = prompt,
                                   .principle = principle,
                                   .story = "",
                                   .headline = "",
                                   .text = text,
                                   .stage = stage,
                                   .active_ms = 10 * MINUTE,
                                   .rubric = &rubric};
}

static struct debrief_stage stage(const char *title, const char *who, const char **principles, size_t count)
{
    return (struct debrief_stage){.title = title,
                                  .interviewer = who,
                                  .principles = {principles, count},
                                  .before = VOTE_INCLINED,
                                  .after = VOTE_INCLINED,
                                  .reason = "",
                                  .allotted_ms = 55 * MINUTE,
                                  .active_ms = 50 * MINUTE,
                                  .typed_ms = 30 * MINUTE,
                                  .spoken_ms = 20 * MINUTE};
}

void debrieffix_init(struct debrieffix *f)
{
    *f = (struct debrieffix){0};
    f->stages[0] = stage("Hiring manager", "The manager you would work for", of_manager, 2);
    f->stages[0].hiring_manager = true;
    f->stages[1] = stage("Peer", "A senior product manager", of_peer, 1);
    f->stages[2] = stage("Bar raiser", "Somebody from another organisation", of_raiser, 2);
    f->stages[2].bar_raiser = true;
    f->answers[0] = answer("a0", 0, "ownership", "Tell me about an outcome that failed under you.",
                           "Sellers lost orders. I stopped the sync.");
    f->answers[1] = answer("a1", 0, "deliver-results", "Which goal did you nearly miss?", "I cut the scope.");
    f->answers[2] = answer("a2", 1, "dive-deep", "When did two numbers not agree?", "I pulled the raw orders.");
    f->answers[3] = answer("a3", 2, "think-big", "What did you make ten times larger?", "I asked for every market.");
    f->answers[4] = answer("a4", 2, "dive-deep", "What did the average hide?", "I split it by region.");
    for (size_t i = 0; i < DEBRIEFFIX_ANSWERS; i++) {
        debrieffix_score(f, i, 3);
    }
    f->report = (struct mock_report){
        .run = {.id = "0193a1b2", .loop = "three", .title = "Three interviews", .about = "", .done = true},
        .loop = &loop,
        .input = {.rules = &loop.vote,
                  .stages = f->stages,
                  .stage_count = DEBRIEFFIX_STAGES,
                  .answers = f->answers,
                  .answer_count = DEBRIEFFIX_ANSWERS,
                  .target = 5,
                  .pace = 1,
                  .known = known,
                  .known_count = sizeof(known) / sizeof(known[0])},
        .against = "",
        .notes = "",
        .mode = MODE_TYPE,
    };
}

void debrieffix_release(struct debrieffix *f)
{
    arena_release(&f->arena);
}

void debrieffix_score(struct debrieffix *f, size_t at, int level)
{
    struct score *scores = arena_array(&f->arena, rubric.dimension_count, sizeof(*scores));
    for (size_t i = 0; i < rubric.dimension_count; i++) {
        scores[i] = (struct score){rubric.dimensions[i].id, level};
    }
    f->answers[at].scores = scores;
    f->answers[at].score_count = rubric.dimension_count;
}

void debrieffix_find(struct debrieffix *f, size_t at, const char *rule, const char *severity, const char *words)
{
    struct debrief_answer *a = &f->answers[at];
    struct finding *all = arena_array(&f->arena, a->finding_count + 1, sizeof(*all));
    const char *place = strstr(a->text, words);
    size_t start = place ? (size_t)(place - a->text) : 0;
    for (size_t i = 0; i < a->finding_count; i++) {
        all[i] = a->findings[i];
    }
    all[a->finding_count] = (struct finding){.rule = rule,
                                             .severity = severity,
                                             .message = "Say from what to what.",
                                             .start = start,
                                             .end = start + (place ? strlen(words) : 0)};
    a->findings = all;
    a->finding_count++;
}

void debrieffix_make(struct debrieffix *f)
{
    debrief_make(&f->report.input, &f->arena, &f->report.debrief);
}

const char *debrieffix_line(const struct strings *lines, const char *words)
{
    for (size_t i = 0; i < lines->count; i++) {
        if (strstr(lines->at[i], words)) {
            return lines->at[i];
        }
    }
    return "";
}
