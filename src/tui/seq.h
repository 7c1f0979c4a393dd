#ifndef PMPREP_TUI_SEQ_H
#define PMPREP_TUI_SEQ_H

#include "pmprep/tui/key.h"

/*
 * What a terminal sends, taken apart without curses: control sequences that its database does not know, modified keys,
 * the mouse (SGR) and UTF-8 byte by byte. Pure, so that every case is tested without a terminal.
 */

/* The body of a control sequence, the bytes after ESC [, its final byte the last. False: it is no key of ours and is
 * dropped. */
bool seq_csi(const char *body, size_t len, struct key *out);

/* ESC O and this byte: cursor and function keys of application mode. */
bool seq_ss3(char final, struct key *out);

/* xterm's parameter for modifiers, 1 plus the sum of shift 1, alt 2 and control 4, as enum key_mods. */
unsigned seq_modifiers(int param);

/* A byte below 0x80 that is not part of a sequence: printable, or a control character by its name. */
void seq_byte(unsigned char byte, struct key *out);

/* Bytes of a character that is not complete yet. */
struct seq_utf8 {
    char bytes[4];
    size_t len;
};

enum seq_state {
    SEQ_MORE,  /* more bytes are needed */
    SEQ_DONE,  /* *cp is a character, U+FFFD for malformed bytes */
    SEQ_AGAIN, /* what came before was cut off: *cp is U+FFFD and the byte is to be given again */
};
enum seq_state seq_utf8_add(struct seq_utf8 *u, unsigned char byte, uint32_t *cp);

/* Finds the end mark of a bracketed paste in a stream: answers how many more bytes may be read without passing it, 0
 * when it is complete. */
size_t seq_paste_left(struct sv so_far);

/* Takes the end mark off and makes \r\n and \r to \n. */
void seq_paste_clean(struct buf *paste);

#endif
