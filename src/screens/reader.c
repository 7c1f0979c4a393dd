#include "reader_screen.h"

#include "opinion.h"
#include "outside.h"
#include "show.h"

#include "pmprep/app/progress.h"
#include "pmprep/app/review.h"
#include "pmprep/app/story.h"
#include "pmprep/base/mem.h"

/* One past answer: read it, hold it against other tries, score it again, note something, answer again. */

static const struct binding reading_keys[] = {
    {"J", DO_NEXT, "next", "the next answer of the list", BIND_BAR},
    {"K", DO_PREVIOUS, "previous", "the answer before", 0},
    {"r", DO_RESCORE, "score again", "score it again; the old scores are hidden meanwhile", BIND_BAR},
    {"a", DO_ANSWER, "answer again", "answer the same question again, to compare", BIND_BAR},
    {"t", DO_TRIES, "tries", "other answers to this question, side by side", BIND_BAR},
    {"e", DO_NOTE, "note", "write a note on it", BIND_BAR},
    {"f", DO_FLAG, "flag", "flag the answer, or take the flag off", 0},
    {"v", DO_REVIEWER, "reviewer", "ask the program that the option reviewer names", 0},
    {"q Esc ^C", ACTION_BACK, "back", "back to the list", BIND_BAR},
};
KEYS(reading_map, "Reading", reading_keys, &page_keymap);

static const struct binding found_keys[] = {
    {"n", DO_NEXT_FINDING, "finding", "the next finding, and its words in the text", BIND_BAR},
    {"N", DO_PREVIOUS_FINDING, "finding before", "the finding before", 0},
    {"i", DO_ADVICE, "advice", "what to do about it, and where the rule comes from", BIND_BAR},
    {"x", DO_DISMISS, "dismiss", "this finding is wrong: dismiss it, or take that back", BIND_BAR},
};
KEYS(found_map, "Findings", found_keys, &reading_map);

static const struct binding scoring_keys[] = {
    {"1-5", DO_LEVEL, "level", "your level, held against the written anchors", BIND_BAR},
    {"0 Enter", DO_SKIP_LEVEL, "no score", "no level for this one", BIND_BAR},
    {"Backspace", DO_BACK_LEVEL, "one back", "score the one before again", BIND_BAR},
    {"q Esc ^C", DO_CANCEL, "cancel", "keep the scores as they were", BIND_BAR},
};
KEYS(scoring_map, "Scoring again", scoring_keys, &page_keymap);

static const struct binding note_keys[] = {
    {"^S Esc ^C", DO_KEEP_NOTE, "done", "keep the note", BIND_BAR},
    {"F2", DO_EDITOR, "$EDITOR", "write it in your editor", BIND_BAR},
};
KEYS(note_map, "Note", note_keys, &edit_keymap);

/* ---- reading the store ---- */

static void read_story(struct reader_screen *s, struct arena *a)
{
    struct story story;
    s->story = "";
    if (s->attempt.story[0] && story_find(s->app, s->attempt.story, a, &story, NULL))
        s->story = story.headline;
}

/* A pair or a choice is read with what it teaches, as its bank holds it now. */
static void read_item(struct reader_screen *s, struct arena *a)
{
    struct library *lib;
    s->picked_from = (struct item){.kind = KIND_COUNT};
    if (s->attempt.mode != MODE_PICK || !app_library(s->app, &lib, NULL))
        return;
    if (!library_item(lib, s->attempt.item, a, &s->picked_from, NULL))
        s->picked_from = (struct item){.kind = KIND_COUNT};
}

static bool read_attempt(struct reader_screen *s, const char *id, struct err *err)
{
    struct arena arena = ARENA_INIT;
    struct attempt at;
    if (!review_get(s->app, id, &arena, &at, err)) {
        arena_release(&arena);
        return false;
    }
    s->attempt = at;
    if (!review_rubric(s->app, &s->attempt, &arena, &s->rubric, NULL))
        s->rubric = (struct rubric){.id = "", .title = ""};
    if (!review_tries(s->app, s->attempt.item, &arena, &s->tries, &s->try_count, NULL))
        s->try_count = 0;
    read_story(s, &arena);
    read_item(s, &arena);
    arena_release(&s->arena); /* id may live in the old one */
    s->arena = arena;
    s->other = NO_OTHER;
    s->mode = READER_READING;
    if (s->finding >= s->attempt.finding_count)
        s->finding = 0;
    return true;
}

