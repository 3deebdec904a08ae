/* A frame: where everything lies, and drawing again only what is stale. */
#include "events.h"

#include <math.h>

SDL_Rect win_frame_rect(const win_app *app, win_box b)
{
    int x0 = (int)floor(b.x * app->scale), y0 = (int)floor(b.y * app->scale);
    int x1 = (int)ceil((b.x + b.w) * app->scale), y1 = (int)ceil((b.y + b.h) * app->scale);
    SDL_Rect rect = {x0, y0, x1 - x0, y1 - y0}, all = {0, 0, 0, 0};
    all.w = cairo_image_surface_get_width(app->frame);
    all.h = cairo_image_surface_get_height(app->frame);
    SDL_IntersectRect(&rect, &all, &rect);
    return rect;
}

static void add_change(win_app *app, SDL_Rect rect)
{
    if (SDL_RectEmpty(&rect))
        return;
    if (app->changes < WIN_CHANGES)
        app->change[app->changes++] = rect;
    else
        SDL_UnionRect(&rect, &app->change[WIN_CHANGES - 1], &app->change[WIN_CHANGES - 1]);
}

void win_frame_free(win_app *app)
{
    cairo_surface_destroy(app->frame);
    cairo_surface_destroy(app->layer);
    app->frame = app->layer = NULL;
    if (app->texture)
        SDL_DestroyTexture(app->texture);
    app->texture = NULL;
}

/* The lens is in the corner where the pen is not: the bottom one, while the writing is above. */
static win_box place_lens(const win_app *app)
{
    win_box p = app->paper_box;
    double side = fmin(176, fmin(p.w * (p.w < 600 ? 0.25 : 0.4), fmin(p.h - 40, p.h / 2)));
    if (!app->on[WIN_AHEAD] || app->on[WIN_HELP] || win_mode(app) == WIN_MODE_DRAW || side < 70)
        return (win_box){0};
    return (win_box){p.x + p.w - side - 14, p.y + p.h - side - 30, side, side + 16};
}

static void place_boxes(win_app *app)
{
    double panel = app->width < 900 ? 208 : 264;
    double left = app->width - panel, bar = app->height < 600 ? 42 : 48;
    double field = fmin(132, fmax(70, floor(app->height * 0.15)));
    app->sheet.width = (float)left;
    app->sheet.margin = app->width < 900 ? 24 : 48;
    app->sheet.pitch = (float)app->value[WIN_SIZE];
    app->panel_box = (win_box){left, 0, panel, app->height};
    app->field_box = (win_box){0, app->height - field, left, field};
    app->bar_box = (win_box){0, app->field_box.y - bar, left, bar};
    double lines = (double)win_sheet_row(&app->sheet, 1) + 0.6 * (double)app->sheet.pitch;
    double dock = win_dock_height(app, app->bar_box.y - lines);
    app->dock_box = (win_box){0, app->bar_box.y - dock, left, dock};
    app->paper_box = (win_box){0, 0, left, app->dock_box.y};
    app->lens_box = place_lens(app);
    win_panel_layout(app);
    win_bar_layout(app);
    if (app->focus != WIN_FOCUS_TEXT && app->control_box[app->focus].w == 0)
        win_focus_set(app, WIN_FOCUS_TEXT); /* the control is not shown any more */
}

/* What a cell says, as a colour: no is blue, yes orange, the darker the more; nothing is grey,
 * which is darker on paper, where it has to be read. */
static void make_cell_colours(win_app *app)
{
    for (int i = 0; i < 256; i++) {
        double v = (i - 128) / 127.0, much = fabs(v);
        uint32_t full = v < 0 ? 0x174a80u : 0xb4500au;
        app->cell_colours[i] = win_mix(0xe6e2dau, full, much);
        app->cell_inks[i] = win_mix(0xa8a297u, full, sqrt(much));
    }
}

/* The text field's layout is told of the scale here and not when it is used: for that it would lay
 * out all its text again. */
static void lay_out_field(win_app *app)
{
    cairo_t *cr = cairo_create(app->frame);
    cairo_scale(cr, app->scale, app->scale);
    if (app->field_layout)
        pango_cairo_update_layout(cr, app->field_layout);
    else
        app->field_layout = win_layout(cr, WIN_FIELD_TEXT, false);
    cairo_destroy(cr);
}

