/* Keys of scripts, as a keyboard sends them. */
#ifndef LONGHAND_WINDOW_SCRIPT_KEYS_H
#define LONGHAND_WINDOW_SCRIPT_KEYS_H

#include "app.h"

/* A key as SDL names it, with "ctrl+", "shift+", ... before it. False: there is none of that name.
 */
bool win_script_key(win_app *app, const char *name);
/* Letters, one by one; "\\n" is the return key. */
void win_script_type(win_app *app, const char *text);
/* The tab key, until the control of that name has the focus. False: none has it. */
bool win_script_focus(win_app *app, const char *name);

#endif
