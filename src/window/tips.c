/* What is said of what is under the mouse: see view.h. */
#include "view.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Seconds that the mouse rests before a tip comes. */
static const double rest = 0.4;

static const char *const value_tips[WIN_VALUES] = {
    [WIN_MODE] = "Write a text, let the network write what it likes, or draw by hand",
    [WIN_STYLE] = "Whose hand it is",
    [WIN_BIAS] = "How far the pen keeps to what is likely: 0 as people vary, more is neater",
    [WIN_SEED] = "Which of all possible writings: the same seed gives the same ink",
    [WIN_SPEED] = "How fast the pen goes, against a person\u2019s pace",
    [WIN_WIDTH] = "The pen\u2019s width",
    [WIN_COLOUR] = "The colour of the ink",
    [WIN_RULING] = "What is printed on the paper",
    [WIN_SIZE] = "How far rows are apart; letters grow with it",
};

/* A number for each thing that has a tip. */
static int tip_of(const win_view *v)
{
    win_action view = win_dock_view(v, v->mouse_x, v->mouse_y);
    int hand = v->hover == WIN_STYLE ? win_hands_at(v, v->mouse_x, v->mouse_y) : -1;
    if (hand >= 0)
        return 2 + WIN_CONTROLS + WIN_ACTIONS + hand;
    if (v->hover >= 0)
        return 1 + v->hover;
    if (view != WIN_ACTIONS)
        return 1 + WIN_CONTROLS + (int)view;
    bool lens = win_box_holds(v->lens_box, v->mouse_x, v->mouse_y);
    return lens ? 1 + WIN_CONTROLS + WIN_ACTIONS : 0;
}

void win_tip_follow(win_view *v)
{
    int now = tip_of(v);
    if (now == v->tip_of)
        return;
    v->tip_of = now;
    v->tip_due = now > 0 ? v->core->time + rest : INFINITY;
}

static void add_keys(char *text, size_t size, const char *keys)
{
    size_t length = strlen(text);
    if (keys && *keys)
        snprintf(text + length, size - length, "\nKeys: %s", keys);
}

/* Of the hand under the mouse, which need not be the one that is chosen. */
static void say_hand(const win_view *v, int hand, char *text, size_t size)
{
    const win_styles *styles = &v->core->styles;
    if (hand == 0)
        snprintf(text, size, "Hand: by seed\nNobody\u2019s, found by the seed");
    else
        snprintf(text, size, "Hand: %.100s\n%s", styles->style[hand - 1]->name,
                 win_styles_is_own(styles, hand - 1)
                     ? "Your own. A click writes in it, the right button renames or deletes it"
                     : "A click writes in it");
    add_keys(text, size, win_settings[WIN_STYLE].keys);
}

static void say_value(const win_view *v, win_value which, char *text, size_t size)
{
    char value[32], idle[80] = "";
    const char *name = win_settings[which].name;
    bool works = win_value_works(which, win_mode(v->core));
    int hand = which == WIN_STYLE ? win_hands_at(v, v->mouse_x, v->mouse_y) : -1;
    if (hand >= 0 && works) {
        say_hand(v, hand, text, size);
        return;
    }
    win_value_text(which, v->core->value[which], value, sizeof value);
    if (!works)
        win_value_idle(which, idle, sizeof idle);
    if (which == WIN_STYLE)
        snprintf(text, size, "%s\n%s", name, *idle ? idle : value_tips[which]);
    else
        snprintf(text, size, "%s: %s\n%s", name, value, *idle ? idle : value_tips[which]);
    add_keys(text, size, win_settings[which].keys);
}

static void say_deed(const win_view *v, win_action which, char *text, size_t size)
{
    char idle[80] = "";
    if (!win_deed_works(which, win_mode(v->core)))
        win_deed_idle(which, idle, sizeof idle);
    snprintf(text, size, "%s\n%s", win_deeds[which].name, *idle ? idle : win_deeds[which].help);
    add_keys(text, size, win_deeds[which].keys);
}

/* The letter that a point is of, in quotes. */
static void quote_letter(const win_core *core, size_t point, char letter[16])
{
    size_t c = (size_t)core->sheet.character[point];
    char utf8[5] = "";
    const win_plain *says = win_core_says(core);
    *letter = '\0';
    if (!says || c >= says->count)
        return;
    lh_utf8_encode(says->letter[c], utf8);
    snprintf(letter, 16, ", \u201c%s\u201d", utf8);
}

static void say_cell(const win_view *v, size_t point, char *text, size_t size)
{
    const win_sheet *s = &v->core->sheet;
    int cell = win_dock_cell(v, v->mouse_x, v->mouse_y);
    const int8_t *given = win_sheet_inside(s, point).cell;
    if (cell < 0 || !given)
        return;
    size_t length = strlen(text);
    snprintf(text + length, size - length, "\nlayer %d, cell %d gives %+.2f", cell / s->cells + 1,
             cell % s->cells + 1, given[cell] / 127.0);
}

static void say_gates(const win_view *v, size_t point, char *text, size_t size)
{
    const lh_saturation *gates = win_sheet_inside(&v->core->sheet, point).saturation;
    for (int n = 0; gates && n < v->core->sheet.layers; n++) {
        size_t length = strlen(text);
        snprintf(text + length, size - length,
                 "\nlayer %d open/shut: input %.0f/%.0f, forget %.0f/%.0f, output %.0f/%.0f %%",
                 n + 1, 100 * (double)gates[n].open[0], 100 * (double)gates[n].shut[0],
                 100 * (double)gates[n].open[1], 100 * (double)gates[n].shut[1],
                 100 * (double)gates[n].open[2], 100 * (double)gates[n].shut[2]);
    }
}

/* What a view shows at the place of the mouse. */
static void say_view(const win_view *v, win_action view, char *text, size_t size)
{
    size_t point = win_dock_point(v, v->mouse_x, v->mouse_y);
    char letter[16];
    if (point >= v->core->sheet.points) {
        snprintf(text, size, "%s\n%s", win_deeds[view].name, win_dock_hint(view));
        return;
    }
    win_inside inside = win_sheet_inside(&v->core->sheet, point);
    quote_letter(v->core, point, letter);
    snprintf(text, size, "%s, point %zu%s\n%s", win_deeds[view].name, point + 1, letter,
             win_dock_hint(view));
    size_t length = strlen(text);
    if (view == WIN_CELLS)
        say_cell(v, point, text, size);
    else if (view == WIN_GATES)
        say_gates(v, point, text, size);
    else if (view == WIN_AHEAD && inside.trace)
        snprintf(text + length, size - length, "\npen up %.0f %%", 100 * (double)inside.trace->end);
}

void win_tip_text(const win_view *v, char *text, size_t size)
{
    win_action view = win_dock_view(v, v->mouse_x, v->mouse_y);
    *text = '\0';
    if (v->hover >= WIN_VALUES)
        say_deed(v, (win_action)(v->hover - WIN_VALUES), text, size);
    else if (v->hover >= 0)
        say_value(v, (win_value)v->hover, text, size);
    else if (view != WIN_ACTIONS)
        say_view(v, view, text, size);
    else if (win_box_holds(v->lens_box, v->mouse_x, v->mouse_y))
        snprintf(text, size,
                 "Next point\nWhere the network expects the pen to go: the darker, the likelier; "
                 "the orange component was drawn from. The ring fills as it expects a lift.");
}
