/* What a search found, named and kept: cells of a layer that are on together. Kept are rows of a
 * file in the user's folder of data, "LAYERS OF LAYER ON LENGTH CELL ... = NAME", cells from 1,
 * those that say no with a minus. */
#ifndef LONGHAND_WINDOW_MARKS_H
#define LONGHAND_WINDOW_MARKS_H

#include "find.h"

#include <longhand/base.h>

enum { WIN_MARKS = 12, WIN_MARK_NAME = 60 };

typedef struct win_pattern {
    char name[WIN_MARK_NAME];
    int layers, of; /* of the network: of so many cells each */
    int layer, on;  /* whose cells, and the threshold */
    size_t length;  /* points of what was marked */
    int cells;
    int cell[WIN_FOUND_CELLS];
    int8_t way[WIN_FOUND_CELLS];
} win_pattern;

typedef struct win_marks {
    win_pattern mark[WIN_MARKS];
    int count;
    unsigned version; /* counts changes */
} win_marks;

/* Where they are kept, with its folder made; the caller frees. NULL: nowhere. */
char *win_marks_path(void);
/* Reads those of a file; rows that are none are passed over, and no file is no mark. */
void win_marks_read(win_marks *marks, const char *path);
lh_status win_marks_write(const win_marks *marks, const char *path, lh_error *error);
/* Puts a pattern among them under a name, in place of one of that name. False: there is no room. */
bool win_marks_add(win_marks *marks, const win_pattern *pattern, const char *name);
/* False: there is none of that name. */
bool win_marks_drop(win_marks *marks, const char *name);

#endif
