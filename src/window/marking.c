/* Marking ink to be searched for: what is selected in the text, what the mouse goes over on the
 * paper, or stroke by stroke. */
#include "core.h"

#include <math.h>
#include <string.h>

/* How far from ink the mouse may be, in lines. */
#define REACH 0.6

static void mark(win_core *core, win_span span)
{
    win_search_mark(&core->search, span);
}

/* ---- by mouse -------------------------------------------------------------------------------- */

size_t win_marking_point(const win_core *core, double x, double y, double rows)
{
    const win_sheet *s = &core->sheet;
    double best = rows * (double)s->pitch;
    size_t found = SIZE_MAX;
    for (size_t line = 0; line < s->lines; line++) {
        if (!s->flat && fabs((double)win_sheet_baseline(s, line) - y) > (double)s->pitch)
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

static size_t point_at(const win_core *core, double x, double y)
{
    return win_marking_point(core, x, y, REACH);
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

bool win_marking_press(win_core *core, double x, double y)
{
    size_t at = point_at(core, x, y);
    if (at == SIZE_MAX) {
        mark(core, (win_span){0, 0});
        return false;
    }
    core->pressed = at;
    mark(core, stroke_of(&core->sheet, at));
    return true;
}

void win_marking_drag(win_core *core, double x, double y)
{
    size_t at = point_at(core, x, y), from = core->pressed;
    if (at == SIZE_MAX || from >= core->sheet.shown)
        return;
    win_span span = {from < at ? from : at, (from < at ? at : from) + 1};
    if (at == from)
        span = stroke_of(&core->sheet, at);
    mark(core, span);
}

/* ---- by keys --------------------------------------------------------------------------------- */

void win_marking_step(win_core *core, int way, bool extend)
{
    const win_sheet *s = &core->sheet;
    win_span span = core->search.span;
    if (way == 0 || s->shown == 0) {
        mark(core, (win_span){0, 0});
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
    mark(core, stroke);
}

void win_marking_layer(win_core *core, int way)
{
    int layers = core->sheet.layers;
    if (layers == 0)
        return;
    core->search.layer = (core->search.layer + way + layers) % layers;
    mark(core, core->search.span);
}

size_t win_marking_next(win_core *core)
{
    win_search *search = &core->search;
    search->shown = search->shown + 1 < search->found.places ? search->shown + 1 : -1;
    core->follow = search->shown < 0;
    return search->shown < 0 ? SIZE_MAX : search->found.place[search->shown].from;
}

/* ---- what was found ---------------------------------------------------------------------------
 */

void win_marking_move(win_core *core, bool end, size_t point, long on)
{
    win_span span = core->search.span;
    long to = (long)point + on, shown = (long)core->sheet.shown;
    if (span.from == span.to || to < 0 || to >= shown)
        return;
    if (end && to >= (long)span.from)
        span.to = (size_t)to + 1;
    else if (!end && to < (long)span.to)
        span.from = (size_t)to;
    if (span.from != core->search.span.from || span.to != core->search.span.to)
        mark(core, span);
}

void win_marking_next_cell(win_core *core)
{
    const win_found *f = &core->search.found;
    const int first = core->search.layer * core->sheet.cells;
    int at = -1;
    for (int i = 0; i < f->cells; i++)
        if (core->cell == first + f->cell[i])
            at = i;
    if (f->cells > 0)
        win_core_show_cell(core, first + f->cell[(at + 1) % f->cells]);
}

void win_marking_recall(win_core *core, int which)
{
    const win_marks *m = &core->marks;
    if (m->count == 0) {
        win_core_say(core, false, "Nothing is kept yet: mark ink, and press Ctrl Shift F.");
        return;
    }
    int at = -1;
    for (int i = 0; i < m->count && core->search.kept.cells > 0; i++)
        if (strcmp(m->mark[i].name, core->search.kept.name) == 0)
            at = i;
    const win_pattern *mark = &m->mark[which >= 0 ? which : (at + 1) % m->count];
    if (!win_search_keep(&core->search, &core->sheet, mark))
        win_core_say(core, true, "\u201c%s\u201d was kept of a network of another size.",
                     mark->name);
}

/* ---- by the text ----------------------------------------------------------------------------- */

/* The ink of the selected letters; empty where there is none yet. */
static win_span selected(const win_core *core, size_t from_byte, size_t to_byte)
{
    const win_sheet *s = &core->sheet;
    const win_plain *plain = &core->plain;
    win_span span = {0, 0};
    for (size_t i = s->pieces > 0 ? s->piece[0]->from : 0; i < s->shown; i++) {
        size_t c = (size_t)s->character[i];
        if (c >= plain->count || plain->byte[c] < from_byte || plain->byte[c] >= to_byte)
            continue;
        span = (win_span){span.to > 0 ? span.from : i, i + 1};
    }
    return span;
}

static void take_selection(win_core *core)
{
    const win_editor *e = &core->text;
    if (win_mode(core) != WIN_MODE_WRITE ||
        (e->caret == core->selected.to && e->anchor == core->selected.from))
        return;
    core->selected = (win_span){e->anchor, e->caret};
    if (e->caret == e->anchor)
        return; /* what was marked stays */
    bool back = e->caret < e->anchor;
    mark(core, selected(core, back ? e->caret : e->anchor, back ? e->anchor : e->caret));
}

void win_marking_update(win_core *core)
{
    if (!core->on[WIN_FIND])
        return;
    take_selection(core);
    win_search_update(&core->search, &core->sheet, win_core_says(core));
}
