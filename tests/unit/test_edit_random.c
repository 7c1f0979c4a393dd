#include "pmprep/base/rng.h"
#include "pmprep/base/utf8.h"
#include "pmprep/tui/edit.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { WIDTH = 21, ROWS = 5 };

/* A plain model of the editor's text, cursor and undo against random operations; the rows are compared with those of a
 * fresh editor. */
static const char *const pieces[] = {"a",    "b",          " ",  "e\xCC\x81",    "日",          "\n",
                                     "word", " two words", "\t", "\xE2\x80\x8B", "👩‍👩", "x\n\ny"};

static void model_replace(struct buf *model, size_t at, size_t len, struct sv with)
{
    buf_remove(model, at, len);
    buf_insert(model, at, with.data, with.len);
}

static void draw_all(struct edit *e, struct canvas *c, struct buf *shown)
{
    enum { ALL = 400 };
    canvas_init(c, ALL, WIDTH);
    edit_layout(e, WIDTH, ALL);
    edit_draw(e, c, 0, 0, true);
    canvas_dump(c, false, shown);
}

static void check_rows(struct edit *e, struct edit *fresh)
{
    struct canvas now, then;
    struct buf a = BUF_INIT, b = BUF_INIT;
    edit_set_cursor(fresh, edit_cursor(e));
    draw_all(e, &now, &a);
    draw_all(fresh, &then, &b);
    assert_string_equal(buf_str(&a), buf_str(&b));
    assert_int_equal(now.cursor_row, then.cursor_row);
    assert_int_equal(now.cursor_col, then.cursor_col);
    buf_release(&a);
    buf_release(&b);
    canvas_release(&now);
    canvas_release(&then);
}

static void check_against(struct edit *e, const struct buf *model)
{
    struct sv text = edit_text(e);
    size_t at = edit_cursor(e);
    assert_true(sv_eq(text, buf_sv(model)));
    assert_true(at == 0 || utf8_next(text, utf8_prev(text, at)) == at);
    struct edit *fresh = edit_new(buf_str(model));
    assert_int_equal(edit_words(e), edit_words(fresh));
    check_rows(e, fresh);
    edit_free(fresh);
}

static void random_step(struct edit *e, struct rng *r, struct buf *model)
{
    size_t at = edit_cursor(e);
    struct sv text = buf_sv(model);
    size_t len;
    switch (rng_below(r, 8)) {
    case 0:
        edit_set_cursor(e, rng_below(r, text.len + 1));
        break;
    case 1:
        len = at - utf8_prev(text, at);
        model_replace(model, at - len, len, SV(""));
        edit_do(e, EDIT_BACKSPACE);
        break;
    case 2:
        model_replace(model, at, utf8_next(text, at) - at, SV(""));
        edit_do(e, EDIT_DELETE);
        break;
    case 3:
        edit_do(e, (enum edit_op)rng_below(r, EDIT_PAGE_DOWN + 1));
        break;
    default: {
        struct sv piece = sv_from(pieces[rng_below(r, sizeof(pieces) / sizeof(pieces[0]))]);
        model_replace(model, at, 0, piece);
        edit_insert(e, piece);
        break;
    }
    }
}

static void random_operations_agree_with_a_model(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        struct rng r;
        struct buf model = BUF_INIT;
        struct edit *e = edit_new(NULL);
        rng_seed(&r, seed);
        edit_layout(e, WIDTH, ROWS);
        for (int i = 0; i < 200; i++) {
            random_step(e, &r, &model);
            check_against(e, &model);
        }
        while (edit_do(e, EDIT_UNDO)) {
        }
        assert_int_equal(edit_text(e).len, 0);
        while (edit_do(e, EDIT_REDO)) {
        }
        check_against(e, &model);
        edit_free(e);
        buf_release(&model);
    }
}

/* Any key in any area: the cursor stays on a border and inside what is drawn, the counts stay right. */
static void random_key(struct edit *e, struct rng *r)
{
    struct key k = {.code = KEY_CHAR, .cp = (uint32_t)('a' + rng_below(r, 26))};
    switch (rng_below(r, 4)) {
    case 0: {
        const struct binding *b = &edit_keymap.at[rng_below(r, edit_keymap.count)];
        char name[32];
        snprintf(name, sizeof(name), SV_FMT, SV_ARG(binding_key(b)));
        assert_true(key_parse(name, &k));
        break;
    }
    case 1:
        k = (struct key){.code = KEY_PASTE};
        k.text = pieces[rng_below(r, sizeof(pieces) / sizeof(pieces[0]))];
        k.text_len = strlen(k.text);
        break;
    }
    edit_key(e, &k);
}

static void random_keys_in_random_areas(void **state)
{
    (void)state;
    struct rng r;
    rng_seed(&r, 7);
    for (int round = 0; round < 20; round++) {
        struct edit *e = edit_new(NULL);
        edit_single_line(e, round % 4 == 3);
        for (int i = 0; i < 500; i++) {
            struct canvas c;
            int rows = 1 + (int)rng_below(&r, 8), cols = 1 + (int)rng_below(&r, 30);
            random_key(e, &r);
            edit_click(e, (int)rng_below(&r, 40) - 20, (int)rng_below(&r, 80));
            canvas_init(&c, rows, cols);
            edit_layout(e, cols, rows);
            edit_draw(e, &c, 0, 0, true);
            assert_in_range(c.cursor_row, 0, rows - 1);
            canvas_release(&c);
            struct sv text = edit_text(e);
            size_t at = edit_cursor(e);
            assert_true(at == 0 || utf8_next(text, utf8_prev(text, at)) == at);
        }
        struct edit *fresh = edit_new(edit_text(e).data);
        assert_int_equal(edit_words(e), edit_words(fresh));
        edit_free(fresh);
        edit_free(e);
    }
}

int main(void)
{
    setlocale(LC_CTYPE, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_operations_agree_with_a_model),
        cmocka_unit_test(random_keys_in_random_areas),
    };
    return cmocka_run_group_tests_name("edit at random", tests, NULL, NULL);
}
