/* A frame: where everything lies, and drawing again only what is stale. */
#include "view.h"

#include <math.h>
#include <stdlib.h>

/* What is in both. */
static win_rect overlap(win_rect a, win_rect b)
{
    int x = a.x > b.x ? a.x : b.x, y = a.y > b.y ? a.y : b.y;
    int right = a.x + a.w < b.x + b.w ? a.x + a.w : b.x + b.w;
    int low = a.y + a.h < b.y + b.h ? a.y + a.h : b.y + b.h;
    return (win_rect){x, y, right > x ? right - x : 0, low > y ? low - y : 0};
}

/* The smallest around both. */
static win_rect around(win_rect a, win_rect b)
{
    int x = a.x < b.x ? a.x : b.x, y = a.y < b.y ? a.y : b.y;
    int right = a.x + a.w > b.x + b.w ? a.x + a.w : b.x + b.w;
    int low = a.y + a.h > b.y + b.h ? a.y + a.h : b.y + b.h;
    return (win_rect){x, y, right - x, low - y};
}

win_rect win_frame_rect(const win_view *v, win_box b)
{
    int x0 = (int)floor(b.x * v->scale), y0 = (int)floor(b.y * v->scale);
    int x1 = (int)ceil((b.x + b.w) * v->scale), y1 = (int)ceil((b.y + b.h) * v->scale);
    win_rect all = {0, 0, cairo_image_surface_get_width(v->frame),
                    cairo_image_surface_get_height(v->frame)};
    return overlap((win_rect){x0, y0, x1 - x0, y1 - y0}, all);
}

void win_frame_change(win_view *v, win_rect rect)
{
    win_rect *last = &v->change[WIN_CHANGES - 1];
    if (v->changes < WIN_CHANGES)
        v->change[v->changes++] = rect;
    else
        *last = around(*last, rect);
}

static void free_pictures(win_view *v)
{
    cairo_surface_destroy(v->frame);
    cairo_surface_destroy(v->layer);
    v->frame = v->layer = NULL;
    win_layer_drop(v);
}

void win_frame_free(win_view *v)
{
    free_pictures(v);
    win_overlay_drop(v);
    win_help_drop(v);
    win_form_close(&v->form);
    win_text_forget();
    if (v->field_layout)
        g_object_unref(v->field_layout);
    free(v->shown);
    free(v->often);
    v->often = NULL;
    v->field_layout = NULL;
    v->shown = NULL;
}

/* How wide the lens is; 0: it is not there. */
static double lens_side(const win_view *v)
{
    win_box p = v->paper_box;
    double side = fmin(176, fmin(p.w * 0.25, fmin(p.h - 40, p.h / 2)));
    bool shown = v->core->on[WIN_AHEAD] && side >= 70;
    return shown ? side : 0;
}

/* The lens stands at the right of the paper, and rows end before it: it covers no ink. */
static void place_lens(win_view *v)
{
    win_box p = v->paper_box;
    double side = lens_side(v);
    v->core->sheet.width = (float)(p.w - (side > 0 ? side + 8 : 0));
    v->lens_box = side > 0 && !v->core->on[WIN_HELP]
                      ? (win_box){p.x + p.w - side - 14, p.y + p.h - side - 30, side, side + 16}
                      : (win_box){0};
}

/* For a projector: the paper and the views that are chosen, on a dark ground, which stays where
 * nothing is drawn. */
static void place_projected(win_view *v)
{
    const double edge = 20;
    win_box all = {edge, edge, v->width - 2 * edge, v->height - 2 * edge};
    v->panel_box = v->field_box = v->bar_box = (win_box){0, v->height, 0, 0};
    double dock = win_dock_height(v, all.h * 0.6);
    v->dock_box = (win_box){all.x, all.y + all.h - dock, all.w, dock};
    v->paper_box = (win_box){all.x, all.y, all.w, all.h - dock};
    place_lens(v);
    for (int i = 0; i < WIN_CONTROLS; i++)
        v->control_box[i] = (win_box){0};
    v->focus = v->focus >= 0 ? WIN_FOCUS_TEXT : v->focus;
}

