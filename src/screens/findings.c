#include "findings.h"

#include "show.h"

#include "pmprep/app/drill.h"
#include "pmprep/app/findings.h"
#include "pmprep/bank/taxonomy.h"

/* "2 findings, 1 dismissed, 198 words" */
static void tell_counts(const struct findings_panel *f, struct buf *out)
{
    size_t standing = findings_standing(f->list, f->count);
    if (standing > 0)
        buf_addf(out, "%zu %s", standing, standing == 1 ? "finding" : "findings");
    else
        buf_adds(out, "no findings");
    if (standing < f->count)
        buf_addf(out, ", %zu dismissed", f->count - standing);
    buf_addf(out, ", %u %s", f->words, f->words == 1 ? "word" : "words");
}

static void add_finding(struct page *p, const struct findings_panel *f, const struct finding *one)
{
    const struct rule *rule = f->advice ? finding_rule(f->app, one) : NULL;
    page_addf(p, one->dismissed ? ROLE_DIM : ROLE_WARNING, 0, 2, "%s · %s%s%s", one->rule, one->severity,
              one->self_reported ? " · self-reported" : "", one->dismissed ? " · dismissed" : "");
    page_add_prose(p, one->dismissed ? ROLE_DIM : ROLE_TEXT, 0, one->message);
    if (rule)
        page_addf(p, ROLE_TEXT, 0, 0, "To do: %s", page_flow(&p->arena, rule->advice));
    if (rule)
        page_addf(p, ROLE_DIM, 0, 0, "source: %s%s%s", source_name(rule->source), rule->from[0] ? ", " : "",
                  rule->from);
    if (f->advice && !rule)
        page_add(p, ROLE_DIM, 0, 0, SV("This rule is not in use any more."));
}

int findings_draw(const struct findings_panel *f, struct canvas *c, int row, int col, int width, int rows)
{
    struct page *p = page_new();
    struct buf counts = BUF_INIT;
    tell_counts(f, &counts);
    canvas_puts(c, row, col, ROLE_STRONG, f->count > 0 ? "Your answer" : "Evidence");
    canvas_put_right(c, row, col + width, ROLE_DIM, buf_str(&counts));
    page_begin(p, width);
    if (f->count == 0)
        page_add(p, ROLE_TEXT, 0, 0, sv_from(f->calm));
    else
        add_finding(p, f, &f->list[f->looked_at]);
    int used = rows - 2;
    if ((int)p->count > used) { /* it does not scroll */
        p->count = (size_t)used;
        canvas_puts(c, row + used, col + width, ROLE_DIM, "…");
    }
    used = (int)p->count;
    page_draw(p, c, row + 1, col, used);
    if (f->count > 1) {
        buf_clear(&counts);
        buf_addf(&counts, "%zu of %zu", f->looked_at + 1, f->count);
        canvas_put_right(c, row + 1, col + width, ROLE_DIM, buf_str(&counts));
    }
    canvas_fill(c, row + 1 + used, col, width, ROLE_RULE, 0x2500);
    buf_release(&counts);
    page_free(p);
    return used + 2;
}

int findings_draw_change(const struct drill_view *v, struct canvas *c, int row, int col, int width)
{
    int from = row;
    for (int what = FINDING_MENDED; drill_can_compare(v) && what <= FINDING_NEW; what++) {
        struct buf line = BUF_INIT;
        buf_addf(&line, "%s: ", finding_change_words[what]);
        size_t heading = line.len;
        findings_changed(v->findings, v->finding_count, v->again_findings, v->again_finding_count,
                         (enum finding_change)what, &line);
        if (line.len > heading)
            row += text_put(c, row, col, width, 2, what == FINDING_MENDED ? ROLE_GOOD : ROLE_WARNING, buf_sv(&line));
        buf_release(&line);
    }
    return row - from;
}
