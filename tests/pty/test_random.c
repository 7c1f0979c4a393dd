/*
 * A storm of keys, half sequences, pastes, clicks and sizes: the sanitised program never crashes, leaks or freezes, and
 * afterwards a few presses of ^C and q lead out of wherever it got to. PMPREP_EVENTS= sets how many (20,000),
 * PMPREP_SEED= which.
 */

#include "support/unit.h"

#include "support/program.h"
#include "support/storefix.h"

#include "pmprep/base/mem.h"
#include "pmprep/base/rng.h"

#include <signal.h>
#include <sys/wait.h>

enum { PER_HOME = 20000, PER_WAIT = 40, LEAVING_TRIES = 40, PASTE_MAX = 6000, SHOWN_TAIL = 3000 };

struct storm {
    struct program *p;
    struct rng r;
    unsigned long sent, starts;
};

static unsigned long number(const char *name, unsigned long fallback)
{
    const char *text = getenv(name);
    return text && text[0] ? strtoul(text, NULL, 10) : fallback;
}

static size_t below(struct storm *s, size_t n)
{
    return (size_t)rng_below(&s->r, (uint32_t)n);
}

static const char *one_of(struct storm *s, const char *const *list, size_t count)
{
    return list[below(s, count)];
}
#define ONE_OF(s, list) one_of(s, list, sizeof(list) / sizeof((list)[0]))

/* ---- events */

static void named_key(struct storm *s)
{
    static const char *const names[] = {
        "Up",      "Down", "Left",   "Right",   "PgUp",   "PgDn",      "Home", "End",    "Enter", "Tab",
        "Backtab", "Esc",  "F1",     "F2",      "F3",     "F4",        "F5",   "F6",     "F7",    "F8",
        "F9",      "F12",  "^S",     "^L",      "^Z",     "^A",        "^E",   "^K",     "^U",    "^W",
        "^Y",      "^_",   "^N",     "^P",      "^F",     "^B",        "M-b",  "M-f",    "M-d",   "M-r",
        "M-v",     "M-u",  "C-Left", "C-Right", "Delete", "Backspace", "S-Up", "S-Left", "^C",
    };
    vt_key(s->p->vt, ONE_OF(s, names));
}

/* What the screens bind; q leaves, and is rare. */
static void letter(struct storm *s)
{
    static const char letters[] = "abcdefghijklmnoprstuvwxyz0123456789?/ +-.,:;!nNgGqXdjkjkjk";
    char text[2] = {letters[below(s, sizeof(letters) - 1)], '\0'};
    vt_type(s->p->vt, text);
}

static void words(struct storm *s)
{
    static const char *const texts[] = {
        "We cut refunds from 9% to 6%. ",
        "日本語の文 ",
        "e\xcc\x81\xcc\x82\xcc\x83 ",
        "\xf0\x9f\x98\x80\xf0\x9f\x91\xa9 ",
        "\xe2\x80\xae\xe2\x81\xa6override ",
        "a\xe2\x80\x8b\xef\xbb\xbf"
        "b ",
        "principle:ownership due:yes ",
        "\r",
        "2026-12-12",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    };
    vt_type(s->p->vt, ONE_OF(s, texts));
}

/* Sequences no key has, begun ones, bytes that are no UTF-8. */
static void broken(struct storm *s)
{
    static const char *const texts[] = {
        "\x1b[",
        "\x1b[1;5",
        "\x1b[999~",
        "\x1bO",
        "\x1b[?1;2c",
        "\x1b]0;title\x07",
        "\x1b[200~",
        "\x1b[201~",
        "\x1b[<0;5;5M",
        "\x1b[<64;1;1M",
        "\x1b[<0;999;999M",
        "\x1b[M !!",
        "\x1b[I\x1b[O",
        "\xff\xfe",
        "\xc3",
        "\xe2\x82",
        "\xf0\x9f",
        "\xed\xa0\x80",
        "\x80\x9b"
        "2J",
        "\x1b\x1b\x1b",
        "\x1bP1;2q\x1b\\",
        "\x1b[27;5;65~",
        "\x1b[65;5u",
        "\x1b[1;1:3A",
    };
    vt_type(s->p->vt, ONE_OF(s, texts));
}

static void paste(struct storm *s)
{
    char bytes[PASTE_MAX];
    size_t len = below(s, below(s, 8) == 0 ? PASTE_MAX : 60);
    bool text = below(s, 2) == 0;
    for (size_t i = 0; i < len; i++)
        bytes[i] = text ? "lorem ipsum\n\tdolor "[below(s, 19)] : (char)below(s, 256);
    vt_paste(s->p->vt, bytes, len);
}

static void resize(struct storm *s)
{
    bool usual = below(s, 3) > 0;
    int rows = usual ? 18 + (int)below(s, 30) : 1 + (int)below(s, 200);
    int cols = usual ? 60 + (int)below(s, 80) : 1 + (int)below(s, 500);
    vt_resize(s->p->vt, rows, cols);
}

static void mouse(struct storm *s)
{
    if (below(s, 2) == 0)
        vt_click(s->p->vt, (int)below(s, 40), (int)below(s, 120));
    else
        vt_wheel(s->p->vt, below(s, 2) == 0);
}

