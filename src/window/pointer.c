/* What mouse and fingers do: with controls, with the text, and as a pen on the paper. */
#include "events.h"
#include "menu.h"

#include <math.h>
#include <stdlib.h>

enum { /* win_app.held */
       HELD_NOTHING = -1,
       HELD_TEXT = -2,
       HELD_PAPER = -3,
       HELD_INK = -4,
       HELD_TIME = -5,
       HELD_PAPER_BAR = -6,
       HELD_FIELD_BAR = -7,
       HELD_ON = -8, /* of the search: the threshold, and the ends of the range */
       HELD_FROM = -9,
       HELD_TO = -10,
       HELD_HANDS_BAR = -11
};

/* ---- a pen ----------------------------------------------------------------------------------- */

/* A pen on the paper at a place of the window; `how` 0: put down, 1: moved, 2: lifted. */
static void draw_at(win_app *app, int how, double x, double y, double time, float pressure)
{
    double unit = win_core_unit(&app->core);
    float u = (float)((x - app->view.paper_box.x) / unit),
          v = (float)((y - app->view.paper_box.y) / unit);
    win_freehand *d = &app->core.drawing;
    bool kept = true;
    if (how == 0) {
        kept = win_freehand_press(d, u, v, time, pressure);
        app->core.caption.typing = false; /* what was typed before is undone on its own */
    } else if (how == 1 && d->down) {
        kept = win_freehand_move(d, u, v, time, pressure);
    }
    bool lifted = how == 2 && d->down;
    if (lifted)
        win_freehand_release(d);
    if (lifted || (d->down && win_freehand_ask(d, time)))
        win_core_order(&app->core);
    if (!kept)
        win_core_say(&app->core, true, "There is no memory left for more ink.");
}

void win_pointer_finger(win_app *app, const SDL_TouchFingerEvent *event)
{
    double x = (double)event->x * app->view.width, y = (double)event->y * app->view.height;
    int how = event->type == SDL_FINGERDOWN ? 0 : event->type == SDL_FINGERMOTION ? 1 : 2;
    bool other = app->touched && event->fingerId != app->finger; /* the palm, say */
    if (other || (how != 0 && !app->touched))
        return;
    if (how == 0 && (win_mode(&app->core) != WIN_MODE_DRAW || app->core.on[WIN_HELP] ||
                     app->view.form.kind != 0 || !win_box_holds(app->view.paper_box, x, y)))
        return;
    app->touched = how != 2;
    app->finger = event->fingerId;
    float pressure = event->pressure > 0 && event->pressure < 1 ? event->pressure : 0.5f;
    draw_at(app, how, x, y, event->timestamp / 1000.0, pressure);
}

/* ---- mouse ----------------------------------------------------------------------------------- */

static void press_control(win_app *app, int at, double x, double y, int clicks)
{
    if (at >= WIN_VALUES) {
        win_app_do(app, (win_action)(at - WIN_VALUES));
        return;
    }
    win_value which = (win_value)at;
    app->held = win_settings[which].look == WIN_SLIDER ? at : HELD_NOTHING;
    if (clicks > 1) {
        app->held = HELD_NOTHING;
        win_app_set(app, which, win_settings[which].start);
    } else {
        win_app_set(app, which, win_panel_value(&app->view, which, x, y));
    }
}

static void press_text(win_app *app, double x, double y, int clicks)
{
    win_app_end_composing(app);
    if (!SDL_IsTextInputActive()) /* brings a keyboard that is on the screen */
        SDL_StartTextInput();
    size_t byte = win_field_byte(&app->view, x, y);
    if (clicks > 2)
        win_editor_select_all(app->core.editor);
    else if (clicks > 1)
        win_editor_select_word(app->core.editor, byte);
    else
        win_editor_place(app->core.editor, byte, app->modifiers & KMOD_SHIFT);
    app->held = clicks > 1 ? HELD_NOTHING : HELD_TEXT;
    win_text_touched(app, false);
}

/* How far down the paper a place of the window is. */
static double paper_y(const win_app *app, double y)
{
    const win_view *view = &app->view;
    return y - view->paper_box.y + view->scroll / view->scale;
}

