/* What a network that reads says of ink, step by step. */
#ifndef LONGHAND_READ_OUTPUTS_H
#define LONGHAND_READ_OUTPUTS_H

#include <longhand/read.h>

enum { READ_DOTLESS_I = 0x131 };

/* Zero-initialised outputs are empty. What they hold is replaced by the next ink, in the same
 * memory. */
typedef struct read_outputs {
    lh_features features;
    int symbols;   /* A; the blank is output A */
    double *log_y; /* [features.count][A + 1] */
    lh_workspace *workspace;
    lh_real *y;
    size_t capacity; /* of y and log_y */
} read_outputs;

/* The caller releases the outputs, also on failure. */
lh_status read_outputs_find(const lh_model *model, const lh_ink *ink,
                            const lh_read_options *options, read_outputs *outputs, lh_error *error);
/* From now on an i is as probable as an i and a dotless one together, and there is no other: people
 * leave dots out, and mean an i. */
void read_outputs_dot(read_outputs *outputs, const lh_alphabet *alphabet);
void read_outputs_release(read_outputs *outputs);

#endif