bool win_frame_layout(win_app *app)
{
    int pixels_w, pixels_h, points_w, points_h;
    SDL_GetRendererOutputSize(app->renderer, &pixels_w, &pixels_h);
    SDL_GetWindowSize(app->window, &points_w, &points_h);
    app->scale = app->zoom * pixels_w / (points_w > 0 ? points_w : 1);
    app->width = pixels_w / app->scale;
    app->height = pixels_h / app->scale;
    place_boxes(app);
    make_cell_colours(app);
    win_frame_free(app);
    app->texture = SDL_CreateTexture(app->renderer, SDL_PIXELFORMAT_ARGB8888,
                                     SDL_TEXTUREACCESS_STREAMING, pixels_w, pixels_h);
    app->frame = cairo_image_surface_create(CAIRO_FORMAT_RGB24, pixels_w, pixels_h);
    app->layer =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)ceil(app->paper_box.w * app->scale),
                                   (int)ceil(app->paper_box.h * app->scale));
    lay_out_field(app);
    if (app->text.text && !win_sheet_break(&app->sheet, 0, &app->plain, app->text.text))
        return false;
    app->pen_box = (win_box){0};
    app->stale = WIN_STALE_ALL;
    return app->texture && cairo_surface_status(app->frame) == CAIRO_STATUS_SUCCESS &&
           cairo_surface_status(app->layer) == CAIRO_STATUS_SUCCESS;
}

static win_box join(win_box a, win_box b)
{
    if (a.w == 0 || b.w == 0)
        return a.w == 0 ? b : a;
    double x = fmin(a.x, b.x), y = fmin(a.y, b.y);
    return (win_box){x, y, fmax(a.x + a.w, b.x + b.w) - x, fmax(a.y + a.h, b.y + b.h) - y};
}

/* More new points than this may as well be anywhere. */
enum { POINTS_A_FRAME = 64 };

/* The box around what the pen's way changes: where the pen was, where it is, and the ink that came
 * to be from point `drawn` on, with the curve before it. */
static win_box pen_way(win_app *app, size_t drawn)
{
    win_box way = join(app->pen_box, win_paper_pen_box(app));
    app->pen_box = win_paper_pen_box(app);
    if ((app->stale & WIN_STALE_PAPER) || app->drawn > drawn + POINTS_A_FRAME)
        return app->paper_box;
    if (win_mode(app) == WIN_MODE_DRAW) /* what is drawn makes the whole paper stale */
        return way;
    double ink = 2 * app->value[WIN_WIDTH] + 4;
    for (size_t i = drawn > 0 ? drawn - 1 : 0; i < app->drawn; i++) {
        lh_vec2 at = win_sheet_at(&app->sheet, i);
        way = join(way, (win_box){app->paper_box.x + at.x - ink,
                                  app->paper_box.y + at.y - app->scroll / app->scale - ink, 2 * ink,
                                  2 * ink});
    }
    return way;
}

static void draw_in(win_app *app, win_box box, void (*draw)(win_app *, cairo_t *))
{
    SDL_Rect r = win_frame_rect(app, box);
    if (SDL_RectEmpty(&r))
        return;
    cairo_t *cr = cairo_create(app->frame);
    cairo_rectangle(cr, r.x, r.y, r.w, r.h);
    cairo_clip(cr);
    cairo_scale(cr, app->scale, app->scale);
    draw(app, cr);
    cairo_destroy(cr);
    add_change(app, r);
}

enum { BEHIND_A_PLACE = 60 }; /* points that the dock shows behind a place found */

/* The point that dock and lens show has changed? */
static bool step_views(win_app *app)
{
    size_t at = app->sheet.shown > 0 ? app->sheet.shown - 1 : 0, before = app->docked;
    const win_search *search = &app->search;
    if (app->on[WIN_FIND] && search->shown >= 0) {
        size_t last = search->found.place[search->shown].to + BEHIND_A_PLACE;
        at = last < at ? last : at;
    }
    app->docked = app->sheet.points > 0 && at >= app->sheet.points ? app->sheet.points - 1 : at;
    return app->docked != before;
}

void win_frame_draw(win_app *app)
{
    size_t drawn = app->drawn;
    bool stepped = step_views(app);
    win_paper_layer(app);
    win_box way = pen_way(app, drawn);
    bool moved =
        app->drawn != drawn || win_sheet_moving(&app->sheet) || (app->stale & WIN_STALE_PAPER);
    if (moved)
        draw_in(app, way, win_paper_draw);
    if (stepped && app->lens_box.w > 0 && !(app->stale & WIN_STALE_PAPER))
        draw_in(app, app->lens_box, win_paper_draw);
    if ((app->stale & WIN_STALE_DOCK) || (stepped && app->dock_box.h > 0))
        draw_in(app, app->dock_box, win_dock_draw);
    if (app->stale & (WIN_STALE_BAR | WIN_STALE_PANEL))
        draw_in(app, app->bar_box, win_bar_draw);
    else if (stepped)
        draw_in(app, win_bar_top(app), win_bar_draw_top);
    if (app->stale & WIN_STALE_PANEL)
        draw_in(app, app->panel_box, win_panel_draw);
    if (app->stale & WIN_STALE_FIELD) {
        draw_in(app, app->field_box, win_field_draw);
        /* Not at each letter, for which a long text would have to be laid out each time. */
        SDL_Rect caret = win_field_caret(app);
        SDL_SetTextInputRect(&caret);
    }
    app->stale = 0;
    cairo_surface_flush(app->frame);
}
