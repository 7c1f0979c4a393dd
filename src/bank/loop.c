#include "pmprep/bank/loop.h"

#include "bank/item.h"

#include <stddef.h>

/* Mock loops: their keys, and that their minutes add up. */

enum { STAGE_MINUTES_MAX = 240, LOOP_MINUTES_MAX = 1440, MINUTES_MAX = 240 };

static const char *const probe_style_names[PROBES_COUNT] = {
    [PROBES_FRIENDLY] = "friendly",         [PROBES_STEADY] = "steady",
    [PROBES_SCEPTICAL] = "sceptical",       [PROBES_DIGGING] = "digging",
    [PROBES_INTERRUPTING] = "interrupting", [PROBES_SILENT] = "silent",
};
static const char *const part_names[PART_COUNT] = {
    [PART_BACKGROUND] = "background", [PART_PRINCIPLES] = "principles", [PART_CASE] = "case",
    [PART_TRANSITION] = "transition", [PART_AGENDA] = "agenda",         [PART_WRITING] = "writing",
    [PART_QUESTIONS] = "questions",
};
static const char *const vote_names[VOTE_COUNT] = {
    [VOTE_STRONG_HIRE] = "strong-hire",
    [VOTE_INCLINED] = "inclined",
    [VOTE_INCLINED_LOWER] = "inclined-one-level-lower",
    [VOTE_NOT_INCLINED] = "not-inclined",
    [VOTE_STRONG_NO] = "strong-no",
};
static const char *const decider_names[DECIDER_COUNT] = {
    [DECIDER_HIRING_MANAGER] = "hiring-manager",
    [DECIDER_INTERVIEWERS] = "interviewers",
    [DECIDER_NOBODY] = "nobody",
};

const struct words probe_style_words = {"probe style", probe_style_names, PROBES_COUNT, 0};
const struct words part_words = {"part", part_names, PART_COUNT, 0};
const struct words vote_words = {"vote", vote_names, VOTE_COUNT, 0};
const struct words decider_words = {"decider", decider_names, DECIDER_COUNT, 0};

#define CLAIM(member) offsetof(struct claim, member)
#define PART(member)  offsetof(struct mock_part, member)
#define STAGE(member) offsetof(struct mock_stage, member)
#define VOTE(member)  offsetof(struct vote_rules, member)
#define LOOP(member)  offsetof(struct mock_loop, member)

static const struct field claim_fields[] = {
    {.name = "text", .type = FIELD_TEXT, .offset = CLAIM(text), .required = FIELD_ALWAYS},
    {.name = "source", .type = FIELD_WORD, .offset = CLAIM(source), .words = &source_words, .required = FIELD_ALWAYS},
    {.name = "from", .type = FIELD_TEXT, .offset = CLAIM(from), .max = 300},
    {.name = NULL},
};

/* What is said of a company must say where it was read. */
static void check_claim(struct reader *r, void *record)
{
    const struct claim *claim = record;
    if (claim->source != SOURCE_JUDGEMENT && !*claim->from) {
        reader_problem(r, reader_start(r), "a claim that is not our own judgement must say where it is \"from\"");
    }
}

const struct schema claim_schema = {
    .what = "a claim", .size = sizeof(struct claim), .fields = claim_fields, .check = check_claim};

static const struct field part_fields[] = {
    {.name = "name", .type = FIELD_TEXT, .offset = PART(name), .max = 60, .required = FIELD_ALWAYS},
    {.name = "asks", .type = FIELD_WORD, .offset = PART(asks), .words = &part_words, .required = FIELD_ALWAYS},
    {.name = "minutes",
     .type = FIELD_INT,
     .offset = PART(minutes),
     .min = 1,
     .max = MINUTES_MAX,
     .required = FIELD_ALWAYS},
    {.name = NULL},
};
static const struct schema part_schema = {.what = "a part", .size = sizeof(struct mock_part), .fields = part_fields};

