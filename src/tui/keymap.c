#include "pmprep/tui/keymap.h"

#include "glyph.h"

static const struct binding global_keys[] = {
    {"? F1", ACTION_HELP, "help", "all keys of this screen", BIND_BAR},
    {"^L", ACTION_REDRAW, "redraw", "draw the screen again", 0},
    {"^Z", ACTION_SUSPEND, "suspend", "stop to the shell; fg comes back, clocks wait", 0},
};

const struct keymap keymap_global = {
    "Everywhere",
    global_keys,
    sizeof(global_keys) / sizeof(global_keys[0]),
    NULL,
};

static const struct binding typing_keys[] = {
    {"F1", ACTION_HELP, "help", "all keys of this screen", BIND_BAR},
    {"^L", ACTION_REDRAW, "redraw", "draw the screen again", 0},
    {"^Z", ACTION_SUSPEND, "suspend", "stop to the shell; fg comes back, clocks wait", 0},
};

const struct keymap keymap_typing = {
    "Everywhere",
    typing_keys,
    sizeof(typing_keys) / sizeof(typing_keys[0]),
    NULL,
};

static const struct binding list_keys[] = {
    {"j Down WheelDown", ACTION_DOWN, "down", "next row", 0},
    {"k Up WheelUp", ACTION_UP, "up", "previous row", 0},
    {"^F PgDn Space", ACTION_PAGE_DOWN, "page down", "next page", 0},
    {"^B PgUp", ACTION_PAGE_UP, "page up", "previous page", 0},
    {"g Home", ACTION_TOP, "top", "first row", 0},
    {"G End", ACTION_BOTTOM, "bottom", "last row", 0},
    {"Enter l Right", ACTION_OPEN, "open", "open the selected row", 0},
    {"q Esc h Left", ACTION_BACK, "back", "back to the screen before", 0},
};

const struct keymap keymap_list = {
    "Lists",
    list_keys,
    sizeof(list_keys) / sizeof(list_keys[0]),
    &keymap_global,
};

/* "1-5" or "a-p": a range of characters, each an action of its own. */
static bool is_range(struct sv name)
{
    return name.len == 3 && name.data[1] == '-' &&
           ((name.data[0] >= '0' && name.data[0] <= '9') || name.data[0] >= 'a');
}

/* How far the key lies into the range that the name stands for, 0 for a plain name; -1 when it is another key. */
static int name_offset(struct sv name, const struct key *k)
{
    char text[32];
    struct key bound;
    if (is_range(name)) {
        bool inside = k->code == KEY_CHAR && k->mods == 0 && k->cp >= (unsigned char)name.data[0] &&
                      k->cp <= (unsigned char)name.data[2];
        return inside ? (int)(k->cp - (unsigned char)name.data[0]) : -1;
    }
    snprintf(text, sizeof(text), SV_FMT, SV_ARG(name));
    return key_parse(text, &bound) && key_same(&bound, k) ? 0 : -1;
}

static int binding_offset(const struct binding *b, const struct key *k)
{
    struct sv rest = sv_from(b->keys), name;
    while (sv_split(&rest, ' ', &name)) {
        int offset = name_offset(name, k);
        if (offset >= 0) {
            return offset;
        }
    }
    return -1;
}

int keymap_find(const struct keymap *m, const struct key *k)
{
    for (; m; m = m->parent) {
        for (size_t i = 0; i < m->count; i++) {
            int offset = binding_offset(&m->at[i], k);
            if (offset >= 0) {
                return m->at[i].action + offset;
            }
        }
    }
    return ACTION_NONE;
}

struct sv binding_key(const struct binding *b)
{
    struct sv rest = sv_from(b->keys), name = {NULL, 0};
    sv_split(&rest, ' ', &name);
    return name;
}

enum { BAR_MARGIN = 1, BAR_GAP = 3 };

static int entry_columns(const struct binding *b)
{
    return glyph_columns(binding_key(b)) + 1 + glyph_columns(sv_from(b->label));
}

static int put_entry(const struct binding *b, struct canvas *c, int row, int col)
{
    col += canvas_put(c, row, col, ROLE_KEY, binding_key(b)) + 1;
    return col + canvas_puts(c, row, col, ROLE_LABEL, b->label);
}

/* The nearest binding of the help in the bar: it has its place at the end whatever else fits. */
static const struct binding *find_help(const struct keymap *m)
{
    for (; m; m = m->parent) {
        for (size_t i = 0; i < m->count; i++) {
            if (m->at[i].action == ACTION_HELP && (m->at[i].flags & BIND_BAR)) {
                return &m->at[i];
            }
        }
    }
    return NULL;
}

void keymap_draw_bar(const struct keymap *m, struct canvas *c, int row)
{
    const struct binding *help = find_help(m);
    int end = c->cols - BAR_MARGIN;
    int limit = help ? end - BAR_GAP - entry_columns(help) : end;
    int col = BAR_MARGIN;
    for (; m; m = m->parent) {
        for (size_t i = 0; i < m->count; i++) {
            const struct binding *b = &m->at[i];
            if (!(b->flags & BIND_BAR) || b->action == ACTION_HELP || col + entry_columns(b) > limit) {
                continue;
            }
            col = put_entry(b, c, row, col) + BAR_GAP;
        }
    }
    if (help) {
        put_entry(help, c, row, col);
    }
}
