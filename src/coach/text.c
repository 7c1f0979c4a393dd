#include "pmprep/coach/text.h"

#include "coach/chars.h"
#include "coach/quotes.h"
#include "pmprep/base/utf8.h"

#include <string.h>

/* Cuts a text into tokens and sentences, passing over Markdown. */

enum { LOWER_MAX = 63, SHORT_LINE = 50 };

struct cutter {
    struct text *t;
    struct arena *a;
    size_t at;
    size_t token_room, sentence_room;
    uint32_t paragraph;
    bool line_start;   /* only blanks since the line began */
    bool fenced;       /* inside ``` */
    bool quoted_line;  /* the line began with ">" */
    bool item;         /* the sentence is of a list item or a heading */
    size_t line_begin; /* offset of the line */
    char *lower;       /* where the next word goes: every word has its letters and a NUL */
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static char byte_at(const struct cutter *c, size_t at)
{
    return at < c->t->source.len ? c->t->source.data[at] : '\0';
}

static uint32_t char_at(const struct cutter *c, size_t at, size_t *size)
{
    uint32_t cp = 0;
    *size = at < c->t->source.len ? utf8_decode(c->t->source.data + at, c->t->source.len - at, &cp) : 0;
    return cp;
}

static void open_sentence(struct cutter *c)
{
    struct text *t = c->t;
    void *list = t->sentences;
    arena_grow(c->a, &list, &c->sentence_room, t->sentence_count + 1, sizeof(*t->sentences));
    t->sentences = list;
    uint32_t first = (uint32_t)t->token_count;
    t->sentences[t->sentence_count++] =
        (struct sentence){.first = first, .end = first, .paragraph = c->paragraph, .item = c->item};
}

/* Ends the sentence that is open, unless nothing was said in it: its marks then go to the next. */
static void end_sentence(struct cutter *c)
{
    struct text *t = c->t;
    if (t->sentence_count > 0 && t->sentences[t->sentence_count - 1].words > 0 &&
        t->sentences[t->sentence_count - 1].end == t->token_count) {
        open_sentence(c);
    }
}

static struct token *add_token(struct cutter *c, enum token_kind kind, size_t start, size_t end)
{
    struct text *t = c->t;
    if (t->sentence_count == 0) {
        open_sentence(c);
    }
    struct sentence *s = &t->sentences[t->sentence_count - 1];
    if (s->words == 0) {
        s->paragraph = c->paragraph;
        s->item = c->item;
    }
    void *list = t->tokens;
    arena_grow(c->a, &list, &c->token_room, t->token_count + 1, sizeof(*t->tokens));
    t->tokens = list;
    struct token *token = &t->tokens[t->token_count++];
    *token = (struct token){.start = (uint32_t)start,
                            .end = (uint32_t)end,
                            .lower = "",
                            .kind = (uint8_t)kind,
                            .quoted = c->quoted_line,
                            .word = (uint32_t)t->word_count,
                            .sentence = (uint32_t)t->sentence_count - 1};
    if (kind != TOKEN_MARK) {
        t->word_count++;
        s->words++;
    }
    s->end = (uint32_t)t->token_count;
    return token;
}

/* Lower case of ASCII; other letters stay, the word lists hold none. */
static void lower_copy(struct cutter *c, struct sv word, struct token *token)
{
    char *out = c->lower;
    size_t n = 0;
    for (size_t i = 0; i < word.len && n < LOWER_MAX; i++) {
        unsigned char b = (unsigned char)word.data[i];
        if (b == 0xe2 && i + 2 < word.len && (unsigned char)word.data[i + 1] == 0x80) { /* curly or hard marks */
            out[n++] = (unsigned char)word.data[i + 2] == 0x99 ? '\'' : '-';
            i += 2;
        } else {
            out[n++] = (char)(b >= 'A' && b <= 'Z' ? b - 'A' + 'a' : b);
        }
    }
    out[n] = '\0';
    c->lower += n + 1;
    token->lower = out;
    token->length = (uint8_t)n;
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static void note_capitals(struct token *token, struct sv word)
{
    size_t upper = 0;
    size_t lower = 0;
    for (size_t i = 0; i < word.len; i++) {
        upper += is_upper(word.data[i]);
        lower += word.data[i] >= 'a' && word.data[i] <= 'z';
    }
    token->capital = word.len > 0 && is_upper(word.data[0]);
    token->capitals = upper >= 2 && lower <= (word.data[word.len - 1] == 's');
}

static bool joins_word(uint32_t cp)
{
    return char_is_apostrophe(cp) || cp == '-' || cp == '_' || cp == '&' || cp == 0x2010 || cp == 0x2011;
}

static size_t word_end(const struct cutter *c, size_t at)
{
    for (;;) {
        size_t size;
        size_t next;
        while (is_letter(byte_at(c, at))) {
            at++;
        }
        if (byte_at(c, at) == ' ') {
            return at;
        }
        uint32_t cp = char_at(c, at, &size);
        if (size > 0 && char_is_word(cp)) {
            at += size;
        } else if (size > 0 && joins_word(cp) && char_is_word(char_at(c, at + size, &next)) && next > 0) {
            at += size;
        } else {
            return at;
        }
    }
}

/* Digits with inner points, commas and colons, then a sign or letters that touch: "1,200.5%", "10:30", "4k", "200ms",
 * "10-minute". */
static size_t number_end(const struct cutter *c, size_t at)
{
    while (is_digit(byte_at(c, at)) || ((byte_at(c, at) == '.' || byte_at(c, at) == ',' || byte_at(c, at) == ':') &&
                                        is_digit(byte_at(c, at + 1)))) {
        at++;
    }
    if (byte_at(c, at) == '%') {
        return at + 1;
    }
    size_t size;
    bool letters = char_is_word(char_at(c, at, &size)) && size > 0;
    bool compound = byte_at(c, at) == '-' && is_letter(byte_at(c, at + 1));
    return letters || compound ? word_end(c, at) : at;
}

/* Bytes of a currency sign before a digit, else 0. */
static size_t currency(const struct cutter *c, size_t at)
{
    size_t size;
    uint32_t cp = char_at(c, at, &size);
    bool sign = cp == '$' || cp == 0x20ac || cp == 0xa3 || cp == 0xa5 || cp == 0x20b9;
    return sign && is_digit(byte_at(c, at + size)) ? size : 0;
}

static bool is_abbreviation(const struct token *t)
{
    static const char *const known[] = {"mr", "mrs", "ms", "dr", "vs", "no", "approx", "ca", "etc", "st", "inc"};
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        if (strcmp(t->lower, known[i]) == 0) {
            return t->capital || strcmp(t->lower, "ms") != 0; /* milliseconds */
        }
    }
    return t->length == 1 && t->capital;
}

/* A full stop ends the sentence unless it belongs to a short form; what follows a closing quotation mark counts too. */
static bool stops(const struct cutter *c, uint32_t cp, size_t after)
{
    const struct text *t = c->t;
    const struct token *before = t->token_count > 1 ? &t->tokens[t->token_count - 2] : NULL;
    while (byte_at(c, after) == '"' || byte_at(c, after) == ')' || byte_at(c, after) == '*' ||
           (after + 2 < t->source.len && memcmp(t->source.data + after, "\xe2\x80\x9d", 3) == 0)) {
        after += byte_at(c, after) == '\xe2' ? 3 : 1;
    }
    char next = byte_at(c, after);
    if (next != '\0' && !is_blank(next) && next != '\n') {
        return false;
    }
    if (cp != '.' || !before || before->end != t->tokens[t->token_count - 1].start) {
        return true;
    }
    while (is_blank(byte_at(c, after))) {
        after++;
    }
    bool small = byte_at(c, after) >= 'a' && byte_at(c, after) <= 'z';
    if (small && before->kind == TOKEN_WORD && before->length == 1) {
        return false; /* "3 p.m. on", "e.g. one" */
    }
    return !(before->kind == TOKEN_WORD && is_abbreviation(before)) || (!small && strcmp(before->lower, "etc") == 0) ||
           (!small && strcmp(before->lower, "no") == 0);
}

/* The offset after a list mark ("-", "*", "•", "1.", "2)") and its blank, else at. */
static size_t after_list_mark(const struct cutter *c, size_t at)
{
    size_t end = at;
    char first = byte_at(c, at);
    if (first == '-' || first == '*' || first == '+') {
        end = at + 1;
    } else if (at + 2 < c->t->source.len && memcmp(c->t->source.data + at, "\xe2\x80\xa2", 3) == 0) {
        end = at + 3;
    } else if (is_digit(first)) {
        end += is_digit(byte_at(c, at + 1)) ? 2 : 1;
        end = byte_at(c, end) == '.' || byte_at(c, end) == ')' ? end + 1 : at;
    }
    return end > at && is_blank(byte_at(c, end)) ? end + 1 : at;
}

/* Marks that begin a line: fences, quotations, headings, lists. */
static void begin_line(struct cutter *c)
{
    while (is_blank(byte_at(c, c->at))) {
        c->at++;
    }
    c->line_start = false;
    c->quoted_line = false;
    if (byte_at(c, c->at) == '>') {
        c->quoted_line = true;
        c->at++;
    }
    size_t after = after_list_mark(c, c->at);
    bool heading = byte_at(c, c->at) == '#';
    if (after > c->at || heading) {
        end_sentence(c);
        c->item = true;
        c->at = after;
        while (byte_at(c, c->at) == '#') {
            c->at++;
        }
    }
}

/* A newline: the paragraph ends at an empty line, the sentence also after a heading, an item or a short line. */
static void end_line(struct cutter *c)
{
    size_t length = c->at - c->line_begin;
    bool empty = true;
    for (size_t i = c->line_begin; i < c->at && empty; i++) {
        empty = is_blank(byte_at(c, i));
    }
    size_t next = c->at + 1;
    while (is_blank(byte_at(c, next))) {
        next++;
    }
    bool followed = is_upper(byte_at(c, next));
    if (empty || byte_at(c, next) == '\n' || (length < SHORT_LINE && followed)) {
        end_sentence(c);
        c->paragraph += !empty && byte_at(c, next) == '\n';
        c->item = false;
    }
    c->at++;
    c->line_begin = c->at;
    c->line_start = true;
}

static bool starts_with(const struct cutter *c, const char *s)
{
    size_t n = strlen(s);
    return c->at + n <= c->t->source.len && memcmp(c->t->source.data + c->at, s, n) == 0;
}

/* Addresses are no words. */
static bool skip_address(struct cutter *c)
{
    if (!starts_with(c, "http://") && !starts_with(c, "https://") && !starts_with(c, "](")) {
        return false;
    }
    while (c->at < c->t->source.len && !is_blank(byte_at(c, c->at)) && byte_at(c, c->at) != '\n') {
        c->at++;
        if (byte_at(c, c->at - 1) == ')') {
            break;
        }
    }
    return true;
}

static void cut_word(struct cutter *c, size_t start, size_t end, enum token_kind kind)
{
    struct token *token = add_token(c, kind, start, end);
    struct sv word = sv_sub(c->t->source, start, end - start);
    lower_copy(c, word, token);
    note_capitals(token, word);
    c->at = end;
}

static void cut_mark(struct cutter *c, uint32_t cp, size_t size)
{
    static const char marks[] = "*_`#|~";
    size_t start = c->at;
    c->at += size;
    if (cp < 0x80 && strchr(marks, (int)cp)) {
        return; /* Markdown's emphasis and tables */
    }
    add_token(c, TOKEN_MARK, start, c->at);
    if (cp == '.' || cp == '!' || cp == '?' || cp == 0x2026) {
        c->t->sentences[c->t->sentence_count - 1].question |= cp == '?';
        if (stops(c, cp, c->at)) {
            end_sentence(c);
        }
    }
}

static void cut_one(struct cutter *c)
{
    char first = byte_at(c, c->at);
    if (first == ' ') {
        c->at++;
        return;
    }
    if (is_letter(first) && first != 'h') { /* the commonest, and no address */
        cut_word(c, c->at, word_end(c, c->at), TOKEN_WORD);
        return;
    }
    size_t size;
    uint32_t cp = char_at(c, c->at, &size);
    size_t sign = currency(c, c->at);
    if (cp <= ' ' || cp == 0xa0 || (cp == UTF8_REPLACEMENT && size == 1)) {
        c->at += size;
    } else if (skip_address(c)) {
        return;
    } else if (sign > 0 || is_digit(byte_at(c, c->at))) {
        cut_word(c, c->at, number_end(c, c->at + sign), TOKEN_NUMBER);
    } else if (char_is_word(cp)) {
        cut_word(c, c->at, word_end(c, c->at), TOKEN_WORD);
    } else {
        cut_mark(c, cp, size);
    }
}

static void skip_line(struct cutter *c)
{
    while (c->at < c->t->source.len && byte_at(c, c->at) != '\n') {
        c->at++;
    }
}

static void cut(struct cutter *c)
{
    while (c->at < c->t->source.len) {
        if (c->line_start) {
            begin_line(c);
            if (starts_with(c, "```")) {
                c->fenced = !c->fenced;
                skip_line(c);
            }
        }
        if (c->fenced) {
            skip_line(c);
        }
        if (byte_at(c, c->at) == '\n') {
            end_line(c);
        } else if (c->at < c->t->source.len) {
            cut_one(c);
        }
    }
}

/* The commonest words by their first letter. */
static bool is_common(const struct token *t)
{
    static const char *const common['z' - 'a' + 1][12] = {
        ['a' - 'a'] = {"a", "about", "after", "all", "an", "and", "as", "at"},
        ['b' - 'a'] = {"be", "because", "but", "by"},
        ['f' - 'a'] = {"for", "from"},
        ['h' - 'a'] = {"had", "has", "have", "he", "her"},
        ['i' - 'a'] = {"i", "if", "in", "is", "it"},
        ['m' - 'a'] = {"my"},
        ['n' - 'a'] = {"no", "not"},
        ['o' - 'a'] = {"of", "on", "one", "or", "our", "out"},
        ['s' - 'a'] = {"she", "so"},
        ['t' - 'a'] = {"than", "that", "the", "their", "them", "then", "there", "they", "this", "to"},
        ['w' - 'a'] = {"was", "we", "were", "what", "when", "which", "who", "with", "would"},
        ['y' - 'a'] = {"you"},
    };
    enum { LONGEST = sizeof("because") - 1 };
    if (t->length > LONGEST || t->lower[0] < 'a' || t->lower[0] > 'z') {
        return false;
    }
    const char *const *list = common[t->lower[0] - 'a'];
    while (*list && ((*list)[1] != t->lower[1] || strcmp(*list, t->lower) != 0)) {
        list++;
    }
    return *list != NULL;
}

/* English is told by its commonest words: a fifth of a text of any subject. Eight words are too few to tell. */
static bool is_english(const struct text *t)
{
    size_t known = 0;
    size_t letters = 0;
    for (size_t i = 0; i < t->token_count; i++) {
        if (t->tokens[i].kind == TOKEN_WORD) {
            letters++;
            known += is_common(&t->tokens[i]);
        }
    }
    return letters < 12 || known * 6 >= letters;
}

void text_parse(struct text *t, struct sv source, struct arena *a)
{
    *t = (struct text){.source = source};
    struct cutter c = {.t = t, .a = a, .line_start = true, .lower = arena_array(a, 2, source.len + 1)};
    cut(&c);
    if (t->sentence_count > 0 && t->sentences[t->sentence_count - 1].words == 0) {
        t->sentence_count--; /* closing marks alone: they belong to the sentence before */
        if (t->sentence_count > 0) {
            t->sentences[t->sentence_count - 1].end = (uint32_t)t->token_count;
        }
    }
    for (size_t i = 0; i < t->token_count; i++) {
        if (t->tokens[i].sentence >= t->sentence_count && t->sentence_count > 0) {
            t->tokens[i].sentence = (uint32_t)t->sentence_count - 1;
        }
    }
    if (t->sentence_count == 0) {
        t->token_count = 0; /* marks alone say nothing */
    }
    quotes_mark(t);
    t->english = is_english(t);
}
