#ifndef PMPREP_SCREENS_FINDINGS_H
#define PMPREP_SCREENS_FINDINGS_H

#include "page.h"

#include "pmprep/app/app.h"
#include "pmprep/store/record.h"

/* What the coach found in an answer, one at a time above the text it is marked in: in the drill and in the reader. */
struct findings_panel {
    struct app *app;
    const struct finding *list;
    size_t count, looked_at;
    unsigned words;   /* of the answer */
    bool advice;      /* what to do, and where the rule comes from, too */
    const char *calm; /* said when there is none */
};

/* In at most so many rows, a rule below; answers how many were used. */
int findings_draw(const struct findings_panel *f, struct canvas *c, int row, int col, int width, int rows);

/* What became of the first try's findings in the second; answers the rows used, 0 when there is nothing to say. */
struct drill_view;
int findings_draw_change(const struct drill_view *v, struct canvas *c, int row, int col, int width);

#endif
