/* What lh_recording_read gives, while it is being made. */
#ifndef LONGHAND_CORPUS_RECORDING_H
#define LONGHAND_CORPUS_RECORDING_H

#include <longhand/corpus.h>

enum {
    RECORDING_MAX_FILE = 64 << 20,   /* bytes */
    RECORDING_MAX_LINES = 1 << 18,   /* IAM-OnDB has 12,000 */
    RECORDING_MAX_POINTS = 16 << 20, /* of all its lines; IAM_MAX_POINTS (iam.h) are one line's */
};

lh_recording *recording_new(lh_error *error);
/* Adds a line of the file called `name` in messages; ink and text become the recording's, also on
 * failure. `text` may be NULL. */
lh_status recording_add(lh_recording *recording, lh_ink *ink, char *text, const char *name,
                        lh_error *error);

/* Adds a line for each row of writing that the strokes make, without texts. Where the strokes are
 * `timed`, they keep their times, else each point has its own. */
lh_status recording_add_rows(lh_recording *recording, const lh_ink *loose, bool timed,
                             const char *name, lh_error *error);
/* Times 0.01 seconds apart; and those that are there, from that of the first point, none before
 * the one before it. */
void recording_set_even_times(lh_ink *ink);
void recording_set_own_times(lh_ink *ink);

#endif
