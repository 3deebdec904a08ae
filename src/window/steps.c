/* The three steps to a hand of one's own, above the caption in Draw: which is to be done now, and
 * how far it is. */
#include "view.h"

enum { STEPS = 3, WRITE = 0, SEE, LEARN };
#define GAP 16.0

static int current_step(const win_core *core)
{
    const win_freehand *d = &core->drawing;
    if (d->ink.count == 0 || d->down)
        return WRITE;
    return *core->caption.text || !d->reading.text ? LEARN : SEE;
}

static void draw_learning(const win_core *core, cairo_t *cr, win_box at)
{
    char text[100] = "Learning your hand: reading what you wrote. Esc stops it";
    if (core->learning.step > 0)
        snprintf(text, sizeof text, "Learning your hand: step %d of %d. Esc stops it",
                 core->learning.step, core->learning.steps);
    win_bold_text(cr, at, -1, WIN_SMALL_TEXT, WIN_ACCENT, text);
}

void win_steps_draw(const win_view *v, cairo_t *cr, win_box at)
{
    const win_core *core = v->core;
    const size_t rows = core->drawing.reading.rows;
    char step[STEPS][40] = {[SEE] = "2 See what is read", [LEARN] = "3 Learn (Ctrl K)"};
    if (core->learner) {
        draw_learning(core, cr, at);
        return;
    }
    if (rows == 0)
        snprintf(step[WRITE], sizeof step[WRITE], "1 Write %d sentences", WIN_GUIDED);
    else
        snprintf(step[WRITE], sizeof step[WRITE], "1 Write (%zu row%s)", rows, rows > 1 ? "s" : "");
    const int current = current_step(core);
    for (int i = 0; i < STEPS; i++) {
        bool now = i == current;
        (now ? win_bold_text : win_text)(cr, at, -1, WIN_SMALL_TEXT, now ? WIN_ACCENT : WIN_QUIET,
                                         step[i]);
        /* Bold letters are a tenth wider. */
        double taken = win_text_width(cr, WIN_SMALL_TEXT, step[i]) * (now ? 1.1 : 1) + GAP;
        at.x += taken;
        at.w -= taken;
    }
}
