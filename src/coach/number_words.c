#include "coach/number_words.h"

#include "coach/quantity.h"

/* Sorted for bsearch. */
static const struct part_word part_words[] = {
    {"billion", PART_SCALE, 1e9},
    {"crore", PART_SCALE, 1e7},
    {"doubled", PART_MULTIPLE, 2},
    {"doubles", PART_MULTIPLE, 2},
    {"doubling", PART_MULTIPLE, 2},
    {"dozen", PART_DOZEN, 12},
    {"eight", PART_ONES, 8},
    {"eighteen", PART_TENS, 18},
    {"eighth", PART_FRACTION, 8},
    {"eighths", PART_FRACTION, 8},
    {"eighty", PART_TENS, 80},
    {"eleven", PART_TENS, 11},
    {"fifteen", PART_TENS, 15},
    {"fifth", PART_FRACTION, 5},
    {"fifths", PART_FRACTION, 5},
    {"fifty", PART_TENS, 50},
    {"five", PART_ONES, 5},
    {"forty", PART_TENS, 40},
    {"four", PART_ONES, 4},
    {"fourteen", PART_TENS, 14},
    {"fourth", PART_FRACTION, 4},
    {"fourths", PART_FRACTION, 4},
    {"half", PART_FRACTION, 2},
    {"halve", PART_MULTIPLE, 0.5},
    {"halved", PART_MULTIPLE, 0.5},
    {"halves", PART_MULTIPLE, 0.5},
    {"halving", PART_MULTIPLE, 0.5},
    {"hundred", PART_HUNDRED, 100},
    {"hundredth", PART_FRACTION, 100},
    {"lakh", PART_SCALE, 1e5},
    {"million", PART_SCALE, 1e6},
    {"nine", PART_ONES, 9},
    {"nineteen", PART_TENS, 19},
    {"ninety", PART_TENS, 90},
    {"ninth", PART_FRACTION, 9},
    {"ninths", PART_FRACTION, 9},
    {"nought", PART_TENS, 0},
    {"one", PART_ONES, 1},
    {"quadrupled", PART_MULTIPLE, 4},
    {"quarter", PART_FRACTION, 4},
    {"quarters", PART_FRACTION, 4},
    {"seven", PART_ONES, 7},
    {"seventeen", PART_TENS, 17},
    {"seventh", PART_FRACTION, 7},
    {"sevenths", PART_FRACTION, 7},
    {"seventy", PART_TENS, 70},
    {"six", PART_ONES, 6},
    {"sixteen", PART_TENS, 16},
    {"sixth", PART_FRACTION, 6},
    {"sixths", PART_FRACTION, 6},
    {"sixty", PART_TENS, 60},
    {"ten", PART_TENS, 10},
    {"tenth", PART_FRACTION, 10},
    {"tenths", PART_FRACTION, 10},
    {"third", PART_FRACTION, 3},
    {"thirds", PART_FRACTION, 3},
    {"thirteen", PART_TENS, 13},
    {"thirty", PART_TENS, 30},
    {"thousand", PART_SCALE, 1e3},
    {"thousandth", PART_FRACTION, 1000},
    {"three", PART_ONES, 3},
    {"trebled", PART_MULTIPLE, 3},
    {"tripled", PART_MULTIPLE, 3},
    {"tripling", PART_MULTIPLE, 3},
    {"twelfth", PART_FRACTION, 12},
    {"twelve", PART_TENS, 12},
    {"twentieth", PART_FRACTION, 20},
    {"twenty", PART_TENS, 20},
    {"two", PART_ONES, 2},
    {"zero", PART_TENS, 0},
};

struct unit_word {
    const char *word;
    enum unit unit;
};

