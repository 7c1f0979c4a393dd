#include "mock_screen.h"

static const struct binding common_keys[] = {
    {"F4", DO_SKIP, "skip", "leave this question; the next one is asked", 0},
    {"Esc ^C F10", DO_LEAVE, "leave", "leave; asks once, everything is kept", 0},
};
KEYS(common_map, "The interview", common_keys, &page_keymap);
KEYS(common_typing_map, "The interview", common_keys, &edit_keymap);

/* Where one types, screen actions sit on ^S and function keys. */
#define TYPING_KEYS                                                                                                    \
    {"F8", DO_EXCHANGE, "so far", "what was said in this interview", BIND_BAR},                                        \
        {"F5", DO_MODE, "mode", "type, speak or outline, before the first word", BIND_BAR},                            \
        {"F2", DO_EDITOR, "$EDITOR", "go on in your editor; saving hands it in", 0},                                   \
        {"F9", DO_MORE, "more above", "the next part of what stands above; from its end back to the top", 0},          \
    {                                                                                                                  \
        "F12", DO_KEEP, "to a file", "write the text to a file in your home folder, too", 0                            \
    }

static const struct binding answer_keys[] = {
    {"^S", DO_SUBMIT, "say it", "your answer is over; the interviewer goes on", BIND_BAR},
    {"F3", DO_PAUSE, "pause", "stop the clock and hide everything", BIND_BAR},
    {"F6", DO_NOTES, "notes", "your page of notes, kept for the whole loop", BIND_BAR},
    TYPING_KEYS,
};
KEYS(answer_map, "Answering", answer_keys, &common_typing_map);

static const struct binding case_keys[] = {
    {"^S", DO_SUBMIT, "say it", "your answer is over; the interviewer goes on", BIND_BAR},
    {"F7", DO_ASK, "ask", "ask the interviewer for a fact", BIND_BAR},
    {"F3", DO_PAUSE, "pause", "stop the clock and hide everything", BIND_BAR},
    {"F6", DO_NOTES, "notes", "your page of notes, kept for the whole loop", BIND_BAR},
    TYPING_KEYS,
};
KEYS(case_map, "Answering a case", case_keys, &common_typing_map);

static const struct binding questions_keys[] = {
    {"^S", DO_SUBMIT, "ask; empty ends", "ask it; without a question the interview ends", BIND_BAR},
    {"F3", DO_PAUSE, "pause", "stop the clock and hide everything", BIND_BAR},
    {"F6", DO_NOTES, "notes", "your page of notes, kept for the whole loop", BIND_BAR},
    TYPING_KEYS,
};
KEYS(questions_map, "Your questions", questions_keys, &common_typing_map);

#define SPEAKING_KEYS                                                                                                  \
    {"F3 p", DO_PAUSE, "pause", "stop the clock and hide everything", BIND_BAR},                                       \
        {"F6 n", DO_NOTES, "notes", "your page of notes, kept for the whole loop", BIND_BAR},                          \
        {"F8 e", DO_EXCHANGE, "so far", "what was said in this interview", BIND_BAR},                                  \
        {"F5 m", DO_MODE, "mode", "type, speak or outline", BIND_BAR},                                                 \
        {"s", DO_SKIP, "skip", "leave this question; the next one is asked", 0},                                       \
    {                                                                                                                  \
        "q", DO_LEAVE, "leave", "leave; asks once, everything is kept", BIND_BAR                                       \
    }

static const struct binding speak_keys[] = {
    {"Enter ^S", DO_SUBMIT, "said it", "your answer is over; the interviewer goes on", BIND_BAR},
    SPEAKING_KEYS,
};
KEYS(speak_map, "Speaking", speak_keys, &common_map);

static const struct binding speak_case_keys[] = {
    {"Enter ^S", DO_SUBMIT, "said it", "your answer is over; the interviewer goes on", BIND_BAR},
    {"F7 a", DO_ASK, "ask", "ask the interviewer for a fact", BIND_BAR},
    SPEAKING_KEYS,
};
KEYS(speak_case_map, "Speaking", speak_case_keys, &common_map);

