/*
 * The stopwatch of `make bench`: one verb a row of the table.
 *   measure seed DB N           a user's file with N answers, scores and reviews
 *   measure bank FILE N         a bank of N questions
 *   measure events FILE         pulls every libyaml event; prints median ms
 *   measure spawn CMD...        runs CMD to its end; prints median ms
 *   measure frame MARK CMD...   CMD on an 80x24 terminal until MARK was drawn; prints median ms
 *   measure echo FILL MARK CMD  the same, types FILL bytes of nonsense, or the file FILL, then single keys
 *                               prints median ms, 95th percentile ms, bytes of a key
 *   measure resident MARK CMD.. the same; prints resident KiB once MARK was drawn
 *   measure found MARK CMD..    the same for a drill that is answered and scored, once the coach showed what it found
 *   measure coach DATA FILE     the rules and words of DATA once, then their reading of FILE; prints median ms
 */
#include "pmprep/bank/library.h"
#include "pmprep/base/arena.h"
#include "pmprep/base/buf.h"
#include "pmprep/base/clock.h"
#include "pmprep/base/fileio.h"
#include "pmprep/base/mem.h"
#include "pmprep/base/rng.h"
#include "pmprep/coach/coach.h"
#include "pmprep/store/attempts.h"
#include "pmprep/store/schedule.h"

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <yaml.h>

#define RUNS 21
#define KEYS 400

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

static double percentile(double *v, size_t n, double p)
{
    qsort(v, n, sizeof(*v), by_value);
    return v[(size_t)((double)(n - 1) * p)];
}

static void must(bool ok, const struct err *err)
{
    if (!ok)
        fatal("measure: %s", err->text);
}

/* ---- made-up history ---- */

static const char *const words[] = {"customers", "orders",  "refund",   "weekly",  "decided", "baseline",
                                    "seller",    "because", "checkout", "percent", "after",   "returned",
                                    "asked",     "priced",  "route",    "trial"};
static const char *const principles[] = {"ownership", "dive-deep", "earn-trust", "frugality", "think-big"};

static void made_up_answer(struct rng *r, struct buf *text)
{
    buf_clear(text);
    for (int i = 0; i < 60; i++) {
        uint64_t n = rng_below(r, 1000);
        buf_addf(text, n < 400 ? "%s" : "%s%u", words[n % 16], (unsigned)n);
        buf_adds(text, i % 12 == 11 ? ". " : " ");
    }
}

static void seed_attempt(struct store *s, struct rng *r, unsigned i, unsigned count, int64_t now, struct buf *text)
{
    struct err err = ERR_INIT;
    char id[UUID_SIZE];
    char item[64];
    int64_t at = now - (int64_t)(count - i) * (INT64_C(180) * 86400000 / count);
    uuid7(at, id);
    snprintf(item, sizeof(item), "behavioural/q%u", i % 500);
    made_up_answer(r, text);
    const char *principle = principles[rng_below(r, 5)];
    struct score level[] = {{"", 1 + (int)rng_below(r, 5)}, {"result", 1 + (int)rng_below(r, 5)}};
    struct score_set set = {.phase = SCORE_BLIND, .at_ms = at, .scores = level, .count = 2};
    struct attempt a = {.id = id,
                        .session = "",
                        .parent = "",
                        .item = item,
                        .item_revision = 1,
                        .kind = KIND_BEHAVIOURAL,
                        .family = FAMILY_GENERAL,
                        .principles = {&principle, 1},
                        .story = "",
                        .prompt = "Tell me about a time.",
                        .text = buf_str(text),
                        .note = "",
                        .started_at = at,
                        .ended_at = at + 300000,
                        .active_ms = 280000,
                        .words = 60,
                        .picked = -1,
                        .guess = "",
                        .score_sets = &set,
                        .score_set_count = 1};
    struct item_snapshot snap = {.item = item,
                                 .revision = 1,
                                 .kind = KIND_BEHAVIOURAL,
                                 .family = FAMILY_GENERAL,
                                 .principles = {&principle, 1},
                                 .prompt = "Tell me about a time."};
    must(attempts_put(s, &a, &snap, &err), &err);
}

static void seed(const char *path, unsigned count)
{
    struct err err = ERR_INIT;
    struct store *s = NULL;
    struct rng r;
    struct buf text = BUF_INIT;
    int64_t now = clock_wall_ms();
    rng_seed(&r, 7);
    must(store_open(&s, path, 0, NULL, &err), &err);
    must(store_begin(s, &err), &err);
    for (unsigned i = 0; i < count; i++)
        seed_attempt(s, &r, i, count, now, &text);
    for (int p = 0; p < 5; p++) {
        char unit[64];
        snprintf(unit, sizeof(unit), "principle/%s", principles[p]);
        int32_t day = clock_practice_day(now, 0);
        struct schedule_row row = {.unit = unit,
                                   .state = CARD_REVIEW,
                                   .stability = 3,
                                   .difficulty = 5,
                                   .last_day = day - 3,
                                   .due_day = day - p + 2,
                                   .reps = 4,
                                   .lapses = p};
        must(schedule_put(s, &row, &err), &err);
    }
    must(store_commit(s, &err), &err);
    store_close(s);
    buf_release(&text);
}

