/* Where everything lies in the text field (field.c), for those who draw in it: field_view.c the
 * text, attended.c what the network looks at. Boxes of a layout are from its top left corner. */
#ifndef LONGHAND_WINDOW_FIELD_H
#define LONGHAND_WINDOW_FIELD_H

#include "view.h"

#define WIN_FIELD_STEPS 17.0 /* in Draw, above the text */

/* The card within the field's place, and where the text is, on the card. */
win_box win_field_card(const win_view *view);
win_box win_field_text_box(const win_view *view);
/* The room beneath each row of text for the bars of what the network looks at; 0: there is none. */
double win_field_bars(const win_view *view);
/* The text as laid out, with what an input method is composing at the caret; the caller unrefs. The
 * layout is kept from frame to frame, as laying out a long text takes longer than drawing it. */
PangoLayout *win_field_lay_out(const win_view *view);
/* The letter at a byte of the text. */
win_box win_field_place(PangoLayout *layout, size_t byte);
size_t win_field_byte_at(PangoLayout *layout, double x, double y);
/* Of the caret, behind what is being composed. */
size_t win_field_caret_byte(const win_view *view);

#endif
