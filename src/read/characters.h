/* The characters of a text that was read: where in the ink each is, and how sure it is. */
#ifndef LONGHAND_READ_CHARACTERS_H
#define LONGHAND_READ_CHARACTERS_H

#include "outputs.h"

/* Fills `characters` [count] for `text` [count] of `alphabet`, and `*log_probability`: that of the
 * text, over all paths. */
lh_status read_characters(const read_outputs *outputs, const lh_alphabet *alphabet,
                          const int32_t *text, int count, lh_read_character *characters,
                          double *log_probability, lh_error *error);
/* ln p(text) alone; -infinity of one that does not fit. */
lh_status read_log_probability(const read_outputs *outputs, const int32_t *text, int count,
                               double *log_probability, lh_error *error);

#endif
