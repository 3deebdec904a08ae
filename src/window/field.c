/* The text field: what is typed, with caret, selection, and the letter that is being written. */
#include "view.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define PAD_X 16.0
#define PAD_Y 12.0
#define SIZE WIN_FIELD_TEXT
#define MARGIN 12.0 /* around the card */
#define STEPS 17.0  /* in Draw, above the text */

/* The card within the field's place. */
static win_box card(const win_view *v)
{
    win_box f = v->field_box;
    return (win_box){f.x + MARGIN, f.y, f.w - 2 * MARGIN, f.h - MARGIN};
}

static double pad_y(const win_view *v)
{
    return win_mode(v->core) == WIN_MODE_DRAW ? PAD_Y / 2 : PAD_Y;
}

/* Where the text is, on the card. */
static win_box text_box(const win_view *v)
{
    win_box c = card(v);
    double top = pad_y(v) + (win_mode(v->core) == WIN_MODE_DRAW ? STEPS : 0);
    return (win_box){c.x + PAD_X, c.y + top, c.w - 2 * PAD_X, c.h - top - pad_y(v)};
}

/* The text as laid out, with what an input method is composing at the caret. The layout is kept
 * from frame to frame, as laying out a long text takes longer than drawing it. */
static void set_text(PangoLayout *layout, const char *text)
{
    if (strcmp(pango_layout_get_text(layout), text) != 0)
        pango_layout_set_text(layout, text, -1);
}

static PangoLayout *lay_out(const win_view *v)
{
    const win_editor *e = v->core->editor;
    PangoLayout *layout = g_object_ref(v->field_layout);
    pango_layout_set_width(layout, (int)(text_box(v).w * PANGO_SCALE));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    if (pango_layout_get_attributes(layout))
        pango_layout_set_attributes(layout, NULL);
    if (!*v->core->composing) {
        set_text(layout, e->text);
        return layout;
    }
    char *text =
        g_strdup_printf("%.*s%s%s", (int)e->caret, e->text, v->core->composing, e->text + e->caret);
    set_text(layout, text);
    g_free(text);
    PangoAttrList *list = pango_attr_list_new();
    PangoAttribute *line = pango_attr_underline_new(PANGO_UNDERLINE_SINGLE);
    line->start_index = (guint)e->caret;
    line->end_index = (guint)(e->caret + strlen(v->core->composing));
    pango_attr_list_insert(list, line);
    pango_layout_set_attributes(layout, list);
    pango_attr_list_unref(list);
    return layout;
}

/* A layout to measure with, outside of drawing. */
static PangoLayout *measure(const win_view *v, cairo_t **cr)
{
    *cr = cairo_create(v->frame);
    cairo_scale(*cr, v->scale, v->scale);
    return lay_out(v);
}

static void end_measure(PangoLayout *layout, cairo_t *cr)
{
    g_object_unref(layout);
    cairo_destroy(cr);
}

static win_box place_of(PangoLayout *layout, size_t byte)
{
    PangoRectangle at;
    pango_layout_index_to_pos(layout, (int)byte, &at);
    double unit = PANGO_SCALE;
    return (win_box){at.x / unit, at.y / unit, at.width / unit, at.height / unit};
}

static size_t caret_byte(const win_view *v)
{
    return v->core->editor->caret + strlen(v->core->composing);
}

static size_t byte_at(PangoLayout *layout, double x, double y)
{
    int index, trailing;
    pango_layout_xy_to_index(layout, (int)(x * PANGO_SCALE), (int)(y * PANGO_SCALE), &index,
                             &trailing);
    const char *text = pango_layout_get_text(layout), *at = text + index;
    while (trailing-- > 0 && *at)
        at = g_utf8_next_char(at);
    return (size_t)(at - text);
}

size_t win_field_byte(const win_view *v, double x, double y)
{
    cairo_t *cr;
    PangoLayout *layout = measure(v, &cr);
    size_t byte = byte_at(layout, x - text_box(v).x, y - text_box(v).y + v->field_scroll);
    end_measure(layout, cr);
    size_t length = strlen(v->core->editor->text);
    return byte < length ? byte : length;
}

size_t win_field_letter(const win_view *v, double x, double y)
{
    cairo_t *cr;
    int index, trailing;
    PangoLayout *layout = measure(v, &cr);
    win_box t = text_box(v);
    bool inside = pango_layout_xy_to_index(layout, (int)((x - t.x) * PANGO_SCALE),
                                           (int)((y - t.y + v->field_scroll) * PANGO_SCALE), &index,
                                           &trailing);
    end_measure(layout, cr);
    return inside && !*v->core->composing ? (size_t)index : SIZE_MAX;
}

void win_field_scroll(win_view *v, double pixels)
{
    double most = fmax(0, v->field_height - text_box(v).h);
    v->field_scroll = fmin(most, fmax(0, v->field_scroll + pixels));
}

