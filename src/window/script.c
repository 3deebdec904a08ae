/* Playing scripts: see script.h. */
#include "script.h"
#include "script_keys.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SCRIPT_BYTES = 1 << 20 };
/* Seconds that a script may last, pixels of a place or a size, and rows that a wheel may turn. */
static const double LONGEST = 1e9, FARTHEST = 1e5, LARGEST = 16384;
/* Seconds between one playing of rows and the next, at least. */
static const double SHORTEST_ROUND = 1e-3;

struct win_script {
    win_app *app;
    const char *path, *record;
    win_stats *stats;
    char *rows;       /* owned */
    const char *next; /* the rows behind the one that is due next */
    char *command;    /* of that one; owned, NULL behind the last */
    int row;
    int again;          /* the row that plays others again; 0: none does */
    double at, due;     /* its time as written, and when that comes; infinite behind the last */
    double from, shift; /* of rows that are played again: the first, and how much later they are */
    double every;       /* seconds between saved frames; 0: none are */
    double saved;
    int frame;
};
typedef win_script script;

static lh_status wrong(const script *s, lh_error *error, const char *what)
{
    return lh_fail(error, LH_ERROR_FORMAT, "%s, row %d: %s", s->path, s->row, what);
}

static lh_status save(const script *s, const char *name, lh_error *error)
{
    if (!s->record)
        return lh_fail(error, LH_ERROR_ARGUMENT, "%s, row %d: pictures need --record", s->path,
                       s->row);
    char path[4096];
    snprintf(path, sizeof path, "%.3000s/%.200s.png", s->record, name);
    while (!win_frame_is_whole(&s->app->view))
        win_frame_draw(&s->app->view);
    cairo_status_t status = cairo_surface_write_to_png(s->app->view.frame, path);
    if (status == CAIRO_STATUS_SUCCESS)
        return LH_OK;
    return lh_fail(error, LH_ERROR_IO, "cannot write %s: %s", path, cairo_status_to_string(status));
}

/* ---- commands -------------------------------------------------------------------------------- */

static void do_mouse(script *s, const char *how, double x, double y)
{
    int px = (int)(x * s->app->view.zoom), py = (int)(y * s->app->view.zoom);
    Uint32 time = (Uint32)llround(1000 * s->app->core.time);
    SDL_Event event = {.motion = {.type = SDL_MOUSEMOTION, .timestamp = time, .x = px, .y = py}};
    bool twice = strcmp(how, "double") == 0;
    bool right = strcmp(how, "right") == 0, middle = strcmp(how, "middle") == 0;
    win_app_event(s->app, &event);
    for (int clicks = 1; clicks <= 1 + twice; clicks++) {
        event.button = (SDL_MouseButtonEvent){
            .type = SDL_MOUSEBUTTONDOWN, .timestamp = time, .x = px, .y = py};
        event.button.button = right    ? SDL_BUTTON_RIGHT
                              : middle ? SDL_BUTTON_MIDDLE
                                       : SDL_BUTTON_LEFT;
        event.button.clicks = (Uint8)clicks;
        if (strcmp(how, "move") != 0 && strcmp(how, "release") != 0)
            win_app_event(s->app, &event);
        event.type = SDL_MOUSEBUTTONUP;
        if (strcmp(how, "press") != 0 && strcmp(how, "move") != 0)
            win_app_event(s->app, &event);
    }
}

/* What an input method says of a text that is not finished. */
static void do_compose(script *s, const char *text)
{
    SDL_Event event = {.edit = {.type = SDL_TEXTEDITING}};
    size_t length = 0;
    for (const char *next = text; lh_utf8_next(&next) != 0;)
        if ((size_t)(next - text) < sizeof event.edit.text)
            length = (size_t)(next - text);
    memcpy(event.edit.text, text, length);
    win_app_event(s->app, &event);
}

/* A number that is no farther from 0 than any place of a window. */
static bool is_near(double number)
{
    return fabs(number) <= FARTHEST;
}

/* A finger, or a pen that tells its pressure: "down X Y PRESSURE", "move ..." or "up ...", and
 * which finger it is, if not the first. */
