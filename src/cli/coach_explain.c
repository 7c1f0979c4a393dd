#include "cli/coach.h"
#include "pmprep/bank/taxonomy.h"

#include <math.h>

/* `pmprep coach --explain RULE`: the signs of a rule in plain words, and all else that its file says. */

enum { EXPLAIN_COLS = 80, EXPLAINED_CLASSES = 64, SIGNS_SHOWN = 10 };

struct saying {
    const char *word, *plain;
};

static const struct saying measures[] = {
    {"has", "there is"},
    {"count", "how many:"},
    {"rate", "how often:"}, /* in 100 words */
    {"share", "the share of sentences with"},
    {"place", "how late comes the first:"},
};

static const struct saying classes[] = {
    {"any", "any word"},  {"i", "\"I\""},          {"we", "\"we\""},           {"you", "\"you\""},
    {"they", "\"they\""}, {"negation", "\"not\""}, {"quoted", "quoted words"}, {"past", "past tense"},
};

static const struct saying links[] = {
    {"by", "by"},
    {"in", "in"},
    {"beside", "in one clause with"},
    {"with", "in one sentence with"},
    {"near", "in or next to a sentence with"},
    {"without", "in a sentence without"},
    {"as", "as"},
    {"negated", "after a \"not\""},
    {"affirmed", "without a \"not\""},
    {"told", "where an event is told"},
    {"planned", "where no event is told"},
};

static const struct saying regions[] = {
    {"all", "all of it"},
    {"opening", "the opening"},
    {"first", "the first sentence"},
    {"start", "the first quarter"},
    {"middle", "the middle half"},
    {"ending", "the last quarter"},
    {"last", "the last sentence"},
    {"half", "the second half"},
    {"tail", "the last two sentences"},
    {"after", "what follows the last deed"},
};

static const struct saying subjects[] = {
    {"i", "me"},
    {"we", "us"},
    {"you", "you"},
    {"others", "others"},
    {"customers", "customers"},
    {"thing", "things"},
    {"nobody", "nobody named"},
    {"none", "no one"},
};

/* What the program marks itself; the files tell of the others. */
static const struct saying built_in[] = {
    {"number", "Any quantity."},
    {"percent", "A percentage."},
    {"money", "An amount of money."},
    {"duration", "A length of time."},
    {"date", "Dates, years, ages, versions: no results."},
    {"ratio", "\"One in nine\", \"half\", \"3x\"."},
    {"change-number", "A number of a change: \"from A to B\", \"fell by N\"."},
    {"technical-number", "A number that measures a machine."},
    {"outcome-number", "A number that measures what changed for customers or the business."},
    {"bare-percent", "A percentage without level before, period, sample or comparison near."},
    {"past", "A verb in the past tense."},
    {"passive", "A passive: \"was raised\"."},
    {"quoted", "Words between quotation marks."},
    {"acronym", "Capitals that are not explained."},
    {"proper", "A name."},
};

#define PLAIN(list, word) plain(list, sizeof(list) / sizeof((list)[0]), word)

static const char *plain(const struct saying *list, size_t count, struct sv word)
{
    for (size_t i = 0; i < count; i++) {
        if (sv_eqs(word, list[i].word)) {
            return list[i].plain;
        }
    }
    return NULL;
}

/* "i|nobody" as "me or nobody named"; a word that the list does not have stays. */
static void add_either(struct buf *out, struct sv words, const struct saying *list, size_t count)
{
    struct sv word;
    bool more = false;
    while (sv_split(&words, '|', &word)) {
        const char *said = plain(list, count, word);
        buf_adds(out, more ? " or " : " ");
        buf_addsv(out, said ? sv_from(said) : word);
        more = true;
    }
}

static void describe_sign(const char *expression, struct buf *out)
{
    struct sv word, rest = sv_from(expression);
    const char *shape = shape_plain(rest);
    if (shape) {
        buf_adds(out, shape);
        return;
    }
    sv_split(&rest, ' ', &word);
    const char *measure = PLAIN(measures, word);
    buf_adds(out, measure ? measure : expression);
    bool region = false, subject = false;
    while (sv_split(&rest, ' ', &word)) {
        const char *link = PLAIN(links, word);
        if (sv_eqs(word, "not")) { /* "not beside", "not near" */
            sv_split(&rest, ' ', &word);
            buf_adds(out, sv_eqs(word, "near") ? " and in no sentence around" : " in a clause without");
        } else if (link) {
            buf_addf(out, " %s", link);
        } else if (region) {
            add_either(out, word, regions, sizeof(regions) / sizeof(regions[0]));
        } else if (subject) {
            add_either(out, word, subjects, sizeof(subjects) / sizeof(subjects[0]));
        } else {
            add_either(out, word, classes, sizeof(classes) / sizeof(classes[0]));
        }
        region = sv_eqs(word, "in");
        subject = sv_eqs(word, "by");
    }
}

/* ---- the signs that count most */

