#include "term.h"

#include "pmprep/base/mem.h"
#include "pmprep/base/utf8.h"
#include "rescue.h"
#include "seq.h"

#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <errno.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

enum {
    ESCAPE_MS = 25,        /* a lone Esc is told from a sequence after this */
    PASTE_WAIT_MS = 1000,  /* a paste whose end mark does not come ends after this */
    PASTE_CHUNK = 1 << 20, /* a longer paste comes as several keys */
    CSI_MAX = 32,
    BYTE_MAX = 0xFF, /* what wgetch answers above this is a key code of curses */
};

static const char paste_on[] = "\033[?2004h", paste_off[] = "\033[?2004l";
static const char mouse_on[] = "\033[?1000h\033[?1006h", mouse_off[] = "\033[?1006l\033[?1000l";

/* A role as curses wants it; made when first used. */
struct pen {
    bool ready;
    attr_t attr;
    short pair;
};

struct term {
    SCREEN *screen;
    WINDOW *keys; /* a pad, so that reading never refreshes */
    enum theme theme;
    bool colours; /* start_color was called */
    bool plain;   /* no colours here, or NO_COLOR: always THEME_MONO */
    bool mouse;
    struct pen pens[ROLE_COUNT];
    int rows, cols;
    struct canvas shown; /* the last frame: curses is told only of what differs */
    bool cursor_visible;
    cchar_t *run; /* room for one row */
    int back;     /* a byte or key read ahead, ERR: none */
    struct seq_utf8 partial;
    struct buf paste;
    bool pasting; /* the last chunk was not the end */
    bool lost;
};

static const char *capability(const char *name)
{
    const char *s = tigetstr(name);
    return s && (intptr_t)s != -1 ? s : ""; /* -1: it is no string capability */
}

static void prepare_rescue(void)
{
    /* the cursor last: going back to the first screen may bring a hidden one along */
    static const char *const names[] = {"rmkx", "sgr0", "op", "rmcup", "cnorm"};
    rescue_add(paste_off);
    rescue_add(mouse_off);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        rescue_add(capability(names[i]));
    }
}

static bool has_value(const char *name)
{
    const char *value = getenv(name);
    return value && value[0] != '\0';
}

static void write_all(const char *s)
{
    for (size_t len = strlen(s); len > 0;) {
        ssize_t sent = write(STDOUT_FILENO, s, len);
        if (sent < 0 && errno != EINTR) {
            return; /* a terminal that is gone is noticed when reading */
        }
        s += sent > 0 ? sent : 0;
        len -= sent > 0 ? (size_t)sent : 0;
    }
}

/* Past curses, which does not know these: they are independent of all that it sends. */
static void set_modes(const struct term *t, bool on)
{
    write_all(on ? paste_on : paste_off);
    if (t->mouse) {
        write_all(on ? mouse_on : mouse_off);
    }
}

static bool is_plain(const struct look *l)
{
    return l->fg < 0 && l->bg < 0 && !l->bold && !l->dim && !l->underline && !l->italic && !l->reverse;
}

/* Both sides begin blank, where that is how blanks in ROLE_TEXT look; else every cell differs. */
static void forget_shown(struct term *t)
{
    werase(stdscr);
    canvas_resize(&t->shown, t->rows, t->cols);
    if (is_plain(theme_look(t->theme, ROLE_TEXT))) {
        return;
    }
    size_t count = (size_t)t->rows * (size_t)t->cols;
    for (size_t i = 0; i < count; i++) {
        t->shown.cells[i].role = ROLE_COUNT;
    }
}

static void take_size(struct term *t)
{
    struct winsize size;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0 &&
        (size.ws_row != LINES || size.ws_col != COLS)) {
        resizeterm(size.ws_row, size.ws_col);
    }
    t->rows = getmaxy(stdscr);
    t->cols = getmaxx(stdscr);
    t->run = mem_realloc_array(t->run, (size_t)t->cols + 1, sizeof(*t->run));
    forget_shown(t);
}

static bool refuse(struct err *err)
{
    const char *name = getenv("TERM");
    return err_set(err, ERR_IO, "the terminal type \"%s\" cannot show screens; set TERM, or use --plain",
                   name ? name : "");
}

static void set_up(struct term *t)
{
    raw();
    noecho();
    nonl();
    set_escdelay(ESCAPE_MS);
    typeahead(-1);
    t->keys = newpad(1, 1);
    keypad(t->keys, TRUE);
    nodelay(t->keys, TRUE);
    define_key(NULL, KEY_MOUSE); /* seq takes the mouse apart; curses would wait for a double click */
    t->plain = has_value("NO_COLOR") || !has_colors();
    set_modes(t, true);
}