static void write_bank(const char *path, unsigned count)
{
    FILE *f = fopen(path, "w");
    if (!f)
        fatal("measure: cannot write %s", path);
    fputs("bank: made-up\ntitle: Made-up questions\nsource: judgement\nitems:\n", f);
    for (unsigned i = 0; i < count; i++)
        fprintf(f,
                "  - id: q%u\n    kind: behavioural\n    principle: %s\n    difficulty: %u\n    minutes: 4\n"
                "    title: Made-up question number %u\n    prompt: |\n      Tell me about decision number %u that you "
                "took with half"
                " of the facts.\n      What did you give up?\n    probes:\n      - flaw: no-number\n        ask: What "
                "was it before, and"
                " over how long?\n      - ask: Who disagreed?\n    look-for: [a rejected option, a baseline]\n    "
                "watch-out: [a"
                " list of steps]\n",
                i, principles[i % 5], 1 + i % 3, i, i);
    fclose(f);
}

/* ---- peers ---- */

static void pull_events(const char *path)
{
    FILE *f = fopen(path, "rb");
    if (!f)
        fatal("measure: cannot open %s", path);
    yaml_parser_t parser;
    yaml_parser_initialize(&parser);
    yaml_parser_set_input_file(&parser, f);
    for (bool more = true; more;) {
        yaml_event_t event;
        if (!yaml_parser_parse(&parser, &event))
            fatal("measure: %s", parser.problem);
        more = event.type != YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    fclose(f);
}

static double spawn_once(char *const argv[])
{
    double start = now_ms();
    pid_t pid = fork();
    if (pid == 0) {
        int null = open("/dev/null", O_RDWR);
        dup2(null, 0);
        dup2(null, 1);
        execvp(argv[0], argv);
        _exit(127);
    }
    int status = 0;
    waitpid(pid, &status, 0);
    if (!WIFEXITED(status) || WEXITSTATUS(status) == 127)
        fatal("measure: %s did not run", argv[0]);
    return now_ms() - start;
}

/* ---- a program on a terminal ---- */

struct run {
    pid_t pid;
    int fd;
    double started;
};

static struct run start(char *const argv[])
{
    struct winsize size = {.ws_row = 24, .ws_col = 80};
    struct run r = {.started = now_ms()};
    r.pid = forkpty(&r.fd, NULL, NULL, &size);
    if (r.pid == 0) {
        setenv("TERM", "xterm-256color", 1);
        setenv("LC_ALL", "C.UTF-8", 1);
        execvp(argv[0], argv);
        _exit(127);
    }
    return r;
}

/* Reads until mark was seen and then silence; answers when the last byte came, 0 when it never did. */
static double read_until(struct run *r, const char *mark, int quiet_ms, size_t *bytes)
{
    struct buf seen = BUF_INIT;
    double last = 0;
    bool found = mark == NULL;
    for (;;) {
        struct pollfd p = {.fd = r->fd, .events = POLLIN};
        if (poll(&p, 1, found && last > 0 ? quiet_ms : 2000) <= 0)
            break;
        char chunk[65536];
        ssize_t n = read(r->fd, chunk, sizeof(chunk));
        if (n <= 0)
            break;
        last = now_ms();
        buf_add(&seen, chunk, (size_t)n);
        found = found || strstr(buf_str(&seen), mark) != NULL;
    }
    if (bytes)
        *bytes = seen.len;
    buf_release(&seen);
    return found ? last : 0;
}

static void stop(struct run *r)
{
    kill(r->pid, SIGKILL);
    waitpid(r->pid, NULL, 0);
    close(r->fd);
}

static double frame_once(const char *mark, char *const argv[])
{
    struct run r = start(argv);
    double done = read_until(&r, mark, 30, NULL);
    stop(&r);
    if (done == 0)
        fatal("measure: %s never drew \"%s\"", argv[0], mark);
    return done - r.started;
}

/* What stands in the editor before the keys are timed: so many bytes of nonsense, or the prose of a file as one
 * paragraph. */
static void fill_text(const char *what, struct buf *text)
{
    struct err err = ERR_INIT;
    size_t bytes = strtoul(what, NULL, 10);
    for (size_t i = 0; i < bytes; i++)
        buf_addc(text, i % 6 == 5 ? ' ' : (char)('a' + i % 240 % 26));
    if (bytes > 0)
        return;
    must(file_read(what, TEXT_LIMIT, text, &err), &err);
    for (size_t i = 0; i < text->len; i++)
        text->data[i] = text->data[i] == '\n' ? ' ' : text->data[i];
}

/* In pieces that the terminal's queue takes. */
static void fill(struct run *r, const char *what)
{
    struct buf text = BUF_INIT;
    fill_text(what, &text);
    for (size_t done = 0; done < text.len; done += 240) {
        size_t n = text.len - done < 240 ? text.len - done : 240;
        if (write(r->fd, text.data + done, n) != (ssize_t)n)
            fatal("measure: the terminal took no text");
        read_until(r, NULL, 20, NULL);
    }
    buf_release(&text);
}

static void echo_keys(const char *what, const char *mark, char *const argv[])
{
    static double took[KEYS];
    struct run r = start(argv);
    size_t total = 0;
    if (read_until(&r, mark, 300, NULL) == 0)
        fatal("measure: %s never drew \"%s\"", argv[0], mark);
    fill(&r, what);
    read_until(&r, NULL, 300, NULL); /* less than a tick of a clock on the screen */
    for (int i = 0; i < KEYS; i++) {
        char c = i % 7 == 6 ? ' ' : (char)('a' + i % 26);
        size_t bytes = 0;
        double start_ms = now_ms();
        if (write(r.fd, &c, 1) != 1)
            fatal("measure: the terminal took no key");
        took[i] = read_until(&r, NULL, 8, &bytes) - start_ms;
        total += bytes;
    }
    stop(&r);
    double p95 = percentile(took, KEYS, 0.95);
    printf("%.3f %.3f %.0f\n", percentile(took, KEYS, 0.5), p95, (double)total / KEYS);
}

/* From the question of a drill to the findings of its coach. */
static void answer_and_score(struct run *r)
{
    static const char *const keys[] = {"Perhaps the team felt it. Calls fell a lot.", "\x13", "b", "3", "3", "\x1b"};
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
        if (write(r->fd, keys[i], strlen(keys[i])) != (ssize_t)strlen(keys[i]))
            fatal("measure: the terminal took no keys");
        bool last = i + 1 == sizeof(keys) / sizeof(keys[0]);
        if (read_until(r, last ? "findings" : NULL, 200, NULL) == 0 && last)
            fatal("measure: the drill showed no findings");
    }
}