/* The hand of the list under the mouse; between them, the one that is chosen; -1: by seed. */
static int style_under(const win_app *app, double x, double y)
{
    return (int)win_panel_value(&app->view, WIN_STYLE, x, y) - 1;
}

void win_pointer_other(win_app *app, const SDL_MouseButtonEvent *event)
{
    double x = event->x / app->view.zoom, y = event->y / app->view.zoom;
    bool text = win_box_holds(app->view.field_box, x, y);
    if (app->view.form.kind != 0 || app->held != HELD_NOTHING)
        return;
    win_menu_close(&app->view);
    if (event->button == SDL_BUTTON_RIGHT && win_panel_at(&app->view, x, y) == WIN_STYLE)
        win_hand_form_open(app, style_under(app, x, y));
    if (event->button == SDL_BUTTON_RIGHT && !app->core.on[WIN_HELP] &&
        (text || win_box_holds(app->view.paper_box, x, y)))
        win_menu_open(&app->view, text, x, y);
    if (event->button != SDL_BUTTON_MIDDLE || app->core.on[WIN_HELP] ||
        !win_box_holds(app->view.field_box, x, y))
        return;
    win_view_focus(&app->view, WIN_FOCUS_TEXT);
    win_editor_place(app->core.editor, win_field_byte(&app->view, x, y), false);
    win_keys_paste(app, true);
}

/* What is selected can be pasted elsewhere by the middle button. */
static void offer_selection(win_app *app)
{
    char *text = win_editor_selection(app->core.editor);
    if (text)
        SDL_SetPrimarySelectionText(text);
    free(text);
}

/* The point of ink under the mouse, on the paper, in the text or in the views; SIZE_MAX: none. */
static size_t point_under(const win_app *app, double x, double y)
{
    const win_view *v = &app->view;
    const win_core *core = &app->core;
    if (core->on[WIN_HELP] || win_panel_at(v, x, y) >= 0)
        return SIZE_MAX;
    if (core->on[WIN_COMPARE] && win_box_holds(v->paper_box, x, y))
        return SIZE_MAX;
    if (win_box_holds(v->dock_box, x, y))
        return win_dock_point(v, x, y);
    if (win_box_holds(v->field_box, x, y) && core->editor == &core->text)
        return win_moment_of_letter(core, win_field_letter(v, x, y));
    if (win_box_holds(v->paper_box, x, y))
        return win_moment_at(core, x - v->paper_box.x, paper_y(app, y));
    return SIZE_MAX;
}

/* The bars beside paper, text and hands, and a little around them. */
static bool is_on_bar(win_box bar, double x, double y)
{
    return bar.w > 0 && win_box_holds((win_box){bar.x - 4, bar.y, bar.w + 8, bar.h}, x, y);
}

static bool press_bar(win_app *app, double x, double y)
{
    const win_view *v = &app->view;
    if (is_on_bar(win_hands_bar(v), x, y))
        app->held = HELD_HANDS_BAR;
    else if (app->core.on[WIN_HELP])
        return false;
    else if (is_on_bar(win_paper_bar(v), x, y))
        app->held = HELD_PAPER_BAR;
    else if (is_on_bar(win_field_bar(v), x, y))
        app->held = HELD_FIELD_BAR;
    else
        return false;
    return true;
}

/* A press on ink or on a view holds that moment, and drags it along. */
static bool press_time(win_app *app, double x, double y)
{
    size_t point = win_box_holds(app->view.field_box, x, y) ? SIZE_MAX : point_under(app, x, y);
    if (point == SIZE_MAX)
        return false;
    win_moment_pin(&app->core, point);
    win_view_focus(&app->view, WIN_FOCUS_TIME);
    app->held = HELD_TIME;
    return true;
}

