#ifndef PMPREP_BASE_HASH_H
#define PMPREP_BASE_HASH_H

#include "pmprep/base/sv.h"

#include <stdint.h>

/* FNV-1a, 64 bit, for item revisions: stable for ever, not for secrets. Start from HASH_INIT and fold in fields. */
#define HASH_INIT UINT64_C(0xcbf29ce484222325)
uint64_t hash_bytes(uint64_t h, const void *bytes, size_t len);
uint64_t hash_field(uint64_t h, struct sv s); /* length-prefixed, so that ("ab","c") differs from ("a","bc") */

#endif
