/* What a kind of memory is: N slots of W numbers beside the cells, which a head writes and R heads
 * read at every step. What the heads do follows from an interface vector [I], which the first
 * layer's h tells by weights; what is read, [R W], feeds that layer at the next step, and the
 * layers above and the output at this one. These products are the same for every kind and are made
 * by those who call. A kind says what a step does to a state [S]: the memory and all that it keeps
 * of itself.
 *
 * A kind is a file, memory_NAME.c, and a row in LH_MEMORIES below. It is compiled once for each
 * instruction set, like all loops that weigh. */
#ifndef LONGHAND_NN_MEMORY_KIND_H
#define LONGHAND_NN_MEMORY_KIND_H

#include <longhand/nn.h>

/* The kinds there are; in an lh_architecture they count from 1. */
#ifdef LH_KERNELS_WASM /* the page for browsers writes, for which its network needs none */
#define LH_MEMORIES(ROW)
#else
#define LH_MEMORIES(ROW) ROW(ntm) ROW(dnc)
#endif

typedef struct lh_memory_size {
    size_t slots, width, reads; /* N, W, R */
} lh_memory_size;

/* A step of one sequence. */
typedef struct lh_memory_forward {
    const lh_real *interface; /* [I] as the weights gave it, not yet squashed */
    const lh_real *before;    /* [S] the state of the step before */
    lh_real *state;           /* [S] out; not `before` */
    lh_real *read;            /* [R W] out */
    lh_real *scratch;         /* [C] */
} lh_memory_forward;

/* The same step backwards. */
typedef struct lh_memory_backward {
    const lh_real *interface, *before, *state;
    const lh_real *d_read; /* [R W] */
    lh_real *d_state;      /* [S] in: dL/d state from the step after; out: dL/d before */
    lh_real *d_interface;  /* [I] out */
    lh_real *scratch;      /* [C] */
} lh_memory_backward;

typedef struct lh_memory {
    const char *name; /* in model files */
    size_t (*interface)(const lh_memory_size *size);
    size_t (*state)(const lh_memory_size *size);
    size_t (*scratch)(const lh_memory_size *size); /* C */
    /* The state before the first step, which is all 0 when it comes. NULL: it stays so. */
    void (*begin)(const lh_memory_size *size, lh_real *state);
    void (*forward)(const lh_memory_size *size, const lh_memory_forward *step);
    void (*backward)(const lh_memory_size *size, const lh_memory_backward *step);
    /* What of a state can be looked at. */
    const lh_real *(*view)(const lh_memory_size *size, const lh_real *state, lh_memory_part part,
                           int head);
} lh_memory;

/* Kind `memory`, counted from 1; NULL when there is none. */
const lh_memory *lh_memory_at(int memory);

#endif