bool term_open(enum theme theme, bool mouse, struct term **out, struct err *err)
{
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO) || !rescue_begin()) {
        return err_set(err, ERR_IO, "screens need a terminal on standard input and output; use --plain");
    }
    SCREEN *screen = newterm(NULL, stdout, stdin);
    if (!screen) {
        return refuse(err);
    }
    if (capability("cup")[0] == '\0') {
        endwin();
        delscreen(screen);
        return refuse(err);
    }
    prepare_rescue();
    rescue_arm(true); /* before anything can fail: curses has changed the terminal already */
    struct term *t = mem_calloc(1, sizeof(*t));
    t->screen = screen;
    t->mouse = mouse;
    t->cursor_visible = true;
    t->back = ERR;
    set_up(t);
    take_size(t);
    term_set_theme(t, theme);
    *out = t;
    return true;
}

void term_close(struct term *t)
{
    term_leave(t);
    delwin(t->keys);
    delscreen(t->screen);
    canvas_release(&t->shown);
    buf_release(&t->paste);
    free(t->run);
    free(t);
}

void term_leave(struct term *t)
{
    if (!rescue_armed()) {
        return;
    }
    set_modes(t, false);
    endwin();
    write_all(capability("cnorm")); /* some terminals restore a hidden cursor with the screen they come back to */
    rescue_arm(false);
}

void term_return(struct term *t)
{
    reset_prog_mode();
    rescue_arm(true);
    set_modes(t, true);
    take_size(t);
    term_repaint(t);
}

int term_fd(const struct term *t)
{
    (void)t;
    return STDIN_FILENO;
}

void term_size(const struct term *t, int *rows, int *cols)
{
    *rows = t->rows;
    *cols = t->cols;
}

void term_resized(struct term *t)
{
    take_size(t);
}

void term_repaint(struct term *t)
{
    forget_shown(t);
    clearok(curscr, TRUE);
}

void term_set_theme(struct term *t, enum theme theme)
{
    t->theme = t->plain ? THEME_MONO : theme;
    for (int i = 0; i < ROLE_COUNT; i++) {
        t->pens[i].ready = false;
    }
    forget_shown(t);
}

/* ---- showing */

/* A terminal with 8 colours has the bright ones as bold, greys it has not. */
static short usable(const struct term *t, short colour)
{
    if (t->theme == THEME_MONO || colour < 0) {
        return -1;
    }
    return (short)(colour < COLORS ? colour : colour < 16 ? colour % 8 : -1);
}

static void make_pen(struct term *t, enum role role)
{
    const struct look *look = theme_look(t->theme, role);
    struct pen *pen = &t->pens[role];
    if (t->theme != THEME_MONO && !t->colours) {
        start_color();
        use_default_colors();
        t->colours = true;
    }
    short fg = usable(t, look->fg), bg = usable(t, look->bg);
    *pen = (struct pen){.ready = true, .attr = A_NORMAL};
    if (fg >= 0 || bg >= 0) {
        pen->pair = (short)(1 + (int)role);
        init_pair(pen->pair, fg, bg);
    }
    pen->attr |= look->bold ? A_BOLD : 0;
    pen->attr |= look->underline ? A_UNDERLINE : 0;
    pen->attr |= look->italic ? A_ITALIC : 0;
    pen->attr |= look->dim && fg < 0 ? A_DIM : 0;
    pen->attr |= look->reverse && bg < 0 ? A_REVERSE : 0;
}

/* One cell as curses wants it. A character whose width the C library sees differently would shift the row: it is shown
 * as "?". */
static int put_cell(struct term *t, const struct cell *cell, cchar_t *out)
{
    enum { MARKS = sizeof(cell->cp) / sizeof(cell->cp[0]) };
    wchar_t text[MARKS + 1] = {(wchar_t)cell->cp[0]};
    struct pen *pen = &t->pens[cell->role];
    if (!pen->ready) {
        make_pen(t, (enum role)cell->role);
    }
    bool ascii = cell->cp[0] < 0x7F; /* most are, and the C library takes its time */
    bool known = (ascii ? 1 : wcwidth(text[0])) == cell->width;
    size_t len = 1;
    for (size_t i = 1; known && i < MARKS && cell->cp[i] != 0; i++) {
        if (wcwidth((wchar_t)cell->cp[i]) == 0) {
            text[len++] = (wchar_t)cell->cp[i];
        }
    }
    text[0] = known ? text[0] : L'?';
    setcchar(out, text, pen->attr, pen->pair, NULL);
    if (known || cell->width < 2) {
        return 1;
    }
    setcchar(out + 1, L" ", pen->attr, pen->pair, NULL);
    return 2;
}

static bool same(const struct cell *a, const struct cell *b)
{
    return memcmp(a, b, sizeof(*a)) == 0;
}

