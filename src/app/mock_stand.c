#include "mock_parts.h"

#include "pmprep/base/mem.h"

#include <ctype.h>
#include <string.h>

/* What stands in a mock: its item, and what the interviewer says when it comes. */

_Static_assert((int)MOCK_BREAK == (int)LOOP_BREAK && (int)MOCK_BACKGROUND == (int)LOOP_BACKGROUND &&
                   (int)MOCK_ANSWER == (int)LOOP_ANSWER && (int)MOCK_TICKS == (int)LOOP_TICKS &&
                   (int)MOCK_PROBE == (int)LOOP_PROBE && (int)MOCK_WRITING == (int)LOOP_WRITING &&
                   (int)MOCK_QUESTIONS == (int)LOOP_QUESTIONS,
               "phases of the interviews are those of the run");

enum mock_phase mock_phase_of(const struct mock_state *s)
{
    return s->run.phase == LOOP_OVER ? s->debrief : (enum mock_phase)s->run.phase;
}

bool mock_wrong_phase(struct err *err)
{
    return err_set(err, ERR_USAGE, "that does not belong to this part of the mock");
}

void mock_say(struct mock *m, bool mine, const char *text)
{
    mem_grow((void **)&m->said, &m->said_room, m->s.said_count + 1, sizeof(*m->said));
    m->said[m->s.said_count++] = (struct mock_line){mine, text};
}

void mock_they_say(struct mock *m, const char *text)
{
    m->s.says = text;
    mock_say(m, false, text);
}

static void empty_item(struct mock *m, const struct loop_question *q)
{
    m->item = (struct item){.bank = "",
                            .id = "",
                            .key = m->item_key,
                            .kind = q ? q->kind : KIND_TRANSITION,
                            .family = q ? q->family : FAMILY_WHY_PM,
                            .difficulty = 2,
                            .names_principle = true,
                            .place = {"", 0, 0},
                            .title = m->s.says,
                            .prompt = "",
                            .why_pm = "",
                            .exemplar = "",
                            .explanation = "",
                            .compute = "",
                            .template_id = "",
                            .query = "",
                            .bad = {.text = "", .why = ""},
                            .good = {.text = "", .why = ""}};
}

static const char *key_of(const struct mock *m, const struct loop_question *q)
{
    switch (mock_phase_of(&m->s)) {
    case MOCK_BACKGROUND:
        return "mock/background";
    case MOCK_QUESTIONS:
        return "mock/questions";
    case MOCK_AGAINST:
        return "mock/against";
    case MOCK_ANSWER:
    case MOCK_TICKS:
    case MOCK_PROBE:
    case MOCK_WRITING:
        return q ? q->item : "";
    case MOCK_BREAK:
    case MOCK_VOTE:
    case MOCK_EVIDENCE:
    case MOCK_REVOTE:
    case MOCK_VERDICT:
    case MOCK_OVER:
        break;
    }
    return "";
}

/* A question whose bank is gone is asked as it was said; then it has no facts and no follow-ups of its own. */
bool mock_load_item(struct mock *m, struct err *err)
{
    const struct loop_question *q = loop_question_at(&m->plan, &m->s.run);
    struct err why = ERR_INIT;
    m->near = (struct strings){NULL, 0};
    arena_reset(&m->item_arena);
    m->item_key = key_of(m, q);
    empty_item(m, q);
    if (!q || !q->item[0] || !strchr(q->item, '/')) {
        return true;
    }
    const struct loop_part *part = loop_part_at(&m->plan, &m->s.run);
    if (part->part->asks == PART_AGENDA || part->part->asks == PART_WRITING) {
        return true;
    }
    if (library_item(m->library, q->item, &m->item_arena, &m->item, &why)) {
        return true;
    }
    empty_item(m, q);
    if (why.code == ERR_NOT_FOUND) {
        return true;
    }
    if (err) {
        *err = why;
    }
    return false;
}

static const char *small(struct mock *m, const char *title)
{
    char *text = arena_strdup(&m->arena, title);
    if (text[0] && text[1] && islower((unsigned char)text[1])) {
        text[0] = (char)tolower((unsigned char)text[0]);
    } else if (text[0] == 'A' && text[1] == ' ') {
        text[0] = 'a';
    }
    return text;
}

static const char *greeting(struct mock *m, const struct loop_stage *s)
{
    return arena_printf(&m->arena,
                        "Good to meet you. You are talking to %s. Before my questions: who are you, and what have you"
                        " been doing? Two minutes will do.",
                        small(m, s->stage->interviewer));
}

static const char *question_text(struct mock *m, const struct loop_part *part)
{
    if (part->part->asks == PART_AGENDA) {
        return arena_printf(&m->arena,
                            m->s.run.part == 0 ? "It is your half hour. You begin with: %s. Go ahead."
                                               : "Next on your agenda: %s. Go ahead.",
                            part->part->name);
    }
    if (m->item.prompt && m->item.prompt[0]) {
        return arena_strdup(&m->arena, m->item.prompt);
    }
    return "Tell me about a piece of your work that shows how you decide.";
}

static const char *writing_text(struct mock *m, const struct loop_stage *s, const struct loop_part *part)
{
    const struct template *t = library_template(m->library, s->stage->template_id);
    return arena_printf(&m->arena, "%s. %s", part->part->name, t ? t->about : "");
}

static void begin_question(struct mock *m)
{
    struct mock_state *s = &m->s;
    s->attempt = s->heard = s->about = "";
    s->told = (struct strings){NULL, 0};
    s->ticks = 0;
    s->was_cut = false;
}

static void speak(struct mock *m)
{
    struct mock_state *s = &m->s;
    const struct loop_stage *stage = loop_stage_at(&m->plan, &s->run);
    const struct loop_part *part = loop_part_at(&m->plan, &s->run);
    switch (s->run.phase) {
    case LOOP_BREAK:
        s->says = "";
        s->stage_said = s->said_count;
        break;
    case LOOP_BACKGROUND:
        mock_they_say(m, greeting(m, stage));
        break;
    case LOOP_ANSWER:
        mock_they_say(m, question_text(m, part));
        break;
    case LOOP_WRITING:
        mock_they_say(m, writing_text(m, stage, part));
        break;
    case LOOP_QUESTIONS:
        mock_they_say(m, "That is all from me. What would you like to ask?");
        break;
    case LOOP_TICKS:
    case LOOP_PROBE:
    case LOOP_OVER:
        break;
    }
}

bool mock_stand(struct mock *m, struct err *err)
{
    struct mock_state *s = &m->s;
    bool moved = s->moved;
    s->moved = false;
    if (!mock_load_item(m, err)) {
        return false;
    }
    if (!moved) {
        return true;
    }
    s->began_at = app_wall(m->app);
    s->spoken_ms = 0;
    s->cuts_in = "";
    if (s->run.phase == LOOP_PROBE) {
        mock_say(m, false, s->says);
        return true;
    }
    if (s->run.phase == LOOP_TICKS) {
        return true;
    }
    s->why = s->flaw = s->quote = "";
    begin_question(m);
    speak(m);
    return true;
}
