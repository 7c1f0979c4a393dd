#include "pmprep/app/speech.h"

#include "pmprep/base/clock.h"
#include "pmprep/base/fileio.h"
#include "pmprep/base/mem.h"
#include "pmprep/base/path.h"
#include "pmprep/base/proc.h"
#include "pmprep/base/utf8.h"

#include <errno.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    PIECES_MOST = 100, /* between pauses */
    EMPTY_WAV = 44,    /* bytes of a header without a sample */
    TEXT_MOST = 64 * 1024,
    PATIENCE_MS = 2000, /* after each signal to the recorder */
    RECORDING_MS = 4 * 60 * 60 * 1000,
    WAIT_MS = 20,
};
#define AUDIO_MOST ((size_t)1 << 30)

struct speech {
    struct app *app;
    struct arena arena;
    char **recorder, **transcriber; /* argv, with {} or without */
    const char *folder;             /* private; NULL: gone */
    char stamp[32];                 /* names the files that are kept */
    enum speech_state state;
    struct err failure;
    struct err complaint; /* of a recorder that we ended: it says something only if there is no sound */
    bool any_sound;
    bool paused, over;
    unsigned pieces; /* begun */
    unsigned written;
    struct proc *recording; /* NULL: none runs */
    int asked;              /* the last signal it was sent; 0 */
    int64_t asked_ms;
    struct proc *writing;
    struct buf text;
};

static const char *option(struct app *app, const char *name)
{
    return config_text(app_config(app), name);
}

static bool is_named(const char *command)
{
    return command[strspn(command, " ")] != '\0';
}

bool speech_is_set(struct app *app)
{
    return is_named(option(app, "recorder")) && is_named(option(app, "transcriber"));
}

/* ---- pieces */

static const char *piece_path(struct speech *s, unsigned piece)
{
    return arena_printf(&s->arena, "%s/%u.wav", s->folder, piece);
}

/* The word with every {} replaced by the path. */
static char *fill_word(struct arena *a, const char *word, const char *path, bool *filled)
{
    struct buf out = BUF_INIT;
    for (const char *p = word; *p;) {
        if (p[0] == '{' && p[1] == '}') {
            buf_adds(&out, path);
            *filled = true;
            p += 2;
        } else {
            buf_addc(&out, *p++);
        }
    }
    char *whole = arena_sv(a, buf_sv(&out));
    buf_release(&out);
    return whole;
}

static char **with_path(struct arena *a, char *const *words, const char *path)
{
    size_t count = 0;
    bool filled = false;
    while (words[count]) {
        count++;
    }
    char **argv = arena_array(a, count + 2, sizeof(*argv));
    for (size_t i = 0; i < count; i++) {
        argv[i] = fill_word(a, words[i], path, &filled);
    }
    if (!filled) {
        argv[count] = arena_strdup(a, path);
    }
    return argv;
}

static void fail(struct speech *s, const char *who, const struct err *why)
{
    s->failure = *why;
    err_prefix(&s->failure, "%s", who);
    s->state = SPEECH_FAILED;
}

static bool record(struct speech *s, struct err *err)
{
    const struct proc_limits limits = {.bytes = 0, .ms = RECORDING_MS};
    if (s->pieces == PIECES_MOST) {
        return err_set(err, ERR_FULL, "more than %d pauses", PIECES_MOST);
    }
    s->asked = 0;
    s->state = SPEECH_RECORDS;
    return proc_start(with_path(&s->arena, s->recorder, piece_path(s, s->pieces++)), SV(""), &limits, &s->recording,
                      err);
}

static bool write_down(struct speech *s, struct err *err)
{
    const struct proc_limits limits = {TEXT_MOST,
                                       1000 * (int64_t)config_number(app_config(s->app), "transcriber-seconds")};
    s->state = SPEECH_WRITES;
    return proc_start(with_path(&s->arena, s->transcriber, piece_path(s, s->written)), SV(""), &limits, &s->writing,
                      err);
}

/* ---- its life */

bool speech_start(struct app *app, struct speech **out, struct err *err)
{
    struct speech *s = mem_calloc(1, sizeof(*s));
    struct buf folder = BUF_INIT;
    s->app = app;
    clock_format(app_wall(app), app_offset(app), s->stamp);
    bool ok = proc_split(option(app, "recorder"), &s->arena, &s->recorder, err) &&
              proc_split(option(app, "transcriber"), &s->arena, &s->transcriber, err) && file_temp_dir(&folder, err);
    if (ok) {
        s->folder = arena_sv(&s->arena, buf_sv(&folder));
        ok = record(s, err);
    }
    buf_release(&folder);
    if (!ok) {
        err_prefix(err, "the recorder");
        speech_free(s);
        return false;
    }
    *out = s;
    return true;
}

static void ask_to_end(struct speech *s, int sig)
{
    s->asked = sig;
    s->asked_ms = clock_mono_ms();
    proc_signal(s->recording, sig);
}

void speech_pause(struct speech *s, bool paused)
{
    struct err err = ERR_INIT;
    if (s->over || s->state == SPEECH_FAILED || paused == s->paused) {
        return;
    }
    s->paused = paused;
    if (paused && s->recording && s->asked == 0) {
        ask_to_end(s, SIGINT);
    } else if (!paused && !s->recording && !record(s, &err)) {
        fail(s, "the recorder", &err);
    }
}

