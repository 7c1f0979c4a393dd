#include "app/next.h"

#include "pmprep/app/drill.h"
#include "pmprep/base/buf.h"

/* What the kinds are called in a plan, for the mode of the open questions. */
static const char *kind_word(enum item_kind k, enum answer_mode mode, bool many)
{
    static const char *const open[MODE_COUNT][2] = {
        [MODE_TYPE] = {"typed answer", "typed answers"},
        [MODE_SPEAK] = {"spoken answer", "spoken answers"},
        [MODE_OUTLINE] = {"outline", "outlines"},
        [MODE_PICK] = {"answer", "answers"},
    };
    switch (k) {
    case KIND_PAIR:
        return many ? "pairs" : "pair";
    case KIND_CHOICE:
        return many ? "quick choices" : "quick choice";
    case KIND_REWRITE:
        return many ? "rewrites" : "rewrite";
    case KIND_BEHAVIOURAL:
    case KIND_CASE:
    case KIND_TRANSITION:
    case KIND_WRITING:
    case KIND_SQL:
    case KIND_ANSWER:
    case KIND_COUNT:
        break;
    }
    return open[mode][many];
}

/* Open kinds are answered alike, so they count as one; what is not open follows under its own name. */
static char *plan_text(const struct drill_peek *peek, struct arena *a)
{
    struct buf text = BUF_INIT;
    unsigned counts[KIND_COUNT] = {0};
    for (int k = 0; k < KIND_COUNT; k++) {
        bool own = k == KIND_PAIR || k == KIND_CHOICE || k == KIND_REWRITE;
        counts[own ? k : KIND_BEHAVIOURAL] += peek->items[k];
    }
    buf_addf(&text, "%d minutes", peek->minutes);
    const char *before = ": ";
    for (int k = 0; k < KIND_COUNT; k++) {
        if (counts[k]) {
            buf_addf(&text, "%s%u %s", before, counts[k], kind_word((enum item_kind)k, peek->mode, counts[k] > 1));
            before = ", ";
        }
    }
    char *copy = arena_sv(a, buf_sv(&text));
    buf_release(&text);
    return copy;
}

bool next_thing(struct app *app, struct arena *a, struct progress_home *out, struct err *err)
{
    struct drill_options options;
    struct drill_peek peek;
    drill_options_init(&options);
    if (!drill_peek(app, &options, a, &peek, &out->has_next, err)) {
        return false;
    }
    if (out->has_next) {
        out->next_title = arena_printf(a, peek.skill[0] ? "%s - \"%s\"" : "%s\"%s\"", peek.skill, peek.title);
        out->next_reason = peek.reason;
        out->next_plan = plan_text(&peek, a);
    }
    return true;
}
