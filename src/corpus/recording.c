/* Recordings as a growing row of lines: see recording.h. */
#include "recording.h"

#include <stdlib.h>

lh_recording *recording_new(lh_error *error)
{
    lh_recording *recording = calloc(1, sizeof *recording);
    if (!recording)
        lh_fail_memory(error, "a recording");
    return recording;
}

void lh_recording_free(lh_recording *recording)
{
    if (!recording)
        return;
    for (size_t i = 0; i < recording->count; i++) {
        lh_ink_free(recording->line[i].ink);
        free(recording->line[i].text);
    }
    free(recording->line);
    free(recording);
}

lh_status recording_add(lh_recording *recording, lh_ink *ink, char *text, lh_error *error)
{
    size_t count = recording->count;
    if ((count & (count - 1)) == 0) { /* full at each power of two */
        size_t room = count ? 2 * count : 1;
        lh_recorded_line *larger = realloc(recording->line, room * sizeof *larger);
        if (!larger) {
            lh_ink_free(ink);
            free(text);
            return lh_fail_memory(error, "a recording");
        }
        recording->line = larger;
    }
    recording->line[recording->count++] = (lh_recorded_line){ink, text};
    return LH_OK;
}
