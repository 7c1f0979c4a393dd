#include "cli/finding.h"

#include "pmprep/app/findings.h"

enum { PROSE_COLS = 76, INDENT = 2, WORDS_SHOWN = 60 };

void finding_line_text(const struct finding *f, const char *text, struct buf *out)
{
    size_t line = finding_line(f, sv_from(text));
    if (line > 0) {
        buf_addf(out, "line %zu: ", line);
    }
    buf_addf(out, "[%s] %s: %s%s%s", f->rule, f->severity, f->message, f->self_reported ? " (self-reported)" : "",
             f->dismissed ? " (dismissed)" : "");
}

/* The words it points at, on one line. */
static void show_words(struct cli *c, const struct finding *f, struct sv text)
{
    struct buf words = BUF_INIT;
    size_t start, end;
    if (!finding_span(f, text, &start, &end)) {
        return;
    }
    buf_addsv(&words, sv_sub(text, start, end - start));
    for (size_t i = 0; i < words.len; i++) {
        if (words.data[i] == '\n' || words.data[i] == '\r') {
            words.data[i] = ' ';
        }
    }
    out_raw(&c->out, SV("  \""));
    out_cell(&c->out, buf_sv(&words), utf8_columns(buf_sv(&words)) > WORDS_SHOWN ? WORDS_SHOWN : 0);
    out_raw(&c->out, SV("\"\n"));
    buf_release(&words);
}

void findings_show(struct cli *c, const struct finding *list, size_t count, const char *text)
{
    struct buf line = BUF_INIT;
    for (size_t i = 0; i < count; i++) {
        const struct rule *rule = finding_rule(c->app, &list[i]);
        buf_clear(&line);
        finding_line_text(&list[i], text, &line);
        out_line(&c->out, buf_sv(&line));
        out_raw(&c->out, SV("\n"));
        show_words(c, &list[i], sv_from(text));
        if (rule && !list[i].dismissed) {
            out_prose(&c->out, sv_from(rule->advice), INDENT, PROSE_COLS);
        }
    }
    buf_release(&line);
}
