/* What is to be drawn again. Here stands for each part of the window what of the state it shows; a
 * part is stale when that is not what it was when the part was drawn last. What many things hang on
 * counts its own changes (`version`). The pen on its way is not here: it and the ink behind it,
 * which come with every frame, are drawn as they come (frame.c). */
#include "view.h"

#include <stdlib.h>
#include <string.h>

/* Compared byte by byte, so all of it is zero before it is filled in. */
struct win_shown {
    struct ink_shown {
        unsigned layouts, sheet, drawing;
        int mode, cell;
        bool lifts, cells, views;
        unsigned ghosts; /* 0: they are not shown */
        double width, colour, ruling, size, gain;
    } ink;
    struct paper_shown {
        struct ink_shown ink;
        int scroll;
        unsigned messages;
        bool message;
        bool nothing;           /* it says what one can do */
        bool model, free_model; /* ... or what is missing */
        unsigned faults;
        size_t points;      /* drawn by the user, ... */
        bool down;          /* ... who is at it */
        double ways, fades; /* when they came, and the time while they do */
        unsigned search;
        int found_shown;
        bool find, help, compare;
        unsigned compared;
    } paper;
    struct dock_shown {
        struct ink_shown ink; /* a cell and the layers' colours among it */
        int layers, cells;
        unsigned search, likeness, telling, marks;
        int gate_layer, picked;
        int found_shown;
    } dock;
    struct field_shown {
        unsigned frames, version, models;
        win_box box;
        bool bars;
        const win_editor *editor;
        size_t caret, anchor, marked;
        char composing[64];
        bool focus, lit;
        double scroll;
        const char *read; /* of the drawn ink, ... */
        unsigned drawing;
        size_t rows, inked; /* ... and how far that is, and what is learnt of it */
        int learning;
        int cell; /* that colours the text, with the ink that it is of */
        double gain;
        unsigned sheet;
        size_t shown;
    } field;
    struct panel_shown {
        struct panel_laid {
            unsigned frames;
            int styles, mode;
            double scroll, hands_scroll;
            win_box box, control[WIN_CONTROLS];
        } laid;
        int focus, hover;
        unsigned hands;
        double value[WIN_VALUES];
        bool on[WIN_ACTIONS];
    } panel;
    struct bar_shown {
        unsigned frames;
        win_box box;
        int focus, hover;
        unsigned text; /* of which all may be written, and which can be undone */
        bool undo, redo;
        double value[WIN_VALUES];
        bool on[WIN_ACTIONS];
    } bar;
};

static void note_ink(const win_view *v, struct ink_shown *ink)
{
    const win_core *c = v->core;
    ink->layouts = v->layouts;
    ink->sheet = c->sheet.version;
    ink->drawing = c->drawing.version;
    ink->mode = win_mode(c);
    ink->cell = c->cell;
    ink->lifts = c->on[WIN_LIFTS];
    ink->cells = win_core_look(c).cell >= 0;
    ink->gain = ink->cells ? c->cell_gain : 0;
    ink->views = c->on[WIN_CELLS];
    ink->ghosts = ink->mode == WIN_MODE_DRAW && c->on[WIN_GHOST] ? 1 + c->ghosts.version : 0;
    ink->width = c->value[WIN_WIDTH];
    ink->colour = c->value[WIN_COLOUR];
    ink->ruling = c->value[WIN_RULING];
    ink->size = c->value[WIN_SIZE];
}

static void note_paper(const win_view *v, struct paper_shown *paper)
{
    const win_core *c = v->core;
    const win_freehand *d = &c->drawing;
    bool draw = win_mode(c) == WIN_MODE_DRAW;
    note_ink(v, &paper->ink);
    paper->scroll = v->scroll;
    paper->messages = c->messages;
    paper->message = *c->message;
    paper->nothing = draw ? d->ink.count == 0 : !*c->text.text;
    paper->model = c->model && !*c->fault[WIN_FAULT_MODEL];
    paper->faults = c->faults;
    paper->free_model = c->free_model && !*c->fault[WIN_FAULT_FREE_MODEL];
    paper->search = c->search.version;
    paper->found_shown = c->search.shown;
    paper->find = c->on[WIN_FIND];
    paper->help = c->on[WIN_HELP];
    paper->compare = c->on[WIN_COMPARE];
    paper->compared = c->compare.version;
    if (draw) {
        paper->points = d->ink.count;
        paper->down = d->down;
        paper->ways = d->changed;
        paper->fades = win_freehand_fades(d, c->time) ? c->time : 0;
    }
}

static void note_dock(const win_view *v, struct dock_shown *dock)
{
    const win_core *c = v->core;
    note_ink(v, &dock->ink);
    dock->layers = c->sheet.layers;
    dock->cells = c->sheet.cells;
    dock->search = c->search.version;
    dock->gate_layer = c->gate_layer;
    dock->likeness = c->likeness.version;
    dock->telling = c->telling.version;
    dock->marks = c->marks.version;
    dock->picked = c->cell;
    dock->found_shown = c->search.shown;
}

