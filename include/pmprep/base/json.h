#ifndef PMPREP_BASE_JSON_H
#define PMPREP_BASE_JSON_H

#include "pmprep/base/buf.h"
#include "pmprep/base/sv.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * Writes RFC 8259 JSON into a buf: commas and escapes are its business. Nesting up to 32. Malformed UTF-8 becomes
 * U+FFFD; control characters, DEL, C1 and bidi controls are \u escaped, so output is safe on a terminal. indent 0 is
 * one line; 2 is readable.
 */
struct json {
    struct buf *out;
    int indent;
    int depth;
    bool first[32];
    bool after_key;
};

/* Values and containers in the order they are to stand; inside an object json_key goes before each. Unbalanced calls
 * are a bug and end the program. */
void json_init(struct json *j, struct buf *out, int indent);
void json_object(struct json *j);
void json_end_object(struct json *j);
void json_array(struct json *j);
void json_end_array(struct json *j);
void json_key(struct json *j, const char *name);
void json_str(struct json *j, const char *s); /* NULL gives null */
void json_sv(struct json *j, struct sv s);
void json_int(struct json *j, int64_t value);
void json_real(struct json *j, double value); /* shortest form that reads back; not finite gives null */
void json_bool(struct json *j, bool value);
void json_null(struct json *j);

#endif
