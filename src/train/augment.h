/* Lines a little changed, anew in every epoch: slanted and of another size, as the same writer
 * might have written them, so that the network sees each line only once just so. */
#ifndef LONGHAND_TRAIN_AUGMENT_H
#define LONGHAND_TRAIN_AUGMENT_H

#include <longhand/train.h>

/* Room for the changed lines of one batch. */
typedef struct lh_augmenter lh_augmenter;

/* How strongly; 0 leaves lines as they are. */
typedef struct lh_augmentation {
    double slant;  /* deviation of the shear k of x <- x + k y, y up: 0.1 is about 6 degrees */
    double size;   /* deviation of the logarithm of the size */
    double aspect; /* normalised units of y in one of x: scale_y / scale_x of the corpus */
    uint64_t seed;
} lh_augmentation;

/* A standard normal number that is cut at 2 deviations: a hand that is stranger than this is none.
 */
double lh_moderate_normal(lh_rng *rng);

lh_augmenter *lh_augmenter_new(lh_error *error);
void lh_augmenter_free(lh_augmenter *augmenter);

/* Changed copies of sequences[batch[0]] .. sequences[batch[count-1]], in that order, valid until
 * the next call. What becomes of a line follows from (seed, epoch, its index) alone. Deviates are
 * cut at 2 deviations. NULL: no memory. */
lh_sequence *lh_augment(lh_augmenter *augmenter, const lh_augmentation *how,
                        const lh_sequence *sequences, const size_t *batch, int count,
                        uint64_t epoch, lh_error *error);

#endif
