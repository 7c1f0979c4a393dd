#include "coach/forms.h"

#include <stdlib.h>
#include <string.h>

/* Base, past, participle; sorted by base. */
static const struct irregular {
    const char *base, *past, *participle;
} irregulars[] = {
    {"arise", "arose", "arisen"},
    {"be", "was", "been"},
    {"bear", "bore", "borne"},
    {"beat", "beat", "beaten"},
    {"become", "became", "become"},
    {"begin", "began", "begun"},
    {"bend", "bent", "bent"},
    {"bet", "bet", "bet"},
    {"bind", "bound", "bound"},
    {"bite", "bit", "bitten"},
    {"blow", "blew", "blown"},
    {"break", "broke", "broken"},
    {"bring", "brought", "brought"},
    {"broadcast", "broadcast", "broadcast"},
    {"build", "built", "built"},
    {"burn", "burned", "burnt"},
    {"buy", "bought", "bought"},
    {"catch", "caught", "caught"},
    {"choose", "chose", "chosen"},
    {"cling", "clung", "clung"},
    {"come", "came", "come"},
    {"cost", "cost", "cost"},
    {"creep", "crept", "crept"},
    {"cut", "cut", "cut"},
    {"deal", "dealt", "dealt"},
    {"dig", "dug", "dug"},
    {"do", "did", "done"},
    {"draw", "drew", "drawn"},
    {"dream", "dreamed", "dreamt"},
    {"drink", "drank", "drunk"},
    {"drive", "drove", "driven"},
    {"eat", "ate", "eaten"},
    {"fall", "fell", "fallen"},
    {"feed", "fed", "fed"},
    {"feel", "felt", "felt"},
    {"fight", "fought", "fought"},
    {"find", "found", "found"},
    {"flee", "fled", "fled"},
    {"fly", "flew", "flown"},
    {"forbid", "forbade", "forbidden"},
    {"forecast", "forecast", "forecast"},
    {"forget", "forgot", "forgotten"},
    {"freeze", "froze", "frozen"},
    {"get", "got", "gotten"},
    {"give", "gave", "given"},
    {"go", "went", "gone"},
    {"grow", "grew", "grown"},
    {"hang", "hung", "hung"},
    {"have", "had", "had"},
    {"hear", "heard", "heard"},
    {"hide", "hid", "hidden"},
    {"hit", "hit", "hit"},
    {"hold", "held", "held"},
    {"hurt", "hurt", "hurt"},
    {"keep", "kept", "kept"},
    {"know", "knew", "known"},
    {"lay", "laid", "laid"},
    {"lead", "led", "led"},
    {"lean", "leaned", "leant"},
    {"learn", "learned", "learnt"},
    {"leave", "left", "left"},
    {"lend", "lent", "lent"},
    {"let", "let", "let"},
    {"lie", "lay", "lain"},
    {"light", "lit", "lit"},
    {"lose", "lost", "lost"},
    {"make", "made", "made"},
    {"mean", "meant", "meant"},
    {"meet", "met", "met"},
    {"mistake", "mistook", "mistaken"},
    {"overcome", "overcame", "overcome"},
    {"override", "overrode", "overridden"},
    {"oversee", "oversaw", "overseen"},
    {"overspend", "overspent", "overspent"},
    {"overthrow", "overthrew", "overthrown"},
    {"pay", "paid", "paid"},
    {"prove", "proved", "proven"},
    {"put", "put", "put"},
    {"quit", "quit", "quit"},
    {"read", "read", "read"},
    {"rebuild", "rebuilt", "rebuilt"},
    {"redo", "redid", "redone"},
    {"redraw", "redrew", "redrawn"},
    {"rerun", "reran", "rerun"},
    {"resend", "resent", "resent"},
    {"reset", "reset", "reset"},
    {"rethink", "rethought", "rethought"},
    {"rewrite", "rewrote", "rewritten"},
    {"rid", "rid", "rid"},
    {"ride", "rode", "ridden"},
    {"ring", "rang", "rung"},
    {"rise", "rose", "risen"},
    {"run", "ran", "run"},
    {"say", "said", "said"},
    {"see", "saw", "seen"},
    {"seek", "sought", "sought"},
    {"sell", "sold", "sold"},
    {"send", "sent", "sent"},
    {"set", "set", "set"},
    {"shake", "shook", "shaken"},
    {"shed", "shed", "shed"},
    {"shoot", "shot", "shot"},
    {"show", "showed", "shown"},
    {"shrink", "shrank", "shrunk"},
    {"shut", "shut", "shut"},
    {"sing", "sang", "sung"},
    {"sink", "sank", "sunk"},
    {"sit", "sat", "sat"},
    {"sleep", "slept", "slept"},
    {"slide", "slid", "slid"},
    {"speak", "spoke", "spoken"},
    {"speed", "sped", "sped"},
    {"spend", "spent", "spent"},
    {"spin", "spun", "spun"},
    {"split", "split", "split"},
    {"spread", "spread", "spread"},
    {"spring", "sprang", "sprung"},
    {"stand", "stood", "stood"},
    {"steal", "stole", "stolen"},
    {"stick", "stuck", "stuck"},
    {"strike", "struck", "struck"},
    {"swear", "swore", "sworn"},
    {"sweep", "swept", "swept"},
    {"swim", "swam", "swum"},
    {"swing", "swung", "swung"},
    {"take", "took", "taken"},
    {"teach", "taught", "taught"},
    {"tear", "tore", "torn"},
    {"tell", "told", "told"},
    {"think", "thought", "thought"},
    {"throw", "threw", "thrown"},
    {"undergo", "underwent", "undergone"},
    {"understand", "understood", "understood"},
    {"undertake", "undertook", "undertaken"},
    {"undo", "undid", "undone"},
    {"upset", "upset", "upset"},
    {"wake", "woke", "woken"},
    {"wear", "wore", "worn"},
    {"weave", "wove", "woven"},
    {"win", "won", "won"},
    {"wind", "wound", "wound"},
    {"withdraw", "withdrew", "withdrawn"},
    {"withhold", "withheld", "withheld"},
    {"write", "wrote", "written"},
};
enum { IRREGULARS = sizeof(irregulars) / sizeof(irregulars[0]) };

