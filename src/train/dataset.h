/* What a dataset with features (lh_dataset_options) holds besides its sequences. */
#ifndef LONGHAND_TRAIN_DATASET_H
#define LONGHAND_TRAIN_DATASET_H

#include "reading.h"

#include <longhand/train.h>

/* The line that sequence `index` is. */
const lh_reading_line *lh_dataset_reading_line(const lh_dataset *dataset, size_t index);

#endif
