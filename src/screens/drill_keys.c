#include "drill_screen.h"

static const struct binding item_keys[] = {
    {"F4", DO_SKIP, "skip", "leave this question without harm", 0},
    {"F6", DO_FLAG, "flag", "flag the question: it comes back early", 0},
    {"F7", DO_UNDO, "undo", "take back the last grading", 0},
    {"F8", DO_SUSPEND, "suspend", "do not ask this question again; pressed twice", 0},
    {"^C F10", DO_LEAVE, "leave", "leave the drill; everything is kept", 0},
};
KEYS(item_map, "The question", item_keys, &page_keymap);
KEYS(item_typing_map, "The question", item_keys, &edit_keymap);

static const struct binding answer_keys[] = {
    {"^S", DO_SUBMIT, "submit", "submit the answer", BIND_BAR},
    {"F2", DO_EDITOR, "$EDITOR", "go on in your editor; saving submits", BIND_BAR},
    {"F3", DO_PAUSE, "pause", "stop the clock and hide the question", BIND_BAR},
    {"F5", DO_MODE, "mode", "type, speak or outline, before the first word", BIND_BAR},
    {"F9", DO_MORE, "more above", "the next part of the question; from its end back to the top", 0},
    {"F4", DO_SKIP, "skip", "", BIND_BAR | BIND_QUIET},
    {"F12", DO_KEEP, "to a file", "write the text to a file in your home folder, too", 0},
};
KEYS(answer_map, "Answering", answer_keys, &item_typing_map);

static const struct binding speak_keys[] = {
    {"Enter ^S", DO_SUBMIT, "done speaking", "stop the clock and tick what you said", BIND_BAR},
    {"F3 p", DO_PAUSE, "pause", "stop the clock and hide the question", BIND_BAR},
    {"F5 m", DO_MODE, "mode", "type, speak or outline", BIND_BAR},
    {"s", DO_SKIP, "skip", "leave this question without harm", BIND_BAR},
    {"q", DO_LEAVE, "leave", "leave the drill; everything is kept", BIND_BAR},
};
KEYS(speak_map, "Speaking", speak_keys, &item_map);

static const struct binding write_keys[] = {
    {"^S", DO_SUBMIT, "submit", "submit what you wrote", BIND_BAR},
    {"F2", DO_EDITOR, "$EDITOR", "go on in your editor; saving submits", BIND_BAR},
    {"F3", DO_PAUSE, "pause", "stop the clock and hide the question", BIND_BAR},
    {"F9", DO_MORE, "more above", "the next part of the text above; from its end back to the top", 0},
    {"F4", DO_SKIP, "skip", "", BIND_BAR | BIND_QUIET},
    {"F12", DO_KEEP, "to a file", "write the text to a file in your home folder, too", 0},
};
KEYS(write_map, "Writing", write_keys, &item_typing_map);

static const struct binding tick_keys[] = {
    {"1-7", DO_PICK_1, "tick", "tick what you really said", BIND_BAR},
    {"Tab", DO_FOCUS, "bullets", "between the ticks and the bullets", BIND_BAR},
    {"^S Enter", DO_SUBMIT, "done", "go on to the score", BIND_BAR},
};
KEYS(tick_map, "What did you really say?", tick_keys, &item_map);

static const struct binding listening_keys[] = {
    {"Esc ^C q", DO_WITHOUT, "without it", "go on with ticks and bullets", BIND_BAR},
};
KEYS(listening_map, "Writing down what you said", listening_keys, &keymap_global);

static const struct binding bullet_keys[] = {
    {"^S", DO_SUBMIT, "done", "go on to the score", BIND_BAR},
    {"Tab", DO_FOCUS, "ticks", "between the ticks and the bullets", BIND_BAR},
    {"F12", DO_KEEP, "to a file", "write the text to a file in your home folder, too", 0},
};
KEYS(bullet_map, "Bullets", bullet_keys, &item_typing_map);

static const struct binding pair_keys[] = {
    {"1-2 a-b", DO_PICK_1, "stronger", "pick the stronger answer", BIND_BAR},
    {"F3 p", DO_PAUSE, "pause", "stop the clock and hide the question", BIND_BAR},
    {"s", DO_SKIP, "skip", "leave this question without harm", BIND_BAR},
    {"q", DO_LEAVE, "leave", "leave the drill; everything is kept", BIND_BAR},
};
KEYS(pair_map, "Picking the stronger answer", pair_keys, &item_map);

