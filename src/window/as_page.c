/* The paper as a page: see as_page.h. */
#include "as_page.h"

#include "theme.h"

#include "base/extremes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MM_A_PIXEL (25.4 / 96)
/* Pixels that lh_tint can have, at least and at most. */
#define TINT_LEAST 0.04
#define TINT_MOST 370

/* Paper for so many rows of writing. */
static lh_paper paper_of(const win_core *core, size_t rows)
{
    const win_sheet *s = &core->sheet;
    lh_paper paper = lh_paper_default;
    float mm = (float)MM_A_PIXEL, margin = s->margin * mm;
    paper.pitch = s->pitch * mm;
    paper.left = paper.right = paper.top = margin;
    paper.bottom = margin / 2;
    paper.width = s->width * mm;
    paper.height = win_sheet_row(s, rows) * mm + margin / 2;
    paper.ruling = (lh_ruling)core->value[WIN_RULING];
    return paper;
}

static lh_tint tint_of(win_tint tint)
{
    double width = fmin(TINT_MOST, fmax(TINT_LEAST, tint.width));
    return (lh_tint){tint.colour, (float)(width * MM_A_PIXEL)};
}

/* Adds a line whose points all have tints, of which there may be none: NULL. */
static lh_status add_tinted(lh_page *page, const lh_ink *ink, const char *text, lh_placing placing,
                            const lh_tint *tint, lh_error *error)
{
    if (ink->count == 0)
        return LH_OK;
    lh_status status = lh_page_add_line(page, ink, text, placing, error);
    if (status == LH_OK && tint)
        status = lh_page_set_tints(page, lh_page_count(page) - 1, tint, ink->count, error);
    return status;
}

/* The same tint for all points; the caller frees. */
static lh_tint *even_tints(win_tint tint, size_t count)
{
    lh_tint *tints = malloc(count * sizeof *tints + 1);
    for (size_t i = 0; tints && i < count; i++)
        tints[i] = tint_of(tint);
    return tints;
}

/* ---- what the network wrote -------------------------------------------------------------------
 */

/* Of the points of a line, those that the pen has come to. */
static lh_ink shown_ink(const win_sheet *s, const win_line *line)
{
    const lh_word *first = &s->word[line->word], *last = first + line->words - 1;
    size_t from = first->point, to = last->point + last->points;
    to = to < s->shown ? to : s->shown;
    return (lh_ink){.points = s->point + from, .count = to > from ? to - from : 0};
}

/* What a line says so far: the characters of its words that are begun. */
static char *line_text(const win_core *core, const win_line *line)
{
    const win_sheet *s = &core->sheet;
    const lh_word *first = &s->word[line->word], *last = first + line->words - 1;
    while (last > first && last->point >= s->shown)
        last--;
    size_t from = (size_t)first->character, to = (size_t)(last->character + last->count);
    if (win_mode(core) != WIN_MODE_WRITE || to > core->plain.count)
        return strdup("");
    size_t size = 4 * (to - from) + 1; /* as much as its characters can take, and the end */
    char *text = malloc(size + 4);
    if (text)
        win_plain_copy(&core->plain, from, to, text, size + 4);
    return text;
}

/* Colours by the picked cell, with the widths that go with them. */
static lh_tint *cell_tints(const win_core *core, size_t from, size_t count)
{
    win_ink_look look = win_core_look(core);
    lh_tint *tint = malloc(count * sizeof *tint + 1);
    for (size_t i = 0; tint && i < count; i++)
        tint[i] = tint_of(win_sheet_tint(&core->sheet, &look, from + i));
    return tint;
}

static lh_placing line_placing(const win_core *core, const lh_page *page, size_t i)
{
    const lh_paper *paper = lh_page_paper(page);
    const win_line *line = &core->sheet.line[i];
    return (lh_placing){.x = paper->left + line->x * (float)MM_A_PIXEL,
                        .y = lh_paper_row(paper, (int)line->row),
                        .scale = win_sheet_scale(&core->sheet) * (float)MM_A_PIXEL,
                        .colour = win_ink_colour(core->value[WIN_COLOUR])};
}

