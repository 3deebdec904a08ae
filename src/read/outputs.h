/* What a network that reads says of ink, step by step. */
#ifndef LONGHAND_READ_OUTPUTS_H
#define LONGHAND_READ_OUTPUTS_H

#include <longhand/read.h>

typedef struct read_outputs {
    lh_features features;
    int symbols;   /* A; the blank is output A */
    double *log_y; /* [features.count][A + 1] */
} read_outputs;

/* Zero-initialised outputs are empty; the caller releases them, also on failure. */
lh_status read_outputs_find(const lh_model *model, const lh_ink *ink,
                            const lh_read_options *options, read_outputs *outputs, lh_error *error);
void read_outputs_release(read_outputs *outputs);

#endif
