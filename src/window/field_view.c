/* The text field as it looks: what is typed, with caret, selection, the letter that is being
 * written, and what is to be said of letters. */
#include "field.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void fill_range(cairo_t *cr, PangoLayout *layout, size_t from, size_t to, uint32_t colour)
{
    PangoLayoutIter *iter = pango_layout_get_iter(layout);
    do {
        PangoLayoutLine *line = pango_layout_iter_get_line_readonly(iter);
        int *range, count, top, bottom;
        if ((int)to < line->start_index || (int)from > line->start_index + line->length)
            continue;
        pango_layout_line_get_x_ranges(line, (int)from, (int)to, &range, &count);
        pango_layout_iter_get_line_yrange(iter, &top, &bottom);
        for (int i = 0; i < count; i++)
            win_fill(cr,
                     (win_box){range[2 * i] / (double)PANGO_SCALE, top / (double)PANGO_SCALE,
                               (range[2 * i + 1] - range[2 * i]) / (double)PANGO_SCALE,
                               (bottom - top) / (double)PANGO_SCALE},
                     colour);
        g_free(range);
    } while (pango_layout_iter_next_line(iter));
    pango_layout_iter_free(iter);
}

/* What the picked cell gave, in the mean over the ink of each character: value [count], NAN where
 * there is none yet. */
static void read_cell(const win_core *core, int cell, float *value, float *points)
{
    const win_sheet *s = &core->sheet;
    for (size_t i = 0; i < s->shown; i++) {
        const int8_t *given = win_sheet_inside(s, i).cell;
        size_t c = (size_t)s->character[i];
        if (!given || c >= core->plain.count)
            continue;
        value[c] += (float)given[cell] / 127;
        points[c]++;
    }
    for (size_t c = 0; c < core->plain.count; c++)
        value[c] = points[c] > 0 ? value[c] / points[c] : NAN;
}

static bool is_selected(const win_editor *e, size_t byte)
{
    return (byte >= e->caret && byte < e->anchor) || (byte >= e->anchor && byte < e->caret);
}

/* Letters in the colours of the picked cell, and beneath each a bar that is the higher the more it
 * says yes, for those who do not see the colours. */
static void draw_cell(const win_view *v, cairo_t *cr, PangoLayout *layout)
{
    const win_core *core = v->core;
    const win_plain *plain = &core->plain;
    int cell = win_core_look(core).cell;
    float *value = NULL, *points = NULL;
    if (cell < 0 || core->editor != &core->text || *core->composing ||
        win_mode(core) != WIN_MODE_WRITE)
        return;
    value = calloc(plain->count + 1, sizeof *value);
    points = calloc(plain->count + 1, sizeof *points);
    if (value && points)
        read_cell(core, cell, value, points);
    size_t first = win_field_byte_at(layout, 0, v->field_scroll);
    size_t last = win_field_byte_at(layout, v->field_box.w, v->field_scroll + win_field_card(v).h);
    for (size_t c = 0; value && points && c < plain->count && plain->byte[c] <= last; c++) {
        if (plain->byte[c] < first || isnan(value[c]) || plain->letter[c] == ' ')
            continue;
        win_box at = win_field_place(layout, plain->byte[c]);
        double much = fmin(1, fmax(-1, (double)value[c] * core->cell_gain));
        uint32_t colour = core->cell_colours[(int)lround(127 * much) + 128];
        if (!is_selected(core->editor, plain->byte[c]))
            win_fill(cr, at, win_mix(WIN_PAPER, colour, 0.25 + 0.25 * fabs(much)));
        double high = fmax(0, 6 * much);
        win_fill(cr, (win_box){at.x, at.y + at.h - high, at.w, high}, colour);
    }
    free(value);
    free(points);
}