struct strongest {
    size_t at[SIGNS_SHOWN]; /* of the rule's weights; those for the flaw, then those against, each strongest first */
    size_t count;
};

/* Adds up how far each sign moves the score of the examples. */
static void add_moves(const struct coach *c, const struct rule *r, const struct rule_fixture *f, size_t count,
                      double *moves)
{
    for (size_t i = 0; i < count; i++) {
        struct arena scratch = ARENA_INIT;
        double *values = arena_array(&scratch, r->weight_count, sizeof(*values));
        coach_signs(c, r, answer_view(coach_lexicon(c), sv_from(f[i].text), &scratch), values);
        for (size_t k = 0; k < r->weight_count; k++) {
            moves[k] += fabs(values[k] * r->weights[k].weight);
        }
        arena_release(&scratch);
    }
}

/* What speaks for the flaw comes first; else the order stays. */
static void for_before_against(const struct rule *r, struct strongest *s)
{
    struct strongest old = *s;
    s->count = 0;
    for (int against = 0; against < 2; against++) {
        for (size_t i = 0; i < old.count; i++) {
            if ((r->weights[old.at[i]].weight < 0) == against) {
                s->at[s->count++] = old.at[i];
            }
        }
    }
}

static void find_strongest(const struct coach *c, const struct rule *r, struct strongest *out)
{
    struct arena scratch = ARENA_INIT;
    double *moves = arena_array(&scratch, r->weight_count, sizeof(*moves));
    add_moves(c, r, r->fires, r->fires_count, moves);
    add_moves(c, r, r->silent, r->silent_count, moves);
    out->count = 0;
    while (out->count < SIGNS_SHOWN && out->count < r->weight_count) {
        size_t most = 0;
        for (size_t k = 1; k < r->weight_count; k++) {
            most = moves[k] > moves[most] ? k : most;
        }
        out->at[out->count++] = most;
        moves[most] = -1;
    }
    arena_release(&scratch);
    for_before_against(r, out);
}

/* ---- the classes that the signs name */

struct class_names {
    struct sv at[EXPLAINED_CLASSES];
    size_t count;
};

static void add_class(struct class_names *list, struct sv name)
{
    for (size_t i = 0; i < list->count; i++) {
        if (sv_eq(list->at[i], name)) {
            return;
        }
    }
    if (list->count < EXPLAINED_CLASSES) {
        list->at[list->count++] = name;
    }
}

static void collect_classes(const struct coach *c, const char *expression, struct class_names *out)
{
    struct sv word, rest = sv_from(expression), name;
    bool skip = false; /* the name of a region or a subject */
    while (sv_split(&rest, ' ', &word)) {
        bool no_class = skip;
        skip = sv_eqs(word, "in") || sv_eqs(word, "by");
        while (!no_class && sv_split(&word, '|', &name)) {
            if (lexicon_class(coach_lexicon(c), name) >= 0) {
                add_class(out, name);
            }
        }
    }
}

static const char *about_class(const struct lexicon *files, size_t count, struct sv name)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < files[i].class_count; k++) {
            const struct word_class *class = &files[i].classes[k];
            if (sv_eqs(name, class->id) && class->about[0]) {
                return class->about;
            }
        }
    }
    return PLAIN(built_in, name);
}

static void print_classes(struct coach_job *job, const struct rule *r, const struct strongest *s)
{
    struct class_names names = {.count = 0};
    struct library *library;
    struct out *o = &job->c->out;
    size_t count;
    for (size_t i = 0; i < s->count; i++) {
        collect_classes(job->coach, r->weights[s->at[i]].sign, &names);
    }
    if (names.count == 0 || !app_library(job->c->app, &library, NULL)) {
        return;
    }
    const struct lexicon *files = library_lexicons(library, &count);
    out_raw(o, SV("\nWords\n"));
    for (size_t i = 0; i < names.count; i++) {
        const char *about = about_class(files, count, names.at[i]);
        struct buf lead = BUF_INIT;
        buf_addf(&lead, "%-18.*s", SV_ARG(names.at[i]));
        if (about) {
            out_item(o, buf_str(&lead), sv_from(about), 2, EXPLAIN_COLS);
        }
        buf_release(&lead);
    }
}

/* ---- printing */

static void print_list(struct out *o, const char *label, const struct strings *list)
{
    struct buf text = BUF_INIT;
    for (size_t i = 0; i < list->count; i++) {
        buf_addf(&text, "%s%s", i ? ", " : "", list->at[i]);
    }
    if (list->count > 0) {
        out_item(o, label, buf_sv(&text), 0, EXPLAIN_COLS);
    }
    buf_release(&text);
}

static void print_weight(struct out *o, const struct weight *w)
{
    struct buf lead = BUF_INIT, text = BUF_INIT;
    buf_addf(&lead, "%+7.2f  ", w->weight);
    describe_sign(w->sign, &text);
    out_item(o, buf_str(&lead), buf_sv(&text), 0, EXPLAIN_COLS);
    buf_release(&lead);
    buf_release(&text);
}

