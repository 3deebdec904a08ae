/* Strokes of which a file does not say what line they are in: sorted to rows; and times, where it
 * does not tell them. */
#include "base/extremes.h"
#include "iam.h"
#include "recording.h"
#include "rows.h"

#include <math.h>
#include <stdlib.h>

#define SECONDS_A_POINT 0.01

void recording_set_even_times(lh_ink *ink)
{
    for (size_t i = 0; i < ink->count; i++)
        ink->points[i].time = (float)(SECONDS_A_POINT * (double)i);
}

void recording_set_own_times(lh_ink *ink)
{
    float first = ink->count > 0 ? ink->points[0].time : 0, last = 0;
    for (size_t i = 0; i < ink->count; i++) {
        lh_raisef(&last, ink->points[i].time - first);
        ink->points[i].time = last;
    }
}

/* Makes a line of each row of strokes. */
static lh_status add_rows(lh_recording *recording, const lh_ink *loose, const uint32_t *row,
                          size_t rows, bool timed, const char *name, lh_error *error)
{
    lh_ink **inks = calloc(rows, sizeof *inks);
    lh_status status = inks ? LH_OK : lh_fail_memory(error, "rows of writing");
    for (size_t i = 0; i < rows && status == LH_OK; i++) {
        inks[i] = lh_ink_new(error);
        status = inks[i] ? recording_add(recording, inks[i], NULL, name, error) : error->status;
    }
    size_t position = 0, count, stroke = 0;
    const lh_point *points;
    while (status == LH_OK && lh_ink_next_stroke(loose, &position, &points, &count)) {
        const uint32_t at = row[stroke++];
        if (at == ROWS_NONE)
            continue;
        for (size_t i = 0; i < count && status == LH_OK; i++)
            status = lh_ink_add(inks[at], points[i], error);
        if (status == LH_OK && inks[at]->count > IAM_MAX_POINTS)
            status = lh_fail(error, LH_ERROR_FORMAT,
                             "%s: a row of writing has more points than are read", name);
    }
    for (size_t i = 0; i < rows && status == LH_OK; i++)
        (timed ? recording_set_own_times : recording_set_even_times)(inks[i]);
    free(inks);
    return status;
}

lh_status recording_add_rows(lh_recording *recording, const lh_ink *loose, bool timed,
                             const char *name, lh_error *error)
{
    size_t position = 0, count, strokes = 0, rows;
    const lh_point *points;
    while (lh_ink_next_stroke(loose, &position, &points, &count))
        strokes++;
    if (strokes == 0)
        return LH_OK;
    uint32_t *row = malloc(strokes * sizeof *row);
    lh_status status =
        row ? rows_find(loose, row, &rows, error) : lh_fail_memory(error, "rows of writing");
    if (status == LH_OK)
        status = add_rows(recording, loose, row, rows, timed, name, error);
    free(row);
    return status;
}
