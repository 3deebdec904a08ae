/* Reading a written word over, as one does who wants to be understood: would the network find its
 * ink as likely if another letter stood there, or one letter less, or no blank before it? Then a
 * reader may take it for that as well. */
#ifndef LONGHAND_WRITE_PROOF_H
#define LONGHAND_WRITE_PROOF_H

#include "draft.h"

typedef struct lh_proof lh_proof;

/* A word in the window's text, characters start..end-1, and its ink, points from..to-1 of `draft`.
 * Row `row` of `state` is the network with that text before the first of these points, and `x` the
 * offset that it has not yet seen. */
typedef struct lh_proof_word {
    const lh_state *state;
    int row;
    const lh_real *x; /* [3] */
    const lh_draft *draft;
    size_t from, to;
    int start, end;
} lh_proof_word;

/* Room for reading; a proof serves one thread. `model` is kept by address. */
lh_proof *lh_proof_new(const lh_model *model, lh_error *error);
void lh_proof_free(lh_proof *proof);

/* Leaves in `margin` by how many nats the ink is likelier under the text as it is than under the
 * best of the texts that differ from it in one character of the word or lack the blank before it:
 * LH_PROOF_CLEAR at most, and negative when the word reads as another. A word that is found to have
 * no more than `floor` is not read to its end, and may have less than `margin` says. */
lh_status lh_proof_read(lh_proof *proof, const lh_proof_word *word, double floor, double *margin,
                        lh_error *error);

/* Of 1,276 words no text that was once this far behind came to within 5 nats again. */
enum { LH_PROOF_CLEAR = 7 };

#endif
