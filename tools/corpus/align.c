/* Which character each point of a line belongs to: see align.h. */
#include "align.h"

#include "write/guard.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Share of a stroke's points that must be of its character, and of a character's points that must
 * be in its strokes: the window may come a few points early or late. */
static const double own_share = 0.7, whole_share = 0.7;

void align_clear(aligned *line)
{
    free(line->text);
    free(line->on);
    free(line->sureness);
    *line = (aligned){0};
}

static lh_status begin(const lh_model *model, lh_state *state, int row, aligned *line,
                       lh_error *error)
{
    const lh_ink ink = {(lh_point *)line->line.points, line->line.count, 0};
    lh_status status = lh_alphabet_encode(&model->alphabet, line->line.text, &line->text,
                                          &line->characters, error);
    if (status != LH_OK)
        return status;
    line->on = calloc(line->line.count, sizeof *line->on);
    if (!line->on)
        return lh_fail(error, LH_ERROR_MEMORY, "out of memory");
    line->height = lh_ink_baseline(&ink).height;
    lh_state_reset(state, row);
    return lh_state_set_text(state, row, line->text, (int)line->characters, error);
}

/* The window where offset i was written shows what point i, to which it led, is part of. */
static void follow(const lh_model *model, lh_state *state, aligned *lines, int rows)
{
    lh_real x[ALIGN_ROWS * LH_INPUTS] = {0};
    size_t longest = 0;
    for (int r = 0; r < rows; r++)
        longest = lines[r].line.count > longest ? lines[r].line.count : longest;
    for (size_t i = 1; i < longest; i++) {
        lh_network_step(model->network, state, x, rows);
        for (int r = 0; r < rows; r++) {
            if (i >= lines[r].line.count)
                continue;
            const lh_point *p = lines[r].line.points + i;
            lines[r].on[i] = lh_window_find(lh_state_phi(state, r), (int)lines[r].characters).on;
            x[r * LH_INPUTS] = (lh_real)((double)(p[0].x - p[-1].x) / model->scale_x);
            x[r * LH_INPUTS + 1] = (lh_real)((double)(p[0].y - p[-1].y) / model->scale_y);
            x[r * LH_INPUTS + 2] = (lh_real)p->end;
        }
    }
    for (int r = 0; r < rows; r++)
        lines[r].on[0] = lines[r].on[1]; /* a line of a corpus has two points at least */
}

lh_status align_lines(const lh_model *model, lh_state *state, const lh_corpus_line *lines,
                      size_t count, aligned *to, lh_error *error)
{
    lh_status status = LH_OK;
    for (size_t i = 0; i < count; i++)
        to[i] = (aligned){.line = lines[i]};
    for (size_t at = 0; at < count && status == LH_OK; at += ALIGN_ROWS) {
        const int rows = count - at < ALIGN_ROWS ? (int)(count - at) : ALIGN_ROWS;
        for (int r = 0; r < rows && status == LH_OK; r++)
            status = begin(model, state, r, &to[at + (size_t)r], error);
        if (status == LH_OK)
            follow(model, state, to + at, rows);
    }
    for (size_t i = 0; i < count && status != LH_OK; i++)
        align_clear(&to[i]);
    return status;
}

static size_t count_on(const aligned *line, size_t first, size_t end, size_t place)
{
    size_t count = 0;
    for (size_t i = first; i < end; i++)
        count += (size_t)line->on[i] == place;
    return count;
}

bool align_cut(const aligned *line, size_t place, cutting *cut)
{
    const size_t all = count_on(line, 0, line->line.count, place);
    const lh_ink whole = {(lh_point *)line->line.points, line->line.count, 0};
    const lh_point *stroke;
    size_t own = 0, position = 0, count;
    bool ended = false;
    *cut = (cutting){0};
    while (lh_ink_next_stroke(&whole, &position, &stroke, &count)) {
        const size_t start = (size_t)(stroke - whole.points), end = start + count;
        const size_t here = count_on(line, start, end, place);
        if ((double)here < own_share * (double)count) {
            ended = ended || cut->strokes > 0;
            continue;
        }
        if (ended)
            return false;
        if (cut->strokes++ == 0)
            cut->first = start;
        cut->end = end;
        own += here;
    }
    if (cut->strokes == 0 || (double)own < whole_share * (double)all)
        return false;
    const lh_ink ink = {whole.points + cut->first, cut->end - cut->first, 0};
    cut->box = lh_ink_bounds(&ink);
    return true;
}
