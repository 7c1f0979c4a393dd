#include "pmprep/base/rng.h"

#include "pmprep/base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>
#if defined(__linux__)
#include <sys/random.h>
#endif

static uint64_t splitmix64(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

void rng_seed(struct rng *r, uint64_t seed)
{
    for (size_t i = 0; i < 4; i++) {
        r->s[i] = splitmix64(&seed);
    }
}

static uint64_t rotate_left(uint64_t x, unsigned k)
{
    return (x << k) | (x >> (64 - k));
}

uint64_t rng_next(struct rng *r)
{
    uint64_t *s = r->s;
    uint64_t result = rotate_left(s[1] * 5, 7) * 9;
    uint64_t t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate_left(s[3], 45);
    return result;
}

uint64_t rng_below(struct rng *r, uint64_t n)
{
    uint64_t skip = (UINT64_MAX - n + 1) % n; /* 2^64 mod n: the part that would be over-represented */
    uint64_t x;
    do {
        x = rng_next(r);
    } while (x < skip);
    return x % n;
}

double rng_unit(struct rng *r)
{
    return (double)(rng_next(r) >> 11) * 0x1.0p-53;
}

void rng_shuffle(struct rng *r, size_t *index, size_t n)
{
    for (size_t left = n; left > 1; left--) {
        size_t at = (size_t)rng_below(r, left);
        size_t held = index[left - 1];
        index[left - 1] = index[at];
        index[at] = held;
    }
}

#if defined(__APPLE__) || defined(__FreeBSD__) || defined(__OpenBSD__) || defined(__NetBSD__)
void rng_system(void *out, size_t len)
{
    arc4random_buf(out, len);
}
#else
static void read_urandom(unsigned char *out, size_t len)
{
    int fd = open("/dev/urandom", O_RDONLY | O_CLOEXEC);
    while (fd >= 0 && len > 0) {
        ssize_t got = read(fd, out, len);
        if (got <= 0 && errno != EINTR) {
            break;
        }
        if (got > 0) {
            out += got;
            len -= (size_t)got;
        }
    }
    if (len > 0) {
        fatal("the system gives no random numbers: /dev/urandom cannot be read");
    }
    close(fd);
}

void rng_system(void *out, size_t len)
{
    unsigned char *p = out;
#if defined(__linux__)
    while (len > 0) {
        ssize_t got = getrandom(p, len, 0);
        if (got < 0 && errno != EINTR) {
            break; /* a kernel before 3.17, or a sandbox that refuses the call */
        }
        if (got > 0) {
            p += got;
            len -= (size_t)got;
        }
    }
#endif
    if (len > 0) {
        read_urandom(p, len);
    }
}
#endif

void uuid7(int64_t utc_ms, char out[37])
{
    static const char hex[] = "0123456789abcdef";
    unsigned char b[16];
    rng_system(b + 6, sizeof(b) - 6);
    for (unsigned i = 0; i < 6; i++) {
        b[i] = (unsigned char)((uint64_t)utc_ms >> (40 - 8 * i));
    }
    b[6] = (unsigned char)(0x70 | (b[6] & 0x0F)); /* version 7 */
    b[8] = (unsigned char)(0x80 | (b[8] & 0x3F)); /* variant 10 */

    char *p = out;
    for (size_t i = 0; i < sizeof(b); i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10) {
            *p++ = '-';
        }
        *p++ = hex[b[i] >> 4];
        *p++ = hex[b[i] & 15];
    }
    *p = '\0';
}
