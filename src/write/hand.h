/* Hands that were learnt, and their files. */
#ifndef LONGHAND_WRITE_HAND_H
#define LONGHAND_WRITE_HAND_H

#include <longhand/write.h>

/* Does the file begin as a .hand file does? */
bool lh_hand_is_file(const char *path);
/* Reads one; `text` NULL: as there. */
lh_style *lh_hand_read(const char *path, const char *text, lh_error *error);
/* The numbers as float16 has them; LH_ERROR_NUMERIC if one is too large or none. */
lh_status lh_hand_round(lh_hand *hand, lh_error *error);
/* A copy of its own, without lines. NULL without memory. */
lh_hand *lh_hand_copy(const lh_hand *hand, lh_error *error);
/* The adaptation of `model`'s network that the hand is. One that was learnt beside another network
 * is LH_ERROR_ARGUMENT. The caller frees. */
lh_adaptation *lh_hand_adaptation(const lh_hand *hand, const lh_model *model, lh_error *error);

#endif
