/* longhand-window: a network writes by hand while one watches. Arguments, the screen, the loop. */
#include "app.h"
#include "script.h"
#include "stats.h"

#include "base/asset.h"
#include "base/claims.h"
#include "base/streams.h"
#include "base/visible.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char USAGE[] =
    "Usage: longhand-window [OPTION]...\n"
    "Type, and a pen writes it by hand.\n"
    "\n"
    "  --text TEXT        begin with this text\n"
    "  --model FILE       the network that writes; else the one installed\n"
    "  --prediction FILE  the network that writes without a text; likewise\n"
    "  --out FOLDER       where files are saved; else as chosen last, or here\n"
    "  --size WxH         of the window; else as it was left, or 1280x800\n"
    "  --scale S          everything S times as large, 0.5 to 4\n"
    "  --settings FILE    where settings are kept, instead of in the\n"
    "                     configuration folder; with --script they are kept\n"
    "                     only where this says\n"
    "  --script FILE      play keys, mouse and text from a file, then close\n"
    "  --record FOLDER    where a script saves its pictures\n"
    "  --live             let a script's time be that of the clock, and not\n"
    "                     one second for sixty frames\n"
    "  --help\n"
    "\n"
    "F1 in the window shows all keys.\n";

/* What is written when the program runs for the first time. */
static const char WELCOME[] = "Welcome! Type anything, and I write it by hand.";

enum { DEFAULT_WIDTH = 1280, DEFAULT_HEIGHT = 800 };

typedef struct options {
    const char *text, *model, *prediction, *out, *settings, *script, *record;
    int width, height; /* 0: as remembered */
    double scale;      /* 0: as remembered */
    bool live;
} options;

static int wrong_usage(const char *what, const char *which)
{
    visible_row(stderr, "longhand-window: %s%s", what, which);
    fputs("See longhand-window --help.\n", stderr);
    return 2;
}

/* The option that takes a text and is called `name`; NULL: none is. */
static const char **text_option(options *o, const char *name)
{
    const struct {
        const char *name, **value;
    } texts[] = {
        {"--text", &o->text},    {"--model", &o->model},       {"--prediction", &o->prediction},
        {"--out", &o->out},      {"--settings", &o->settings}, {"--script", &o->script},
        {"--record", &o->record}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (strcmp(name, texts[i].name) == 0)
            return texts[i].value;
    return NULL;
}

/* `value` NULL: there is none. */
static int read_option(options *o, const char *name, const char *value)
{
    char *end;
    const char **text = text_option(o, name);
    if (!text && strcmp(name, "--size") != 0 && strcmp(name, "--scale") != 0)
        return wrong_usage("no option ", name);
    if (!value)
        return wrong_usage("a value is missing behind ", name);
    if (text) {
        *text = value;
    } else if (strcmp(name, "--size") == 0) {
        if (sscanf(value, "%dx%d", &o->width, &o->height) != 2 || o->width < 640 ||
            o->height < 480 || o->width > 16384 || o->height > 16384)
            return wrong_usage("--size wants 640x480 or more, not ", value);
    } else {
        o->scale = strtod(value, &end);
        if (end == value || *end || !(o->scale >= 0.5 && o->scale <= 4))
            return wrong_usage("--scale wants 0.5 to 4, not ", value);
    }
    return -1;
}

static int print_usage(void)
{
    if (fputs(USAGE, stdout) >= 0 && fflush(stdout) == 0)
        return 0;
    fprintf(stderr, "longhand-window: standard output: %s\n", strerror(errno));
    return 1;
}

/* Reads "--name value" and "--name=value". Returns -1 to go on, else the exit code. */
static int read_options(options *o, int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        char *name = argv[i], *value = strchr(name, '=');
        if (strcmp(name, "--help") == 0) {
            return print_usage();
        }
        if (strncmp(name, "--", 2) != 0)
            return wrong_usage("what is ", name);
        if (strcmp(name, "--live") == 0) {
            o->live = true;
            continue;
        }
        if (value)
            *value++ = '\0';
        else if (i + 1 < argc)
            value = argv[++i];
        int wrong = read_option(o, name, value);
        if (wrong >= 0)
            return wrong;
    }
    if (!lh_utf8_valid(o->text))
        return wrong_usage("the text is not UTF-8", "");
    return -1;
}

/* ---- the screen ------------------------------------------------------------------------------ */

/* Milliseconds that the window waits for the network, so that it is told the text before the window
 * opens and writes meanwhile; loading takes half of it. */
enum { WAIT_FOR_NETWORK = 80 };

/* Where there is no display SDL may take a driver that shows nothing: of use only to those who ask
 * for just that one. */
static bool shows_nothing(const char *driver)
{
    const char *asked = SDL_getenv("SDL_VIDEODRIVER");
    return driver && (!asked || strcmp(asked, driver) != 0) &&
           (strcmp(driver, "offscreen") == 0 || strcmp(driver, "dummy") == 0);
}