static const struct {
    const char *singular, *plural;
} irregular_nouns[] = {
    {"analysis", "analyses"},
    {"basis", "bases"},
    {"child", "children"},
    {"crisis", "crises"},
    {"criterion", "criteria"},
    {"foot", "feet"},
    {"half", "halves"},
    {"hypothesis", "hypotheses"},
    {"index", "indices"},
    {"knife", "knives"},
    {"life", "lives"},
    {"loaf", "loaves"},
    {"man", "men"},
    {"mouse", "mice"},
    {"person", "people"},
    {"shelf", "shelves"},
    {"thief", "thieves"},
    {"tooth", "teeth"},
    {"wife", "wives"},
    {"woman", "women"},
};

/* Verbs of one consonant after one vowel that do not double it: the stress is not on the last syllable. */
static const char *const undoubled[] = {
    "answer",   "audit",     "benefit",   "bother",   "budget",   "cover",    "credit",    "deliver",  "deposit",
    "develop",  "discover",  "edit",      "enter",    "filter",   "gather",   "happen",    "inherit",  "lessen",
    "limit",    "listen",    "lower",     "market",   "matter",   "monitor",  "offer",     "open",     "order",
    "pilot",    "profit",    "recover",   "render",   "solicit",  "suffer",   "target",    "trigger",  "visit",
    "widen",    "shorten",   "flatten",   "threaten", "tighten",  "loosen",   "sharpen",   "deepen",   "ticket",
    "pocket",   "prototype", "refactor",  "sponsor",  "mentor",   "tailor",   "alter",     "consider", "encounter",
    "register", "remember",  "wonder",    "bundle",   "exit",     "prohibit", "interpret", "abandon",  "reason",
    "question", "position",  "provision", "champion", "campaign", "iron",     "pardon",    "poison",   "season",
    "summon",
};

static int base_against(const void *key, const void *row)
{
    return strcmp(key, ((const struct irregular *)row)->base);
}

static bool is_vowel(char c)
{
    return c != '\0' && strchr("aeiou", c) != NULL;
}

static bool doubles(const char *base, size_t n)
{
    if (n < 3 || is_vowel(base[n - 1]) || strchr("wxy", base[n - 1]) || !is_vowel(base[n - 2]) ||
        is_vowel(base[n - 3])) {
        return false;
    }
    for (size_t i = 0; i < sizeof(undoubled) / sizeof(undoubled[0]); i++) {
        if (strcmp(undoubled[i], base) == 0) {
            return false;
        }
    }
    return true;
}

