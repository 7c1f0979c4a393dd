#include "svg.h"

#include "pmprep/base/fileio.h"
#include "pmprep/base/mem.h"
#include "pmprep/base/utf8.h"

enum { CELL_W = 9, CELL_H = 19, PAD = 14, BASELINE = 14 };

static const char background[] = "#15181d";
static const char foreground[] = "#d3d7de";

/* The 16 names of a terminal's palette, then xterm's cube and greys. */
static void colour(int index, bool bold, char out[8])
{
    static const char *const base[16] = {"#3b4048", "#e06c75", "#98c379", "#e5c07b", "#61afef", "#c678dd",
                                         "#56b6c2", "#c8ccd4", "#6b7280", "#ef8088", "#aed69a", "#f0d398",
                                         "#84c2f7", "#d79aea", "#7ccbd6", "#ffffff"};
    static const unsigned step[6] = {0, 95, 135, 175, 215, 255};
    if (index < 0) {
        snprintf(out, 8, "%s", bold ? "#f4f6f9" : foreground);
    } else if (index < 16) {
        snprintf(out, 8, "%s", base[index]);
    } else if (index < 232) {
        int i = index - 16;
        snprintf(out, 8, "#%02x%02x%02x", step[i / 36] & 0xff, step[i / 6 % 6] & 0xff, step[i % 6] & 0xff);
    } else {
        unsigned grey = (unsigned)(8 + 10 * (index - 232)) & 0xff;
        snprintf(out, 8, "#%02x%02x%02x", grey, grey, grey);
    }
}

static void escape(struct buf *out, struct sv text)
{
    for (size_t i = 0; i < text.len; i++) {
        switch (text.data[i]) {
        case '<':
            buf_adds(out, "&lt;");
            break;
        case '&':
            buf_adds(out, "&amp;");
            break;
        case '>':
            buf_adds(out, "&gt;");
            break;
        default:
            buf_addc(out, text.data[i]);
        }
    }
}

static bool same(struct vt_attr a, struct vt_attr b)
{
    return a.bold == b.bold && a.underline == b.underline && a.reverse == b.reverse && a.italic == b.italic &&
           a.fg == b.fg && a.bg == b.bg;
}

/* Cells of one look: a rectangle when they have a ground of their own, then their text stretched to the grid. */
static void add_run(struct buf *out, int row, int col, int cols, struct vt_attr a, struct sv text)
{
    char ink[8];
    char ground[8];
    int x = PAD + col * CELL_W;
    int y = PAD + row * CELL_H;
    colour(a.fg, a.bold, ink);
    colour(a.bg, false, ground);
    if (a.reverse || a.bg >= 0)
        buf_addf(out, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>", x, y, cols * CELL_W, CELL_H,
                 a.reverse ? ink : ground);
    if (sv_trim(text).len == 0)
        return;
    buf_addf(out, "<text x=\"%d\" y=\"%d\" textLength=\"%d\" fill=\"%s\"%s%s%s>", x, y + BASELINE, cols * CELL_W,
             a.reverse ? (a.bg >= 0 ? ground : background) : ink, a.bold ? " font-weight=\"bold\"" : "",
             a.underline ? " text-decoration=\"underline\"" : "", a.italic ? " font-style=\"italic\"" : "");
    escape(out, text);
    buf_adds(out, "</text>\n");
}

static void add_row(struct buf *out, struct vt *vt, int row)
{
    char *line = mem_strdup(vt_row(vt, row));
    struct sv all = sv_from(line);
    int col = 0;
    for (size_t at = 0; at < all.len;) {
        struct vt_attr look = vt_attr(vt, row, col);
        size_t from = at;
        int first = col;
        while (at < all.len && same(look, vt_attr(vt, row, col))) {
            size_t next = utf8_next(all, at);
            col += (int)utf8_columns(sv_sub(all, at, next - at));
            at = next;
        }
        add_run(out, row, first, col - first, look, sv_sub(all, from, at - from));
    }
    free(line);
}

bool svg_write(struct vt *vt, int rows, int cols, const char *title, const char *path, struct err *err)
{
    struct buf out = BUF_INIT;
    int width = cols * CELL_W + 2 * PAD;
    int height = rows * CELL_H + 2 * PAD;
    buf_addf(
        &out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\">\n"
        "<title>%s</title>\n<rect width=\"%d\" height=\"%d\" rx=\"8\" fill=\"%s\"/>\n"
        "<g font-family=\"ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace\" font-size=\"15\" "
        "xml:space=\"preserve\">\n",
        width, height, width, height, title, width, height, background);
    for (int row = 0; row < rows; row++)
        add_row(&out, vt, row);
    buf_adds(&out, "</g>\n</svg>\n");
    bool ok = file_write_atomic(path, buf_sv(&out), err);
    buf_release(&out);
    return ok;
}
