/* How a text is written in a hand, whether for the paper or to show what the hand is like. */
#ifndef LONGHAND_WINDOW_WRITING_H
#define LONGHAND_WINDOW_WRITING_H

#include "write/hand_pool.h"

#include <longhand/longhand.h>

/* A writer in the hand of a style's file, or NULL: that which the seed of the options draws from
 * the pool, where that has hands of the model, and finds. NULL on failure. */
lh_writer *win_writer_new(const lh_model *model, const char *path, const lh_hand_pool *pool,
                          const lh_write_options *options, lh_error *error);
/* Where the first words end that make a piece of their own. */
size_t win_first_piece(const char *text);
/* Writes the whole text as it is written on the paper: the first words alone, and what follows read
 * over by the reader, if there is one. */
lh_status win_write_whole(lh_pen *pen, const lh_reader *reader, const char *text, lh_error *error);

#endif
