#include "pmprep/base/path.h"

#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>
#ifdef __APPLE__
#include <mach-o/dyld.h>
#endif

static const char *env_set(const char *name)
{
    const char *value = getenv(name);
    return value && value[0] ? value : NULL;
}

static const char *home(void)
{
    const char *value = env_set("HOME");
    if (value && value[0] == '/') {
        return value;
    }
    const struct passwd *user = getpwuid(getuid());
    return user && user->pw_dir && user->pw_dir[0] == '/' ? user->pw_dir : NULL;
}

static bool xdg_folder(const char *variable, const char *below_home, struct buf *out, struct err *err)
{
    const char *base = env_set(variable);
    if (base && base[0] == '/') {
        path_join(out, base, "pmprep");
        return true;
    }
    base = home();
    if (!base) {
        return err_set(err, ERR_NOT_FOUND, "there is no home folder: set HOME or %s to a full path", variable);
    }
    path_join(out, base, below_home);
    buf_adds(out, "/pmprep");
    return true;
}

bool path_home(struct buf *out, struct err *err)
{
    const char *folder = home();
    if (!folder) {
        return err_set(err, ERR_NOT_FOUND, "there is no home folder: set HOME to a full path");
    }
    buf_adds(out, folder);
    return true;
}

bool path_data_home(struct buf *out, struct err *err)
{
    return xdg_folder("XDG_DATA_HOME", ".local/share", out, err);
}

bool path_config_home(struct buf *out, struct err *err)
{
    return xdg_folder("XDG_CONFIG_HOME", ".config", out, err);
}

bool path_cache_home(struct buf *out, struct err *err)
{
    return xdg_folder("XDG_CACHE_HOME", ".cache", out, err);
}

bool path_database(const char *override, struct buf *out, struct err *err)
{
    const char *given = override && override[0] ? override : env_set("PMPREP_DB");
    if (given) {
        buf_adds(out, given);
        return true;
    }
    if (!path_data_home(out, err)) {
        return false;
    }
    buf_adds(out, "/pmprep.db");
    return true;
}

/* The full path of the running program; false where the system does not tell. */
#ifdef __APPLE__
static bool program_path(struct buf *out)
{
    char raw[4096], full[4096];
    uint32_t size = sizeof(raw);
    if (_NSGetExecutablePath(raw, &size) != 0 || !realpath(raw, full)) {
        return false;
    }
    buf_adds(out, full);
    return true;
}
#else
static bool program_path(struct buf *out)
{
    static const char *const links[] = {"/proc/self/exe", "/proc/curproc/file", "/proc/curproc/exe"};
    for (size_t i = 0; i < sizeof(links) / sizeof(links[0]); i++) {
        char target[4096];
        ssize_t len = readlink(links[i], target, sizeof(target));
        if (len > 0 && (size_t)len < sizeof(target)) {
            buf_add(out, target, (size_t)len);
            return true;
        }
    }
    return false;
}
#endif

static bool is_folder(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static void cut_last(struct buf *path)
{
    const char *slash = strrchr(buf_str(path), '/');
    buf_truncate(path, slash ? (size_t)(slash - path->data) : 0);
}

/* A folder that happens to be called data is not ours: ours holds banks. */
static bool holds_banks(const struct buf *folder)
{
    struct buf banks = BUF_INIT;
    path_join(&banks, buf_str(folder), "banks");
    bool found = is_folder(buf_str(&banks));
    buf_release(&banks);
    return found;
}

static bool beside_program(struct buf *out, struct buf *tried)
{
    static const char *const places[] = {"data", "share/pmprep"};
    struct buf prefix = BUF_INIT;
    bool found = false;
    if (program_path(&prefix)) {
        cut_last(&prefix);
        cut_last(&prefix);
        for (size_t i = 0; i < sizeof(places) / sizeof(places[0]) && !found; i++) {
            struct buf place = BUF_INIT;
            path_join(&place, buf_str(&prefix), places[i]);
            found = holds_banks(&place);
            buf_addsv(found ? out : tried, buf_sv(&place));
            buf_adds(found ? out : tried, found ? "" : ", ");
            buf_release(&place);
        }
    }
    buf_release(&prefix);
    return found;
}

bool path_shipped_data(const char *override, struct buf *out, struct err *err)
{
    bool by_option = override && override[0];
    const char *given = by_option ? override : env_set("PMPREP_DATA");
    if (given) {
        if (!is_folder(given)) {
            return err_set(err, ERR_NOT_FOUND, "the data folder %s (%s) is not there: check the path", given,
                           by_option ? "from the command line" : "from PMPREP_DATA");
        }
        buf_adds(out, given);
        return true;
    }
    struct buf tried = BUF_INIT;
    bool found = beside_program(out, &tried);
    if (!found) {
        err_set(err, ERR_NOT_FOUND,
                "the question banks are not there (tried %sPMPREP_DATA): reinstall pmprep or set PMPREP_DATA",
                buf_str(&tried));
    }
    buf_release(&tried);
    return found;
}

void path_join(struct buf *out, const char *folder, const char *name)
{
    size_t len = strlen(folder);
    buf_add(out, folder, len);
    if (len > 0 && folder[len - 1] != '/') {
        buf_addc(out, '/');
    }
    buf_adds(out, name);
}

const char *path_basename(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}
