/* Pieces that no line of a corpus has. */
#ifndef LONGHAND_TOOLS_MORE_PIECES_H
#define LONGHAND_TOOLS_MORE_PIECES_H

#include "piece_pool.h"

#include <longhand/nn.h>

/* What is left of a colon whose dots run together, or of which the lower is missing. */
#define MIDDLE_DOT "\xc2\xb7"

/* Adds the `count` signs as the pen draws them in each style of the folder `styles`, the network
 * `model` writing beside it; the pieces' forms are `form`, `form` + 1 and so on. */
lh_status pool_add_drawn(piece_pool *pool, const lh_model *model, const char *styles,
                         char (*sign)[5], size_t count, size_t form, lh_error *error);
/* Adds such a MIDDLE_DOT for each colon of two strokes: else a reader takes anything small between
 * numbers for a colon. */
lh_status pool_add_lone_dots(piece_pool *pool, lh_rng *rng, lh_error *error);

#endif
