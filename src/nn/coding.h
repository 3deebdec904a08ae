/* How lines become numbers, as model and state files keep it: the alphabet, whose order is that of
 * the weights' rows, and the scale of offsets. Both are metadata of a safetensors file (nn.h). */
#ifndef LONGHAND_NN_CODING_H
#define LONGHAND_NN_CODING_H

#include "safetensors.h"

/* The alphabet of the file; empty where it has none. */
lh_status lh_alphabet_read(const lh_safetensors *file, lh_alphabet *alphabet, lh_error *error);
/* Whiteboard units in one normalised unit, both from LH_SCALE_LEAST to LH_SCALE_MOST. */
lh_status lh_scale_read(const lh_safetensors *file, double *x, double *y, lh_error *error);

/* An empty alphabet is not written. */
lh_status lh_alphabet_write(lh_safetensors_writer *writer, const lh_alphabet *alphabet,
                            lh_error *error);
/* A scale that could not be read is LH_ERROR_ARGUMENT. */
lh_status lh_scale_write(lh_safetensors_writer *writer, double x, double y, lh_error *error);

#endif
