#ifndef PMPREP_TUI_FORM_H
#define PMPREP_TUI_FORM_H

#include "pmprep/tui/edit.h"

/* Labelled fields, one editor each; Tab and arrows move. Used by stories, milestones, settings and search boxes. */
struct form_field {
    const char *label;
    const char *hint; /* shown dim while empty */
    bool multiline;
    struct edit *edit; /* made by form_init */
};
/* fields is the form's own copy. */
struct form {
    struct form_field *fields;
    size_t count;
    size_t focus;
};
/* values (NULL: all empty) are copied in; value answers the text of one field, in scratch. draw answers the rows used.
 */
void form_init(struct form *f, const struct form_field *fields, size_t count, const char *const *values);
void form_release(struct form *f);
bool form_key(struct form *f,
              const struct key *k); /* Tab, Backtab, Up, Down, editing; false when it was none of them */
const char *form_value(const struct form *f, size_t at, struct buf *scratch);
int form_draw(const struct form *f, struct canvas *c, int row, int col, int cols, int rows);

#endif
