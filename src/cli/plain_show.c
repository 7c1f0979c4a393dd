#include "cli/plain.h"

#include "cli/finding.h"

#include "pmprep/app/findings.h"
#include "pmprep/app/names.h"
#include "pmprep/bank/taxonomy.h"
#include "pmprep/coach/words.h"

enum { PROSE_COLS = 76, INDENT = 2, STORIES_MAX = 20 };

static struct out *out_of(struct dialogue *d)
{
    return &d->cli->out;
}

/* "1:28" */
static void add_span(struct buf *out, int64_t ms)
{
    int64_t s = (ms + 500) / 1000;
    buf_addf(out, "%d:%02d", (int)(s / 60), (int)(s % 60));
}

static void prose(struct dialogue *d, const char *text, size_t indent)
{
    out_prose(out_of(d), sv_from(text), indent, PROSE_COLS);
}

static void item(struct dialogue *d, const char *lead, const char *text)
{
    out_item(out_of(d), lead, sv_from(text), INDENT, PROSE_COLS);
}

static void numbered(struct dialogue *d, int number, const char *text)
{
    struct buf lead = BUF_INIT;
    buf_addf(&lead, "%d  ", number);
    item(d, buf_str(&lead), text);
    buf_release(&lead);
}

static void section(struct dialogue *d, const char *heading, const char *text)
{
    if (text[0]) {
        out_printf(out_of(d), "\n%s\n", heading);
        prose(d, text, INDENT);
    }
}

static void section_list(struct dialogue *d, const char *heading, const struct strings *list)
{
    if (list->count) {
        out_printf(out_of(d), "\n%s\n", heading);
    }
    for (size_t i = 0; i < list->count; i++) {
        item(d, "- ", list->at[i]);
    }
}

/* "Question 2 of 6: behavioural, difficulty 2, 12:00 on the clock, about 200 words" */
static void show_head(struct dialogue *d, const struct drill_view *v)
{
    struct buf line = BUF_INIT;
    buf_addf(&line, "Question %u of %u: %s, ", v->at, v->of, kind_name(v->item->kind));
    if (v->item->family != family_default(v->item->kind)) {
        buf_addf(&line, "%s, ", family_name(v->item->family));
    }
    buf_addf(&line, "difficulty %d", v->item->difficulty);
    if (v->allotted_ms > 0) {
        buf_adds(&line, ", ");
        add_span(&line, v->allotted_ms);
        buf_adds(&line, " on the clock");
    }
    if (v->word_budget && v->item->kind != KIND_REWRITE) {
        buf_addf(&line, ", about %u words", v->word_budget);
    }
    if (v->flagged) {
        buf_adds(&line, ", flagged");
    }
    out_printf(out_of(d), "%s\n", buf_str(&line));
    if (v->reason[0]) {
        out_printf(out_of(d), "Why this one: %s\n", v->reason);
    }
    buf_release(&line);
}

static void show_shown(struct dialogue *d, const struct drill_view *v)
{
    for (int i = 0; i < v->shown_count; i++) {
        if (v->item->kind == KIND_PAIR) {
            out_printf(out_of(d), "\nAnswer %d\n", i + 1);
            prose(d, v->shown[i], INDENT);
        } else {
            numbered(d, i + 1, v->shown[i]);
        }
    }
}

void show_question(struct dialogue *d, const struct drill_view *v)
{
    const struct item *it = v->item;
    out_printf(out_of(d), "\n");
    show_head(d, v);
    out_printf(out_of(d), "\n");
    prose(d, it->prompt, 0);
    if (it->phase_count) {
        out_printf(out_of(d), "\nMinutes\n");
    }
    for (size_t i = 0; i < it->phase_count; i++) {
        out_printf(out_of(d), "  - %s, %u\n", it->phases[i].name, it->phases[i].minutes);
    }
    if (it->kind == KIND_REWRITE) {
        out_printf(out_of(d), "\n%s\nAt most %u words.\n", rewrite_task, it->max_words);
    }
    if (v->shown_count) {
        out_printf(out_of(d), "\n");
        show_shown(d, v);
    }
}

void show_spent(struct dialogue *d, const struct drill_view *v, struct sv text)
{
    struct buf line = BUF_INIT;
    size_t words = words_count(text);
    buf_addf(&line, "Kept: %zu %s, ", words, words == 1 ? "word" : "words");
    add_span(&line, words_spoken_ms(words));
    buf_adds(&line, " spoken; ");
    add_span(&line, v->active_ms);
    buf_adds(&line, " on the clock.");
    out_printf(out_of(d), "%s\n", buf_str(&line));
    buf_release(&line);
}

void show_principle(struct dialogue *d, const struct drill_view *v)
{
    if (!v->principle) {
        return;
    }
    out_printf(out_of(d), "\nIt tests %s.\n", v->principle->name);
    prose(d, v->principle->gloss, INDENT);
}

