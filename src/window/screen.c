/* The window on the screen: its size, and the frames that are put on it. Between the core, which
 * knows of no screen, and SDL. */
#include "script.h"

#include <math.h>
#include <stdlib.h>

enum { WAKES_COME = 20 }; /* milliseconds */

/* ---- time ------------------------------------------------------------------------------------ */

static Uint32 wake_event;

void win_app_wake(void *data)
{
    (void)data;
    SDL_Event event = {.type = wake_event};
    SDL_PushEvent(&event);
}

lh_status win_app_start(win_app *app, const char *text, lh_error *error)
{
    wake_event = SDL_RegisterEvents(1);
    app->view.core = &app->core;
    app->view.focus = app->view.hover = WIN_FOCUS_TEXT;
    app->view.dock_end = app->view.moment = SIZE_MAX;
    app->view.tip_due = INFINITY;
    app->held = -1;
    return win_core_start(&app->core, text, win_app_wake, error);
}

void win_app_stop(win_app *app)
{
    win_script_close(app->tour.script);
    win_offer_stop(app->offer);
    win_core_stop(&app->core);
    free(app->folder);
    free(app->name);
    win_frame_free(&app->view);
}

void win_app_update(win_app *app, double seconds)
{
    win_core_update(&app->core, seconds);
    win_learning_update(app);
    bool picked = app->core.cell >= 0 && app->core.on[WIN_CELLS];
    if (app->texture && app->picked != picked) {
        app->picked = picked;
        win_app_layout(app); /* its curves take their place from the paper, or give it back */
    }
    win_paper_follow(&app->view);
}

double win_app_rest(const win_app *app)
{
    double rest = win_core_rest(&app->core), tip = app->view.tip_due - app->core.time;
    if (app->view.scroll != app->view.scroll_goal || !win_frame_is_whole(&app->view))
        return 0;
    return tip > 0 && isfinite(tip) && (rest < 0 || tip < rest) ? tip : rest;
}

double win_app_times(const win_app *app)
{
    static const double projected = 1.5;
    return app->core.on[WIN_FULL] ? projected : 1;
}

/* ---- the window ------------------------------------------------------------------------------ */

static bool has_texture(const win_app *app, int width, int height)
{
    int w, h;
    return app->texture && SDL_QueryTexture(app->texture, NULL, NULL, &w, &h) == 0 && w == width &&
           h == height;
}

void win_app_layout(win_app *app)
{
    win_view *view = &app->view;
    int pixels_w, pixels_h, points_w, points_h;
    SDL_GetRendererOutputSize(app->renderer, &pixels_w, &pixels_h);
    SDL_GetWindowSize(app->window, &points_w, &points_h);
    double wanted = view->zoom_wanted * win_app_times(app);
    view->zoom =
        fmin(wanted, fmin((double)points_w / WIN_LEAST_WIDTH, (double)points_h / WIN_LEAST_HEIGHT));
    if (!(SDL_GetWindowFlags(app->window) & (SDL_WINDOW_FULLSCREEN_DESKTOP | SDL_WINDOW_MAXIMIZED)))
        app->size = (SDL_Rect){.w = (int)lround(points_w / view->zoom_wanted),
                               .h = (int)lround(points_h / view->zoom_wanted)};
    bool whole = win_frame_layout(view, pixels_w, pixels_h,
                                  view->zoom * pixels_w / (points_w > 0 ? points_w : 1));
    if (!has_texture(app, pixels_w, pixels_h)) {
        if (app->texture)
            SDL_DestroyTexture(app->texture);
        app->texture = SDL_CreateTexture(app->renderer, SDL_PIXELFORMAT_ARGB8888,
                                         SDL_TEXTUREACCESS_STREAMING, pixels_w, pixels_h);
        view->exposed = true;
    }
    if (!whole || !app->texture)
        win_core_say(&app->core, true, "There is no memory for a window of this size.");
}

/* Makes the window no larger than what the display has to give, its frame and title within that;
 * they are known once it is on screen. */
