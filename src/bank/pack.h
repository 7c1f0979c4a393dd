#ifndef BANK_PACK_H
#define BANK_PACK_H

#include "pmprep/bank/model.h"
#include "pmprep/base/arena.h"
#include "pmprep/base/buf.h"

/*
 * Metadata of many items in one run of bytes, so that a list of thousands is a few rows of the cache: the name of their
 * bank, then for each item its revision, traits and counts, its key, title, principles and flaws, every string with its
 * length before and a NUL behind it.
 */

void pack_begin(struct buf *out, const char *bank);
void pack_item(struct buf *out, const struct item *item);

struct unpacking {
    const char *at;
    const char *end;
    const char *bank;
    struct arena *arena; /* of the arrays; strings stay where they are */
    const char **room;   /* what is left of the array that the next lists are put into */
    size_t room_left;
};

/* bytes must outlive what is read out of it. False for bytes that pack_begin() did not write. */
bool unpack_begin(struct unpacking *u, struct sv bytes, struct arena *a);
/* False at the end, and for damaged bytes: u->at is then not u->end. */
bool unpack_next(struct unpacking *u, struct item_meta *m);

/* A list of strings in one text and back; the unit separator stands between them. */
void pack_strings(struct buf *out, const struct strings *list);
struct strings unpack_strings(struct arena *a, struct sv joined);

#endif
