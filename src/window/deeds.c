/* What controls, keys and dropped files ask for. */
#include "app.h"

#include "base/visible.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DROPPED_TEXT_BYTES = 1 << 20 };

/* ---- settings -------------------------------------------------------------------------------- */

/* What is written anew begins where the pen is now. */
static void keep_place(win_app *app)
{
    const win_sheet *s = &app->sheet;
    if (s->resume < 0 && s->shown > 0 && win_mode(app) == WIN_MODE_WRITE)
        app->sheet.resume = s->character[s->shown - 1];
}

static void lay_out_again(win_app *app)
{
    if (!win_frame_layout(app))
        win_app_say(app, true, "There is no memory for a window of this size.");
}

static void change_mode(win_app *app)
{
    app->editor = win_mode(app) == WIN_MODE_DRAW ? &app->caption : &app->text;
    app->on[WIN_PAUSE] = false;
    app->sheet.resume = -1;
    app->scroll = app->scroll_goal = 0;
    app->follow = true;
    *app->message = '\0';
    win_app_end_composing(app);
    lay_out_again(app);
}

void win_app_set(win_app *app, win_value which, double value)
{
    value = win_value_fit(which, value);
    if (which == WIN_STYLE)
        value = fmin(value, app->styles.count);
    if (value == app->value[which])
        return;
    if (which == WIN_BIAS || which == WIN_SEED || which == WIN_STYLE)
        keep_place(app);
    app->value[which] = value;
    app->stale |= WIN_STALE_PANEL;
    if (which == WIN_MODE) {
        change_mode(app);
    } else if (which == WIN_SIZE) {
        app->sheet.pitch = (float)value;
        win_sheet_break(&app->sheet, 0, &app->plain, app->text.text);
    }
    if (which <= WIN_SEED)
        win_app_order(app);
    if (which != WIN_SPEED)
        app->stale |= WIN_STALE_INK | WIN_STALE_PAPER | WIN_STALE_DOCK;
}

void win_app_pick(win_app *app, int cell)
{
    app->cell = cell == app->cell ? -1 : cell;
    app->stale |= WIN_STALE_INK | WIN_STALE_PAPER | WIN_STALE_DOCK;
}

/* ---- the pen --------------------------------------------------------------------------------- */

static void step_once(win_app *app)
{
    app->on[WIN_PAUSE] = true;
    win_sheet *s = &app->sheet;
    if (s->shown < s->points)
        win_sheet_advance(s, (double)s->point[s->shown].time - s->now + 1e-6);
    win_app_order(app);
}

static void rewind_sheet(win_app *app)
{
    win_sheet_rewind(&app->sheet);
    app->on[WIN_PAUSE] = false;
    app->follow = true;
    app->stale |= WIN_STALE_INK | WIN_STALE_PAPER | WIN_STALE_DOCK;
}

static void write_anew(win_app *app)
{
    const win_setting *seed = &win_settings[WIN_SEED];
    double next = app->value[WIN_SEED] + 1;
    win_app_set(app, WIN_SEED, next > seed->high ? seed->low : next);
    rewind_sheet(app);
}

static void clear(win_app *app)
{
    win_editor_select_all(app->editor);
    bool changed = win_editor_erase(app->editor, 1, false);
    if (win_mode(app) == WIN_MODE_DRAW && app->drawing.ink.count > 0) {
        changed |= win_freehand_wipe(&app->drawing);
        app->stale |= WIN_STALE_INK | WIN_STALE_PAPER;
    }
    if (changed) {
        win_app_text_changed(app);
        win_app_say(app, false, "Cleared. Ctrl Z brings it back.");
    }
    app->on[WIN_PAUSE] = false;
}

static void zoom(win_app *app, double by)
{
    app->zoom = fmin(4, fmax(0.5, app->zoom * by));
    lay_out_again(app);
}

static void toggle_full(win_app *app)
{
    SDL_Rect *r = &app->windowed;
    if (SDL_GetWindowFlags(app->window) & SDL_WINDOW_FULLSCREEN_DESKTOP) {
        SDL_SetWindowFullscreen(app->window, 0);
        /* Where there is no window manager, nobody else gives the window its size back. */
        SDL_SetWindowSize(app->window, r->w, r->h);
        SDL_SetWindowPosition(app->window, r->x, r->y);
    } else {
        SDL_GetWindowSize(app->window, &r->w, &r->h);
        SDL_GetWindowPosition(app->window, &r->x, &r->y);
        SDL_SetWindowFullscreen(app->window, SDL_WINDOW_FULLSCREEN_DESKTOP);
    }
}

/* ---- one's own hand -------------------------------------------------------------------------- */