static bool read_row(struct reader_screen *s, size_t row, bool *found, struct err *err)
{
    struct arena scratch = ARENA_INIT;
    struct attempt_row *rows;
    size_t count = 0;
    bool more;
    bool ok = review_list(s->app, s->filter, row, 1, &scratch, &rows, &count, &more, err);
    *found = ok && count > 0;
    ok = ok && (!*found || read_attempt(s, rows[0].id, err));
    arena_release(&scratch);
    return ok;
}

static unsigned told(struct loop *l, bool ok, const struct err *err)
{
    if (!ok)
        loop_error(l, err);
    return SCREEN_DRAW;
}

static unsigned go(struct reader_screen *s, struct loop *l, bool forward)
{
    struct err err = ERR_INIT;
    bool found = false;
    if (s->at && (forward || *s->at > 0)) {
        size_t row = forward ? *s->at + 1 : *s->at - 1;
        if (!read_row(s, row, &found, &err))
            return told(l, false, &err);
        *s->at = found ? row : *s->at;
    }
    if (found) {
        s->finding = 0;
        page_top(s->page);
    } else {
        loop_status(l, ROLE_STATUS, forward ? "This is the last one." : "This is the first one.");
    }
    return SCREEN_DRAW;
}

/* ---- scoring again ---- */

static unsigned start_scoring(struct reader_screen *s)
{
    s->score_of = 1 + (s->rubric.dimension_count < MAX_SCORES - 1 ? s->rubric.dimension_count : MAX_SCORES - 1);
    s->score_at = 0;
    s->mode = READER_SCORING;
    memset(s->levels, 0, sizeof(s->levels));
    page_top(s->page);
    return SCREEN_DRAW;
}

static bool store_scores(struct reader_screen *s, struct err *err)
{
    struct score scores[MAX_SCORES];
    size_t count = 0;
    for (size_t i = 0; i < s->score_of; i++)
        if (s->levels[i] > 0)
            scores[count++] = (struct score){i == 0 ? "" : s->rubric.dimensions[i - 1].id, s->levels[i]};
    return count == 0 || review_rescore(s->app, s->attempt.id, scores, count, err);
}

static unsigned score(struct reader_screen *s, struct loop *l, int level)
{
    struct err err = ERR_INIT;
    s->levels[s->score_at] = level;
    page_top(s->page);
    if (s->score_at + 1 < s->score_of) {
        s->score_at++;
        return SCREEN_DRAW;
    }
    if (!store_scores(s, &err) || !read_attempt(s, s->attempt.id, &err))
        return told(l, false, &err);
    loop_status(l, ROLE_STATUS, "Scored; all your scores of it are shown below the text.");
    return SCREEN_DRAW;
}

static unsigned back_one(struct reader_screen *s)
{
    s->score_at -= s->score_at > 0;
    page_top(s->page);
    return SCREEN_DRAW;
}

/* ---- notes ---- */

static unsigned start_note(struct reader_screen *s)
{
    struct sv note = sv_from(s->attempt.note);
    edit_set_text(s->note, note, note.len);
    s->mode = READER_NOTING;
    return SCREEN_DRAW;
}

static bool keep_note(struct reader_screen *s, struct err *err)
{
    struct buf note = BUF_INIT;
    buf_addsv(&note, sv_trim(edit_text(s->note)));
    bool same = strcmp(buf_str(&note), s->attempt.note) == 0;
    bool ok = same || review_annotate(s->app, s->attempt.id, buf_str(&note), err);
    buf_release(&note);
    return ok;
}

static unsigned end_note(struct reader_screen *s, struct loop *l)
{
    struct err err = ERR_INIT;
    return told(l, keep_note(s, &err) && read_attempt(s, s->attempt.id, &err), &err);
}

