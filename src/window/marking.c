/* Marking ink to be searched for: what is selected in the text, what the mouse goes over on the
 * paper, or stroke by stroke. */
#include "app.h"

#include <math.h>

/* How far from ink the mouse may be, in lines. */
#define REACH 0.6

static void mark(win_app *app, win_span span)
{
    win_search_mark(&app->search, span);
    app->stale |= WIN_STALE_PAPER | WIN_STALE_DOCK;
}

/* ---- by mouse -------------------------------------------------------------------------------- */

/* The point on the paper that is nearest to a place; SIZE_MAX: none is near. */
static size_t point_at(const win_app *app, double x, double y)
{
    const win_sheet *s = &app->sheet;
    double best = REACH * (double)s->pitch;
    size_t found = SIZE_MAX;
    x -= app->paper_box.x;
    y -= app->paper_box.y - app->scroll / app->scale;
    for (size_t line = 0; line < s->lines; line++) {
        if (fabs((double)win_sheet_row(s, line) - y) > (double)s->pitch)
            continue;
        size_t from, to;
        win_sheet_points(s, line, &from, &to);
        for (size_t i = from; i < to && i < s->shown; i++) {
            lh_vec2 at = win_sheet_at(s, i);
            double far = hypot((double)at.x - x, (double)at.y - y);
            if (far < best) {
                best = far;
                found = i;
            }
        }
    }
    return found;
}

/* The stroke that a point is of, as far as it is on the paper. */
static win_span stroke_of(const win_sheet *s, size_t point)
{
    win_span stroke = {point, point + 1};
    while (stroke.from > 0 && !s->point[stroke.from - 1].end)
        stroke.from--;
    while (stroke.to < s->shown && !s->point[stroke.to - 1].end)
        stroke.to++;
    return stroke;
}

bool win_marking_press(win_app *app, double x, double y)
{
    size_t at = point_at(app, x, y);
    if (at == SIZE_MAX) {
        mark(app, (win_span){0, 0});
        return false;
    }
    app->pressed = at;
    mark(app, stroke_of(&app->sheet, at));
    return true;
}

void win_marking_drag(win_app *app, double x, double y)
{
    size_t at = point_at(app, x, y), from = app->pressed;
    if (at == SIZE_MAX || from >= app->sheet.shown)
        return;
    win_span span = {from < at ? from : at, (from < at ? at : from) + 1};
    if (at == from)
        span = stroke_of(&app->sheet, at);
    mark(app, span);
}

/* ---- by keys --------------------------------------------------------------------------------- */

void win_marking_step(win_app *app, int way, bool extend)
{
    const win_sheet *s = &app->sheet;
    win_span span = app->search.span;
    if (way == 0 || s->shown == 0) {
        mark(app, (win_span){0, 0});
        return;
    }
    size_t next = way > 0 ? span.to : span.from - 1;
    if (span.from == span.to) /* the first is the last one written */
        next = s->shown - 1;
    if (next >= s->shown) /* also before the first */
        return;
    win_span stroke = stroke_of(s, next);
    if (extend && span.from < span.to && way > 0)
        stroke.from = span.from;
    else if (extend && span.from < span.to)
        stroke.to = span.to;
    mark(app, stroke);
}

void win_marking_layer(win_app *app, int way)
{
    int layers = app->sheet.layers;
    if (layers == 0)
        return;
    app->search.layer = (app->search.layer + way + layers) % layers;
    mark(app, app->search.span);
}

/* Scrolls so that the point's line is in the middle. */
static void go_to(win_app *app, size_t point)
{
    const win_sheet *s = &app->sheet;
    double row = (double)win_sheet_row(s, win_sheet_line(s, point));
    double most = fmax(0, (double)win_sheet_height(s) - app->paper_box.h);
    app->follow = false;
    app->scroll_goal = (int)(fmin(most, fmax(0, row - app->paper_box.h / 2)) * app->scale);
}

void win_marking_next(win_app *app)
{
    win_search *search = &app->search;
    search->shown = search->shown + 1 < search->found.places ? search->shown + 1 : -1;
    app->follow = search->shown < 0;
    if (search->shown >= 0)
        go_to(app, search->found.place[search->shown].from);
    app->stale |= WIN_STALE_PAPER | WIN_STALE_DOCK;
}

/* ---- by the text ----------------------------------------------------------------------------- */

/* The ink of the selected letters; empty where there is none yet. */
static win_span selected(const win_app *app, size_t from_byte, size_t to_byte)
{
    const win_sheet *s = &app->sheet;
    const win_plain *plain = &app->plain;
    win_span span = {0, 0};
    for (size_t i = s->pieces > 0 ? s->piece[0]->from : 0; i < s->shown; i++) {
        size_t c = (size_t)s->character[i];
        if (c >= plain->count || plain->byte[c] < from_byte || plain->byte[c] >= to_byte)
            continue;
        span = (win_span){span.to > 0 ? span.from : i, i + 1};
    }
    return span;
}

static void take_selection(win_app *app)
{
    const win_editor *e = &app->text;
    if (win_mode(app) != WIN_MODE_WRITE ||
        (e->caret == app->selected.to && e->anchor == app->selected.from))
        return;
    app->selected = (win_span){e->anchor, e->caret};
    if (e->caret == e->anchor)
        return; /* what was marked stays */
    bool back = e->caret < e->anchor;
    mark(app, selected(app, back ? e->caret : e->anchor, back ? e->anchor : e->caret));
}

void win_marking_update(win_app *app)
{
    if (!app->on[WIN_FIND] || win_mode(app) == WIN_MODE_DRAW)
        return;
    bool text = win_mode(app) == WIN_MODE_WRITE;
    take_selection(app);
    if (win_search_update(&app->search, &app->sheet, text ? &app->plain : NULL, app->text.text))
        app->stale |= WIN_STALE_PAPER | WIN_STALE_DOCK;
}
