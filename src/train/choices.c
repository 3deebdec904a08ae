/* The names of training's choices. */
#include <longhand/train.h>

#include "nn/cell.h"

#include <stddef.h>

const char *const lh_network_choices[] = {"prediction", "synthesis", "reading", NULL};
#define ROW(name) #name,
const char *const lh_cell_choices[] = {LH_CELLS(ROW) NULL};
#undef ROW
const char *const lh_learn_choices[] = {"all", "hands", NULL};
const char *const lh_optimizer_choices[] = {"adam", "rmsprop-graves", NULL};
const char *const lh_schedule_choices[] = {"constant", "linear", "cosine", NULL};
const char *const lh_noise_choices[] = {"none", "fixed", "adaptive", NULL};
const char *const lh_products_choices[] = {"float32", "bfloat16", NULL};
const char *const lh_precision_choices[] = {"float32", "float16", NULL};
