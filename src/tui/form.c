#include "pmprep/tui/form.h"

#include "glyph.h"
#include "pmprep/base/mem.h"

enum { LABEL_GAP = 2 };

void form_init(struct form *f, const struct form_field *fields, size_t count, const char *const *values)
{
    f->fields = mem_calloc(count, sizeof(*fields));
    f->count = count;
    f->focus = 0;
    for (size_t i = 0; i < count; i++) {
        f->fields[i] = fields[i];
        f->fields[i].edit = edit_new(values ? values[i] : NULL);
        edit_single_line(f->fields[i].edit, !fields[i].multiline);
    }
}

void form_release(struct form *f)
{
    for (size_t i = 0; i < f->count; i++) {
        edit_free(f->fields[i].edit);
    }
    free(f->fields);
    *f = (struct form){0};
}

static bool step(struct form *f, bool forward)
{
    f->focus = (f->focus + (forward ? 1 : f->count - 1)) % f->count;
    return true;
}

bool form_key(struct form *f, const struct key *k)
{
    if (f->count == 0) {
        return false;
    }
    struct form_field *field = &f->fields[f->focus];
    if (k->code == KEY_TAB || k->code == KEY_BACKTAB) {
        return step(f, k->code == KEY_TAB);
    }
    bool vertical = k->code == KEY_UP_ || k->code == KEY_DOWN_;
    if (vertical && k->mods == 0 && !edit_busy(field->edit)) {
        /* inside a long field the arrows move by rows first */
        return (field->multiline && edit_do(field->edit, k->code == KEY_UP_ ? EDIT_UP : EDIT_DOWN)) ||
               step(f, k->code == KEY_DOWN_);
    }
    if (k->code == KEY_ENTER_ && !field->multiline && !edit_busy(field->edit)) {
        return false; /* the screen decides what done means */
    }
    return edit_key(field->edit, k);
}

const char *form_value(const struct form *f, size_t at, struct buf *scratch)
{
    buf_clear(scratch);
    buf_addsv(scratch, edit_text(f->fields[at].edit));
    return buf_str(scratch);
}

static int label_columns(const struct form *f)
{
    int widest = 0;
    for (size_t i = 0; i < f->count; i++) {
        int cols = glyph_columns(sv_from(f->fields[i].label));
        widest = cols > widest ? cols : widest;
    }
    return widest + LABEL_GAP;
}

static int field_rows(const struct form_field *field, int width)
{
    if (!field->multiline) {
        return 1;
    }
    struct sv text = edit_text(field->edit);
    int used = text_put(NULL, 0, 0, width - 1, 0, ROLE_TEXT, text);
    used += text.len > 0 && text.data[text.len - 1] == '\n'; /* where the cursor is after Enter */
    return used > 0 ? used : 1;
}

/* Fields above the focus give way when not all fit. */
static size_t first_shown(const struct form *f, int width, int rows)
{
    size_t first = f->focus;
    int used = f->count > 0 ? field_rows(&f->fields[first], width) : 0;
    while (first > 0 && used + field_rows(&f->fields[first - 1], width) <= rows) {
        used += field_rows(&f->fields[--first], width);
    }
    return first;
}

int form_draw(const struct form *f, struct canvas *c, int row, int col, int cols, int rows)
{
    int label = label_columns(f), width = cols - label > 1 ? cols - label : 1, used = 0;
    for (size_t i = first_shown(f, width, rows); i < f->count && used < rows; i++) {
        const struct form_field *field = &f->fields[i];
        int height = field_rows(field, width) < rows - used ? field_rows(field, width) : rows - used;
        bool focus = i == f->focus;
        canvas_puts(c, row + used, col, focus ? ROLE_STRONG : ROLE_DIM, field->label);
        if (edit_text(field->edit).len == 0 && field->hint) {
            canvas_put_clipped(c, row + used, col + label, width, ROLE_DIM, sv_from(field->hint));
        }
        edit_layout(field->edit, width, height);
        if (focus || field->multiline) {
            edit_draw(field->edit, c, row + used, col + label, focus);
        } else { /* from its beginning, wherever its cursor was left */
            canvas_put_clipped(c, row + used, col + label, width, ROLE_TEXT, edit_text(field->edit));
        }
        used += height;
    }
    return used;
}
