/* What controls, keys and dropped files ask for. */
#include "app.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DROPPED_TEXT_BYTES = 1 << 20 };

/* ---- settings -------------------------------------------------------------------------------- */

void win_app_set(win_app *app, win_value which, double value)
{
    if (!win_value_works(which, win_mode(&app->core))) {
        char why[80];
        win_value_idle(which, why, sizeof why);
        win_core_say(&app->core, false, "%s", why);
        return;
    }
    if (!win_core_set(&app->core, which, value) || which != WIN_MODE)
        return;
    win_app_end_composing(app);
    app->view.scroll = app->view.scroll_goal = 0;
    win_app_layout(app);
}

static void zoom(win_app *app, double by)
{
    const double times = win_app_times(app);
    double wanted = fmin(4, fmax(0.5, app->view.zoom / times * by));
    app->view.zoom_wanted = wanted;
    win_app_layout(app);
    if (app->view.zoom < wanted * times) {
        app->view.zoom_wanted = app->view.zoom / times;
        win_core_say(&app->core, false, "A larger window has room for larger letters.");
    }
}

static void toggle_full(win_app *app)
{
    SDL_Rect *r = &app->windowed;
    bool *on = &app->core.on[WIN_FULL];
    *on = !*on;
    if (!*on) {
        SDL_SetWindowFullscreen(app->window, 0);
        /* Where there is no window manager, nobody else gives the window its size back. */
        SDL_SetWindowSize(app->window, r->w, r->h);
        SDL_SetWindowPosition(app->window, r->x, r->y);
    } else {
        SDL_GetWindowSize(app->window, &r->w, &r->h);
        SDL_GetWindowPosition(app->window, &r->x, &r->y);
        SDL_SetWindowFullscreen(app->window, SDL_WINDOW_FULLSCREEN_DESKTOP);
    }
    win_app_layout(app);
}

void win_app_choose_style(win_app *app, const char *path, const char *said)
{
    lh_error error;
    const int before = app->core.styles.count;
    int index = win_styles_add(&app->core.styles, path, &error);
    if (index < 0) {
        win_core_say(&app->core, true, "%s", error.message);
        return;
    }
    win_app_set(app, WIN_MODE, WIN_MODE_WRITE);
    win_app_set(app, WIN_STYLE, index + 1);
    if (app->core.styles.count == before)
        win_core_style_anew(&app->core);
    win_app_layout(app);
    win_core_say(&app->core, false, "%s %s.", said, path);
}

/* ---- what is dropped ------------------------------------------------------------------------- */

/* Of which kind is the network in the file? */
static void drop_model(win_app *app, const char *path)
{
    lh_error error;
    lh_model *model = lh_model_load(path, &error);
    char *copy;
    if (!model) {
        win_core_say(&app->core, true, "%s", error.message);
        return;
    }
    const lh_purpose purpose = lh_purpose_of(lh_network_architecture(model->network));
    const bool text = purpose == LH_FOR_TEXT;
    if (!text && purpose != LH_FOR_INK) {
        win_core_say(&app->core, true, "The network in %s does not write: it %s.", path,
                     lh_purpose_words(purpose));
    } else if ((copy = strdup(path)) != NULL) {
        char **of = text ? &app->core.model : &app->core.free_model;
        free(*of);
        *of = copy;
        ++*(text ? &app->core.model_turn : &app->core.free_turn);
        win_app_set(app, WIN_MODE, text ? WIN_MODE_WRITE : WIN_MODE_FREE);
        win_core_order(&app->core);
        win_core_say(&app->core, false, "The network in %s writes now.", path);
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
        win_app_choose_style(app, path, "The hand is that of");
    } else if (!ink) {
        win_core_say(&app->core, true, "%s", error.message);
    } else {
        win_app_set(app, WIN_MODE, WIN_MODE_DRAW);
        float unit = (float)win_core_unit(&app->core);
        if (!win_freehand_take(&app->core.drawing, ink, app->core.sheet.margin / unit,
                               win_sheet_row(&app->core.sheet, 0) / unit))
            win_core_say(&app->core, true, "There is no memory left for more ink.");
        else
            win_core_say(&app->core, false,
                         "Type what this line says, then let the hand be learnt (Ctrl K).");
        win_core_order(&app->core);
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
        win_core_say(&app->core, true, "%s", error.message);
    } else if (memchr(text, '\0', size) || !lh_utf8_valid(text)) {
        win_core_say(&app->core, true, "%s is neither a text, an IAM-OnDB line nor a model.", path);
    } else if (!text[strspn(text, " \t\r\n")]) {
        win_core_say(&app->core, true, "There is no text in %s.", path);
    } else {
        win_app_set(app, WIN_MODE, WIN_MODE_WRITE);
        win_editor_select_all(&app->core.text);
        if (win_editor_insert(&app->core.text, text, false))
            win_core_text_changed(&app->core);
        app->core.finish_at = app->core.time;
    }
    free(text);
}

