/* Undo. All that one event changes is one step; where there is more than one thing to be taken
 * back, a text, in Draw ink, and hands that were deleted, the step done last is first, be it of one
 * or of several. */
#include "core.h"

/* The last step done, or the first undone, of the text in the field, of the ink and of hands; 0:
 * none. */
typedef struct steps {
    unsigned text, ink, hand, next;
} steps;

static unsigned larger(unsigned a, unsigned b)
{
    return a > b ? a : b;
}

/* The smaller of what is there. */
static unsigned earlier(unsigned a, unsigned b)
{
    return a == 0 || (b > 0 && b < a) ? b : a;
}

static unsigned step_of(const win_gone_hand *hand)
{
    return hand ? hand->step : 0;
}

static steps find_steps(const win_core *core, bool redo)
{
    const win_editor *e = core->editor;
    const win_freehand *d = &core->drawing;
    const win_gone *g = &core->gone;
    bool draw = win_mode(core) == WIN_MODE_DRAW;
    steps s = {win_editor_past(e), draw ? win_freehand_past(d) : 0, step_of(win_gone_past(g)), 0};
    s.next = larger(s.text, larger(s.ink, s.hand));
    if (!redo)
        return s;
    unsigned last = s.next;
    s = (steps){win_editor_future(e), draw ? win_freehand_future(d) : 0,
                step_of(win_gone_future(g)), 0};
    s.next = earlier(s.text, earlier(s.ink, s.hand));
    if (s.next < last) /* something else was done since it was undone */
        return (steps){0};
    return s;
}

bool win_undo_can(const win_core *core, bool redo)
{
    return find_steps(core, redo).next > 0;
}

/* ---- hands ----------------------------------------------------------------------------------- */

lh_status win_undo_delete(win_core *core, int index, lh_error *error)
{
    bool chosen = core->value[WIN_STYLE] == index + 1;
    lh_status status =
        win_gone_delete(&core->gone, &core->styles, index, chosen, core->step, error);
    if (status == LH_OK)
        win_core_style_gone(core, index);
    return status;
}

/* Brings a hand back, or deletes it again. */
static void undo_hand(win_core *core, bool redo)
{
    lh_error error;
    int index = (redo ? win_gone_redo : win_gone_undo)(&core->gone, &core->styles, &error);
    if (index < 0) {
        win_core_say(core, true, "%s", error.message);
    } else if (redo) {
        win_core_style_gone(core, index);
        win_core_say(core, false, "The hand is deleted. Ctrl Z brings it back.");
    } else {
        if (win_gone_future(&core->gone)->chosen)
            win_core_set(core, WIN_STYLE, index + 1);
        win_core_say(core, false, "The hand \u201c%s\u201d is back.",
                     core->styles.style[index]->name);
    }
}

/* ---- all ------------------------------------------------------------------------------------- */

void win_undo(win_core *core, bool redo)
{
    steps s = find_steps(core, redo);
    if (s.next == 0)
        return;
    bool ink = s.ink == s.next, text = s.text == s.next;
    if (text)
        win_core_end_welcome(core);
    bool drawn = ink && (redo ? win_freehand_redo : win_freehand_undo)(&core->drawing);
    bool typed = text && (redo ? win_editor_redo : win_editor_undo)(core->editor);
    if (ink != drawn || text != typed)
        win_core_say(core, true, "There is no memory left to take this back.");
    if (s.hand == s.next)
        undo_hand(core, redo);
    if (drawn)
        win_core_order(core);
    core->last_input = core->time;
    if (typed)
        win_core_text_changed(core);
}
