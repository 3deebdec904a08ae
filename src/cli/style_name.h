/* What --style names: an installed hand, a file, or several of them mixed. */
#ifndef LONGHAND_CLI_STYLE_NAME_H
#define LONGHAND_CLI_STYLE_NAME_H

#include <longhand/write.h>

/* The file of a style: as named where the name has a / or an ending, else NAME.hand or NAME.xml in
 * assets/styles, or where longhand-window keeps hands. The caller frees; NULL on failure, and of
 * what is mixed. */
char *cli_style_file(const char *name, lh_error *error);
/* The file of part `index`, from 0, of what is mixed, and of any other style the only one; a part
 * without a file is passed over. The caller frees; NULL where there are no more. */
char *cli_style_part(const char *name, size_t index);
/* The style; "anna:0.7,./me.hand:0.3" mixes hands by these shares. `text` says what its ink says,
 * or is NULL: as the file has it. NULL on failure; the caller frees. */
lh_style *cli_style_read(const char *name, const char *text, lh_error *error);

/* The hands that are installed, read once, from which those of documents in a hand of their own are
 * drawn. From any thread. */
lh_hand *cli_draw_hand_of_own(void *user, uint64_t seed, lh_error *error);

#endif
