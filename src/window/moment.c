/* One moment in time, which all views show: see core.h. */
#include "core.h"

#include <math.h>

/* How far from ink the mouse may be to mean it, in rows. */
static const double reach = 0.4;

static bool is_there(const win_core *core, size_t point)
{
    return point < core->sheet.shown;
}

bool win_moment_held(const win_core *core)
{
    return is_there(core, core->hovered) || is_there(core, core->pinned);
}

size_t win_moment_point(const win_core *core)
{
    if (is_there(core, core->hovered))
        return core->hovered;
    if (is_there(core, core->pinned))
        return core->pinned;
    return core->sheet.shown > 0 ? core->sheet.shown - 1 : 0;
}

size_t win_moment_next(const win_core *core)
{
    const win_sheet *s = &core->sheet;
    if (win_moment_held(core))
        return win_moment_point(core);
    return s->shown < s->points ? s->shown : s->points > 0 ? s->points - 1 : 0;
}

void win_moment_pin(win_core *core, size_t point)
{
    if (!is_there(core, point))
        return;
    core->pinned = point;
    core->on[WIN_PAUSE] |= win_sheet_moving(&core->sheet);
}

void win_moment_drop(win_core *core)
{
    core->pinned = core->hovered = SIZE_MAX;
}

void win_moment_step(win_core *core, long way)
{
    const win_sheet *s = &core->sheet;
    if (s->shown == 0)
        return;
    long at = (long)win_moment_point(core) + way, last = (long)s->shown - 1;
    win_moment_pin(core, (size_t)(at < 0 ? 0 : at > last ? last : at));
}

void win_moment_play(win_core *core)
{
    size_t point = core->pinned;
    if (!is_there(core, point)) {
        if (core->sheet.flat)
            return;
        core->on[WIN_PAUSE] = !core->on[WIN_PAUSE];
        return;
    }
    win_moment_drop(core);
    if (core->sheet.flat) /* who drew it was the pen */
        return;
    win_core_rewind(core);
    win_sheet_go(&core->sheet, point);
}

size_t win_moment_at(const win_core *core, double x, double y)
{
    return win_marking_point(core, x, y, reach);
}

size_t win_moment_of_letter(const win_core *core, size_t byte)
{
    const win_sheet *s = &core->sheet;
    const win_plain *plain = &core->plain;
    size_t first = SIZE_MAX, last = 0;
    if (win_mode(core) != WIN_MODE_WRITE)
        return SIZE_MAX;
    for (size_t i = 0; i < s->shown; i++) {
        size_t c = (size_t)s->character[i];
        if (c >= plain->count || plain->byte[c] != byte || plain->letter[c] == ' ')
            continue;
        first = first == SIZE_MAX ? i : first;
        last = i;
    }
    return first == SIZE_MAX ? SIZE_MAX : first + (last - first) / 2;
}
