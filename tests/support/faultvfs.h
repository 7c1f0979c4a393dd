#ifndef PMPREP_TESTS_FAULTVFS_H
#define PMPREP_TESTS_FAULTVFS_H

#include <stdbool.h>

/*
 * An SQLite VFS named "fault" around the default one that fails chosen calls: pass FAULT_VFS to db_open. Counting
 * starts when a fault is set; calls of every file (database, journal, temporary) are counted together, in the order
 * SQLite makes them.
 */
#define FAULT_VFS  "fault"
#define FAULT_DEAD 99

enum fault_call {
    FAULT_WRITE,
    FAULT_SYNC,
    FAULT_TRUNCATE,
    FAULT_OPEN,
    FAULT_DELETE,
    FAULT_READ,
    FAULT_CALLS,
};

struct fault {
    enum fault_call call;
    int nth;      /* 1 is the next such call; 0 never fails */
    int result;   /* an SQLite result code: SQLITE_FULL, SQLITE_IOERR_WRITE, ...; 0 takes the call's own SQLITE_IOERR_
                     code */
    bool forever; /* that call and every later one of its kind */
    bool torn;    /* a failing write leaves the first half of its bytes in the file */
    bool deadly;  /* the process ends there, as if killed, with exit status FAULT_DEAD */
};

void fault_register(void); /* once or more often, before the first use */
void fault_set(struct fault fault);
void fault_clear(void);                /* nothing fails; counting starts again */
int fault_count(enum fault_call call); /* calls since fault_set or fault_clear */
bool fault_hit(void);                  /* whether the fault struck since it was set */

#endif
