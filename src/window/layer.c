/* The paper's layer: paper and dry ink, drawn once and scrolled by moving its rows. Where much ink
 * is to be drawn anew, that takes some frames: the next layer comes to be beside the one that is
 * seen, and takes its place when it is whole. */
#include "view.h"

#include <math.h>
#include <string.h>

/* So many points of the next layer are drawn in a frame, where a pixel of the interface is one of
 * the screen: some milliseconds. */
#define POINTS_A_FRAME 600.0

static void draw_rules(const win_view *v, cairo_t *cr, double top, double bottom)
{
    int ruling = (int)v->core->value[WIN_RULING];
    double pitch = v->core->sheet.pitch, step = ruling == LH_SQUARED ? pitch / 2 : pitch;
    if (ruling == LH_PLAIN)
        return;
    win_set_colour(cr, 0xb8c6d8u, 0.8);
    cairo_set_line_width(cr, 0.8);
    double row = win_sheet_row(&v->core->sheet, 0);
    double y = row - step * floor((row - top) / step);
    for (; y < bottom + 1; y += step) {
        if (ruling == LH_RULED && y < row - 0.5)
            continue;
        cairo_move_to(cr, 0, y);
        cairo_line_to(cr, v->paper_box.w, y);
    }
    for (double x = v->core->sheet.margin; ruling == LH_SQUARED && x < v->paper_box.w; x += step) {
        cairo_move_to(cr, x, top);
        cairo_line_to(cr, x, bottom);
    }
    cairo_stroke(cr);
}

/* The way to points from..to-1, as far as it touches the rows top..bottom of the paper. */
static void draw_ink(const win_view *v, cairo_t *cr, size_t from, size_t to, double top,
                     double bottom)
{
    win_ink_look look = win_core_look(v->core);
    if (win_mode(v->core) == WIN_MODE_DRAW)
        win_freehand_draw(&v->core->drawing, cr, from, to, win_core_unit(v->core), look.width,
                          look.colour);
    look.lifts &= win_mode(v->core) != WIN_MODE_DRAW;
    if (win_mode(v->core) == WIN_MODE_DRAW && look.cell >= 0 && v->core->sheet.flat)
        win_sheet_draw(&v->core->sheet, cr, 0, v->core->sheet.shown, &look, (float)top,
                       (float)bottom); /* as far as it was followed, in the cell's colours */
    else if (win_mode(v->core) != WIN_MODE_DRAW)
        win_sheet_draw(&v->core->sheet, cr, from, to, &look, (float)top, (float)bottom);
}

/* Draws rows top..bottom (interface pixels on the layer) anew, with the ink of points 0..to-1. */
static void draw_strip(const win_view *v, cairo_surface_t *layer, double top, double bottom,
                       size_t to)
{
    cairo_t *cr = cairo_create(layer);
    cairo_scale(cr, v->scale, v->scale);
    cairo_rectangle(cr, 0, top, v->paper_box.w, bottom - top);
    cairo_clip(cr);
    double scroll = v->scroll / v->scale;
    cairo_translate(cr, 0, -scroll);
    win_fill(cr, (win_box){0, top + scroll, v->paper_box.w, bottom - top}, WIN_PAPER);
    draw_rules(v, cr, top + scroll, bottom + scroll);
    win_ghosts_draw(v, cr);
    draw_ink(v, cr, 0, to, top + scroll, bottom + scroll);
    cairo_destroy(cr);
}

/* Moves a layer's rows up by `by` screen pixels (or down), and draws those that come in. */
static void move_rows(const win_view *v, cairo_surface_t *layer, int by, size_t drawn)
{
    cairo_surface_flush(layer);
    unsigned char *rows = cairo_image_surface_get_data(layer);
    int height = cairo_image_surface_get_height(layer), much = by < 0 ? -by : by;
    size_t stride = (size_t)cairo_image_surface_get_stride(layer);
    if (much < height) {
        size_t bytes = (size_t)(height - much) * stride;
        memmove(by < 0 ? rows + (size_t)much * stride : rows,
                by < 0 ? rows : rows + (size_t)much * stride, bytes);
    }
    cairo_surface_mark_dirty(layer);
    double strip = fmin(much, height) / v->scale, all = v->paper_box.h;
    draw_strip(v, layer, by < 0 ? 0 : all - strip - 1, by < 0 ? strip + 1 : all, drawn);
}

