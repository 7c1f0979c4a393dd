#ifndef APP_COACHING_H
#define APP_COACHING_H

#include "pmprep/app/coach.h"

/* What app_coach() keeps in the app. Zero is closed. */
struct coaching {
    struct coach *coach;
    struct arena arena; /* settings, and the lines below */
    const char **problems;
    size_t problem_count, problem_room;
};

struct coaching *app_coaching(struct app *app);
void coaching_release(struct coaching *c);

#endif
