#ifndef PMPREP_TESTS_SVG_H
#define PMPREP_TESTS_SVG_H

#include "pmprep/base/err.h"
#include "vt.h"

/* Writes what the terminal shows as an SVG picture, cell by cell. */
bool svg_write(struct vt *vt, int rows, int cols, const char *title, const char *path, struct err *err);

#endif