static void choose_style(win_app *app, const char *path, const char *said)
{
    lh_error error;
    int index = win_styles_add(&app->styles, path, &error);
    if (index < 0) {
        win_app_say(app, true, "%s", error.message);
        return;
    }
    win_app_set(app, WIN_MODE, WIN_MODE_WRITE);
    win_app_set(app, WIN_STYLE, index + 1);
    lay_out_again(app);
    win_app_say(app, false, "%s %s.", said, path);
}

static void keep_drawing(win_app *app)
{
    enum { LEAST_POINTS = 20 };
    win_plain says = {0};
    char *first_row = strndup(app->caption.text, strcspn(app->caption.text, "\n"));
    if (win_mode(app) != WIN_MODE_DRAW) {
        win_app_say(app, false, "Draw something first: press F3, or choose Draw.");
    } else if (app->drawing.ink.count < LEAST_POINTS) {
        win_app_say(app, true, "There is too little ink for a style: write a few words.");
    } else if (!first_row || !win_plain_read(&says, first_row, &app->alphabet) || says.count == 0) {
        win_app_say(app, true, "Type what you wrote, so that the network can read it.");
    } else {
        lh_error error;
        char *folder = win_styles_folder();
        char *path = folder ? win_styles_keep(folder, &app->drawing.ink, says.text, &error) : NULL;
        if (!folder)
            win_app_say(app, true, "There is no folder to keep styles in: set XDG_DATA_HOME.");
        else if (!path)
            win_app_say(app, true, "%s", error.message);
        else
            choose_style(app, path, "Your hand is kept as");
        free(path);
        free(folder);
    }
    free(first_row);
    win_plain_clear(&says);
}

/* ---- what is dropped ------------------------------------------------------------------------- */

/* Of which kind is the network in the file? */
static void drop_model(win_app *app, const char *path)
{
    lh_error error;
    lh_model *model = lh_model_load(path, &error);
    char *copy = model ? strdup(path) : NULL;
    if (!model) {
        win_app_say(app, true, "%s", error.message);
    } else if (copy) {
        bool text = lh_network_architecture(model->network)->kind == LH_SYNTHESIS;
        char **of = text ? &app->model : &app->free_model;
        free(*of);
        *of = copy;
        win_app_set(app, WIN_MODE, text ? WIN_MODE_WRITE : WIN_MODE_FREE);
        win_app_order(app);
        win_app_say(app, false, "The network in %s writes now.", path);
    }
    lh_model_free(model);
}

/* A line with its text becomes a style; one without is put on the paper, to be told what it says.
 */
static void drop_line(win_app *app, const char *path)
{
    lh_error error;
    lh_style *style = lh_style_read(path, NULL, &error);
    lh_ink *ink = style ? NULL : lh_iam_read(path, &error);
    if (style) {
        choose_style(app, path, "The hand is that of");
    } else if (!ink) {
        win_app_say(app, true, "%s", error.message);
    } else {
        win_app_set(app, WIN_MODE, WIN_MODE_DRAW);
        float unit = (float)win_paper_unit(app);
        if (!win_freehand_take(&app->drawing, ink, app->sheet.margin / unit,
                               win_sheet_row(&app->sheet, 0) / unit))
            win_app_say(app, true, "There is no memory left for more ink.");
        else
            win_app_say(app, false, "Type what this line says, then keep it as a style.");
        app->stale |= WIN_STALE_INK | WIN_STALE_PAPER;
        win_app_order(app);
    }
    lh_style_free(style);
    lh_ink_free(ink);
}

static void drop_text(win_app *app, const char *path)
{
    lh_error error;
    size_t size;
    char *text = lh_file_read(path, DROPPED_TEXT_BYTES, &size, &error);
    if (!text) {
        win_app_say(app, true, "%s", error.message);
    } else if (memchr(text, '\0', size) || !lh_utf8_valid(text)) {
        win_app_say(app, true, "%s is neither a text, an IAM-OnDB line nor a model.", path);
    } else {
        win_app_set(app, WIN_MODE, WIN_MODE_WRITE);
        win_editor_select_all(&app->text);
        if (win_editor_insert(&app->text, text, false))
            win_app_text_changed(app);
        app->finish_at = app->time;
    }
    free(text);
}

void win_app_drop(win_app *app, const char *path)
{
    const char *dot = strrchr(path, '.');
    if (dot && strcmp(dot, ".safetensors") == 0)
        drop_model(app, path);
    else if (dot && strcmp(dot, ".xml") == 0)
        drop_line(app, path);
    else
        drop_text(app, path);
}

/* ---- all deeds ------------------------------------------------------------------------------- */

static void toggle(win_app *app, win_action action)
{
    app->on[action] = !app->on[action];
    if (action == WIN_LIFTS)
        app->stale |= WIN_STALE_ALL;
    else
        lay_out_again(app); /* views take their place from the paper */
}