static void place_boxes(win_view *v)
{
    double panel = v->width < 900 ? 208 : 264;
    double left = v->width - panel, bar = v->height < 600 ? 42 : 48;
    double field = fmin(132, fmax(76, floor(v->height * 0.15))); /* two rows at least */
    if (v->core->on[WIN_FULL]) {
        v->core->sheet.margin = 48;
        v->core->sheet.pitch = (float)v->core->value[WIN_SIZE];
        place_projected(v);
        return;
    }
    v->core->sheet.margin = v->width < 900 ? 24 : 48;
    v->core->sheet.pitch = (float)v->core->value[WIN_SIZE];
    v->panel_box = (win_box){left, 0, panel, v->height};
    v->field_box = (win_box){0, v->height - field, left, field};
    v->bar_box = (win_box){0, v->field_box.y - bar, left, bar};
    double lines = (double)win_sheet_row(&v->core->sheet, 1) + 0.6 * (double)v->core->sheet.pitch;
    double dock = win_dock_height(v, v->bar_box.y - lines);
    v->dock_box = (win_box){0, v->bar_box.y - dock, left, dock};
    v->paper_box = (win_box){0, 0, left, v->dock_box.y};
    place_lens(v);
    win_panel_layout(v);
    win_bar_layout(v);
    if (v->focus >= 0 && v->control_box[v->focus].w == 0)
        v->focus = WIN_FOCUS_TEXT; /* the control is not shown any more */
}

/* The text field's layout is told of the scale here and not when it is used: for that it would lay
 * out all its text again. */
static void lay_out_field(win_view *v)
{
    cairo_t *cr = cairo_create(v->frame);
    cairo_scale(cr, v->scale, v->scale);
    if (v->field_layout)
        pango_cairo_update_layout(cr, v->field_layout);
    else
        v->field_layout = win_layout(cr, WIN_FIELD_TEXT, false);
    cairo_destroy(cr);
}

/* Makes the pictures as big as they are to be; those that are, and what is seen on them, stay. */
static bool make_pictures(win_view *v, int width, int height, bool another)
{
    if (another || !v->frame || cairo_image_surface_get_width(v->frame) != width ||
        cairo_image_surface_get_height(v->frame) != height) {
        free_pictures(v);
        win_overlay_drop(v);
        v->frame = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
        v->frames++;
        lay_out_field(v);
        v->pen_box = (win_box){0};
    }
    return win_layer_resize(v) && cairo_surface_status(v->frame) == CAIRO_STATUS_SUCCESS;
}

bool win_frame_layout(win_view *v, int width, int height, double scale)
{
    bool another = v->scale != scale, projected = v->panel_box.w == 0;
    v->scale = scale;
    v->width = width / scale;
    v->height = height / scale;
    place_boxes(v);
    another |= (v->panel_box.w == 0) != projected; /* the ground is dark, or was */
    v->layouts++;
    return make_pictures(v, width, height, another) && win_stale_start(v) &&
           win_core_lay_out(v->core);
}

/* More new points than this may as well be anywhere. */
enum { POINTS_A_FRAME = 64 };

/* The box around what the pen's way changes: where the pen was, where it is, and the ink that came
 * to be from point `drawn` on, with the curve before it. */
static win_box pen_way(win_view *v, size_t drawn, unsigned stale)
{
    win_box way = win_box_around(v->pen_box, win_paper_pen_box(v));
    v->pen_box = win_paper_pen_box(v);
    if ((stale & WIN_STALE_PAPER) || v->drawn > drawn + POINTS_A_FRAME)
        return v->paper_box;
    if (win_mode(v->core) == WIN_MODE_DRAW) /* what is drawn makes the whole paper stale */
        return way;
    double ink = 2 * v->core->value[WIN_WIDTH] + 4;
    for (size_t i = drawn > 0 ? drawn - 1 : 0; i < v->drawn; i++) {
        lh_vec2 at = win_sheet_at(&v->core->sheet, i);
        way = win_box_around(way, (win_box){v->paper_box.x + at.x - ink,
                                            v->paper_box.y + at.y - v->scroll / v->scale - ink,
                                            2 * ink, 2 * ink});
    }
    return way;
}

static void draw_in(win_view *v, win_box box, void (*draw)(win_view *, cairo_t *))
{
    win_rect r = win_frame_rect(v, box);
    if (r.w == 0 || r.h == 0)
        return;
    cairo_t *cr = cairo_create(v->frame);
    cairo_rectangle(cr, r.x, r.y, r.w, r.h);
    cairo_clip(cr);
    cairo_scale(cr, v->scale, v->scale);
    draw(v, cr);
    cairo_destroy(cr);
    win_frame_change(v, r);
}

enum { BEHIND_A_PLACE = 60 }; /* points that the dock shows behind a place found */

/* The last point that the dock is to show: the pen's, or such a one that what is looked at is in
 * sight. */
