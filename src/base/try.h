/* Trying whether files can be written, before there is anything to write. */
#ifndef LONGHAND_BASE_TRY_H
#define LONGHAND_BASE_TRY_H

#include <longhand/base.h>

/* The trials of one run; begins as {0}. */
typedef struct lh_trial {
    char *known; /* owned: the last folder in which files could be created */
} lh_trial;

/* Creates a file in the folder of `path` and takes it away again; with `deep`, in the lowest of the
 * folders above it that is there, for the others will be made. A device or a pipe is only asked.
 * LH_ERROR_IO names what stands in the way. */
lh_status lh_try_output(lh_trial *trial, const char *path, bool deep, lh_error *error);
void lh_trial_end(lh_trial *trial);

#endif