/* Whole characters only, in the old frame and the new one. */
static void show_row(struct term *t, const struct cell *new, struct cell *old, int row)
{
    int first = 0, last = t->cols - 1;
    while (first <= last && same(&new[first], &old[first])) {
        first++;
    }
    if (first > last) {
        return;
    }
    while (same(&new[last], &old[last])) {
        last--;
    }
    while (first > 0 && (new[first].width == 0 || old[first].width == 0)) {
        first--;
    }
    while (last + 1 < t->cols && (new[last + 1].width == 0 || old[last + 1].width == 0)) {
        last++;
    }
    int count = 0;
    for (int col = first; col <= last; col++) {
        if (new[col].width > 0) {
            count += put_cell(t, &new[col], &t->run[count]);
        }
    }
    mvwadd_wchnstr(stdscr, row, first, t->run, count);
    memcpy(&old[first], &new[first], (size_t)(last - first + 1) * sizeof(*new));
}

void term_show(struct term *t, const struct canvas *c)
{
    for (int row = 0; row < t->rows && row < c->rows && c->cols == t->cols; row++) {
        size_t at = (size_t)row * (size_t)t->cols;
        show_row(t, &c->cells[at], &t->shown.cells[at], row);
    }
    bool visible = c->cursor_row >= 0;
    if (visible != t->cursor_visible) {
        curs_set(visible);
        t->cursor_visible = visible;
    }
    if (visible) {
        wmove(stdscr, c->cursor_row, c->cursor_col);
    }
    wnoutrefresh(stdscr);
    doupdate();
}

/* ---- reading */

static int next_byte(struct term *t)
{
    int ch = t->back;
    t->back = ERR;
    return ch != ERR ? ch : wgetch(t->keys);
}

/* A signal does not end the wait, it only makes it longer. */
static bool wait_input(int ms)
{
    struct pollfd fd = {.fd = STDIN_FILENO, .events = POLLIN};
    int ready;
    do {
        ready = poll(&fd, 1, ms);
    } while (ready < 0 && errno == EINTR);
    return ready > 0;
}

static int next_byte_soon(struct term *t)
{
    int ch = next_byte(t);
    return ch == ERR && wait_input(ESCAPE_MS) ? next_byte(t) : ch;
}

static const struct {
    int code;
    enum key_code key;
    unsigned mods;
} codes[] = {
    {KEY_UP, KEY_UP_, 0},
    {KEY_DOWN, KEY_DOWN_, 0},
    {KEY_LEFT, KEY_LEFT_, 0},
    {KEY_RIGHT, KEY_RIGHT_, 0},
    {KEY_SR, KEY_UP_, KEY_SHIFT},
    {KEY_SF, KEY_DOWN_, KEY_SHIFT},
    {KEY_SLEFT, KEY_LEFT_, KEY_SHIFT},
    {KEY_SRIGHT, KEY_RIGHT_, KEY_SHIFT},
    {KEY_HOME, KEY_HOME_, 0},
    {KEY_END, KEY_END_, 0},
    {KEY_LL, KEY_END_, 0},
    {KEY_SHOME, KEY_HOME_, KEY_SHIFT},
    {KEY_SEND, KEY_END_, KEY_SHIFT},
    {KEY_PPAGE, KEY_PGUP, 0},
    {KEY_NPAGE, KEY_PGDN, 0},
    {KEY_DC, KEY_DELETE_, 0},
    {KEY_BACKSPACE, KEY_BACKSPACE_, 0},
    {KEY_ENTER, KEY_ENTER_, 0},
    {KEY_BTAB, KEY_BACKTAB, 0},
};

/* The terminal database's own names for modified keys: "kLFT5" is Ctrl-Left. */
static const struct {
    const char *name;
    enum key_code key;
} extended[] = {
    {"kUP", KEY_UP_},   {"kDN", KEY_DOWN_},   {"kLFT", KEY_LEFT_}, {"kRIT", KEY_RIGHT_}, {"kHOM", KEY_HOME_},
    {"kEND", KEY_END_}, {"kDC", KEY_DELETE_}, {"kPRV", KEY_PGUP},  {"kNXT", KEY_PGDN},
};

static bool from_name(const char *name, struct key *out)
{
    struct sv s = sv_from(name);
    long number;
    if (s.len < 2 || !sv_int(sv_sub(s, s.len - 1, 1), 2, 8, &number)) {
        return false;
    }
    for (size_t i = 0; i < sizeof(extended) / sizeof(extended[0]); i++) {
        if (sv_eqs(sv_sub(s, 0, s.len - 1), extended[i].name)) {
            out->code = extended[i].key;
            out->mods = seq_modifiers((int)number);
            return true;
        }
    }
    return false;
}

