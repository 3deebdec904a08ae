/* longhand-window: a network writes by hand while one watches. Arguments, the screen, the loop. */
#include "app.h"
#include "script.h"

#include "base/asset.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char USAGE[] = "Usage: longhand-window [OPTION]...\n"
                            "Type, and a pen writes it by hand.\n"
                            "\n"
                            "  --text TEXT      begin with this text\n"
                            "  --model FILE     the network that writes; else the one installed\n"
                            "  --size WxH       of the window; 1280x800 unless given\n"
                            "  --scale S        everything S times as large, 0.5 to 4\n"
                            "  --script FILE    play keys, mouse and text from a file, then close\n"
                            "  --record FOLDER  where a script saves its pictures\n"
                            "  --help\n"
                            "\n"
                            "F1 in the window shows all keys.\n";

typedef struct options {
    const char *text, *model, *script, *record;
    int width, height;
    double scale;
} options;

static int wrong_usage(const char *what, const char *which)
{
    fprintf(stderr, "longhand-window: %s%s\nSee longhand-window --help.\n", what, which);
    return 2;
}

/* Reads "--name value" and "--name=value". Returns -1 to go on, else the exit code. */
static int read_options(options *o, int argc, char **argv)
{
    double *scale = &o->scale;
    for (int i = 1; i < argc; i++) {
        char *name = argv[i], *value = strchr(name, '=');
        if (strcmp(name, "--help") == 0) {
            fputs(USAGE, stdout);
            return 0;
        }
        if (strncmp(name, "--", 2) != 0)
            return wrong_usage("what is ", name);
        if (value)
            *value++ = '\0';
        else if (i + 1 < argc)
            value = argv[++i];
        else
            return wrong_usage("a value is missing behind ", name);
        char *end = value;
        if (strcmp(name, "--text") == 0)
            o->text = value;
        else if (strcmp(name, "--model") == 0)
            o->model = value;
        else if (strcmp(name, "--script") == 0)
            o->script = value;
        else if (strcmp(name, "--record") == 0)
            o->record = value;
        else if (strcmp(name, "--size") == 0) {
            if (sscanf(value, "%dx%d", &o->width, &o->height) != 2 || o->width < 640 ||
                o->height < 480 || o->width > 16384 || o->height > 16384)
                return wrong_usage("--size wants 640x480 or more, not ", value);
        } else if (strcmp(name, "--scale") == 0) {
            *scale = strtod(value, &end);
            if (end == value || *end || !(*scale >= 0.5 && *scale <= 4))
                return wrong_usage("--scale wants 0.5 to 4, not ", value);
        } else
            return wrong_usage("no option ", name);
    }
    if (!lh_utf8_valid(o->text))
        return wrong_usage("the text is not UTF-8", "");
    return -1;
}

/* ---- the screen ------------------------------------------------------------------------------ */

static bool open_screen(win_app *app, const options *o)
{
    SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "1");
    SDL_SetHint(SDL_HINT_IME_SHOW_UI, "1");
    if (SDL_Init(SDL_INIT_VIDEO) != 0)
        return false;
    app->zoom = o->scale;
    app->window = SDL_CreateWindow("Longhand", SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED,
                                   (int)(o->width * o->scale), (int)(o->height * o->scale),
                                   SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI);
    if (!app->window)
        return false;
    SDL_SetWindowMinimumSize(app->window, 640, 480);
    app->renderer = SDL_CreateRenderer(app->window, -1, SDL_RENDERER_PRESENTVSYNC);
    if (!app->renderer)
        app->renderer = SDL_CreateRenderer(app->window, -1, SDL_RENDERER_SOFTWARE);
    return app->renderer && win_frame_layout(app);
}

static void close_screen(win_app *app)
{
    if (app->renderer)
        SDL_DestroyRenderer(app->renderer);
    if (app->window)
        SDL_DestroyWindow(app->window);
    SDL_Quit();
}

/* Puts what changed on screen. */
static void show(win_app *app)
{
    if (SDL_RectEmpty(&app->changed))
        return;
    int stride = cairo_image_surface_get_stride(app->frame);
    const unsigned char *pixels = cairo_image_surface_get_data(app->frame);
    const SDL_Rect *r = &app->changed;
    SDL_UpdateTexture(app->texture, r, pixels + (size_t)r->y * (size_t)stride + 4 * (size_t)r->x,
                      stride);
    SDL_RenderCopy(app->renderer, app->texture, NULL, NULL);
    SDL_RenderPresent(app->renderer);
    app->changed = (SDL_Rect){0, 0, 0, 0};
}

static double seconds(void)
{
    return (double)SDL_GetPerformanceCounter() / (double)SDL_GetPerformanceFrequency();
}

/* Waits for what comes next: an event, or the time at which something moves by itself. */
static void wait_for_event(win_app *app, double frame_began)
{
    double rest = win_app_rest(app), frame = 1.0 / 60;
    if (rest == 0) /* where presenting does not wait for the screen */
        rest = fmax(0, frame - (seconds() - frame_began));
    SDL_Event event;
    int got = rest < 0 ? SDL_WaitEvent(&event) : SDL_WaitEventTimeout(&event, (int)(1000 * rest));
    for (; got; got = SDL_PollEvent(&event))
        win_app_event(app, &event);
}

/* A long sleep is no time of writing: the pen goes on where it stopped. */
static const double LONGEST_FRAME = 0.1;

static void run(win_app *app)
{
    double before = seconds();
    while (!app->quit) {
        bool moving = win_app_rest(app) == 0;
        wait_for_event(app, before);
        double now = seconds(), passed = now - before;
        before = now;
        win_app_update(app, moving ? fmin(passed, LONGEST_FRAME) : passed);
        win_frame_draw(app);
        show(app);
    }
}

int main(int argc, char **argv)
{
    options o = {.text = "", .width = 1280, .height = 800, .scale = 1};
    int wrong = read_options(&o, argc, argv);
    if (wrong >= 0)
        return wrong;
    win_app app = {0};
    for (int i = 0; i < WIN_VALUES; i++)
        app.value[i] = win_settings[i].start;
    if (!open_screen(&app, &o)) {
        fprintf(stderr, "longhand-window: cannot open a window: %s\n", SDL_GetError());
        win_frame_free(&app);
        close_screen(&app);
        return 1;
    }
    char *asset = o.model ? NULL : lh_asset_find("longhand.safetensors", LONGHAND_DATADIR);
    lh_error error;
    lh_status status = win_app_start(&app, o.text, o.model ? o.model : asset, &error);
    free(asset);
    if (status == LH_OK && o.script)
        status = win_script_play(&app, o.script, o.record, show, &error);
    else if (status == LH_OK)
        run(&app);
    if (status != LH_OK)
        fprintf(stderr, "longhand-window: %s\n", error.message);
    win_app_stop(&app);
    close_screen(&app);
    return status == LH_OK ? 0 : 1;
}
