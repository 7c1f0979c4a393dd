#ifndef PMPREP_CLI_OUT_H
#define PMPREP_CLI_OUT_H

#include "pmprep/base/buf.h"
#include "pmprep/base/sv.h"
#include "pmprep/base/utf8.h"

#include <stdbool.h>

/*
 * Where a command writes. Collected and written in large pieces; a failed write is remembered, what follows is dropped,
 * and cli_main reports it once (a closed pipe silently). Everything but out_raw passes the sanitiser, so nothing unsafe
 * reaches a terminal.
 */
struct out {
    int fd;
    int failure; /* errno of the first failed write, 0 */
    struct buf pending;
};

void out_init(struct out *o, int fd);
void out_release(struct out *o); /* flushes */
bool out_flush(struct out *o);   /* false when a write has failed, now or before */
bool out_failed(const struct out *o);

void out_raw(struct out *o, struct sv s);  /* already safe: JSON, completed lines */
void out_text(struct out *o, struct sv s); /* newline and tab pass */
void out_line(struct out *o, struct sv s); /* a field: newline and tab are shown too */
void out_printf(struct out *o, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Prose of any length, wrapped at width columns with every line indented; paragraphs are kept. */
void out_prose(struct out *o, struct sv s, size_t indent, size_t width);
/* The same behind a lead such as "- " or "3  "; further lines stand below the text. */
void out_item(struct out *o, const char *lead, struct sv s, size_t indent, size_t width);

/* A field of exactly cols columns: cut with an ellipsis, or padded with blanks. cols 0: as long as it is. */
void out_cell(struct out *o, struct sv s, size_t cols);

/* RFC 4180: quoted when needed; sep is ',' or '\n' and comes after the field. */
void out_csv(struct out *o, const char *field, char sep);

#endif
