/* What the user does, in parts: events.c tells them apart, keys.c and pointer.c take in what keys,
 * mouse and fingers do. */
#ifndef LONGHAND_WINDOW_EVENTS_H
#define LONGHAND_WINDOW_EVENTS_H

#include "app.h"

/* events.c */
/* The text field was used; was its text changed? */
void win_text_touched(win_app *app, bool changed);

/* keys.c */
/* Those of SDL's modifiers that are held down to make a shortcut. AltGr makes letters, though it
 * comes as Control and Alt on some systems. */
Uint16 win_keys_modifiers(Uint16 held);
/* The text's selection to the clipboard, and that into the text; `primary`: what was selected last,
 * wherever, as the middle button of a mouse has it. */
/* Does what is chosen in the menu, and closes it. */
void win_menu_do(win_app *app);
void win_keys_copy(win_app *app, bool cut);
void win_keys_paste(win_app *app, bool primary);
void win_keys_press(win_app *app, const SDL_KeyboardEvent *event);

/* keys_views.c */
/* While ways are compared: what differs, which is chosen, and taking it. False: the key is none of
 * these. */
bool win_keys_compare(win_app *app, SDL_Keycode key, bool shift);
/* The moment, when the focus is on time. */
void win_keys_time(win_app *app, SDL_Keycode key);
/* When the focus is on the switch of a view. */
void win_keys_view(win_app *app, SDL_Keycode key, bool control, bool shift);

/* pointer.c */
/* The middle button, or the right one: nothing, while the left one holds something. */
void win_pointer_other(win_app *app, const SDL_MouseButtonEvent *event);
void win_pointer_press(win_app *app, const SDL_MouseButtonEvent *event);
void win_pointer_move(win_app *app, const SDL_MouseMotionEvent *event);
void win_pointer_release(win_app *app, const SDL_MouseButtonEvent *event);
void win_pointer_wheel(win_app *app, const SDL_MouseWheelEvent *event);
void win_pointer_finger(win_app *app, const SDL_TouchFingerEvent *event);

#endif