static const struct field stage_fields[] = {
    {.name = "id", .type = FIELD_ID, .offset = STAGE(id), .required = FIELD_ALWAYS},
    {.name = "title", .type = FIELD_TEXT, .offset = STAGE(title), .max = 60, .required = FIELD_ALWAYS},
    {.name = "interviewer", .type = FIELD_TEXT, .offset = STAGE(interviewer), .max = 60, .required = FIELD_ALWAYS},
    {.name = "minutes",
     .type = FIELD_INT,
     .offset = STAGE(minutes),
     .min = 1,
     .max = STAGE_MINUTES_MAX,
     .required = FIELD_ALWAYS},
    {.name = "principles", .type = FIELD_IDS, .offset = STAGE(principles), .max = 16},
    {.name = "draw", .type = FIELD_INT, .offset = STAGE(draw), .min = 1, .max = 16},
    {.name = "families", .type = FIELD_TERMS, .offset = STAGE(families), .words = &family_words, .max = 11},
    {.name = "template", .type = FIELD_ID, .offset = STAGE(template_id)},
    {.name = "probe-style",
     .type = FIELD_WORD,
     .offset = STAGE(probes),
     .words = &probe_style_words,
     .required = FIELD_ALWAYS},
    {.name = "bar-raiser", .type = FIELD_BOOL, .offset = STAGE(bar_raiser)},
    {.name = "interruptions", .type = FIELD_TEXTS, .offset = STAGE(interruptions), .max = 20},
    {.name = "parts",
     .type = FIELD_MAPS,
     .offset = STAGE(parts),
     .count = STAGE(part_count),
     .nested = &part_schema,
     .max = 12,
     .required = FIELD_ALWAYS},
    {.name = NULL},
};

static bool asks(const struct mock_stage *stage, enum part_asks what)
{
    for (size_t i = 0; i < stage->part_count; i++) {
        if (stage->parts[i].asks == what) {
            return true;
        }
    }
    return false;
}

/* Is one of the families of a kind that has this kind of question? */
static bool has_family_of(const struct mock_stage *stage, enum item_kind kind)
{
    for (size_t i = 0; i < stage->families.count; i++) {
        enum family family;
        if (family_parse(sv_from(stage->families.at[i]), &family) && family_kind(family) == kind) {
            return true;
        }
    }
    return false;
}

static void check_needs(struct reader *r, const struct mock_stage *stage)
{
    const struct {
        enum part_asks part;
        const char *key;
        bool given;
    } needs[] = {
        {PART_PRINCIPLES, "principles", stage->principles.count > 0},
        {PART_CASE, "families", has_family_of(stage, KIND_CASE)},
        {PART_TRANSITION, "families", has_family_of(stage, KIND_TRANSITION)},
        {PART_WRITING, "template", *stage->template_id != '\0'},
    };
    for (size_t i = 0; i < sizeof(needs) / sizeof(needs[0]); i++) {
        if (asks(stage, needs[i].part) && !needs[i].given) {
            reader_problem(r, reader_start(r), "a part that asks \"%s\" needs \"%s\" to ask from",
                           part_names[needs[i].part], needs[i].key);
        }
    }
}

static void check_stage(struct reader *r, void *record)
{
    const struct mock_stage *stage = record;
    unsigned sum = 0;
    for (size_t i = 0; i < stage->part_count; i++) {
        sum += stage->parts[i].minutes;
    }
    if (sum != stage->minutes) {
        reader_problem(r, reader_key(r, "minutes"), "the parts take %u minutes, the stage has %u", sum, stage->minutes);
    }
    if (stage->draw > stage->principles.count) {
        reader_problem(r, reader_key(r, "draw"), "%u principles cannot be drawn from %zu", stage->draw,
                       stage->principles.count);
    }
    check_needs(r, stage);
}