/* A press on what a search found: see win_dock_found. */
static bool press_found(win_app *app, double x, double y)
{
    win_core *core = &app->core;
    win_search *search = &core->search;
    int which;
    win_found_part part = win_dock_found(&app->view, x, y, &which);
    size_t near = win_dock_near(&app->view, x);
    if (part == WIN_FOUND_NOTHING)
        return false;
    if (part == WIN_FOUND_LESS || part == WIN_FOUND_MORE) {
        win_search_set_on(search,
                          win_search_on(search) / 127.0 + (part == WIN_FOUND_LESS ? -0.05 : 0.05));
    } else if (part == WIN_FOUND_CELL) {
        win_core_pick(core, search->layer * core->sheet.cells + search->found.cell[which]);
    } else if (part == WIN_FOUND_KEEP) {
        win_app_do(app, WIN_KEEP_MARK);
    } else if (part == WIN_FOUND_MARK) {
        win_marking_recall(core, which);
    } else if (part == WIN_FOUND_ON) {
        app->held = HELD_ON;
    } else if (part == WIN_FOUND_FROM) {
        app->held = HELD_FROM;
    } else if (part == WIN_FOUND_TO) {
        app->held = HELD_TO;
    } else if (near < core->sheet.shown) { /* a new range, which is drawn to the right */
        win_search_mark(search, (win_span){near, near + 1});
        app->held = HELD_TO;
    }
    return true;
}

/* A press on one of the ways that are compared takes it; elsewhere on the paper they go. */
static bool press_compared(win_app *app, double x, double y)
{
    win_view *v = &app->view;
    int by = win_compare_by_at(v, x, y), way = win_compare_at(v, x, y);
    if (!app->core.on[WIN_COMPARE] || !win_box_holds(v->paper_box, x, y))
        return false;
    if (by >= 0) {
        win_compare_by(&app->core, by - (int)app->core.compare.by);
    } else if (way >= 0) {
        win_compare_choose(&app->core, way);
        win_compare_pick(&app->core);
    } else {
        win_compare_end(&app->core);
    }
    return true;
}

void win_pointer_press(win_app *app, const SDL_MouseButtonEvent *event)
{
    double x = event->x / app->view.zoom, y = event->y / app->view.zoom;
    int at = win_panel_at(&app->view, x, y), cell = win_dock_cell(&app->view, x, y);
    if (win_forms_press(app, x, y) || win_tour_press(app, x, y))
        return;
    if (app->view.menu_open) {
        win_menu_point(&app->view, x, y);
        win_menu_do(app);
        return;
    }
    if (press_compared(app, x, y) || press_bar(app, x, y))
        return;
    win_view_focus(&app->view, WIN_FOCUS_TEXT); /* who clicks goes on to type */
    if (app->core.on[WIN_HELP]) {
        win_app_do(app, WIN_HELP);
    } else if (at != WIN_FOCUS_TEXT) {
        press_control(app, at, x, y, event->clicks);
    } else if (press_found(app, x, y)) {
        return;
    } else if (cell >= 0) {
        win_core_pick(&app->core, cell);
        app->held = HELD_TIME; /* the moment goes along when it is dragged */
    } else if (win_dock_told(&app->view, x, y) >= 0) {
        win_core_pick(&app->core, app->core.telling.told[win_dock_told(&app->view, x, y)].cell);
    } else if (win_dock_gates(&app->view, x, y)) {
        win_core_step_gates(&app->core, 1);
    } else if (app->core.on[WIN_FIND] && win_dock_layer(&app->view, x, y) >= 0) {
        win_marking_layer(&app->core, win_dock_layer(&app->view, x, y) - app->core.search.layer);
    } else if (win_box_holds(app->view.field_box, x, y)) {
        press_text(app, x, y, event->clicks);
    } else if (win_mode(&app->core) == WIN_MODE_DRAW && event->which != SDL_TOUCH_MOUSEID &&
               win_box_holds(app->view.paper_box, x, y)) {
        app->held = HELD_PAPER;
        draw_at(app, 0, x, y, event->timestamp / 1000.0, 0.5f);
    } else if (win_mode(&app->core) != WIN_MODE_DRAW && app->core.on[WIN_FIND] &&
               win_box_holds(app->view.paper_box, x, y)) {
        app->held = win_marking_press(&app->core, x - app->view.paper_box.x, paper_y(app, y))
                        ? HELD_INK
                        : HELD_NOTHING;
    } else if (!press_time(app, x, y)) {
        win_moment_drop(&app->core);
    }
}

