#include "coach/sign_parts.h"

/* Signs as people write them. */

static const char *const measure_names[MEASURES] = {"has", "count", "rate", "share", "place"};

static const char *const region_names[REGIONS] = {"all",    "opening", "first", "start", "middle",
                                                  "ending", "last",    "half",  "tail",  "after"};

static const char *const extent_names[EXTENTS] = {"clause", "words", "sentence"};

static const char *const subject_names[SUBJECT_COUNT] = {"none",   "i",         "we",    "you",
                                                         "others", "customers", "thing", "nobody"};

struct sign_reader {
    const char *expression;
    struct sv rest;
    struct sv word; /* the current one; empty at the end */
    const struct lexicon_index *lexicon;
    struct sign *sign;
    struct err *err;
    struct condition_of conditions[CONDITIONS_MAX]; /* of sign */
};

static void advance(struct sign_reader *r)
{
    do {
        if (!sv_split(&r->rest, ' ', &r->word)) {
            r->word = (struct sv){"", 0};
            return;
        }
    } while (r->word.len == 0);
}

static bool wrong(struct sign_reader *r, const char *what)
{
    return err_set(r->err, ERR_FORMAT, "the sign \"%s\" %s \"" SV_FMT "\"", r->expression, what, SV_ARG(r->word));
}

static bool find_name(struct sv word, const char *const *names, int count, int *found)
{
    for (int i = 0; i < count; i++) {
        if (sv_eqs(word, names[i])) {
            *found = i;
            return true;
        }
    }
    return false;
}

static bool read_classes(struct sign_reader *r, struct class_set *out, unsigned *list, size_t *count)
{
    struct sv rest = r->word;
    struct sv name;
    while (sv_split(&rest, '|', &name)) {
        int class = lexicon_class(r->lexicon, name);
        if (class < 0) {
            return wrong(r, "names a class of words that there is not:");
        }
        r->sign->quoted |= class == CLASS_QUOTED;
        class_add(out, (unsigned)class);
        if (list && *count == UNION_MAX) {
            return wrong(r, "joins more than eight classes in");
        }
        if (list) {
            list[(*count)++] = (unsigned)class;
        }
    }
    advance(r);
    return true;
}

static bool read_subjects(struct sign_reader *r)
{
    struct sv rest = r->word;
    struct sv name;
    while (sv_split(&rest, '|', &name)) {
        int subject;
        if (!find_name(name, subject_names, SUBJECT_COUNT, &subject)) {
            return wrong(r, "does not know the subject");
        }
        r->sign->subjects |= 1u << subject;
    }
    advance(r);
    return true;
}

static bool read_region(struct sign_reader *r)
{
    int region;
    if (!find_name(r->word, region_names, REGIONS, &region)) {
        return wrong(r, "does not know the part of the answer");
    }
    r->sign->region = (enum region)region;
    advance(r);
    return true;
}

static bool read_extent(struct sign_reader *r)
{
    int extent;
    if (!find_name(r->word, extent_names, EXTENTS, &extent)) {
        return wrong(r, "can be shown as words, clause or sentence and not as");
    }
    r->sign->extent = (enum extent)extent;
    advance(r);
    return true;
}

static bool read_condition(struct sign_reader *r, enum scope scope, bool wanted)
{
    struct sign *s = r->sign;
    if (s->condition_count == CONDITIONS_MAX) {
        return wrong(r, "has more than six conditions at");
    }
    struct condition_of *c = &r->conditions[s->condition_count++];
    *c = (struct condition_of){.scope = scope, .wanted = wanted};
    return read_classes(r, &c->classes, NULL, NULL);
}

static bool take(struct sign_reader *r, const char *word)
{
    if (!sv_eqs(r->word, word)) {
        return false;
    }
    advance(r);
    return true;
}

static bool read_not(struct sign_reader *r)
{
    return take(r, "beside") ? read_condition(r, SCOPE_CLAUSE, false)
           : take(r, "near") ? read_condition(r, SCOPE_NEAR, false)
                             : wrong(r, "has \"not\" before");
}

static bool read_beside(struct sign_reader *r)
{
    return read_condition(r, SCOPE_CLAUSE, true);
}

static bool read_with(struct sign_reader *r)
{
    return read_condition(r, SCOPE_SENTENCE, true);
}

static bool read_near(struct sign_reader *r)
{
    return read_condition(r, SCOPE_NEAR, true);
}

static bool read_without(struct sign_reader *r)
{
    return read_condition(r, SCOPE_SENTENCE, false);
}

static bool read_negated(struct sign_reader *r)
{
    r->sign->negation = 1;
    return true;
}

static bool read_affirmed(struct sign_reader *r)
{
    r->sign->negation = -1;
    return true;
}

static bool read_told(struct sign_reader *r)
{
    r->sign->telling = 1;
    return true;
}

static bool read_planned(struct sign_reader *r)
{
    r->sign->telling = -1;
    return true;
}

/* What may follow the classes, in any order; each reads what is behind its word. */
static const struct {
    const char *word;
    bool (*read)(struct sign_reader *r);
} parts[] = {
    {"by", read_subjects},       {"in", read_region},       {"beside", read_beside},   {"with", read_with},
    {"near", read_near},         {"without", read_without}, {"not", read_not},         {"negated", read_negated},
    {"affirmed", read_affirmed}, {"told", read_told},       {"planned", read_planned}, {"as", read_extent},
};

static bool read_part(struct sign_reader *r)
{
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        if (take(r, parts[i].word)) {
            return parts[i].read(r);
        }
    }
    return wrong(r, "cannot go on with");
}

static bool read_rest(struct sign_reader *r)
{
    while (r->word.len > 0) {
        if (!read_part(r)) {
            return false;
        }
    }
    return true;
}

bool sign_parse(struct sign **out, const char *expression, const struct lexicon_index *l, struct arena *a,
                struct err *err)
{
    struct sign *s = arena_alloc(a, sizeof(*s));
    struct sign_reader r = {.expression = expression, .rest = sv_from(expression), .lexicon = l, .sign = s, .err = err};
    *out = s;
    s->shape = shape_find(sv_trim(sv_from(expression)));
    if (s->shape) {
        return true;
    }
    advance(&r);
    int measure;
    if (!find_name(r.word, measure_names, MEASURES, &measure)) {
        return wrong(&r, "begins with neither a measure nor a shape:");
    }
    s->measure = (enum measure)measure;
    advance(&r);
    s->any = take(&r, "any");
    if (!(s->any || read_classes(&r, &s->classes, s->list, &s->list_count)) || !read_rest(&r)) {
        return false;
    }
    s->conditions = arena_array(a, s->condition_count, sizeof(*s->conditions));
    memcpy(s->conditions, r.conditions, s->condition_count * sizeof(*s->conditions));
    return true;
}
