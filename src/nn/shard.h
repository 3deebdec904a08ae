/* A shard: the sequences of a batch that one thread works on, laid out without padding.
 *
 * Sequences are sorted by length, longest first, so that at step t the first active[t] of them
 * still run. Rows of activations are time-major: step t has its rows at start[t], one for each
 * active sequence, in the same order at every step; R rows in all. A finished sequence has no rows
 * and costs nothing, and row b of step t - 1 is the past of row b of step t. */
#ifndef LONGHAND_NN_SHARD_H
#define LONGHAND_NN_SHARD_H

#include "bfloat16.h"
#include "blas.h"
#include "network.h"

/* What a shard holds besides when its products are in bfloat16; see pairs.h. Rows of numbers in
 * pairs, each row a whole number of them. */
typedef struct lh_shard_pairs {
    const lh_bfloat16_kernels *kernels; /* NULL: products in float32 */
    lh_pair *x;                         /* [R][3] */
    lh_pair *h;                         /* [N][R][H] */
    lh_pair *w;                         /* [R][A] */
    lh_pair *dgates;                    /* [chunk rows][4H] of one layer */
    int32_t *past;                      /* [R] row of the same sequence a step before, or -1 */
    lh_pair_panels dgates_panels;       /* [chunk rows][4H] */
    lh_pair_panels factor_panels;       /* [chunk rows][H or A] */
} lh_shard_pairs;

/* Slots of memory: those of shard.c, then those of pairs.c. */
enum { LH_SHARD_SLOTS_PAIRS = 22, LH_SHARD_SLOTS = LH_SHARD_SLOTS_PAIRS + 5 };

struct lh_workspace {
    const lh_blas *blas;

    /* Layout. */
    int sequences, steps;       /* B, T of the longest */
    size_t rows;                /* R */
    int *order;                 /* [B] index of the sequence at sorted place b */
    const lh_sequence **sorted; /* [B] */
    int *active;                /* [T + 1]; active[T] == 0 */
    size_t *start;              /* [T + 1] */

    /* Activations, all R rows. */
    lh_real *x;      /* [R][3] input */
    lh_real *target; /* [R][3] */
    lh_real *gates;  /* [N][R][4H] */
    lh_real *c;      /* [N][R][H] */
    lh_real *h;      /* [R][N H] */
    lh_real *w;      /* [R][A] */
    lh_real *hat;    /* [R][3K] window outputs alpha^, beta^, kappa^ */
    lh_real *kappa;  /* [R][K] */
    lh_real *output; /* [R][1 + 6M]; backward: dL/dy^ */

    /* Scratch of a step or a chunk of steps. */
    lh_real *zeros;    /* [max(B H, K)] the past of the first step */
    lh_real *phi;      /* [U max + 1] */
    lh_real *dh;       /* [chunk rows][N H] */
    lh_real *dw;       /* [chunk rows][A] */
    lh_real *d_hat;    /* [chunk rows][3K] */
    lh_real *dh_carry; /* [N][B][H] */
    lh_real *dc_carry; /* [N][B][H] */
    lh_real *dw_carry; /* [B][A] */
    lh_real *d_kappa;  /* [B][K] */

    lh_shard_pairs pairs;

    void *memory[LH_SHARD_SLOTS]; /* what the pointers above lie in */
    size_t size[LH_SHARD_SLOTS];
};

/* Slot `slot` of the workspace's memory, at least `count` x `size` bytes; NULL on failure, also
 * where an address has too few bits for so many. Grows with some room to spare, since shards differ
 * a little in size. */
void *lh_shard_room(lh_workspace *shard, int slot, uint64_t count, size_t size);

enum {
    /* Steps are worked through backwards in chunks of about this many rows: large enough for full
     * speed of the big products, small enough that their operands stay in the caches. */
    LH_CHUNK_ROWS = 2048
};

/* The first step of the chunk that ends before step `end`. */
int lh_shard_chunk(const lh_workspace *shard, int end);

/* Lays the sequences out and makes room; checks them against the network. */
lh_status lh_shard_begin(lh_workspace *shard, const lh_network *network,
                         const lh_sequence *sequences, int count, bool backward, lh_error *error);
/* Fills all activations and y^. */
void lh_shard_forward(lh_workspace *shard, const lh_network *network);
/* Takes dL/dy^ in shard->output; adds to `gradient`. */
void lh_shard_backward(lh_workspace *shard, const lh_network *network, double lstm_clip,
                       lh_real *gradient);

#endif