static lh_status add_line(const win_core *core, lh_page *page, size_t i, win_page_of what,
                          lh_error *error)
{
    const win_sheet *s = &core->sheet;
    const win_line *line = &s->line[i];
    const lh_ink view = shown_ink(s, line);
    if (view.count == 0)
        return LH_OK;
    bool coloured = win_core_look(core).cell >= 0 && what != WIN_PAGE_INK;
    lh_tint *tint = coloured ? cell_tints(core, s->word[line->word].point, view.count) : NULL;
    char *text = line_text(core, line);
    lh_ink *ink = lh_ink_new(error);
    lh_status status = ink && text && (tint || !coloured) ? LH_OK : lh_fail_memory(error, "a line");
    if (status == LH_OK)
        status = lh_ink_append(ink, &view, -line->left, 0, -view.points[0].time, error);
    if (status == LH_OK) /* also where the pen is in the middle of a stroke */
        ink->points[ink->count - 1].end = 1;
    if (status == LH_OK)
        status = add_tinted(page, ink, text, line_placing(core, page, i), tint, error);
    lh_ink_free(ink);
    free(text);
    free(tint);
    return status;
}

/* The pen's way in the air on line `i`. */
static lh_status add_lifts(const win_core *core, lh_page *page, size_t i, lh_error *error)
{
    const win_sheet *s = &core->sheet;
    const win_line *line = &s->line[i];
    const lh_word *first = &s->word[line->word], *last = first + line->words - 1;
    win_tint tint = {win_mix(lh_page_paper(page)->colour, WIN_LIFT_COLOUR, WIN_LIFT_SHARE),
                     WIN_LIFT_WIDTH};
    lh_ink *ink = lh_ink_new(error);
    lh_status status = ink ? LH_OK : error->status;
    for (size_t p = first->point; p < last->point + last->points && p < s->shown && status == LH_OK;
         p++)
        for (size_t k = win_sheet_lifts(s, p) ? 0 : 2; k < 2 && status == LH_OK; k++) {
            lh_point point = s->point[p + k - 1];
            point.x -= line->left;
            point.end = k == 1;
            status = lh_ink_add(ink, point, error);
        }
    lh_tint *tints = status == LH_OK ? even_tints(tint, ink->count) : NULL;
    if (status == LH_OK && !tints)
        status = lh_fail_memory(error, "a line");
    if (status == LH_OK)
        status = add_tinted(page, ink, "", line_placing(core, page, i), tints, error);
    lh_ink_free(ink);
    free(tints);
    return status;
}

/* ---- what the user drew -----------------------------------------------------------------------
 */

static lh_status add_drawing(const win_core *core, lh_page *page, win_page_of what, lh_error *error)
{
    const win_freehand *d = &core->drawing;
    lh_placing placing = {.scale = (float)(win_core_unit(core) * MM_A_PIXEL),
                          .colour = win_ink_colour(core->value[WIN_COLOUR])};
    char *text = strndup(core->caption.text, strcspn(core->caption.text, "\n"));
    lh_tint *tint = malloc(d->ink.count * sizeof *tint + 1);
    lh_status status = text && tint ? LH_OK : lh_fail_memory(error, "a line");
    for (size_t i = 0; tint && i < d->ink.count; i++)
        tint[i] = tint_of(win_freehand_tint(d, i, core->value[WIN_WIDTH],
                                            win_ink_colour(core->value[WIN_COLOUR])));
    if (status == LH_OK)
        status =
            add_tinted(page, &d->ink, text, placing, what == WIN_PAGE_INK ? NULL : tint, error);
    free(text);
    free(tint);
    return status;
}

