/* Sentences to be written by hand: see guide.h. */
#include "guide.h"

const char *const win_guide_sentences[WIN_GUIDED] = {
    "The quick brown fox jumps",
    "over my lazy dog, said Vera.",
    "We know a big part of it.",
};
