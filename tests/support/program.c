#include "support/unit.h"

#include "support/program.h"

#include "support/storefix.h"

#include "pmprep/base/clock.h"
#include "pmprep/base/fileio.h"
#include "pmprep/base/mem.h"
#include "pmprep/base/path.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ROWS = 24, COLS = 80, MAX_WORDS = 24 };

int program_setup_fresh(void **state)
{
    struct err err = ERR_INIT;
    struct program *p = mem_calloc(1, sizeof(*p));
    assert_true(file_temp_dir(&p->folder, &err));
    path_join(&p->db, buf_str(&p->folder), "t.db");
    setenv("HOME", buf_str(&p->folder), 1);
    unsetenv("VISUAL");
    unsetenv("EDITOR");
    *state = p;
    return 0;
}

static struct store *open_file(struct program *p)
{
    struct err err = ERR_INIT;
    struct store *store;
    if (!store_open(&store, buf_str(&p->db), 0, NULL, &err))
        fail_msg("%s", err.text);
    return store;
}

int program_setup(void **state)
{
    struct err err = ERR_INIT;
    program_setup_fresh(state);
    struct store *store = open_file(*state);
    assert_true(store_set(store, "first-run", "done", &err));
    store_close(store);
    return 0;
}

int64_t *program_clock(struct program *p)
{
    struct err err = ERR_INIT;
    struct buf path = BUF_INIT;
    int64_t now[2] = {clock_mono_ms(), clock_wall_ms()};
    path_join(&path, buf_str(&p->folder), "clock");
    assert_true(file_write_atomic(buf_str(&path), (struct sv){(const char *)now, sizeof(now)}, &err));
    int fd = open(buf_str(&path), O_RDWR);
    void *mapped = mmap(NULL, sizeof(now), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    assert_true(mapped != MAP_FAILED);
    close(fd);
    setenv("PMPREP_TEST_CLOCK", buf_str(&path), 1);
    buf_release(&path);
    p->clock = mapped;
    return p->clock;
}

void program_pass(struct program *p, int64_t ms)
{
    for (int i = 0; i < 2; i++)
        __atomic_fetch_add(&p->clock[i], ms, __ATOMIC_RELAXED);
}

int program_teardown(void **state)
{
    struct program *p = *state;
    vt_free(p->vt);
    if (p->clock)
        munmap(p->clock, 2 * sizeof(*p->clock));
    unsetenv("PMPREP_TEST_CLOCK");
    storefix_remove_tree(buf_str(&p->folder));
    buf_release(&p->folder);
    buf_release(&p->db);
    free(p);
    return 0;
}

/* ---- starting */

static const char shell_script[] = "set -m; \"$@\"; echo 'the shell again'; read line; fg; echo \"over $?\"";

static void launch(struct program *p, const char *args, const char *const env[], bool shell)
{
    struct arena a = ARENA_INIT;
    const char *argv[MAX_WORDS];
    size_t count = 0;
    struct sv rest = sv_from(args), word;
    if (shell) {
        argv[count++] = "/bin/sh";
        argv[count++] = "-c";
        argv[count++] = shell_script;
        argv[count++] = "sh";
    }
    argv[count++] = getenv(p->release ? "PMPREP_RELEASE" : "PMPREP_BIN");
    argv[count++] = "--db";
    argv[count++] = buf_str(&p->db);
    argv[count++] = "--data";
    argv[count++] = arena_printf(&a, "%s/screens-data", getenv("PMPREP_FIXTURES"));
    while (rest.len > 0 && sv_split(&rest, ' ', &word))
        argv[count++] = arena_sv(&a, word);
    argv[count] = NULL;
    vt_free(p->vt);
    p->vt = vt_start((char *const *)argv, env, ROWS, COLS);
    arena_release(&a);
}

void program_launch(struct program *p, const char *args, const char *const env[])
{
    launch(p, args, env, false);
}

void program_start_with(struct program *p, const char *args, const char *const env[], bool shell, const char *wait)
{
    launch(p, args, env, shell);
    program_sees(p, wait);
    if (!shell && !p->release)
        assert_true(vt_wait_settled(p->vt));
}

void program_refused(struct program *p, const char *args, int exit_status)
{
    int status;
    launch(p, args, NULL, false);
    assert_true(vt_wait_exit(p->vt, &status));
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), exit_status);
}

