#ifndef PMPREP_SCREENS_PAGE_H
#define PMPREP_SCREENS_PAGE_H

#include "pmprep/base/arena.h"
#include "pmprep/tui/canvas.h"
#include "pmprep/tui/keymap.h"
#include "pmprep/tui/text.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

/*
 * A scrolling page of wrapped prose. It is a cache of layout, not state: drawing begins it anew for the width at hand,
 * adds its paragraphs and shows the rows that fit; only the scroll position lasts.
 */
struct page_row;

struct page {
    struct arena arena;
    struct page_row *rows;
    size_t count, cap;
    int width;
    size_t top;
    int shown;             /* rows of the last draw */
    size_t mark, mark_end; /* rows of what page_mark() told; equal: none */
    bool follows;          /* shows them, until it is scrolled */
    const char *key;       /* what scrolls it, named beside the mark that tells of more */
};

/* Owned. Screens keep a pointer, since drawing, which leaves the screen as it is, lays the page out anew. */
struct page *page_new(void);
void page_free(struct page *p);

/* Empties, keeps the scroll position; the key is j until told otherwise. */
void page_begin(struct page *p, int width);
/* A paragraph, wrapped; hang is how far its second and later rows stand to the right of indent. The text is copied. */
void page_add(struct page *p, enum role role, int indent, int hang, struct sv text);
void page_addf(struct page *p, enum role role, int indent, int hang, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));
/* Content is written in the lines of an editor: a paragraph of it flows as one, lists and blank lines stay. */
void page_add_prose(struct page *p, enum role role, int indent, const char *text);
const char *page_flow(struct arena *a, const char *text);
/* A term and, from column on, what is said of it. */
void page_add_term(struct page *p, int column, enum role term_role, const char *term, enum role role, const char *text);
/* A paragraph with marked spans (bytes of text). */
void page_add_spans(struct page *p, enum role role, int indent, struct sv text, const struct text_span *spans,
                    size_t count);
/* Those bytes of the text that page_add_spans() has just added are what a page that follows brings into view. */
void page_mark(struct page *p, size_t start, size_t end);
void page_follow(struct page *p);
void page_blank(struct page *p); /* one empty row; two in a row become one */
void page_rule(struct page *p);

/* Shows the page from its scroll position, clamped to what there is; a dim mark right of it, with the key where there
 * is room, tells that there is more. */
void page_draw(struct page *p, struct canvas *c, int row, int col, int rows);
/* Scrolling, for the keymaps of screens that show a page; its parent is keymap_global. */
extern const struct keymap page_keymap;
/* ACTION_UP, ACTION_PAGE_DOWN ... of tui/keymap.h; false when it was none of them. */
bool page_action(struct page *p, int action);
void page_top(struct page *p);
void page_more(struct page *p); /* a page down; from the end to the top: one key to read where others type */

#endif