void speech_end(struct speech *s)
{
    if (s->over) {
        return;
    }
    s->over = true;
    if (s->state == SPEECH_FAILED) {
        return;
    }
    s->state = SPEECH_ENDS;
    if (s->recording && s->asked == 0) {
        ask_to_end(s, SIGINT);
    }
}

/* An end that was not asked for, with a complaint, is a failure; after our signals any status will do. */
static void take_recording(struct speech *s)
{
    struct err err = ERR_INIT;
    bool good = proc_result(s->recording, &err);
    if (s->asked != 0) {
        s->complaint = err;
        good = true;
    }
    proc_free(s->recording);
    s->recording = NULL;
    if (!good) {
        fail(s, "the recorder", &err);
    } else if (!s->over && !s->paused && s->asked != 0 && !record(s, &err)) {
        fail(s, "the recorder", &err); /* the pause was shorter than its end */
    }
}

static void step_recording(struct speech *s)
{
    if (proc_step(s->recording, 0)) {
        take_recording(s);
    } else if (s->asked != 0 && clock_mono_ms() - s->asked_ms >= PATIENCE_MS) {
        if (s->asked == SIGINT) {
            ask_to_end(s, SIGTERM);
        } else {
            proc_stop(s->recording);
        }
    }
}

static bool has_sound(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && st.st_size > EMPTY_WAV;
}

/* The next piece with a sound in it; a recorder that was stopped at once leaves none. */
static void begin_writing(struct speech *s)
{
    struct err err = ERR_INIT;
    while (s->written < s->pieces && !has_sound(piece_path(s, s->written))) {
        s->written++;
    }
    if (s->written < s->pieces) {
        s->any_sound = true;
        if (!write_down(s, &err)) {
            fail(s, "the transcriber", &err);
        }
        return;
    }
    s->state = SPEECH_READY;
    if (s->any_sound && s->text.len == 0) {
        err_set(&err, ERR_IO, "no words were heard in what was recorded");
        fail(s, "the transcriber", &err);
    } else if (!s->any_sound) {
        err_set(&err, ERR_IO, "nothing was recorded");
        fail(s, "the recorder", s->complaint.code != ERR_NONE ? &s->complaint : &err);
    }
}

static void take_text(struct speech *s)
{
    struct err err = ERR_INIT;
    if (!proc_result(s->writing, &err)) {
        fail(s, "the transcriber", &err);
    } else {
        struct sv said = sv_trim(proc_output(s->writing));
        buf_adds(&s->text, s->text.len > 0 && said.len > 0 ? "\n" : "");
        visible_add(&s->text, said, VISIBLE_TEXT);
        s->written++;
    }
    proc_free(s->writing);
    s->writing = NULL;
    if (s->state == SPEECH_WRITES) {
        begin_writing(s);
    }
}

enum speech_state speech_step(struct speech *s)
{
    if (s->recording) {
        step_recording(s);
    }
    if (s->state == SPEECH_ENDS && !s->recording) {
        begin_writing(s);
    } else if (s->state == SPEECH_WRITES && proc_step(s->writing, 0)) {
        take_text(s);
    }
    return s->state;
}

enum speech_state speech_wait(struct speech *s)
{
    while (speech_step(s) < SPEECH_READY) {
        if (s->recording) {
            proc_step(s->recording, WAIT_MS);
        } else if (s->writing) {
            proc_wait(s->writing);
        }
    }
    return s->state;
}

bool speech_transcript(const struct speech *s, const char **text, struct err *err)
{
    *text = buf_str(&s->text);
    if (s->state == SPEECH_READY) {
        return true;
    }
    return s->state == SPEECH_FAILED ? err_set(err, s->failure.code, "%s", s->failure.text)
                                     : err_set(err, ERR_BUSY, "the answer is not written down yet");
}

/* ---- the audio */

/* Moves by copying when the folder is on another file system. */
static bool move_file(const char *from, const char *to)
{
    struct buf sound = BUF_INIT;
    bool moved = rename(from, to) == 0;
    if (!moved && errno == EXDEV) {
        moved = file_read(from, AUDIO_MOST, &sound, NULL) && file_write_atomic(to, buf_sv(&sound), NULL);
    }
    buf_release(&sound);
    return moved && chmod(to, 0600) == 0;
}

/* "2026-11-22T09-12-48-1.wav": when the answer began, and the piece. */
static void keep_piece(struct speech *s, const char *path, unsigned piece)
{
    const char *folder = option(s->app, "keep-audio");
    if (!is_named(folder) || !has_sound(path) || !file_mkdirs(folder, NULL)) {
        return;
    }
    struct buf name = BUF_INIT, target = BUF_INIT;
    for (const char *p = s->stamp; *p && *p != '.'; p++) {
        buf_addc(&name, *p == ':' ? '-' : *p);
    }
    buf_addf(&name, "-%u.wav", piece + 1);
    path_join(&target, folder, buf_str(&name));
    move_file(path, buf_str(&target));
    buf_release(&name);
    buf_release(&target);
}

void speech_free(struct speech *s)
{
    if (!s) {
        return;
    }
    proc_free(s->recording);
    proc_free(s->writing);
    for (unsigned piece = 0; s->folder && piece < s->pieces; piece++) {
        const char *path = piece_path(s, piece);
        keep_piece(s, path, piece);
        unlink(path);
    }
    if (s->folder) {
        file_remove_folder(s->folder);
    }
    buf_release(&s->text);
    arena_release(&s->arena);
    free(s);
}
