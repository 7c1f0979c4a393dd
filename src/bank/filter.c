#include "pmprep/bank/filter.h"

#include "pmprep/bank/taxonomy.h"
#include "pmprep/base/clock.h"
#include "pmprep/base/utf8.h"

#include <stdint.h>

enum { SHOWN_MAX = 40 }; /* columns of the user's word that a message quotes */

static const int64_t ms_per_day = INT64_C(86400000);
static const int64_t ms_to_practice_day = INT64_C(4) * 3600 * 1000; /* a practice day starts at 04:00 */

/* One run of the parser: what a key's function needs. */
struct parsing {
    struct filter *out;
    struct arena *arena;
    struct err *err;
    int64_t now_ms;
    int offset_min;
    struct sv word; /* as the user gave it, for messages */
    bool negated;
    unsigned seen; /* bit per key */
};

typedef bool key_fn(struct parsing *p, struct sv value);

/* The user's text as it may stand in a message: clipped, nothing raw. */
static const char *shown(struct parsing *p, struct sv s)
{
    struct sv clipped = utf8_clip(s, SHOWN_MAX);
    struct buf b = BUF_INIT;
    visible_add(&b, clipped, VISIBLE_LINE);
    const char *copy = arena_printf(p->arena, "%s%s", buf_str(&b), clipped.len < s.len ? "..." : "");
    buf_release(&b);
    return copy;
}

static bool bad_value(struct parsing *p, const char *expected)
{
    return err_set(p->err, ERR_USAGE, "%s: expected %s", shown(p, p->word), expected);
}

static void strings_add(struct arena *a, struct strings *list, const char *s)
{
    const char **grown = arena_array(a, list->count + 1, sizeof(*grown));
    if (list->count > 0) {
        memcpy(grown, list->at, list->count * sizeof(*grown));
    }
    grown[list->count++] = s;
    list->at = grown;
}

static char *lower_copy(struct arena *a, struct sv s)
{
    char *copy = arena_sv(a, s);
    for (char *c = copy; *c; c++) {
        *c = *c >= 'A' && *c <= 'Z' ? (char)(*c - 'A' + 'a') : *c;
    }
    return copy;
}

/* Lower-case words of a value between commas into a list. */
static bool add_names(struct parsing *p, struct sv value, struct strings *list)
{
    struct sv part;
    while (sv_split(&value, ',', &part)) {
        if (part.len == 0) {
            return bad_value(p, "names with single commas between them");
        }
        strings_add(p->arena, list, lower_copy(p->arena, part));
    }
    return true;
}

static bool key_principle(struct parsing *p, struct sv value)
{
    return add_names(p, value, p->negated ? &p->out->not_principles : &p->out->principles);
}

static bool key_bank(struct parsing *p, struct sv value)
{
    return add_names(p, value, p->negated ? &p->out->not_banks : &p->out->banks);
}

