#include "cli/mock_page.h"

#include <string.h>

/* The debrief as Markdown. Everything that means something to a reader of Markdown is escaped in the texts. */

/* How many digits stand before the point or bracket that makes a line an item of a list; 0: none does. */
static size_t list_digits(struct sv s)
{
    size_t digits = 0;
    while (digits < s.len && s.data[digits] >= '0' && s.data[digits] <= '9') {
        digits++;
    }
    bool mark = digits < s.len && strchr(".)", s.data[digits]);
    bool alone = digits + 1 >= s.len || s.data[digits + 1] == ' ';
    return mark && alone ? digits : 0;
}

static void add_escaped(struct buf *out, struct sv s)
{
    size_t digits = list_digits(s);
    for (size_t i = 0; i < s.len; i++) {
        bool begins_block = (i == 0 && strchr("#-+=", s.data[i])) || (digits > 0 && i == digits);
        if (begins_block || strchr("\\`*_[]<>|&~", s.data[i])) {
            buf_addc(out, '\\');
        }
        buf_addc(out, s.data[i]);
    }
}

/* One line; further lines of the text follow after a blank. */
static void put(struct page *p, const char *text)
{
    struct buf safe = BUF_INIT;
    struct buf line = BUF_INIT;
    visible_add(&safe, sv_trim(sv_from(text)), VISIBLE_TEXT);
    for (size_t i = 0; i < safe.len; i++) {
        safe.data[i] = safe.data[i] == '\n' || safe.data[i] == '\t' ? ' ' : safe.data[i];
    }
    add_escaped(&line, buf_sv(&safe));
    out_raw(p->out, buf_sv(&line));
    buf_release(&safe);
    buf_release(&line);
}

static void md_prose(struct page *p, const char *text)
{
    put(p, text);
    out_raw(p->out, SV("\n\n"));
}

static void md_begin(struct page *p, const char *title, const char *about)
{
    out_raw(p->out, SV("# "));
    md_prose(p, title);
    md_prose(p, about);
}

static void md_end(struct page *p)
{
    (void)p;
}

static void md_heading(struct page *p, unsigned level, const char *text, bool new_page)
{
    (void)new_page;
    out_raw(p->out, sv_sub(SV("######"), 0, level));
    out_raw(p->out, SV(" "));
    md_prose(p, text);
}

static void md_entry(struct page *p, const struct entry *e)
{
    if (*e->lead) {
        out_raw(p->out, SV("**"));
        put(p, e->lead);
        out_raw(p->out, SV("**: "));
    }
    put(p, e->text);
    if (*e->code) { /* made of ids; no backtick is in them */
        out_raw(p->out, SV(" `"));
        out_line(p->out, sv_from(e->code));
        out_raw(p->out, SV("`"));
    }
    out_raw(p->out, SV("\n"));
}

static void md_list(struct page *p, const struct entry *entries, size_t count, bool numbered)
{
    for (size_t i = 0; i < count; i++) {
        out_raw(p->out, numbered ? sv_from(arena_printf(p->arena, "%zu. ", i + 1)) : SV("- "));
        md_entry(p, &entries[i]);
    }
    out_raw(p->out, SV("\n"));
}

static void md_readings(struct page *p, const struct entry *entries, size_t count)
{
    md_list(p, entries, count, false);
}

static void md_row(struct page *p, const struct table *t, size_t row)
{
    for (size_t i = 0; i < t->column_count; i++) {
        out_raw(p->out, SV("| "));
        put(p, row == 0 ? t->columns[i].title : t->cells[(row - 1) * t->column_count + i]);
        out_raw(p->out, SV(" "));
    }
    out_raw(p->out, SV("|\n"));
}

static void md_table(struct page *p, const struct table *t)
{
    md_row(p, t, 0);
    for (size_t i = 0; i < t->column_count; i++) {
        out_raw(p->out, t->columns[i].figures ? SV("| ---: ") : SV("| --- "));
    }
    out_raw(p->out, SV("|\n"));
    for (size_t row = 1; row <= t->row_count; row++) {
        md_row(p, t, row);
    }
    out_raw(p->out, SV("\n"));
}

static void md_quote(struct page *p, const char *text, const struct finding *findings, size_t count)
{
    (void)findings;
    (void)count;
    struct sv rest = sv_trim(sv_from(text));
    struct sv line;
    while (rest.len > 0 && sv_split(&rest, '\n', &line)) {
        const char *said = arena_sv(p->arena, sv_trim(line));
        bool goes_on = *said && rest.len > 0 && rest.data[0] != '\n'; /* a backslash keeps the break */
        out_raw(p->out, *said ? SV("> ") : SV(">"));
        put(p, said);
        out_raw(p->out, goes_on ? SV("\\\n") : SV("\n"));
    }
    out_raw(p->out, SV("\n"));
}

static const struct page_format format = {md_begin,    md_end,   md_heading, md_prose,
                                          md_readings, md_table, md_list,    md_quote};

void mock_report_markdown(struct out *o, const struct mock_report *r)
{
    mock_page_walk(o, r, &format);
}