static const struct {
    void (*send)(struct storm *s);
    unsigned weight;
} events[] = {{named_key, 40}, {letter, 40}, {words, 12}, {broken, 4}, {paste, 3}, {resize, 3}, {mouse, 4}};

static void send_one(struct storm *s)
{
    size_t at = 0, which = below(s, 106);
    while (which >= events[at].weight)
        which -= events[at++].weight;
    events[at].send(s);
    s->sent++;
}

/* ---- the program under it */

static void fail_showing(struct storm *s, const char *what)
{
    const struct buf *out = vt_output(s->p->vt);
    size_t from = out->len > SHOWN_TAIL ? out->len - SHOWN_TAIL : 0;
    int status = 0;
    vt_wait_exit(s->p->vt, &status);
    fprintf(stderr, "%s\nstatus %x\n", buf_str(out) + from, (unsigned)status);
    fail_msg("%s after %lu events, PMPREP_SEED=%lu", what, s->sent, number("PMPREP_SEED", 1));
}

/* Left in peace, or with a sentence about what could not be saved: a story form with a principle nobody knows, say. A
 * ^C that comes while another program has the terminal is a signal. What a sanitiser finds has a status of its own. */
static void check_end(struct storm *s)
{
    int status;
    assert_true(vt_wait_exit(s->p->vt, &status));
    bool told = strstr(buf_str(vt_output(s->p->vt)), "pmprep: ") != NULL;
    bool left = WIFEXITED(status) && (WEXITSTATUS(status) == 0 || (WEXITSTATUS(status) == 1 && told));
    bool interrupted = WIFSIGNALED(status) && (WTERMSIG(status) == SIGINT || WTERMSIG(status) == SIGQUIT);
    if (!left && !interrupted)
        fail_showing(s, "it ended badly");
    /* More is checked at the end: a ^C behind the key that left makes the system drop output that nobody has read. */
    if (!vt_cooked(s->p->vt))
        fail_showing(s, "the terminal was left raw");
}

/* True while it runs. */
static bool keeps_up(struct storm *s)
{
    bool over;
    if (!vt_wait_settled_or_over(s->p->vt, &over))
        fail_showing(s, "it is frozen");
    return !over;
}

static void start(struct storm *s)
{
    static const char *const commands[] = {
        "",       "",     "drill --count 30", "drill --mode outline", "drill --mode speak kind:case", "drill kind:pair",
        "review", "story"};
    static const char *const settings[] = {"EDITOR=true", "EDITOR=false"};
    const char *env[] = {ONE_OF(s, settings), "ASAN_OPTIONS=exitcode=99", NULL};
    program_launch(s->p, ONE_OF(s, commands), env);
    while (!keeps_up(s)) { /* by now every pair may be suspended */
        if (!strstr(buf_str(vt_output(s->p->vt)), "pmprep: no question matches"))
            fail_showing(s, "it did not start");
        program_launch(s->p, ONE_OF(s, commands), env);
    }
    vt_deaf(s->p->vt, true);
    s->starts++;
}

static void leave(struct storm *s)
{
    vt_type(s->p->vt, "\x1b[201~"); /* if a paste is open */
    keeps_up(s);
    vt_deaf(s->p->vt, false);
    vt_resize(s->p->vt, 24, 80);
    vt_key(s->p->vt, "^L");
    for (int i = 0; i < LEAVING_TRIES && keeps_up(s); i++)
        vt_key(s->p->vt, i % 3 == 2 ? "q" : "^C");
    if (keeps_up(s))
        fail_showing(s, "neither ^C nor q leads out");
    check_end(s);
    if (!vt_restored(s->p->vt))
        fail_showing(s, "the terminal was not given back");
}

static void one_home(struct storm *s, unsigned long count)
{
    void *state;
    program_setup_fresh(&state);
    s->p = state;
    program_answers(s->p);
    start(s);
    while (count > 0) {
        for (unsigned long i = 0; i < PER_WAIT && count > 0; i++, count--)
            send_one(s);
        vt_type(s->p->vt, "\x1b[I"); /* no key, but a turn of the loop: an event may have sent nothing */
        if (!keeps_up(s)) {
            check_end(s);
            start(s);
        }
    }
    leave(s);
    struct buf out = BUF_INIT;
    if (program_shell(s->p, "pmprep doctor", &out) != 0)
        fail_msg("the file is not sound: %s", buf_str(&out));
    buf_release(&out);
    program_teardown(&state);
}

static void nothing_shakes_it(void **state)
{
    struct storm s = {0};
    unsigned long count = number("PMPREP_EVENTS", PER_HOME);
    (void)state;
    rng_seed(&s.r, number("PMPREP_SEED", 1));
    for (unsigned long left = count; left > 0; left -= left < PER_HOME ? left : PER_HOME)
        one_home(&s, left < PER_HOME ? left : PER_HOME);
    print_message("%lu events, %lu starts\n", s.sent, s.starts);
}

int main(void)
{
    storefix_use_memory();
    const struct CMUnitTest tests[] = {cmocka_unit_test(nothing_shakes_it)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