static void resident(const char *mark, bool found, char *const argv[])
{
    struct run r = start(argv);
    char path[64];
    char line[256];
    if (read_until(&r, mark, 100, NULL) == 0)
        fatal("measure: %s never drew \"%s\"", argv[0], mark);
    if (found)
        answer_and_score(&r);
    snprintf(path, sizeof(path), "/proc/%d/status", (int)r.pid);
    FILE *f = fopen(path, "r");
    while (f && fgets(line, sizeof(line), f))
        if (strncmp(line, "VmRSS:", 6) == 0)
            printf("%ld\n", strtol(line + 6, NULL, 10));
    if (f)
        fclose(f);
    stop(&r);
}

/* ---- the coach ---- */

static void time_coach(const char *data, const char *path)
{
    static double took[RUNS];
    struct err err = ERR_INIT;
    struct library *lib = NULL;
    struct library_sources sources = {.shipped = data};
    struct coach *c = NULL;
    struct buf text = BUF_INIT;
    struct arena arena = ARENA_INIT;
    struct coach_report report;
    size_t rule_count;
    size_t word_count;
    must(library_open(&lib, &sources, &err), &err);
    const struct rule *rules = library_rules(lib, &rule_count);
    const struct lexicon *lexicons = library_lexicons(lib, &word_count);
    must(coach_open(&c, rules, rule_count, lexicons, word_count, NULL, 0, &err), &err);
    must(file_read(path, TEXT_LIMIT, &text, &err), &err);
    struct coach_input in = {buf_sv(&text), "behavioural", "ownership"};
    size_t runs = text.len > 1024 * 1024 ? 5 : RUNS;
    for (size_t i = 0; i < runs; i++) {
        arena_reset(&arena);
        double t = now_ms();
        coach_read(c, &in, &arena, &report);
        took[i] = now_ms() - t;
    }
    printf("%.3f\n", percentile(took, runs, 0.5));
    arena_release(&arena);
    buf_release(&text);
    coach_close(c);
    library_close(lib);
}

int main(int argc, char **argv)
{
    static double took[RUNS];
    if (argc < 3)
        fatal("measure: a verb and its words, see the head of measure.c");
    const char *verb = argv[1];
    if (strcmp(verb, "seed") == 0)
        seed(argv[2], (unsigned)strtoul(argv[3], NULL, 10));
    else if (strcmp(verb, "bank") == 0)
        write_bank(argv[2], (unsigned)strtoul(argv[3], NULL, 10));
    else if (strcmp(verb, "echo") == 0)
        echo_keys(argv[2], argv[3], argv + 4);
    else if (strcmp(verb, "resident") == 0)
        resident(argv[2], false, argv + 3);
    else if (strcmp(verb, "found") == 0)
        resident(argv[2], true, argv + 3);
    else if (strcmp(verb, "coach") == 0)
        time_coach(argv[2], argv[3]);
    else {
        for (int i = 0; i < RUNS; i++) {
            double t = now_ms();
            if (strcmp(verb, "events") == 0) {
                pull_events(argv[2]);
                took[i] = now_ms() - t;
            } else if (strcmp(verb, "spawn") == 0) {
                took[i] = spawn_once(argv + 2);
            } else {
                took[i] = frame_once(argv[2], argv + 3);
            }
        }
        printf("%.3f\n", percentile(took, RUNS, 0.5));
    }
    return 0;
}
