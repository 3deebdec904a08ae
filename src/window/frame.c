/* A frame: where everything lies, and drawing again only what is stale. */
#include "app.h"

#include <math.h>

static SDL_Rect screen_rect(const win_app *app, win_box b)
{
    int x0 = (int)floor(b.x * app->scale), y0 = (int)floor(b.y * app->scale);
    int x1 = (int)ceil((b.x + b.w) * app->scale), y1 = (int)ceil((b.y + b.h) * app->scale);
    return (SDL_Rect){x0, y0, x1 - x0, y1 - y0};
}

static void add_change(win_app *app, win_box box)
{
    SDL_Rect rect = screen_rect(app, box), all = {0, 0, 0, 0};
    all.w = cairo_image_surface_get_width(app->frame);
    all.h = cairo_image_surface_get_height(app->frame);
    if (!SDL_IntersectRect(&rect, &all, &rect))
        return;
    if (SDL_RectEmpty(&app->changed))
        app->changed = rect;
    else
        SDL_UnionRect(&app->changed, &rect, &app->changed);
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

static void place_boxes(win_app *app)
{
    double panel = app->width < 900 ? 208 : 248;
    double field = fmin(150, fmax(86, floor(app->height * 0.18)));
    app->panel_box = (win_box){app->width - panel, 0, panel, app->height};
    app->field_box = (win_box){0, app->height - field, app->width - panel, field};
    app->paper_box = (win_box){0, 0, app->width - panel, app->height - field};
    app->sheet.width = (float)app->paper_box.w;
    app->sheet.margin = app->width < 900 ? 24 : 44;
    app->sheet.pitch = (float)app->value[WIN_SIZE];
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
    win_frame_free(app);
    app->texture = SDL_CreateTexture(app->renderer, SDL_PIXELFORMAT_ARGB8888,
                                     SDL_TEXTUREACCESS_STREAMING, pixels_w, pixels_h);
    app->frame = cairo_image_surface_create(CAIRO_FORMAT_RGB24, pixels_w, pixels_h);
    app->layer =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)ceil(app->paper_box.w * app->scale),
                                   (int)ceil(app->paper_box.h * app->scale));
    if (app->editor.text)
        win_sheet_break(&app->sheet, 0, &app->plain, app->editor.text);
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
    cairo_t *cr = cairo_create(app->frame);
    SDL_Rect r = screen_rect(app, box);
    cairo_rectangle(cr, r.x, r.y, r.w, r.h);
    cairo_clip(cr);
    cairo_scale(cr, app->scale, app->scale);
    draw(app, cr);
    cairo_destroy(cr);
    add_change(app, box);
}

static void draw_panel(win_app *app, cairo_t *cr)
{
    win_panel_draw(app, cr);
}

void win_frame_draw(win_app *app)
{
    size_t drawn = app->drawn;
    win_paper_layer(app);
    win_box way = pen_way(app, drawn);
    bool moved =
        app->drawn != drawn || win_sheet_moving(&app->sheet) || (app->stale & WIN_STALE_PAPER);
    if (moved)
        draw_in(app, way, win_paper_draw);
    if (app->stale & WIN_STALE_PANEL)
        draw_in(app, app->panel_box, draw_panel);
    if (app->stale & WIN_STALE_FIELD)
        draw_in(app, app->field_box, win_field_draw);
    app->stale = 0;
    cairo_surface_flush(app->frame);
}
