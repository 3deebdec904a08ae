/* What a hand looks like, in a few numbers. The slant is that of the strokes that go down, which
 * carry it in most scripts (the ways up between letters lean anyway). */
#include <longhand/write.h>

#include "pace.h"

#include <math.h>

/* Degrees from upright, to the right positive: the mean direction of all steep ways down. */
static double measure_slant(const lh_ink *ink)
{
    double across = 0, down = 0;
    for (size_t i = 1; i < ink->count; i++) {
        const lh_point *a = &ink->points[i - 1], *b = a + 1;
        double dx = (double)b->x - (double)a->x, dy = (double)b->y - (double)a->y;
        if (a->end || dy <= fabs(dx))
            continue;
        across -= dx * dy;
        down += dy * dy;
    }
    return down > 0 ? atan(across / down) * 57.29577951308232 : 0;
}

lh_measures lh_measure_hand(const lh_ink *ink, const char *text)
{
    if (!(ink && text))
        return (lh_measures){0};
    lh_measures m = {0};
    lh_box box = lh_ink_bounds(ink);
    size_t strokes = 0, letters = 0, characters = 0;
    double due = 0;
    for (uint32_t c; (c = lh_utf8_next(&text)) != 0; characters++) {
        letters += c != ' ';
        due += lh_pace_points(c);
    }
    for (size_t i = 0; i < ink->count; i++)
        strokes += ink->points[i].end || i + 1 == ink->count;
    m.slant = measure_slant(ink);
    m.height = (double)lh_ink_baseline(ink).height;
    if (m.height > 0 && characters > 0)
        m.width = ((double)box.right - (double)box.left) / m.height / (double)characters;
    if (strokes > 0)
        m.joined = (double)letters / (double)strokes;
    if (due > 0)
        m.care = (double)ink->count / due;
    return m;
}