static const struct schema stage_schema = {
    .what = "a stage", .size = sizeof(struct mock_stage), .fields = stage_fields, .check = check_stage};

static const struct field vote_fields[] = {
    {.name = "scale",
     .type = FIELD_TERMS,
     .offset = VOTE(scale),
     .words = &vote_words,
     .min = 2,
     .max = VOTE_COUNT,
     .required = FIELD_ALWAYS},
    {.name = "per-principle", .type = FIELD_BOOL, .offset = VOTE(per_principle)},
    {.name = "decides", .type = FIELD_WORD, .offset = VOTE(decides), .words = &decider_words, .required = FIELD_ALWAYS},
    {.name = "bar-raiser-consents", .type = FIELD_BOOL, .offset = VOTE(bar_raiser_consents)},
    {.name = "min-minutes", .type = FIELD_INT, .offset = VOTE(min_minutes), .min = 1, .max = 60},
    {.name = "raises-to-offset", .type = FIELD_INT, .offset = VOTE(raises_to_offset), .min = 1, .max = 16},
    {.name = NULL},
};
static const struct schema vote_schema = {
    .what = "the rules of the vote", .size = sizeof(struct vote_rules), .fields = vote_fields};

static const struct field loop_fields[] = {
    {.name = "loop", .type = FIELD_ID, .offset = LOOP(id), .required = FIELD_ALWAYS},
    {.name = "title", .type = FIELD_TEXT, .offset = LOOP(title), .max = 60, .required = FIELD_ALWAYS},
    {.name = "source", .type = FIELD_WORD, .offset = LOOP(source), .words = &source_words},
    {.name = "about", .type = FIELD_TEXT, .offset = LOOP(about), .max = 1000, .required = FIELD_ALWAYS},
    {.name = "claims",
     .type = FIELD_MAPS,
     .offset = LOOP(claims),
     .count = LOOP(claim_count),
     .nested = &claim_schema,
     .max = 30,
     .required = FIELD_ALWAYS},
    {.name = "minutes",
     .type = FIELD_INT,
     .offset = LOOP(minutes),
     .min = 1,
     .max = LOOP_MINUTES_MAX,
     .required = FIELD_ALWAYS},
    {.name = "vote", .type = FIELD_MAP, .offset = LOOP(vote), .nested = &vote_schema, .required = FIELD_ALWAYS},
    {.name = "stages",
     .type = FIELD_MAPS,
     .offset = LOOP(stages),
     .count = LOOP(stage_count),
     .nested = &stage_schema,
     .max = 12,
     .required = FIELD_ALWAYS},
    {.name = NULL},
};

static void check_loop(struct reader *r, void *record)
{
    const struct mock_loop *loop = record;
    const struct item_context *context = reader_context(r);
    unsigned sum = 0;
    bool raiser = false;
    for (size_t i = 0; i < loop->stage_count; i++) {
        const struct mock_stage *stage = &loop->stages[i];
        sum += stage->minutes;
        raiser = raiser || stage->bar_raiser;
        for (size_t k = 0; k < i; k++) {
            if (strcmp(stage->id, loop->stages[k].id) == 0) {
                reader_problem(r, reader_text(r, stage->id), "the id \"%s\" is used twice in the loop", stage->id);
            }
        }
        if (context) {
            check_principle_ids(r, &stage->principles, context->refs);
            check_template_id(r, stage->template_id, context->refs);
        }
    }
    if (sum != loop->minutes) {
        reader_problem(r, reader_key(r, "minutes"), "the stages take %u minutes, the loop has %u", sum, loop->minutes);
    }
    if (loop->vote.bar_raiser_consents && !raiser) {
        reader_problem(r, reader_key(r, "vote"), "the bar raiser must consent, but no stage has \"bar-raiser: true\"");
    }
}

const struct schema loop_schema = {
    .what = "a loop", .size = sizeof(struct mock_loop), .fields = loop_fields, .check = check_loop};
