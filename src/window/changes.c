/* What is set, and what is asked of the pen: see core.h. */
#include "base/extremes.h"
#include "core.h"

#include "base/asset.h"

#include <math.h>

/* ---- settings -------------------------------------------------------------------------------- */

/* What is written anew begins where the pen is now. */
static void keep_place(win_core *core)
{
    const win_sheet *s = &core->sheet;
    if (s->resume < 0 && s->shown > 0 && win_mode(core) == WIN_MODE_WRITE)
        core->sheet.resume = s->character[s->shown - 1];
}

static void change_mode(win_core *core)
{
    core->editor = win_mode(core) == WIN_MODE_DRAW ? &core->caption : &core->text;
    core->on[WIN_PAUSE] = false;
    core->sheet.resume = -1;
    core->follow = true;
    win_compare_end(core);
    win_moment_drop(core);
    *core->message = '\0';
}

bool win_core_set(win_core *core, win_value which, double value)
{
    value = win_value_fit(which, value);
    if (which == WIN_STYLE)
        lh_lower(&value, core->styles.count);
    if (value == core->value[which])
        return false;
    if (which == WIN_BIAS || which == WIN_SEED || which == WIN_STYLE)
        keep_place(core);
    core->value[which] = value;
    if (which == WIN_BIAS || which == WIN_SEED || which == WIN_STYLE)
        win_core_forget_parts(core);
    if (which == WIN_MODE) {
        change_mode(core);
    } else if (which == WIN_SIZE) {
        core->sheet.pitch = (float)value;
        core->sheet.flat_scale = (float)win_core_unit(core);
        win_core_lay_out(core);
    }
    if (which <= WIN_SEED)
        win_core_order(core);
    return true;
}

void win_core_style_gone(win_core *core, int index)
{
    const double chosen = core->value[WIN_STYLE];
    win_compare_end(core);
    win_hands_drop(&core->hands, index);
    if (chosen > index + 1)
        core->value[WIN_STYLE] = chosen - 1; /* the same */
    else if (chosen == index + 1)
        win_core_set(core, WIN_STYLE, 1 + win_styles_named(&core->styles, LH_DEFAULT_STYLE));
    win_ghosts_clear(&core->ghosts); /* another may come to be at its path */
    win_core_order(core);
}

void win_core_style_anew(win_core *core)
{
    keep_place(core);
    win_compare_end(core);
    win_hands_clear(&core->hands);
    win_ghosts_clear(&core->ghosts);
    win_core_forget_parts(core);
    win_core_order(core);
}

void win_core_show_cell(win_core *core, int cell)
{
    if (cell < core->sheet.layers * core->sheet.cells)
        core->cell = cell;
}

void win_core_pick(win_core *core, int cell)
{
    win_core_show_cell(core, cell == core->cell ? -1 : cell);
}

void win_core_step_telling(win_core *core, int way)
{
    const win_telling *t = &core->telling;
    int at = -1;
    for (int i = 0; i < t->count; i++)
        if (t->told[i].cell == core->cell)
            at = i;
    at = at < 0 && way < 0 ? t->count - 1 : at + way + t->count;
    if (t->count > 0)
        win_core_show_cell(core, t->told[at % t->count].cell);
}

void win_core_step_gates(win_core *core, int way)
{
    int layers = core->sheet.layers;
    if (layers == 0)
        return;
    int layer = core->cell >= 0 ? core->cell / core->sheet.cells : core->gate_layer;
    core->cell = -1;
    core->gate_layer = (layer + way + layers) % layers;
}

/* ---- the pen --------------------------------------------------------------------------------- */

void win_core_step(win_core *core)
{
    core->on[WIN_PAUSE] = true;
    win_sheet *s = &core->sheet;
    if (s->shown < s->points)
        win_sheet_advance(s, (double)s->point[s->shown].time - s->now + 1e-6);
    win_core_order(core);
}

void win_core_rewind(win_core *core)
{
    win_sheet_rewind(&core->sheet);
    win_moment_drop(core);
    core->on[WIN_PAUSE] = false;
    core->follow = true;
    core->replays = true;
}

void win_core_anew(win_core *core)
{
    const win_setting *seed = &win_settings[WIN_SEED];
    double next = core->value[WIN_SEED] + 1;
    if (win_mode(core) == WIN_MODE_WRITE && core->value[WIN_STYLE] > 0) {
        win_core_set(core, WIN_STYLE, 0);
        win_core_say(core, false, "A hand by seed, instead of the style.");
    }
    win_core_set(core, WIN_SEED, next > seed->high ? seed->low : next);
    win_core_rewind(core);
    core->replays = false;
}

void win_core_clear(win_core *core)
{
    win_editor_select_all(core->editor);
    bool changed = win_editor_erase(core->editor, 1, false);
    if (win_mode(core) == WIN_MODE_DRAW && core->drawing.ink.count > 0)
        changed |= win_freehand_wipe(&core->drawing);
    if (changed) {
        win_core_text_changed(core);
        win_core_say(core, false, "Cleared. Ctrl Z brings it back.");
    }
    core->on[WIN_PAUSE] = false;
}
