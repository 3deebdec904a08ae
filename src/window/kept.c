/* Pieces of what a network did: see kept.h. */
#include "kept.h"

#include <stdlib.h>
#include <string.h>

enum { COLUMNS = 6 };

/* Bytes of a point in each column, as Written has them; 0 where there is none. */
static void measure(const lh_written *w, size_t bytes[COLUMNS])
{
    size_t layers = (size_t)w->layers;
    bytes[0] = sizeof(lh_trace);
    bytes[1] = w->output ? (1 + 6 * (size_t)w->mixtures) * sizeof(float) : 0;
    bytes[2] = w->window ? sizeof(lh_window_view) : 0;
    bytes[3] = w->saturation ? layers * sizeof(lh_saturation) : 0;
    bytes[5] =
        w->gate ? (LH_GATE_COUNT + 1) * layers * (size_t)w->cells : 0; /* the last: it goes */
    bytes[4] = w->cell ? layers * (size_t)w->cells : 0;
}

/* Lays the columns out behind the piece. */
static void place_columns(win_piece *piece, const size_t bytes[COLUMNS])
{
    void *column[COLUMNS];
    char *at = (char *)(piece + 1);
    for (int i = 0; i < COLUMNS; at += WIN_PIECE * bytes[i], i++)
        column[i] = bytes[i] > 0 ? at : NULL;
    piece->trace = column[0];
    piece->output = column[1];
    piece->window = column[2];
    piece->saturation = column[3];
    piece->cell = column[4];
    piece->gate = column[5];
}

/* A piece and all its rows are one allocation, as large for few points as for many. */
static win_piece *copy_piece(const lh_written *w, size_t from, size_t count)
{
    size_t bytes[COLUMNS], all = 0, row = from - w->kept_from;
    measure(w, bytes);
    for (int i = 0; i < COLUMNS; i++)
        all += bytes[i];
    win_piece *piece = malloc(sizeof *piece + WIN_PIECE * all);
    if (!piece)
        return NULL;
    *piece = (win_piece){.from = from,
                         .count = count,
                         .mixtures = w->mixtures,
                         .layers = w->layers,
                         .cells = w->cells};
    place_columns(piece, bytes);
    const void *source[COLUMNS] = {w->trace, w->output, w->window, w->saturation, w->cell, w->gate};
    void *column[COLUMNS] = {piece->trace,      piece->output, piece->window,
                             piece->saturation, piece->cell,   piece->gate};
    for (int i = 0; i < COLUMNS; i++)
        if (bytes[i] > 0)
            memcpy(column[i], (const char *)source[i] + row * bytes[i], count * bytes[i]);
    return piece;
}

bool win_kept_copy(const lh_written *w, size_t from, size_t to, win_piece **pieces)
{
    win_piece **next = pieces;
    *pieces = NULL;
    for (; from < to; from += (*next)->count, next = &(*next)->next) {
        *next = copy_piece(w, from, to - from < WIN_PIECE ? to - from : WIN_PIECE);
        if (!*next) {
            win_kept_free(*pieces);
            *pieces = NULL;
            return false;
        }
    }
    return true;
}

win_piece *win_kept_drop_gates(win_piece *piece)
{
    if (!piece->gate)
        return piece;
    lh_written had = {.layers = piece->layers,
                      .cells = piece->cells,
                      .mixtures = piece->mixtures,
                      .output = piece->output,
                      .window = piece->window,
                      .saturation = piece->saturation,
                      .cell = piece->cell};
    size_t bytes[COLUMNS], all = 0;
    measure(&had, bytes);
    for (int i = 0; i < COLUMNS; i++)
        all += bytes[i];
    win_piece *smaller = realloc(piece, sizeof *piece + WIN_PIECE * all);
    piece = smaller ? smaller : piece;
    place_columns(piece, bytes);
    return piece;
}

void win_kept_free(win_piece *piece)
{
    while (piece) {
        win_piece *next = piece->next;
        free(piece);
        piece = next;
    }
}

win_inside win_kept_at(const win_piece *p, size_t point)
{
    size_t row = point - p->from, layers = (size_t)p->layers;
    if (p->trace[row].component < 0) /* no step led there: where a line begins, and a mark */
        return (win_inside){.trace = p->trace + row};
    return (win_inside){
        .trace = p->trace + row,
        .output = p->output ? p->output + row * (1 + 6 * (size_t)p->mixtures) : NULL,
        .window = p->window ? p->window + row : NULL,
        .cell = p->cell ? p->cell + row * layers * (size_t)p->cells : NULL,
        .saturation = p->saturation ? p->saturation + row * layers : NULL,
        .gate = p->gate ? p->gate + row * (LH_GATE_COUNT + 1) * layers * (size_t)p->cells : NULL,
    };
}