void show_levels(struct dialogue *d, const struct drill_view *v)
{
    const struct dimension *dim = v->dimension;
    out_printf(out_of(d), "\n%s\n", dim ? dim->name : "The answer as a whole");
    for (int level = 1; level <= LEVELS; level++) {
        numbered(d, level, dim ? dim->anchor[level - 1] : level_words[level - 1]);
    }
    if (dim) {
        const char *target = config_text(app_config(d->cli->app), "target");
        out_printf(out_of(d), "  The bar at %s is %d.\n", target,
                   strcmp(target, "L5") == 0 ? dim->bar_l5 : dim->bar_l6);
    }
}

static void show_flaws(struct dialogue *d, const struct side *bad)
{
    for (size_t i = 0; i < bad->flaw_count; i++) {
        const struct flaw_span *f = &bad->flaws[i];
        const struct flaw_info *info = flaw_find(sv_from(f->flaw));
        struct buf line = BUF_INIT;
        buf_addf(&line, "%s%s%s%s: %s", info ? info->title : f->flaw, f->span[0] ? ", \"" : "", f->span,
                 f->span[0] ? "\"" : "", f->why);
        item(d, "- ", buf_str(&line));
        buf_release(&line);
    }
}

static int side_level(const struct side *side, const char *dimension)
{
    for (size_t i = 0; i < side->score_count; i++) {
        if (strcmp(side->scores[i].dimension, dimension) == 0) {
            return side->scores[i].level;
        }
    }
    return 0;
}

/* Where the two differ, dimension by dimension of the rubric. */
static void show_side_levels(struct dialogue *d, const struct drill_view *v)
{
    const struct item *it = v->item;
    if (!v->rubric || it->good.score_count == 0) {
        return;
    }
    out_printf(out_of(d), "\nLevels, 1 to 5\n");
    for (size_t i = 0; i < v->rubric->dimension_count; i++) {
        const struct dimension *dim = &v->rubric->dimensions[i];
        int bad = side_level(&it->bad, dim->id), good = side_level(&it->good, dim->id);
        if (bad > 0 && good > 0) {
            out_printf(out_of(d), "  - %s: weaker %d, stronger %d\n", dim->name, bad, good);
        }
    }
}

static void show_pair(struct dialogue *d, const struct drill_view *v)
{
    const struct item *it = v->item;
    out_printf(out_of(d), "\nThe stronger one is answer %d%s\n", v->right + 1,
               v->picked < 0           ? "."
               : v->picked == v->right ? ": you saw it."
                                       : ": you picked the other.");
    section(d, "Why it is stronger", it->good.why);
    section(d, "Why the other is weaker", it->bad.why);
    if (it->bad.flaw_count) {
        out_printf(out_of(d), "\nIts flaws\n");
    }
    show_flaws(d, &it->bad);
    show_side_levels(d, v);
    section(d, "What to take along", it->explanation);
}

static void show_choice(struct dialogue *d, const struct drill_view *v)
{
    const struct item *it = v->item;
    out_printf(out_of(d), "\nThe right one is %d%s\n", v->right + 1,
               v->picked < 0           ? "."
               : v->picked == v->right ? ": yours."
                                       : "; you picked another.");
    for (int i = 0; i < v->shown_count; i++) {
        const struct option *o = &it->options[v->shown_index[i]];
        if (o->why[0] && (i == v->right || i == v->picked)) {
            numbered(d, i + 1, o->why);
        }
    }
    section(d, "Explanation", it->explanation);
}

static void show_ladder(struct dialogue *d, const struct item *it)
{
    if (it->ladder_count) {
        out_printf(out_of(d), "\nSo what?\n");
    }
    for (size_t i = 0; i < it->ladder_count; i++) {
        item(d, "- ", it->ladder[i].from);
        item(d, "  so what? ", it->ladder[i].so_what);
    }
}

/* What the interviewer of a case would have told to whoever asked, and what would have changed half-way. */
static void show_case(struct dialogue *d, const struct item *it)
{
    if (it->fact_count) {
        out_printf(out_of(d), "\nYou would have been told, had you asked for\n");
    }
    for (size_t i = 0; i < it->fact_count; i++) {
        const struct fact *f = &it->facts[i];
        struct buf line = BUF_INIT;
        buf_addf(&line, "%s: %s", f->ask.count ? f->ask.at[0] : "more", f->tell);
        item(d, "- ", buf_str(&line));
        buf_release(&line);
    }
    for (size_t i = 0; i < it->twist_count; i++) {
        out_printf(out_of(d), "\nA twist after %u minutes\n", it->twists[i].minute);
        prose(d, it->twists[i].tell, INDENT);
    }
}

static void show_findings(struct dialogue *d, const struct drill_view *v)
{
    size_t standing = findings_standing(v->findings, v->finding_count);
    if (v->coached == COACH_SILENT) {
        return;
    }
    if (v->finding_count == 0) {
        out_printf(out_of(d), "\n%s\n", drill_calm(v->coached));
        return;
    }
    out_printf(out_of(d), "\n%zu %s\n", standing, standing == 1 ? "finding" : "findings");
    findings_show(d->cli, v->findings, v->finding_count, v->text);
}

