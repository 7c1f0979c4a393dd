#include "rescue.h"

#include <signal.h>
#include <termios.h>
#include <unistd.h>

/* Handlers have no other place to look than here. */
static struct {
    volatile sig_atomic_t armed;
    bool at_exit; /* registered with atexit */
    char bytes[256];
    size_t len;
    struct termios mode;
} rescue;

bool rescue_begin(void)
{
    rescue.len = 0;
    if (!rescue.at_exit) {
        rescue.at_exit = atexit(rescue_now) == 0;
    }
    return tcgetattr(STDIN_FILENO, &rescue.mode) == 0;
}

void rescue_add(const char *s)
{
    /* without the padding marks $<...> of old terminals */
    while (*s && rescue.len < sizeof(rescue.bytes)) {
        const char *pad_end = s[0] == '$' && s[1] == '<' ? strchr(s, '>') : NULL;
        if (pad_end) {
            s = pad_end + 1;
        } else {
            rescue.bytes[rescue.len++] = *s++;
        }
    }
}

void rescue_arm(bool armed)
{
    rescue.armed = armed;
}

bool rescue_armed(void)
{
    return rescue.armed;
}

void rescue_now(void)
{
    if (!rescue.armed) {
        return;
    }
    rescue.armed = 0;
    ssize_t ignored = write(STDOUT_FILENO, rescue.bytes, rescue.len);
    (void)ignored;
    tcsetattr(STDIN_FILENO, TCSANOW, &rescue.mode);
}
