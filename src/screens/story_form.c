#include "screens.h"
#include "show.h"
#include "story_edit.h"

#include "pmprep/app/story.h"
#include "pmprep/base/mem.h"
#include "pmprep/tui/form.h"

/* One story, field by field. */

enum form_action { DO_SAVE = 1, DO_EDITOR, DO_LEAVE };
enum { MAX_FIELDS = 16, FORM_MOST = 84 };

static const struct binding form_keys[] = {
    {"^S", DO_SAVE, "save", "keep the story", BIND_BAR},
    {"F2", DO_EDITOR, "$EDITOR", "write it in your editor; saving keeps it", BIND_BAR},
    {"Esc ^C", DO_LEAVE, "cancel", "leave without saving; asks once", BIND_BAR},
};
KEYS(form_map, "Story", form_keys, &edit_keymap);

struct form_screen {
    struct screen base;
    struct app *app;
    struct arena arena;
    struct story story; /* as it is stored; its id is "" while it is new */
    struct form form;   /* a field each of story_fields, then the principles */
    size_t fields;
    unsigned long stored_revisions;
    bool asked;
    struct story_unread unread;
};

static unsigned long revisions(const struct form_screen *s)
{
    unsigned long sum = 0;
    for (size_t i = 0; i < s->form.count; i++)
        sum += edit_revision(s->form.fields[i].edit);
    return sum;
}

static bool changed(const struct form_screen *s)
{
    return revisions(s) != s->stored_revisions;
}

static const char *principle_list(const struct story *st, struct arena *a)
{
    struct buf list = BUF_INIT;
    for (size_t i = 0; i < st->principles.count; i++)
        buf_addf(&list, "%s%s", i ? ", " : "", st->principles.at[i]);
    const char *text = arena_strdup(a, buf_str(&list));
    buf_release(&list);
    return text;
}