void win_app_drop(win_app *app, const char *path)
{
    const char *dot = strrchr(path, '.');
    if (!win_styles_is_file(path))
        win_core_say(&app->core, true, "%s is a folder, a pipe or a device, and no file.", path);
    else if (dot && strcmp(dot, ".safetensors") == 0)
        drop_model(app, path);
    else if (dot && (strcmp(dot, ".xml") == 0 || strcmp(dot, ".hand") == 0))
        drop_line(app, path);
    else
        drop_text(app, path);
}

/* ---- all deeds ------------------------------------------------------------------------------- */

static void toggle(win_app *app, win_action action)
{
    app->core.on[action] = !app->core.on[action];
    if (action != WIN_LIFTS && action != WIN_GHOST)
        win_app_layout(app); /* views take their place from the paper */
    if (win_mode(&app->core) == WIN_MODE_DRAW)
        win_core_order(&app->core); /* what is drawn is followed for them */
    if (app->core.on[action] && !win_dock_has_room(&app->view, action))
        win_core_say(&app->core, false, "A higher window has room for %s beside the other views.",
                     win_deeds[action].name);
}

static void show_next(win_app *app)
{
    size_t point = app->core.on[WIN_FIND] ? win_marking_next(&app->core) : SIZE_MAX;
    if (point != SIZE_MAX)
        win_paper_go_to(&app->view, point);
}

static void undo(win_app *app, bool redo)
{
    const int styles = app->core.styles.count;
    win_undo(&app->core, redo);
    if (app->core.styles.count != styles)
        win_app_layout(app); /* the list of hands is longer, or shorter */
}

void win_app_do(win_app *app, win_action action)
{
    int mode = win_mode(&app->core);
    if (!win_deed_works(action, mode)) {
        char why[80];
        win_deed_idle(action, why, sizeof why);
        win_core_say(&app->core, false, "%s", why);
        return;
    }
    switch (action) {
    case WIN_PAUSE:
        app->core.on[WIN_PAUSE] = !app->core.on[WIN_PAUSE];
        break;
    case WIN_STEP:
        win_core_step(&app->core);
        break;
    case WIN_REPLAY:
        win_core_rewind(&app->core);
        break;
    case WIN_ANEW:
        win_core_anew(&app->core);
        break;
    case WIN_COMPARE:
        if (app->core.on[WIN_COMPARE])
            win_compare_end(&app->core);
        else
            win_compare_begin(&app->core);
        break;
    case WIN_UNDO:
    case WIN_REDO:
        undo(app, action == WIN_REDO);
        break;
    case WIN_CLEAR:
        win_core_clear(&app->core);
        break;
    case WIN_KEEP:
        win_learning_begin(app);
        break;
    case WIN_OWN_HAND:
        win_hand_form_open(app, (int)app->core.value[WIN_STYLE] - 1);
        break;
    case WIN_GHOST:
    case WIN_LIFTS:
    case WIN_AHEAD:
    case WIN_ATTENTION:
    case WIN_CELLS:
    case WIN_GATES:
    case WIN_FIND:
    case WIN_TELLING:
    case WIN_HELP:
        toggle(app, action);
        break;
    case WIN_NEXT:
        show_next(app);
        break;
    case WIN_FOUND_NEXT:
        win_marking_next_cell(&app->core);
        break;
    case WIN_KEEP_MARK:
        win_forms_mark(app);
        break;
    case WIN_RECALL:
        if (!app->core.on[WIN_FIND])
            toggle(app, WIN_FIND);
        win_marking_recall(&app->core, -1);
        break;
    case WIN_SVG:
    case WIN_PNG:
    case WIN_PDF:
    case WIN_MOVING_SVG:
    case WIN_COPY_SVG:
    case WIN_FOLDER:
        win_export(app, action);
        break;
    case WIN_SAVE_AS:
        win_forms_save(app);
        break;
    case WIN_TOUR:
        win_tour_toggle(app);
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
