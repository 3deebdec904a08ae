/* The small model and hands that several targets share. */
#ifndef LONGHAND_FUZZ_HAND_MODEL_H
#define LONGHAND_FUZZ_HAND_MODEL_H

#include <longhand/write.h>

/* A synthesis network of 2 x 3 cells for this alphabet, as it is before training; made when first
 * asked for, for one alphabet a program. Aborts without memory. */
const lh_model *hand_model(const char *alphabet);
/* A style that says `text`; the caller frees. Aborts without memory. */
lh_style *hand_style(const char *text);

#endif
