/* Ink in the making: points with how each came about, kept in parallel rows that grow, and that
 * can be cut back to where a try began. */
#ifndef LONGHAND_WRITE_DRAFT_H
#define LONGHAND_WRITE_DRAFT_H

#include <longhand/write.h>

enum { /* what is kept besides the points, as lh_written has it; the trace always is */
       LH_COLUMN_TRACE,
       LH_COLUMN_OUTPUT,
       LH_COLUMN_WINDOW,
       LH_COLUMN_KAPPA,
       LH_COLUMN_CELL,
       LH_COLUMN_SATURATION,
       LH_COLUMN_GATE,
       LH_COLUMNS
};

typedef struct lh_draft {
    lh_point *point;        /* all [count]; time is not set */
    void *kept[LH_COLUMNS]; /* [count - kept_from][bytes[...]] each; NULL where bytes is 0 */
    size_t bytes[LH_COLUMNS];
    size_t count, capacity;
    size_t kept_from, kept_capacity;
    int mixtures, windows, layers, cells;
} lh_draft;

/* One row. `state` may be NULL: zeros are kept for it. */
typedef struct lh_draft_row {
    lh_point point;
    lh_trace trace;
    const lh_state *state; /* row `row` of it has just been stepped */
    int row;
    int on, moved; /* the window's character with the largest phi; from its text to the whole one */
} lh_draft_row;

/* Makes it empty, for networks of this architecture; `keep` as in lh_write_options. */
void lh_draft_start(lh_draft *draft, const lh_architecture *architecture, unsigned keep);
lh_status lh_draft_add(lh_draft *draft, const lh_draft_row *row, lh_error *error);
/* Adds rows from..count-1 of `more`, which was started alike and has forgotten nothing. */
lh_status lh_draft_append(lh_draft *draft, const lh_draft *more, size_t from, lh_error *error);
/* Puts `count` points before row `at` of a draft that has forgotten nothing. Each has this trace;
 * all else is kept for them as for the row before. */
lh_status lh_draft_insert(lh_draft *draft, size_t at, const lh_point *point, size_t count,
                          const lh_trace *trace, lh_error *error);
/* Takes `count` rows from `at` on out of a draft that has forgotten nothing. */
void lh_draft_remove(lh_draft *draft, size_t at, size_t count);
/* The trace of row `at`, which must not be forgotten. */
const lh_trace *lh_draft_trace(const lh_draft *draft, size_t at);
/* Behind the last point of the stroke that point `first` is of, `to` at most. */
size_t lh_draft_stroke_end(const lh_draft *draft, size_t first, size_t to);
/* The box of points from..to-1. */
lh_box lh_draft_box(const lh_draft *draft, size_t from, size_t to);
/* Cuts it back to its first `count` rows. */
void lh_draft_cut(lh_draft *draft, size_t count);
/* Drops what is kept besides points, up to here; the room for it stays, for what comes. */
void lh_draft_forget(lh_draft *draft);
/* Frees the rows and makes it empty. */
void lh_draft_clear(lh_draft *draft);
/* Lets `written` see the rows, texts and words aside. */
void lh_draft_show(const lh_draft *draft, lh_written *written);

#endif
