/* What cells know: those of a layer that are active all through a span of points and not just
 * before and behind it, and the other places where the same cells are active together. After
 * LSTMVis (Strobelt, Gehrmann, Pfister and Rush 2018, "Selecting hidden states" and "Matching"),
 * whose states are on throughout a span; as a letter takes some 25 points and few cells are as
 * patient, shares of its points stand for that.
 *
 *     A cell is on at a point, saying yes or saying no, if it gives a threshold or more that way:
 *     0.1, unless it was moved.
 *     Margins of a span of n points: the n/2 points before it and the n/2 behind it, 6 to 30.
 *     Contrast of a cell: its share of the span's points at which it is on, less the larger of its
 *     shares of the two margins.
 *     Found are the cells whose share in the span is 0.6 and whose contrast is 0.3 or more; those
 * of the largest contrasts, if they are many. Score of a place: the contrast of all found cells
 * together, the mean of theirs there; at most
 *     1. Places are as long as the span, or two thirds or one and a half of it; each is better than
 *     whatever it overlaps, does not touch the span, and scores half as much as the span or more.
 *
 * With these numbers, of the five best places for a letter of the first layer of the network that
 * comes with the program, four in five have that letter (23 letters of a text of 340 in one
 * hand); three in five of the second, and fewer than one in three of the third. */
#ifndef LONGHAND_WINDOW_FIND_H
#define LONGHAND_WINDOW_FIND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { WIN_FOUND_CELLS = 12, WIN_FOUND_PLACES = 9 };
/* Thresholds, times 127: 0.1, and 0.05 to 0.75. */
enum { WIN_ON = 13, WIN_ON_LEAST = 6, WIN_ON_MOST = 95 };

typedef struct win_span {
    size_t from, to; /* points from..to-1 */
} win_span;

typedef struct win_found {
    int cells, places;
    int cell[WIN_FOUND_CELLS];        /* of the layer, the largest contrast first ... */
    int8_t way[WIN_FOUND_CELLS];      /* ... which say yes there, 1, or no, -1 */
    win_span place[WIN_FOUND_PLACES]; /* best first */
    double score[WIN_FOUND_PLACES];
    double own; /* score of the span itself */
} win_found;

/* What is searched: row [points] are what the cells of the layer give there, times 127, NULL where
 * that is not known. */
typedef struct win_searched {
    const int8_t *const *row;
    size_t points;
    int cells, on; /* the threshold, times 127 */
} win_searched;

/* Finds cells that stand out in the span, which lies within the points, and where else they are on
 * together. False: no memory, and nothing is found. */
bool win_find(const win_searched *in, win_span span, win_found *found);
/* Finds places, of about so many points, where the cells that `found` names are on together; the
 * best is taken for the span's own score. */
bool win_find_again(const win_searched *in, size_t length, win_found *found);

#endif
