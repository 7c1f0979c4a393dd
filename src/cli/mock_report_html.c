#include "cli/mock_page.h"

#include <string.h>

/* The debrief as one HTML file: the style is inside, no script, nothing loaded from anywhere. */

static const char before_title[] =
    "<!DOCTYPE html>\n"
    "<html lang=\"en\">\n"
    "<head>\n"
    "<meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    "<meta name=\"color-scheme\" content=\"light dark\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
    "<title>";

static const char style[] =
    "</title>\n"
    "<style>\n"
    ":root { --paper: #fdfdfc; --ink: #1d1f21; --soft: #5f6368; --line: #d9d7d2; --field: #f4f2ee; --mark: #ffe9a8; "
    "--yes: #1f6f43; --lower: #8a5a00; --no: #a32020; }\n"
    "@media screen and (prefers-color-scheme: dark) {\n"
    "  :root { --paper: #17191c; --ink: #e6e4df; --soft: #a2a6ab; --line: #3a3d42; --field: #212429; --mark: #5b4a12; "
    "--yes: #7ccf9f; --lower: #e8b85c; --no: #f08a84; }\n"
    "}\n"
    "* { box-sizing: border-box; }\n"
    "body { margin: 0 auto; padding: 2.5rem 1.25rem 4rem; max-width: 46rem; background: var(--paper); color: "
    "var(--ink); "
    "font: 1rem/1.55 Georgia, \"Times New Roman\", serif; overflow-wrap: break-word; }\n"
    "h1, h2, h3, th, .readings dt, .facts { font-family: system-ui, \"Helvetica Neue\", Arial, sans-serif; }\n"
    "h1 { margin: 0 0 .25rem; font-size: 1.7rem; line-height: 1.2; }\n"
    "h2 { margin: 2.25rem 0 .6rem; padding-top: .6rem; border-top: 1px solid var(--line); font-size: 1.15rem; }\n"
    "h3 { margin: 1.75rem 0 .4rem; font-size: 1rem; }\n"
    "p, ul, ol { margin: .5rem 0; }\n"
    "ul, ol { padding-left: 1.3rem; }\n"
    "li { margin: .35rem 0; }\n"
    ".about { color: var(--soft); }\n"
    ".readings { display: flex; flex-wrap: wrap; gap: .75rem; margin: .75rem 0; }\n"
    ".readings div { flex: 1 1 12rem; padding: .7rem .9rem; background: var(--field); border-left: 4px solid "
    "var(--soft); }\n"
    ".readings dt { font-size: .8rem; color: var(--soft); }\n"
    ".readings dd { margin: .15rem 0 0; font-size: 1.15rem; font-weight: bold; }\n"
    ".readings .yes { border-color: var(--yes); } .yes dd { color: var(--yes); }\n"
    ".readings .lower { border-color: var(--lower); } .lower dd { color: var(--lower); }\n"
    ".readings .no { border-color: var(--no); } .no dd { color: var(--no); }\n"
    "table { width: 100%; border-collapse: collapse; font-size: .92rem; }\n"
    "th, td { padding: .35rem .8rem .35rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: "
    "top; }\n"
    "th { font-size: .8rem; color: var(--soft); }\n"
    ".figures { padding-right: 1.2rem; text-align: right; font-variant-numeric: tabular-nums; }\n"
    "blockquote { margin: .75rem 0; padding: .7rem 1rem; background: var(--field); border-left: 4px solid var(--line); "
    "white-space: pre-wrap; }\n"
    "mark { background: var(--mark); color: inherit; text-decoration: underline; }\n"
    "code { padding: .1rem .35rem; white-space: nowrap; background: var(--field); font: .88em ui-monospace, Menlo, "
    "Consolas, monospace; }\n"
    "@page { size: A4; margin: 18mm 17mm; }\n"
    "@media print {\n"
    "  html { font-size: 13px; }\n"
    "  body { max-width: none; padding: 0; line-height: 1.45; background: none; }\n"
    "  h2 { margin-top: 1.4rem; }\n"
    "  li { margin: .2rem 0; }\n"
    "  p, blockquote { orphans: 3; widows: 3; }\n"
    "  h2, h3 { break-after: avoid; }\n"
    "  tr, li, .readings div { break-inside: avoid; }\n"
    "  .new-page { break-before: page; border-top: 0; margin-top: 0; padding-top: 0; }\n"
    "  .readings div, blockquote, mark, code { print-color-adjust: exact; -webkit-print-color-adjust: exact; }\n"
    "}\n"
    "</style>\n"
    "</head>\n"
    "<body>\n"
    "<main>\n"
    "<h1>";

static void raw(struct page *p, const char *html)
{
    out_raw(p->out, sv_from(html));
}

/* The sanitiser first: what it shows in place of a character is escaped like any other text. */
static void put_sv(struct page *p, struct sv text)
{
    static const struct {
        char c;
        const char *entity;
    } entities[] = {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\'', "&#39;"}};
    struct buf safe = BUF_INIT;
    struct buf html = BUF_INIT;
    visible_add(&safe, text, VISIBLE_TEXT);
    for (size_t i = 0; i < safe.len; i++) {
        const char *entity = NULL;
        for (size_t k = 0; k < sizeof(entities) / sizeof(entities[0]); k++) {
            entity = entities[k].c == safe.data[i] ? entities[k].entity : entity;
        }
        if (entity) {
            buf_adds(&html, entity);
        } else {
            buf_addc(&html, safe.data[i]);
        }
    }
    out_raw(p->out, buf_sv(&html));
    buf_release(&safe);
    buf_release(&html);
}

