#include "pmprep/bank/taxonomy.h"

/* The 17 flaws of an engineer's answer, in the order of the domain digest (F01 to F17). The wording is ours. */
const struct flaw_info flaws[FLAW_COUNT] = {
    {"we-fog", "We-fog", "A group or a passive hides who acted, so nobody can tell what you did or decided.",
     "Keep \"we\" for the scene and say \"I\" for each choice; name who did the rest."},
    {"blame", "Blame", "The cause of the trouble is put on other people, and no share of it is yours.",
     "Name your own part in the failure first, then the circumstances as facts."},
    {"no-number", "No number", "An effect is claimed and no figure measures it.",
     "Give the value before, the value after, the period and where the figure comes from."},
    {"tech-metric-only", "Only technical metrics",
     "Everything measured describes the machine, and nothing says what customers or the business gained.",
     "Continue the sentence: so customers did what, and the business got what?"},
    {"solution-first", "Solution first", "The thing that was built comes before anyone who needed it.",
     "Let the first sentence say who was hurt, how often and how badly."},
    {"implementation-heavy", "Too much implementation", "A large share of the answer explains how it works inside.",
     "Give the technology one sentence, then go back to the need, the choice and the customer."},
    {"vague-claim", "Vague claim", "Adjectives such as \"significantly\" do the work of evidence.",
     "Replace each adjective with a figure, or delete it."},
    {"hedging", "Hedging", "Softeners take claims back without telling how sure you are.",
     "Assert it, or say your confidence as a number or a range."},
    {"no-result", "No result", "The story stops at shipping or at a moral, and nothing says what changed.",
     "Close with the change that followed, then the lesson."},
    {"no-decision", "No decision", "No option was rejected, no criterion named and no price paid.",
     "Name the option you turned down, why, and what that cost."},
    {"escape-narrative", "Escape story", "The wish to become a PM is mainly a wish to get away from something.",
     "Say what pulls you, and prove that you already do part of it."},
    {"rambling", "Rambling", "The answer circles, or most of it sets the scene.",
     "Start with the headline and cut the scene by half."},
    {"jargon", "Jargon", "Short forms and trade words that a neighbour would not know go unexplained.",
     "Use the plain noun, or explain the word once."},
    {"naked-number", "Naked number", "A figure carries the claim but has no base, period, sample or comparison.",
     "Say from what to what, over how long, of how many, compared with what."},
    {"project-plan", "Project plan", "A product question is answered with weeks, roles and hand-overs.",
     "Settle for whom, what and why before when and who."},
    {"no-learning", "No learning", "The failure is talked up or away, and no belief of yours changed.",
     "State the wrong belief, what it cost, the new rule and where you have used it since."},
    {"hypothetical", "Hypothetical", "A habit or a method is told where one real event was asked for.",
     "Tell one event with a date."},
};

static const char *const flaw_ids[FLAW_COUNT] = {
    "we-fog",      "blame",        "no-number",    "tech-metric-only", "solution-first",   "implementation-heavy",
    "vague-claim", "hedging",      "no-result",    "no-decision",      "escape-narrative", "rambling",
    "jargon",      "naked-number", "project-plan", "no-learning",      "hypothetical",
};

const struct words flaw_words = {"flaw", flaw_ids, FLAW_COUNT, 0};

const struct flaw_info *flaw_find(struct sv id)
{
    int at;
    return words_find(&flaw_words, id, &at) ? &flaws[at] : NULL;
}