/* The letter being written: a tint and a line beneath, for those who do not see the tint. */
static void draw_mark(const win_view *v, cairo_t *cr, PangoLayout *layout)
{
    if (v->core->marked == SIZE_MAX || v->core->editor != &v->core->text || *v->core->composing ||
        v->core->marked >= strlen(v->core->editor->text))
        return;
    win_box at = win_field_place(layout, v->core->marked);
    win_fill(cr, (win_box){at.x - 0.5, at.y, at.w + 1, at.h}, WIN_TINT);
    win_fill(cr, (win_box){at.x - 0.5, at.y + at.h - 2, at.w + 1, 2}, WIN_ACCENT);
}

/* A red line beneath each letter that is left out. */
static void draw_unknown(const win_view *v, cairo_t *cr, PangoLayout *layout)
{
    const win_core *core = v->core;
    const win_plain *plain = core->editor == &core->text ? &core->plain : &core->says;
    if (!core->ready || *core->composing || plain->from.skipped.count == 0)
        return;
    const char *text = v->core->editor->text;
    for (const char *at = text, *next = at; *at; at = next) {
        uint32_t c = lh_utf8_next(&next);
        if (!win_plain_skips(plain, c))
            continue;
        win_box box = win_field_place(layout, (size_t)(at - text));
        win_fill(cr, (win_box){box.x, box.y + box.h - 2, box.w, 2}, WIN_WARN);
    }
}

/* A dotted line beneath each word on the paper that may be misread. */
static void draw_doubtful(const win_view *v, cairo_t *cr, PangoLayout *layout)
{
    static const double dots[] = {1.5, 2.5};
    const win_sheet *s = &v->core->sheet;
    const win_plain *plain = &v->core->plain;
    if (v->core->editor != &v->core->text || *v->core->composing)
        return;
    cairo_save(cr);
    cairo_set_dash(cr, dots, 2, 0);
    cairo_set_line_width(cr, 2);
    win_set_colour(cr, WIN_WARN, 1);
    for (size_t i = 0; i < s->words && s->word[i].point < s->shown; i++) {
        const lh_word *word = &s->word[i];
        const size_t first = (size_t)word->character, last = first + (size_t)word->count - 1;
        if (!word->doubtful || word->count < 1 || last >= plain->count)
            continue;
        const win_box from = win_field_place(layout, plain->byte[first]),
                      to = win_field_place(layout, plain->byte[last]);
        cairo_move_to(cr, from.x, from.y + from.h - 1);
        cairo_line_to(cr, to.y > from.y ? from.x + from.w : to.x + to.w, from.y + from.h - 1);
        cairo_stroke(cr);
    }
    cairo_restore(cr);
}

#define TYPES 2.0 /* seconds after a key that belong to it: the field stays where one types */

static bool is_in_sight(const win_view *v, win_box at)
{
    double y = at.y - v->field_scroll;
    return y >= 0 && y + at.h + win_field_bars(v) <= win_field_text_box(v).h;
}

static void bring_in_sight(win_view *v, PangoLayout *layout, size_t byte)
{
    win_box at = win_field_place(layout, byte);
    double low = at.y + at.h + win_field_bars(v), room = win_field_text_box(v).h;
    if (low > v->field_scroll + room)
        v->field_scroll = low - room;
    if (at.y < v->field_scroll)
        v->field_scroll = at.y;
    v->field_kept = v->field_scroll;
}

/* Is the field to go along with the letter that is written? Not while somebody types or points
 * here, nor when it was scrolled away from that letter. */
static bool goes_along(const win_view *v, PangoLayout *layout)
{
    const win_core *core = v->core;
    size_t before = v->field_marked;
    bool scrolled = v->field_scroll != v->field_kept;
    if (*core->composing || win_box_holds(v->field_box, v->mouse_x, v->mouse_y))
        return false;
    if (win_moment_held(core))
        return true;
    return core->time > core->last_input + TYPES &&
           ((win_field_bars(v) > 0 && !scrolled) ||
            (before < strlen(core->editor->text) &&
             is_in_sight(v, win_field_place(layout, before))));
}

