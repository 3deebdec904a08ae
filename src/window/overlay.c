/* What lies on the frame for a while: see view.h. What is beneath is kept, so that a mouse that
 * moves costs no more than what moves with it. */
#include "menu.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ATTENDED, LINE, PLACE, TOUR, TIP, MENU, FORM, OVERLAYS };
_Static_assert((int)OVERLAYS <= (int)WIN_LAID, "there is room for all that is laid on");

#define TIP_WIDTH 300.0
#define PAD 9.0

/* ---- keeping what is beneath ------------------------------------------------------------------
 */

static uint32_t *row_of(const win_view *v, win_rect r, int y)
{
    unsigned char *data = cairo_image_surface_get_data(v->frame);
    size_t stride = (size_t)cairo_image_surface_get_stride(v->frame);
    return (uint32_t *)(void *)(data + (size_t)(r.y + y) * stride) + r.x;
}

void win_overlay_lift(win_view *v)
{
    cairo_surface_flush(v->frame);
    for (int i = WIN_LAID - 1; i >= 0; i--) { /* the last lies above all */
        struct win_laid *laid = &v->laid[i];
        for (int y = 0; laid->rect.w > 0 && y < laid->rect.h; y++)
            memcpy(row_of(v, laid->rect, y), laid->beneath + (size_t)y * (size_t)laid->rect.w,
                   (size_t)laid->rect.w * sizeof(uint32_t));
        if (laid->rect.w > 0)
            win_frame_change(v, laid->rect);
        laid->rect.w = 0;
    }
    cairo_surface_mark_dirty(v->frame);
}

void win_overlay_drop(win_view *v)
{
    for (int i = 0; i < WIN_LAID; i++) {
        free(v->laid[i].beneath);
        v->laid[i] = (struct win_laid){0};
    }
}

/* False: no memory; nothing is laid there. */
static bool keep(win_view *v, struct win_laid *laid, win_rect r)
{
    size_t row = (size_t)r.w * sizeof(uint32_t);
    uint32_t *beneath = realloc(laid->beneath, row * (size_t)r.h);
    if (!beneath)
        return false;
    laid->beneath = beneath;
    laid->rect = r;
    cairo_surface_flush(v->frame);
    for (int y = 0; y < r.h; y++)
        memcpy(beneath + (size_t)y * (size_t)r.w, row_of(v, r, y), row);
    return true;
}

/* ---- the moment -------------------------------------------------------------------------------
 */

static win_box line_box(const win_view *v)
{
    return win_moment_held(v->core) ? win_dock_line(v, win_moment_point(v->core)) : (win_box){0};
}

static void draw_line(const win_view *v, cairo_t *cr, win_box box)
{
    (void)v;
    win_fill(cr, box, WIN_TEXT);
}

/* A ring around the point on the paper. */
static win_box place_box(const win_view *v)
{
    const double reach = 8;
    if (!win_moment_held(v->core) || v->core->on[WIN_HELP] || v->core->on[WIN_COMPARE])
        return (win_box){0};
    lh_vec2 at = win_sheet_at(&v->core->sheet, win_moment_point(v->core));
    double x = v->paper_box.x + at.x, y = v->paper_box.y + at.y - v->scroll / v->scale;
    if (!win_box_holds(v->paper_box, x, y))
        return (win_box){0};
    return (win_box){x - reach, y - reach, 2 * reach, 2 * reach};
}

static void draw_place(const win_view *v, cairo_t *cr, win_box box)
{
    (void)v;
    for (int i = 0; i < 2; i++) {
        cairo_arc(cr, box.x + box.w / 2, box.y + box.h / 2, 5, 0, 2 * M_PI);
        cairo_set_line_width(cr, i == 0 ? 4 : 2);
        win_set_colour(cr, i == 0 ? WIN_PAPER : WIN_WARN, 1);
        cairo_stroke(cr);
    }
}

/* ---- the tip ----------------------------------------------------------------------------------
 */

/* The tip laid out, for the caller to free; NULL: there is none. */
static PangoLayout *lay_out_tip(const win_view *v, cairo_t *cr, int *w, int *h)
{
    char text[600];
    if (v->core->time < v->tip_due || v->menu_open || v->form.kind != 0)
        return NULL;
    win_tip_text(v, text, sizeof text);
    if (!*text)
        return NULL;
    PangoLayout *layout = win_layout(cr, 12.5, false);
    PangoAttrList *list = pango_attr_list_new();
    PangoAttribute *bold = pango_attr_weight_new(PANGO_WEIGHT_SEMIBOLD);
    bold->start_index = 0;
    bold->end_index = (guint)strcspn(text, "\n");
    pango_attr_list_insert(list, bold);
    pango_layout_set_text(layout, text, -1);
    pango_layout_set_attributes(layout, list);
    pango_attr_list_unref(list);
    pango_layout_set_width(layout, (int)(TIP_WIDTH * PANGO_SCALE));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_get_pixel_size(layout, w, h);
    return layout;
}

/* Cells around the mouse, magnified: points from left to right, cells by likeness. */
#define ZOOM_COLUMNS 25
#define ZOOM_ROWS 11
#define ZOOM_W 11.0
#define ZOOM_H 8.0

