/* A workspace: the activations of a batch that one thread works on, and what going backwards needs.
 * Rows are those of the batch (batch_rows.h). */
#ifndef LONGHAND_NN_WORKSPACE_H
#define LONGHAND_NN_WORKSPACE_H

#include "batch_rows.h"
#include "bfloat16.h"
#include "blas.h"
#include "network.h"

/* What a workspace holds besides when its products are in bfloat16; see pairs.h. Rows of numbers in
 * pairs, each row a whole number of them. */
typedef struct lh_workspace_pairs {
    const lh_bfloat16_kernels *kernels; /* NULL: products in float32 */
    lh_pair *x;                         /* [R][I] */
    lh_pair *h;                         /* [N][R][H] */
    lh_pair *w;                         /* [R][A] */
    lh_pair *dgates;                    /* [chunk rows][G H] of one layer */
    lh_pair *drecurrent;          /* the same of its recurrent sums; `dgates` where they are one */
    int32_t *past;                /* [R] row of the same sequence a step before, or -1 */
    lh_pair_panels dgates_panels; /* [chunk rows][G H] */
    lh_pair_panels factor_panels; /* [chunk rows][H or A] */
    lh_rooms rooms;
} lh_workspace_pairs;

struct lh_workspace {
    const lh_blas *blas;
    lh_batch batch;

    /* Activations, all R rows. */
    lh_real *x;         /* [R][I] what enters */
    lh_real *gates;     /* [N][R][G H] */
    lh_real *recurrent; /* [N][R][G H], where the cell keeps them apart */
    lh_real *carried;   /* [N][R][S H] */
    lh_real *h;         /* [R][N H] */
    lh_real *passed; /* [R][N H] what of h goes up: `h` itself, or where there is dropout h mask */
    lh_real *mask;   /* [R][N H] 0 or 1 / (1 - dropout); NULL: no dropout */
    lh_real *w;      /* [R][shown] what the window or the memory shows */
    lh_real *hat;    /* [R][told] window outputs alpha^, beta^, kappa^, or a memory's interface */
    lh_real *kappa;  /* [R][K] */
    lh_real *store;  /* [R][kept] a memory's states; forward only, of two steps: [2][B][kept] */
    bool store_all;  /* which of them */
    lh_real *output; /* [R][outputs]; backward: dL/dy^ */

    /* Scratch of a step or a chunk of steps. */
    lh_real *zeros;     /* the past of the first step: [B][H], [B][S H], [K] */
    lh_real *phi;       /* [U max + 1] */
    lh_real *dh;        /* [chunk rows][N H] */
    lh_real *dw;        /* [chunk rows][shown] */
    lh_real *d_hat;     /* [chunk rows][told] */
    lh_real *dh_carry;  /* [N][B][H] */
    lh_real *d_carried; /* [N][B][S H] */
    lh_real *dw_carry;  /* [B][shown] */
    lh_real *d_kappa;   /* [B][K] */
    lh_real *first;     /* [kept] a memory's state before the first step */
    lh_real *d_store;   /* [B][kept] */
    lh_real *within;    /* scratch of a memory's step */
    lh_rooms rooms;     /* what these lie in */

    const lh_adaptation *learnt; /* what the gradient is of; NULL: all weights */
    lh_real *within_rank;        /* [chunk rows][r] x A of its parts */

    double
        *dh_norm; /* [N][R] |dL/dh| as found on the way back; the caller's; NULL: not asked for */

    lh_workspace_pairs pairs;
};

/* Lays the sequences out, makes room and fills in what enters; checks them against the network. */
lh_status lh_workspace_begin(lh_workspace *workspace, const lh_network *network,
                             const lh_sequence *sequences, int count, bool backward,
                             lh_error *error);

/* Rows of step t of an array [R][width]. */
static inline lh_real *lh_at_step(const lh_workspace *workspace, lh_real *array, int t,
                                  size_t width)
{
    return array + workspace->batch.start[t] * width;
}

/* A memory's state of the sequence in row b of step t, or of t = -1. */
static inline lh_real *lh_store_at(const lh_workspace *workspace, int t, int b, size_t kept)
{
    if (t < 0)
        return workspace->first;
    const size_t step = workspace->store_all ? workspace->batch.start[t]
                                             : (size_t)(t & 1) * (size_t)workspace->batch.sequences;
    return workspace->store + (step + (size_t)b) * kept;
}

/* The same of a layer's part of an array [N][R][width]. */
static inline lh_real *lh_at_layer_step(const lh_workspace *workspace, lh_real *array, size_t layer,
                                        int t, size_t width)
{
    return array + (layer * workspace->batch.rows + workspace->batch.start[t]) * width;
}

#endif
