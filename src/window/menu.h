/* The menu of the mouse's right button: what can be done with the text, or with the paper. */
#ifndef LONGHAND_WINDOW_MENU_H
#define LONGHAND_WINDOW_MENU_H

#include "view.h"

/* Items are win_actions, and these. */
enum { WIN_ITEM_CUT = WIN_ACTIONS, WIN_ITEM_COPY, WIN_ITEM_PASTE, WIN_ITEM_ALL, WIN_ITEM_NONE };

/* Opens that of the text, or of the paper, at a place of the window. */
void win_menu_open(win_view *view, bool text, double x, double y);
void win_menu_close(win_view *view);
/* The mouse is at a place, or a key goes `way` items on: another item is chosen. */
void win_menu_point(win_view *view, double x, double y);
void win_menu_step(win_view *view, int way);
/* The item that is chosen, if it can be done; else WIN_ITEM_NONE. */
int win_menu_chosen(const win_view *view);

win_box win_menu_box(const win_view *view);
void win_menu_draw(const win_view *view, cairo_t *cr, win_box box);

#endif
