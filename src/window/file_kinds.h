/* Kinds of files that the paper is saved as, from 0: the formats as lh_format_at has them, and
 * behind them the SVG that writes itself. */
#ifndef LONGHAND_WINDOW_FILE_KINDS_H
#define LONGHAND_WINDOW_FILE_KINDS_H

int win_export_kinds(void);
/* "svg", ..., "moving svg", and in words. */
const char *win_export_name(int kind);
const char *win_export_title(int kind);
/* The kind of that name; 0, where there is none. */
int win_export_kind(const char *name);

#endif