static bool from_code(int code, struct key *out)
{
    *out = (struct key){.code = KEY_NONE_};
    if (code >= KEY_F(1) && code <= KEY_F(12)) {
        out->code = (enum key_code)(KEY_F1_ + code - KEY_F(1));
        return true;
    }
    for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
        if (codes[i].code == code) {
            out->code = codes[i].key;
            out->mods = codes[i].mods;
            return true;
        }
    }
    return code > KEY_MAX && from_name(keyname(code), out);
}

static bool may_cut(const struct buf *paste)
{
    unsigned char last = (unsigned char)paste->data[paste->len - 1];
    return paste->len >= PASTE_CHUNK && last < 0x80 && last != '\r' && last != '\033';
}

/* Reads the terminal directly, never past the end mark: what follows is again curses' own. */
static bool read_paste(struct term *t, struct key *out)
{
    buf_clear(&t->paste);
    t->pasting = true;
    while (t->pasting && !t->lost) {
        char bytes[8];
        size_t left = seq_paste_left(buf_sv(&t->paste));
        if (left == 0 || !wait_input(PASTE_WAIT_MS)) {
            t->pasting = false;
            break;
        }
        ssize_t got = read(STDIN_FILENO, bytes, left);
        t->lost = got == 0 || (got < 0 && errno != EINTR && errno != EAGAIN);
        buf_add(&t->paste, bytes, got > 0 ? (size_t)got : 0);
        if (t->paste.len > 0 && may_cut(&t->paste)) {
            break;
        }
    }
    seq_paste_clean(&t->paste);
    *out = (struct key){.code = KEY_PASTE, .text = buf_str(&t->paste), .text_len = t->paste.len};
    return t->paste.len > 0;
}

/* After ESC [. Sequences that are no key of ours are dropped whole, so that they are never typed into a text. */
static bool read_csi(struct term *t, struct key *out)
{
    char body[CSI_MAX];
    size_t len = 0;
    int ch = next_byte_soon(t);
    if (ch == ERR) {
        *out = (struct key){.code = KEY_CHAR, .cp = '[', .mods = KEY_ALT};
        return true;
    }
    while (ch >= ' ' && ch < 0x7F && len < sizeof(body)) {
        body[len++] = (char)ch;
        if (ch >= '@') {
            bool known = seq_csi(body, len, out);
            return known && out->code == KEY_PASTE ? read_paste(t, out) : known;
        }
        ch = next_byte_soon(t);
    }
    t->back = ch;
    return false;
}

static bool read_ss3(struct term *t, struct key *out)
{
    int ch = next_byte(t);
    if (ch > 0 && ch < 0x7F && seq_ss3((char)ch, out)) {
        return true;
    }
    t->back = ch;
    *out = (struct key){.code = KEY_CHAR, .cp = 'O', .mods = KEY_ALT};
    return true;
}

/* After ESC: what follows at once belongs to it. */
static bool read_escape(struct term *t, struct key *out)
{
    int ch = next_byte(t);
    if (ch == '[') {
        return read_csi(t, out);
    }
    if (ch == 'O') {
        return read_ss3(t, out);
    }
    if (ch == ERR || ch == '\033') {
        t->back = ch;
        *out = (struct key){.code = KEY_ESC};
        return true;
    }
    if (ch >= 0x80 && ch <= BYTE_MAX) {
        t->back = ch;
        return false;
    }
    if (ch > BYTE_MAX && !from_code(ch, out)) {
        return false;
    }
    if (ch <= BYTE_MAX) {
        seq_byte((unsigned char)ch, out);
    }
    out->mods |= KEY_ALT;
    return true;
}

static bool read_utf8(struct term *t, int ch, struct key *out)
{
    uint32_t cp;
    enum seq_state state = seq_utf8_add(&t->partial, (unsigned char)ch, &cp);
    t->back = state == SEQ_AGAIN ? ch : ERR;
    *out = (struct key){.code = KEY_CHAR, .cp = cp};
    return state != SEQ_MORE;
}

/* Nothing could be read: silence, or the end of the terminal? */
static void look_for_end(struct term *t)
{
    int waiting = 0;
    if (wait_input(0) && (ioctl(STDIN_FILENO, FIONREAD, &waiting) != 0 || waiting == 0)) {
        t->lost = true;
    }
}

bool term_read(struct term *t, struct key *out)
{
    if (t->pasting && !t->lost && read_paste(t, out)) {
        return true;
    }
    for (int ch = next_byte(t); ch != ERR; ch = next_byte(t)) {
        bool whole;
        if (ch > BYTE_MAX) {
            whole = from_code(ch, out);
        } else if (ch >= 0x80 || t->partial.len > 0) {
            whole = read_utf8(t, ch, out);
        } else if (ch == '\033') {
            whole = read_escape(t, out);
        } else {
            seq_byte((unsigned char)ch, out);
            whole = true;
        }
        if (whole) {
            return true;
        }
    }
    look_for_end(t);
    return false;
}

bool term_lost(const struct term *t)
{
    return t->lost;
}
