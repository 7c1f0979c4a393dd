#include "support/vt.h"

#include "pmprep/base/mem.h"
#include "pmprep/base/utf8.h"
#include "pmprep/tui/key.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <vterm.h>

struct vt {
    VTerm *term;
    VTermScreen *screen;
    int master; /* -1 after a hangup */
    int settle;
    unsigned long settled; /* bytes seen on the settle pipe since something was sent */
    pid_t pid;
    bool exited;
    int status;
    bool cursor_visible, altscreen, mouse;
    bool deaf;
    bool probing; /* output of libvterm is not sent but noted in probe */
    struct buf probe;
    struct buf output;
    struct buf row;
};

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* ---- moving bytes */

static void read_master(struct vt *vt)
{
    char bytes[65536];
    ssize_t got = vt->master < 0 ? 0 : read(vt->master, bytes, sizeof(bytes));
    if (got > 0) {
        buf_add(&vt->output, bytes, (size_t)got);
    }
    if (got > 0 && !vt->deaf) {
        vterm_input_write(vt->term, bytes, (size_t)got);
        vterm_screen_flush_damage(vt->screen);
    }
}

static void read_settle(struct vt *vt)
{
    char bytes[256];
    ssize_t got = read(vt->settle, bytes, sizeof(bytes));
    vt->settled += got > 0 ? (unsigned long)got : 0;
}

/* Waits for something to happen, at most ms. */
static void pump(struct vt *vt, int ms)
{
    struct pollfd fds[] = {{.fd = vt->master, .events = POLLIN}, {.fd = vt->settle, .events = POLLIN}};
    if (poll(fds, 2, ms) <= 0) {
        return;
    }
    if (fds[0].revents & POLLIN) {
        read_master(vt);
    }
    if (fds[1].revents & POLLIN) {
        read_settle(vt);
    }
    if (!((fds[0].revents | fds[1].revents) & POLLIN)) {
        poll(NULL, 0, 1); /* both ends hung up: only the exit is still to come */
    }
}

/* The program may be writing while we are: both are served, so that neither waits for the other. */
void vt_run_for(struct vt *vt, int ms)
{
    int64_t end = now_ms() + ms;
    for (int64_t left = ms; left > 0; left = end - now_ms()) {
        pump(vt, (int)left);
    }
}

static void send_bytes(struct vt *vt, const char *bytes, size_t len)
{
    int64_t deadline = now_ms() + VT_DEADLINE_MS;
    while (len > 0 && vt->master >= 0 && now_ms() < deadline) {
        ssize_t sent = write(vt->master, bytes, len);
        if (sent > 0) {
            bytes += sent;
            len -= (size_t)sent;
        } else if (errno == EAGAIN) {
            pump(vt, 1);
        } else {
            return;
        }
    }
}

static void on_output(const char *bytes, size_t len, void *user)
{
    struct vt *vt = user;
    if (vt->probing) {
        buf_add(&vt->probe, bytes, len);
    } else {
        send_bytes(vt, bytes, len);
    }
}

static int on_property(VTermProp prop, VTermValue *value, void *user)
{
    struct vt *vt = user;
    if (prop == VTERM_PROP_CURSORVISIBLE) {
        vt->cursor_visible = value->boolean;
    } else if (prop == VTERM_PROP_ALTSCREEN) {
        vt->altscreen = value->boolean;
    } else if (prop == VTERM_PROP_MOUSE) {
        vt->mouse = value->number != VTERM_PROP_MOUSE_NONE;
    }
    return 1;
}

static const VTermScreenCallbacks callbacks = {.settermprop = on_property};

/* ---- starting and ending */

static void set_environment(const char *const env[], int settle_fd)
{
    char number[16];
    snprintf(number, sizeof(number), "%d", settle_fd);
    setenv("PMPREP_SETTLE_FD", number, 1);
    setenv("TERM", "xterm-256color", 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    unsetenv("NO_COLOR");
    for (size_t i = 0; env && env[i]; i++) {
        const char *equals = strchr(env[i], '=');
        if (!equals) {
            unsetenv(env[i]);
            continue;
        }
        char *name = mem_strndup(env[i], (size_t)(equals - env[i]));
        setenv(name, equals + 1, 1);
        free(name);
    }
}

/* A test run in the background is given some signals as ignored; a program that a person starts is not. */
static void reset_signals(void)
{
    static const int numbers[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGPIPE, SIGXFSZ};
    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        signal(numbers[i], SIG_DFL);
    }
}

