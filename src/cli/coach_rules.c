#include "cli/coach.h"
#include "pmprep/bank/taxonomy.h"

/* The rules in use as a table, and their own examples. */

static void strings_json(struct json *j, const char *key, const struct strings *list)
{
    json_key(j, key);
    json_array(j);
    for (size_t i = 0; i < list->count; i++) {
        json_str(j, list->at[i]);
    }
    json_end_array(j);
}

void coach_rule_json(struct json *j, const struct rule *r)
{
    json_key(j, "id");
    json_str(j, r->id);
    json_key(j, "title");
    json_str(j, r->title);
    json_key(j, "version");
    json_int(j, r->version);
    json_key(j, "severity");
    json_str(j, severity_words.names[r->severity]);
    strings_json(j, "kinds", &r->kinds);
    strings_json(j, "principles", &r->principles);
    strings_json(j, "except", &r->except);
    json_key(j, "message");
    json_str(j, r->message);
    json_key(j, "advice");
    json_str(j, r->advice);
    json_key(j, "source");
    json_str(j, source_name(r->source));
    json_key(j, "from");
    json_str(j, r->from);
    json_key(j, "file");
    json_str(j, r->place.file);
    json_key(j, "user");
    json_bool(j, r->user);
}

static void rules_json(struct coach_job *job, const struct rule *rules, size_t count)
{
    struct json j;
    json_init(&j, &job->text, 2);
    json_array(&j);
    for (size_t i = 0; i < count; i++) {
        json_object(&j);
        coach_rule_json(&j, &rules[i]);
        json_end_object(&j);
    }
    json_end_array(&j);
    cli_json(job->c, &job->text);
}

static void print_kinds(struct out *o, const struct rule *r)
{
    for (size_t i = 0; i < r->kinds.count; i++) {
        out_printf(o, "%s%s", i ? " " : "", r->kinds.at[i]);
    }
    out_raw(o, r->kinds.count ? SV("") : SV("any"));
    out_raw(o, r->user ? SV(" (yours)\n") : SV("\n"));
}

int coach_list_rules(struct coach_job *job)
{
    size_t count, widest = 0, titles = 0;
    struct out *o = &job->c->out;
    const struct rule *rules = coach_rules(job->coach, &count);
    if (job->c->json) {
        rules_json(job, rules, count);
        return EXIT_DONE;
    }
    for (size_t i = 0; i < count; i++) {
        size_t id = utf8_columns(sv_from(rules[i].id)), title = utf8_columns(sv_from(rules[i].title));
        widest = id > widest ? id : widest;
        titles = title > titles ? title : titles;
    }
    for (size_t i = 0; i < count; i++) {
        out_cell(o, sv_from(rules[i].id), widest);
        out_printf(o, "  %-7s  ", severity_words.names[rules[i].severity]);
        out_cell(o, sv_from(rules[i].title), titles);
        out_raw(o, SV("  "));
        print_kinds(o, &rules[i]);
    }
    return EXIT_DONE;
}

static void self_test_json(struct coach_job *job, const struct self_test *t)
{
    struct json j;
    json_init(&j, &job->text, 2);
    json_object(&j);
    json_key(&j, "passed");
    json_int(&j, t->passed);
    json_key(&j, "failed");
    json_int(&j, (int64_t)t->failure_count);
    json_key(&j, "failures");
    json_array(&j);
    for (size_t i = 0; i < t->failure_count; i++) {
        const struct coach_failure *f = &t->failures[i];
        json_object(&j);
        json_key(&j, "rule");
        json_str(&j, f->rule);
        json_key(&j, "expected");
        json_str(&j, f->fires ? "fires" : "silent");
        json_key(&j, "text");
        json_str(&j, f->words);
        json_end_object(&j);
    }
    json_end_array(&j);
    json_end_object(&j);
    cli_json(job->c, &job->text);
}

int coach_run_self_test(struct coach_job *job)
{
    struct self_test t;
    struct out *o = &job->c->out;
    coach_self_test(job->coach, &job->c->arena, &t);
    if (job->c->json) {
        self_test_json(job, &t);
        return t.failure_count ? EXIT_FOUND : EXIT_DONE;
    }
    for (size_t i = 0; i < t.failure_count; i++) {
        const struct coach_failure *f = &t.failures[i];
        out_line(o, sv_from(f->place.file));
        out_printf(o, ":%u:%u: [%s] %s: ", f->place.line, f->place.column, f->rule,
                   f->fires ? "must fire and does not" : "must not fire and does");
        out_line(o, sv_from(f->words));
        out_raw(o, SV("\n"));
    }
    out_printf(o, "%u passed, %zu failed\n", t.passed, t.failure_count);
    return t.failure_count ? EXIT_FOUND : EXIT_DONE;
}
