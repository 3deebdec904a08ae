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

static lh_status grow(lh_recording *recording, const char *name, lh_error *error)
{
    size_t count = recording->count;
    if (count == RECORDING_MAX_LINES)
        return lh_fail(error, LH_ERROR_FORMAT, "%s: has more than the %d lines that are read", name,
                       RECORDING_MAX_LINES);
    if ((count & (count - 1)) == 0) { /* full at each power of two */
        size_t room = count ? 2 * count : 1;
        lh_recorded_line *larger = realloc(recording->line, room * sizeof *larger);
        if (!larger)
            return lh_fail_memory(error, "a recording");
        recording->line = larger;
    }
    return LH_OK;
}

lh_status recording_add(lh_recording *recording, lh_ink *ink, char *text, const char *name,
                        lh_error *error)
{
    lh_status status = grow(recording, name, error);
    if (status == LH_OK) {
        recording->line[recording->count++] = (lh_recorded_line){ink, text};
    } else {
        lh_ink_free(ink);
        free(text);
    }
    return status;
}