/* While it is waited: loads the fonts and lays out what is written on the first frame. */
static void lay_out_ahead(win_app *app, const options *o)
{
    double zoom = app->view.zoom_wanted;
    if (win_frame_layout(&app->view, (int)(o->width * zoom), (int)(o->height * zoom), zoom))
        win_frame_draw(&app->view);
}

static bool start_screen(win_app *app, const options *o)
{
    SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "1");
    SDL_SetHint(SDL_HINT_IME_SHOW_UI, "1");
    /* The software renderer is to write to the screen itself: by way of OpenGL, which may be in
     * software as well, it takes a quarter of a second to begin with. */
    SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
    if (SDL_InitSubSystem(SDL_INIT_VIDEO) != 0)
        return false;
    if (shows_nothing(SDL_GetCurrentVideoDriver())) {
        SDL_SetError("there is no display");
        return false;
    }
    double began = win_stats_clock();
    bool waits = app->core.model && *app->core.text.text;
    if (waits)
        lay_out_ahead(app, o);
    while (waits && !app->core.ready && win_stats_clock() - began < WAIT_FOR_NETWORK / 1000.0) {
        SDL_Delay(1);
        win_app_update(app, 0);
    }
    return true;
}

/* ---- the loop -------------------------------------------------------------------------------- */

enum { FRAMES_A_SECOND = 60 };
/* A long sleep is no time of writing: the pen goes on where it stopped. */
static const double LONGEST_FRAME = 0.1;

/* Waits for what comes next: an event, or the time at which something moves by itself, or a script
 * has something to do. Returns whether it is an event. */
static bool wait_for_event(const win_app *app, const win_script *script, double frame_began,
                           SDL_Event *event)
{
    double rest = win_app_rest(app);
    if (rest == 0) /* where presenting does not wait for the screen */
        rest = fmax(0, 1.0 / FRAMES_A_SECOND - (win_stats_clock() - frame_began));
    double due = (script ? fmin(win_script_due(script), win_tour_due(app)) : win_tour_due(app)) -
                 app->core.time;
    if (isfinite(due))
        rest = rest < 0 ? fmax(0, due) : fmin(rest, fmax(0, due));
    return rest < 0 ? SDL_WaitEvent(event) : SDL_WaitEventTimeout(event, (int)ceil(1000 * rest));
}

static lh_status play(win_app *app, win_script *script, win_stats *stats, double seconds,
                      lh_error *error)
{
    win_stats_begin_frame(stats);
    lh_status status = script ? win_script_play(script, error) : LH_OK;
    win_tour_play(app);
    win_app_update(app, seconds);
    win_frame_draw(&app->view);
    win_app_show(app);
    win_stats_end_frame(stats, *app->core.text.text, app->view.drawn > 0);
    if (status == LH_OK && script)
        status = win_script_record(script, error);
    return status;
}

/* Time in which nothing moves is over before what ends it is done: of that the pen has none, and
 * what is said then stands as long as ever. */
static lh_status run_live(win_app *app, win_script *script, win_stats *stats, lh_error *error)
{
    lh_status status = LH_OK;
    double before = win_stats_clock();
    while (!app->quit && status == LH_OK) {
        SDL_Event event;
        bool moving = win_app_rest(app) == 0;
        bool got = wait_for_event(app, script, before, &event);
        double now = win_stats_clock();
        if (!moving) {
            app->core.time += now - before;
            before = now;
        }
        for (; got; got = SDL_PollEvent(&event))
            win_app_event(app, &event);
        now = win_stats_clock();
        double passed = fmin(now - before, LONGEST_FRAME);
        before = now;
        status = play(app, script, stats, passed, error);
    }
    return status;
}

/* What the screen says of the window, such as its size in full screen; who watches a script does
 * not disturb it by keys and mouse. */
static void take_window_events(win_app *app)
{
    SDL_Event event;
    SDL_PumpEvents();
    while (SDL_PeepEvents(&event, 1, SDL_GETEVENT, SDL_QUIT, SDL_WINDOWEVENT) > 0)
        win_app_event(app, &event);
    SDL_FlushEvents(SDL_FIRSTEVENT, SDL_LASTEVENT);
}

/* Every run of a script is the same: a frame is a sixtieth of a second, and whatever the networks
 * have to do in it is done; of a hand that is learnt, a step. */
static lh_status run_script(win_app *app, win_script *script, win_stats *stats, lh_error *error)
{
    lh_status status = LH_OK;
    app->core.held = true;
    for (int i = 0; i < 2; i++) { /* a network, and what it then writes of a text that is there */
        win_scribe_settle(app->core.scribe);
        win_app_update(app, 0);
    }
    win_scribe_settle(app->core.scribe);
    while (!app->quit && status == LH_OK && isfinite(win_script_due(script))) {
        take_window_events(app);
        status = play(app, script, stats, 1.0 / FRAMES_A_SECOND, error);
        win_scribe_settle(app->core.scribe);
        if (app->core.learner)
            win_learner_settle(app->core.learner);
    }
    return status;
}

