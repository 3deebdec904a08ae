/* The colours of a cell that is picked, in ink and text: no is blue, yes orange, the more the
 * darker, as strong as what the cell gives at its most. See core.h. */
#include "core.h"

#include "theme.h"

#include <math.h>
#include <stdlib.h>

/* So many times stronger may a cell that gives little be shown; few steps, so that the ink is not
 * drawn again and again while it grows. */
static const double gains[] = {1, 1.5, 2, 3, 4.5, 7, 10};
enum { GAINS = sizeof gains / sizeof *gains, LEAST_POINTS = 60 };

void win_cell_colours_start(win_core *core)
{
    for (int i = 0; i < 256; i++) {
        double v = (i - 128) / 127.0;
        core->cell_colours[i] = win_mix(0xe6e2dau, v < 0 ? 0x174a80u : 0xb4500au, fabs(v));
    }
    core->cell_gain = 0;
}

static void set_gain(win_core *core, double gain)
{
    if (gain == core->cell_gain)
        return;
    core->cell_gain = gain;
    for (int i = 0; i < 256; i++) {
        double v = (i - 128) / 127.0, much = sqrt(fmin(1, gain * fabs(v)));
        /* Nothing is a grey that can be read on paper. */
        core->cell_inks[i] = win_mix(0xa8a297u, v < 0 ? 0x174a80u : 0xb4500au, much);
    }
}

/* What the cell gives at its most, but for one point in fifty: 0 to 127. */
static int most_given(const win_sheet *s, int cell)
{
    size_t count[129] = {0}, all = 0, above = 0;
    for (size_t i = 0; i < s->shown; i++) {
        const int8_t *given = win_sheet_inside(s, i).cell;
        if (given)
            count[abs(given[cell])]++;
        all += given != NULL;
    }
    int most = 128;
    while (most > 0 && (above += count[most]) * 50 < all)
        most--;
    return all >= LEAST_POINTS ? most : 127;
}

void win_cell_colours_update(win_core *core)
{
    const win_sheet *s = &core->sheet;
    struct win_coloured *c = &core->coloured;
    bool known = c->cell == core->cell && c->sheet == s->version &&
                 s->shown < c->shown + c->shown / 2 &&
                 (s->shown < s->points || s->shown == c->shown);
    if (known && core->cell_gain > 0)
        return;
    *c = (struct win_coloured){core->cell, s->version, s->shown};
    int most =
        core->cell >= 0 && core->cell < s->layers * s->cells ? most_given(s, core->cell) : 127;
    int step = 0;
    while (step + 1 < GAINS && gains[step + 1] * most <= 127)
        step++;
    set_gain(core, gains[step]);
}