static const struct binding tick_keys[] = {
    {"1-7", DO_PICK_1, "tick", "tick what you really said", BIND_BAR},
    {"Tab", DO_FOCUS, "bullets", "between the ticks and the bullets", BIND_BAR},
    {"^S Enter", DO_SUBMIT, "done", "the interviewer goes on", BIND_BAR},
    {"q", DO_LEAVE, "leave", "leave; asks once, everything is kept", BIND_BAR},
};
KEYS(tick_map, "What did you really say?", tick_keys, &common_map);

static const struct binding bullet_keys[] = {
    {"^S", DO_SUBMIT, "done", "the interviewer goes on", BIND_BAR},
    {"Tab", DO_FOCUS, "ticks", "between the ticks and the bullets", BIND_BAR},
    {"F12", DO_KEEP, "to a file", "write the text to a file in your home folder, too", 0},
};
KEYS(bullet_map, "Bullets", bullet_keys, &common_typing_map);

static const struct binding transcript_keys[] = {
    {"Esc", DO_CLOSE, "without it", "tick what you said instead", BIND_BAR},
    {"q ^C F10", DO_LEAVE, "leave", "leave; asks once, everything is kept", BIND_BAR},
};
KEYS(transcript_map, "Writing down what you said", transcript_keys, &keymap_global);

static const struct binding break_keys[] = {
    {"Enter", DO_BEGIN, "begin", "the interviewer comes in and the clock starts", BIND_BAR},
    {"n F6", DO_NOTES, "notes", "your page of notes, kept for the whole loop", BIND_BAR},
    {"m F5", DO_MODE, "mode", "type, speak or outline", BIND_BAR},
    {"q Esc ^C F10", DO_LEAVE, "later", "leave; the loop waits for you, today or on another day", BIND_BAR},
};
KEYS(break_map, "Between interviews", break_keys, &page_keymap);

/* ---- panels */

static const struct binding notes_keys[] = {
    {"F6 Esc ^S ^C", DO_CLOSE, "close", "back to the interview; the notes are kept", BIND_BAR},
    {"F3", DO_PAUSE, "pause", "stop the clock and hide everything", BIND_BAR},
};
KEYS(notes_map, "Notes", notes_keys, &edit_keymap);

static const struct binding ask_keys[] = {
    {"Enter ^S", DO_SUBMIT, "ask", "ask it", BIND_BAR},
    {"Esc F7 ^C", DO_CLOSE, "never mind", "back to the answer", BIND_BAR},
};
KEYS(ask_map, "Asking for a fact", ask_keys, &edit_keymap);

static const struct binding near_keys[] = {
    {"1-3", DO_PICK_1, "that one", "the fact you meant", BIND_BAR},
    {"a", DO_ASSUME, "assume", "none of them: you make an assumption", BIND_BAR},
    {"o F7", DO_ASK, "ask otherwise", "put the question in other words", BIND_BAR},
    {"Esc q ^C", DO_CLOSE, "never mind", "back to the answer", BIND_BAR},
};
KEYS(near_map, "Which did you mean?", near_keys, &keymap_global);

static const struct binding nothing_near_keys[] = {
    {"a", DO_ASSUME, "assume", "you make an assumption", BIND_BAR},
    {"o F7 Enter", DO_ASK, "ask otherwise", "put the question in other words", BIND_BAR},
    {"Esc q ^C", DO_CLOSE, "never mind", "back to the answer", BIND_BAR},
};
KEYS(nothing_near_map, "Nothing is known of it", nothing_near_keys, &keymap_global);

static const struct binding exchange_keys[] = {
    {"F8 e Esc q ^C Enter", DO_CLOSE, "back", "back to the answer", BIND_BAR},
    {"F3 p", DO_PAUSE, "pause", "stop the clock and hide everything", BIND_BAR},
};
KEYS(exchange_map, "What was said so far", exchange_keys, &page_keymap);

static const struct binding reason_keys[] = {
    {"Enter ^S", DO_SUBMIT, "vote", "the vote stands, for this reason", BIND_BAR},
    {"Esc ^C", DO_CLOSE, "not yet", "back to the votes", BIND_BAR},
};
KEYS(reason_map, "Why the vote changed", reason_keys, &edit_keymap);

/* ---- the debrief */

