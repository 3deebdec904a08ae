/* Scripts: what a person would do, at given times. A row is a time in seconds and a command; '#'
 * begins a comment.
 *
 *     0.5 type Hello there\n     letters, one by one; \n is the return key
 *     1   key ctrl+n             as SDL names keys: Left, Tab, F1, ...; also shift+, alt+, altgr+,
 *                            gui+; with the letter that it makes, as keyboards send it
 *     1   focus Cells            the tab key, until this control is in focus; also text, time
 *     2   click 700 40           also double, press, move, release, right, middle; pixels of the
 *                            interface
 *     2   touch down 700 40 0.8 a finger or a pen, and how much it presses, 0 to 1; move, up;
 *                            behind that the number of another finger
 *     2   compose ni         what an input method has not finished; nothing: it gave up
 *     2   wheel -3
 *     3   size 640 480           of the window
 *     3   drop some/file.xml     as if dropped on the window
 *     4   shot name              saves the frame as DIR/name.png
 *     5   frames 20              from here on saves so many frames a second; 0: none
 *     6   state                  prints what the window holds
 *     7   stats name             prints what was measured since the last such row
 *     8   again 2 3600         plays the rows from time 2 on again, until time 3600; none of them
 *                            may be another such row
 *     3601 close
 */
#ifndef LONGHAND_WINDOW_SCRIPT_H
#define LONGHAND_WINDOW_SCRIPT_H

#include "app.h"
#include "stats.h"

typedef struct win_script win_script;

/* Reads the script at `path`; pictures go to the folder `record`, NULL: none are saved. NULL on
 * failure; a row that is wrong is named when its time comes. */
win_script *win_script_open(win_app *app, const char *path, const char *record, win_stats *stats,
                            lh_error *error);
/* A script of rows that stand here; their times count from `from` on. `name` names them in errors.
 */
win_script *win_script_of(win_app *app, const char *rows, const char *name, double from,
                          lh_error *error);
void win_script_close(win_script *script);
/* Does what is due. */
lh_status win_script_play(win_script *script, lh_error *error);
/* When the next row is due; infinite when none is left. */
double win_script_due(const win_script *script);
/* Saves the frame just drawn, when it is time for that. */
lh_status win_script_record(win_script *script, lh_error *error);

#endif
