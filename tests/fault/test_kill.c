/*
 * kill -9 of the release program at random moments, while an answer is typed and while it is submitted. What must hold:
 * a draft is whole up to at least a second before the end, and an answer that left the editor is in the store, whole.
 * PMPREP_KILLS= sets how many (100); PMPREP_SEED= the moments.
 */
#include "support/unit.h"

#include "support/vt.h"

#include "pmprep/base/clock.h"
#include "pmprep/base/fileio.h"
#include "pmprep/base/mem.h"
#include "pmprep/base/rng.h"
#include "pmprep/store/attempts.h"

#include <signal.h>
#include <unistd.h>

enum { ROWS = 24, COLS = 80, PIECES = 400 };

struct scratch {
    struct buf folder;
    struct buf db;
};

static unsigned long number(const char *name, unsigned long fallback)
{
    const char *text = getenv(name);
    return text && text[0] ? strtoul(text, NULL, 10) : fallback;
}

static void scratch_init(struct scratch *p)
{
    struct err err = ERR_INIT;
    *p = (struct scratch){.folder = BUF_INIT, .db = BUF_INIT};
    assert_true(file_temp_dir(&p->folder, &err));
    buf_addf(&p->db, "%s/t.db", buf_str(&p->folder));
}

static void scratch_release(struct scratch *p)
{
    static const char *const tails[] = {"", "-journal"};
    for (size_t i = 0; i < 2; i++) {
        struct buf path = BUF_INIT;
        buf_addf(&path, "%s%s", buf_str(&p->db), tails[i]);
        unlink(buf_str(&path));
        buf_release(&path);
    }
    buf_release(&p->folder);
    buf_release(&p->db);
}

static struct vt *start_drill(const struct scratch *p, unsigned seed)
{
    char seed_text[16];
    snprintf(seed_text, sizeof(seed_text), "%u", seed);
    const char *program = getenv("PMPREP_RELEASE");
    assert_non_null(program);
    char *argv[] = {(char *)program, "drill", "kind:behavioural", "--mode", "type", "--count", "1", "--seed",
                    seed_text,       "--db",  p->db.data,         NULL};
    struct vt *vt = vt_start(argv, NULL, ROWS, COLS);
    assert_true(vt_wait_text(vt, "submit"));
    return vt;
}

/* What was typed, and how much of it the program is known to have read by when: it cannot save what a loaded machine
 * has not let it see. */
struct typed {
    struct buf text;
    size_t taken;            /* bytes */
    int64_t at[PIECES * 16]; /* the latest moment at which each of them was read */
    size_t output;           /* bytes of output seen so far */
    int64_t alive;           /* when the last of them came: a turn of the program's loop ended then */
};

static void type_piece(struct vt *vt, struct rng *r, struct typed *t)
{
    char piece[16];
    size_t len = 1 + (size_t)rng_below(r, 12);
    for (size_t i = 0; i < len; i++)
        piece[i] = rng_below(r, 6) == 0 ? ' ' : (char)('a' + rng_below(r, 26));
    piece[len] = '\0';
    vt_type(vt, piece);
    buf_adds(&t->text, piece);
}

static void watch(struct vt *vt, struct typed *t, int ms)
{
    vt_run_for(vt, ms);
    int64_t now = clock_mono_ms();
    while (vt_taken(vt) && t->taken < t->text.len)
        t->at[t->taken++] = now;
    if (vt_output(vt)->len > t->output)
        t->alive = now;
    t->output = vt_output(vt)->len;
}

static void open_store(const struct scratch *p, struct store **s)
{
    struct err err = ERR_INIT;
    if (!store_open(s, buf_str(&p->db), 0, NULL, &err))
        fail_msg("the file does not open after a kill: %s", err.text);
    if (!store_check(*s, &err))
        fail_msg("the file is not sound after a kill: %s", err.text);
}

static void draft_is_whole(const struct scratch *p, const struct typed *t)
{
    struct store *s;
    struct arena a = ARENA_INIT;
    struct draft d;
    struct err err = ERR_INIT;
    bool found = false;
    open_store(p, &s);
    assert_true(draft_latest(s, &a, &d, &found, &err));
    size_t kept = found ? strlen(d.text) : 0;
    assert_true(kept <= t->text.len);
    if (found)
        assert_memory_equal(d.text, buf_str(&t->text), kept);
    /* A second for the draft, and what a turn of the loop may take on a loaded machine. */
    if (kept < t->taken && t->alive - t->at[kept] > 1500)
        fail_msg("%zu bytes typed, %zu kept; the first one lost was read %lld ms before the last sign of life",
                 t->text.len, kept, (long long)(t->alive - t->at[kept]));
    arena_release(&a);
    store_close(s);
}