/* ---- all ------------------------------------------------------------------------------------- */

static void find_assets(win_app *app, const options *o)
{
    char *installed = lh_asset_find("styles", LONGHAND_DATADIR), *own = win_styles_folder();
    win_styles_find(&app->core.styles, installed, own);
    app->core.installed = installed;
    free(own);
    app->core.model =
        o->model ? strdup(o->model) : lh_asset_find("longhand.safetensors", LONGHAND_DATADIR);
    app->core.free_model = o->prediction
                               ? strdup(o->prediction)
                               : lh_asset_find("prediction.safetensors", LONGHAND_DATADIR);
    lh_error ignored; /* without the table, its signs are left out */
    char *signs = lh_asset_find("signs.txt", LONGHAND_DATADIR);
    app->core.signs = lh_signs_new(&ignored);
    if (signs && app->core.signs)
        lh_signs_read(app->core.signs, signs, &ignored);
    free(signs);
    app->core.reader = lh_asset_find("reader.safetensors", LONGHAND_DATADIR);
}

static lh_status run(win_app *app, const options *o, win_stats *stats, lh_error *error)
{
    win_script *script = NULL;
    if (SDL_Init(SDL_INIT_EVENTS) != 0)
        return lh_fail(error, LH_ERROR_IO, "cannot open a window: %s", SDL_GetError());
    /* The network is loaded, and begins to write, while the window opens. */
    lh_status status = win_app_start(app, o->text, error);
    if (status == LH_OK &&
        (!start_screen(app, o) || !win_app_open_screen(app, o->width, o->height)))
        status = lh_fail(error, LH_ERROR_IO, "cannot open a window: %s", SDL_GetError());
    if (status == LH_OK && o->script) {
        script = win_script_open(app, o->script, o->record, stats, error);
        status = script ? LH_OK : error->status;
    }
    if (status == LH_OK)
        status = script && !o->live ? run_script(app, script, stats, error)
                                    : run_live(app, script, stats, error);
    win_script_close(script);
    return status;
}

/* The settings take the place of no file that is read. */
static lh_status check_files(const options *o, lh_error *error)
{
    lh_claims claims = {0};
    lh_claims_read(&claims, o->model, "--model");
    lh_claims_read(&claims, o->prediction, "--prediction");
    lh_claims_read(&claims, o->script, "--script");
    lh_claims_write(&claims, o->settings, "--settings");
    lh_status status = lh_claims_check(&claims, error);
    lh_claims_free(&claims);
    return status;
}

int main(int argc, char **argv)
{
    win_stats stats;
    lh_streams_hold();
    win_stats_start(&stats);
    options o = {.text = ""};
    int wrong = read_options(&o, argc, argv);
    if (wrong >= 0)
        return wrong;
    lh_error error;
    if (check_files(&o, &error) != LH_OK) {
        fprintf(stderr, "longhand-window: %s\n", error.message);
        return 1;
    }
    win_app app = {.view.zoom_wanted = 1};
    for (int i = 0; i < WIN_VALUES; i++)
        app.core.value[i] = win_settings[i].start;
    app.core.on[WIN_GHOST] = true;
    find_assets(&app, &o);
    if (!o.model) /* another network may know none of the default hand's characters */
        app.core.value[WIN_STYLE] = 1 + win_styles_named(&app.core.styles, LH_DEFAULT_STYLE);
    char *settings = o.settings ? strdup(o.settings) : o.script ? NULL : win_settings_path();
    if (settings)
        app.core.welcome = !win_settings_read(&app, settings) && !*o.text;
    if (o.out) {
        free(app.folder);
        app.folder = strdup(o.out);
    }
    if (app.core.welcome)
        o.text = WELCOME;
    if (*o.text) /* it is to be written, in whatever mode the window was left */
        app.core.value[WIN_MODE] = WIN_MODE_WRITE;
    if (o.width == 0) {
        o.width = app.size.w > 0 ? app.size.w : DEFAULT_WIDTH;
        o.height = app.size.h > 0 ? app.size.h : DEFAULT_HEIGHT;
    }
    app.view.zoom_wanted = o.scale > 0 ? o.scale : app.view.zoom_wanted;
    lh_status status = run(&app, &o, &stats, &error);
    if (status == LH_OK && settings)
        status = win_settings_write(&app, settings, &error);
    if (status != LH_OK)
        visible_row(stderr, "longhand-window: %s", error.message);
    free(settings);
    win_app_stop(&app);
    win_app_close_screen(&app);
    return status == LH_OK ? 0 : 1;
}
