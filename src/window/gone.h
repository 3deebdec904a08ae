/* Hands that were deleted: their files are kept in memory until the window closes, so that undo
 * brings them back. */
#ifndef LONGHAND_WINDOW_GONE_H
#define LONGHAND_WINDOW_GONE_H

#include "style_list.h"

typedef struct win_gone_hand {
    char *path;        /* owned; where it is, or was */
    char *file, *text; /* owned; the bytes of it, and of the text beside a line, or NULL */
    size_t file_size, text_size;
    bool chosen;   /* it was the hand that writes */
    unsigned step; /* of the user's, in which it was deleted */
} win_gone_hand;

/* All that were deleted, in their order; the last `back` of them are there again. */
typedef struct win_gone {
    win_gone_hand *hand; /* owned */
    int count, back;
} win_gone;

/* Deletes style `index` and its files, and keeps them here; what was brought back before can then
 * not be deleted by redo any more. On failure nothing is deleted. */
lh_status win_gone_delete(win_gone *gone, win_styles *styles, int index, bool chosen, unsigned step,
                          lh_error *error);
/* Brings the last one back, behind all others of the list, under its name or, where that is another
 * hand's by now, under that of the next own hand; returns its index, or -1. */
int win_gone_undo(win_gone *gone, win_styles *styles, lh_error *error);
/* Deletes what was brought back last again; returns the index it had, or -1. What is no longer
 * there is forgotten then, as is by undo what the list has no room for, though its files are back.
 */
int win_gone_redo(win_gone *gone, win_styles *styles, lh_error *error);
/* What undo or redo would be of; NULL: there is nothing. Good until the next call of another. */
const win_gone_hand *win_gone_past(const win_gone *gone);
const win_gone_hand *win_gone_future(const win_gone *gone);
void win_gone_clear(win_gone *gone);

#endif