void program_start(struct program *p, const char *args, const char *wait)
{
    program_start_with(p, args, NULL, false, wait);
}

int program_shell(struct program *p, const char *script, struct buf *out)
{
    struct buf line = BUF_INIT;
    int ends[2], status;
    ssize_t got;
    buf_addf(&line, "exec </dev/null 2>&1; DB='%s'; cd '%s'; pmprep() { PMPREP_DB=$DB '%s' \"$@\"; }; %s",
             buf_str(&p->db), buf_str(&p->folder), getenv(p->release ? "PMPREP_RELEASE" : "PMPREP_BIN"), script);
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDOUT_FILENO);
        close(ends[0]);
        close(ends[1]);
        execl("/bin/sh", "sh", "-c", buf_str(&line), (char *)NULL);
        _exit(127);
    }
    close(ends[1]);
    buf_clear(out);
    for (char bytes[4096]; (got = read(ends[0], bytes, sizeof(bytes))) > 0;)
        buf_add(out, bytes, (size_t)got);
    close(ends[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    buf_release(&line);
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

/* ---- using it */

/* One at a time: an Esc with another key right behind it is that key with Alt. */
void program_keys(struct program *p, const char *names)
{
    struct sv rest = sv_from(names), name;
    while (sv_split(&rest, ' ', &name)) {
        char key[32];
        snprintf(key, sizeof(key), SV_FMT, SV_ARG(name));
        vt_key(p->vt, key);
        assert_true(vt_wait_settled(p->vt));
    }
}

void program_type(struct program *p, const char *text)
{
    vt_type(p->vt, text);
    assert_true(vt_wait_settled(p->vt));
}

void program_sees(struct program *p, const char *text)
{
    assert_true(vt_wait_text(p->vt, text));
}

void program_leave(struct program *p, const char *names, int exit_status)
{
    int status;
    vt_key(p->vt, names);
    assert_true(vt_wait_exit(p->vt, &status));
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), exit_status);
    assert_true(vt_restored(p->vt));
    vt_free(p->vt);
    p->vt = NULL;
}

void program_editor(struct program *p, const char *body)
{
    struct err err = ERR_INIT;
    struct buf path = BUF_INIT, script = BUF_INIT;
    path_join(&path, buf_str(&p->folder), "editor");
    buf_addf(&script, "#!/bin/sh\n%s\n", body);
    assert_true(file_write_atomic(buf_str(&path), buf_sv(&script), &err));
    assert_int_equal(chmod(buf_str(&path), 0700), 0);
    setenv("EDITOR", buf_str(&path), 1);
    buf_release(&path);
    buf_release(&script);
}

/* ---- its file */

long program_int(struct program *p, const char *sql)
{
    return storefix_int(buf_str(&p->db), sql);
}

void program_answers(struct program *p)
{
    static const char *const texts[] = {"First try, in April.", "Second try, with refunds.", "A third thing."};
    struct err err = ERR_INIT;
    struct arena a = ARENA_INIT;
    struct store *store = open_file(p);
    int32_t today = clock_practice_day(clock_wall_ms(), 0);
    for (unsigned i = 0; i < 3; i++) {
        const char *item = i < 2 ? "screens/owned-a-miss" : "screens/metric-and-customers";
        struct attempt at = storefix_attempt(&a, i + 1, item, texts[i], today - 3 + (int32_t)i);
        struct item_snapshot snap = storefix_snapshot(&at);
        assert_true(attempts_put(store, &at, &snap, &err));
    }
    store_close(store);
    arena_release(&a);
}