/* "nosuch" is no kind; known: ...; did you mean ...? The words of both vocabularies, the second may be NULL. */
static bool unknown_name(struct parsing *p, struct sv name, const struct words *first, const struct words *second)
{
    struct buf known = BUF_INIT;
    const char *near = NULL;
    const struct words *lists[] = {first, second};
    for (size_t i = 0; i < 2 && lists[i]; i++) {
        for (int w = 0; w < lists[i]->count; w++) {
            buf_addf(&known, "%s%s", known.len > 0 ? " " : "", lists[i]->names[w]);
        }
        near = near ? near : nearest_name(name, lists[i]->names, (size_t)lists[i]->count);
    }
    err_set(p->err, ERR_USAGE, "%s: there is no %s \"%s\"; known: %s%s%s%s", shown(p, p->word), first->what,
            shown(p, name), buf_str(&known), near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
    buf_release(&known);
    return false;
}

static bool key_flaw(struct parsing *p, struct sv value)
{
    struct sv rest = value;
    struct sv part;
    while (sv_split(&rest, ',', &part)) {
        if (!flaw_find(sv_from(lower_copy(p->arena, part)))) {
            return unknown_name(p, part, &flaw_words, NULL);
        }
    }
    return add_names(p, value, p->negated ? &p->out->not_flaws : &p->out->flaws);
}

/* Bits of kinds and of families; kind: and family: take the names of both. */
static bool add_classes(struct parsing *p, struct sv value, const struct words *own, const struct words *other)
{
    unsigned kinds = 0;
    unsigned families = 0;
    struct sv part;
    while (sv_split(&value, ',', &part)) {
        struct sv name = sv_from(lower_copy(p->arena, part));
        enum item_kind kind;
        enum family family;
        if (kind_parse(name, &kind)) {
            kinds |= 1u << kind;
        } else if (family_parse(name, &family)) {
            families |= 1u << family;
        } else {
            return unknown_name(p, part, own, other);
        }
    }
    if (kinds && families) {
        return bad_value(p, "kinds or families in one value, not both");
    }
    if ((kinds && p->out->kinds && !p->negated) || (families && p->out->families && !p->negated)) {
        return bad_value(p, "kinds and families once each; put a comma between names to allow any of them");
    }
    *(p->negated ? &p->out->not_kinds : &p->out->kinds) |= kinds;
    *(p->negated ? &p->out->not_families : &p->out->families) |= families;
    return true;
}

static bool key_kind(struct parsing *p, struct sv value)
{
    return add_classes(p, value, &kind_words, &family_words);
}

static bool key_family(struct parsing *p, struct sv value)
{
    return add_classes(p, value, &family_words, &kind_words);
}

/* Cuts "A..B", "..B", "A.." or "A" into its ends; an open end is empty. False for "..". */
static bool cut_range(struct sv value, struct sv *low, struct sv *high)
{
    for (size_t i = 0; i + 1 < value.len; i++) {
        if (value.data[i] == '.' && value.data[i + 1] == '.') {
            *low = sv_sub(value, 0, i);
            *high = sv_sub(value, i + 2, value.len);
            return low->len > 0 || high->len > 0;
        }
    }
    *low = *high = value;
    return value.len > 0;
}

static bool key_difficulty(struct parsing *p, struct sv value)
{
    struct sv ends[2];
    long levels[2] = {1, 3};
    bool fine = cut_range(value, &ends[0], &ends[1]);
    for (size_t i = 0; i < 2 && fine; i++) {
        fine = ends[i].len == 0 || sv_int(ends[i], 1, 3, &levels[i]);
    }
    if (!fine || levels[0] > levels[1]) {
        return bad_value(p, "a difficulty from 1 to 3, or a range such as 2..3");
    }
    p->out->difficulty_min = (int)levels[0];
    p->out->difficulty_max = (int)levels[1];
    return true;
}

/* A level such as "3" or "2.5", 1 to 5, at most two digits after the point. */
static bool parse_level(struct sv s, double *level)
{
    struct sv whole;
    struct sv rest = s;
    long value;
    if (!sv_split(&rest, '.', &whole) || !sv_int(whole, 1, 5, &value)) {
        return false;
    }
    *level = (double)value;
    if (whole.len == s.len) {
        return true;
    }
    long part;
    if (rest.len == 0 || rest.len > 2 || rest.data[0] == '-' || rest.data[0] == '+' || !sv_int(rest, 0, 99, &part)) {
        return false;
    }
    *level += (double)part / (rest.len == 1 ? 10.0 : 100.0);
    return *level <= 5.0;
}

static bool key_score(struct parsing *p, struct sv value)
{
    struct sv low;
    struct sv high;
    double min = 0;
    double max = 0;
    bool fine = cut_range(value, &low, &high) && (low.len == 0 || parse_level(low, &min)) &&
                (high.len == 0 || parse_level(high, &max));
    if (!fine || (max > 0 && min > max)) {
        return bad_value(p, "a mean level from 1 to 5, or a range such as ..2 or 2.5..4");
    }
    if (low.data == high.data) { /* not a range */
        min -= 0.5;
        max += 0.49;
    }
    p->out->score_min = min;
    p->out->score_max = max;
    return true;
}

static bool parse_flag(struct parsing *p, struct sv value, int *flag)
{
    bool yes = sv_eqs(value, "yes") || sv_eqs(value, "true");
    if (!yes && !sv_eqs(value, "no") && !sv_eqs(value, "false")) {
        return bad_value(p, "yes or no");
    }
    *flag = yes != p->negated;
    return true;
}

static bool key_due(struct parsing *p, struct sv value)
{
    return parse_flag(p, value, &p->out->due);
}

static bool key_new(struct parsing *p, struct sv value)
{
    return parse_flag(p, value, &p->out->fresh);
}

static bool key_core(struct parsing *p, struct sv value)
{
    return parse_flag(p, value, &p->out->core);
}

static int days_in_month(int year, int month)
{
    struct date first = {year, month, 1};
    struct date next = {month == 12 ? year + 1 : year, month == 12 ? 1 : month + 1, 1};
    return date_to_day(next) - date_to_day(first);
}

/* The same day so many months earlier, or that month's last. */
static int32_t months_before(int32_t day, long months)
{
    struct date d = date_from_day(day);
    int index = d.year * 12 + (d.month - 1) - (int)months;
    d.year = index / 12;
    d.month = index % 12 + 1;
    int last = days_in_month(d.year, d.month);
    d.day = d.day > last ? last : d.day;
    return date_to_day(d);
}

static bool key_since(struct parsing *p, struct sv value)
{
    static const char hint[] = "3d, 2w, 6m, 1y or a date such as 2026-11-21";
    int32_t day = clock_practice_day(p->now_ms, p->offset_min);
    const char *text = arena_sv(p->arena, value);
    if (value.len == 10 && date_parse(text, &day) == 0) {
        p->out->since_ms = day * ms_per_day + ms_to_practice_day - p->offset_min * INT64_C(60000);
        return true;
    }
    long n;
    if (value.len < 2 || !sv_int(sv_sub(value, 0, value.len - 1), 0, 1200, &n)) {
        return bad_value(p, hint);
    }
    switch (value.data[value.len - 1]) {
    case 'd':
        day -= (int32_t)n;
        break;
    case 'w':
        day -= (int32_t)n * 7;
        break;
    case 'm':
        day = months_before(day, n);
        break;
    case 'y':
        day = months_before(day, n * 12);
        break;
    default:
        return bad_value(p, hint);
    }
    p->out->since_ms = day * ms_per_day + ms_to_practice_day - p->offset_min * INT64_C(60000);
    return true;
}

static bool key_text(struct parsing *p, struct sv value)
{
    strings_add(p->arena, &p->out->words, arena_sv(p->arena, value));
    return true;
}

const struct filter_key filter_keys[] = {
    {"principle", "a principle's id, as principle:ownership,earn-trust"},
    {"kind", "behavioural case transition pair choice rewrite writing sql"},
    {"family", "failure why-pm product-sense metrics ..., as family:metrics"},
    {"difficulty", "1 to 3 or a range, as difficulty:2..3"},
    {"bank", "a bank's name"},
    {"flaw", "a flaw's id, as flaw:we-fog"},
    {"due", "yes or no: is it due today"},
    {"new", "yes or no: never answered"},
    {"core", "yes or no: part of the core set"},
    {"since", "answers since 3d, 2w, 6m, 1y or a date"},
    {"score", "mean level of the answer, as score:..2"},
    {"text", "a word to look for, the same as the bare word"},
    {NULL, NULL},
};

enum { KEY_COUNT = sizeof(filter_keys) / sizeof(filter_keys[0]) - 1 };

/* In the order of filter_keys. `negatable`: "-" makes sense; `repeats`: may be given again. */
static const struct {
    key_fn *parse;
    bool negatable;
    bool repeats;
} key_rules[KEY_COUNT] = {
    {key_principle, true, false}, {key_kind, true, true},    {key_family, true, true},  {key_difficulty, false, false},
    {key_bank, true, false},      {key_flaw, true, false},   {key_due, true, false},    {key_new, true, false},
    {key_core, true, false},      {key_since, false, false}, {key_score, false, false}, {key_text, false, true},
};

static bool unknown_key(struct parsing *p, struct sv name)
{
    const char *names[KEY_COUNT];
    struct buf known = BUF_INIT;
    for (size_t i = 0; i < KEY_COUNT; i++) {
        names[i] = filter_keys[i].name;
        buf_addf(&known, "%s%s", i > 0 ? " " : "", names[i]);
    }
    const char *near = nearest_name(name, names, KEY_COUNT);
    err_set(p->err, ERR_USAGE, "unknown filter key \"%s\"; known keys: %s%s%s%s", shown(p, name), buf_str(&known),
            near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
    buf_release(&known);
    return false;
}

/* The length of the key when the word is key:value, else 0. */
static size_t key_length(struct sv word)
{
    for (size_t i = 0; i < word.len; i++) {
        char c = word.data[i];
        if (c == ':') {
            return i;
        }
        if ((c < 'a' || c > 'z') && c != '-' && c != '_') {
            return 0;
        }
    }
    return 0;
}

static bool parse_pair(struct parsing *p, struct sv name, struct sv value)
{
    size_t at = 0;
    while (at < KEY_COUNT && !sv_eqs(name, filter_keys[at].name)) {
        at++;
    }
    if (at == KEY_COUNT) {
        return unknown_key(p, name);
    }
    if (value.len == 0) {
        return bad_value(p, "a value after the colon");
    }
    if (p->negated && !key_rules[at].negatable) {
        return bad_value(p, "no \"-\": this key cannot be negated");
    }
    if ((p->seen & 1u << at) && !p->negated && !key_rules[at].repeats) {
        return bad_value(p, "each key once; put a comma between values to allow any of them");
    }
    p->seen |= p->negated ? 0 : 1u << at;
    return key_rules[at].parse(p, value);
}

static bool parse_word(struct parsing *p, struct sv word)
{
    p->word = word;
    struct sv rest = word;
    p->negated = rest.len > 1 && (rest.data[0] == '-' || rest.data[0] == '!');
    if (p->negated) {
        rest = sv_sub(rest, 1, rest.len);
    }
    size_t key = key_length(rest);
    if (key > 0) {
        return parse_pair(p, sv_sub(rest, 0, key), sv_sub(rest, key + 1, rest.len));
    }
    if (p->negated && word.data[0] == '-') {
        return bad_value(p, "key:value after the \"-\"; plain words cannot be negated");
    }
    return word.len == 0 || key_text(p, word);
}

void filter_init(struct filter *f)
{
    *f = (struct filter){.due = -1, .fresh = -1, .core = -1};
}

bool filter_parse(char *const *words, int count, int64_t now_ms, int offset_min, struct arena *a, struct filter *out,
                  struct err *err)
{
    filter_init(out);
    struct parsing p = {.out = out, .arena = a, .err = err, .now_ms = now_ms, .offset_min = offset_min};
    for (int i = 0; i < count; i++) {
        if (!parse_word(&p, sv_trim(sv_from(words[i])))) {
            return false;
        }
    }
    return true;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Cuts the next word, or "quoted phrase", off the line. An open quote ends with the line. */
static bool next_word(struct sv *line, struct sv *word, bool *quoted)
{
    size_t at = 0;
    while (at < line->len && is_blank(line->data[at])) {
        at++;
    }
    if (at == line->len) {
        return false;
    }
    *quoted = line->data[at] == '"';
    size_t from = at + (*quoted ? 1 : 0);
    size_t to = from;
    while (to < line->len && (*quoted ? line->data[to] != '"' : !is_blank(line->data[to]))) {
        to++;
    }
    *word = sv_sub(*line, from, to - from);
    *line = sv_sub(*line, to + (*quoted ? 1 : 0), line->len);
    return true;
}

bool filter_parse_line(struct sv line, int64_t now_ms, int offset_min, struct arena *a, struct filter *out,
                       struct err *err)
{
    filter_init(out);
    struct parsing p = {.out = out, .arena = a, .err = err, .now_ms = now_ms, .offset_min = offset_min};
    struct sv word;
    bool quoted;
    while (next_word(&line, &word, &quoted)) {
        if (quoted) {
            if (word.len > 0) {
                key_text(&p, word);
            }
        } else if (!parse_word(&p, word)) {
            return false;
        }
    }
    return true;
}