static size_t dock_end(const win_view *v)
{
    const win_core *core = v->core;
    const win_search *search = &core->search;
    size_t pen = core->sheet.shown > 0 ? core->sheet.shown - 1 : 0, at = pen;
    if (core->on[WIN_FIND] && search->shown >= 0)
        at = search->found.place[search->shown].to + BEHIND_A_PLACE;
    size_t room = win_dock_points(v);
    bool rests = core->on[WIN_PAUSE] || !win_sheet_moving(&core->sheet);
    if (core->on[WIN_FIND] && search->shown < 0 && search->span.to > search->span.from && rests &&
        search->span.from + room <= at) { /* what is marked is in sight, and stays where it is */
        bool seen = search->span.to <= v->docked + 1 && search->span.from + room > v->docked;
        at = seen ? v->docked : search->span.to + room / 3;
    }
    if (v->dock_end != SIZE_MAX)
        at = v->dock_end;
    size_t point = win_moment_point(core);
    if (win_moment_held(core) && (point > at || point + room <= at))
        at = point + room / 3;
    return at < pen ? at : pen;
}

/* The point that dock and lens show has changed? */
static bool step_views(win_view *v)
{
    size_t before = v->docked, at = dock_end(v), points = v->core->sheet.points;
    if (before >= points) /* ink that is gone */
        before = 0;
    v->docked = points > 0 && at >= points ? points - 1 : at;
    return v->docked != before;
}

/* What lies where the moment is shown, which is another than before. */
static void draw_moment(win_view *v, unsigned stale)
{
    size_t moment = win_moment_held(v->core) ? win_moment_point(v->core) : SIZE_MAX;
    if (moment == v->moment)
        return;
    v->moment = moment;
    if (v->lens_box.w > 0 && !(stale & WIN_STALE_PAPER))
        draw_in(v, v->lens_box, win_paper_draw);
    if (!((stale | v->late) & WIN_STALE_DOCK))
        draw_in(v, win_dock_attention(v), win_dock_draw_attention);
}

/* While all ink is drawn anew, the views and a panel that is another come some frames later, as no
 * frame is to take long; but not where there is nothing to be seen in their place, nor when the ink
 * changes again and again. A control that is dragged waits for nothing. */
static unsigned stale_now(win_view *v)
{
    enum { LONGEST_WAIT = 2 }; /* frames */
    bool exposed = v->exposed;
    win_box panel = v->panel_stale;
    unsigned late = v->late, stale = win_stale(v);
    if (late & WIN_STALE_PANEL)
        v->panel_stale = stale & WIN_STALE_PANEL ? win_box_around(panel, v->panel_stale) : panel;
    bool whole_panel = v->panel_stale.h > v->panel_box.h / 2;
    const unsigned can_wait = WIN_STALE_DOCK | (whole_panel ? WIN_STALE_PANEL : 0);
    bool inks = (stale & WIN_STALE_INK) || v->next;
    stale |= late;
    v->late = inks && !exposed && v->waited < LONGEST_WAIT ? stale & can_wait : 0;
    v->waited = v->late ? v->waited + 1 : 0;
    return stale & ~v->late;
}

bool win_frame_is_whole(const win_view *v)
{
    return !v->next && v->late == 0 && win_help_is_whole(v);
}

void win_frame_draw(win_view *v)
{
    size_t drawn = v->drawn;
    win_overlay_lift(v);
    bool stepped = step_views(v);
    int by = win_paper_scroll(v);
    win_hands_follow(v);
    unsigned stale = stale_now(v);
    if (win_help_update(v))
        stale |= WIN_STALE_PAPER;
    if (win_layer_draw(v, stale & WIN_STALE_INK, by))
        stale |= WIN_STALE_PAPER;
    win_box way = pen_way(v, drawn, stale);
    bool moved =
        v->drawn != drawn || win_sheet_moving(&v->core->sheet) || (stale & WIN_STALE_PAPER);
    if (moved)
        draw_in(v, way, win_paper_draw);
    if (stepped && v->lens_box.w > 0 && !(stale & WIN_STALE_PAPER))
        draw_in(v, v->lens_box, win_paper_draw);
    draw_moment(v, stale);
    if (stale & WIN_STALE_DOCK)
        v->plotted = SIZE_MAX;
    bool steps = stepped && v->dock_box.h > 0 && !(v->late & WIN_STALE_DOCK);
    if ((stale & WIN_STALE_DOCK) || steps)
        draw_in(v, v->dock_box, win_dock_draw);
    if (stale & WIN_STALE_BAR)
        draw_in(v, v->bar_box, win_bar_draw);
    else if (stepped)
        draw_in(v, win_bar_top(v), win_bar_draw_top);
    if (stale & WIN_STALE_PANEL)
        draw_in(v, v->panel_stale, win_panel_draw);
    if (stale & WIN_STALE_FIELD)
        draw_in(v, v->field_box, win_field_draw);
    v->caret_moved |= stale & WIN_STALE_FIELD;
    win_overlay_lay(v);
    cairo_surface_flush(v->frame);
}