/* A year, a place or a list fits a line; what happened does not. */
static bool is_long(const char *name)
{
    static const char *const names[] = {"customer", "decision", "rejected", "before", "after", "lesson"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

static void fill_form(struct form_screen *s)
{
    struct form_field fields[MAX_FIELDS] = {{0}};
    const char *values[MAX_FIELDS];
    size_t count = 0;
    for (const struct story_field *f = story_fields; f->name && count < MAX_FIELDS - 1; f++, count++) {
        fields[count] = (struct form_field){.label = f->name, .hint = f->hint, .multiline = is_long(f->name)};
        values[count] = story_get_field(&s->story, f);
    }
    s->fields = count;
    fields[count] = (struct form_field){.label = "principles", .hint = "as in ownership, dive deep"};
    values[count++] = principle_list(&s->story, &s->arena);
    form_release(&s->form);
    form_init(&s->form, fields, count, values);
    s->stored_revisions = revisions(s);
}

/* ---- storing ---- */

static bool read_form(struct form_screen *s, struct arena *a, struct story *out, struct err *err)
{
    struct buf scratch = BUF_INIT;
    *out = s->story;
    for (size_t i = 0; i < s->fields; i++) {
        struct sv value = sv_trim(sv_from(form_value(&s->form, i, &scratch)));
        story_set_field(out, &story_fields[i], arena_sv(a, value));
    }
    bool ok = story_principles(s->app, sv_from(form_value(&s->form, s->fields, &scratch)), a, &out->principles, err);
    buf_release(&scratch);
    return ok;
}

static bool save(struct form_screen *s, struct err *err)
{
    struct story st;
    if (!changed(s))
        return true;
    if (!read_form(s, &s->arena, &st, err) || !story_store(s->app, &s->story, &st, &s->arena, err))
        return false;
    s->story = st;
    s->stored_revisions = revisions(s);
    return true;
}

/* ---- what keys do ---- */

static unsigned edit_outside(struct form_screen *s, struct loop *l)
{
    struct err err = ERR_INIT;
    struct story now;
    bool stored = false;
    bool ok = read_form(s, &s->arena, &now, &err) &&
              story_edit_outside(l, s->app, &s->story, &now, &s->unread, &stored, &err);
    if (!ok)
        loop_error(l, &err);
    else if (!stored)
        loop_status(l, ROLE_STATUS, "The editor gave nothing back; the story is as it was.");
    return stored ? SCREEN_POP : SCREEN_DRAW;
}

static unsigned leave(struct form_screen *s, struct loop *l)
{
    if (!changed(s) || s->asked)
        return SCREEN_POP;
    s->asked = true;
    loop_status(l, ROLE_WARNING, "Esc again throws the changes away; ^S keeps them.");
    return SCREEN_DRAW;
}

static unsigned form_action(struct screen *base, struct loop *l, int action, const struct key *k)
{
    struct form_screen *s = (struct form_screen *)base;
    struct err err = ERR_INIT;
    (void)k;
    if (action == DO_LEAVE)
        return leave(s, l);
    s->asked = false;
    switch (action) {
    case DO_SAVE:
        if (save(s, &err))
            return SCREEN_POP;
        loop_error(l, &err);
        break;
    case DO_EDITOR:
        return edit_outside(s, l);
    case ACTION_HELP:
        loop_push(l, help_screen(&form_map));
        break;
    }
    return SCREEN_DRAW;
}

static unsigned form_key_pressed(struct screen *base, struct loop *l, const struct key *k)
{
    struct form_screen *s = (struct form_screen *)base;
    static const struct key tab = {.code = KEY_TAB};
    (void)l;
    s->asked = false;
    if (!form_key(&s->form, k) && k->code == KEY_ENTER_)
        form_key(&s->form, &tab);
    return SCREEN_DRAW;
}

/* Without a headline there is nothing to store yet, and no reason to hold up the way out. */
static bool form_save(struct screen *base, struct err *err)
{
    struct form_screen *s = (struct form_screen *)base;
    return sv_trim(edit_text(s->form.fields[0].edit)).len == 0 || save(s, err);
}

static const struct keymap *form_keymap(const struct screen *base)
{
    (void)base;
    return &form_map;
}

static bool form_typing(const struct screen *base)
{
    (void)base;
    return true;
}

static void form_draw_screen(const struct screen *base, struct canvas *c)
{
    const struct form_screen *s = (const struct form_screen *)base;
    int top, bottom;
    frame_draw(c, s->story.id[0] ? "Story" : "New story", changed(s) ? "not saved" : "", &form_map, &top, &bottom);
    int room = c->cols - 2 * SHOW_MARGIN;
    form_draw(&s->form, c, top, SHOW_MARGIN, room < FORM_MOST ? room : FORM_MOST, bottom - top);
}

static void form_free(struct screen *base)
{
    struct form_screen *s = (struct form_screen *)base;
    form_release(&s->form);
    arena_release(&s->arena);
    buf_release(&s->unread.text);
    free(s);
}

static const struct screen_ops form_ops = {
    .name = "story",
    .keymap = form_keymap,
    .typing = form_typing,
    .action = form_action,
    .key = form_key_pressed,
    .save = form_save,
    .draw = form_draw_screen,
    .free = form_free,
};

struct screen *story_form_screen(struct app *app, const struct story *st)
{
    struct form_screen *s = mem_calloc(1, sizeof(*s));
    s->base.ops = &form_ops;
    s->app = app;
    story_init(&s->story);
    if (st) {
        s->story.id = arena_strdup(&s->arena, st->id);
        for (const struct story_field *f = story_fields; f->name; f++)
            story_set_field(&s->story, f, arena_strdup(&s->arena, story_get_field(st, f)));
        s->story.principles.at = arena_array(&s->arena, st->principles.count, sizeof(*s->story.principles.at));
        for (size_t i = 0; i < st->principles.count; i++)
            s->story.principles.at[i] = arena_strdup(&s->arena, st->principles.at[i]);
        s->story.principles.count = st->principles.count;
        s->story.created_at = st->created_at;
        s->story.used = st->used;
    }
    fill_form(s);
    return &s->base;
}