void win_app_do(win_app *app, win_action action)
{
    int mode = win_mode(app);
    app->stale |= win_deeds[action].place == WIN_BAR ? WIN_STALE_BAR : WIN_STALE_PANEL;
    switch (action) {
    case WIN_PAUSE:
        app->on[WIN_PAUSE] = !app->on[WIN_PAUSE];
        break;
    case WIN_STEP:
        step_once(app);
        break;
    case WIN_REPLAY:
        rewind_sheet(app);
        break;
    case WIN_ANEW:
        write_anew(app);
        break;
    case WIN_UNDO:
    case WIN_REDO:
        win_undo(app, action == WIN_REDO);
        break;
    case WIN_CLEAR:
        clear(app);
        break;
    case WIN_KEEP:
        keep_drawing(app);
        break;
    case WIN_LIFTS:
    case WIN_AHEAD:
    case WIN_ATTENTION:
    case WIN_CELLS:
    case WIN_GATES:
    case WIN_FIND:
    case WIN_HELP:
        toggle(app, action);
        break;
    case WIN_NEXT:
        if (app->on[WIN_FIND])
            win_marking_next(app);
        break;
    case WIN_SVG:
    case WIN_PNG:
    case WIN_PDF:
    case WIN_MOVING_SVG:
    case WIN_COPY_SVG:
        win_export(app, action);
        break;
    case WIN_PAGE_FREE:
        win_app_set(app, WIN_MODE, mode == WIN_MODE_FREE ? WIN_MODE_WRITE : WIN_MODE_FREE);
        break;
    case WIN_PAGE_DRAW:
        win_app_set(app, WIN_MODE, mode == WIN_MODE_DRAW ? WIN_MODE_WRITE : WIN_MODE_DRAW);
        break;
    case WIN_FULL:
        toggle_full(app);
        break;
    case WIN_LARGER:
        zoom(app, 1.25);
        break;
    case WIN_SMALLER:
        zoom(app, 0.8);
        break;
    case WIN_QUIT:
        app->quit = true;
        break;
    case WIN_ACTIONS:
        break;
    }
}

/* ---- the state, printed ---------------------------------------------------------------------- */

static void print_search(const win_search *search, FILE *stream)
{
    const win_found *f = &search->found;
    fprintf(stream, "find_span %zu %zu\nfind_layer %d\nfind_cells %d\nfind_places %d",
            search->span.from, search->span.to, search->layer + 1, f->cells, f->places);
    for (int i = 0; i < f->places; i++)
        fprintf(stream, " %zu-%zu:%.2f", f->place[i].from, f->place[i].to, f->score[i]);
    fprintf(stream, "\nfind_shown %d\n", search->shown + 1);
    visible_row(stream, "find_words %s", search->words);
}

static void print_focus(const win_app *app, FILE *stream)
{
    const char *name = app->focus == WIN_FOCUS_TEXT ? "text"
                       : app->focus < WIN_VALUES    ? win_settings[app->focus].name
                                                    : win_deeds[app->focus - WIN_VALUES].name;
    fprintf(stream, "focus %s\n", name);
}

void win_app_print(const win_app *app, FILE *stream)
{
    const win_sheet *s = &app->sheet;
    for (int i = 0; i < WIN_VALUES; i++) {
        char text[32];
        win_value_text((win_value)i, app->value[i], text, sizeof text);
        fprintf(stream, "%s %s\n", win_settings[i].key, text);
    }
    for (int i = 0; i < WIN_ACTIONS; i++)
        if (win_deeds[i].key_in_file)
            fprintf(stream, "%s %s\n", win_deeds[i].key_in_file, app->on[i] ? "on" : "off");
    fprintf(stream, "paused %s\n", app->on[WIN_PAUSE] ? "yes" : "no");
    visible_row(stream, "text %s", app->editor->text);
    visible_row(stream, "composing %s", app->composing);
    print_focus(app, stream);
    SDL_Rect caret = win_field_caret(app);
    fprintf(stream, "caret %d %d %d\n", caret.x, caret.y, caret.h);
    fprintf(stream, "field_serial %u\n", pango_layout_get_serial(app->field_layout));
    fprintf(stream, "words %zu\nlines %zu\npoints %zu\nshown %zu\n", s->words, s->lines, s->points,
            s->shown);
    fprintf(stream, "marked %ld\n", app->marked == SIZE_MAX ? -1 : (long)app->marked);
    fprintf(stream, "cell %d\n", app->cell);
    print_search(&app->search, stream);
    fprintf(stream, "styles %d\n", app->styles.count);
    fprintf(stream, "drawn %zu\nways", app->drawing.ink.count);
    for (int i = 0; i < WIN_WAYS; i++)
        fprintf(stream, " %zu", app->drawing.ways.way[i].count);
    fprintf(stream, "\nways_from %zu\nmessage %s\n", app->drawing.ways.from, app->message);
}
