#include "pmprep/bank/deck.h"

#include "bank/item.h"

#include <stddef.h>
#include <string.h>

/* Decks of probes that fit any answer. */

static const char *const digs[] = {"number", "change", "decision", "people", "problem", "lesson"};
const struct words dig_words = {"thing to dig into", digs, sizeof(digs) / sizeof(digs[0]), DIG_NUMBER};

#define PROBE(member) offsetof(struct deck_probe, member)
#define DECK(member)  offsetof(struct deck, member)

static const struct field probe_fields[] = {
    {.name = "ask", .type = FIELD_TEXT, .offset = PROBE(ask), .max = 200, .required = FIELD_ALWAYS},
    {.name = "flaw", .type = FIELD_TERM, .offset = PROBE(flaw), .words = &flaw_words},
    {.name = "about", .type = FIELD_WORD, .offset = PROBE(about), .words = &dig_words},
    {.name = "deeper", .type = FIELD_BOOL, .offset = PROBE(deeper)},
    {.name = NULL},
};

/* A quotation needs something to quote, and what is quoted must be asked about. */
static void check_probe(struct reader *r, void *record)
{
    const struct deck_probe *p = record;
    bool quotes = strstr(p->ask, "{quote}") != NULL;
    if (quotes != (p->about != DIG_NOTHING)) {
        reader_problem(r, reader_key(r, "ask"), "\"{quote}\" and \"about\" go together: %s is missing",
                       quotes ? "\"about\"" : "\"{quote}\"");
    }
    if (*p->flaw && p->about != DIG_NOTHING) {
        reader_problem(r, reader_key(r, "flaw"), "a probe answers a flaw or digs into something, not both");
    }
}

static const struct schema probe_schema = {
    .what = "a probe", .size = sizeof(struct deck_probe), .fields = probe_fields, .check = check_probe};

static const struct field deck_fields[] = {
    {.name = "deck", .type = FIELD_ID, .offset = DECK(id), .required = FIELD_ALWAYS},
    {.name = "title", .type = FIELD_TEXT, .offset = DECK(title), .max = 60, .required = FIELD_ALWAYS},
    {.name = "source", .type = FIELD_WORD, .offset = DECK(source), .words = &source_words},
    {.name = "probes",
     .type = FIELD_MAPS,
     .offset = DECK(probes),
     .count = DECK(probe_count),
     .nested = &probe_schema,
     .required = FIELD_ALWAYS},
    {.name = NULL},
};

const struct schema deck_schema = {.what = "a deck", .size = sizeof(struct deck), .fields = deck_fields};