/* One table for each number of options, so that the bar names no key that picks nothing. */
#define PICK_KEYS(n, keys)                                                                                             \
    static const struct binding pick_##n##_keys[] = {                                                                  \
        {keys, DO_PICK_1, "pick", "pick one", BIND_BAR},                                                               \
        {"F3 p", DO_PAUSE, "pause", "stop the clock and hide the question", BIND_BAR},                                 \
        {"s", DO_SKIP, "skip", "leave this question without harm", BIND_BAR},                                          \
        {"q", DO_LEAVE, "leave", "leave the drill; everything is kept", BIND_BAR},                                     \
    };                                                                                                                 \
    KEYS(pick_##n##_map, "Picking", pick_##n##_keys, &item_map)
PICK_KEYS(2, "1-2 a-b");
PICK_KEYS(3, "1-3 a-c");
PICK_KEYS(4, "1-4 a-d");
PICK_KEYS(5, "1-5 a-e");
PICK_KEYS(6, "1-6 a-f");
static const struct keymap *const pick_maps[] = {&pick_2_map, &pick_3_map, &pick_4_map, &pick_5_map, &pick_6_map};

static const struct keymap *pick_map(int options)
{
    return pick_maps[options < 2 ? 0 : options > 6 ? 4 : options - 2];
}

static const struct binding principle_keys[] = {
    {"a-p", DO_PICK_1, "choose", "Customer Obsession; the letters follow the list", BIND_BAR},
    {"Enter", DO_NONE_FIT, "no idea", "go on without naming one", BIND_BAR},
    {"q", DO_LEAVE, "leave", "leave the drill; everything is kept", BIND_BAR},
};
KEYS(principle_map, "Which principle was that?", principle_keys, &item_map);

static const struct binding score_keys[] = {
    {"1-5", DO_PICK_1, "level", "your level, held against the written anchors", BIND_BAR},
    {"0 Enter", DO_NONE_FIT, "no score", "no score for this one", BIND_BAR},
    {"q", DO_LEAVE, "leave", "leave the drill; everything is kept", BIND_BAR},
};
KEYS(score_map, "Scoring", score_keys, &item_map);

static const struct binding rescore_keys[] = {
    {"1-5", DO_PICK_1, "level", "your level, now that you have seen the evidence", BIND_BAR},
    {"Enter 0", DO_NONE_FIT, "keep", "keep the first score", BIND_BAR},
    {"q", DO_LEAVE, "leave", "leave the drill; everything is kept", BIND_BAR},
};
KEYS(rescore_map, "Scoring again", rescore_keys, &item_map);

static const struct binding story_keys[] = {
    {"Enter", DO_SUBMIT, "choose", "the selected story, or a new one of what you typed", BIND_BAR},
    {"Down ^N", ACTION_DOWN, "next", "next story", BIND_BAR},
    {"Up ^P", ACTION_UP, "previous", "previous story", 0},
    {"Esc", DO_NONE_FIT, "none", "no story of mine", BIND_BAR},
};
KEYS(story_map, "Which story was it?", story_keys, &item_typing_map);

static const struct binding evidence_keys[] = {
    {"Enter", DO_SUBMIT, "go on", "go on: score the answer again in the light of this", BIND_BAR},
    {"a", DO_AGAIN, "answer again", "answer again, shorter, against one point", BIND_BAR},
    {"e", DO_EXEMPLAR, "exemplar", "show or hide an excellent answer", BIND_BAR},
    {"v", DO_REVIEWER, "reviewer", "ask the program that the option reviewer names", 0},
    {"f", DO_FLAG, "flag", "flag the question: it comes back early", 0},
    {"q", DO_LEAVE, "leave", "leave the drill; everything is kept", BIND_BAR},
};
KEYS(evidence_map, "Evidence", evidence_keys, &item_map);

/* The same with findings to look at. */
static const struct binding found_keys[] = {
    {"Enter", DO_SUBMIT, "go on", "go on: score the answer again in the light of this", BIND_BAR},
    {"n", DO_NEXT_FINDING, "next", "the next finding, and its words in the text", BIND_BAR},
    {"N", DO_PREVIOUS_FINDING, "previous", "the finding before", 0},
    {"x", DO_DISMISS, "dismiss", "this finding is wrong: dismiss it, or take that back", BIND_BAR},
    {"a", DO_AGAIN, "answer again", "answer again, shorter, against the finding shown", BIND_BAR},
    {"i", DO_ADVICE, "advice", "what to do about it, and where the rule comes from", BIND_BAR},
    {"e", DO_EXEMPLAR, "exemplar", "show or hide an excellent answer", BIND_BAR},
    {"v", DO_REVIEWER, "reviewer", "ask the program that the option reviewer names", 0},
    {"f", DO_FLAG, "flag", "flag the question: it comes back early", 0},
    {"q", DO_LEAVE, "leave", "leave the drill; everything is kept", BIND_BAR},
};
KEYS(found_map, "Evidence", found_keys, &item_map);

/* After a second try there is nothing to try again; what was picked has no other answer to give. */
static const struct binding shown_keys[] = {
    {"Enter", DO_SUBMIT, "go on", "go on", BIND_BAR},
    {"f", DO_FLAG, "flag", "flag the question: it comes back early", BIND_BAR},
    {"q", DO_LEAVE, "leave", "leave the drill; everything is kept", BIND_BAR},
};
KEYS(shown_map, "What it was", shown_keys, &item_map);

static const struct binding schedule_keys[] = {
    {"Enter", DO_SUBMIT, "accept, next", "accept the rating and go on", BIND_BAR},
    {"1-4", DO_PICK_1, "change", "rate it Again, Hard, Good or Easy yourself", BIND_BAR},
    {"a", DO_AGAIN, "answer again", "answer again, shorter", BIND_BAR},
    {"u", DO_UNDO, "undo", "take back the last grading", 0},
    {"f", DO_FLAG, "flag", "flag the question: it comes back early", 0},
    {"q", DO_LEAVE, "leave", "leave the drill; the rating shown is kept", BIND_BAR},
};
KEYS(schedule_map, "When it comes back", schedule_keys, &item_map);

static const struct binding pick_schedule_keys[] = {
    {"Enter", DO_SUBMIT, "accept, next", "accept the rating and go on", BIND_BAR},
    {"1-4", DO_PICK_1, "change", "rate it Again, Hard, Good or Easy yourself", BIND_BAR},
    {"u", DO_UNDO, "undo", "take back the last grading", 0},
    {"f", DO_FLAG, "flag", "flag the question: it comes back early", 0},
    {"q", DO_LEAVE, "leave", "leave the drill; the rating shown is kept", BIND_BAR},
};
KEYS(pick_schedule_map, "When it comes back", pick_schedule_keys, &item_map);

static const struct binding done_keys[] = {
    {"Enter q Esc ^C", DO_LEAVE, "finish", "back to where you came from", BIND_BAR},
    {"u F7", DO_UNDO, "undo", "take back the last grading", BIND_BAR},
};
KEYS(done_map, "The end of the drill", done_keys, &keymap_global);

static const struct binding ungraded_keys[] = {
    {"Enter q Esc ^C", DO_LEAVE, "finish", "back to where you came from", BIND_BAR},
};
KEYS(ungraded_map, "The end of the drill", ungraded_keys, &keymap_global);

static const struct binding paused_keys[] = {
    {"F3 p Enter Space", DO_PAUSE, "go on", "start the clock and show the question", BIND_BAR},
    {"^C F10 q", DO_LEAVE, "leave", "leave the drill; everything is kept", BIND_BAR},
};
KEYS(paused_map, "Paused", paused_keys, &keymap_global);

const struct keymap *drill_keymap(const struct drill_screen *s, const struct drill_view *v)
{
    bool picked = v->mode == MODE_PICK;
    if (v->paused)
        return &paused_map;
    switch (v->step) {
    case DRILL_ANSWER:
        if (v->item->kind == KIND_REWRITE) /* always typed */
            return &write_map;
        return v->mode == MODE_SPEAK ? &speak_map : &answer_map;
    case DRILL_TICKS:
        if (s->speech)
            return &listening_map;
        return s->bullets_focus ? &bullet_map : &tick_map;
    case DRILL_PICK:
        return v->item->kind == KIND_PAIR ? &pair_map : pick_map(v->shown_count);
    case DRILL_WHY:
    case DRILL_AGAIN:
        return &write_map;
    case DRILL_PRINCIPLE:
        return &principle_map;
    case DRILL_SCORE:
        return &score_map;
    case DRILL_RESCORE:
        return &rescore_map;
    case DRILL_STORY:
        return &story_map;
    case DRILL_EVIDENCE:
        return picked ? &shown_map : v->finding_count > 0 ? &found_map : &evidence_map;
    case DRILL_COMPARE:
        return &shown_map;
    case DRILL_SCHEDULE:
        return picked ? &pick_schedule_map : &schedule_map;
    case DRILL_DONE:
        return v->can_undo ? &done_map : &ungraded_map;
    }
    return &item_map;
}

bool drill_typing(const struct drill_screen *s, const struct drill_view *v)
{
    if (v->paused)
        return false;
    switch (v->step) {
    case DRILL_ANSWER:
        return v->mode != MODE_SPEAK;
    case DRILL_TICKS:
        return s->bullets_focus && !s->speech;
    case DRILL_WHY:
    case DRILL_AGAIN:
    case DRILL_STORY:
        return true;
    case DRILL_PICK:
    case DRILL_PRINCIPLE:
    case DRILL_SCORE:
    case DRILL_EVIDENCE:
    case DRILL_RESCORE:
    case DRILL_COMPARE:
    case DRILL_SCHEDULE:
    case DRILL_DONE:
        break;
    }
    return false;
}
