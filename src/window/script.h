/* Scripts: what a person would do, at given times of a clock that the script turns, so that every
 * run is the same. A row is a time in seconds and a command; '#' begins a comment.
 *
 *     0.5 type Hello there\n     letters, one by one; \n is the return key
 *     1   key ctrl+n             as SDL names keys: Left, Tab, F1, ...
 *     2   click 700 40           also double, press, move, release; pixels of the interface
 *     2   wheel -3
 *     3   size 640 480           of the window
 *     4   shot name              saves the frame as DIR/name.png
 *     5   frames 20              from here on saves so many frames a second; 0: none
 *     9   close
 */
#ifndef LONGHAND_WINDOW_SCRIPT_H
#define LONGHAND_WINDOW_SCRIPT_H

#include "app.h"

/* Plays the script at `path`; pictures go to the folder `record`, NULL: none are saved. `show` puts
 * a frame on screen. */
lh_status win_script_play(win_app *app, const char *path, const char *record,
                          void (*show)(win_app *app), lh_error *error);

#endif