static void stay_on_display(win_app *app)
{
    int w, h, x, y, top = 0, left = 0, bottom = 0, right = 0;
    SDL_Rect usable;
    SDL_PumpEvents();
    SDL_GetWindowSize(app->window, &w, &h);
    SDL_GetWindowPosition(app->window, &x, &y);
    SDL_GetWindowBordersSize(app->window, &top, &left, &bottom, &right);
    if (SDL_GetDisplayUsableBounds(SDL_GetWindowDisplayIndex(app->window), &usable) != 0)
        return;
    int most_w = usable.w - left - right, most_h = usable.h - top - bottom;
    if (w <= most_w && h <= most_h)
        return;
    w = w < most_w ? w : most_w;
    h = h < most_h ? h : most_h;
    SDL_SetWindowSize(app->window, w, h);
    SDL_SetWindowPosition(app->window, usable.x + left + (most_w - w) / 2,
                          usable.y + top + (most_h - h) / 2);
}

/* A size that is on screen for certain, but for the frame. */
static void fit_display(int *width, int *height)
{
    SDL_Rect usable;
    if (SDL_GetDisplayUsableBounds(0, &usable) != 0)
        return;
    *width = *width < usable.w ? *width : usable.w;
    *height = *height < usable.h ? *height : usable.h;
}

bool win_app_open_screen(win_app *app, int width, int height)
{
    int w = (int)(width * app->view.zoom_wanted), h = (int)(height * app->view.zoom_wanted);
    fit_display(&w, &h);
    app->window = SDL_CreateWindow("Longhand", SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED, w, h,
                                   SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI);
    if (!app->window)
        return false;
    SDL_SetWindowMinimumSize(app->window, WIN_LEAST_WIDTH, WIN_LEAST_HEIGHT);
    stay_on_display(app);
    app->renderer = win_renderer_open(app->window);
    if (!app->renderer)
        return false;
    win_app_layout(app);
    return app->texture && cairo_surface_status(app->view.frame) == CAIRO_STATUS_SUCCESS;
}

void win_app_close_screen(win_app *app)
{
    /* SDL wakes its own window, by a connection of its own, when the scribe pushes an event; what
     * came last is to be there before the window goes, or X ends the program with an error. */
    if (app->window) {
        SDL_PumpEvents();
        SDL_Delay(WAKES_COME);
    }
    win_cursors_free(app);
    if (app->texture)
        SDL_DestroyTexture(app->texture);
    if (app->renderer)
        SDL_DestroyRenderer(app->renderer);
    if (app->window)
        SDL_DestroyWindow(app->window);
    SDL_Quit();
}

/* ---- frames ---------------------------------------------------------------------------------- */

/* Tells input methods where the caret is; not at each letter, for which a long text would have to
 * be laid out each time. */
static void tell_caret(win_app *app)
{
    if (!app->view.caret_moved)
        return;
    win_rect caret = win_field_caret(&app->view);
    SDL_SetTextInputRect(&(SDL_Rect){caret.x, caret.y, caret.w, caret.h});
    app->view.caret_moved = false;
}

/* Puts what changed on screen. A renderer in software draws to one surface that stays as it was; of
 * others the whole has to be drawn for each frame. */
void win_app_show(win_app *app)
{
    tell_caret(app);
    if (app->view.changes == 0)
        return;
    SDL_RendererInfo info;
    bool stays =
        SDL_GetRendererInfo(app->renderer, &info) == 0 && (info.flags & SDL_RENDERER_SOFTWARE);
    int stride = cairo_image_surface_get_stride(app->view.frame);
    const unsigned char *pixels = cairo_image_surface_get_data(app->view.frame);
    for (int i = 0; i < app->view.changes; i++) {
        const win_rect *c = &app->view.change[i];
        SDL_Rect r = {c->x, c->y, c->w, c->h};
        SDL_UpdateTexture(app->texture, &r, pixels + (size_t)r.y * (size_t)stride + 4 * (size_t)r.x,
                          stride);
        if (stays)
            SDL_RenderCopy(app->renderer, app->texture, &r, &r);
    }
    if (!stays)
        SDL_RenderCopy(app->renderer, app->texture, NULL, NULL);
    SDL_RenderPresent(app->renderer);
    app->view.changes = 0;
}