static void put(struct page *p, const char *text)
{
    put_sv(p, sv_trim(sv_from(text)));
}

static void element(struct page *p, const char *open, const char *text, const char *close)
{
    raw(p, open);
    put(p, text);
    raw(p, close);
}

static void html_begin(struct page *p, const char *title, const char *about)
{
    element(p, before_title, title, style);
    element(p, "", title, "</h1>\n");
    element(p, "<p class=\"about\">", about, "</p>\n");
}

static void html_end(struct page *p)
{
    raw(p, "</main>\n</body>\n</html>\n");
}

static void html_heading(struct page *p, unsigned level, const char *text, bool new_page)
{
    const char *open = level > 2 ? "<h3>" : new_page ? "<h2 class=\"new-page\">" : "<h2>";
    element(p, open, text, level > 2 ? "</h3>\n" : "</h2>\n");
}

static void html_prose(struct page *p, const char *text)
{
    element(p, "<p dir=\"auto\">", text, "</p>\n");
}

/* Colour comes second: the words say it. */
static const char *reading_class(const char *verdict)
{
    static const char *const classes[] = {"none", "no", "lower", "yes"};
    for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++) {
        if (strcmp(verdict_names[i], verdict) == 0) {
            return classes[i];
        }
    }
    return "none";
}

static void html_readings(struct page *p, const struct entry *entries, size_t count)
{
    raw(p, "<dl class=\"readings\">\n");
    for (size_t i = 0; i < count; i++) {
        element(p, "<div class=\"", reading_class(entries[i].text), "\">");
        element(p, "<dt>", entries[i].lead, "</dt>");
        element(p, "<dd>", entries[i].text, "</dd></div>\n");
    }
    raw(p, "</dl>\n");
}

static void html_row(struct page *p, const struct table *t, size_t row)
{
    raw(p, "<tr>");
    for (size_t i = 0; i < t->column_count; i++) {
        const struct column *c = &t->columns[i];
        const char *figures = c->figures ? " class=\"figures\"" : "";
        if (row == 0) {
            element(p, arena_printf(p->arena, "<th scope=\"col\"%s>", figures), c->title, "</th>");
        } else {
            element(p, arena_printf(p->arena, "<td%s>", figures), t->cells[(row - 1) * t->column_count + i], "</td>");
        }
    }
    raw(p, "</tr>\n");
}

static void html_table(struct page *p, const struct table *t)
{
    raw(p, "<table>\n<thead>\n");
    html_row(p, t, 0);
    raw(p, "</thead>\n<tbody>\n");
    for (size_t row = 1; row <= t->row_count; row++) {
        html_row(p, t, row);
    }
    raw(p, "</tbody>\n</table>\n");
}

static void html_entry(struct page *p, const struct entry *e)
{
    raw(p, "<li dir=\"auto\">");
    if (*e->lead) {
        element(p, "<strong>", e->lead, ".</strong> ");
    }
    put(p, e->text);
    if (*e->code) {
        element(p, " <code>", e->code, "</code>");
    }
    raw(p, "</li>\n");
}

static void html_list(struct page *p, const struct entry *entries, size_t count, bool numbered)
{
    raw(p, numbered ? "<ol>\n" : "<ul>\n");
    for (size_t i = 0; i < count; i++) {
        html_entry(p, &entries[i]);
    }
    raw(p, numbered ? "</ol>\n" : "</ul>\n");
}

/* The finding that begins first at or after the byte; NULL. Findings may overlap: what is marked is not marked again.
 */
static const struct finding *next_finding(const struct finding *all, size_t count, size_t from, size_t len)
{
    const struct finding *next = NULL;
    for (size_t i = 0; i < count; i++) {
        const struct finding *f = &all[i];
        bool fits = !f->dismissed && f->start >= from && f->end > f->start && f->end <= len;
        if (fits && (!next || f->start < next->start)) {
            next = f;
        }
    }
    return next;
}

static void html_quote(struct page *p, const char *text, const struct finding *findings, size_t count)
{
    struct sv all = sv_from(text);
    size_t at = 0;
    const struct finding *f;
    raw(p, "<blockquote dir=\"auto\">");
    while ((f = next_finding(findings, count, at, all.len)) != NULL) {
        put_sv(p, sv_sub(all, at, f->start - at));
        element(p, "<mark title=\"", f->rule, "\">");
        put_sv(p, sv_sub(all, f->start, f->end - f->start));
        raw(p, "</mark>");
        at = f->end;
    }
    put_sv(p, sv_sub(all, at, all.len));
    raw(p, "</blockquote>\n");
}

static const struct page_format format = {html_begin,    html_end,   html_heading, html_prose,
                                          html_readings, html_table, html_list,    html_quote};

void mock_report_html(struct out *o, const struct mock_report *r)
{
    mock_page_walk(o, r, &format);
}
