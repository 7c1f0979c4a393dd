#include "mock_parts.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* What an interviewer answers when the candidate asks: short, and of what was asked. Each is given once in a
 * loop, so that a second question of the same kind gets another. */

static const struct {
    const char *words[8]; /* any of them, or the beginning of one; NULL ends */
    const char *says;
} replies[] = {
    {{"first", "ninety", "onboard", "ramp", "start"},
     "In your first three months you would sit with customers twice a week and own one launch date of ours. I would "
     "not "
     "ask you for a strategy before that."},
    {{"success", "good", "great", "review", "evaluat", "measure"},
     "A year from now I would look at one thing: did a number that a customer feels move, and would it have without "
     "you?"},
    {{"team", "people", "report", "size", "structure"},
     "Eight engineers, a designer we share, and an analyst on two days. Two of the engineers have been here longer "
     "than "
     "the product."},
    {{"engineer", "technical", "architect", "developer"},
     "They argue, and they are usually right about cost and usually wrong about who wants it. They would test you in "
     "the first week."},
    {{"customer", "user", "seller", "buyer", "shop"},
     "Small sellers, mostly alone at a kitchen table. I spoke to three last month, and two of them wanted less from "
     "us, "
     "not more."},
    {{"challeng", "hard", "difficult", "problem", "worr", "risk", "struggl"},
     "We promised two teams the same quarter. Whoever comes in has to disappoint one of them, in writing."},
    {{"roadmap", "next", "plan", "priorit", "vision", "strateg", "future"},
     "Half of next year is decided and I would defend it. The other half is a list of arguments, and that half would "
     "be "
     "yours."},
    {{"decid", "decision", "disagree", "conflict", "escalat"},
     "On paper, with a date, and then we stop talking about it. The last time it took us five weeks too long."},
    {{"metric", "number", "data", "goal", "target"},
     "Repeat orders within thirty days. We look at it on Mondays, and we have argued about its definition for a year."},
    {{"culture", "principle", "writ", "document", "meeting", "narrative"},
     "We read in silence for twenty minutes and then it gets honest. I rewrote my last six pages four times."},
    {{"grow", "career", "promot", "learn", "mentor"},
     "Two people moved up from this seat, and it took both of them longer than they were told. I would tell you where "
     "you stand every month."},
    {{"hours", "balance", "remote", "office", "travel"},
     "Three days here, two at home, and one bad month before the holidays. I answer no mail on Sundays."},
    {{"pay", "salary", "level", "compensation", "bonus", "visa", "sponsor"},
     "That is a question for your recruiter: I neither know the figures nor decide on them."},
    {{"doubt", "concern", "hesita", "feedback", "background", "fit"},
     "I will not tell you how it went. What I keep asking myself is which of it was yours alone."},
    {{"competit", "rival", "market"},
     "I worry less about the large ones than about a tool that two people wrote last winter. Our sellers pay for it."},
    {{"why", "yourself", "you", "enjoy", "like", "stay", "favourite", "favorite"},
     "I came for two years and stayed for six, because I am still allowed to talk to the people who use it."},
};

enum { REPLIES = sizeof(replies) / sizeof(replies[0]) };

static const char *const others[] = {
    "I have to think. Honestly, it depends on the quarter: last spring I would have said yes, today I am not sure.",
    "You would hear two opinions on that in this building. Mine is that we do too much of it.",
    "Not as well as we tell ourselves. Ask the next interviewer, and compare.",
};

enum { OTHERS = sizeof(others) / sizeof(others[0]) };

static bool begins_word(struct sv text, const char *beginning)
{
    size_t len = strlen(beginning);
    for (size_t i = 0; i + len <= text.len; i++) {
        if ((i == 0 || !isalpha((unsigned char)text.data[i - 1])) && strncasecmp(text.data + i, beginning, len) == 0) {
            return true;
        }
    }
    return false;
}

static bool was_said(const struct mock *m, const char *text)
{
    for (size_t i = 0; i < m->s.said_count; i++) {
        if (!m->said[i].mine && strcmp(m->said[i].text, text) == 0) {
            return true;
        }
    }
    return false;
}

static unsigned words_in(struct sv question, const char *const *words, size_t room)
{
    unsigned count = 0;
    for (size_t i = 0; i < room && words[i]; i++) {
        count += begins_word(question, words[i]);
    }
    return count;
}

const char *mock_reply(const struct mock *m, struct sv question)
{
    const char *best = NULL;
    unsigned most = 0;
    for (size_t i = 0; i < REPLIES; i++) {
        unsigned count = words_in(question, replies[i].words, sizeof(replies[i].words) / sizeof(replies[i].words[0]));
        if (count > most && !was_said(m, replies[i].says)) {
            best = replies[i].says;
            most = count;
        }
    }
    for (size_t i = 0; i < OTHERS && !best; i++) {
        best = was_said(m, others[i]) ? NULL : others[i];
    }
    return best ? best : "I have told you all I know of that. Write to me when you have found out.";
}
