#ifndef COACH_CHARS_H
#define COACH_CHARS_H

#include <stdbool.h>
#include <stdint.h>

/* What a word is made of; one answer for counting words (words.c) and for cutting texts (text.c). */
bool char_is_word(uint32_t cp); /* letters and digits of any script */
bool char_is_apostrophe(uint32_t cp);

#endif
