#include "pmprep/bank/taxonomy.h"

enum { NAME_MAX_LEN = 127 }; /* longer words have no near name */

static int lower(char c)
{
    return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

static int min3(int a, int b, int c)
{
    int least = a < b ? a : b;
    return least < c ? least : c;
}

/* Optimal string alignment (Damerau-Levenshtein without repeated edits of one place), three rows at a time. */
static int distance(struct sv a, struct sv b)
{
    int rows[3][NAME_MAX_LEN + 1];
    for (size_t j = 0; j <= b.len; j++) {
        rows[0][j] = (int)j;
    }
    for (size_t i = 1; i <= a.len; i++) {
        int *now = rows[i % 3];
        const int *before = rows[(i + 2) % 3];
        const int *twice = rows[(i + 1) % 3];
        now[0] = (int)i;
        for (size_t j = 1; j <= b.len; j++) {
            int ca = lower(a.data[i - 1]);
            int cb = lower(b.data[j - 1]);
            now[j] = min3(now[j - 1] + 1, before[j] + 1, before[j - 1] + (ca != cb));
            bool swapped = i > 1 && j > 1 && ca == lower(b.data[j - 2]) && cb == lower(a.data[i - 2]);
            if (swapped && twice[j - 2] + 1 < now[j]) {
                now[j] = twice[j - 2] + 1;
            }
        }
    }
    return rows[a.len % 3][b.len];
}

const char *nearest_name(struct sv given, const char *const *names, size_t count)
{
    if (given.len == 0 || given.len > NAME_MAX_LEN) {
        return NULL;
    }
    const char *best = NULL;
    int least = given.len < 3 ? 2 : 1 + (int)(given.len + 2) / 3; /* a third of the letters may differ */
    for (size_t i = 0; i < count; i++) {
        struct sv name = sv_from(names[i]);
        if (name.len > NAME_MAX_LEN || name.len == 0) {
            continue;
        }
        int gap = name.len > given.len ? (int)(name.len - given.len) : (int)(given.len - name.len);
        if (gap >= least) {
            continue;
        }
        int d = distance(given, name);
        if (d < least) {
            least = d;
            best = names[i];
        }
    }
    return best;
}
