/* The user's own ink: see drawing.h. */
#include "drawing.h"

#include "look.h"

#include <math.h>
#include <stdlib.h>

/* Units below which the pen has not moved: about a third of a pixel. */
static const float rest = 2;

void win_drawing_drop_ways(win_drawing *d)
{
    for (int i = 0; i < WIN_WAYS; i++) {
        free(d->way[i].points);
        d->way[i] = (lh_ink){0};
    }
}

void win_drawing_clear(win_drawing *d)
{
    win_drawing_drop_ways(d);
    free(d->ink.points);
    free(d->pressure);
    *d = (win_drawing){.turn = d->turn + 1};
}

static bool add(win_drawing *d, lh_point point, float pressure)
{
    if (d->ink.count >= d->pressures) {
        size_t n = 2 * d->pressures + 256;
        float *more = realloc(d->pressure, n * sizeof *more);
        if (!more)
            return false;
        d->pressure = more;
        d->pressures = n;
    }
    lh_error ignored;
    d->pressure[d->ink.count] = pressure;
    return lh_ink_add(&d->ink, point, &ignored) == LH_OK;
}

bool win_drawing_press(win_drawing *d, float x, float y, double time, float pressure)
{
    if (d->ink.count == 0)
        d->began = time;
    d->down = true;
    d->turn++;
    win_drawing_drop_ways(d);
    return add(d, (lh_point){.x = x, .y = y, .time = (float)(time - d->began), .end = 1}, pressure);
}

bool win_drawing_move(win_drawing *d, float x, float y, double time, float pressure)
{
    lh_point *last = &d->ink.points[d->ink.count - 1];
    if (!d->down || hypotf(x - last->x, y - last->y) < rest)
        return true;
    last->end = 0;
    if (add(d, (lh_point){.x = x, .y = y, .time = (float)(time - d->began), .end = 1}, pressure))
        return true;
    d->ink.points[d->ink.count - 1].end = 1;
    return false;
}

void win_drawing_release(win_drawing *d)
{
    d->down = false;
    d->turn++;
}

bool win_drawing_take(win_drawing *d, const lh_ink *ink, float x, float y)
{
    win_drawing_clear(d);
    lh_box box = lh_ink_bounds(ink);
    float base = lh_ink_baseline(ink).offset;
    for (size_t i = 0; i < ink->count; i++) {
        lh_point p = ink->points[i];
        p.x += x - box.left;
        p.y += y - base;
        if (!add(d, p, 0.5f))
            return false;
    }
    return true;
}

void win_drawing_take_ways(win_drawing *d, const win_news *news)
{
    if (news->turn != d->turn)
        return;
    win_drawing_drop_ways(d);
    lh_error ignored;
    for (size_t i = 0; i < news->words && i < WIN_WAYS; i++) {
        lh_ink way = {.points = news->point + news->word[i].point, .count = news->word[i].points};
        lh_ink_append(&d->way[i], &way, 0, 0, 0, &ignored);
    }
}

/* ---- drawing --------------------------------------------------------------------------------- */

static void trace_way(const win_drawing *d, const lh_ink *way, cairo_t *cr, double scale)
{
    const lh_point *last = &d->ink.points[d->ink.count - 1];
    double x = (double)last->x, y = (double)last->y;
    bool begins = last->end;
    cairo_move_to(cr, x * scale, y * scale);
    for (size_t i = 0; i < way->count; i++) {
        const lh_point *p = &way->points[i];
        if (begins)
            cairo_move_to(cr, (x + (double)p->x) * scale, (y + (double)p->y) * scale);
        cairo_line_to(cr, (x + (double)p->x) * scale, (y + (double)p->y) * scale);
        begins = p->end;
    }
    cairo_stroke(cr);
}

void win_drawing_show(const win_drawing *d, cairo_t *cr, double scale, double width,
                      uint32_t colour)
{
    static const uint32_t way_colours[WIN_WAYS] = {WIN_ACCENT, WIN_OTHER, 0x4c7a3du, 0x7a4c86u};
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    cairo_set_line_width(cr, fmax(1, 0.7 * width));
    for (int i = 0; i < WIN_WAYS && d->ink.count > 0; i++) {
        win_set_colour(cr, way_colours[i], 0.34);
        trace_way(d, &d->way[i], cr, scale);
    }
    win_set_colour(cr, colour, 1);
    for (size_t i = 0; i < d->ink.count; i++) {
        const lh_point *p = &d->ink.points[i];
        bool begins = i == 0 || p[-1].end;
        cairo_set_line_width(cr, width * (0.5 + (double)d->pressure[i]));
        cairo_move_to(cr, (double)p[begins ? 0 : -1].x * scale,
                      (double)p[begins ? 0 : -1].y * scale);
        cairo_line_to(cr, (double)p->x * scale, (double)p->y * scale);
        if (!begins || p->end)
            cairo_stroke(cr);
        else
            cairo_new_path(cr);
    }
}
