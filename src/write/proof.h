/* Reading a written word over, as one does who wants to be understood: how probable is it that the
 * ink says this word, and not any other text? A network that reads tells (longhand/read.h). */
#ifndef LONGHAND_WRITE_PROOF_H
#define LONGHAND_WRITE_PROOF_H

#include "draft.h"

/* Reads for one thread. */
typedef struct lh_proof lh_proof;

/* Ink and what it should say. */
typedef struct lh_proof_text {
    const lh_draft *draft;
    size_t from, to;           /* points */
    const uint32_t *codepoint; /* [characters] */
    size_t characters;
    float height; /* of the hand's small letters, whose baseline is y = 0; 0: neither is known */
} lh_proof_text;

/* Reader and model must outlive it. NULL: no memory. */
lh_proof *lh_proof_new(const lh_reader *reader, lh_error *error);
void lh_proof_free(lh_proof *proof);

/* ln p(text | ink), where in the place of a letter with an accent that letter with any or none will
 * do: accents are drawn alike every time; and a dash that ends a word may stand apart. Of the ink
 * counts what shows on paper (shown.h). 0, which is certain, where the reader does not know one
 * of the characters and cannot tell. */
lh_status lh_proof_read(lh_proof *proof, const lh_proof_text *text, double *log_probability,
                        lh_error *error);

/* Is a word good enough that is read with this probability; and if no try is, may it be taken for
 * something else? */
bool lh_proof_is_readable(double log_probability);
bool lh_proof_is_doubtful(double log_probability);

#endif
