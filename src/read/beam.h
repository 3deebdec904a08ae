/* Prefix beam search (Hannun, Maas, Jurafsky and Ng 2014, arXiv 1408.2873) over the outputs of a
 * network that reads: the most probable texts, each the sum over its paths that the beam has seen.
 */
#ifndef LONGHAND_READ_BEAM_H
#define LONGHAND_READ_BEAM_H

#include "language.h"

/* A text that was found. */
typedef struct read_found {
    int32_t *text; /* [count], owned */
    int count;
    double log_probability; /* and what the prior adds */
} read_found;

/* The best `wanted` texts of `beam` that are followed, best first; `log_y` [steps][symbols + 1],
 * the blank last; `prior` is added to what they are ranked by. Fills `found` and returns how many
 * there are, at least one for wanted >= 1; -1 and an error for want of memory. The caller frees the
 * texts. */
int read_beam(const double *log_y, int steps, int symbols, int beam, const read_prior *prior,
              read_found *found, int wanted, lh_error *error);

#endif