static void kill_while_typing(void **state)
{
    struct rng r;
    unsigned long seed = number("PMPREP_SEED", 20);
    unsigned long kills = number("PMPREP_KILLS", 100) / 2;
    size_t read = 0;
    (void)state;
    rng_seed(&r, seed);
    for (unsigned long i = 0; i < kills; i++) {
        struct scratch p;
        scratch_init(&p);
        static struct typed t;
        t = (struct typed){.text = BUF_INIT};
        struct vt *vt = start_drill(&p, (unsigned)i);
        int64_t end = clock_mono_ms() + (int64_t)rng_below(&r, 2200);
        while (clock_mono_ms() < end && t.text.len < PIECES * 8) {
            type_piece(vt, &r, &t);
            watch(vt, &t, 1 + (int)rng_below(&r, 60));
        }
        vt_kill(vt, SIGKILL);
        vt_free(vt);
        read += t.taken;
        draft_is_whole(&p, &t);
        buf_release(&t.text);
        scratch_release(&p);
    }
    assert_true(read > 0);
}

static bool compare_text(void *ctx, const struct attempt *at, struct err *err)
{
    (void)err;
    const char **want = ctx;
    assert_string_equal(at->text, *want);
    *want = NULL;
    return true;
}

static void kill_while_submitting(void **state)
{
    static const char answer[] = "I cut refunds from 9% to 6% over eight weeks, against two unchanged regions.";
    struct rng r;
    unsigned long kills = number("PMPREP_KILLS", 100) / 2;
    unsigned long stored = 0;
    unsigned long drafted = 0;
    unsigned commit_us = 3000; /* follows how long this machine takes to get to the commit */
    (void)state;
    rng_seed(&r, number("PMPREP_SEED", 20) + 1);
    for (unsigned long i = 0; i < kills; i++) {
        struct scratch p;
        struct store *s;
        struct arena a = ARENA_INIT;
        struct filter f;
        struct draft d;
        struct err err = ERR_INIT;
        const char *want = answer;
        bool found = false;
        scratch_init(&p);
        struct vt *vt = start_drill(&p, (unsigned)i);
        vt_type(vt, answer);
        assert_true(vt_wait_text(vt, "draft saved"));
        vt_type(vt, "\x13");
        usleep((useconds_t)rng_below(&r, 2 * commit_us));
        vt_kill(vt, SIGKILL);
        vt_free(vt);
        open_store(&p, &s);
        filter_init(&f);
        assert_true(attempts_each(s, &f, compare_text, &want, &err));
        assert_true(draft_latest(s, &a, &d, &found, &err));
        if (want && !found)
            fail_msg("run %lu: neither the draft nor the answer is there", i);
        if (want)
            assert_string_equal(d.text, answer);
        stored += want == NULL;
        drafted += want != NULL;
        commit_us = want ? commit_us + commit_us / 2 : commit_us - commit_us / 3;
        arena_release(&a);
        store_close(s);
        scratch_release(&p);
    }
    /* The moments must have fallen on both sides of the commit, or the test shows nothing. */
    print_message("%lu answers were stored, %lu were still drafts\n", stored, drafted);
    assert_true(stored > 0);
    assert_true(drafted > 0);
}

/* The program itself offers what was left. */
static void next_start_offers_the_draft(void **state)
{
    struct scratch p;
    (void)state;
    scratch_init(&p);
    struct vt *vt = start_drill(&p, 3);
    vt_type(vt, "The first half of a sentence that was never");
    assert_true(vt_wait_text(vt, "draft saved"));
    vt_kill(vt, SIGKILL);
    vt_free(vt);
    char *argv[] = {getenv("PMPREP_RELEASE"), "drill", "--db", p.db.data, NULL};
    vt = vt_start(argv, NULL, ROWS, COLS);
    assert_true(vt_wait_text(vt, "Unfinished answer"));
    assert_true(vt_wait_text(vt, "The first half of a sentence that was never"));
    vt_type(vt, "\r");
    assert_true(vt_wait_text(vt, "draft saved"));
    assert_true(vt_wait_text(vt, "The first half of a sentence that was never"));
    vt_free(vt);
    scratch_release(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kill_while_typing),
        cmocka_unit_test(kill_while_submitting),
        cmocka_unit_test(next_start_offers_the_draft),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
