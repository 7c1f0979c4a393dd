#include "pmprep/tui/theme.h"

#define DEFAULT .fg = -1, .bg = -1

/* Palette colours below 16 are the user's own; the greys above are used where the terminal has 256. */
static const struct look dark[ROLE_COUNT] = {
    [ROLE_TEXT] = {DEFAULT},
    [ROLE_STRONG] = {DEFAULT, .bold = true},
    [ROLE_DIM] = {.fg = 245, .bg = -1, .dim = true},
    [ROLE_TITLE] = {DEFAULT, .bold = true},
    [ROLE_RULE] = {.fg = 240, .bg = -1, .dim = true},
    [ROLE_KEY] = {.fg = 6, .bg = -1, .bold = true},
    [ROLE_LABEL] = {.fg = 245, .bg = -1, .dim = true},
    [ROLE_STATUS] = {.fg = 250, .bg = -1},
    [ROLE_ERROR] = {.fg = 9, .bg = -1, .bold = true},
    [ROLE_WARNING] = {.fg = 3, .bg = -1, .bold = true},
    [ROLE_GOOD] = {.fg = 2, .bg = -1},
    [ROLE_SELECTED] = {.fg = -1, .bg = 237, .bold = true, .reverse = true},
    [ROLE_MATCH] = {.fg = 3, .bg = -1, .underline = true},
    [ROLE_FOUND] = {.fg = 11, .bg = -1, .bold = true, .underline = true},
    [ROLE_BAR] = {.fg = 4, .bg = -1},
    [ROLE_TIMER] = {.fg = 245, .bg = -1},
    [ROLE_TIMER_LAST] = {.fg = 3, .bg = -1, .bold = true},
};

static const struct look light[ROLE_COUNT] = {
    [ROLE_TEXT] = {DEFAULT},
    [ROLE_STRONG] = {DEFAULT, .bold = true},
    [ROLE_DIM] = {.fg = 242, .bg = -1, .dim = true},
    [ROLE_TITLE] = {DEFAULT, .bold = true},
    [ROLE_RULE] = {.fg = 248, .bg = -1, .dim = true},
    [ROLE_KEY] = {.fg = 4, .bg = -1, .bold = true},
    [ROLE_LABEL] = {.fg = 242, .bg = -1, .dim = true},
    [ROLE_STATUS] = {.fg = 239, .bg = -1},
    [ROLE_ERROR] = {.fg = 1, .bg = -1, .bold = true},
    [ROLE_WARNING] = {.fg = 130, .bg = -1, .bold = true},
    [ROLE_GOOD] = {.fg = 28, .bg = -1},
    [ROLE_SELECTED] = {.fg = -1, .bg = 253, .bold = true, .reverse = true},
    [ROLE_MATCH] = {.fg = 130, .bg = -1, .underline = true},
    [ROLE_FOUND] = {.fg = 1, .bg = -1, .bold = true, .underline = true},
    [ROLE_BAR] = {.fg = 4, .bg = -1},
    [ROLE_TIMER] = {.fg = 242, .bg = -1},
    [ROLE_TIMER_LAST] = {.fg = 130, .bg = -1, .bold = true},
};

static const struct look contrast[ROLE_COUNT] = {
    [ROLE_TEXT] = {.fg = 15, .bg = 0},
    [ROLE_STRONG] = {.fg = 15, .bg = 0, .bold = true},
    [ROLE_DIM] = {.fg = 7, .bg = 0},
    [ROLE_TITLE] = {.fg = 15, .bg = 0, .bold = true, .underline = true},
    [ROLE_RULE] = {.fg = 15, .bg = 0},
    [ROLE_KEY] = {.fg = 11, .bg = 0, .bold = true},
    [ROLE_LABEL] = {.fg = 15, .bg = 0},
    [ROLE_STATUS] = {.fg = 15, .bg = 0},
    [ROLE_ERROR] = {.fg = 15, .bg = 1, .bold = true},
    [ROLE_WARNING] = {.fg = 11, .bg = 0, .bold = true},
    [ROLE_GOOD] = {.fg = 10, .bg = 0, .bold = true},
    [ROLE_SELECTED] = {.fg = 0, .bg = 15, .bold = true},
    [ROLE_MATCH] = {.fg = 0, .bg = 11, .underline = true},
    [ROLE_FOUND] = {.fg = 15, .bg = 1, .bold = true, .underline = true},
    [ROLE_BAR] = {.fg = 14, .bg = 0},
    [ROLE_TIMER] = {.fg = 15, .bg = 0},
    [ROLE_TIMER_LAST] = {.fg = 0, .bg = 11, .bold = true},
};

static const struct look mono[ROLE_COUNT] = {
    [ROLE_TEXT] = {DEFAULT},
    [ROLE_STRONG] = {DEFAULT, .bold = true},
    [ROLE_DIM] = {DEFAULT, .dim = true},
    [ROLE_TITLE] = {DEFAULT, .bold = true},
    [ROLE_RULE] = {DEFAULT, .dim = true},
    [ROLE_KEY] = {DEFAULT, .bold = true},
    [ROLE_LABEL] = {DEFAULT},
    [ROLE_STATUS] = {DEFAULT},
    [ROLE_ERROR] = {DEFAULT, .bold = true, .reverse = true},
    [ROLE_WARNING] = {DEFAULT, .bold = true},
    [ROLE_GOOD] = {DEFAULT},
    [ROLE_SELECTED] = {DEFAULT, .reverse = true},
    [ROLE_MATCH] = {DEFAULT, .underline = true},
    [ROLE_FOUND] = {DEFAULT, .bold = true, .underline = true},
    [ROLE_BAR] = {DEFAULT},
    [ROLE_TIMER] = {DEFAULT},
    [ROLE_TIMER_LAST] = {DEFAULT, .bold = true, .reverse = true},
};

static const struct {
    const char *name;
    const struct look *looks;
} themes[THEME_COUNT] = {
    [THEME_DARK] = {"dark", dark},
    [THEME_LIGHT] = {"light", light},
    [THEME_CONTRAST] = {"contrast", contrast},
    [THEME_MONO] = {"mono", mono},
};

const struct look *theme_look(enum theme t, enum role r)
{
    return &themes[t].looks[r];
}

const char *theme_name(enum theme t)
{
    return themes[t].name;
}

bool theme_parse(struct sv s, enum theme *t)
{
    for (int i = 0; i < THEME_COUNT; i++) {
        if (sv_eqs(s, themes[i].name)) {
            *t = (enum theme)i;
            return true;
        }
    }
    return false;
}