static int zoomed_cell(const win_view *v)
{
    return win_dock_cell(v, v->mouse_x, v->mouse_y);
}

static double zoom_height(const win_view *v)
{
    return zoomed_cell(v) >= 0 ? ZOOM_ROWS * ZOOM_H + PAD : 0;
}

static void draw_zoom(const win_view *v, cairo_t *cr, double x, double y)
{
    const win_sheet *s = &v->core->sheet;
    int middle = zoomed_cell(v);
    size_t point = win_dock_point(v, v->mouse_x, v->mouse_y);
    if (middle < 0 || point == SIZE_MAX)
        return;
    for (int c = 0; c < ZOOM_COLUMNS; c++) {
        long at = (long)point + c - ZOOM_COLUMNS / 2;
        const int8_t *cell =
            at >= 0 && at < (long)s->shown ? win_sheet_inside(s, (size_t)at).cell : NULL;
        for (int r = 0; cell && r < ZOOM_ROWS; r++) {
            int which = win_cells_beside(v, middle, r - ZOOM_ROWS / 2);
            if (which >= 0)
                win_fill(cr, (win_box){x + c * ZOOM_W, y + r * ZOOM_H, ZOOM_W - 1, ZOOM_H - 1},
                         v->core->cell_colours[cell[which] + 128]);
        }
    }
    cairo_rectangle(cr, x + ZOOM_COLUMNS / 2 * ZOOM_W - 1, y + ZOOM_ROWS / 2 * ZOOM_H - 1,
                    ZOOM_W + 1, ZOOM_H + 1);
    win_set_colour(cr, WIN_PAPER, 1);
    cairo_set_line_width(cr, 2);
    cairo_stroke(cr);
}

static win_box tip_box(const win_view *v)
{
    int w, h;
    cairo_t *cr = cairo_create(v->frame);
    cairo_scale(cr, v->scale, v->scale);
    PangoLayout *layout = lay_out_tip(v, cr, &w, &h);
    cairo_destroy(cr);
    if (!layout)
        return (win_box){0};
    g_object_unref(layout);
    win_box box = {v->mouse_x + 14, v->mouse_y + 20,
                   fmax(w, zoom_height(v) > 0 ? ZOOM_COLUMNS * ZOOM_W : 0) + 2 * PAD + 2,
                   h + 2 * PAD + zoom_height(v)};
    if (box.x + box.w > v->width - 4)
        box.x = fmax(4, fmin(v->width - 4 - box.w, v->mouse_x - 14 - box.w));
    if (v->hover == WIN_STYLE) /* beside the hands, of which it would cover some */
        box.x = fmax(4, fmin(box.x, v->panel_box.x - box.w - 6));
    if (box.y + box.h > v->height - 4)
        box.y = fmax(4, v->mouse_y - 14 - box.h);
    return box;
}

static void draw_tip(const win_view *v, cairo_t *cr, win_box box)
{
    int w, h;
    PangoLayout *layout = lay_out_tip(v, cr, &w, &h);
    win_card(cr, box, 6, WIN_TEXT, WIN_TEXT);
    if (!layout)
        return;
    win_set_colour(cr, WIN_PAPER, 1);
    cairo_move_to(cr, box.x + PAD, box.y + PAD);
    pango_cairo_show_layout(cr, layout);
    g_object_unref(layout);
    draw_zoom(v, cr, box.x + PAD, box.y + box.h - zoom_height(v));
}

/* ---- a form -----------------------------------------------------------------------------------
 */

static win_box form_box(const win_view *v)
{
    return win_form_box(&v->form, v->width, v->height);
}

static void draw_form(const win_view *v, cairo_t *cr, win_box box)
{
    win_form_draw(&v->form, cr, box);
}

/* ---- all --------------------------------------------------------------------------------------
 */

void win_overlay_lay(win_view *v)
{
    static const struct {
        win_box (*box)(const win_view *);
        void (*draw)(const win_view *, cairo_t *, win_box);
    } overlays[OVERLAYS] = {[ATTENDED] = {win_attended_box, win_attended_draw},
                            [LINE] = {line_box, draw_line},
                            [PLACE] = {place_box, draw_place},
                            [TOUR] = {win_tour_box, win_tour_draw},
                            [TIP] = {tip_box, draw_tip},
                            [MENU] = {win_menu_box, win_menu_draw},
                            [FORM] = {form_box, draw_form}};
    for (int i = 0; i < OVERLAYS; i++) {
        win_box box = overlays[i].box(v);
        win_rect r = win_frame_rect(v, box);
        if (box.w <= 0 || r.w == 0 || r.h == 0 || !keep(v, &v->laid[i], r))
            continue;
        cairo_t *cr = cairo_create(v->frame);
        cairo_rectangle(cr, r.x, r.y, r.w, r.h);
        cairo_clip(cr);
        cairo_scale(cr, v->scale, v->scale);
        overlays[i].draw(v, cr, box);
        cairo_destroy(cr);
        win_frame_change(v, r);
    }
}
