#ifndef PMPREP_TUI_EDIT_IMPL_H
#define PMPREP_TUI_EDIT_IMPL_H

#include "glyph.h"
#include "pmprep/tui/edit.h"

/* What an undo step may be joined with: a run of one of these is one step. */
enum change_kind { CHANGE_ALONE, CHANGE_TYPED, CHANGE_BACKSPACE, CHANGE_DELETE };

/* At `at`, removed gave way to inserted. */
struct change {
    size_t at;
    struct buf removed;
    struct buf inserted;
    size_t cursor; /* before it */
    enum change_kind kind;
};

struct edit_log {
    struct change *at;
    size_t count, cap;
    size_t done;  /* changes before this are in the text, those from it on can be redone */
    size_t bytes; /* held by all */
    bool open;    /* the last change may still grow */
};

struct edit_view {
    struct wrap_row *row; /* of the whole text; never empty */
    size_t count, cap;
    int width, rows; /* of the area drawn into */
    size_t top;      /* first row drawn */
    size_t left;     /* first byte drawn, single line only */
};

struct edit_find {
    bool active; /* the prompt is open */
    bool forward;
    bool missing; /* the needle is not in the text */
    size_t origin;
    struct buf needle;
    size_t hit_start, hit_end; /* equal: none */
};

struct edit {
    struct buf text;
    size_t cursor;
    int goal; /* the column up and down aim for; -1: where the cursor is */
    unsigned words;
    unsigned long revision;
    bool single_line;
    bool killing; /* the last operation killed: the next one adds to it */
    struct buf killed;
    bool selecting;
    size_t anchor; /* in the first line of the selection to be taken; the other end is the cursor */
    struct edit_log log;
    struct edit_view view;
    struct edit_find find;
};

enum { EDIT_ACTION = 1200, EDIT_ACTION_FIND = EDIT_ACTION + EDIT_OP_COUNT, EDIT_ACTION_FIND_BACK };

/* edit.c: the one way the text changes. Keeps words, rows and revision; leaves the cursor after what was inserted. */
void edit_splice(struct edit *e, size_t at, size_t removed, struct sv inserted);
void edit_change(struct edit *e, size_t at, size_t removed, struct sv inserted, enum change_kind kind);
bool edit_selection(const struct edit *e, size_t *start, size_t *end); /* whole lines with their newline; false: none */
size_t edit_line_start(const struct edit *e, size_t at);
size_t edit_line_end(const struct edit *e, size_t at); /* before the newline */

/* edit_undo.c */
void log_add(struct edit_log *log, size_t at, struct sv removed, struct sv inserted, size_t cursor,
             enum change_kind kind);
void log_clear(struct edit_log *log);
bool edit_undo(struct edit *e);
bool edit_redo(struct edit *e);

/* edit_view.c */
void view_rebuild(struct edit *e);
void view_spliced(struct edit *e, size_t at, size_t removed, size_t inserted); /* the text is changed already */
size_t view_row_of(const struct edit *e, size_t at);
size_t view_row_limit(const struct edit *e, size_t row); /* the last offset the cursor can have in the row */
int view_column(const struct edit *e, size_t at);
size_t view_offset(const struct edit *e, size_t row, int column);

/* edit_find.c */
void find_start(struct edit *e, bool forward);
bool find_key(struct edit *e, const struct key *k);

#endif
