/* How the ink of a sheet looks, and drawing it: see sheet.h. */
#include "nib.h"
#include "sheet.h"
#include "theme.h"

#include <math.h>

/* Over the width of the pen. */
static const float DOT_WIDTH = 1.3f;

/* The width of the line at a reading, over that of the pen: less where the pen is fast. Steps are
 * even in time, so the length of the steps around it is the speed; in heights of small letters. */
static float width_at(const win_sheet *s, size_t i)
{
    float way = 0;
    int steps = 0;
    if (i > 0 && !s->point[i - 1].end) {
        way += hypotf(s->point[i].x - s->point[i - 1].x, s->point[i].y - s->point[i - 1].y);
        steps++;
    }
    if (!s->point[i].end && i + 1 < s->points) {
        way += hypotf(s->point[i + 1].x - s->point[i].x, s->point[i + 1].y - s->point[i].y);
        steps++;
    }
    float speed = steps > 0 ? way / ((float)steps * s->letter) : 0;
    return fmaxf(0.6f, 1.3f - 1.2f * speed);
}

win_tint win_sheet_tint(const win_sheet *s, const win_ink_look *look, size_t i)
{
    bool dot = s->point[i].end && (i == 0 || s->point[i - 1].end);
    const int8_t *cell = look->cell >= 0 ? win_sheet_inside(s, i).cell : NULL;
    return (win_tint){cell ? look->cell_colours[cell[look->cell] + 128] : look->colour,
                      look->width * (double)(dot ? DOT_WIDTH : width_at(s, i))};
}

static void draw_step(const win_sheet *s, cairo_t *cr, size_t i, double from, double to)
{
    lh_vec2 a = win_sheet_at(s, i - 1), b = win_sheet_at(s, i);
    bool starts = i < 2 || s->point[i - 2].end, ends = s->point[i].end || i + 1 >= s->points;
    win_nib_step(cr, starts ? a : win_sheet_at(s, i - 2), a, b, ends ? b : win_sheet_at(s, i + 1),
                 from, to);
}

bool win_sheet_lifts(const win_sheet *s, size_t i)
{
    size_t from, to;
    win_sheet_points(s, win_sheet_line(s, i), &from, &to);
    return i > 0 && s->point[i - 1].end && from < i;
}

static void draw_lift(const win_sheet *s, cairo_t *cr, size_t i)
{
    lh_vec2 a = win_sheet_at(s, i - 1), b = win_sheet_at(s, i);
    cairo_save(cr);
    win_set_colour(cr, WIN_LIFT_COLOUR, WIN_LIFT_SHARE);
    cairo_set_line_width(cr, WIN_LIFT_WIDTH);
    cairo_move_to(cr, a.x, a.y);
    cairo_line_to(cr, b.x, b.y);
    cairo_stroke(cr);
    cairo_restore(cr);
}

/* May the way from point `a` to `b` touch the rows of pixels top..bottom? Curves and pens reach a
 * little beyond their points. */
static bool touches(const win_sheet *s, size_t a, size_t b, float top, float bottom)
{
    static const float reach = 12;
    float y0 = win_sheet_at(s, a).y, y1 = win_sheet_at(s, b).y;
    return fmaxf(y0, y1) + reach >= top && fminf(y0, y1) - reach <= bottom;
}

/* Draws the way to a point. */
static void draw_point(const win_sheet *s, cairo_t *cr, size_t i, const win_ink_look *look)
{
    bool begins = i == 0 || s->point[i - 1].end;
    win_tint tint = win_sheet_tint(s, look, i);
    win_set_colour(cr, tint.colour, 1);
    if (!begins)
        draw_step(s, cr, i, look->width * (double)width_at(s, i - 1), tint.width);
    else if (s->point[i].end)
        win_nib_dot(cr, win_sheet_at(s, i), tint.width);
    if (look->lifts && win_sheet_lifts(s, i))
        draw_lift(s, cr, i);
}

/* May ink of the line touch the rows top..bottom? */
static bool is_seen(const win_sheet *s, size_t line, float top, float bottom)
{
    float row = win_sheet_baseline(s, line);
    return s->flat || (row + 1.2f * s->pitch >= top && row - 1.6f * s->pitch <= bottom);
}

void win_sheet_seen(const win_sheet *s, float top, float bottom, size_t *first, size_t *last)
{
    bool any = false;
    *first = *last = 0;
    for (size_t line = 0; line < s->lines; line++) {
        size_t from, to;
        if (!is_seen(s, line, top, bottom))
            continue;
        win_sheet_points(s, line, &from, &to);
        *first = any ? *first : from;
        *last = to;
        any = true;
    }
}

void win_sheet_draw(const win_sheet *s, cairo_t *cr, size_t from, size_t to,
                    const win_ink_look *look, float top, float bottom)
{
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
    for (size_t line = 0; line < s->lines; line++) {
        if (!is_seen(s, line, top, bottom))
            continue;
        size_t first, last;
        win_sheet_points(s, line, &first, &last);
        for (size_t i = first > from ? first : from; i < last && i < to; i++)
            if (touches(s, i > first ? i - 1 : i, i, top, bottom))
                draw_point(s, cr, i, look);
    }
}
