/* What the network did at each of the last points, in pieces of a few points each. The scribe fills
 * them and the sheet keeps them as they are, so that nothing large is copied in the middle of a
 * frame; and as all are of one size, those that are given back leave room for just those that
 * come. */
#ifndef LONGHAND_WINDOW_KEPT_H
#define LONGHAND_WINDOW_KEPT_H

#include <longhand/longhand.h>

enum { WIN_PIECE = 64 }; /* points of a piece, at most */

typedef struct win_piece {
    struct win_piece *next;
    size_t from, count; /* points */
    int mixtures, layers, cells;
    lh_trace *trace;           /* [count] */
    float *output;             /* [count][1 + 6 mixtures]; these are NULL where they are not kept */
    lh_window_view *window;    /* [count] */
    int8_t *cell;              /* [count][layers][cells] */
    lh_saturation *saturation; /* [count][layers] */
    int8_t *gate;              /* [count][layers][LH_GATE_COUNT + 1][cells] */
} win_piece;

/* What the network did at a point; all NULL when that is not kept, but for the trace when there was
 * no step of a network. */
typedef struct win_inside {
    const lh_trace *trace;
    const float *output;
    const lh_window_view *window;
    const int8_t *cell;
    const lh_saturation *saturation;
    const int8_t *gate;
} win_inside;

/* Copies what was kept of points from..to-1 to new pieces, one after the other. Written's rows must
 * reach back to `from`. False: no memory, and `pieces` is NULL. */
bool win_kept_copy(const lh_written *written, size_t from, size_t to, win_piece **pieces);
/* Drops the gates of a piece, which are most of it. Returns the piece, which may have moved. */
win_piece *win_kept_drop_gates(win_piece *piece);
/* Frees it and those behind it. */
void win_kept_free(win_piece *piece);
win_inside win_kept_at(const win_piece *piece, size_t point);

#endif
