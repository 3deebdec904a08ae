/* The paper on screen: the layer of paper and dry ink (layer.c), and what floats above it: the pen
 * and messages. */
#include "view.h"

#include <math.h>
#include <string.h>

/* ---- scrolling ------------------------------------------------------------------------------- */

/* A share of the way to the goal, so that scrolling starts fast and ends softly. */
int win_paper_scroll(win_view *v)
{
    int way = v->scroll_goal - v->scroll;
    int by = way / 6 ? way / 6 : (way > 0) - (way < 0);
    v->scroll += by;
    return by;
}

/* How far the paper can be scrolled, in pixels of the interface. */
static double scroll_most(const win_view *v)
{
    const win_sheet *s = &v->core->sheet;
    bool none = s->points == 0 || win_mode(v->core) == WIN_MODE_DRAW;
    return none ? 0 : fmax(0, (double)win_sheet_height(s) - v->paper_box.h);
}

void win_paper_follow(win_view *v)
{
    if (win_mode(v->core) == WIN_MODE_DRAW)
        v->scroll_goal = 0;
    else if (v->core->follow)
        v->scroll_goal = (int)ceil(scroll_most(v) * v->scale);
}

void win_paper_scroll_by(win_view *v, double pixels)
{
    v->core->follow = false;
    v->scroll_goal =
        (int)fmin(scroll_most(v) * v->scale, fmax(0, v->scroll_goal + pixels * v->scale));
}

void win_paper_go_to(win_view *v, size_t point)
{
    const win_sheet *s = &v->core->sheet;
    double row = (double)win_sheet_baseline(s, win_sheet_line(s, point));
    v->core->follow = false;
    v->scroll_goal = (int)(fmin(scroll_most(v), fmax(0, row - v->paper_box.h / 2)) * v->scale);
}

static win_box bar_room(const win_view *v)
{
    win_box p = v->paper_box;
    return (win_box){p.x, p.y + 2, p.w, p.h - 4};
}

win_box win_paper_bar(const win_view *v)
{
    double most = scroll_most(v);
    return most <= 0 ? (win_box){0}
                     : win_bar_box(bar_room(v), v->scroll / v->scale, most + bar_room(v).h);
}

void win_paper_drag_bar(win_view *v, double y)
{
    win_box room = bar_room(v), bar = win_paper_bar(v);
    double share = (y - bar.h / 2 - room.y) / fmax(1, room.h - bar.h);
    v->core->follow = false;
    v->scroll_goal = (int)(fmin(1, fmax(0, share)) * scroll_most(v) * v->scale);
}

/* ---- above the paper ------------------------------------------------------------------------- */

static bool pen_place(const win_view *v, lh_vec2 *at, bool *down)
{
    if (win_mode(v->core) == WIN_MODE_DRAW || !win_sheet_moving(&v->core->sheet) ||
        !win_sheet_pen(&v->core->sheet, at, down))
        return false;
    at->x += (float)v->paper_box.x;
    at->y += (float)(v->paper_box.y - v->scroll / v->scale);
    return true;
}

win_box win_paper_pen_box(const win_view *v)
{
    lh_vec2 at;
    bool down;
    if (!pen_place(v, &at, &down))
        return (win_box){0};
    return (win_box){at.x - 8, at.y - 56, 64, 64};
}

/* What is not dry yet of the drawn ink, and how it could go on. */
static void draw_ways(const win_view *v, cairo_t *cr)
{
    const win_freehand *d = &v->core->drawing;
    if (win_mode(v->core) != WIN_MODE_DRAW || d->ink.count == 0)
        return;
    win_ink_look look = win_core_look(v->core);
    double unit = win_core_unit(v->core);
    cairo_save(cr);
    cairo_translate(cr, v->paper_box.x, v->paper_box.y);
    win_freehand_draw_ways(d, cr, unit, look.width, v->core->time);
    win_freehand_draw(d, cr, v->drawn, d->ink.count, unit, look.width, look.colour);
    cairo_restore(cr);
}

/* A pen that leans to the right, its tip where the ink comes out; in the air it is lifted. */
static void draw_pen(const win_view *v, cairo_t *cr)
{
    lh_vec2 at;
    bool down;
    if (!pen_place(v, &at, &down))
        return;
    cairo_save(cr);
    if (!down) {
        win_set_colour(cr, 0, 0.13);
        cairo_arc(cr, at.x, at.y, 2, 0, 2 * M_PI);
        cairo_fill(cr);
    }
    cairo_translate(cr, at.x, at.y - (down ? 0 : 4));
    cairo_rotate(cr, 0.72);
    cairo_move_to(cr, 0, 0);
    cairo_line_to(cr, -3.4, -11);
    cairo_line_to(cr, 3.4, -11);
    cairo_close_path(cr);
    win_set_colour(cr, 0xcbb894u, 1);
    cairo_fill(cr);
    win_round(cr, (win_box){-3.4, -50, 6.8, 39.5}, 2);
    win_set_colour(cr, 0x3b4652u, 0.92);
    cairo_fill(cr);
    cairo_move_to(cr, 0, 0);
    cairo_line_to(cr, -1.1, -3.6);
    cairo_line_to(cr, 1.1, -3.6);
    cairo_close_path(cr);
    win_set_colour(cr, win_ink_colour(v->core->value[WIN_COLOUR]), 1);
    cairo_fill(cr);
    cairo_restore(cr);
}

static double paragraph_width(const win_view *v)
{
    return fmin(640, v->paper_box.w - 40);
}

