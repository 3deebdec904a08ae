/* Words that are underlined: between "@_" and "_@" in a paragraph of a text, and by a pen. */
#ifndef LONGHAND_DOCUMENT_UNDERLINE_H
#define LONGHAND_DOCUMENT_UNDERLINE_H

#include "document/letters.h"

/* Ranges of the bytes of words that are being read. */
typedef struct lh_stretches {
    size_t (*stretch)[2]; /* [count]: from where to behind where */
    size_t count, capacity;
    bool open;       /* the last has no end yet */
    size_t unclosed; /* the row of the first "@_" that was read and has no end; 0: none */
} lh_stretches;

/* Is there an "@_" at `at` that has its "_@" in the same row, or in those behind it up to an empty
 * one or a command, with something between? */
bool lh_underline_opens(const char *at);
/* Moves `reading` behind an "@_" or "_@" that is there, which `*read` says; `size` is how many
 * bytes there are before it. */
lh_status lh_underline_read(lh_stretches *stretches, lh_text_cursor *reading, size_t size,
                            bool *read, lh_error *error);
/* What is underlined ends here, if anything is. */
void lh_underline_end(lh_stretches *stretches, size_t size);
/* Which of the words of `text` [count] are underlined, at least in part; NULL: none, and on
 * failure. The caller frees. The stretches are then empty, but for one that is open. */
lh_status lh_underline_words(lh_stretches *stretches, const char *text, size_t count,
                             bool **underlined, lh_error *error);
void lh_stretches_clear(lh_stretches *stretches);

/* Adds a stroke below each run of words that are `underlined` [words of `written`] to the ink of
 * words first..first+count-1, in the size of small letters `height` units high. */
lh_status lh_underline_draw(lh_ink *ink, const lh_written *written, size_t first, size_t count,
                            const bool *underlined, float height, lh_rng *rng, lh_error *error);

#endif
