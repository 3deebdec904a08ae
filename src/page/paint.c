/* Pages on cairo, in millimetres. Ink is stroked along its curves in one width, or in short pieces
 * whose width follows the speed of the pen: a pen that hurries leaves less ink; or as its points'
 * tints say. */
#include "page/paint.h"

#include "page/pages.h"
#include "page/ruling.h"
#include "page/stroke.h"

#include <math.h>
#include <stdlib.h>

/* Width over the pen's width: how much less than at rest for each typical speed; never below. */
#define WIDTH_BY_SPEED 0.4f
#define WIDTH_LEAST 0.5f
/* mm; pieces of one width are about this long. */
#define PIECE 0.2f
/* Readings on either side that a speed is taken over. */
enum { SPEED_REACH = 2 };

lh_status lh_paint_status(cairo_status_t status, const char *what, lh_error *error)
{
    if (status == CAIRO_STATUS_SUCCESS)
        return LH_OK;
    return lh_fail(error, status == CAIRO_STATUS_NO_MEMORY ? LH_ERROR_MEMORY : LH_ERROR_IO,
                   "cannot make %s: %s", what, cairo_status_to_string(status));
}

static void set_colour(cairo_t *cr, uint32_t colour)
{
    cairo_set_source_rgb(cr, (colour >> 16 & 255) / 255.0, (colour >> 8 & 255) / 255.0,
                         (colour & 255) / 255.0);
}

/* ---- ink ------------------------------------------------------------------------------------- */

static void stroke_in_one_width(cairo_t *cr, const lh_curve *curve)
{
    const lh_vec2 *p = curve->point;
    cairo_move_to(cr, p[0].x, p[0].y);
    if (curve->curves == 0)
        cairo_close_path(cr); /* no length, but caps */
    for (size_t i = 0; i < curve->curves; i++, p += 3)
        cairo_curve_to(cr, p[1].x, p[1].y, p[2].x, p[2].y, p[3].x, p[3].y);
    cairo_stroke(cr);
}

/* Whiteboard units a second around reading `at` of a stroke; 0 where time stands still. */
static float speed_at(const lh_point *points, size_t count, size_t at)
{
    size_t first = at > SPEED_REACH ? at - SPEED_REACH : 0;
    size_t last = at + SPEED_REACH < count ? at + SPEED_REACH : count - 1;
    float way = 0, time = points[last].time - points[first].time;
    for (size_t i = first; i < last; i++)
        way += hypotf(points[i + 1].x - points[i].x, points[i + 1].y - points[i].y);
    return time > 0 ? way / time : 0;
}

/* The mean speed of the pen while down. */
static float typical_speed(const lh_ink *ink)
{
    size_t position = 0, count;
    const lh_point *points;
    double way = 0, time = 0;
    while (lh_ink_next_stroke(ink, &position, &points, &count))
        for (size_t i = 1; i < count; i++) {
            way += hypotf(points[i].x - points[i - 1].x, points[i].y - points[i - 1].y);
            time += fmaxf(0, points[i].time - points[i - 1].time);
        }
    return time > 0 ? (float)(way / time) : 0;
}

static float width_at(const lh_point *points, size_t count, size_t at, float typical)
{
    float share = typical > 0 ? speed_at(points, count, at) / typical : 1;
    return fmaxf(WIDTH_LEAST, LH_WIDEST_BY_SPEED - WIDTH_BY_SPEED * share);
}

static float step_length(const lh_point *to)
{
    return hypotf(to->x - to[-1].x, to->y - to[-1].y);
}

/* Finds the width at places further and further along the readings of one curve. */
typedef struct width_walk {
    const lh_point *points;
    size_t count, at, last; /* the way goes from reading `at` - 1 to reading `at` */
    float typical;
    float from, to;      /* widths at either reading */
    float passed, ahead; /* units: up to reading `at` - 1; from there to reading `at` */
    float total;         /* units: from the first reading of the curve to its last */
} width_walk;

static width_walk walk_start(const lh_point *points, size_t count, size_t first, size_t last,
                             float typical)
{
    width_walk walk = {points, count, first, last, typical, 0, 0, 0, 0, 0};
    walk.to = width_at(points, count, first, typical);
    for (size_t i = first + 1; i <= last; i++)
        walk.total += step_length(&points[i]);
    return walk;
}

/* The width at `share` (0 to 1, never falling) of the way. */
static float walk_to(width_walk *walk, float share)
{
    float place = share * walk->total;
    while (walk->at < walk->last && walk->passed + walk->ahead < place) {
        walk->passed += walk->ahead;
        walk->at++;
        walk->ahead = step_length(&walk->points[walk->at]);
        walk->from = walk->to;
        walk->to = width_at(walk->points, walk->count, walk->at, walk->typical);
    }
    if (!(walk->ahead > 0))
        return walk->to;
    float part = fminf(1, (place - walk->passed) / walk->ahead);
    return walk->from + part * (walk->to - walk->from);
}

static float handle_length(const lh_vec2 *p)
{
    return hypotf(p[1].x - p[0].x, p[1].y - p[0].y) + hypotf(p[2].x - p[1].x, p[2].y - p[1].y) +
           hypotf(p[3].x - p[2].x, p[3].y - p[2].y);
}

static float curve_length(const lh_vec2 *p, int pieces)
{
    float length = 0;
    for (int k = 0; k < pieces; k++) {
        lh_vec2 a = lh_curve_at(p, (float)k / (float)pieces);
        lh_vec2 b = lh_curve_at(p, (float)(k + 1) / (float)pieces);
        length += hypotf(b.x - a.x, b.y - a.y);
    }
    return length;
}

