/* Orders to the scribe: see order.h. */
#include "order.h"

#include <stdlib.h>
#include <string.h>

enum { STRINGS = 6 };

/* The strings of an order, to be treated alike. */
static void strings_of(win_order *order, const char **string[STRINGS])
{
    string[0] = &order->model;
    string[1] = &order->free_model;
    string[2] = &order->style;
    string[3] = &order->text;
    string[4] = &order->reader;
    string[5] = &order->hands;
}

void win_order_clear(win_order *order)
{
    const char **string[STRINGS];
    strings_of(order, string);
    for (int i = 0; i < STRINGS; i++)
        free((char *)*string[i]);
    free(order->drawn.points);
    *order = (win_order){0};
}

bool win_order_copy(win_order *to, const win_order *from)
{
    win_order copy = *from;
    const char **string[STRINGS];
    strings_of(&copy, string);
    bool whole = true;
    for (int i = 0; i < STRINGS; i++) {
        bool given = *string[i] != NULL;
        *string[i] = given ? strdup(*string[i]) : NULL;
        whole &= !given || *string[i];
    }
    copy.drawn = (lh_ink){0};
    lh_error ignored;
    whole &= lh_ink_append(&copy.drawn, &from->drawn, 0, 0, 0, &ignored) == LH_OK;
    if (!whole) {
        win_order_clear(&copy);
        return false;
    }
    win_order_clear(to);
    *to = copy;
    return true;
}

bool win_order_text_differs(const char *a, const char *b)
{
    return a != b && (!a || !b || strcmp(a, b) != 0);
}

bool win_order_same(const win_order *a, const win_order *b)
{
    return a->mode == b->mode && !win_order_text_differs(a->model, b->model) &&
           !win_order_text_differs(a->free_model, b->free_model) &&
           !win_order_text_differs(a->style, b->style) && a->model_turn == b->model_turn &&
           a->free_turn == b->free_turn && a->style_turn == b->style_turn &&
           !win_order_text_differs(a->text, b->text) &&
           !win_order_text_differs(a->hands, b->hands) && a->finished == b->finished &&
           a->bias == b->bias && a->seed == b->seed && a->turn == b->turn && a->views == b->views;
}