struct vt *vt_start(char *const argv[], const char *const env[], int rows, int cols)
{
    int settle[2];
    if (pipe(settle) != 0) {
        fatal("no pipe for a test");
    }
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};
    struct vt *vt = mem_calloc(1, sizeof(*vt));
    vt->pid = forkpty(&vt->master, NULL, NULL, &size);
    if (vt->pid == 0) {
        close(settle[0]);
        reset_signals();
        set_environment(env, settle[1]);
        execv(argv[0], argv);
        perror(argv[0]);
        _exit(127);
    }
    if (vt->pid < 0) {
        fatal("no pseudo terminal for a test");
    }
    close(settle[1]);
    vt->settle = settle[0];
    fcntl(vt->settle, F_SETFL, O_NONBLOCK);
    fcntl(vt->settle, F_SETFD, FD_CLOEXEC);
    fcntl(vt->master, F_SETFL, O_NONBLOCK);
    fcntl(vt->master, F_SETFD, FD_CLOEXEC);
    vt->cursor_visible = true;
    vt->term = vterm_new(rows, cols);
    vterm_set_utf8(vt->term, 1);
    vterm_output_set_callback(vt->term, on_output, vt);
    vt->screen = vterm_obtain_screen(vt->term);
    vterm_screen_set_callbacks(vt->screen, &callbacks, vt);
    vterm_screen_enable_altscreen(vt->screen, 1);
    vterm_screen_reset(vt->screen, 1);
    return vt;
}

void vt_hangup(struct vt *vt)
{
    if (vt->master >= 0) {
        close(vt->master);
        vt->master = -1;
    }
}

void vt_free(struct vt *vt)
{
    if (!vt) {
        return;
    }
    if (!vt->exited) {
        kill(vt->pid, SIGKILL);
        waitpid(vt->pid, NULL, 0);
    }
    vt_hangup(vt);
    close(vt->settle);
    vterm_free(vt->term);
    buf_release(&vt->probe);
    buf_release(&vt->output);
    buf_release(&vt->row);
    free(vt);
}

/* ---- what a person does */

void vt_type(struct vt *vt, const char *text)
{
    vt->settled = 0;
    read_settle(vt);
    vt->settled = 0;
    send_bytes(vt, text, strlen(text));
}

static const struct {
    enum key_code code;
    VTermKey key;
} keys[] = {
    {KEY_ENTER_, VTERM_KEY_ENTER}, {KEY_TAB, VTERM_KEY_TAB},      {KEY_BACKSPACE_, VTERM_KEY_BACKSPACE},
    {KEY_DELETE_, VTERM_KEY_DEL},  {KEY_UP_, VTERM_KEY_UP},       {KEY_DOWN_, VTERM_KEY_DOWN},
    {KEY_LEFT_, VTERM_KEY_LEFT},   {KEY_RIGHT_, VTERM_KEY_RIGHT}, {KEY_HOME_, VTERM_KEY_HOME},
    {KEY_END_, VTERM_KEY_END},     {KEY_PGUP, VTERM_KEY_PAGEUP},  {KEY_PGDN, VTERM_KEY_PAGEDOWN},
    {KEY_ESC, VTERM_KEY_ESCAPE},
};

static VTermModifier modifiers(unsigned mods)
{
    return (VTermModifier)((mods & KEY_SHIFT ? VTERM_MOD_SHIFT : 0) | (mods & KEY_ALT ? VTERM_MOD_ALT : 0) |
                           (mods & KEY_CTRL ? VTERM_MOD_CTRL : 0));
}

static void send_key(struct vt *vt, const struct key *k)
{
    if (k->code == KEY_CHAR) {
        vterm_keyboard_unichar(vt->term, k->cp, modifiers(k->mods));
    } else if (k->code >= KEY_F1_ && k->code <= KEY_F12_) {
        vterm_keyboard_key(vt->term, (VTermKey)VTERM_KEY_FUNCTION(k->code - KEY_F1_ + 1), modifiers(k->mods));
    } else if (k->code == KEY_BACKTAB) {
        vterm_keyboard_key(vt->term, VTERM_KEY_TAB, VTERM_MOD_SHIFT);
    }
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
        if (keys[i].code == k->code) {
            vterm_keyboard_key(vt->term, keys[i].key, modifiers(k->mods));
        }
    }
}

void vt_key(struct vt *vt, const char *names)
{
    struct sv rest = sv_from(names), name;
    vt_type(vt, "");
    while (sv_split(&rest, ' ', &name)) {
        struct key k;
        char *copy = mem_strndup(name.data, name.len);
        if (!key_parse(copy, &k)) {
            fatal("vt_key: no key is named %s", copy);
        }
        free(copy);
        send_key(vt, &k);
    }
}

void vt_paste(struct vt *vt, const char *text, size_t len)
{
    vt_type(vt, "");
    vterm_keyboard_start_paste(vt->term);
    send_bytes(vt, text, len);
    vterm_keyboard_end_paste(vt->term);
}

