/* How strongly the soft window looks at each letter of the typed text (Graves 2013, section 5.1:
 * phi(t, u)), at the moment that is shown: a shade over the letter, and beneath it a bar, which
 * needs no colour. They lie on the field for a while, as they change with every point. */
#include "base/extremes.h"
#include "field.h"

#include <math.h>
#include <string.h>

/* Less than this is not seen. */
static const float LEAST = 0.02F;
/* A bar is as wide as its letter, but for a row's end, and this at least. */
#define NARROWEST 4.0
/* Of the accent, where a letter is looked at with all there is: text stays readable on it. */
#define SHADE 0.34
#define GAP 1.5 /* from the row to its bars */

/* Of ink that was drawn, `follows` begins with what was typed. */
static size_t byte_of(const win_core *core, const win_plain *says, size_t c)
{
    const win_plain *typed = &core->says;
    if (c >= says->count)
        return SIZE_MAX;
    if (says == &core->plain)
        return core->editor == &core->text ? says->byte[c] : SIZE_MAX;
    bool same = c < typed->count && typed->letter[c] == says->letter[c];
    return same && core->editor == &core->caption ? typed->byte[c] : SIZE_MAX;
}

/* In Write, what rests is not looked at. */
static const lh_window_view *window_of(const win_core *core)
{
    const win_sheet *s = &core->sheet;
    bool looks = core->on[WIN_ATTENTION] && s->points > 0 && !*core->composing &&
                 (win_moment_held(core) || win_sheet_moving(s) || win_mode(core) == WIN_MODE_DRAW);
    return looks ? win_sheet_inside(s, win_moment_next(core)).window : NULL;
}

void win_attended_find(const win_core *core, win_attended *found)
{
    const win_plain *says = win_core_says(core);
    const lh_window_view *view = says ? window_of(core) : NULL;
    found->count = 0;
    for (int i = 0; view && i < LH_WINDOW_SPAN; i++) {
        size_t byte =
            view->first + i < 0 ? SIZE_MAX : byte_of(core, says, (size_t)(view->first + i));
        struct win_attended_letter *last = &found->letter[found->count - (found->count > 0)];
        if (byte == SIZE_MAX || !(view->phi[i] >= LEAST))
            continue;
        if (found->count > 0 && last->byte == byte) /* a sign that is written as several */
            last->much = fminf(1, last->much + view->phi[i]);
        else
            found->letter[found->count++] =
                (struct win_attended_letter){byte, fminf(1, view->phi[i])};
    }
}

/* Where text is seen. */
static win_box sight(const win_view *v)
{
    win_box t = win_field_text_box(v);
    return (win_box){t.x - 2, t.y - 2, t.w + 4, t.h + 4};
}

static win_box letter_box(const win_view *v, PangoLayout *layout, size_t byte)
{
    win_box t = win_field_text_box(v), at = win_field_place(layout, byte);
    return (win_box){t.x + at.x, t.y + at.y - v->field_scroll, fmax(NARROWEST, at.w), at.h};
}

win_box win_attended_box(const win_view *v)
{
    win_attended found;
    win_box all = {0}, room = sight(v);
    if (v->field_box.h <= 0) /* there is no field */
        return all;
    win_attended_find(v->core, &found);
    PangoLayout *layout = found.count > 0 ? win_field_lay_out(v) : NULL;
    double left = room.x + room.w, top = room.y + room.h, right = room.x, low = room.y;
    for (int i = 0; i < found.count; i++) {
        win_box b = letter_box(v, layout, found.letter[i].byte);
        lh_lower(&left, b.x);
        lh_raise(&right, b.x + b.w);
        lh_lower(&top, b.y);
        lh_raise(&low, b.y + b.h + win_field_bars(v));
    }
    if (layout)
        g_object_unref(layout);
    lh_raise(&top, room.y);
    lh_lower(&low, room.y + room.h);
    return low > top ? (win_box){left, top, fmin(right, room.x + room.w) - left, low - top} : all;
}

void win_attended_draw(const win_view *v, cairo_t *cr, win_box box)
{
    win_attended found;
    win_attended_find(v->core, &found);
    PangoLayout *layout = win_field_lay_out(v);
    bool tinted = win_core_look(v->core).cell >= 0; /* the letters are in a cell's colours */
    cairo_rectangle(cr, box.x, box.y, box.w, box.h);
    cairo_clip(cr);
    for (int i = 0; i < found.count; i++) {
        double much = (double)found.letter[i].much;
        win_box b = letter_box(v, layout, found.letter[i].byte);
        cairo_set_operator(cr, CAIRO_OPERATOR_MULTIPLY); /* the letter stays as dark */
        if (!tinted)
            win_fill(cr, b, win_mix(0xffffffu, WIN_ACCENT, SHADE * much));
        cairo_set_operator(cr, CAIRO_OPERATOR_OVER);
        win_fill(cr,
                 (win_box){b.x + 0.5, b.y + b.h + GAP, b.w - 1, (win_field_bars(v) - GAP) * much},
                 WIN_ACCENT);
    }
    g_object_unref(layout);
}
