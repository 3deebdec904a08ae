/* float16 (IEEE 754 binary16) in and out of float32, without help of the processor: model files
 * hold weights so at half the size. */
#ifndef LONGHAND_NN_HALF_H
#define LONGHAND_NN_HALF_H

#include <stdint.h>

/* Exact: every half is a float. Keeps the payload of a NaN. */
float lh_half_to_float(uint16_t half);
/* Rounds to nearest, ties to even; from 65520 on the result is infinite. A NaN stays a NaN. */
uint16_t lh_half_from_float(float value);

#endif
