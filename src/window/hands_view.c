/* The list of hands on the panel, a word in each. Where the panel has no room for all, the list is
 * as high as what else is there leaves it, and is scrolled on its own: so that all controls are in
 * sight. */
#include "view.h"

#include <math.h>

#define GAP (v->panel_tight ? 4.0 : 6.0)
#define BELOW 4.0     /* the last row */
#define NAME_ROW 13.0 /* below a hand's word */
#define LEAST_ROWS 2.6

int win_hands_count(const win_view *v)
{
    return v->core->styles.count + 1;
}

/* Many are smaller. */
static bool are_many(const win_view *v)
{
    return win_hands_count(v) > 6;
}

static int columns_of(const win_view *v)
{
    return v->width < 900 && !are_many(v) ? 2 : 3;
}

int win_panel_columns(const win_view *v, win_value which)
{
    return win_settings[which].look == WIN_STYLES ? columns_of(v) : 1;
}

static double tile_height(const win_view *v)
{
    return are_many(v) ? 35 : 38;
}

static double row_height(const win_view *v)
{
    return tile_height(v) + GAP;
}

double win_hands_height(const win_view *v)
{
    int columns = columns_of(v), rows = (win_hands_count(v) + columns - 1) / columns;
    return rows * row_height(v) + BELOW;
}

double win_hands_least(const win_view *v)
{
    return fmin(win_hands_height(v), LEAST_ROWS * row_height(v));
}

/* ---- scrolling ------------------------------------------------------------------------------- */

static double most(const win_view *v)
{
    return fmax(0, win_hands_height(v) - v->control_box[WIN_STYLE].h);
}

bool win_hands_scroll(win_view *v, double pixels)
{
    double before = v->hands_scroll;
    v->hands_scroll = fmin(most(v), fmax(0, before + pixels));
    return v->hands_scroll != before;
}

void win_hands_follow(win_view *v)
{
    int chosen = (int)v->core->value[WIN_STYLE];
    double room = v->control_box[WIN_STYLE].h;
    if (room == 0 || (chosen == v->hand_followed && room == v->hands_room))
        return;
    double top = chosen / columns_of(v) * row_height(v);
    v->hands_scroll = fmax(fmin(v->hands_scroll, top), top + row_height(v) - room);
    v->hands_scroll = fmin(most(v), fmax(0, v->hands_scroll));
    v->hand_followed = chosen;
    v->hands_room = room;
}

win_box win_hands_bar(const win_view *v)
{
    const double beside = 10;
    win_box b = v->control_box[WIN_STYLE];
    return b.h == 0 || most(v) <= 0
               ? (win_box){0}
               : win_bar_box((win_box){b.x, b.y - v->panel_scroll, b.w + beside, b.h},
                             v->hands_scroll, win_hands_height(v));
}

void win_hands_drag_bar(win_view *v, double y)
{
    win_box b = v->control_box[WIN_STYLE], bar = win_hands_bar(v);
    double share = (y + v->panel_scroll - b.y - bar.h / 2) / fmax(1, b.h - bar.h);
    v->hands_scroll = fmin(1, fmax(0, share)) * most(v);
}

/* ---- drawing --------------------------------------------------------------------------------- */

win_box win_hands_box(const win_view *v, int i)
{
    win_box b = v->control_box[WIN_STYLE];
    int columns = columns_of(v);
    double w = (b.w - GAP * (columns - 1)) / columns;
    return (win_box){b.x + i % columns * (w + GAP),
                     b.y + i / columns * row_height(v) - v->hands_scroll, w, tile_height(v)};
}

int win_hands_at(const win_view *v, double x, double y)
{
    y += v->panel_scroll;
    for (int i = 0; i < win_hands_count(v) && win_box_holds(v->control_box[WIN_STYLE], x, y); i++)
        if (win_box_holds(win_hands_box(v, i), x, y))
            return i;
    return -1;
}

static void draw_one(const win_view *v, cairo_t *cr, win_box box, int i)
{
    bool works = win_value_works(WIN_STYLE, win_mode(v->core));
    bool on = works && (int)v->core->value[WIN_STYLE] == i;
    uint32_t colour = works ? WIN_TEXT : WIN_QUIET;
    if (works)
        win_card(cr, box, 6, on ? WIN_TINT : WIN_PAPER, on ? WIN_ACCENT : WIN_EDGE);
    else
        win_idle_card(cr, box, 6);
    if (i == 0) {
        win_text(cr, box, 0, WIN_SMALL_TEXT, on ? WIN_ACCENT : colour, "by seed");
        return;
    }
    win_box word = {box.x, box.y + 2, box.w, box.h - NAME_ROW - 2};
    win_box name = {box.x + 3, box.y + box.h - NAME_ROW - 1, box.w - 6, NAME_ROW};
    const lh_style *style = v->core->styles.style[i - 1];
    win_thumb_draw(cr, word, &v->core->hands.ink[i - 1], style->ink, colour);
    (on ? win_bold_text : win_text)(cr, name, 0, 10.5, on ? WIN_ACCENT : WIN_QUIET, style->name);
}

void win_hands_draw(const win_view *v, cairo_t *cr)
{
    win_box b = v->control_box[WIN_STYLE], bar = win_hands_bar(v);
    cairo_save(cr);
    cairo_rectangle(cr, b.x - 1, b.y - 1, b.w + 2, b.h + 1);
    cairo_clip(cr);
    for (int i = 0; i < win_hands_count(v); i++) {
        win_box box = win_hands_box(v, i);
        if (win_is_asked_for(cr, box))
            draw_one(v, cr, box, i);
    }
    cairo_restore(cr);
    bar.y += v->panel_scroll;
    win_bar_box_draw(cr, bar);
}
