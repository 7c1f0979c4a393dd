#include "support/faultvfs.h"

#include <errno.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

/* The real file follows the shim in the memory that SQLite gives. */
struct shim_file {
    sqlite3_file base;
    sqlite3_file *real;
};

static sqlite3_vfs *real_vfs;
static struct fault current;
static int counts[FAULT_CALLS];
static bool struck;

static const int own_codes[FAULT_CALLS] = {
    [FAULT_WRITE] = SQLITE_IOERR_WRITE, [FAULT_SYNC] = SQLITE_IOERR_FSYNC,    [FAULT_TRUNCATE] = SQLITE_IOERR_TRUNCATE,
    [FAULT_OPEN] = SQLITE_CANTOPEN,     [FAULT_DELETE] = SQLITE_IOERR_DELETE, [FAULT_READ] = SQLITE_IOERR_READ,
};

static void die_if_deadly(void)
{
    if (current.deadly) {
        _exit(FAULT_DEAD);
    }
}

/* Counts the call; answers the code it must fail with, or SQLITE_OK. */
static int failure_of(enum fault_call call)
{
    int number = ++counts[call];
    if (current.nth == 0 || current.call != call) {
        return SQLITE_OK;
    }
    if (number != current.nth && !(current.forever && number > current.nth)) {
        return SQLITE_OK;
    }
    struck = true;
    errno = EIO;               /* SQLite asks for it */
    if (call != FAULT_WRITE) { /* a write may be torn first */
        die_if_deadly();
    }
    return current.result ? current.result : own_codes[call];
}

static sqlite3_file *real_of(sqlite3_file *file)
{
    return ((struct shim_file *)file)->real;
}

static int shim_close(sqlite3_file *file)
{
    return real_of(file)->pMethods->xClose(real_of(file));
}

static int shim_read(sqlite3_file *file, void *out, int len, sqlite3_int64 at)
{
    int result = failure_of(FAULT_READ);
    return result != SQLITE_OK ? result : real_of(file)->pMethods->xRead(real_of(file), out, len, at);
}

static int shim_write(sqlite3_file *file, const void *bytes, int len, sqlite3_int64 at)
{
    int result = failure_of(FAULT_WRITE);
    if (result == SQLITE_OK) {
        return real_of(file)->pMethods->xWrite(real_of(file), bytes, len, at);
    }
    if (current.torn) {
        real_of(file)->pMethods->xWrite(real_of(file), bytes, len / 2, at);
    }
    die_if_deadly();
    return result;
}

static int shim_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    int result = failure_of(FAULT_TRUNCATE);
    return result != SQLITE_OK ? result : real_of(file)->pMethods->xTruncate(real_of(file), size);
}

static int shim_sync(sqlite3_file *file, int flags)
{
    int result = failure_of(FAULT_SYNC);
    return result != SQLITE_OK ? result : real_of(file)->pMethods->xSync(real_of(file), flags);
}

static int shim_size(sqlite3_file *file, sqlite3_int64 *size)
{
    return real_of(file)->pMethods->xFileSize(real_of(file), size);
}

static int shim_lock(sqlite3_file *file, int level)
{
    return real_of(file)->pMethods->xLock(real_of(file), level);
}

static int shim_unlock(sqlite3_file *file, int level)
{
    return real_of(file)->pMethods->xUnlock(real_of(file), level);
}

static int shim_check_lock(sqlite3_file *file, int *held)
{
    return real_of(file)->pMethods->xCheckReservedLock(real_of(file), held);
}

static int shim_control(sqlite3_file *file, int op, void *arg)
{
    return real_of(file)->pMethods->xFileControl(real_of(file), op, arg);
}

static int shim_sector_size(sqlite3_file *file)
{
    return real_of(file)->pMethods->xSectorSize(real_of(file));
}

static int shim_characteristics(sqlite3_file *file)
{
    return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}

/* Version 1: neither shared memory nor mapping, so that every byte passes through the calls above. */
static const sqlite3_io_methods shim_methods = {
    .iVersion = 1,
    .xClose = shim_close,
    .xRead = shim_read,
    .xWrite = shim_write,
    .xTruncate = shim_truncate,
    .xSync = shim_sync,
    .xFileSize = shim_size,
    .xLock = shim_lock,
    .xUnlock = shim_unlock,
    .xCheckReservedLock = shim_check_lock,
    .xFileControl = shim_control,
    .xSectorSize = shim_sector_size,
    .xDeviceCharacteristics = shim_characteristics,
};

static int shim_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
    (void)vfs;
    struct shim_file *shim = (struct shim_file *)file;
    shim->base.pMethods = NULL; /* SQLite closes only what has methods */
    shim->real = (sqlite3_file *)(shim + 1);
    int result = failure_of(FAULT_OPEN);
    if (result == SQLITE_OK) {
        result = real_vfs->xOpen(real_vfs, name, shim->real, flags, out_flags);
    }
    if (result == SQLITE_OK) {
        shim->base.pMethods = &shim_methods;
    }
    return result;
}

static int shim_delete(sqlite3_vfs *vfs, const char *name, int sync_folder)
{
    (void)vfs;
    int result = failure_of(FAULT_DELETE);
    return result != SQLITE_OK ? result : real_vfs->xDelete(real_vfs, name, sync_folder);
}

void fault_register(void)
{
    static sqlite3_vfs shim;
    if (real_vfs) {
        return;
    }
    real_vfs = sqlite3_vfs_find(NULL);
    shim = *real_vfs; /* what is not replaced does not look at its VFS beyond pAppData */
    shim.zName = FAULT_VFS;
    shim.pNext = NULL;
    shim.szOsFile = (int)sizeof(struct shim_file) + real_vfs->szOsFile;
    shim.xOpen = shim_open;
    shim.xDelete = shim_delete;
    sqlite3_vfs_register(&shim, 0);
}

void fault_set(struct fault fault)
{
    current = fault;
    struck = false;
    memset(counts, 0, sizeof(counts));
}

void fault_clear(void)
{
    fault_set((struct fault){.nth = 0});
}

int fault_count(enum fault_call call)
{
    return counts[call];
}

bool fault_hit(void)
{
    return struck;
}
