/* Where gradients go: see learnt.h. */
#include "learnt.h"

#include "adaptation.h"

#include <string.h>

/* The part whose matrix has a row that begins at `offset`, and which of its rows that is; NULL:
 * none has. */
static const lh_low_rank *part_at(const lh_adaptation *a, size_t offset, size_t *row)
{
    for (size_t i = 0; i < a->lows; i++) {
        const lh_low_rank *part = a->low[i];
        for (int half = 0; half < 2; half++)
            if (offset >= part->offset[half] &&
                offset < part->offset[half] + part->rows[half] * part->columns) {
                *row = half * part->rows[0] + (offset - part->offset[half]) / part->columns;
                return part;
            }
    }
    return NULL;
}

void lh_learnt_weights(const lh_workspace *s, const lh_learnt_product *p, lh_real *gradient)
{
    const lh_adaptation *a = s->learnt;
    if (!a) {
        s->blas->tn(p->width, p->columns, p->rows, p->x, p->stride, p->d, p->columns,
                    gradient + p->offset, p->columns);
        return;
    }
    size_t row;
    const lh_low_rank *part = p->width > 0 ? part_at(a, p->offset, &row) : NULL;
    if (!part || a->rank == 0)
        return;
    memset(s->within_rank, 0, p->rows * a->rank * sizeof *s->within_rank);
    s->blas->nn(p->rows, a->rank, p->width, p->x, p->stride, part->signs + row * a->rank, a->rank,
                s->within_rank, a->rank);
    s->blas->tn(a->rank, p->columns, p->rows, s->within_rank, a->rank, p->d, p->columns,
                gradient + part->first, p->columns);
}

lh_real *lh_learnt_freely(const lh_workspace *s, size_t offset, lh_real *gradient)
{
    const lh_adaptation *a = s->learnt;
    if (!a)
        return gradient + offset;
    for (size_t i = 0; i < a->frees; i++)
        if (a->free[i]->count > 0 && a->free[i]->offset == offset)
            return gradient + a->free[i]->first;
    return NULL;
}