static void press(struct vt *vt, int button, int row, int col)
{
    vt_type(vt, "");
    vterm_mouse_move(vt->term, row, col, VTERM_MOD_NONE);
    vterm_mouse_button(vt->term, button, true, VTERM_MOD_NONE);
    vterm_mouse_button(vt->term, button, false, VTERM_MOD_NONE);
}

void vt_click(struct vt *vt, int row, int col)
{
    press(vt, 1, row, col);
}

void vt_wheel(struct vt *vt, bool up)
{
    press(vt, up ? 4 : 5, 0, 0);
}

void vt_resize(struct vt *vt, int rows, int cols)
{
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};
    vt_type(vt, "");
    read_master(vt);
    if (!vt->deaf) {
        vterm_set_size(vt->term, rows, cols > 1 ? cols : 2); /* libvterm fails on a wide character in a single column */
    }
    ioctl(vt->master, TIOCSWINSZ, &size);
}

void vt_deaf(struct vt *vt, bool deaf)
{
    vt->deaf = deaf;
}

void vt_kill(struct vt *vt, int signal_number)
{
    vt_type(vt, "");
    kill(vt->pid, signal_number);
}

/* ---- waiting */

typedef bool condition_fn(struct vt *vt, const void *arg);

static bool wait_for(struct vt *vt, condition_fn *met, const void *arg, const char *what)
{
    enum { STEP_MS = 20 };
    int64_t deadline = now_ms() + VT_DEADLINE_MS;
    while (!met(vt, arg)) {
        if (now_ms() >= deadline) {
            fprintf(stderr, "vt: gave up waiting for %s\n", what);
            vt_dump(vt);
            return false;
        }
        pump(vt, STEP_MS);
    }
    return true;
}

static bool is_shown(struct vt *vt, const void *arg)
{
    return vt_has(vt, arg);
}

static bool is_gone(struct vt *vt, const void *arg)
{
    return !vt_has(vt, arg);
}

bool vt_wait_text(struct vt *vt, const char *text)
{
    return wait_for(vt, is_shown, text, text);
}

bool vt_wait_gone(struct vt *vt, const char *text)
{
    return wait_for(vt, is_gone, text, text);
}

/* Bytes the program has not read yet; the terminal is opened for a moment only, so that its end is still seen. */
static int unread(const struct vt *vt)
{
    int waiting = 0;
    const char *name = ptsname(vt->master);
    int slave = name ? open(name, O_RDWR | O_NOCTTY | O_CLOEXEC) : -1;
    if (slave >= 0) {
        ioctl(slave, FIONREAD, &waiting);
        close(slave);
    }
    return waiting;
}

bool vt_taken(struct vt *vt)
{
    return unread(vt) == 0;
}

/* A byte of the turn before may arrive late: only a program that sleeps has taken in all it was sent. True where this
 * cannot be seen. */
static bool is_asleep(const struct vt *vt)
{
    char path[64], stat[512] = "";
    snprintf(path, sizeof(path), "/proc/%ld/stat", (long)vt->pid);
    FILE *f = fopen(path, "r");
    if (!f) {
        return true;
    }
    size_t got = fread(stat, 1, sizeof(stat) - 1, f);
    fclose(f);
    stat[got] = '\0';
    const char *name_end = strrchr(stat, ')');
    return !name_end || name_end[1] == '\0' || name_end[2] == 'S';
}

static bool is_settled(struct vt *vt, const void *arg)
{
    (void)arg;
    if (vt->settled == 0 || unread(vt) > 0 || !is_asleep(vt)) {
        return false;
    }
    pump(vt, 0); /* the frame was written before the byte */
    return true;
}

bool vt_wait_settled(struct vt *vt)
{
    return wait_for(vt, is_settled, NULL, "the settle byte");
}

static bool is_over(struct vt *vt, const void *arg)
{
    (void)arg;
    vt->exited = vt->exited || waitpid(vt->pid, &vt->status, WNOHANG) == vt->pid;
    return vt->exited;
}

static bool is_settled_or_over(struct vt *vt, const void *arg)
{
    return is_over(vt, arg) || is_settled(vt, arg);
}

bool vt_wait_settled_or_over(struct vt *vt, bool *over)
{
    bool ok = wait_for(vt, is_settled_or_over, NULL, "the settle byte or the end");
    *over = vt->exited;
    return ok;
}

bool vt_wait_exit(struct vt *vt, int *status)
{
    if (!wait_for(vt, is_over, NULL, "the exit")) {
        return false;
    }
    size_t before;
    do {
        before = vt->output.len;
        read_master(vt);
    } while (vt->output.len > before);
    *status = vt->status;
    return true;
}

/* ---- what a person sees */

static int rows_of(const struct vt *vt, int *cols)
{
    int rows;
    vterm_get_size(vt->term, &rows, cols);
    return rows;
}