static void show_open(struct dialogue *d, const struct drill_view *v)
{
    const struct item *it = v->item;
    show_findings(d, v);
    section_list(d, "How you told it", &v->telling);
    if (v->speech[0]) {
        out_raw(out_of(d), SV("\n"));
        prose(d, v->speech, 0);
    }
    if (v->next_anchor[0] && v->focus) {
        out_printf(out_of(d), "\nLevel %d of %s asks for\n", v->next_level, v->focus->name);
        prose(d, v->next_anchor, INDENT);
    }
    if (v->principle) {
        struct buf heading = BUF_INIT;
        buf_addf(&heading, "Strong signals of %s", v->principle->name);
        section_list(d, buf_str(&heading), &v->principle->strong);
        buf_release(&heading);
    }
    section_list(d, "Look for", &it->look_for);
    section_list(d, "Watch out for", &it->watch_out);
    show_case(d, it);
    show_ladder(d, it);
    section(d, "An excellent answer", it->exemplar);
}

void show_evidence(struct dialogue *d, const struct drill_view *v)
{
    switch (v->item->kind) {
    case KIND_PAIR:
        show_pair(d, v);
        break;
    case KIND_CHOICE:
        show_choice(d, v);
        break;
    case KIND_BEHAVIOURAL:
    case KIND_CASE:
    case KIND_TRANSITION:
    case KIND_REWRITE:
    case KIND_WRITING:
    case KIND_SQL:
    case KIND_ANSWER:
    case KIND_COUNT:
        show_open(d, v);
        break;
    }
}

static void show_version(struct dialogue *d, const char *heading, const char *text)
{
    struct buf line = BUF_INIT;
    size_t words = words_count(sv_from(text));
    buf_addf(&line, "%s: %zu %s, ", heading, words, words == 1 ? "word" : "words");
    add_span(&line, words_spoken_ms(words));
    buf_adds(&line, " spoken");
    section(d, buf_str(&line), text);
    buf_release(&line);
}

static void show_change(struct dialogue *d, const struct drill_view *v)
{
    const char *before = "\n";
    for (int what = FINDING_MENDED; what <= FINDING_NEW; what++) {
        struct buf rules = BUF_INIT;
        findings_changed(v->findings, v->finding_count, v->again_findings, v->again_finding_count,
                         (enum finding_change)what, &rules);
        if (rules.len > 0) {
            out_printf(out_of(d), "%s%s: %s\n", before, finding_change_words[what], buf_str(&rules));
            before = "";
        }
        buf_release(&rules);
    }
}

void show_compare(struct dialogue *d, const struct drill_view *v)
{
    show_version(d, "Before", v->text);
    show_version(d, "After", v->again);
    if (drill_can_compare(v)) {
        show_change(d, v);
    }
}

/* "tomorrow", "4 days", "10 min" */
static void add_interval(struct buf *out, const struct drill_view *v, enum rating r)
{
    int days = v->choice[r].days;
    if (days == 0) {
        buf_addf(out, "in %d min", (int)((v->choice[r].seconds + 59) / 60));
    } else if (days == 1) {
        buf_adds(out, "tomorrow");
    } else {
        buf_addf(out, "in %d days", days);
    }
}

void show_ratings(struct dialogue *d, const struct drill_view *v)
{
    struct buf line = BUF_INIT;
    buf_addf(&line, "Back %s", "");
    add_interval(&line, v, v->rating);
    buf_addf(&line, " (%s)%s:", rating_name(v->rating), v->capped ? ", before your milestone" : "");
    for (int r = RATING_AGAIN; r <= RATING_EASY; r++) {
        buf_addf(&line, "%s %d %s ", r == RATING_AGAIN ? "" : ",", r, rating_name((enum rating)r));
        add_interval(&line, v, (enum rating)r);
    }
    out_printf(out_of(d), "\n%s\n", buf_str(&line));
    buf_release(&line);
}

void show_summary(struct dialogue *d, const struct drill_view *v)
{
    struct buf line = BUF_INIT;
    buf_addf(&line, "\nDone: %u answered, %u skipped, ", d->answered, v->skipped);
    add_span(&line, v->session_ms);
    buf_addf(&line, "%s%s.", v->stopped_because[0] ? "; " : "", v->stopped_because);
    out_printf(out_of(d), "%s\n", buf_str(&line));
    buf_release(&line);
}

void show_stories(struct dialogue *d, const struct story *all, size_t count)
{
    for (size_t i = 0; i < count && i < STORIES_MAX; i++) {
        out_printf(out_of(d), "  %zu  ", i + 1);
        out_line(out_of(d), sv_from(all[i].headline));
        out_printf(out_of(d), "\n");
    }
}