static unsigned note_outside(struct reader_screen *s, struct loop *l)
{
    struct err err = ERR_INIT;
    bool saved;
    if (!outside_edit(l, s->attempt.prompt, s->note, &saved, &err))
        return told(l, false, &err);
    if (saved)
        return end_note(s, l);
    loop_status(l, ROLE_STATUS, "The editor gave nothing back; the note is as it was.");
    return SCREEN_DRAW;
}

/* ---- the rest ---- */

static unsigned answer_again(struct reader_screen *s, struct loop *l)
{
    struct err err = ERR_INIT;
    struct drill *d;
    struct drill_options o;
    if (strcmp(s->attempt.item, PROGRESS_SEALED_ITEM) == 0) {
        loop_status(l, ROLE_STATUS, "The first answer stays as it was, to be compared with; r scores it as of today.");
        return SCREEN_DRAW;
    }
    drill_options_init(&o);
    o.item = s->attempt.item;
    o.count = 1;
    o.mode = s->attempt.mode;
    o.mode_set = s->attempt.mode != MODE_PICK;
    if (!drill_open(s->app, &o, &d, &err))
        return told(l, false, &err);
    loop_push(l, drill_screen(s->app, d));
    return SCREEN_DRAW;
}

static bool is_other(const struct reader_screen *s, size_t i)
{
    return strcmp(s->tries[i].id, s->attempt.id) != 0 && !s->tries[i].deleted;
}

/* The next other try; after the last one, none. */
static unsigned cycle_tries(struct reader_screen *s, struct loop *l)
{
    bool any = s->other != NO_OTHER;
    size_t i = any ? s->other + 1 : 0;
    while (i < s->try_count && !is_other(s, i))
        i++;
    s->other = i < s->try_count ? i : NO_OTHER;
    s->mode = s->other != NO_OTHER ? READER_COMPARING : READER_READING;
    page_top(s->page);
    page_top(s->second);
    if (!any && s->other == NO_OTHER)
        loop_status(l, ROLE_STATUS, "This is your only answer to that question; a answers it again.");
    return SCREEN_DRAW;
}

static unsigned flag(struct reader_screen *s, struct loop *l)
{
    struct err err = ERR_INIT;
    bool on = !s->attempt.flagged;
    return told(l, review_flag(s->app, s->attempt.id, on, &err) && read_attempt(s, s->attempt.id, &err), &err);
}

/* ---- findings ---- */

static unsigned choose_finding(struct reader_screen *s, bool forward)
{
    size_t count = s->attempt.finding_count;
    if (count > 0)
        s->finding = (s->finding + (forward ? 1 : count - 1)) % count;
    page_follow(s->page);
    return SCREEN_DRAW;
}

static unsigned dismiss_finding(struct reader_screen *s, struct loop *l)
{
    struct err err = ERR_INIT;
    if (s->finding >= s->attempt.finding_count)
        return SCREEN_IDLE;
    struct finding *f = &s->attempt.findings[s->finding];
    if (!review_dismiss(s->app, s->attempt.id, s->finding, f->rule, !f->dismissed, &err))
        return told(l, false, &err);
    f->dismissed = !f->dismissed;
    loop_status(l, ROLE_STATUS, f->dismissed ? "Dismissed; x takes it back." : "Taken back: the finding stands.");
    return SCREEN_DRAW;
}

static unsigned ask_reviewer(struct reader_screen *s, struct loop *l)
{
    struct err err = ERR_INIT;
    struct screen *opinion = opinion_screen(s->app, s->attempt.id, &err);
    if (opinion)
        loop_push(l, opinion);
    return told(l, opinion != NULL, &err);
}

