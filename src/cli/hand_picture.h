/* A hand beside the lines that it was learnt from. */
#ifndef LONGHAND_CLI_HAND_PICTURE_H
#define LONGHAND_CLI_HAND_PICTURE_H

#include <longhand/hand.h>

/* Writes an SVG: each of the first lines as it was written, in grey, below it the same text in the
 * new hand; and last a row that was in none. `reader` reads over; NULL: nothing is. */
lh_status cli_draw_hand(const lh_model *model, const lh_reader *reader, const lh_style *style,
                        const lh_hand_line *lines, size_t count, const char *path, lh_error *error);

#endif
