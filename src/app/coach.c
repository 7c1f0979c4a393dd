#include "pmprep/app/coach.h"

#include "app/coaching.h"
#include "pmprep/bank/filter.h"
#include "pmprep/bank/taxonomy.h"
#include "pmprep/base/mem.h"
#include "pmprep/base/utf8.h"

enum { FIRST_WORDS = 60 }; /* columns of a fixture that a failure shows */

void coaching_release(struct coaching *c)
{
    coach_close(c->coach);
    arena_release(&c->arena);
    free(c->problems);
    *c = (struct coaching){0};
}

static void add_problem(struct coaching *c, const char *text)
{
    void *list = c->problems;
    mem_grow(&list, &c->problem_room, c->problem_count + 1, sizeof(*c->problems));
    c->problems = list;
    c->problems[c->problem_count++] = text;
}

/* What the coach is made of: those of the library that can be used. */
struct ingredients {
    const struct rule *rules;
    size_t rule_count;
    const struct lexicon *words;
    size_t word_count;
    struct rule_setting *settings;
    size_t setting_count;
};

static bool open_coach(const struct ingredients *in, struct coach **out, struct err *err)
{
    return coach_open(out, in->rules, in->rule_count, in->words, in->word_count, in->settings, in->setting_count, err);
}

/* Files of words may name each other's classes, so each is tried with those taken before it, until no more fit. */
static void keep_good_words(struct coaching *c, struct ingredients *in)
{
    struct lexicon *kept = arena_array(&c->arena, in->word_count + 1, sizeof(*kept));
    const char **why = arena_array(&c->arena, in->word_count + 1, sizeof(*why));
    bool *taken = arena_array(&c->arena, in->word_count + 1, sizeof(*taken));
    size_t count = 0, before;
    do {
        before = count;
        for (size_t i = 0; i < in->word_count; i++) {
            struct err err = ERR_INIT;
            struct lexicon_index *index;
            kept[count] = in->words[i];
            if (!taken[i] && lexicon_build(&index, kept, count + 1, &err)) {
                lexicon_free(index);
                taken[i] = true;
                count++;
            } else if (!taken[i]) {
                why[i] = arena_strdup(&c->arena, err.text);
            }
        }
    } while (count > before);
    for (size_t i = 0; i < in->word_count; i++) {
        if (!taken[i]) {
            add_problem(c, why[i]);
        }
    }
    in->words = kept;
    in->word_count = count;
}

static void keep_good_rules(struct coaching *c, struct ingredients *in)
{
    struct rule *kept = arena_array(&c->arena, in->rule_count + 1, sizeof(*kept));
    size_t count = 0;
    for (size_t i = 0; i < in->rule_count; i++) {
        struct err err = ERR_INIT;
        struct coach *alone;
        if (coach_open(&alone, &in->rules[i], 1, in->words, in->word_count, NULL, 0, &err)) {
            coach_close(alone);
            kept[count++] = in->rules[i];
        } else {
            add_problem(c, arena_strdup(&c->arena, err.text));
        }
    }
    in->rules = kept;
    in->rule_count = count;
}

static void tell_left_out(struct coaching *c, const struct problems *problems)
{
    for (size_t i = 0; i < problems->count; i++) {
        const struct problem *p = &problems->at[i];
        add_problem(c, arena_printf(&c->arena, "%s:%u:%u: %s", p->place.file, p->place.line, p->place.column, p->text));
    }
}

/* The caller frees the list. */
static const char **rule_names(const struct rule *rules, size_t count)
{
    const char **names = mem_calloc(count + 1, sizeof(*names));
    for (size_t i = 0; i < count; i++) {
        names[i] = rules[i].id;
    }
    return names;
}

/* A setting for no rule is most likely a slip of the pen: in silence the rule would go on. */
static void tell_unknown_settings(struct coaching *c, const struct config *config, const struct ingredients *in)
{
    const char **names = rule_names(in->rules, in->rule_count);
    for (size_t i = 0; i < in->setting_count; i++) {
        const char *given = in->settings[i].rule;
        const char *near = nearest_name(sv_from(given), names, in->rule_count);
        if (!near || strcmp(near, given) != 0) {
            add_problem(c, arena_printf(&c->arena, "%s: coach-off and coach-severity know no rule '%s'%s%s%s",
                                        config_path(config), given, near ? ": did you mean " : "", near ? near : "",
                                        near ? "?" : ""));
        }
    }
    free(names);
}