static void scroll_along(win_view *v, PangoLayout *layout)
{
    const win_core *core = v->core;
    size_t marked = core->editor == &core->text ? core->marked : SIZE_MAX;
    bool written = marked != v->field_marked && marked < strlen(core->editor->text);
    if (written && goes_along(v, layout))
        bring_in_sight(v, layout, marked);
    v->field_marked = marked;
    if (v->field_caret != win_field_caret_byte(v)) /* else the wheel may have left it behind */
        bring_in_sight(v, layout, win_field_caret_byte(v));
    v->field_caret = win_field_caret_byte(v);
}

static void draw_caret(const win_view *v, cairo_t *cr, PangoLayout *layout)
{
    if (v->focus != WIN_FOCUS_TEXT || !win_core_caret_lit(v->core))
        return;
    win_box caret = win_field_place(layout, win_field_caret_byte(v));
    win_fill(cr, (win_box){caret.x - 0.75, caret.y, 1.5, caret.h}, WIN_ACCENT);
}

static const char *hint(const win_view *v)
{
    return win_mode(v->core) == WIN_MODE_DRAW   ? "What you wrote, row by row"
           : win_mode(v->core) == WIN_MODE_FREE ? "The network writes what it likes"
                                                : "Type here";
}

/* Where nothing is typed: what is to be, or what the drawn ink says. */
static void draw_hint(const win_view *v, cairo_t *cr, double width)
{
    char text[300];
    if (win_core_can_caption(v->core)) {
        char **row = g_strsplit(v->core->drawing.reading.text, "\n", -1);
        char *rows = g_strjoinv(" / ", row);
        snprintf(text, sizeof text, "(Tab takes it)  %.240s", rows);
        g_free(rows);
        g_strfreev(row);
    } else if (win_mode(v->core) == WIN_MODE_DRAW && v->core->drawing.reading.rows < WIN_GUIDED)
        snprintf(text, sizeof text, "Write, for instance: %s",
                 win_guide_sentences[v->core->drawing.reading.rows]);
    else
        snprintf(text, sizeof text, "%s", hint(v));
    win_text(cr, (win_box){0, 0, width, 22}, -1, WIN_FIELD_TEXT, WIN_QUIET, text);
}

void win_field_draw(win_view *v, cairo_t *cr)
{
    win_box f = win_field_card(v);
    bool focus = v->focus == WIN_FOCUS_TEXT;
    win_fill(cr, v->field_box, WIN_BACK);
    win_card(cr, f, 8, WIN_PAPER, focus ? WIN_ACCENT : WIN_EDGE);
    PangoLayout *layout = win_field_lay_out(v);
    int height;
    pango_layout_get_pixel_size(layout, NULL, &height);
    v->field_height = height + win_field_bars(v);
    scroll_along(v, layout);
    win_field_scroll(v, 0);
    cairo_save(cr);
    win_box t = win_field_text_box(v);
    if (win_mode(v->core) == WIN_MODE_DRAW)
        win_steps_draw(v, cr, (win_box){t.x, t.y - WIN_FIELD_STEPS - 1, t.w, WIN_FIELD_STEPS});
    cairo_rectangle(cr, f.x + 2, t.y - 2, f.w - 4, t.h + 4);
    cairo_clip(cr);
    cairo_translate(cr, t.x, t.y - v->field_scroll);
    const win_editor *e = v->core->editor;
    if (e->caret != e->anchor)
        fill_range(cr, layout, e->caret < e->anchor ? e->caret : e->anchor,
                   e->caret < e->anchor ? e->anchor : e->caret, 0xc4d8ecu);
    draw_cell(v, cr, layout);
    draw_mark(v, cr, layout);
    draw_unknown(v, cr, layout);
    draw_doubtful(v, cr, layout);
    if (!*e->text && !*v->core->composing)
        draw_hint(v, cr, t.w);
    win_set_colour(cr, win_mode(v->core) == WIN_MODE_FREE ? WIN_QUIET : WIN_TEXT, 1);
    cairo_move_to(cr, 0, 0);
    pango_cairo_show_layout(cr, layout);
    draw_caret(v, cr, layout);
    cairo_restore(cr);
    win_bar_box_draw(cr, win_field_bar(v));
    g_object_unref(layout);
}
