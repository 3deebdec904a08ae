/* How probable a character is behind others, for the beam. */
#ifndef LONGHAND_READ_LANGUAGE_H
#define LONGHAND_READ_LANGUAGE_H

#include <longhand/read.h>

enum { READ_HISTORY = LH_LANGUAGE_ORDER_MAX - 1 }; /* characters that are looked back at */

/* What a beam adds to a text for its character `symbol` behind `history` [count], the last last:
 * weight ln p + bonus. Symbols are indices of `alphabet`. */
typedef struct read_prior {
    const lh_language *language; /* NULL: nothing is added */
    const lh_alphabet *alphabet;
    double weight, bonus;
} read_prior;

double read_prior_of(const read_prior *prior, const int32_t *history, int count, int32_t symbol);

#endif
