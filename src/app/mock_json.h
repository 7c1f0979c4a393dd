#ifndef PMPREP_APP_MOCK_JSON_H
#define PMPREP_APP_MOCK_JSON_H

#include "mock_parts.h"

#include "pmprep/base/json.h"
#include "pmprep/base/jsonread.h"

/* What mock_json.c and mock_json_state.c share. */

bool mock_damaged(struct err *err);
void mock_put_str(struct json *j, const char *key, const char *text); /* nothing for "" */
void mock_put_int(struct json *j, const char *key, int64_t number);
void mock_put_strings(struct json *j, const char *key, const struct strings *list); /* nothing for none */
struct strings mock_get_strings(const struct json_value *object, const char *key, struct arena *a);

#endif
