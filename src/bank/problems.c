#include "pmprep/bank/bank.h"
#include "pmprep/base/buf.h"
#include "pmprep/base/mem.h"
#include "pmprep/base/utf8.h"

#include <stdarg.h>

void problems_init(struct problems *p, struct arena *arena)
{
    *p = (struct problems){.arena = arena};
}

void problems_add(struct problems *p, struct place where, const char *fmt, ...)
{
    struct buf raw = BUF_INIT;
    struct buf clean = BUF_INIT;
    va_list args;
    va_start(args, fmt);
    buf_vaddf(&raw, fmt, args);
    va_end(args);
    visible_add(&clean, buf_sv(&raw), VISIBLE_LINE);
    mem_grow((void **)&p->at, &p->cap, p->count + 1, sizeof(*p->at));
    p->at[p->count++] = (struct problem){where, arena_sv(p->arena, buf_sv(&clean))};
    buf_release(&raw);
    buf_release(&clean);
}

void problems_release(struct problems *p)
{
    free(p->at);
    *p = (struct problems){.arena = p->arena};
}
