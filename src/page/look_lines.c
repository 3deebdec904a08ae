/* Ink coloured by what each point is. Pieces go straight from reading to reading, as the network
 * drew them. */
#include "page/look.h"

#include "base/extremes.h"

#include <math.h>

/* Readings on either side that a speed is taken over. */
enum { SPEED_REACH = 2 };
/* Ink over heat, in pens. */
#define THIN 0.35f

/* mm a second around point `at` of the line, inside its stroke. */
static double speed_at(const lh_page_line *line, size_t at)
{
    const lh_ink *ink = line->ink;
    size_t first = at, last = at;
    for (int i = 0; i < SPEED_REACH; i++) {
        first -= first > 0 && !ink->points[first - 1].end;
        last += last + 1 < ink->count && !ink->points[last].end;
    }
    double way = 0, time = (double)(ink->points[last].time - ink->points[first].time);
    for (size_t i = first; i < last; i++)
        way += hypot((double)(ink->points[i + 1].x - ink->points[i].x),
                     (double)(ink->points[i + 1].y - ink->points[i].y));
    return time > 0 ? (double)line->placing.scale * way / time : 0;
}

static double duration(const lh_ink *ink)
{
    return ink->count > 0 ? (double)(ink->points[ink->count - 1].time - ink->points[0].time) : 0;
}

lh_shades lh_look_shades(const lh_page *page, lh_look look)
{
    static const lh_shades shades[LH_LOOKS] = {
        [LH_LOOK_INK] = {"ink", 0, 1, ""},
        [LH_LOOK_STROKES] = {"strokes in the order of writing; the colours come again", 0, 1, ""},
        [LH_LOOK_POINTS] = {"when each point of a line was drawn", 0, 1, " s"},
        [LH_LOOK_END] = {"how likely a point was to end its stroke", 0, 1, ""},
        [LH_LOOK_DENSITY] = {"density predicted for the next point, over its highest (root)", 0, 1,
                             ""},
        [LH_LOOK_ATTENTION] = {"weight of the soft window on a character", 0, 1, ""},
        [LH_LOOK_SPEED] = {"speed of the pen", 0, 1, " mm/s"},
    };
    lh_shades found = shades[look];
    double most = 0;
    for (size_t i = 0; i < lh_page_count(page); i++) {
        lh_page_line line = lh_page_get(page, i);
        if (look == LH_LOOK_POINTS)
            lh_raise(&most, duration(line.ink));
        for (size_t k = 0; look == LH_LOOK_SPEED && k < line.ink->count; k++)
            lh_raise(&most, speed_at(&line, k));
    }
    if (most > 0)
        found.high = most;
    return found;
}

/* The colour of point `at`, which belongs to stroke `stroke` of its line. */
static void point_colour(const lh_page_line *line, lh_look look, const lh_shades *shades, size_t at,
                         size_t stroke, double rgb[3])
{
    const lh_ink *ink = line->ink;
    switch (look) {
    case LH_LOOK_STROKES:
        lh_stroke_colour(stroke, rgb);
        break;
    case LH_LOOK_POINTS:
        lh_shade((double)(ink->points[at].time - ink->points[0].time) / shades->high, rgb);
        break;
    case LH_LOOK_SPEED:
        lh_shade(speed_at(line, at) / shades->high, rgb);
        break;
    case LH_LOOK_END:
        rgb[0] = rgb[1] = rgb[2] = 0.85 * (1 - (double)line->steps->trace[at].end);
        break;
    default:
        rgb[0] = rgb[1] = rgb[2] = 0;
    }
}

static void draw_point(cairo_t *cr, float x, float y, float radius)
{
    cairo_arc(cr, x, y, radius, 0, 6.283185307179586);
    cairo_fill(cr);
}

static void number_stroke(cairo_t *cr, size_t stroke, float x, float y)
{
    char number[24];
    snprintf(number, sizeof number, "%zu", stroke + 1);
    cairo_set_source_rgb(cr, 0.35, 0.35, 0.35);
    lh_look_text(cr, number, x - 0.6f, y - 0.9f, 1.2f, LH_TEXT_RIGHT);
}

lh_status lh_look_line(cairo_t *cr, const lh_page_line *line, lh_look look, float pen,
                       const lh_shades *shades, lh_error *error)
{
    const lh_placing to = line->placing;
    bool dots = look == LH_LOOK_POINTS || look == LH_LOOK_END;
    float width = look == LH_LOOK_DENSITY ? THIN * pen : dots ? pen / 2 : pen;
    size_t stroke = 0;
    double rgb[3];
    cairo_set_line_width(cr, width);
    for (size_t i = 0; i < line->ink->count; i++) {
        const lh_point *p = &line->ink->points[i];
        float x = to.x + to.scale * p->x, y = to.y + to.scale * p->y;
        bool begins = i == 0 || p[-1].end;
        point_colour(line, look, shades, i, stroke, rgb);
        cairo_set_source_rgb(cr, rgb[0], rgb[1], rgb[2]);
        if (!begins) {
            cairo_move_to(cr, to.x + to.scale * p[-1].x, to.y + to.scale * p[-1].y);
            cairo_line_to(cr, x, y);
            cairo_stroke(cr);
        }
        if (dots || (begins && p->end))
            draw_point(cr, x, y, dots ? 0.6f * pen : width / 2);
        if (begins && look == LH_LOOK_STROKES)
            number_stroke(cr, stroke, x, y);
        stroke += p->end;
    }
    return lh_paint_status(cairo_status(cr), "a picture", error);
}
