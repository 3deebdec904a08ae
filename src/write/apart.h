/* Figures and capitals that run into each other are set apart. In words the letters of most hands
 * touch, and nobody minds; but of 555 whose bars cross the next figure, or a Q over the g before
 * it, a reader cannot tell what is whose. */
#ifndef LONGHAND_WRITE_APART_H
#define LONGHAND_WRITE_APART_H

#include "draft.h"

/* The word whose points are `from` to `to`; its characters begin with number `first` of the text,
 * as traces count them. */
typedef struct lh_apart_word {
    size_t from, to;
    int32_t first;
    const uint32_t *codepoint; /* [characters] */
    size_t characters;
    double height; /* of small letters, whiteboard units, > 0 */
} lh_apart_word;

/* Moves each figure or capital of the word that is too near to one before it to the right, and with
 * it all that stands behind, to the draft's end. Returns how far the end was moved. */
double lh_apart(lh_draft *draft, const lh_apart_word *word);

#endif