static VTermScreenCell cell_at(const struct vt *vt, int row, int col)
{
    VTermScreenCell cell = {0};
    vterm_screen_get_cell(vt->screen, (VTermPos){row, col}, &cell);
    return cell;
}

const char *vt_row(struct vt *vt, int row)
{
    int cols;
    rows_of(vt, &cols);
    buf_clear(&vt->row);
    for (int col = 0; col < cols;) {
        VTermScreenCell cell = cell_at(vt, row, col);
        for (size_t i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i] != 0; i++) {
            char text[4];
            buf_add(&vt->row, text, utf8_encode(cell.chars[i], text));
        }
        if (cell.chars[0] == 0) {
            buf_addc(&vt->row, ' ');
        }
        col += cell.width > 1 ? cell.width : 1;
    }
    while (vt->row.len > 0 && vt->row.data[vt->row.len - 1] == ' ') {
        buf_truncate(&vt->row, vt->row.len - 1);
    }
    return buf_str(&vt->row);
}

bool vt_find(struct vt *vt, const char *text, int *row, int *col)
{
    int cols, rows = rows_of(vt, &cols);
    for (int at = 0; at < rows; at++) {
        const char *line = vt_row(vt, at);
        const char *hit = strstr(line, text);
        if (hit) {
            *row = at;
            *col = (int)utf8_columns((struct sv){line, (size_t)(hit - line)});
            return true;
        }
    }
    return false;
}

bool vt_has(struct vt *vt, const char *text)
{
    int row, col;
    return vt_find(vt, text, &row, &col);
}

void vt_cursor(struct vt *vt, int *row, int *col)
{
    VTermPos pos;
    vterm_state_get_cursorpos(vterm_obtain_state(vt->term), &pos);
    *row = pos.row;
    *col = pos.col;
}

static int palette_index(const VTermColor *c)
{
    bool is_default = VTERM_COLOR_IS_DEFAULT_FG(c) || VTERM_COLOR_IS_DEFAULT_BG(c);
    return !is_default && VTERM_COLOR_IS_INDEXED(c) ? c->indexed.idx : -1;
}

struct vt_attr vt_attr(struct vt *vt, int row, int col)
{
    VTermScreenCell cell = cell_at(vt, row, col);
    return (struct vt_attr){
        .bold = cell.attrs.bold,
        .underline = cell.attrs.underline != 0,
        .reverse = cell.attrs.reverse,
        .italic = cell.attrs.italic,
        .fg = palette_index(&cell.fg),
        .bg = palette_index(&cell.bg),
    };
}

bool vt_cursor_visible(const struct vt *vt)
{
    return vt->cursor_visible;
}

bool vt_altscreen(const struct vt *vt)
{
    return vt->altscreen;
}

bool vt_mouse(const struct vt *vt)
{
    return vt->mouse;
}

bool vt_bracketed_paste(struct vt *vt)
{
    buf_clear(&vt->probe);
    vt->probing = true;
    vterm_keyboard_start_paste(vt->term);
    vt->probing = false;
    return vt->probe.len > 0;
}

bool vt_cooked(struct vt *vt)
{
    struct termios mode;
    tcflag_t wanted = ICANON | ECHO | ISIG;
    return tcgetattr(vt->master, &mode) == 0 && (mode.c_lflag & wanted) == wanted && (mode.c_oflag & OPOST);
}

bool vt_restored(struct vt *vt)
{
    bool ok = true;
    const struct {
        bool good;
        const char *what;
    } modes[] = {
        {!vt_altscreen(vt), "the alternate screen is still on"},
        {vt_cursor_visible(vt), "the cursor is hidden"},
        {!vt_bracketed_paste(vt), "bracketed paste is still on"},
        {!vt_mouse(vt), "the mouse is still on"},
        {vt_cooked(vt), "the line discipline is raw"},
    };
    for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++) {
        if (!modes[i].good) {
            fprintf(stderr, "vt: %s\n", modes[i].what);
            ok = false;
        }
    }
    return ok;
}

const struct buf *vt_output(const struct vt *vt)
{
    return &vt->output;
}

pid_t vt_pid(const struct vt *vt)
{
    return vt->pid;
}

void vt_dump(struct vt *vt)
{
    int cols, rows = rows_of(vt, &cols), row, col;
    vt_cursor(vt, &row, &col);
    fprintf(stderr, "vt: %dx%d, cursor %d,%d%s%s\n", cols, rows, row, col, vt->cursor_visible ? "" : " hidden",
            vt->altscreen ? ", alternate screen" : "");
    for (int at = 0; at < rows; at++) {
        fprintf(stderr, "%3d|%s\n", at, vt_row(vt, at));
    }
}
