/* Where everything lies in the text field: see field.h. */
#include "field.h"

#include <math.h>
#include <string.h>

#define PAD_X 16.0
#define PAD_Y 12.0
#define MARGIN 12.0 /* around the card */

/* For the bars of what the network looks at. */
#define BARS 9.0

win_box win_field_card(const win_view *v)
{
    win_box f = v->field_box;
    return (win_box){f.x + MARGIN, f.y, f.w - 2 * MARGIN, f.h - MARGIN};
}

static double pad_y(const win_view *v)
{
    return win_mode(v->core) == WIN_MODE_DRAW ? PAD_Y / 2 : PAD_Y;
}

double win_field_bars(const win_view *v)
{
    return v->core->on[WIN_ATTENTION] && win_mode(v->core) != WIN_MODE_FREE ? BARS : 0;
}

win_box win_field_text_box(const win_view *v)
{
    win_box c = win_field_card(v);
    double top = pad_y(v) + (win_mode(v->core) == WIN_MODE_DRAW ? WIN_FIELD_STEPS : 0);
    return (win_box){c.x + PAD_X, c.y + top, c.w - 2 * PAD_X, c.h - top - pad_y(v)};
}

static void set_text(PangoLayout *layout, const char *text)
{
    if (strcmp(pango_layout_get_text(layout), text) != 0)
        pango_layout_set_text(layout, text, -1);
}

PangoLayout *win_field_lay_out(const win_view *v)
{
    const win_editor *e = v->core->editor;
    PangoLayout *layout = g_object_ref(v->field_layout);
    pango_layout_set_width(layout, (int)(win_field_text_box(v).w * PANGO_SCALE));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_spacing(layout, (int)(win_field_bars(v) * PANGO_SCALE));
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
    return win_field_lay_out(v);
}

static void end_measure(PangoLayout *layout, cairo_t *cr)
{
    g_object_unref(layout);
    cairo_destroy(cr);
}

win_box win_field_place(PangoLayout *layout, size_t byte)
{
    PangoRectangle at;
    pango_layout_index_to_pos(layout, (int)byte, &at);
    double unit = PANGO_SCALE;
    return (win_box){at.x / unit, at.y / unit, at.width / unit, at.height / unit};
}

size_t win_field_caret_byte(const win_view *v)
{
    return v->core->editor->caret + strlen(v->core->composing);
}

size_t win_field_byte_at(PangoLayout *layout, double x, double y)
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
    size_t byte = win_field_byte_at(layout, x - win_field_text_box(v).x,
                                    y - win_field_text_box(v).y + v->field_scroll);
    end_measure(layout, cr);
    size_t length = strlen(v->core->editor->text);
    return byte < length ? byte : length;
}

size_t win_field_letter(const win_view *v, double x, double y)
{
    cairo_t *cr;
    int index, trailing;
    PangoLayout *layout = measure(v, &cr);
    win_box t = win_field_text_box(v);
    bool inside = pango_layout_xy_to_index(layout, (int)((x - t.x) * PANGO_SCALE),
                                           (int)((y - t.y + v->field_scroll) * PANGO_SCALE), &index,
                                           &trailing);
    end_measure(layout, cr);
    return inside && !*v->core->composing ? (size_t)index : SIZE_MAX;
}

void win_field_scroll(win_view *v, double pixels)
{
    double most = fmax(0, v->field_height - win_field_text_box(v).h);
    v->field_scroll = fmin(most, fmax(0, v->field_scroll + pixels));
}

static win_box bar_room(const win_view *v)
{
    win_box c = win_field_card(v), t = win_field_text_box(v);
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
    win_box caret = win_field_place(layout, v->core->editor->caret);
    double y = way < 0 ? caret.y - caret.h / 2 : caret.y + 1.5 * caret.h;
    int height;
    pango_layout_get_pixel_size(layout, NULL, &height);
    size_t byte = y < 0        ? 0
                  : y > height ? strlen(v->core->editor->text)
                               : win_field_byte_at(layout, caret.x, y);
    end_measure(layout, cr);
    return byte;
}

size_t win_field_edge(const win_view *v, int way)
{
    cairo_t *cr;
    PangoLayout *layout = measure(v, &cr);
    win_box caret = win_field_place(layout, v->core->editor->caret);
    double x = way < 0 ? -1 : v->field_box.w + 1;
    size_t byte = win_field_byte_at(layout, x, caret.y + caret.h / 2);
    end_measure(layout, cr);
    return byte;
}

win_rect win_field_caret(const win_view *v)
{
    cairo_t *cr;
    PangoLayout *layout = measure(v, &cr);
    win_box c = win_field_place(layout, win_field_caret_byte(v));
    end_measure(layout, cr);
    double x = win_field_text_box(v).x + c.x, y = win_field_text_box(v).y + c.y - v->field_scroll;
    return (win_rect){(int)(x * v->zoom), (int)(y * v->zoom), 1, (int)(c.h * v->zoom)};
}
