/* The table of one instruction set: see kernels.h. */
#include "kernels_set.h"

#define QUOTE_(a) #a
#define QUOTE(a) QUOTE_(a)

#define ROW(name) &LH_OF_SET(lh_cell_##name),
static const lh_cell *const cells[] = {LH_CELLS(ROW) NULL};
#undef ROW
#define ROW(name) &LH_OF_SET(lh_memory_##name),
static const lh_memory *const memories[] = {LH_MEMORIES(ROW) NULL};
#undef ROW

const lh_kernels LH_OF_SET(lh_kernels) = {
    .name = QUOTE(LH_KERNELS_NAME),
    .panel_width = PANEL,
    .halves = LH_HALVES,
    .cell = cells,
    .memory = memories,
    .product = LH_OF_SET(lh_product),
    .gates_start = LH_OF_SET(lh_gates_start),
    .window_forward = LH_OF_SET(lh_window_forward),
    .window_backward = LH_OF_SET(lh_window_backward),
    .mixture_loss = LH_OF_SET(lh_mixture_loss),
#if LH_HALVES
    .halve = LH_OF_SET(lh_halve),
    .widen = LH_OF_SET(lh_widen),
#endif
    .exp = LH_OF_SET(lh_exp),
    .tanh = LH_OF_SET(lh_tanh),
    .sigmoid = LH_OF_SET(lh_sigmoid),
};
