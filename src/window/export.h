/* Saving the paper: as files of the formats of the page room and as an SVG that writes itself, and
 * as a picture on the clipboard. */
#ifndef LONGHAND_WINDOW_EXPORT_H
#define LONGHAND_WINDOW_EXPORT_H

#include "app.h"
#include "file_kinds.h"

/* The folder that files go to; NULL: there is none. `here` takes the current one, where that is it.
 */
const char *win_export_folder(const win_app *app, char *here, size_t size);
/* What files are called, but for number and ending. */
const char *win_export_base(const win_app *app);
/* The file of this kind, without a number. False: there is no folder. */
bool win_export_path(const win_app *app, int kind, char path[4096]);
/* Saves what is on the paper, and says so, or why not. */
bool win_export_save(win_app *app, int kind, const char *path);

#endif