static void stroke_piece(cairo_t *cr, lh_vec2 a, lh_vec2 b, float width)
{
    cairo_set_line_width(cr, width);
    cairo_move_to(cr, a.x, a.y);
    cairo_line_to(cr, b.x, b.y);
    cairo_stroke(cr);
}

/* One curve in pieces; `walk` knows its readings. */
static void stroke_pieces(cairo_t *cr, const lh_vec2 *p, width_walk *walk, float pen)
{
    int pieces = 1 + (int)(handle_length(p) / PIECE);
    float length = curve_length(p, pieces), done = 0;
    lh_vec2 a = p[0];
    for (int k = 0; k < pieces; k++) {
        lh_vec2 b = lh_curve_at(p, (float)(k + 1) / (float)pieces);
        float piece = hypotf(b.x - a.x, b.y - a.y);
        float share = length > 0 ? (done + piece / 2) / length : 0;
        stroke_piece(cr, a, b, pen * walk_to(walk, share));
        done += piece;
        a = b;
    }
}

static void stroke_by_speed(cairo_t *cr, const lh_curve *curve, const lh_point *points,
                            size_t count, float typical, float pen)
{
    if (curve->curves == 0) {
        cairo_set_line_width(cr, pen * width_at(points, count, 0, typical));
        stroke_in_one_width(cr, curve);
    }
    for (size_t i = 0; i < curve->curves; i++) {
        width_walk walk = walk_start(points, count, curve->first[i], curve->first[i + 1], typical);
        stroke_pieces(cr, curve->point + 3 * i, &walk, pen);
    }
}

/* The step of one curve in pieces, from one width to another. */
static void stroke_step(cairo_t *cr, const lh_vec2 *p, float from, float to)
{
    int pieces = 1 + (int)(handle_length(p) / PIECE);
    lh_vec2 a = p[0];
    for (int k = 0; k < pieces; k++) {
        lh_vec2 b = lh_curve_at(p, (float)(k + 1) / (float)pieces);
        stroke_piece(cr, a, b, from + (to - from) * ((float)k + 0.5f) / (float)pieces);
        a = b;
    }
}

static lh_status stroke_tinted(cairo_t *cr, const lh_page_line *line, const lh_point *points,
                               size_t count, lh_error *error)
{
    const lh_tint *tint = line->tint + (points - line->ink->points);
    lh_curve curve;
    lh_status status = lh_stroke_through(line, points, count, 0, count - 1, &curve, error);
    if (status != LH_OK)
        return status;
    if (curve.curves == 0) {
        set_colour(cr, tint[0].colour);
        cairo_set_line_width(cr, tint[0].width);
        stroke_in_one_width(cr, &curve);
    }
    for (size_t i = 0; i < curve.curves; i++) {
        set_colour(cr, tint[i + 1].colour);
        stroke_step(cr, curve.point + 3 * i, tint[i].width, tint[i + 1].width);
    }
    lh_curve_free(&curve);
    return LH_OK;
}

static lh_status paint_tinted_line(const lh_page_line *line, cairo_t *cr, lh_error *error)
{
    lh_status status = LH_OK;
    size_t position = 0, count;
    const lh_point *points;
    while (status == LH_OK && lh_ink_next_stroke(line->ink, &position, &points, &count))
        status = stroke_tinted(cr, line, points, count, error);
    return status;
}

static lh_status paint_line(const lh_page_line *line, float pen, const lh_paint_options *options,
                            cairo_t *cr, lh_error *error)
{
    set_colour(cr, line->placing.colour);
    cairo_set_line_width(cr, pen);
    float typical = options->by_speed ? typical_speed(line->ink) : 0;
    size_t position = 0, count;
    const lh_point *points;
    while (lh_ink_next_stroke(line->ink, &position, &points, &count)) {
        lh_curve curve;
        lh_status status = lh_stroke_curve(line, points, count, options->tolerance, &curve, error);
        if (status != LH_OK)
            return status;
        if (options->by_speed)
            stroke_by_speed(cr, &curve, points, count, typical, pen);
        else
            stroke_in_one_width(cr, &curve);
        lh_curve_free(&curve);
    }
    return LH_OK;
}

/* ---- paper ----------------------------------------------------------------------------------- */

static void paint_paper(const lh_paper *paper, cairo_t *cr)
{
    if (!paper->transparent) {
        set_colour(cr, paper->colour);
        cairo_rectangle(cr, 0, 0, paper->width, paper->height);
        cairo_fill(cr);
    }
    size_t position = 0;
    lh_rule rule;
    while (lh_rule_next(paper, &position, &rule)) {
        cairo_move_to(cr, rule.x0, rule.y0);
        cairo_line_to(cr, rule.x1, rule.y1);
    }
    set_colour(cr, LH_RULE_COLOUR);
    cairo_set_line_width(cr, LH_RULE_WIDTH);
    cairo_stroke(cr);
}

lh_status lh_page_paint(const lh_page *page, const lh_paint_options *options, cairo_t *cr,
                        lh_error *error)
{
    cairo_save(cr);
    paint_paper(lh_page_paper(page), cr);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    lh_status status = LH_OK;
    for (size_t i = 0; i < lh_page_count(page) && status == LH_OK; i++) {
        lh_page_line line = lh_page_get(page, i);
        status = line.tint ? paint_tinted_line(&line, cr, error)
                           : paint_line(&line, lh_page_pen(page), options, cr, error);
    }
    cairo_restore(cr);
    return status == LH_OK ? lh_paint_status(cairo_status(cr), "a drawing", error) : status;
}

cairo_status_t lh_paint_write(void *stream, const unsigned char *data, unsigned int size)
{
    return fwrite(data, 1, size, stream) == size ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}