/* Draws the points from..to-1 on a layer. */
static void add_ink(const win_view *v, cairo_surface_t *layer, size_t from, size_t to)
{
    cairo_t *cr = cairo_create(layer);
    double scroll = v->scroll / v->scale;
    cairo_scale(cr, v->scale, v->scale);
    cairo_translate(cr, 0, -scroll);
    draw_ink(v, cr, from, to, scroll, scroll + v->paper_box.h);
    cairo_destroy(cr);
}

bool win_layer_resize(win_view *v)
{
    int w = (int)ceil(v->paper_box.w * v->scale), h = (int)ceil(v->paper_box.h * v->scale);
    if (v->layer && cairo_image_surface_get_width(v->layer) == w &&
        cairo_image_surface_get_height(v->layer) == h)
        return true;
    cairo_surface_t *layer = cairo_image_surface_create(CAIRO_FORMAT_RGB24, w, h);
    win_layer_drop(v);
    if (v->layer) { /* seen until there is another */
        cairo_t *cr = cairo_create(layer);
        win_set_colour(cr, WIN_PAPER, 1);
        cairo_paint(cr);
        cairo_set_source_surface(cr, v->layer, 0, 0);
        cairo_paint(cr);
        cairo_destroy(cr);
    }
    cairo_surface_destroy(v->layer);
    v->layer = layer;
    return cairo_surface_status(layer) == CAIRO_STATUS_SUCCESS;
}

void win_layer_drop(win_view *v)
{
    cairo_surface_destroy(v->next);
    v->next = NULL;
}

/* Begins the next layer, behind the points of rows above those in sight. False: no memory. */
static bool begin_next(win_view *v)
{
    double scroll = v->scroll / v->scale;
    size_t last;
    v->next =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, cairo_image_surface_get_width(v->layer),
                                   cairo_image_surface_get_height(v->layer));
    if (cairo_surface_status(v->next) != CAIRO_STATUS_SUCCESS) {
        win_layer_drop(v);
        return false;
    }
    win_sheet_seen(&v->core->sheet, (float)scroll, (float)(scroll + v->paper_box.h), &v->next_drawn,
                   &last);
    draw_strip(v, v->next, 0, v->paper_box.h, 0);
    return true;
}

/* Goes on with the next layer; puts it in its place when all ink in sight is there, up to `dry`. */
static bool go_on(win_view *v, size_t dry)
{
    double scroll = v->scroll / v->scale;
    size_t first, last, to = v->next_drawn + (size_t)(POINTS_A_FRAME / fmax(1, v->scale));
    win_sheet_seen(&v->core->sheet, (float)scroll, (float)(scroll + v->paper_box.h), &first, &last);
    last = last < dry ? last : dry;
    to = to < last ? to : last;
    add_ink(v, v->next, v->next_drawn, to);
    v->next_drawn = to;
    if (to < last)
        return false;
    cairo_surface_destroy(v->layer);
    v->layer = v->next;
    v->next = NULL;
    v->drawn = dry;
    return true;
}

bool win_layer_draw(win_view *v, bool anew, int by)
{
    const win_core *core = v->core;
    bool draws = win_mode(core) == WIN_MODE_DRAW, waits = v->next != NULL;
    size_t dry = draws ? win_freehand_dry(&core->drawing) : core->sheet.shown;
    if (anew) {
        win_layer_drop(v);
        /* Ink of one's own is not to wait, nor what changes again and again. */
        if (draws || waits || !begin_next(v)) {
            v->drawn = dry;
            draw_strip(v, v->layer, 0, v->paper_box.h, dry);
            return true;
        }
        v->drawn = v->drawn < dry ? v->drawn : dry;
    } else if (by != 0) {
        move_rows(v, v->layer, by, v->drawn);
        if (v->next)
            move_rows(v, v->next, by, v->next_drawn);
    }
    if (v->next && go_on(v, dry))
        return true;
    if (v->drawn < dry)
        add_ink(v, v->layer, v->drawn, dry);
    v->drawn = dry;
    return false;
}
