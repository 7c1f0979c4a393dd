#include "pmprep/app/speech.h"

#include "pmprep/app/coach.h"
#include "pmprep/coach/lexicon.h"
#include "pmprep/coach/words.h"

/* What can be told of a spoken answer once it is written down. */

enum { LEAST_MS = 10000, FILLERS_TOLD = 4, FILLERS_MOST = 1000, NAMES_MOST = 50 };

/* A hesitation is one of its own, however many follow each other; other words that touch are one phrase. */
static bool is_sound(const struct token *t)
{
    static const char *const sounds[] = {"um", "uh", "er", "erm", "hm", "hmm"};
    for (size_t i = 0; i < sizeof(sounds) / sizeof(sounds[0]); i++) {
        if (strcmp(t->lower, sounds[i]) == 0) {
            return true;
        }
    }
    return false;
}

static size_t end_of_filler(const struct text *t, size_t at, unsigned class)
{
    size_t end = at + 1;
    while (end < t->token_count && !is_sound(&t->tokens[at]) && class_has(&t->tokens[end].classes, class) &&
           !is_sound(&t->tokens[end])) {
        end++;
    }
    return end;
}

static const char *join_words(struct arena *a, const struct text *t, size_t from, size_t end)
{
    struct buf out = BUF_INIT;
    for (size_t i = from; i < end; i++) {
        buf_addf(&out, "%s%s", i > from ? " " : "", t->tokens[i].lower);
    }
    const char *words = arena_sv(a, buf_sv(&out));
    buf_release(&out);
    return words;
}

void speech_measure(struct app *app, struct sv transcript, struct arena *a, unsigned *words, struct strings *fillers)
{
    const struct coach *coach;
    *words = (unsigned)words_count(transcript);
    *fillers = (struct strings){NULL, 0};
    if (transcript.len > TEXT_LIMIT || !app_coach(app, &coach, NULL)) {
        return;
    }
    int class = lexicon_class(coach_lexicon(coach), SV("filler"));
    struct arena scratch = ARENA_INIT;
    struct text t;
    text_parse(&t, transcript, &scratch);
    lexicon_mark(coach_lexicon(coach), &t);
    fillers->at = arena_array(a, t.token_count, sizeof(*fillers->at));
    for (size_t i = 0; class >= 0 && i < t.token_count && fillers->count < FILLERS_MOST; i++) {
        if (class_has(&t.tokens[i].classes, (unsigned)class)) {
            size_t end = end_of_filler(&t, i, (unsigned)class);
            fillers->at[fillers->count++] = join_words(a, &t, i, end);
            i = end - 1;
        }
    }
    arena_release(&scratch);
}

unsigned speech_pace(const struct attempt *at)
{
    return at->heard_words > 0 && at->spoken_ms >= LEAST_MS
               ? (unsigned)(((int64_t)at->heard_words * 60000 + at->spoken_ms / 2) / at->spoken_ms)
               : 0;
}

struct tally {
    const char *name;
    size_t times;
};

static size_t count_names(const struct strings *list, struct tally *out)
{
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++) {
        size_t k = 0;
        while (k < count && strcmp(out[k].name, list->at[i]) != 0) {
            k++;
        }
        if (k == NAMES_MOST) {
            continue;
        }
        count += k == count;
        out[k].name = list->at[i];
        out[k].times++;
    }
    return count;
}

/* ": um 4, you know 2", the most frequent first, else as they came. */
static void add_fillers(const struct strings *list, struct buf *out)
{
    struct tally names[NAMES_MOST] = {{NULL, 0}};
    size_t count = count_names(list, names);
    for (unsigned told = 0; told < FILLERS_TOLD && told < count; told++) {
        struct tally *most = names;
        for (size_t i = 1; i < count; i++) {
            most = names[i].times > most->times ? &names[i] : most;
        }
        buf_addf(out, "%s %s %zu", told ? "," : ":", most->name, most->times);
        most->times = 0;
    }
}

void speech_describe(const struct attempt *at, struct buf *out)
{
    unsigned pace = speech_pace(at);
    if (at->heard_words == 0) {
        return;
    }
    buf_adds(out, "Spoken");
    if (pace > 0) {
        buf_addf(out, " at %u words a minute (120 to 160 are comfortable),", pace);
    }
    if (at->fillers.count == 0) {
        buf_adds(out, " without fillers.");
        return;
    }
    buf_addf(out, " with %zu %s", at->fillers.count, at->fillers.count == 1 ? "filler" : "fillers");
    add_fillers(&at->fillers, out);
    buf_addc(out, '.');
}
