/* What `write` and `sample` share: finding a model, noting how ink came about, the finished page.
 */
#ifndef LONGHAND_CLI_WRITING_H
#define LONGHAND_CLI_WRITING_H

#include "cli.h"

/* Loads the model at `path`; NULL: the asset `asset`. NULL on failure; the caller frees. */
lh_model *cli_model_load(const char *path, const char *asset, lh_error *error);

/* Loads the reader at `path`, which `option` names; NULL: the asset. Likewise. */
lh_reader *cli_reader_load(const char *path, const char *option, lh_error *error);
/* The asset of the reader. */
extern const char cli_reader_asset[];

/* What notes call the model at `path`: the name of its file; NULL: the one that is installed. */
const char *cli_model_name(const char *path);
/* Notes on `page` what makes its ink again: program, kernels, model, bias, seed. `fingerprint` is
 * lh_network_fingerprint of the model. */
lh_status cli_note_making(lh_page *page, uint64_t fingerprint, const char *model_path,
                          const lh_write_options *options, lh_error *error);

/* Writes the page as an SVG file, whole or not at all. */
lh_status cli_page_write(const lh_page *page, const char *path, lh_error *error);

/* The height of the small letters of `ink`, in units: what a page's scale is chosen by. Ink that
 * shows none (a dash, a scrawl) counts as that of an ordinary hand. */
float cli_letter_height(const lh_ink *ink);

#endif