/* One table for each number of votes, so that the bar names no key that picks nothing. */
#define VOTE_KEYS(n, keys)                                                                                             \
    static const struct binding vote_##n##_keys[] = {                                                                  \
        {keys, DO_PICK_1, "vote", "how you would vote as this interviewer", BIND_BAR},                                 \
        {"b Backspace", DO_BACK, "the one before", "back to the vote before", BIND_BAR},                               \
        {"q Esc ^C F10", DO_LEAVE, "leave", "leave; asks once, everything is kept", BIND_BAR},                         \
    };                                                                                                                 \
    KEYS(vote_##n##_map, "Voting", vote_##n##_keys, &page_keymap)
VOTE_KEYS(2, "1-2");
VOTE_KEYS(3, "1-3");
VOTE_KEYS(4, "1-4");
VOTE_KEYS(5, "1-5");
static const struct keymap *const vote_maps[] = {&vote_2_map, &vote_3_map, &vote_4_map, &vote_5_map};

static const struct binding evidence_keys[] = {
    {"1-5", DO_PICK_1, "level", "your level, held against the written anchors", BIND_BAR},
    {"0", DO_NONE_FIT, "no score", "no score for this one", BIND_BAR},
    {"n Right Enter", DO_NEXT, "next page", "the next answer", BIND_BAR},
    {"b Left Backspace", DO_BACK, "page before", "the answer before", BIND_BAR},
    {"q Esc ^C F10", DO_LEAVE, "leave", "leave; asks once, everything is kept", BIND_BAR},
};
KEYS(evidence_map, "Evidence", evidence_keys, &page_keymap);

static const struct binding scored_keys[] = {
    {"n Enter Right", DO_NEXT, "next page", "the next answer", BIND_BAR},
    {"b Left Backspace", DO_BACK, "page before", "the answer before", BIND_BAR},
    {"q Esc ^C F10", DO_LEAVE, "leave", "leave; asks once, everything is kept", BIND_BAR},
};
KEYS(scored_map, "Evidence", scored_keys, &page_keymap);

static const struct binding story_keys[] = {
    {"1-9", DO_PICK_1, "story", "the story of yours that it was", BIND_BAR},
    {"a", DO_NEW_STORY, "a new one", "a story that is not in your list yet", BIND_BAR},
    {"n Enter Right", DO_NEXT, "none, next page", "the next answer", BIND_BAR},
    {"b Left Backspace", DO_BACK, "page before", "the answer before", BIND_BAR},
    {"q Esc ^C F10", DO_LEAVE, "leave", "leave; asks once, everything is kept", BIND_BAR},
};
KEYS(story_map, "Which story was it?", story_keys, &page_keymap);

static const struct binding headline_keys[] = {
    {"Enter ^S", DO_SUBMIT, "keep", "a new story of that headline", BIND_BAR},
    {"Esc ^C", DO_CLOSE, "never mind", "back to the list", BIND_BAR},
};
KEYS(headline_map, "A new story", headline_keys, &edit_keymap);

static const struct binding against_keys[] = {
    {"^S", DO_SUBMIT, "that is the case", "go on to the second vote", BIND_BAR},
    {"F9", DO_MORE, "more of your words", "the next part of what you said; from its end back to the top", BIND_BAR},
    {"F2", DO_EDITOR, "$EDITOR", "go on in your editor", 0},
    {"F12", DO_KEEP, "to a file", "write the text to a file in your home folder, too", 0},
    {"Esc ^C F10", DO_LEAVE, "leave", "leave; asks once, everything is kept", 0},
};
KEYS(against_map, "The case against", against_keys, &edit_keymap);

/* One table for each number of fixes. */
#define VERDICT_KEYS(n, ...)                                                                                           \
    static const struct binding verdict_##n##_keys[] = {                                                               \
        __VA_ARGS__{"j Down", ACTION_DOWN, "scroll", "scroll down", BIND_BAR},                                         \
        {"n F6", DO_NOTES, "notes", "your page of notes", 0},                                                          \
        {"Enter q Esc ^C F10", DO_FINISH, "finish", "the debrief is over; Review keeps it", BIND_BAR},                 \
    };                                                                                                                 \
    KEYS(verdict_##n##_map, "Verdict", verdict_##n##_keys, &page_keymap)
VERDICT_KEYS(0, );
VERDICT_KEYS(1, {"1", DO_PICK_1, "drill it", "drill what is to be fixed first, now", BIND_BAR}, );
VERDICT_KEYS(2, {"1-2", DO_PICK_1, "drill it", "drill what is to be fixed first, now", BIND_BAR}, );
VERDICT_KEYS(3, {"1-3", DO_PICK_1, "drill it", "drill what is to be fixed first, now", BIND_BAR}, );
static const struct keymap *const verdict_maps[] = {&verdict_0_map, &verdict_1_map, &verdict_2_map, &verdict_3_map};

static const struct binding paused_keys[] = {
    {"F3 p Enter Space", DO_PAUSE, "go on", "start the clock and show everything", BIND_BAR},
    {"q Esc ^C F10", DO_LEAVE, "leave", "leave; asks once, everything is kept", BIND_BAR},
};
KEYS(paused_map, "Paused", paused_keys, &keymap_global);

static const struct keymap *panel_map(const struct mock_screen *s, const struct mock_view *v)
{
    switch (s->panel) {
    case PANEL_NOTES:
        return &notes_map;
    case PANEL_ASK:
        return &ask_map;
    case PANEL_NEAR:
        return v->near_count > 0 ? &near_map : &nothing_near_map;
    case PANEL_EXCHANGE:
        return &exchange_map;
    case PANEL_REASON:
        return &reason_map;
    case PANEL_STORY:
        return &headline_map;
    case PANEL_NONE:
        break;
    }
    return NULL;
}

static const struct keymap *answering_map(const struct mock_view *v)
{
    if (v->mode == MODE_SPEAK)
        return v->is_case ? &speak_case_map : &speak_map;
    return v->is_case ? &case_map : &answer_map;
}

static const struct keymap *vote_map(const struct mock_view *v)
{
    size_t n = v->vote_count < 2 ? 2 : v->vote_count > VOTE_COUNT ? VOTE_COUNT : v->vote_count;
    return vote_maps[n - 2];
}

const struct keymap *mock_keymap(const struct mock_screen *s, const struct mock_view *v)
{
    if (v->paused)
        return &paused_map;
    if (s->panel != PANEL_NONE)
        return panel_map(s, v);
    switch (v->phase) {
    case MOCK_BREAK:
        return &break_map;
    case MOCK_BACKGROUND:
    case MOCK_ANSWER:
    case MOCK_PROBE:
        return answering_map(v);
    case MOCK_WRITING:
        return &answer_map;
    case MOCK_TICKS:
        if (s->speech)
            return &transcript_map;
        return s->bullets_focus ? &bullet_map : &tick_map;
    case MOCK_QUESTIONS:
        return v->mode == MODE_SPEAK ? &speak_map : &questions_map;
    case MOCK_VOTE:
    case MOCK_REVOTE:
        return vote_map(v);
    case MOCK_EVIDENCE:
        return v->dimension ? &evidence_map : v->asks_story ? &story_map : &scored_map;
    case MOCK_AGAINST:
        return &against_map;
    case MOCK_VERDICT:
    case MOCK_OVER:
        return verdict_maps[v->debrief ? v->debrief->fix_count : 0];
    }
    return &common_map;
}

bool mock_timed(enum mock_phase phase)
{
    return phase == MOCK_BACKGROUND || phase == MOCK_ANSWER || phase == MOCK_PROBE || phase == MOCK_WRITING ||
           phase == MOCK_QUESTIONS;
}

bool mock_has_draft(enum mock_phase phase)
{
    return mock_timed(phase) || phase == MOCK_TICKS || phase == MOCK_AGAINST;
}

bool mock_typing(const struct mock_screen *s, const struct mock_view *v)
{
    if (v->paused)
        return false;
    if (s->panel != PANEL_NONE)
        return s->panel == PANEL_NOTES || s->panel == PANEL_ASK || s->panel == PANEL_REASON || s->panel == PANEL_STORY;
    if (v->phase == MOCK_TICKS)
        return s->bullets_focus && !s->speech;
    return v->phase == MOCK_AGAINST || (mock_timed(v->phase) && v->mode != MODE_SPEAK);
}