static lh_status do_touch(script *s, const char *rest, lh_error *error)
{
    char how[8];
    double x, y, pressure, finger = 0;
    if (sscanf(rest, "%7s %lf %lf %lf %lf", how, &x, &y, &pressure, &finger) < 4 || !is_near(x) ||
        !is_near(y) || !(pressure >= 0 && pressure <= 1) || !is_near(finger))
        return wrong(s, error, "touch wants down, move or up, a place and a pressure");
    Uint32 type = strcmp(how, "down") == 0   ? SDL_FINGERDOWN
                  : strcmp(how, "move") == 0 ? SDL_FINGERMOTION
                  : strcmp(how, "up") == 0   ? SDL_FINGERUP
                                             : 0;
    if (type == 0)
        return wrong(s, error, "touch wants down, move or up");
    SDL_Event event = {.tfinger = {.type = type,
                                   .timestamp = (Uint32)llround(1000 * s->app->core.time),
                                   .fingerId = (SDL_FingerID)finger,
                                   .x = (float)(x / s->app->view.width),
                                   .y = (float)(y / s->app->view.height),
                                   .pressure = (float)pressure}};
    win_app_event(s->app, &event);
    return LH_OK;
}

static void do_drop(script *s, const char *path)
{
    SDL_Event event = {.drop = {.type = SDL_DROPFILE, .file = SDL_strdup(path)}};
    if (event.drop.file)
        win_app_event(s->app, &event);
}

static bool is_mouse(const char *command)
{
    static const char *const mouse[] = {"click",   "double", "press", "move",
                                        "release", "right",  "middle"};
    for (size_t i = 0; i < sizeof mouse / sizeof *mouse; i++)
        if (strcmp(command, mouse[i]) == 0)
            return true;
    return false;
}

static void do_size(script *s, double w, double h)
{
    SDL_SetWindowSize(s->app->window, (int)(w * s->app->view.zoom), (int)(h * s->app->view.zoom));
    SDL_PumpEvents();
    SDL_FlushEvents(SDL_FIRSTEVENT, SDL_LASTEVENT);
    win_app_layout(s->app);
}

/* The rows from time `from` on come again until it is `until`; then those behind this one. */
static lh_status do_again(script *s, double from, double until, lh_error *error)
{
    if (!(s->at - from >= SHORTEST_ROUND && until > s->at && until <= LONGEST))
        return wrong(s, error, "again wants a time at least 1 ms earlier, and a later one");
    if (s->again != 0 && s->again != s->row)
        return wrong(s, error, "again stands among rows that are played again");
    if (s->due >= until) {
        s->from = s->shift = 0;
        s->again = 0;
        return LH_OK;
    }
    s->again = s->row;
    s->shift += s->at - from;
    s->from = from;
    s->next = s->rows;
    s->row = 0;
    return LH_OK;
}

/* At once, for those who wait for it. */
static void print_state(const script *s)
{
    win_app_print(s->app, stdout);
    fflush(stdout);
}

static lh_status do_command(script *s, const char *command, const char *rest, lh_error *error)
{
    double x = 0, y = 0;
    int numbers = sscanf(rest, "%lf %lf", &x, &y);
    bool place = numbers == 2 && is_near(x) && is_near(y);
    if (strcmp(command, "type") == 0)
        win_script_type(s->app, rest);
    else if (strcmp(command, "compose") == 0)
        do_compose(s, rest);
    else if (strcmp(command, "touch") == 0)
        return do_touch(s, rest, error);
    else if (strcmp(command, "key") == 0)
        return win_script_key(s->app, rest) ? LH_OK : wrong(s, error, "no such key");
    else if (strcmp(command, "focus") == 0)
        return win_script_focus(s->app, rest) ? LH_OK : wrong(s, error, "no such control");
    else if (strcmp(command, "shot") == 0)
        return save(s, rest, error);
    else if (strcmp(command, "drop") == 0)
        do_drop(s, rest);
    else if (strcmp(command, "state") == 0)
        print_state(s);
    else if (strcmp(command, "stats") == 0)
        win_stats_print(s->stats, rest, stdout);
    else if (strcmp(command, "close") == 0)
        s->app->quit = true;
    else if (is_mouse(command) && place)
        do_mouse(s, command, x, y);
    else if (strcmp(command, "size") == 0 && place && fmin(x, y) >= 1 && fmax(x, y) <= LARGEST)
        do_size(s, x, y);
    else if (strcmp(command, "frames") == 0 && numbers == 1)
        s->every = x > 0 ? 1 / x : 0;
    else if (strcmp(command, "again") == 0 && numbers == 2)
        return do_again(s, x, y, error);
    else if (strcmp(command, "wheel") == 0 && numbers == 1 && is_near(x)) {
        SDL_Event event = {.wheel = {.type = SDL_MOUSEWHEEL, .y = (Sint32)x}};
        win_app_event(s->app, &event);
    } else
        return wrong(s, error, "no such command, or not with these numbers");
    return LH_OK;
}

