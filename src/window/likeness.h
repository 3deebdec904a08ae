/* Cells in the order of their likeness: those whose courses in time go alike stand beside each
 * other. The order is that of the angles between the first two eigenvectors of their correlations
 * (Friendly 2002, "Corrgrams", section 3), which begins where neighbours are least alike. */
#ifndef LONGHAND_WINDOW_LIKENESS_H
#define LONGHAND_WINDOW_LIKENESS_H

#include "sheet.h"

/* Fills order [cells] from `points` points; row [points] are what the cells give there, NULL where
 * that is not known. False: no memory, or too few points. */
bool win_likeness_find(const int8_t *const *row, size_t points, int cells, uint16_t *order);

typedef struct win_likeness {
    uint16_t *order; /* [layers][cells], owned; NULL: there is none yet */
    uint16_t *place; /* [layers][cells]: where in the order each cell is */
    int layers, cells;
    int next;         /* the layer that is ordered next; `layers`: all are */
    size_t points;    /* that there were when it was last done */
    unsigned version; /* counts changes */
} win_likeness;

/* Orders the cells of a layer, when there is much more ink than the last time. */
void win_likeness_update(win_likeness *likeness, const win_sheet *sheet);
void win_likeness_clear(win_likeness *likeness);

#endif