void win_pointer_move(win_app *app, const SDL_MouseMotionEvent *event)
{
    double x = event->x / app->view.zoom, y = event->y / app->view.zoom;
    int hover = win_panel_at(&app->view, x, y);
    app->view.mouse_x = x;
    app->view.mouse_y = y;
    if (app->view.menu_open) {
        win_menu_point(&app->view, x, y);
        return;
    }
    if (app->view.form.kind != 0)
        return;
    app->core.hovered = app->held == HELD_NOTHING ? point_under(app, x, y) : SIZE_MAX;
    app->view.hover = hover;
    win_tip_follow(&app->view);
    win_cursor_show(app);
    if (app->held >= 0) {
        win_app_set(app, (win_value)app->held,
                    win_panel_value(&app->view, (win_value)app->held, x, y));
    } else if (app->held == HELD_TEXT) {
        win_editor_place(app->core.editor, win_field_byte(&app->view, x, y), true);
        win_text_touched(app, false);
    } else if (app->held == HELD_INK) {
        win_marking_drag(&app->core, x - app->view.paper_box.x, paper_y(app, y));
    } else if (app->held == HELD_ON) {
        win_search_set_on(&app->core.search, win_dock_threshold(&app->view, y));
    } else if (app->held == HELD_FROM || app->held == HELD_TO) {
        win_marking_move(&app->core, app->held == HELD_TO, win_dock_near(&app->view, x), 0);
    } else if (app->held == HELD_PAPER_BAR) {
        win_paper_drag_bar(&app->view, y);
    } else if (app->held == HELD_HANDS_BAR) {
        win_hands_drag_bar(&app->view, y);
    } else if (app->held == HELD_FIELD_BAR) {
        win_field_drag_bar(&app->view, y);
    } else if (app->held == HELD_TIME) {
        size_t point = point_under(app, x, y);
        if (point != SIZE_MAX)
            win_moment_pin(&app->core, point);
    } else if (app->held == HELD_PAPER) {
        draw_at(app, 1, x, y, event->timestamp / 1000.0, 0.5f);
    }
}

void win_pointer_release(win_app *app, const SDL_MouseButtonEvent *event)
{
    if (app->held == HELD_PAPER)
        draw_at(app, 2, event->x / app->view.zoom, event->y / app->view.zoom,
                event->timestamp / 1000.0, 0.5f);
    if (app->held == HELD_TEXT ||
        win_box_holds(app->view.field_box, app->view.mouse_x, app->view.mouse_y))
        offer_selection(app);
    app->held = HELD_NOTHING;
}

/* The views go back in time, or on to where the pen is. */
static void scroll_time(win_app *app, int way)
{
    win_view *v = &app->view;
    size_t step = win_dock_points(v) / 10 + 1, pen = app->core.sheet.shown;
    size_t at = v->docked;
    if (way > 0)
        at = at > step ? at - step : 0;
    else
        at += step;
    v->dock_end = at + 1 >= pen ? SIZE_MAX : at;
    app->core.hovered = SIZE_MAX;
}

void win_pointer_wheel(win_app *app, const SDL_MouseWheelEvent *event)
{
    int way = event->direction == SDL_MOUSEWHEEL_FLIPPED ? -event->y : event->y;
    bool panel = win_box_holds(app->view.panel_box, app->view.mouse_x, app->view.mouse_y);
    if (win_dock_view(&app->view, app->view.mouse_x, app->view.mouse_y) != WIN_ACTIONS) {
        scroll_time(app, way);
        return;
    }
    if (win_box_holds(app->view.field_box, app->view.mouse_x, app->view.mouse_y)) {
        win_field_scroll(&app->view, -24.0 * way);
        return;
    }
    if (!panel && app->core.on[WIN_HELP])
        win_help_turn(&app->view, way < 0 ? 1 : -1);
    else if (!panel)
        win_paper_scroll_by(&app->view, -48.0 * way);
    if (!panel || (win_panel_at(&app->view, app->view.mouse_x, app->view.mouse_y) == WIN_STYLE &&
                   win_hands_scroll(&app->view, -39.0 * way)))
        return;
    double most = fmax(0, app->view.panel_height - app->view.panel_box.h);
    app->view.panel_scroll = fmin(most, fmax(0, app->view.panel_scroll - 36.0 * way));
}
