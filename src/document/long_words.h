/* Words that are wider than a row. */
#ifndef LONGHAND_DOCUMENT_LONG_WORDS_H
#define LONGHAND_DOCUMENT_LONG_WORDS_H

#include "document/desk_work.h"

/* How often words are broken until each goes in a row: their widths are known when they are written
 * again. */
enum { LH_LONG_WORD_ROUNDS = 8 };

/* Breaks the words that are wider than a column, at its scales, and writes the passages anew that
 * have some: behind '/', '.', '-' and their like, or with a hyphen. `round` counts from 0, and
 * makes the parts shorter. `*broken`: there were some. */
lh_status lh_long_words_break(lh_work *work, const lh_setting_out *set, int round, bool *broken,
                              lh_error *error);
/* How many characters of `word` [characters] stand in its first part if there is room for so many,
 * with a hyphen if there is to be one; 0: it cannot be parted. */
size_t lh_long_word_part(const char *word, size_t characters, size_t room, bool *hyphen);

#endif
