/* Undo. All that one event changes is one step; in Draw, where there are a text and ink, the step
 * done last is taken back first, be it of one, the other or both. */
#include "core.h"

/* The last step done, or the first undone, of the text in the field and of the ink; 0: none. */
typedef struct steps {
    unsigned text, ink, next;
} steps;

static steps find_steps(const win_core *core, bool redo)
{
    const win_editor *e = core->editor;
    const win_freehand *d = &core->drawing;
    bool draw = win_mode(core) == WIN_MODE_DRAW;
    unsigned text = win_editor_past(e), ink = draw ? win_freehand_past(d) : 0;
    unsigned last = text > ink ? text : ink;
    if (!redo)
        return (steps){text, ink, last};
    text = win_editor_future(e);
    ink = draw ? win_freehand_future(d) : 0;
    unsigned next = text == 0 || (ink > 0 && ink < text) ? ink : text;
    if (next < last) /* something else was done since it was undone */
        return (steps){0};
    return (steps){text, ink, next};
}

bool win_undo_can(const win_core *core, bool redo)
{
    return find_steps(core, redo).next > 0;
}

void win_undo(win_core *core, bool redo)
{
    steps s = find_steps(core, redo);
    if (s.next == 0)
        return;
    bool ink = s.ink == s.next, text = s.text == s.next;
    bool drawn = ink && (redo ? win_freehand_redo : win_freehand_undo)(&core->drawing);
    bool typed = text && (redo ? win_editor_redo : win_editor_undo)(core->editor);
    if (ink != drawn || text != typed)
        win_core_say(core, true, "There is no memory left to take this back.");
    if (drawn)
        win_core_order(core);
    core->last_input = core->time;
    if (typed)
        win_core_text_changed(core);
}
