#include "coach/quotes.h"

static const double WHOLE = 0.9; /* of the words: quoted that far, a text is nobody else's speech */

struct mark {
    bool opens, closes;
};

/* A straight mark opens and closes; so does the English opening one, which ends a German quotation. */
static struct mark mark_of(const struct text *t, const struct token *token)
{
    static const struct {
        const char *mark;
        struct mark does;
    } marks[] = {
        {"\"", {true, true}},
        {"\xe2\x80\x9c", {true, true}},  /* 66 */
        {"\xe2\x80\x9d", {false, true}}, /* 99 */
        {"\xe2\x80\x9e", {true, false}}, /* low 99 */
        {"\xc2\xab", {true, false}},     /* guillemets */
        {"\xc2\xbb", {false, true}},
    };
    struct sv text = sv_sub(t->source, token->start, token->end - token->start);
    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
        if (sv_eqs(text, marks[i].mark)) {
            return marks[i].does;
        }
    }
    return (struct mark){false, false};
}

static void quote(struct text *t, size_t from, size_t end)
{
    for (size_t i = from; i < end; i++) {
        t->tokens[i].quoted = true;
    }
}

static void mark_between(struct text *t)
{
    size_t open = 0;
    bool inside = false;
    for (size_t i = 0; i < t->token_count; i++) {
        const struct token *token = &t->tokens[i];
        if (inside && t->sentences[token->sentence].paragraph != t->sentences[t->tokens[open].sentence].paragraph) {
            inside = false;
        }
        if (token->kind != TOKEN_MARK) {
            continue;
        }
        struct mark mark = mark_of(t, token);
        if (inside && mark.closes) {
            quote(t, open + 1, i);
            inside = false;
        } else if (mark.opens) {
            open = i;
            inside = true;
        }
    }
}

void quotes_mark(struct text *t)
{
    size_t quoted = 0;
    mark_between(t);
    for (size_t i = 0; i < t->token_count; i++) {
        quoted += t->tokens[i].kind != TOKEN_MARK && t->tokens[i].quoted;
    }
    if ((double)quoted < WHOLE * (double)t->word_count) {
        return;
    }
    for (size_t i = 0; i < t->token_count; i++) {
        t->tokens[i].quoted = false;
    }
}
