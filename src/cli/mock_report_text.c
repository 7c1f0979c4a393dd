#include "cli/mock_page.h"

/* The debrief on a terminal. */

enum { WIDTH = 76, INDENT = 2, READING_COLS = 24 };

static void text_begin(struct page *p, const char *title, const char *about)
{
    out_prose(p->out, sv_from(title), 0, WIDTH);
    out_prose(p->out, sv_from(about), 0, WIDTH);
}

static void text_end(struct page *p)
{
    (void)p;
}

static void text_heading(struct page *p, unsigned level, const char *text, bool new_page)
{
    (void)level;
    out_raw(p->out, new_page ? SV("\n\n") : SV("\n"));
    out_prose(p->out, sv_from(text), 0, WIDTH);
}

static void text_prose(struct page *p, const char *text)
{
    out_prose(p->out, sv_from(text), INDENT, WIDTH);
}

static void text_readings(struct page *p, const struct entry *entries, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        out_raw(p->out, SV("  "));
        out_cell(p->out, sv_from(entries[i].lead), READING_COLS);
        out_line(p->out, sv_from(entries[i].text));
        out_raw(p->out, SV("\n"));
    }
}

/* Figures stand flush right; the last column is not padded. */
static void text_cell(struct page *p, const struct column *c, const char *text, bool last)
{
    struct sv cell = sv_from(text);
    size_t cols = utf8_columns(cell);
    size_t blanks = cols < c->cols ? c->cols - cols : 0;
    for (size_t i = 0; c->figures && i < blanks; i++) {
        out_raw(p->out, SV(" "));
    }
    out_cell(p->out, cell, blanks > 0 && (c->figures || last) ? cols : c->cols);
    out_raw(p->out, last ? SV("\n") : SV("  "));
}

static void text_table(struct page *p, const struct table *t)
{
    for (size_t row = 0; row <= t->row_count; row++) {
        out_raw(p->out, SV("  "));
        for (size_t i = 0; i < t->column_count; i++) {
            const char *text = row == 0 ? t->columns[i].title : t->cells[(row - 1) * t->column_count + i];
            text_cell(p, &t->columns[i], text, i + 1 == t->column_count);
        }
    }
}

static void text_list(struct page *p, const struct entry *entries, size_t count, bool numbered)
{
    for (size_t i = 0; i < count; i++) {
        const struct entry *e = &entries[i];
        const char *mark = numbered ? arena_printf(p->arena, "%zu  ", i + 1) : "- ";
        const char *line = arena_printf(p->arena, "%s%s%s", e->lead, *e->lead ? ": " : "", e->text);
        out_item(p->out, mark, sv_from(line), INDENT, WIDTH);
        if (*e->code) {
            out_prose(p->out, sv_from(e->code), INDENT + 3, WIDTH);
        }
    }
}

static void text_quote(struct page *p, const char *text, const struct finding *findings, size_t count)
{
    (void)findings;
    (void)count;
    out_prose(p->out, sv_from(text), INDENT + 2, WIDTH);
}

static const struct page_format format = {text_begin,    text_end,   text_heading, text_prose,
                                          text_readings, text_table, text_list,    text_quote};

void mock_report_text(struct out *o, const struct mock_report *r)
{
    mock_page_walk(o, r, &format);
}
