/* Small networks made by hand, whose writing is known beforehand: the window moves on at a steady
 * pace, the pen goes right, and it is up wherever the window is on a blank. */
#ifndef LONGHAND_TESTS_WRITE_MODEL_H
#define LONGHAND_TESTS_WRITE_MODEL_H

#include <longhand/longhand.h>

typedef struct write_model_options {
    double pace;   /* characters that the window moves on at a step */
    double wild;   /* probability that an offset is one that no hand makes */
    double lift;   /* e while the window is on a blank */
    double spread; /* sigma, normalised units */
} write_model_options;

/* 0.07 characters a step, never wild, the pen surely up on blanks, sigma 0.1. */
extern const write_model_options write_model_plain;

/* Letters and some punctuation; scale 40 x 40. Fails the test when there is no memory. */
lh_model *write_model_new(const write_model_options *options);
/* A prediction network that wanders right and lifts its pen now and then. */
lh_model *write_model_prediction(void);
/* A wavy line of `count` points, of two strokes. */
lh_ink *write_model_ink(size_t count);

#endif