static void print_weights(struct out *o, const struct rule *r, const struct strongest *s)
{
    struct buf text = BUF_INIT;
    buf_addf(&text,
             "What it weighs: + speaks for the flaw, - against it. It begins at %+.2f, adds each measure times its "
             "weight, and fires above %.2f.%s \"How often\" is in 100 words.",
             r->bias, r->threshold, r->weight_count > s->count ? " These count most in its own examples." : "");
    out_raw(o, SV("\n"));
    out_prose(o, buf_sv(&text), 0, EXPLAIN_COLS);
    for (size_t i = 0; i < s->count; i++) {
        print_weight(o, &r->weights[s->at[i]]);
    }
    if (r->weight_count > s->count) {
        size_t weaker = r->weight_count - s->count;
        out_printf(o, "         and %zu weaker %s (--json lists them all)\n", weaker, weaker == 1 ? "one" : "ones");
    }
    buf_release(&text);
}

static void print_fixture(struct out *o, const char *heading, const struct rule_fixture *f, size_t count)
{
    if (count == 0) {
        return;
    }
    out_printf(o, "\n%s%s%s%s\n", heading, f->kind[0] ? " (" : "", f->kind, f->kind[0] ? ")" : "");
    out_prose(o, sv_from(f->text), 2, EXPLAIN_COLS);
}

static void print_rule(struct coach_job *job, const struct rule *r)
{
    struct out *o = &job->c->out;
    const struct flaw_info *flaw = flaw_find(sv_from(r->id));
    out_printf(o, "%s: %s\n", r->id, r->title);
    out_prose(o, sv_from(flaw ? flaw->gloss : ""), 2, EXPLAIN_COLS);
    out_raw(o, SV("\n"));
    out_printf(o, "severity    %s\n", severity_words.names[r->severity]);
    if (r->kinds.count == 0) {
        out_raw(o, SV("kinds       any\n"));
    }
    print_list(o, "kinds       ", &r->kinds);
    print_list(o, "principles  ", &r->principles);
    print_list(o, "except      ", &r->except);
    out_item(o, "message     ", sv_from(r->message), 0, EXPLAIN_COLS);
    out_item(o, "advice      ", sv_from(r->advice), 0, EXPLAIN_COLS);
    out_printf(o, "source      %s%s%s\n", source_name(r->source), r->from[0] ? ": " : "", r->from);
    out_printf(o, "version     %d%s\n", r->version, r->user ? ", yours" : "");
    out_item(o, "file        ", sv_from(r->place.file), 0, EXPLAIN_COLS);
    print_list(o, "finds       ", &r->find);
    print_list(o, "unless      ", &r->unless);
    if (r->weight_count > 0) {
        struct strongest s;
        find_strongest(job->coach, r, &s);
        print_weights(o, r, &s);
        print_classes(job, r, &s);
    }
    print_fixture(o, "It fires on", r->fires, r->fires_count);
    print_fixture(o, "It is silent on", r->silent, r->silent_count);
}

static void fixture_json(struct json *j, const char *key, const struct rule_fixture *f, size_t count)
{
    json_key(j, key);
    json_str(j, count > 0 ? f->text : NULL);
}

static void explain_json(struct coach_job *job, const struct rule *r)
{
    const struct flaw_info *flaw = flaw_find(sv_from(r->id));
    struct json j;
    json_init(&j, &job->text, 2);
    json_object(&j);
    coach_rule_json(&j, r);
    json_key(&j, "gloss");
    json_str(&j, flaw ? flaw->gloss : NULL);
    json_key(&j, "bias");
    json_real(&j, r->bias);
    json_key(&j, "threshold");
    json_real(&j, r->threshold);
    json_key(&j, "signs");
    json_array(&j);
    for (size_t i = 0; i < r->weight_count; i++) {
        struct buf text = BUF_INIT;
        describe_sign(r->weights[i].sign, &text);
        json_object(&j);
        json_key(&j, "sign");
        json_str(&j, r->weights[i].sign);
        json_key(&j, "weight");
        json_real(&j, r->weights[i].weight);
        json_key(&j, "says");
        json_sv(&j, buf_sv(&text));
        json_end_object(&j);
        buf_release(&text);
    }
    json_end_array(&j);
    fixture_json(&j, "fires", r->fires, r->fires_count);
    fixture_json(&j, "silent", r->silent, r->silent_count);
    json_end_object(&j);
    cli_json(job->c, &job->text);
}

int coach_explain(struct coach_job *job)
{
    struct err err = ERR_INIT;
    const char *id = args_text(&job->c->args, "explain");
    if (!coach_check_rule(job->coach, id, &err)) {
        cli_fail(job->c, &err);
        return EXIT_WRONG;
    }
    const struct rule *r = coach_rule(job->coach, id);
    if (job->c->json) {
        explain_json(job, r);
    } else {
        print_rule(job, r);
    }
    return EXIT_DONE;
}