static unsigned reader_action(struct screen *base, struct loop *l, int action, const struct key *k)
{
    struct reader_screen *s = (struct reader_screen *)base;
    (void)k;
    if (s->mode == READER_COMPARING)
        page_action(s->second, action);
    if (page_action(s->page, action))
        return SCREEN_DRAW;
    switch (action) {
    case DO_NEXT:
        return go(s, l, true);
    case DO_PREVIOUS:
        return go(s, l, false);
    case DO_RESCORE:
        return start_scoring(s);
    case DO_SKIP_LEVEL:
        return score(s, l, 0);
    case DO_BACK_LEVEL:
        return back_one(s);
    case DO_CANCEL:
        s->mode = READER_READING;
        break;
    case DO_NOTE:
        return start_note(s);
    case DO_KEEP_NOTE:
        return end_note(s, l);
    case DO_EDITOR:
        return note_outside(s, l);
    case DO_ANSWER:
        return answer_again(s, l);
    case DO_TRIES:
        return cycle_tries(s, l);
    case DO_FLAG:
        return flag(s, l);
    case DO_NEXT_FINDING:
    case DO_PREVIOUS_FINDING:
        return choose_finding(s, action == DO_NEXT_FINDING);
    case DO_DISMISS:
        return dismiss_finding(s, l);
    case DO_ADVICE:
        s->advice_open = !s->advice_open;
        page_follow(s->page);
        return SCREEN_DRAW;
    case DO_REVIEWER:
        return ask_reviewer(s, l);
    case ACTION_BACK:
        return SCREEN_POP;
    case ACTION_HELP:
        loop_push(l, help_screen(base->ops->keymap(base)));
        break;
    }
    if (action >= DO_LEVEL && action < DO_LEVEL + LEVELS)
        return score(s, l, action - DO_LEVEL + 1);
    return SCREEN_DRAW;
}

static unsigned reader_key(struct screen *base, struct loop *l, const struct key *k)
{
    struct reader_screen *s = (struct reader_screen *)base;
    (void)l;
    return s->mode == READER_NOTING && edit_key(s->note, k) ? SCREEN_DRAW : SCREEN_IDLE;
}

/* Back from answering again, there is one try more. */
static unsigned reader_shown(struct screen *base, struct loop *l)
{
    struct reader_screen *s = (struct reader_screen *)base;
    struct err err = ERR_INIT;
    bool reading = s->mode == READER_READING || s->mode == READER_COMPARING;
    bool ok = s->fresh || !reading || read_attempt(s, s->attempt.id, &err);
    s->fresh = false;
    return told(l, ok, &err);
}

static bool reader_save(struct screen *base, struct err *err)
{
    struct reader_screen *s = (struct reader_screen *)base;
    return s->mode != READER_NOTING || keep_note(s, err);
}

static const struct keymap *reader_keymap(const struct screen *base)
{
    const struct reader_screen *s = (const struct reader_screen *)base;
    switch (s->mode) {
    case READER_SCORING:
        return &scoring_map;
    case READER_NOTING:
        return &note_map;
    case READER_READING:
        return s->attempt.finding_count > 0 ? &found_map : &reading_map;
    case READER_COMPARING:
        break;
    }
    return &reading_map;
}

static bool reader_typing(const struct screen *base)
{
    return ((const struct reader_screen *)base)->mode == READER_NOTING;
}

static void reader_free(struct screen *base)
{
    struct reader_screen *s = (struct reader_screen *)base;
    arena_release(&s->arena);
    edit_free(s->note);
    page_free(s->page);
    page_free(s->second);
    free(s);
}

static const struct screen_ops reader_ops = {
    .name = "reader",
    .keymap = reader_keymap,
    .typing = reader_typing,
    .action = reader_action,
    .key = reader_key,
    .shown = reader_shown,
    .save = reader_save,
    .draw = reader_draw,
    .free = reader_free,
};

struct screen *reader_screen(struct app *app, const struct filter *f, size_t *at, struct err *err)
{
    struct reader_screen *s = mem_calloc(1, sizeof(*s));
    bool found;
    s->base.ops = &reader_ops;
    s->app = app;
    s->filter = f;
    s->at = at;
    s->note = edit_new(NULL);
    s->page = page_new();
    s->second = page_new();
    if (read_row(s, at ? *at : 0, &found, err)) {
        s->fresh = found;
        if (found)
            return &s->base;
        err_set(err, ERR_NOT_FOUND, "the answer is not there any more");
    }
    reader_free(&s->base);
    return NULL;
}