static const struct unit_word unit_words[] = {
    {"bits", UNIT_MACHINE},
    {"bp", UNIT_POINTS},
    {"bps", UNIT_POINTS},
    {"bytes", UNIT_MACHINE},
    {"cent", UNIT_MONEY},
    {"cents", UNIT_MONEY},
    {"chf", UNIT_MONEY},
    {"commits", UNIT_MACHINE},
    {"containers", UNIT_MACHINE},
    {"cores", UNIT_MACHINE},
    {"cpus", UNIT_MACHINE},
    {"crowns", UNIT_MONEY},
    {"day", UNIT_TIME},
    {"days", UNIT_TIME},
    {"decade", UNIT_TIME},
    {"decades", UNIT_TIME},
    {"dollar", UNIT_MONEY},
    {"dollars", UNIT_MONEY},
    {"eur", UNIT_MONEY},
    {"euro", UNIT_MONEY},
    {"euros", UNIT_MONEY},
    {"fold", UNIT_TIMES},
    {"fortnight", UNIT_TIME},
    {"fortnights", UNIT_TIME},
    {"fps", UNIT_MACHINE},
    {"franc", UNIT_MONEY},
    {"francs", UNIT_MONEY},
    {"gb", UNIT_MACHINE},
    {"gbp", UNIT_MONEY},
    {"ghz", UNIT_MACHINE},
    {"gib", UNIT_MACHINE},
    {"gigabytes", UNIT_MACHINE},
    {"gpus", UNIT_MACHINE},
    {"h", UNIT_TIME},
    {"hour", UNIT_TIME},
    {"hours", UNIT_TIME},
    {"hr", UNIT_TIME},
    {"hrs", UNIT_TIME},
    {"instances", UNIT_MACHINE},
    {"iops", UNIT_MACHINE},
    {"kb", UNIT_MACHINE},
    {"kilobits", UNIT_MACHINE},
    {"kilobytes", UNIT_MACHINE},
    {"krona", UNIT_MONEY},
    {"kroner", UNIT_MONEY},
    {"kronor", UNIT_MONEY},
    {"mb", UNIT_MACHINE},
    {"megabit", UNIT_MACHINE},
    {"megabyte", UNIT_MACHINE},
    {"megabytes", UNIT_MACHINE},
    {"mhz", UNIT_MACHINE},
    {"mib", UNIT_MACHINE},
    {"microseconds", UNIT_MACHINE},
    {"microservices", UNIT_MACHINE},
    {"millisecond", UNIT_MACHINE},
    {"milliseconds", UNIT_MACHINE},
    {"min", UNIT_TIME},
    {"mins", UNIT_TIME},
    {"minute", UNIT_TIME},
    {"minutes", UNIT_TIME},
    {"month", UNIT_TIME},
    {"months", UNIT_TIME},
    {"ms", UNIT_MACHINE},
    {"night", UNIT_TIME},
    {"nights", UNIT_TIME},
    {"nodes", UNIT_MACHINE},
    {"partitions", UNIT_MACHINE},
    {"pence", UNIT_MONEY},
    {"percent", UNIT_PERCENT},
    {"pesos", UNIT_MONEY},
    {"pods", UNIT_MACHINE},
    {"point", UNIT_POINTS},
    {"points", UNIT_POINTS},
    {"pound", UNIT_MONEY},
    {"pounds", UNIT_MONEY},
    {"pp", UNIT_POINTS},
    {"qps", UNIT_MACHINE},
    {"quarter", UNIT_TIME},
    {"quarters", UNIT_TIME},
    {"replicas", UNIT_MACHINE},
    {"rps", UNIT_MACHINE},
    {"rupee", UNIT_MONEY},
    {"rupees", UNIT_MONEY},
    {"s", UNIT_TIME},
    {"season", UNIT_TIME},
    {"seasons", UNIT_TIME},
    {"sec", UNIT_TIME},
    {"second", UNIT_TIME},
    {"seconds", UNIT_TIME},
    {"secs", UNIT_TIME},
    {"semester", UNIT_TIME},
    {"semesters", UNIT_TIME},
    {"servers", UNIT_MACHINE},
    {"shards", UNIT_MACHINE},
    {"shift", UNIT_TIME},
    {"shifts", UNIT_TIME},
    {"tb", UNIT_MACHINE},
    {"terabytes", UNIT_MACHINE},
    {"term", UNIT_TIME},
    {"terms", UNIT_TIME},
    {"threads", UNIT_MACHINE},
    {"tps", UNIT_MACHINE},
    {"usd", UNIT_MONEY},
    {"week", UNIT_TIME},
    {"weekend", UNIT_TIME},
    {"weekends", UNIT_TIME},
    {"weeks", UNIT_TIME},
    {"x", UNIT_TIMES},
    {"year", UNIT_TIME},
    {"years", UNIT_TIME},
    {"yen", UNIT_MONEY},
    {"zloty", UNIT_MONEY},
};

static int compare_part(const void *key, const void *entry)
{
    return strcmp(key, ((const struct part_word *)entry)->word);
}

const struct part_word *number_part(const char *word)
{
    return word[0] == '\0' ? NULL
                           : bsearch(word, part_words, sizeof(part_words) / sizeof(part_words[0]),
                                     sizeof(part_words[0]), compare_part);
}

static int compare_unit(const void *key, const void *entry)
{
    return strcmp(key, ((const struct unit_word *)entry)->word);
}

const struct part_word *number_part_at(size_t i)
{
    return i < sizeof(part_words) / sizeof(part_words[0]) ? &part_words[i] : NULL;
}

enum unit number_unit(const char *word)
{
    const struct unit_word *u = word[0] == '\0' ? NULL
                                                : bsearch(word, unit_words, sizeof(unit_words) / sizeof(unit_words[0]),
                                                          sizeof(unit_words[0]), compare_unit);
    return u ? u->unit : UNIT_NONE;
}

static const char *const months[] = {"january",   "february",  "march",   "april",    "may",      "june",   "july",
                                     "august",    "september", "october", "november", "december", "jan",    "feb",
                                     "mar",       "apr",       "jun",     "jul",      "aug",      "sep",    "sept",
                                     "oct",       "nov",       "dec",     "spring",   "summer",   "autumn", "winter",
                                     "christmas", "easter",    NULL};

/* "may" and "march" are months with a capital only. */
bool number_month(const struct text *t, size_t at)
{
    const char *word = quantity_word(t, at);
    bool doubtful = strcmp(word, "may") == 0 || strcmp(word, "march") == 0 || strcmp(word, "mar") == 0;
    return quantity_among(word, months) && (!doubtful || t->tokens[at].capital);
}
