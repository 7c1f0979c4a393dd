#include "support/unit.h"

#include "pmprep/base/fileio.h"
#include "pmprep/base/path.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static struct buf folder = BUF_INIT;
static struct err err;

static int set_up(void **state)
{
    (void)state;
    err = (struct err)ERR_INIT;
    return file_temp_dir(&folder, &err) ? 0 : -1;
}

static unsigned entries(const char *path)
{
    unsigned count = 0;
    DIR *dir = opendir(path);
    assert_non_null(dir);
    for (struct dirent *entry; (entry = readdir(dir));) {
        count += entry->d_name[0] != '.' || (entry->d_name[1] && strcmp(entry->d_name, "..") != 0);
    }
    closedir(dir);
    return count;
}

static void remove_tree(const char *path)
{
    DIR *dir = opendir(path);
    assert_non_null(dir);
    for (struct dirent *entry; (entry = readdir(dir));) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) {
            continue;
        }
        struct buf child = BUF_INIT;
        path_join(&child, path, entry->d_name);
        if (unlink(buf_str(&child)) != 0) {
            remove_tree(buf_str(&child));
        }
        buf_release(&child);
    }
    closedir(dir);
    assert_int_equal(rmdir(path), 0);
}

static int tear_down(void **state)
{
    (void)state;
    remove_tree(buf_str(&folder));
    buf_release(&folder);
    return 0;
}

/* The full path of a name in the test's folder; freed by the next call. */
static const char *in_folder(const char *name)
{
    static struct buf paths[2];
    static unsigned turn;
    struct buf *path = &paths[turn++ % 2];
    buf_clear(path);
    path_join(path, buf_str(&folder), name);
    return buf_str(path);
}

static void write_file(const char *name, struct sv content)
{
    assert_true(file_write_atomic(in_folder(name), content, &err));
}

static void expect_content(const char *name, struct sv content)
{
    struct buf got = BUF_INIT;
    assert_true(file_read(in_folder(name), 1 << 24, &got, &err));
    assert_true(sv_eq(buf_sv(&got), content));
    buf_release(&got);
}

static mode_t mode_of(const char *path)
{
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    return st.st_mode & 0777;
}

static void what_is_written_is_read(void **state)
{
    (void)state;
    struct buf big = BUF_INIT;
    for (int i = 0; i < 300000; i++) {
        buf_addf(&big, "%d\n", i);
    }
    write_file("empty", SV(""));
    expect_content("empty", SV(""));
    write_file("bytes", SV("a\0\xFF\n"));
    expect_content("bytes", SV("a\0\xFF\n"));
    write_file("big", buf_sv(&big));
    expect_content("big", buf_sv(&big));
    assert_int_equal(entries(buf_str(&folder)), 3); /* no temporary file is left */
    buf_release(&big);
}

static void reading_appends_and_is_limited(void **state)
{
    (void)state;
    struct buf out = BUF_INIT;
    buf_adds(&out, "before ");
    write_file("ten", SV("0123456789"));
    assert_true(file_read(in_folder("ten"), 10, &out, &err));
    assert_string_equal(buf_str(&out), "before 0123456789");
    assert_false(file_read(in_folder("ten"), 9, &out, &err));
    assert_int_equal(err.code, ERR_FORMAT);
    assert_string_equal(buf_str(&out), "before 0123456789");
    buf_release(&out);
}

static void what_cannot_be_read_is_an_error(void **state)
{
    (void)state;
    struct buf out = BUF_INIT;
    assert_false(file_read(in_folder("missing"), 10, &out, &err));
    assert_int_equal(err.code, ERR_NOT_FOUND);
    assert_int_equal(err.detail, ENOENT);
    assert_non_null(strstr(err.text, "missing"));
    assert_false(file_read(buf_str(&folder), 10, &out, &err));
    assert_int_equal(err.code, ERR_IO);
    assert_int_equal(err.detail, EISDIR);
    assert_int_equal(out.len, 0);
    assert_false(file_read(in_folder("missing"), 10, &out, NULL));
    buf_release(&out);
}

static void a_pipe_and_stdin_are_read_to_the_end(void **state)
{
    (void)state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "piped", 5), 5);
    close(ends[1]);
    int kept = dup(STDIN_FILENO);
    dup2(ends[0], STDIN_FILENO);
    close(ends[0]);
    struct buf out = BUF_INIT;
    assert_true(file_read("-", 100, &out, &err));
    assert_string_equal(buf_str(&out), "piped");
    assert_true(fcntl(STDIN_FILENO, F_GETFD) >= 0); /* left open */
    dup2(kept, STDIN_FILENO);
    close(kept);
    buf_release(&out);
}

static void files_are_private_whatever_the_umask(void **state)
{
    (void)state;
    mode_t old = umask(0);
    write_file("private", SV("x"));
    assert_true(file_mkdirs(in_folder("a/b"), &err));
    umask(old);
    assert_int_equal(mode_of(in_folder("private")), 0600);
    assert_int_equal(mode_of(in_folder("a")), 0700);
    assert_int_equal(mode_of(in_folder("a/b")), 0700);
    assert_int_equal(mode_of(buf_str(&folder)), 0700);
}