static bool ends(const char *s, size_t n, const char *end)
{
    size_t m = strlen(end);
    return n >= m && memcmp(s + n - m, end, m) == 0;
}

/* The first n letters of the base and an ending. */
static const char *joined(struct arena *a, const char *base, size_t n, const char *end)
{
    size_t m = strlen(end);
    char *word = arena_alloc(a, n + m + 1);
    memcpy(word, base, n);
    memcpy(word + n, end, m + 1);
    return word;
}

/* The third person of a verb and the plural of a noun are spelled alike. */
static const char *with_s(const char *base, size_t n, struct arena *a)
{
    if (n > 1 && base[n - 1] == 'y' && !is_vowel(base[n - 2])) {
        return joined(a, base, n - 1, "ies");
    }
    bool hiss = ends(base, n, "s") || ends(base, n, "x") || ends(base, n, "z") || ends(base, n, "ch") ||
                ends(base, n, "sh") || (ends(base, n, "o") && !ends(base, n, "oo") && n > 3 && !ends(base, n, "eo"));
    return joined(a, base, n, hiss ? "es" : "s");
}

static const char *with_ing(const char *base, size_t n, struct arena *a)
{
    if (ends(base, n, "ie")) {
        return joined(a, base, n - 2, "ying");
    }
    if (ends(base, n, "e") && !ends(base, n, "ee") && !ends(base, n, "oe") && !ends(base, n, "ye") && n > 2) {
        return joined(a, base, n - 1, "ing");
    }
    return doubles(base, n) ? arena_printf(a, "%s%cing", base, base[n - 1]) : joined(a, base, n, "ing");
}

static const char *with_ed(const char *base, size_t n, struct arena *a)
{
    if (ends(base, n, "e")) {
        return joined(a, base, n, "d");
    }
    if (n > 1 && base[n - 1] == 'y' && !is_vowel(base[n - 2])) {
        return joined(a, base, n - 1, "ied");
    }
    return doubles(base, n) ? arena_printf(a, "%s%ced", base, base[n - 1]) : joined(a, base, n, "ed");
}

size_t verb_forms(const char *base, struct arena *a, const char *out[FORMS_MAX])
{
    size_t n = strlen(base);
    const struct irregular *odd = bsearch(base, irregulars, IRREGULARS, sizeof(irregulars[0]), base_against);
    size_t count = 0;
    out[count++] = base;
    out[count++] = strcmp(base, "have") == 0 ? "has" : strcmp(base, "be") == 0 ? "is" : with_s(base, n, a);
    out[count++] = with_ing(base, n, a);
    out[count++] = odd ? odd->past : with_ed(base, n, a);
    out[count++] = odd ? odd->participle : out[FORM_PAST];
    if (n > 3 && ends(base, n, "l") && is_vowel(base[n - 2]) && !is_vowel(base[n - 3])) { /* American: canceled */
        out[count++] = joined(a, base, n, "ed");
        out[count++] = joined(a, base, n, "ing");
    } else if (strcmp(base, "be") == 0) {
        out[count++] = "were";
        out[count++] = "are";
    } else if (n > 4 && ends(base, n, "ise")) {
        out[count++] = joined(a, base, n - 3, "ize");
        out[count++] = joined(a, base, n - 3, "ized");
        out[count++] = joined(a, base, n - 3, "izing");
    }
    return count;
}

size_t noun_forms(const char *singular, struct arena *a, const char *out[FORMS_MAX])
{
    out[0] = singular;
    out[1] = NULL;
    const char *last = strrchr(singular, ' ');
    last = last ? last + 1 : singular;
    for (size_t i = 0; i < sizeof(irregular_nouns) / sizeof(irregular_nouns[0]); i++) {
        if (strcmp(irregular_nouns[i].singular, last) == 0) {
            out[1] = arena_printf(a, "%.*s%s", (int)(last - singular), singular, irregular_nouns[i].plural);
        }
    }
    out[1] = out[1] ? out[1] : with_s(singular, strlen(singular), a);
    return 2;
}

bool irregular_verb(size_t i, const char **past, const char **participle)
{
    if (i >= IRREGULARS) {
        return false;
    }
    *past = irregulars[i].past;
    *participle = irregulars[i].participle;
    return true;
}
