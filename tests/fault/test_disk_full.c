/*
 * A disk that is full for real, and one that lets no file grow: the release program says so, keeps the text on the
 * screen, writes it elsewhere if asked, and stores it as soon as there is room.
 */

#include "support/unit.h"

#include "support/program.h"
#include "support/storefix.h"

#include "pmprep/base/fileio.h"
#include "pmprep/base/path.h"
#include "pmprep/store/attempts.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static const char drill_one[] = "drill --count 1 --seed 1 --mode type principle:ownership";
static const char first[] = "We cut refunds from 9% to 6%.";
static const char rest[] = " Then the disk was full.";
static const char whole[] = "We cut refunds from 9% to 6%. Then the disk was full.";
static const char in_attempts[] =
    "select count(*) from attempts where text = 'We cut refunds from 9% to 6%. Then the disk was full.'";

static bool may_mount; /* in a name space of our own, so that nothing is left behind */

struct disk {
    struct program *p;
    struct buf folder; /* the small disk, or just a folder */
    struct buf filler;
};

/* ---- a disk */

static void make_file(struct disk *d)
{
    struct err err = ERR_INIT;
    struct store *store;
    buf_clear(&d->p->db);
    path_join(&d->p->db, buf_str(&d->folder), "t.db");
    assert_true(store_open(&store, buf_str(&d->p->db), 0, NULL, &err));
    assert_true(store_set(store, "first-run", "done", &err));
    store_close(store);
}

static int setup(void **state)
{
    static struct disk d;
    void *program;
    program_setup(&program);
    d = (struct disk){.p = program, .folder = BUF_INIT, .filler = BUF_INIT};
    d.p->release = true;
    path_join(&d.folder, buf_str(&d.p->folder), "disk");
    path_join(&d.filler, buf_str(&d.folder), "filler");
    assert_int_equal(mkdir(buf_str(&d.folder), 0700), 0);
    if (may_mount)
        assert_int_equal(mount("tmpfs", buf_str(&d.folder), "tmpfs", 0, "size=2m"), 0);
    make_file(&d);
    *state = &d;
    return 0;
}

static int teardown(void **state)
{
    struct disk *d = *state;
    void *program = d->p;
    unsetenv("TMPDIR");
    vt_free(d->p->vt);
    d->p->vt = NULL;
    if (may_mount)
        umount2(buf_str(&d->folder), MNT_DETACH);
    buf_release(&d->folder);
    buf_release(&d->filler);
    return program_teardown(&program);
}

static void fill(struct disk *d)
{
    static const char page[4096];
    int fd = open(buf_str(&d->filler), O_WRONLY | O_CREAT | O_APPEND, 0600);
    assert_true(fd >= 0);
    while (write(fd, page, sizeof(page)) > 0) {
    }
    close(fd);
}

static void make_room(struct disk *d)
{
    assert_int_equal(unlink(buf_str(&d->filler)), 0);
}

static void check_file(struct disk *d)
{
    struct err err = ERR_INIT;
    struct store *store;
    if (!store_open(&store, buf_str(&d->p->db), 0, NULL, &err) || !store_check(store, &err))
        fail_msg("%s", err.text);
    store_close(store);
}

