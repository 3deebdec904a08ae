/* The user's own ink: see freehand.h. */
#include "freehand.h"

#include "theme.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Units below which the pen has not moved: about a third of a pixel. */
static const float rest = 2;
/* The network is asked again after so many points, and so many seconds. */
enum { ASK_POINTS = 6 };
#define ASK_AFTER 0.25
/* Seconds in which new ways take the place of others: less than ASK_AFTER, so that no more than two
 * are seen at once. */
#define FADE 0.2

const uint32_t win_way_colours[WIN_WAYS] = {WIN_ACCENT, WIN_OTHER, 0x4c7a3du, 0x7a4c86u};

static void drop_ways(win_ways *ways)
{
    for (int i = 0; i < WIN_WAYS; i++)
        free(ways->way[i].points);
    *ways = (win_ways){0};
}

static void drop_edits(win_edit *edit, int count)
{
    for (int i = 0; i < count; i++) {
        free(edit[i].tail.points);
        free(edit[i].pressure);
    }
}

void win_freehand_clear(win_freehand *d)
{
    drop_ways(&d->ways);
    drop_ways(&d->fading);
    drop_edits(d->edit, d->edits);
    free(d->ink.points);
    free(d->pressure);
    win_reading_clear(&d->reading);
    *d = (win_freehand){.turn = d->turn + 1, .first_turn = d->turn + 1};
}

/* ---- undo ------------------------------------------------------------------------------------ */

/* Begins a change of the points from `from` on, which it can be undone to; those that were undone
 * are forgotten, and the oldest when there are too many. */
static win_edit *begin_edit(win_freehand *d, size_t from)
{
    drop_edits(d->edit + d->done, d->edits - d->done);
    if (d->done == WIN_UNDO_MAX) {
        drop_edits(d->edit, 1);
        memmove(d->edit, d->edit + 1, (WIN_UNDO_MAX - 1) * sizeof *d->edit);
        d->done--;
    }
    win_edit *edit = &d->edit[d->done];
    *edit = (win_edit){.from = from, .began = d->began, .step = d->step ? *d->step : 1};
    d->edits = ++d->done;
    return edit;
}

/* What the network was asked was about other ink. */
static void ask_anew(win_freehand *d)
{
    win_reading_clear(&d->reading);
    drop_ways(&d->ways);
    drop_ways(&d->fading);
    d->version++;
    d->first_turn = ++d->turn;
    d->asked = d->ink.count;
}

static bool reserve(win_freehand *d, size_t count)
{
    if (count > d->pressures) {
        size_t n = 2 * count + 256;
        float *more = realloc(d->pressure, n * sizeof *more);
        if (!more)
            return false;
        d->pressure = more;
        d->pressures = n;
    }
    if (count > d->ink.capacity) {
        lh_point *more = realloc(d->ink.points, d->pressures * sizeof *more);
        if (!more)
            return false;
        d->ink.points = more;
        d->ink.capacity = d->pressures;
    }
    return true;
}

/* The points from `from` on and those that the edit holds change places. */
static bool exchange(win_freehand *d, win_edit *e)
{
    size_t count = d->ink.count - e->from;
    lh_point *points = malloc(count * sizeof *points + 1);
    float *pressure = malloc(count * sizeof *pressure + 1);
    if (!points || !pressure || !reserve(d, e->from + e->tail.count)) {
        free(points);
        free(pressure);
        return false;
    }
    lh_point *at = d->ink.points + e->from;
    double began = d->began;
    if (count > 0) {
        memcpy(points, at, count * sizeof *points);
        memcpy(pressure, d->pressure + e->from, count * sizeof *pressure);
    }
    if (e->tail.count > 0) {
        memcpy(at, e->tail.points, e->tail.count * sizeof *at);
        memcpy(d->pressure + e->from, e->pressure, e->tail.count * sizeof *pressure);
    }
    d->ink.count = e->from + e->tail.count;
    d->began = e->began;
    free(e->tail.points);
    free(e->pressure);
    e->tail = (lh_ink){.points = points, .count = count, .capacity = count};
    e->pressure = pressure;
    e->began = began;
    ask_anew(d);
    return true;
}

bool win_freehand_undo(win_freehand *d)
{
    if (d->down)
        win_freehand_release(d);
    if (d->done == 0 || !exchange(d, &d->edit[d->done - 1]))
        return false;
    d->done--;
    return true;
}

bool win_freehand_redo(win_freehand *d)
{
    if (d->done == d->edits || !exchange(d, &d->edit[d->done]))
        return false;
    d->done++;
    return true;
}

unsigned win_freehand_past(const win_freehand *d)
{
    return d->done > 0 ? d->edit[d->done - 1].step : 0;
}

unsigned win_freehand_future(const win_freehand *d)
{
    return d->done < d->edits ? d->edit[d->done].step : 0;
}

/* ---- ink ------------------------------------------------------------------------------------- */

static bool add(win_freehand *d, lh_point point, float pressure)
{
    if (!reserve(d, d->ink.count + 1))
        return false;
    d->pressure[d->ink.count] = pressure;
    d->ink.points[d->ink.count++] = point;
    return true;
}

bool win_freehand_press(win_freehand *d, float x, float y, double time, float pressure)
{
    begin_edit(d, d->ink.count);
    if (d->ink.count == 0)
        d->began = time;
    d->down =
        add(d, (lh_point){.x = x, .y = y, .time = (float)(time - d->began), .end = 1}, pressure);
    return d->down;
}

