/* Whether ink says its text: see lh_hand_lines_check. */
#include <longhand/hand.h>

#include "base/need.h"
#include "read/errors.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A text is another when more than this share of its characters is read differently: people's own
 * lines are read with 8 wrong in a hundred, and hardly any with 40. */
static const double wrong_most = 0.5;
/* Ink cannot be read when its characters are less sure than this in the mean. */
static const double sure_least = 0.6;
/* Readings that a word has at least, however coarsely it was taken down. */
enum { READINGS_LEAST = 8 };

static double mean_probability(const lh_reading *reading)
{
    double sum = 0;
    for (size_t i = 0; i < reading->count; i++)
        sum += reading->character[i].probability;
    return reading->count > 0 ? sum / (double)reading->count : 0;
}

static lh_status check_line(const lh_reader *reader, lh_hand_line *line, size_t row,
                            lh_error *error)
{
    if (line->ink->count < READINGS_LEAST)
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "row %zu has too little ink to learn a hand from: write a sentence", row);
    lh_reading *reading = lh_read(reader, line->ink, &lh_read_defaults, error);
    if (!reading)
        return error->status;
    lh_status status = LH_OK;
    if (!line->text) {
        if (reading->count == 0 || mean_probability(reading) < sure_least)
            status = lh_fail(error, LH_ERROR_ARGUMENT,
                             "row %zu cannot be read (at best as '%.80s'): its text must be given",
                             row, reading->text);
        else if (!(line->text = strdup(reading->text)))
            status = lh_fail_memory(error, "a text");
    } else {
        read_errors errors = {0};
        status = read_errors_add(&errors, line->text, reading->text, error);
        if (status == LH_OK && (double)errors.edits > wrong_most * (double)errors.characters)
            status = lh_fail(error, LH_ERROR_ARGUMENT, "row %zu says '%.80s', and not '%.80s'", row,
                             reading->text, line->text);
    }
    lh_reading_free(reading);
    return status;
}

lh_status lh_hand_lines_check(const lh_reader *reader, lh_hand_line *lines, size_t count,
                              lh_error *error)
{
    LH_NEED(error, reader && lines && count > 0, LH_ERROR_ARGUMENT);
    LH_OWN_ERROR(error);
    lh_status status = LH_OK;
    for (size_t i = 0; i < count && status == LH_OK; i++) {
        LH_NEED(error, lines[i].ink, LH_ERROR_ARGUMENT);
        status = check_line(reader, &lines[i], i + 1, error);
    }
    return status;
}
