/* Ink in the making: points with how each came about, kept in parallel rows that grow, and that
 * can be cut back to where a try began. */
#ifndef LONGHAND_WRITE_DRAFT_H
#define LONGHAND_WRITE_DRAFT_H

#include <longhand/write.h>

typedef struct lh_draft {
    lh_point *point; /* all [count]; time is not set */
    lh_trace *trace;
    float *output;          /* [count][outputs], LH_KEEP_OUTPUT only */
    lh_window_view *window; /* [count], LH_KEEP_WINDOW only */
    size_t count, capacity;
    int outputs; /* 1 + 6 M */
    unsigned keep;
} lh_draft;

/* One row; `output` and `window` may be NULL: zeros are kept for them. */
typedef struct lh_draft_row {
    lh_point point;
    lh_trace trace;
    const lh_real *output;
    const lh_window_view *window;
} lh_draft_row;

lh_status lh_draft_add(lh_draft *draft, const lh_draft_row *row, lh_error *error);
/* Adds rows from..count-1 of `more`, whose `keep` and `outputs` are the same. */
lh_status lh_draft_append(lh_draft *draft, const lh_draft *more, size_t from, lh_error *error);
/* Frees the rows and makes it empty; keeps `outputs` and `keep`. */
void lh_draft_clear(lh_draft *draft);

#endif