/* ---- time ------------------------------------------------------------------------------------ */

/* Reads a row: its time, and its command. */
static lh_status read_row(script *s, const char *row, size_t length, lh_error *error)
{
    char *copy = strndup(row, length), *command;
    if (!copy)
        return lh_fail_memory(error, "a script");
    s->at = strtod(copy, &command);
    lh_status status = LH_OK;
    if (command == copy || !(fabs(s->at) <= LONGEST))
        status = wrong(s, error, "expected a time and a command");
    else if (s->at >= s->from && !(s->command = strdup(command + strspn(command, " \t"))))
        status = lh_fail_memory(error, "a script");
    s->due = s->at + s->shift;
    free(copy);
    return status;
}

/* Finds the next row that says something. */
static lh_status find_row(script *s, lh_error *error)
{
    lh_status status = LH_OK;
    s->command = NULL;
    while (status == LH_OK && !s->command && *s->next) {
        const char *row = s->next + strspn(s->next, " \t");
        size_t length = strcspn(row, "\n");
        s->row++;
        s->next = row + length + (row[length] == '\n');
        if (length > 0 && *row != '#')
            status = read_row(s, row, length, error);
    }
    if (!s->command)
        s->due = INFINITY;
    return status;
}

static lh_status do_row(script *s, lh_error *error)
{
    char *command = s->command, *rest = command + strcspn(command, " \t");
    if (*rest)
        *rest++ = '\0';
    lh_status status = do_command(s, command, rest, error);
    free(command);
    s->command = NULL;
    return status == LH_OK ? find_row(s, error) : status;
}

win_script *win_script_open(win_app *app, const char *path, const char *record, win_stats *stats,
                            lh_error *error)
{
    size_t size;
    script *s = calloc(1, sizeof *s);
    if (!s) {
        lh_fail_memory(error, "a script");
        return NULL;
    }
    *s = (script){.app = app, .path = path, .record = record, .stats = stats};
    s->next = s->rows = lh_file_read(path, SCRIPT_BYTES, &size, error);
    if (s->rows && (strlen(s->rows) < size || !lh_utf8_valid(s->rows)))
        lh_fail(error, LH_ERROR_FORMAT, "%s: is not text in UTF-8", path);
    else if (s->rows && find_row(s, error) == LH_OK)
        return s;
    win_script_close(s);
    return NULL;
}

win_script *win_script_of(win_app *app, const char *rows, const char *name, double from,
                          lh_error *error)
{
    script *s = calloc(1, sizeof *s);
    if (!s || !(s->rows = strdup(rows))) {
        free(s);
        lh_fail_memory(error, "a script");
        return NULL;
    }
    s->app = app;
    s->path = name;
    s->next = s->rows;
    s->shift = from;
    if (find_row(s, error) == LH_OK)
        return s;
    win_script_close(s);
    return NULL;
}

void win_script_close(win_script *s)
{
    if (!s)
        return;
    free(s->command);
    free(s->rows);
    free(s);
}

lh_status win_script_play(win_script *s, lh_error *error)
{
    lh_status status = LH_OK;
    while (status == LH_OK && !s->app->quit && s->due <= s->app->core.time)
        status = do_row(s, error);
    return status;
}

double win_script_due(const win_script *s)
{
    return s->due;
}

lh_status win_script_record(win_script *s, lh_error *error)
{
    if (s->every <= 0 || s->app->core.time < s->saved + s->every - 1e-9)
        return LH_OK;
    char name[32];
    snprintf(name, sizeof name, "frame-%05d", ++s->frame);
    s->saved = s->app->core.time;
    return save(s, name, error);
}