/* The one pmprep-*.txt in that folder holds the text, and nobody else may read it. */
static void check_kept(const char *folder, const char *text)
{
    struct err err = ERR_INIT;
    struct buf path = BUF_INIT, content = BUF_INIT;
    DIR *dir = opendir(folder);
    assert_non_null(dir);
    for (struct dirent *entry; (entry = readdir(dir));)
        if (sv_starts(sv_from(entry->d_name), "pmprep-") && strstr(entry->d_name, ".txt"))
            path_join(&path, folder, entry->d_name);
    closedir(dir);
    assert_true(path.len > 0);
    assert_true(file_read(buf_str(&path), 1 << 20, &content, &err));
    assert_string_equal(buf_str(&content), text);
    struct stat st;
    assert_int_equal(stat(buf_str(&path), &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    unlink(buf_str(&path));
    buf_release(&path);
    buf_release(&content);
}

static void type_until_it_is_full(struct disk *d)
{
    program_start(d->p, drill_one, "submit");
    vt_type(d->p->vt, first);
    program_sees(d->p, "draft saved");
    fill(d);
    vt_type(d->p->vt, rest);
    program_sees(d->p, "the disk is full: free some space and try again");
    program_sees(d->p, "F12 writes the text to a file");
    vt_key(d->p->vt, "End");
    program_sees(d->p, "NOT SAVED");
}

static void leave_by(struct disk *d, const char *keys)
{
    program_leave(d->p, keys, 0);
    check_file(d);
}

/* ---- what holds */

static void told_kept_and_stored_when_there_is_room(void **state)
{
    struct disk *d = *state;
    if (!may_mount)
        skip();
    type_until_it_is_full(d);
    vt_key(d->p->vt, "^S");
    program_sees(d->p, "not saved, the text is still here");
    program_sees(d->p, whole);
    make_room(d);
    vt_key(d->p->vt, "^S");
    program_sees(d->p, "Which principle");
    leave_by(d, "^C");
    assert_int_equal(program_int(d->p, in_attempts), 1);
    assert_int_equal(program_int(d->p, "select count(*) from drafts"), 0);
}

static void the_draft_is_saved_again(void **state)
{
    struct disk *d = *state;
    if (!may_mount)
        skip();
    type_until_it_is_full(d);
    make_room(d);
    program_sees(d->p, "The draft is saved again.");
    vt_key(d->p->vt, "End");
    program_sees(d->p, "draft saved");
    vt_kill(d->p->vt, SIGKILL);
    vt_free(d->p->vt);
    d->p->vt = NULL;
    check_file(d);
    assert_int_equal(program_int(d->p, "select count(*) from drafts where text like '%Then the disk was full.'"), 1);
}

static void a_file_takes_the_text(void **state)
{
    struct disk *d = *state;
    if (!may_mount)
        skip();
    type_until_it_is_full(d);
    vt_key(d->p->vt, "F12");
    program_sees(d->p, "The text is in");
    program_sees(d->p, whole);
    check_kept(buf_str(&d->p->folder), whole);
    leave_by(d, "^C"); /* asks nothing: the text is safe */
}

/* The home folder is on the full disk too. */
static void another_folder_where_home_is_full(void **state)
{
    struct disk *d = *state;
    if (!may_mount)
        skip();
    struct buf tmp = BUF_INIT;
    path_join(&tmp, buf_str(&d->p->folder), "tmp");
    assert_int_equal(mkdir(buf_str(&tmp), 0700), 0);
    setenv("TMPDIR", buf_str(&tmp), 1);
    setenv("HOME", buf_str(&d->folder), 1);
    type_until_it_is_full(d);
    vt_key(d->p->vt, "F12");
    program_sees(d->p, "The text is in");
    DIR *dir = opendir(buf_str(&tmp));
    bool found = false;
    for (struct dirent *entry; (entry = readdir(dir));)
        if (sv_starts(sv_from(entry->d_name), "pmprep-")) {
            found = true;
            struct buf inner = BUF_INIT;
            path_join(&inner, buf_str(&tmp), entry->d_name);
            check_kept(buf_str(&inner), whole);
            buf_release(&inner);
        }
    closedir(dir);
    assert_true(found);
    buf_release(&tmp);
    leave_by(d, "^C");
}

static void leaving_asks_once(void **state)
{
    struct disk *d = *state;
    if (!may_mount)
        skip();
    type_until_it_is_full(d);
    vt_key(d->p->vt, "^C");
    program_sees(d->p, "leaving again loses it");
    vt_type(d->p->vt, "!");
    vt_key(d->p->vt, "^C");
    program_sees(d->p, "leaving again loses it");
    leave_by(d, "^C");
    assert_int_equal(program_int(d->p, "select count(*) from drafts where text = 'We cut refunds from 9% to 6%.'"), 1);
}

/* Nobody is there any more to press a key. */
static void a_signal_while_it_is_full(void **state)
{
    static const int numbers[] = {SIGTERM, SIGHUP};
    struct disk *d = *state;
    if (!may_mount)
        skip();
    for (size_t i = 0; i < 2; i++) {
        int status;
        type_until_it_is_full(d);
        if (numbers[i] == SIGHUP)
            vt_hangup(d->p->vt);
        else
            vt_kill(d->p->vt, numbers[i]);
        assert_true(vt_wait_exit(d->p->vt, &status));
        assert_true(WIFSIGNALED(status));
        assert_int_equal(WTERMSIG(status), numbers[i]);
        check_kept(buf_str(&d->p->folder), whole);
        make_room(d);
        check_file(d);
        vt_free(d->p->vt);
        d->p->vt = NULL;
        unlink(buf_str(&d->p->db));
        make_file(d);
    }
}

/* A limit in place of a disk: nobody needs a right for that. */
static void no_file_may_grow(void **state)
{
    struct disk *d = *state;
    struct rlimit usual, none;
    program_start(d->p, drill_one, "submit");
    struct vt *vt = d->p->vt;
    assert_int_equal(syscall(SYS_prlimit64, vt_pid(vt), RLIMIT_FSIZE, NULL, &usual), 0);
    none = (struct rlimit){0, usual.rlim_max};
    assert_int_equal(syscall(SYS_prlimit64, vt_pid(vt), RLIMIT_FSIZE, &none, NULL), 0);
    vt_type(vt, whole);
    program_sees(d->p, "F12 writes the text to a file");
    vt_key(vt, "^S");
    program_sees(d->p, "not saved, the text is still here");
    program_sees(d->p, whole);
    assert_int_equal(syscall(SYS_prlimit64, vt_pid(vt), RLIMIT_FSIZE, &usual, NULL), 0);
    vt_key(vt, "^S");
    program_sees(d->p, "Which principle");
    leave_by(d, "^C");
    assert_int_equal(program_int(d->p, in_attempts), 1);
}

/* ---- the command line */

/* The disk is full from the question on. */
static const char plain_dialogue[] =
    "mkfifo in; pmprep drill --plain --count 1 <in >out 2>&1 & exec 3>in; "
    "until grep -q 'Your answer' out; do sleep 0.01; done; cat /dev/zero >disk/filler; "
    "printf 'We cut refunds from 9%% to 6%%. Then the disk was full.\\n.\\n' >&3; exec 3>&-; "
    "wait $!; code=$?; cat out; exit $code";

static void the_command_line_says_so_too(void **state)
{
    struct disk *d = *state;
    struct buf out = BUF_INIT;
    if (!may_mount)
        skip();
    fill(d);
    assert_int_equal(program_shell(d->p, "pmprep story add --headline Refunds --principles ownership", &out), 1);
    assert_non_null(strstr(buf_str(&out), "the disk is full: free some space and try again"));
    make_room(d);
    assert_int_equal(program_shell(d->p, plain_dialogue, &out), 1);
    assert_non_null(strstr(buf_str(&out), "your text is in "));
    check_kept(buf_str(&d->p->folder), whole);
    assert_int_equal(program_shell(d->p, "pmprep --db disk/new.db story add --headline Refunds", &out), 1);
    assert_non_null(strstr(buf_str(&out), "the disk is full: free some space and try again"));
    make_room(d);
    check_file(d);
    assert_int_equal(program_shell(d->p, "pmprep story add --headline Refunds", &out), 0);
    assert_int_equal(program_shell(d->p, "pmprep --db disk/new.db story add --headline Refunds", &out), 0);
    buf_release(&out);
}

int main(void)
{
    may_mount = syscall(SYS_unshare, CLONE_NEWNS) == 0 && mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0;
    if (!may_mount)
        print_message("mounting is not permitted here: only the limit is tried\n");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(told_kept_and_stored_when_there_is_room, setup, teardown),
        cmocka_unit_test_setup_teardown(the_draft_is_saved_again, setup, teardown),
        cmocka_unit_test_setup_teardown(a_file_takes_the_text, setup, teardown),
        cmocka_unit_test_setup_teardown(another_folder_where_home_is_full, setup, teardown),
        cmocka_unit_test_setup_teardown(leaving_asks_once, setup, teardown),
        cmocka_unit_test_setup_teardown(a_signal_while_it_is_full, setup, teardown),
        cmocka_unit_test_setup_teardown(no_file_may_grow, setup, teardown),
        cmocka_unit_test_setup_teardown(the_command_line_says_so_too, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
