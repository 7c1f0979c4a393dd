#include "pmprep/app/keep.h"

#include "pmprep/base/clock.h"
#include "pmprep/base/fileio.h"
#include "pmprep/base/path.h"

#include <unistd.h>

enum { MOST_ALIKE = 100 };

static void add_name(struct buf *path, const char *folder, unsigned which)
{
    int64_t now = clock_wall_ms();
    char at[32]; /* 2026-11-21T22:19:05.123+00:00 */
    clock_format(now, clock_offset_min(now), at);
    path_join(path, folder, "pmprep-");
    buf_addf(path, "%.4s%.2s%.2s-%.2s%.2s%.2s", at, at + 5, at + 8, at + 11, at + 14, at + 17);
    if (which > 1) {
        buf_addf(path, "-%u", which);
    }
    buf_adds(path, ".txt");
}

static bool write_in(const char *folder, struct sv text, struct buf *path, struct err *err)
{
    struct buf file = BUF_INIT;
    for (unsigned which = 1; which < MOST_ALIKE; which++) {
        buf_clear(&file);
        add_name(&file, folder, which);
        if (access(buf_str(&file), F_OK) != 0) {
            break;
        }
    }
    bool ok = file_write_atomic(buf_str(&file), text, err);
    if (ok) {
        buf_addsv(path, buf_sv(&file));
    }
    buf_release(&file);
    return ok;
}

bool keep_text(struct sv text, struct buf *path, struct err *err)
{
    struct buf folder = BUF_INIT;
    bool ok = path_home(&folder, err) && write_in(buf_str(&folder), text, path, err);
    if (!ok) {
        buf_clear(&folder);
        ok = file_temp_dir(&folder, err) && write_in(buf_str(&folder), text, path, err);
    }
    buf_release(&folder);
    return ok;
}