static win_box bar_room(const win_view *v)
{
    win_box c = card(v), t = text_box(v);
    return (win_box){c.x, t.y, c.w - 4, t.h};
}

win_box win_field_bar(const win_view *v)
{
    return win_bar_box(bar_room(v), v->field_scroll, v->field_height);
}

void win_field_drag_bar(win_view *v, double y)
{
    win_box room = bar_room(v), bar = win_field_bar(v);
    double share = (y - bar.h / 2 - room.y) / fmax(1, room.h - bar.h);
    v->field_scroll = fmin(1, fmax(0, share)) * fmax(0, v->field_height - room.h);
}

size_t win_field_row(const win_view *v, int way)
{
    cairo_t *cr;
    PangoLayout *layout = measure(v, &cr);
    win_box caret = place_of(layout, v->core->editor->caret);
    double y = way < 0 ? caret.y - caret.h / 2 : caret.y + 1.5 * caret.h;
    int height;
    pango_layout_get_pixel_size(layout, NULL, &height);
    size_t byte = y < 0        ? 0
                  : y > height ? strlen(v->core->editor->text)
                               : byte_at(layout, caret.x, y);
    end_measure(layout, cr);
    return byte;
}

size_t win_field_edge(const win_view *v, int way)
{
    cairo_t *cr;
    PangoLayout *layout = measure(v, &cr);
    win_box caret = place_of(layout, v->core->editor->caret);
    double x = way < 0 ? -1 : v->field_box.w + 1;
    size_t byte = byte_at(layout, x, caret.y + caret.h / 2);
    end_measure(layout, cr);
    return byte;
}

win_rect win_field_caret(const win_view *v)
{
    cairo_t *cr;
    PangoLayout *layout = measure(v, &cr);
    win_box c = place_of(layout, caret_byte(v));
    end_measure(layout, cr);
    double x = text_box(v).x + c.x, y = text_box(v).y + c.y - v->field_scroll;
    return (win_rect){(int)(x * v->zoom), (int)(y * v->zoom), 1, (int)(c.h * v->zoom)};
}

/* ---- drawing --------------------------------------------------------------------------------- */

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
    size_t first = byte_at(layout, 0, v->field_scroll);
    size_t last = byte_at(layout, v->field_box.w, v->field_scroll + card(v).h);
    for (size_t c = 0; value && points && c < plain->count && plain->byte[c] <= last; c++) {
        if (plain->byte[c] < first || isnan(value[c]) || plain->letter[c] == ' ')
            continue;
        win_box at = place_of(layout, plain->byte[c]);
        double much = fmin(1, fmax(-1, (double)value[c] * core->cell_gain));
        uint32_t colour = core->cell_colours[(int)lround(127 * much) + 128];
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
    win_box at = place_of(layout, v->core->marked);
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
        win_box box = place_of(layout, (size_t)(at - text));
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
        const win_box from = place_of(layout, plain->byte[first]),
                      to = place_of(layout, plain->byte[last]);
        cairo_move_to(cr, from.x, from.y + from.h - 1);
        cairo_line_to(cr, to.y > from.y ? from.x + from.w : to.x + to.w, from.y + from.h - 1);
        cairo_stroke(cr);
    }
    cairo_restore(cr);
}

static void keep_caret_in_sight(win_view *v, PangoLayout *layout)
{
    win_box caret = place_of(layout, caret_byte(v));
    double room = text_box(v).h;
    if (caret.y < v->field_scroll)
        v->field_scroll = caret.y;
    if (caret.y + caret.h > v->field_scroll + room)
        v->field_scroll = caret.y + caret.h - room;
}

static void draw_caret(const win_view *v, cairo_t *cr, PangoLayout *layout)
{
    if (v->focus != WIN_FOCUS_TEXT || !win_core_caret_lit(v->core))
        return;
    win_box caret = place_of(layout, caret_byte(v));
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
    win_text(cr, (win_box){0, 0, width, 22}, -1, SIZE, WIN_QUIET, text);
}

void win_field_draw(win_view *v, cairo_t *cr)
{
    win_box f = card(v);
    bool focus = v->focus == WIN_FOCUS_TEXT;
    win_fill(cr, v->field_box, WIN_BACK);
    win_card(cr, f, 8, WIN_PAPER, focus ? WIN_ACCENT : WIN_EDGE);
    PangoLayout *layout = lay_out(v);
    int height;
    pango_layout_get_pixel_size(layout, NULL, &height);
    v->field_height = height;
    if (v->field_caret != caret_byte(v)) /* else the wheel may have left it behind */
        keep_caret_in_sight(v, layout);
    v->field_caret = caret_byte(v);
    win_field_scroll(v, 0);
    cairo_save(cr);
    win_box t = text_box(v);
    if (win_mode(v->core) == WIN_MODE_DRAW)
        win_steps_draw(v, cr, (win_box){t.x, t.y - STEPS - 1, t.w, STEPS});
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
