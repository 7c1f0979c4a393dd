#include "store/query.h"

#include <stdlib.h>

enum value_type { VALUE_INT, VALUE_REAL, VALUE_TEXT };

struct value {
    enum value_type type;
    int64_t number;
    double real;
    const char *text; /* in the query's arena */
};

static void bind_int(struct query *q, int64_t number)
{
    *(struct value *)rows_add(&q->values) = (struct value){.type = VALUE_INT, .number = number};
}

static void bind_real(struct query *q, double real)
{
    *(struct value *)rows_add(&q->values) = (struct value){.type = VALUE_REAL, .real = real};
}

static void bind_text(struct query *q, const char *text)
{
    *(struct value *)rows_add(&q->values) = (struct value){.type = VALUE_TEXT, .text = text};
}

static void add_mask(struct query *q, const char *condition, unsigned mask)
{
    if (mask != 0) {
        buf_adds(&q->where, condition);
        bind_int(q, mask);
    }
}

/* Lists are stored as JSON arrays: a name is in one when it stands there in its quotes. */
static void add_names(struct query *q, const char *joint, const char *column, const struct strings *names)
{
    for (size_t i = 0; i < names->count; i++) {
        struct buf json = BUF_INIT;
        names_add_json(&json, &(struct strings){&names->at[i], 1});
        buf_addf(&q->where, "%sinstr(%s, ?)", i == 0 ? joint : " OR ", column);
        bind_text(q, arena_strndup(&q->arena, json.data + 1, json.len - 2));
        buf_release(&json);
    }
    if (names->count > 0) {
        buf_addc(&q->where, ')');
    }
}

/* Keys are "bank/id", so a bank is a range of the index's column: '0' follows '/'. */
static void add_banks(struct query *q, const char *joint, const struct strings *banks)
{
    for (size_t i = 0; i < banks->count; i++) {
        buf_addf(&q->where, "%sa.item >= ? AND a.item < ?", i == 0 ? joint : " OR ");
        bind_text(q, arena_printf(&q->arena, "%s/", banks->at[i]));
        bind_text(q, arena_printf(&q->arena, "%s0", banks->at[i]));
    }
    if (banks->count > 0) {
        buf_addc(&q->where, ')');
    }
}

static void add_limit(struct query *q, const char *condition, double limit)
{
    if (limit > 0) {
        buf_adds(&q->where, condition);
        bind_real(q, limit);
    }
}

static void add_conditions(struct query *q, const struct filter *f)
{
    add_mask(q, " AND (? >> a.kind & 1)", f->kinds);
    add_mask(q, " AND NOT (? >> a.kind & 1)", f->not_kinds);
    size_t for_kinds = q->values.count;
    add_mask(q, " AND (? >> a.family & 1)", f->families);
    add_mask(q, " AND NOT (? >> a.family & 1)", f->not_families);
    add_names(q, " AND (", "a.principles", &f->principles);
    add_names(q, " AND NOT (", "a.principles", &f->not_principles);
    add_names(q, " AND (", "a.flaws", &f->flaws);
    add_names(q, " AND NOT (", "a.flaws", &f->not_flaws);
    add_banks(q, " AND (", &f->banks);
    add_banks(q, " AND NOT (", &f->not_banks);
    add_limit(q, " AND a.difficulty >= ?", f->difficulty_min);
    add_limit(q, " AND a.difficulty <= ?", f->difficulty_max);
    add_limit(q, " AND a.mean >= ?", f->score_min);
    add_limit(q, " AND a.mean <= ?", f->score_max);
    if (f->core >= 0) {
        buf_adds(&q->where, " AND a.core = ?");
        bind_int(q, f->core);
    }
    if (f->since_ms != 0) {
        buf_adds(&q->where, " AND a.started_at >= ?");
        bind_int(q, f->since_ms);
    }
    q->only_kinds = q->values.count == for_kinds;
}

/* Every word in quotes, so that none is an operator of FTS5; a star at its end asks for beginnings. */
static const char *match_of(const struct strings *words, struct arena *a)
{
    struct buf out = BUF_INIT;
    for (size_t i = 0; i < words->count; i++) {
        struct sv word = sv_from(words->at[i]);
        bool prefix = word.len > 1 && word.data[word.len - 1] == '*';
        buf_adds(&out, i > 0 ? " \"" : "\"");
        for (size_t k = 0; k < word.len - prefix; k++) {
            buf_adds(&out, word.data[k] == '"' ? "\"" : "");
            buf_addc(&out, word.data[k]);
        }
        buf_adds(&out, prefix ? "\"*" : "\"");
    }
    const char *match = words->count > 0 ? arena_sv(a, buf_sv(&out)) : NULL;
    buf_release(&out);
    return match;
}

void query_init(struct query *q, const struct filter *f)
{
    *q = (struct query){.where = BUF_INIT, .values = ROWS_OF(struct value), .arena = ARENA_INIT, .only_kinds = true};
    if (f) {
        add_conditions(q, f);
        q->match = match_of(&f->words, &q->arena);
    }
}

void query_release(struct query *q)
{
    buf_release(&q->where);
    free(q->values.at);
    arena_release(&q->arena);
}

static void bind_value(struct stmt *stmt, int at, const struct value *v)
{
    switch (v->type) {
    case VALUE_INT:
        stmt_int(stmt, at, v->number);
        break;
    case VALUE_REAL:
        stmt_real(stmt, at, v->real);
        break;
    case VALUE_TEXT:
        stmt_str(stmt, at, v->text);
        break;
    }
}

int query_bind(const struct query *q, struct stmt *stmt)
{
    int at = 1;
    if (q->match) {
        stmt_str(stmt, at++, q->match);
    }
    const struct value *values = q->values.at;
    for (size_t i = 0; i < q->values.count; i++) {
        bind_value(stmt, at++, &values[i]);
    }
    return at;
}
