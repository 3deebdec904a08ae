/* Whether what a machine or a program drew from a file is what stands on the page. */
#ifndef LONGHAND_TESTS_DRAWN_H
#define LONGHAND_TESTS_DRAWN_H

#include "check.h"

#include "base/extremes.h"

#include <math.h>
#include <stdlib.h>

static inline double segment_distance(double x, double y, const lh_point *a, const lh_point *b)
{
    double dx = (double)b->x - (double)a->x, dy = (double)b->y - (double)a->y;
    double px = x - (double)a->x, py = y - (double)a->y, square = dx * dx + dy * dy;
    double t = square > 0 ? fmax(0, fmin(1, (px * dx + py * dy) / square)) : 0;
    return hypot(px - t * dx, py - t * dy);
}

static inline double polyline_distance(double x, double y, const lh_point *points, size_t count)
{
    double least = hypot(x - (double)points[0].x, y - (double)points[0].y);
    for (size_t i = 1; i < count; i++)
        lh_lower(&least, segment_distance(x, y, &points[i - 1], &points[i]));
    return least;
}

/* Whether every reading of a stroke on the page is within the tolerance of a drawn one, and both
 * have their ends in common, in whichever direction. */
static inline bool same_stroke(const lh_page_line *line, const lh_point *stroke, size_t count,
                               const lh_point *drawn, size_t drawn_count, double height,
                               double tolerance)
{
    for (size_t i = 0; i < count; i++) {
        double x = line->placing.x + line->placing.scale * stroke[i].x;
        double y = height - (line->placing.y + line->placing.scale * stroke[i].y);
        if (polyline_distance(x, y, drawn, drawn_count) > tolerance + 1e-4)
            return false;
        if (i == 0 || i == count - 1) {
            const lh_point *a = &drawn[0], *b = &drawn[drawn_count - 1];
            if (fmin(hypot(x - (double)a->x, y - (double)a->y),
                     hypot(x - (double)b->x, y - (double)b->y)) > tolerance)
                return false;
        }
    }
    return true;
}

/* Every stroke of the page was drawn once, and in the order of writing if asked for. `drawn` is in
 * mm, y up. */
static inline void check_drawn(const lh_ink *drawn, const lh_page *page, double tolerance,
                               bool in_order)
{
    bool *used = calloc(drawn->count + 1, sizeof *used);
    size_t strokes = 0, drawn_strokes = 0, position = 0, next = 0;
    const lh_point *points, *other;
    size_t count, others;
    while (lh_ink_next_stroke(drawn, &position, &points, &count))
        drawn_strokes++;
    for (size_t i = 0; i < lh_page_count(page); i++) {
        lh_page_line line = lh_page_get(page, i);
        position = 0;
        while (lh_ink_next_stroke(line.ink, &position, &points, &count)) {
            size_t at = in_order ? next : 0;
            bool found = false;
            strokes++;
            while (!found && lh_ink_next_stroke(drawn, &at, &other, &others)) {
                size_t place = (size_t)(other - drawn->points);
                found = !used[place] && same_stroke(&line, points, count, other, others,
                                                    lh_page_paper(page)->height, tolerance);
                if (found)
                    used[place] = true;
                if (in_order)
                    break;
            }
            if (!found)
                fail_msg("line %zu: stroke %zu was not drawn as written", i + 1, strokes);
            next = at;
        }
    }
    free(used);
    assert_true(strokes > 0);
    assert_int_equal(strokes, drawn_strokes);
}

#endif