/* A paragraph in the middle of the paper from `y` on; returns where it ends. */
static double draw_paragraph(const win_view *v, cairo_t *cr, double y, double size,
                             const char *text)
{
    win_box p = v->paper_box;
    double width = paragraph_width(v);
    PangoLayout *layout = win_layout(cr, size, false);
    int height;
    pango_layout_set_text(layout, text, -1);
    pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(layout, PANGO_ALIGN_CENTER);
    pango_layout_get_pixel_size(layout, NULL, &height);
    win_set_colour(cr, WIN_QUIET, 1);
    cairo_move_to(cr, floor(p.x + (p.w - width) / 2), y);
    pango_cairo_show_layout(cr, layout);
    g_object_unref(layout);
    return y + height;
}

/* What is wrong with the network that this mode needs; NULL: nothing. */
static const char *fault_of(const win_core *core)
{
    int mode = win_mode(core);
    bool free = mode == WIN_MODE_FREE;
    const char *fault = core->fault[free ? WIN_FAULT_FREE_MODEL : WIN_FAULT_MODEL];
    if (mode == WIN_MODE_DRAW)
        return NULL;
    if (!(free ? core->free_model : core->model))
        return free ? "Writing of no text needs a prediction network."
                    : "There is no network to write with.";
    return *fault ? fault : NULL;
}

static void draw_message(const win_view *v, cairo_t *cr)
{
    const char *fault = fault_of(v->core); /* stands on the paper already */
    if (!*v->core->message || (fault && strcmp(fault, v->core->message) == 0))
        return;
    win_box p = v->paper_box;
    double width = fmin(520, p.w - 32);
    PangoLayout *layout = win_layout(cr, 13, false);
    pango_layout_set_text(layout, v->core->message, -1);
    pango_layout_set_width(layout, (int)((width - 32) * PANGO_SCALE));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    int w, h;
    pango_layout_get_pixel_size(layout, &w, &h);
    win_box card = {p.x + 16, floor(p.y + p.h - h - 32), w + 32, h + 18};
    win_round(cr, card, 6);
    win_set_colour(cr, 0xffffffu, 0.96);
    cairo_fill_preserve(cr);
    win_set_colour(cr, v->core->trouble ? WIN_WARN : WIN_EDGE, 1);
    cairo_set_line_width(cr, 1);
    cairo_stroke(cr);
    win_fill(cr, (win_box){card.x, card.y + 5, 3, card.h - 10},
             v->core->trouble ? WIN_WARN : WIN_ACCENT);
    win_set_colour(cr, WIN_TEXT, 1);
    cairo_move_to(cr, card.x + 16, card.y + 9);
    pango_cairo_show_layout(cr, layout);
    g_object_unref(layout);
}

/* Where something that is so high begins below the sentences and the tails of their letters, or as
 * near to that as there is room for. */
static double below_ghosts(const win_view *v, double height)
{
    const win_sheet *s = &v->core->sheet;
    double below = (double)win_sheet_row(s, WIN_GUIDED - 1) + 0.75 * (double)s->pitch;
    return floor(v->paper_box.y + fmin(below, v->paper_box.h - 8 - height));
}

/* What an empty paper says. */
static void draw_hint(const win_view *v, cairo_t *cr)
{
    const char *hint = fault_of(v->core), *more = "";
    int mode = win_mode(v->core);
    if (hint) {
        more = mode == WIN_MODE_FREE ? "Drop a model file on the window, or name one with "
                                       "--prediction when you start Longhand."
                                     : "Drop a model file on the window, or name one with "
                                       "--model when you start Longhand.";
    } else if (mode == WIN_MODE_DRAW && v->core->drawing.ink.count == 0) {
        hint = "Write here by hand, with mouse, pen or finger";
        more = "Three sentences are enough to learn your hand; what follows is guessed as you go";
    } else if (mode == WIN_MODE_WRITE && !*v->core->text.text) {
        hint = "Type, and it is written by hand";
        more = "F1 shows all keys";
    }
    if (!hint)
        return;
    double y = floor(v->paper_box.y + v->paper_box.h * 0.34);
    if (mode == WIN_MODE_DRAW && v->core->on[WIN_GHOST])
        y = below_ghosts(
            v, win_paragraph_height(cr, paragraph_width(v), 19, false, hint) + 8 +
                   win_paragraph_height(cr, paragraph_width(v), WIN_BODY_TEXT, false, more));
    y = draw_paragraph(v, cr, y, 19, hint) + 8;
    draw_paragraph(v, cr, y, WIN_BODY_TEXT, more);
}

void win_paper_draw(win_view *v, cairo_t *cr)
{
    win_box p = v->paper_box;
    cairo_save(cr);
    cairo_rectangle(cr, p.x, p.y, p.w, p.h);
    cairo_clip(cr);
    cairo_save(cr);
    cairo_translate(cr, p.x, p.y);
    cairo_scale(cr, 1 / v->scale, 1 / v->scale);
    cairo_set_source_surface(cr, v->layer, 0, 0);
    cairo_pattern_set_filter(cairo_get_source(cr), CAIRO_FILTER_NEAREST);
    cairo_paint(cr);
    cairo_restore(cr);
    draw_ways(v, cr);
    win_highlights_draw(v, cr);
    draw_pen(v, cr);
    draw_hint(v, cr);
    if (v->lens_box.w > 0 && win_is_asked_for(cr, v->lens_box))
        win_lens_draw(v, cr);
    win_bar_box_draw(cr, win_paper_bar(v));
    if (v->core->on[WIN_COMPARE] && win_is_asked_for(cr, win_compare_box(v)))
        win_compare_draw(v, cr);
    draw_message(v, cr);
    if (v->core->on[WIN_HELP])
        win_help_draw(v, cr);
    cairo_restore(cr);
}
