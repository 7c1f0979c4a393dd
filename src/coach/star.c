#include "coach/view.h"

#include <string.h>

/* The shape of a story: how much of it is situation, action and result, and who is "I" when things go well or badly. */

enum { STORY_WORDS = 40 }; /* shorter texts have no shape */

struct star view_star(const struct answer_view *v, const char *kind)
{
    bool story = !kind || !*kind || strcmp(kind, "behavioural") == 0 || strcmp(kind, "failure") == 0;
    struct star s = {0, 0, 0};
    double before = view_scene(v);
    if (!story || v->text.word_count < STORY_WORDS || before >= 1) {
        return s;
    }
    s.situation = before;
    s.result = view_result(v) < 1 - before ? view_result(v) : 1 - before;
    s.action = 1 - s.situation - s.result;
    return s;
}

struct asymmetry view_asymmetry(const struct answer_view *v)
{
    static const char *const wins[] = {"change", "ship", "praise", "praise-of-group", "outcome-number", NULL};
    static const char *const losses[] = {"problem", "own-fault", "wrong-belief", "blame", "excuse", NULL};
    struct class_set won = view_classes(v, wins);
    struct class_set lost = view_classes(v, losses);
    struct asymmetry n = {0};
    const struct text *t = &v->text;
    for (size_t i = 0; i < t->token_count; i++) {
        const struct token *token = &t->tokens[i];
        if (i > 0 && t->tokens[i - 1].clause == token->clause) {
            continue;
        }
        const struct class_set *clause = &v->clause_classes[token->clause];
        bool loss = classes_overlap(clause, &lost);
        bool win = !loss && classes_overlap(clause, &won);
        n.win_i += win && token->subject == SUBJECT_I;
        n.win_we += win && token->subject == SUBJECT_WE;
        n.loss_i += loss && token->subject == SUBJECT_I;
        n.loss_we += loss && token->subject == SUBJECT_WE;
        n.loss_others += loss && token->subject == SUBJECT_OTHERS;
    }
    return n;
}
