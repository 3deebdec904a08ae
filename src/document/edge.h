/* The lower edge of a row of writing: what the next row must stay clear of. */
#ifndef LONGHAND_DOCUMENT_EDGE_H
#define LONGHAND_DOCUMENT_EDGE_H

#include <longhand/page.h>

/* y of the lowest ink, mm, in cells of x from `left` on; -INFINITY where there is none. */
typedef struct lh_edge {
    float left;
    float *lowest; /* [cells] */
    size_t cells;
} lh_edge;

lh_status lh_edge_init(lh_edge *edge, float left, float right, lh_error *error);
void lh_edge_clear(lh_edge *edge);
/* Empties it. */
void lh_edge_reset(lh_edge *edge);
void lh_edge_add(lh_edge *edge, const lh_ink *ink, lh_placing placing);
/* The least room between the edge and ink below it, mm; INFINITY where they never meet. */
float lh_edge_clearance(const lh_edge *edge, const lh_ink *ink, lh_placing placing);

#endif
