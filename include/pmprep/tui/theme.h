#ifndef PMPREP_TUI_THEME_H
#define PMPREP_TUI_THEME_H

#include "pmprep/base/sv.h"

#include <stdbool.h>

/* What a piece of screen means; the scheme decides how it looks. Meaning is never by colour alone. */
enum role {
    ROLE_TEXT,
    ROLE_STRONG, /* what matters now: bold */
    ROLE_DIM,    /* context */
    ROLE_TITLE,  /* the title line */
    ROLE_RULE,   /* horizontal rules */
    ROLE_KEY,    /* a key in the key bar */
    ROLE_LABEL,  /* its label */
    ROLE_STATUS,
    ROLE_ERROR,
    ROLE_WARNING,
    ROLE_GOOD,
    ROLE_SELECTED, /* the row or field that has the focus */
    ROLE_MATCH,    /* search hit, placed span */
    ROLE_FOUND,    /* of several spans the one that is looked at */
    ROLE_BAR,      /* cells of a chart */
    ROLE_TIMER,
    ROLE_TIMER_LAST, /* the last minute */
    ROLE_COUNT
};

/* The colour schemes; NO_COLOR asks for THEME_MONO. */
enum theme { THEME_DARK, THEME_LIGHT, THEME_CONTRAST, THEME_MONO, THEME_COUNT };

struct look { /* colours are 0-255, -1 is the terminal's own */
    short fg, bg;
    bool bold, dim, underline, reverse, italic;
};

/* Names as in `config set theme`; parse is false for any other. */
const struct look *theme_look(enum theme t, enum role r);
const char *theme_name(enum theme t);
bool theme_parse(struct sv s, enum theme *t);

#endif
