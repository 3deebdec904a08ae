/* The names of training's choices. */
#include <longhand/train.h>

#include "nn/cell.h"
#include "nn/memory_kind.h"

#include <stddef.h>

const char *const lh_network_choices[] = {"prediction", "synthesis", "reading", NULL};
#define ROW(name) #name,
const char *const lh_cell_choices[] = {LH_CELLS(ROW) NULL};
const char *const lh_memory_choices[] = {"none", LH_MEMORIES(ROW) NULL};
#undef ROW
const char *const lh_optimizer_choices[] = {"adam", "rmsprop-graves", NULL};
const char *const lh_yes_choices[] = {"yes", "no", NULL};
const char *const lh_schedule_choices[] = {"constant", "linear", "cosine", "exponential", NULL};
const char *const lh_noise_choices[] = {"none", "fixed", "adaptive", NULL};
const char *const lh_products_choices[] = {"float32", "bfloat16", NULL};
const char *const lh_precision_choices[] = {"float32", "float16", NULL};