bool win_freehand_move(win_freehand *d, float x, float y, double time, float pressure)
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

void win_freehand_release(win_freehand *d)
{
    d->down = false;
    d->asked = d->ink.count;
    d->turn++;
}

bool win_freehand_wipe(win_freehand *d)
{
    begin_edit(d, 0);
    d->down = false;
    if (exchange(d, &d->edit[d->done - 1]))
        return true;
    d->edits = --d->done;
    return false;
}

bool win_freehand_take(win_freehand *d, const lh_ink *ink, float x, float y)
{
    if (!win_freehand_wipe(d))
        return false;
    d->began = 0;
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

/* ---- ways to go on ----------------------------------------------------------------------------
 */

bool win_freehand_ask(win_freehand *d, double time)
{
    if (d->ink.count < d->asked + ASK_POINTS || time < d->asked_time + ASK_AFTER)
        return false;
    d->asked = d->ink.count;
    d->asked_time = time;
    d->turn++;
    return true;
}

void win_freehand_take_ways(win_freehand *d, win_news *news, double now)
{
    if (news->turn < d->first_turn || news->points_kept > d->ink.count)
        return;
    if (!news->joined) { /* while a stroke is drawn, what was read before it stays */
        win_reading_clear(&d->reading);
        d->reading = news->reading;
        news->reading = (win_reading){0};
    }
    drop_ways(&d->fading);
    d->fading = d->ways;
    d->ways = (win_ways){.from = news->points_kept, .joined = news->joined};
    d->changed = now;
    lh_error ignored; /* a way that there is no memory for is not shown */
    for (size_t i = 0; i < news->words && i < WIN_WAYS; i++) {
        lh_ink way = {.points = news->point + news->word[i].point, .count = news->word[i].points};
        lh_ink_append(&d->ways.way[i], &way, 0, 0, 0, &ignored);
    }
}

bool win_freehand_fades(const win_freehand *d, double now)
{
    return (d->ways.from > 0 || d->fading.from > 0) && now < d->changed + FADE;
}

/* ---- drawing --------------------------------------------------------------------------------- */

static lh_vec2 place(const lh_ink *ink, size_t i, double scale)
{
    return (lh_vec2){ink->points[i].x * (float)scale, ink->points[i].y * (float)scale};
}

size_t win_freehand_dry(const win_freehand *d)
{
    /* The last curve bends towards what follows. */
    return d->down && d->ink.count > 0 ? d->ink.count - 1 : d->ink.count;
}

win_tint win_freehand_tint(const win_freehand *d, size_t i, double width, uint32_t colour)
{
    return (win_tint){colour, width * (0.5 + (double)d->pressure[i])};
}

void win_freehand_draw(const win_freehand *d, cairo_t *cr, size_t from, size_t to, double scale,
                       double width, uint32_t colour)
{
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
    win_set_colour(cr, colour, 1);
    for (size_t i = from; i < to; i++) {
        const lh_point *p = &d->ink.points[i];
        bool begins = i == 0 || p[-1].end;
        double wide = win_freehand_tint(d, i, width, colour).width;
        lh_vec2 at = place(&d->ink, i, scale);
        if (begins && p->end)
            win_nib_dot(cr, at, wide);
        if (begins)
            continue;
        lh_vec2 last = place(&d->ink, i - 1, scale);
        bool starts = i < 2 || p[-2].end, ends = p->end;
        win_nib_step(cr, starts ? last : place(&d->ink, i - 2, scale), last, at,
                     ends ? at : place(&d->ink, i + 1, scale),
                     win_freehand_tint(d, i - 1, width, colour).width, wide);
    }
}

static void trace_way(const lh_ink *way, bool joined, cairo_t *cr, double scale)
{
    lh_vec2 before = {0, 0}, at = before;
    bool begins = !joined;
    cairo_move_to(cr, 0, 0);
    for (size_t i = 0; i < way->count; i++) {
        lh_vec2 next = place(way, i, scale);
        bool ends = way->points[i].end || i + 1 == way->count;
        if (begins)
            cairo_move_to(cr, next.x, next.y);
        if (begins && ends)
            cairo_line_to(cr, next.x, next.y); /* no length, but caps */
        if (!begins)
            win_nib_path(cr, before, at, next, ends ? next : place(way, i + 1, scale));
        before = begins ? next : at;
        at = next;
        begins = way->points[i].end;
    }
    cairo_stroke(cr);
}

static void draw_ways(const win_freehand *d, const win_ways *ways, cairo_t *cr, double scale,
                      double share)
{
    if (ways->from == 0 || share <= 0)
        return;
    lh_vec2 start = place(&d->ink, ways->from - 1, scale);
    cairo_save(cr);
    cairo_translate(cr, (double)start.x, (double)start.y);
    for (int i = 0; i < WIN_WAYS; i++) {
        win_set_colour(cr, win_way_colours[i], share * WIN_WAY_SHARE);
        trace_way(&ways->way[i], ways->joined, cr, scale);
    }
    cairo_restore(cr);
}

void win_freehand_draw_ways(const win_freehand *d, cairo_t *cr, double scale, double width,
                            double now)
{
    double share = fmin(1, (now - d->changed) / FADE);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    cairo_set_line_width(cr, fmax(1, WIN_WAY_WIDTH * width));
    draw_ways(d, &d->fading, cr, scale, 1 - share);
    draw_ways(d, &d->ways, cr, scale, share);
}
