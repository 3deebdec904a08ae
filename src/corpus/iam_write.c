/* Writes ink as an IAM-OnDB line file, so that whatever reads the database reads it too. */
#include <longhand/corpus.h>

#include "decimal.h"

#include "base/need.h"

#include <stdio.h>

static void write_board(FILE *stream, const lh_ink *ink)
{
    float left = 0, top = 0, right = 0, bottom = 0;
    for (size_t i = 0; i < ink->count; i++) {
        const lh_point *p = &ink->points[i];
        left = i == 0 || p->x < left ? p->x : left;
        right = i == 0 || p->x > right ? p->x : right;
        top = i == 0 || p->y < top ? p->y : top;
        bottom = i == 0 || p->y > bottom ? p->y : bottom;
    }
    char l[DECIMAL_SIZE], t[DECIMAL_SIZE], r[DECIMAL_SIZE], b[DECIMAL_SIZE];
    decimal_write(left, l);
    decimal_write(top, t);
    decimal_write(right, r);
    decimal_write(bottom, b);
    fprintf(stream,
            "  <WhiteboardDescription>\n"
            "    <SensorLocation corner=\"top_left\"/>\n"
            "    <DiagonallyOppositeCoords x=\"%s\" y=\"%s\"/>\n"
            "    <VerticallyOppositeCoords x=\"%s\" y=\"%s\"/>\n"
            "    <HorizontallyOppositeCoords x=\"%s\" y=\"%s\"/>\n"
            "  </WhiteboardDescription>\n",
            r, b, l, b, r, t);
}

static void write_stroke(FILE *stream, const lh_point *points, size_t count)
{
    char x[DECIMAL_SIZE], y[DECIMAL_SIZE], time[DECIMAL_SIZE], last[DECIMAL_SIZE];
    decimal_write(points[0].time, time);
    decimal_write(points[count - 1].time, last);
    fprintf(stream, "    <Stroke colour=\"black\" start_time=\"%s\" end_time=\"%s\">\n", time,
            last);
    for (size_t i = 0; i < count; i++) {
        decimal_write(points[i].x, x);
        decimal_write(points[i].y, y);
        decimal_write(points[i].time, time);
        fprintf(stream, "      <Point x=\"%s\" y=\"%s\" time=\"%s\"/>\n", x, y, time);
    }
    fputs("    </Stroke>\n", stream);
}

lh_status lh_iam_write_to(const lh_ink *ink, FILE *stream, lh_error *error)
{
    LH_NEED(error, ink && ink->count > 0 && stream, LH_ERROR_ARGUMENT);
    fputs("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<WhiteboardCaptureSession>\n", stream);
    write_board(stream, ink);
    fputs("  <StrokeSet>\n", stream);
    size_t position = 0, count;
    const lh_point *points;
    while (lh_ink_next_stroke(ink, &position, &points, &count))
        write_stroke(stream, points, count);
    fputs("  </StrokeSet>\n</WhiteboardCaptureSession>\n", stream);
    return ferror(stream) ? lh_fail(error, LH_ERROR_IO, "cannot write a line file") : LH_OK;
}

lh_status lh_iam_write(const lh_ink *ink, const char *path, lh_error *error)
{
    LH_NEED(error, ink && ink->count > 0 && path, LH_ERROR_ARGUMENT);
    LH_OWN_ERROR(error);
    lh_output *output = lh_output_open(path, error);
    if (!output)
        return error->status;
    return lh_output_end(output, lh_iam_write_to(ink, lh_output_stream(output), error), error);
}