static bool open_kept(struct coaching *c, struct library *library, struct config *config, struct err *err)
{
    struct ingredients in;
    in.rules = library_rules(library, &in.rule_count);
    in.words = library_lexicons(library, &in.word_count);
    config_rules(config, &c->arena, &in.settings, &in.setting_count);
    tell_left_out(c, library_rule_problems(library));
    tell_unknown_settings(c, config, &in);
    if (in.rule_count > 0 && open_coach(&in, &c->coach, NULL)) {
        return true;
    }
    keep_good_words(c, &in);
    keep_good_rules(c, &in);
    if (in.rule_count == 0) {
        return err_set(err, ERR_NOT_FOUND, "the coach has no rules: `pmprep doctor` shows where they are looked for");
    }
    return open_coach(&in, &c->coach, err);
}

bool app_coach(struct app *app, const struct coach **out, struct err *err)
{
    struct coaching *c = app_coaching(app);
    if (!c->coach) {
        struct library *library;
        coaching_release(c);
        if (!app_library(app, &library, err)) {
            return false;
        }
        bool open = open_kept(c, library, app_config(app), err);
        library_forget_lexicons(library);
        mem_give_back();
        if (!open) {
            return false;
        }
    }
    *out = c->coach;
    return true;
}

const char *const *app_coach_problems(struct app *app, size_t *count)
{
    struct coaching *c = app_coaching(app);
    *count = c->problem_count;
    return c->problems;
}

/* "unknown kind of answer 'behavoural': did you mean behavioural?", or all of them when none is near. */
static bool unknown(const char *what, const char *given, const char *const *names, size_t count, struct err *err)
{
    const char *near = nearest_name(sv_from(given), names, count);
    if (near) {
        return err_set(err, ERR_USAGE, "unknown %s '%s': did you mean %s?", what, given, near);
    }
    struct buf list = BUF_INIT;
    for (size_t i = 0; i < count; i++) {
        buf_addf(&list, " %s", names[i]);
    }
    err_set(err, ERR_USAGE, "unknown %s '%s': known are%s", what, given, buf_str(&list));
    buf_release(&list);
    return false;
}

bool coach_check_kind(const char *kind, struct err *err)
{
    int value;
    const struct words *w = &coach_kind_words;
    return words_find(w, sv_from(kind), &value) || unknown(w->what, kind, w->names, (size_t)w->count, err);
}

bool coach_check_principle(struct app *app, const char *principle, struct err *err)
{
    struct library *library;
    struct filter one;
    filter_init(&one);
    one.principles = (struct strings){&principle, 1};
    return app_library(app, &library, err) && library_check_filter(library, &one, err);
}

bool coach_check_rule(const struct coach *c, const char *rule, struct err *err)
{
    size_t count;
    if (coach_rule(c, rule)) {
        return true;
    }
    const struct rule *rules = coach_rules(c, &count);
    const char **names = rule_names(rules, count);
    unknown("rule", rule, names, count, err);
    free(names);
    return false;
}

/* ---- self-test */

static bool fires(const struct coach *c, const struct rule *r, const struct rule_fixture *f, struct arena *a)
{
    struct coach_report report;
    coach_read(c, &(struct coach_input){sv_from(f->text), f->kind, f->principle}, a, &report);
    for (size_t i = 0; i < report.count; i++) {
        if (strcmp(report.findings[i].rule, r->id) == 0) {
            return true;
        }
    }
    return false;
}

static const char *first_words(const struct rule_fixture *f, struct arena *a)
{
    struct sv line, rest = sv_trim(sv_from(f->text));
    sv_split(&rest, '\n', &line);
    struct sv part = utf8_clip(line, FIRST_WORDS);
    return arena_printf(a, SV_FMT "%s", SV_ARG(part), part.len < line.len || rest.data ? "..." : "");
}

static void test_fixtures(const struct coach *c, const struct rule *r, const struct rule_fixture *list, size_t count,
                          bool wanted, struct arena *a, struct self_test *out)
{
    struct arena scratch = ARENA_INIT;
    for (size_t i = 0; i < count; i++) {
        arena_reset(&scratch);
        if (fires(c, r, &list[i], &scratch) == wanted) {
            out->passed++;
        } else {
            out->failures[out->failure_count++] =
                (struct coach_failure){r->id, r->place, wanted, first_words(&list[i], a)};
        }
    }
    arena_release(&scratch);
}

void coach_self_test(const struct coach *c, struct arena *a, struct self_test *out)
{
    size_t count, fixtures = 0;
    const struct rule *rules = coach_rules(c, &count);
    for (size_t i = 0; i < count; i++) {
        fixtures += rules[i].fires_count + rules[i].silent_count;
    }
    *out = (struct self_test){.failures = arena_array(a, fixtures + 1, sizeof(*out->failures))};
    for (size_t i = 0; i < count; i++) {
        test_fixtures(c, &rules[i], rules[i].fires, rules[i].fires_count, true, a, out);
        test_fixtures(c, &rules[i], rules[i].silent, rules[i].silent_count, false, a, out);
    }
}