static void note_field(const win_view *v, struct field_shown *field)
{
    const win_core *c = v->core;
    field->frames = v->frames;
    field->box = v->field_box;
    field->bars = c->on[WIN_ATTENTION];
    field->version = c->editor->version;
    field->models = c->models;
    field->editor = c->editor;
    field->caret = c->editor->caret;
    field->anchor = c->editor->anchor;
    field->marked = c->marked;
    strcpy(field->composing, c->composing);
    field->focus = v->focus == WIN_FOCUS_TEXT;
    field->scroll = v->field_scroll;
    if (win_mode(c) == WIN_MODE_DRAW) {
        field->read = c->drawing.reading.text;
        field->rows = c->drawing.reading.rows;
        field->drawing = c->drawing.version;
        field->inked = c->drawing.ink.count > 0;
        field->learning = c->learner ? 1 + c->learning.step : 0;
    }
    field->cell = win_core_look(c).cell;
    if (field->cell >= 0) {
        field->sheet = c->sheet.version;
        field->gain = c->cell_gain;
        field->shown = win_sheet_moving(&c->sheet) ? 0 : c->sheet.shown;
    }
    field->lit = win_core_caret_lit(c);
}

static void note_panel(const win_view *v, struct panel_shown *panel)
{
    const win_core *c = v->core;
    panel->laid.frames = v->frames;
    panel->laid.styles = c->styles.count;
    panel->laid.mode = win_mode(c);
    panel->laid.scroll = v->panel_scroll;
    panel->laid.hands_scroll = v->hands_scroll;
    panel->laid.box = v->panel_box;
    for (int i = 0; i < WIN_CONTROLS; i++)
        if (win_panel_has(i))
            panel->laid.control[i] = v->control_box[i];
    panel->focus = v->focus;
    panel->hover = v->hover != WIN_FOCUS_TEXT && win_panel_has(v->hover) ? v->hover : -1;
    panel->hands = c->hands.version;
    memcpy(panel->value, c->value, sizeof panel->value);
    memcpy(panel->on, c->on, sizeof panel->on);
}

static void note_bar(const win_view *v, struct bar_shown *bar)
{
    const win_core *c = v->core;
    bar->frames = v->frames;
    bar->box = v->bar_box;
    bar->focus = v->focus;
    bar->hover = v->hover;
    bar->text = c->editor->version;
    bar->undo = win_undo_can(c, false);
    bar->redo = win_undo_can(c, true);
    memcpy(bar->value, c->value, sizeof bar->value);
    memcpy(bar->on, c->on, sizeof bar->on);
}

/* A word that came shows in its place. */
static win_box hands_changes(const win_view *v, const struct panel_shown *before,
                             const struct panel_shown *now)
{
    int latest = v->core->hands.latest;
    if (now->hands != before->hands + 1 || latest < 0)
        return win_panel_place(v, WIN_STYLE);
    win_box box = win_hands_box(v, latest + 1);
    box.y -= v->panel_scroll;
    return box;
}

/* The controls of the panel that look otherwise than before; all of it, where that is another. */
static win_box panel_changes(const win_view *v, const struct panel_shown *before,
                             const struct panel_shown *now)
{
    win_box all = {0};
    if (memcmp(&before->laid, &now->laid, sizeof now->laid) != 0)
        return v->panel_box;
    for (int i = 0; i < WIN_CONTROLS; i++) {
        bool value = i < WIN_VALUES ? before->value[i] != now->value[i]
                                    : before->on[i - WIN_VALUES] != now->on[i - WIN_VALUES];
        bool touched =
            before->focus == i || now->focus == i || before->hover == i || now->hover == i;
        if (win_panel_has(i) && (value || touched))
            all = win_box_around(all, win_panel_place(v, i));
    }
    return before->hands == now->hands ? all : win_box_around(all, hands_changes(v, before, now));
}

unsigned win_stale(win_view *v)
{
    win_shown now;
    memset(&now, 0, sizeof now);
    note_ink(v, &now.ink);
    note_paper(v, &now.paper);
    note_dock(v, &now.dock);
    note_field(v, &now.field);
    note_panel(v, &now.panel);
    note_bar(v, &now.bar);
    const win_shown *before = v->shown;
    bool nothing = now.paper.nothing; /* what is said then goes with the first ink, not before */
    now.paper.nothing |= before->paper.nothing;
    unsigned stale = v->exposed ? WIN_STALE_ALL & ~(unsigned)WIN_STALE_INK : 0;
#define COMPARE(part, bits) \
    (memcmp(&before->part, &now.part, sizeof now.part) != 0 ? (unsigned)(bits) : 0)
    stale |= COMPARE(ink, WIN_STALE_INK | WIN_STALE_PAPER);
    stale |= COMPARE(paper, WIN_STALE_PAPER);
    stale |= COMPARE(dock, WIN_STALE_DOCK);
    stale |= COMPARE(field, WIN_STALE_FIELD);
    stale |= COMPARE(panel, WIN_STALE_PANEL);
    stale |= COMPARE(bar, WIN_STALE_BAR);
#undef COMPARE
    if (stale & WIN_STALE_PANEL)
        v->panel_stale = v->exposed ? v->panel_box : panel_changes(v, &before->panel, &now.panel);
    if (stale & WIN_STALE_PAPER)
        now.paper.nothing = nothing;
    *v->shown = now;
    v->exposed = false;
    return stale;
}

bool win_stale_start(win_view *v)
{
    if (!v->shown)
        v->shown = calloc(1, sizeof *v->shown);
    return v->shown != NULL;
}