static void a_link_survives_and_its_target_is_written(void **state)
{
    (void)state;
    assert_true(file_mkdirs(in_folder("real"), &err));
    write_file("real/config", SV("old"));
    assert_int_equal(symlink("real/config", in_folder("link")), 0);
    assert_int_equal(symlink(in_folder("link"), in_folder("again")), 0);
    write_file("again", SV("new"));
    expect_content("real/config", SV("new"));
    char target[64];
    assert_int_equal(readlink(in_folder("link"), target, sizeof(target)), strlen("real/config"));

    assert_int_equal(symlink("real/later", in_folder("dangling")), 0);
    write_file("dangling", SV("made"));
    expect_content("real/later", SV("made"));

    assert_int_equal(symlink("loop", in_folder("loop")), 0);
    assert_false(file_write_atomic(in_folder("loop"), SV("x"), &err));
    assert_int_equal(err.detail, ELOOP);
}

static void a_relative_path_is_beside_itself(void **state)
{
    (void)state;
    char here[4096];
    assert_non_null(getcwd(here, sizeof(here)));
    assert_int_equal(chdir(buf_str(&folder)), 0);
    assert_true(file_write_atomic("plain", SV("x"), &err));
    assert_true(file_mkdirs("m/n", &err));
    assert_int_equal(chdir(here), 0);
    expect_content("plain", SV("x"));
    assert_int_equal(entries(in_folder("m")), 1);
}

static void a_failed_write_keeps_the_old_file(void **state)
{
    (void)state;
    write_file("kept", SV("old"));
    struct buf big = BUF_INIT;
    for (int i = 0; i < 3000; i++) {
        buf_adds(&big, "0123456789");
    }
    pid_t child = fork();
    if (child == 0) { /* a limit of the file size is what a full disk looks like */
        signal(SIGXFSZ, SIG_IGN);
        struct rlimit small = {4096, 4096};
        setrlimit(RLIMIT_FSIZE, &small);
        bool ok = file_write_atomic(in_folder("kept"), buf_sv(&big), &err);
        _exit(!ok && err.code == ERR_FULL ? 0 : 1);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    expect_content("kept", SV("old"));
    assert_int_equal(entries(buf_str(&folder)), 1); /* and nothing is left beside it */
    buf_release(&big);
}

static void what_cannot_be_written_is_an_error(void **state)
{
    (void)state;
    assert_false(file_write_atomic(in_folder("no/such/folder"), SV("x"), &err));
    assert_int_equal(err.code, ERR_IO);
    assert_true(file_mkdirs(in_folder("taken"), &err));
    assert_false(file_write_atomic(in_folder("taken"), SV("x"), &err));
    assert_int_equal(err.detail, EISDIR);
    assert_int_equal(entries(buf_str(&folder)), 1);
}

static void folders_are_made_as_needed(void **state)
{
    (void)state;
    assert_true(file_mkdirs(in_folder("a//b/c/"), &err));
    assert_int_equal(entries(in_folder("a/b")), 1);
    assert_true(file_mkdirs(in_folder("a/b"), &err)); /* there already */
    assert_int_equal(chmod(in_folder("a"), 0755), 0);
    assert_true(file_mkdirs(in_folder("a"), &err));
    assert_int_equal(mode_of(in_folder("a")), 0755); /* left as it is */
    write_file("file", SV("x"));
    assert_false(file_mkdirs(in_folder("file/below"), &err));
    assert_int_equal(err.code, ERR_IO);
    assert_false(file_mkdirs(in_folder("file"), &err));
}

static void temporary_folders_obey_tmpdir(void **state)
{
    (void)state;
    struct buf made = BUF_INIT;
    setenv("TMPDIR", buf_str(&folder), 1);
    assert_true(file_temp_dir(&made, &err));
    assert_int_equal(strncmp(buf_str(&made), buf_str(&folder), folder.len), 0);
    buf_clear(&made);
    setenv("TMPDIR", "relative", 1);
    assert_true(file_temp_dir(&made, &err));
    assert_int_equal(strncmp(buf_str(&made), "/tmp/", 5), 0);
    assert_int_equal(rmdir(buf_str(&made)), 0);
    setenv("TMPDIR", in_folder("missing"), 1);
    buf_clear(&made);
    assert_false(file_temp_dir(&made, &err));
    assert_int_equal(made.len, 0);
    unsetenv("TMPDIR");
    buf_release(&made);
}

int main(void)
{
#define WITH_FOLDER(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        WITH_FOLDER(what_is_written_is_read),
        WITH_FOLDER(reading_appends_and_is_limited),
        WITH_FOLDER(what_cannot_be_read_is_an_error),
        WITH_FOLDER(a_pipe_and_stdin_are_read_to_the_end),
        WITH_FOLDER(files_are_private_whatever_the_umask),
        WITH_FOLDER(a_link_survives_and_its_target_is_written),
        WITH_FOLDER(a_relative_path_is_beside_itself),
        WITH_FOLDER(a_failed_write_keeps_the_old_file),
        WITH_FOLDER(what_cannot_be_written_is_an_error),
        WITH_FOLDER(folders_are_made_as_needed),
        WITH_FOLDER(temporary_folders_obey_tmpdir),
    };
    return cmocka_run_group_tests_name("fileio", tests, NULL, NULL);
}
