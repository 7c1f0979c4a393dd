#ifndef PMPREP_BASE_JSONREAD_H
#define PMPREP_BASE_JSONREAD_H

#include "pmprep/base/arena.h"

#include <stdbool.h>
#include <stdint.h>

/* Reads RFC 8259 JSON into a tree in an arena: what json.h wrote, or another program. Nesting up to 32. */

enum json_type { JSON_NULL, JSON_BOOL, JSON_NUMBER, JSON_STRING, JSON_ARRAY, JSON_OBJECT };

struct json_value {
    enum json_type type;
    bool truth;
    double real;
    int64_t integer;                       /* of a number that is one, within its range; else the nearest */
    const char *text;                      /* of a string; "" otherwise. NUL bytes become U+FFFD */
    const char *key;                       /* in an object; "" otherwise */
    const struct json_value *first, *next; /* what a container holds, in order */
    size_t count;
};

/* False when the text is anything but one JSON value. */
bool json_parse(struct sv text, struct arena *a, const struct json_value **out);

/* The value of a key; NULL when there is none, or no object. Of equal keys the first. */
const struct json_value *json_get(const struct json_value *object, const char *key);
/* The same with an answer for what is absent or of another type. */
int64_t json_get_int(const struct json_value *object, const char *key, int64_t none);
double json_get_real(const struct json_value *object, const char *key, double none);
bool json_get_bool(const struct json_value *object, const char *key);
const char *json_get_str(const struct json_value *object, const char *key); /* "" */
/* The elements of an array; NULL when it is none. */
const struct json_value *json_elements(const struct json_value *object, const char *key);

#endif
