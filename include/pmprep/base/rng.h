#ifndef PMPREP_BASE_RNG_H
#define PMPREP_BASE_RNG_H

#include <stddef.h>
#include <stdint.h>

/* xoshiro256** seeded through splitmix64 (Blackman and Vigna, 2018). Same seed, same numbers, on every machine. */
struct rng {
    uint64_t s[4];
};

/* next: all 64 bits. */
void rng_seed(struct rng *r, uint64_t seed);
uint64_t rng_next(struct rng *r);
uint64_t rng_below(struct rng *r, uint64_t n); /* uniform in [0, n), n > 0, without modulo bias */
double rng_unit(struct rng *r);                /* [0, 1) */
void rng_shuffle(struct rng *r, size_t *index, size_t n);

/* Bytes from the system (getrandom, arc4random or /dev/urandom): for ids and for a seed when none is given. */
void rng_system(void *out, size_t len);

/* A UUIDv7 (RFC 9562) in its 36-character form; utc_ms is its timestamp. out holds 37 bytes. */
void uuid7(int64_t utc_ms, char out[37]);

#endif
