#include "pmprep/coach/words.h"

#include "coach/chars.h"
#include "pmprep/base/utf8.h"

#include <stdbool.h>

static bool is_ascii_word(uint32_t cp)
{
    return (cp >= '0' && cp <= '9') || (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z');
}

bool char_is_apostrophe(uint32_t cp)
{
    return cp == '\'' || cp == 0x2019;
}

/* Beyond ASCII everything counts as a letter but spaces, punctuation and what is drawn as a sign or an emoji. */
bool char_is_word(uint32_t cp)
{
    static const struct {
        uint32_t first, last;
    } signs[] = {
        {0x80, 0xa9},     {0xab, 0xb1},     {0xb4, 0xb4},     {0xb6, 0xb8},     {0xbb, 0xbb},       {0xbf, 0xbf},
        {0xd7, 0xd7},     {0xf7, 0xf7},     {0x1680, 0x1680}, {0x2000, 0x206f}, {0x20a0, 0x20cf},   {0x2190, 0x2bff},
        {0x2e00, 0x2e7f}, {0x3000, 0x3004}, {0x3008, 0x3020}, {0xfe00, 0xfe0f}, {0xfe10, 0xfe6f},   {0xff01, 0xff0f},
        {0xff1a, 0xff20}, {0xff3b, 0xff40}, {0xff5b, 0xff65}, {0xfff0, 0xffff}, {0x1f000, 0x1faff}, {0xe0000, 0xe007f},
    };

    if (cp < 0x80)
        return is_ascii_word(cp);
    for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
        if (cp >= signs[i].first && cp <= signs[i].last)
            return false;
    return true;
}

/* What joins two parts of one word when it has a part on each side. */
static bool is_joiner(uint32_t cp)
{
    return char_is_apostrophe(cp) || cp == '-' || cp == '.' || cp == ',' || cp == 0x2010 || cp == 0x2011 || cp == '_';
}

size_t words_count(struct sv text)
{
    size_t count = 0;
    bool inside = false; /* the character before belongs to a word */
    bool joined = false; /* a joiner stands between a word and here */

    for (size_t at = 0; at < text.len;) {
        uint32_t cp = 0;

        at += utf8_decode(text.data + at, text.len - at, &cp);
        if (char_is_word(cp)) {
            count += !inside && !joined;
            inside = true;
            joined = false;
        } else {
            joined = inside && is_joiner(cp);
            inside = false;
        }
    }
    return count;
}

int64_t words_spoken_ms(size_t words)
{
    return (int64_t)words * 60000 / SPOKEN_WORDS_PER_MINUTE;
}