/* A way as a line of its own; where it goes on with the pen down, it begins where the ink ended. */
static lh_status add_way(const win_core *core, lh_page *page, int which, lh_error *error)
{
    const win_ways *ways = &core->drawing.ways;
    const lh_ink *way = &ways->way[which];
    if (ways->from == 0 || way->count == 0)
        return LH_OK;
    const lh_point *start = &core->drawing.ink.points[ways->from - 1];
    win_tint tint = {win_mix(lh_page_paper(page)->colour, win_way_colours[which], WIN_WAY_SHARE),
                     fmax(1, WIN_WAY_WIDTH * core->value[WIN_WIDTH])};
    lh_placing placing = {.scale = (float)(win_core_unit(core) * MM_A_PIXEL)};
    lh_ink *ink = lh_ink_new(error);
    lh_status status = ink ? LH_OK : error->status;
    if (status == LH_OK && ways->joined)
        status = lh_ink_add(ink, (lh_point){.x = start->x, .y = start->y}, error);
    if (status == LH_OK)
        status = lh_ink_append(ink, way, start->x, start->y, 0, error);
    lh_tint *tints = status == LH_OK ? even_tints(tint, ink->count) : NULL;
    if (status == LH_OK && !tints)
        status = lh_fail_memory(error, "a line");
    if (status == LH_OK)
        status = add_tinted(page, ink, "", placing, tints, error);
    lh_ink_free(ink);
    free(tints);
    return status;
}

/* Rows that the drawn ink takes, and its ways. */
static size_t drawn_rows(const win_core *core)
{
    const win_freehand *d = &core->drawing;
    double low = (double)lh_ink_bounds(&d->ink).bottom;
    for (int i = 0; i < WIN_WAYS && d->ways.from > 0; i++)
        lh_raise(&low, (double)d->ink.points[d->ways.from - 1].y +
                           (double)lh_ink_bounds(&d->ways.way[i]).bottom);
    double rows = (low * win_core_unit(core) - (double)win_sheet_row(&core->sheet, 0)) /
                  (double)core->sheet.pitch;
    return (size_t)fmax(1, ceil(rows));
}

/* ---- the page ---------------------------------------------------------------------------------
 */

static lh_status fill_written(const win_core *core, lh_page *page, win_page_of what,
                              lh_error *error)
{
    lh_status status = LH_OK;
    for (size_t i = 0; i < core->sheet.lines && status == LH_OK; i++) {
        if (core->on[WIN_LIFTS] && what == WIN_PAGE_SEEN)
            status = add_lifts(core, page, i, error);
        if (status == LH_OK)
            status = add_line(core, page, i, what, error);
    }
    return status;
}

static lh_status fill_drawn(const win_core *core, lh_page *page, win_page_of what, lh_error *error)
{
    bool first = what != WIN_PAGE_SEEN; /* else ink lies above what is only guessed */
    lh_status status = first ? add_drawing(core, page, what, error) : LH_OK;
    for (int i = 0; i < WIN_WAYS && what != WIN_PAGE_INK && status == LH_OK; i++)
        status = add_way(core, page, i, error);
    if (status == LH_OK && !first)
        status = add_drawing(core, page, what, error);
    return status;
}

static lh_status note_value(lh_page *page, const win_core *core, win_value which, lh_error *error)
{
    char text[32];
    win_value_text(which, core->value[which], text, sizeof text);
    return lh_page_note(page, win_settings[which].key, text, error);
}

lh_page *win_as_page(const win_core *core, win_page_of what, lh_error *error)
{
    bool draw = win_mode(core) == WIN_MODE_DRAW;
    lh_paper paper = paper_of(core, draw ? drawn_rows(core) : win_sheet_rows(&core->sheet));
    lh_page *page = lh_page_new(&paper, error);
    if (!page)
        return NULL;
    lh_status status = lh_page_set_pen(page, (float)(core->value[WIN_WIDTH] * MM_A_PIXEL), error);
    if (status == LH_OK)
        status = (draw ? fill_drawn : fill_written)(core, page, what, error);
    if (status == LH_OK)
        status = lh_page_set_title(page, "Written with Longhand", error);
    if (status == LH_OK)
        status = note_value(page, core, WIN_BIAS, error);
    if (status == LH_OK)
        status = note_value(page, core, WIN_SEED, error);
    if (status == LH_OK)
        return page;
    lh_page_free(page);
    return NULL;
}
