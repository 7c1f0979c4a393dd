#include "pmprep/base/hash.h"

uint64_t hash_bytes(uint64_t h, const void *bytes, size_t len)
{
    const unsigned char *p = bytes;
    for (size_t i = 0; i < len; i++) {
        h = (h ^ p[i]) * UINT64_C(0x100000001b3);
    }
    return h;
}

uint64_t hash_field(uint64_t h, struct sv s)
{
    unsigned char length[8]; /* little-endian on every machine */
    for (unsigned i = 0; i < 8; i++) {
        length[i] = (unsigned char)((uint64_t)s.len >> (8 * i));
    }
    return hash_bytes(hash_bytes(h, length, sizeof(length)), s.data, s.len);
}
