/* The hands that can be chosen: IAM-OnDB lines that are installed, those that the user drew, and
 * those dropped on the window. */
#ifndef LONGHAND_WINDOW_STYLE_LIST_H
#define LONGHAND_WINDOW_STYLE_LIST_H

#include <longhand/longhand.h>

enum { WIN_STYLES_MAX = 63 };

typedef struct win_styles {
    lh_style *style[WIN_STYLES_MAX]; /* owned */
    char *path[WIN_STYLES_MAX];      /* owned */
    unsigned turn[WIN_STYLES_MAX];   /* of all that were read: what is read anew has another */
    unsigned turns;
    int count;
} win_styles;

/* Where the user's own styles are kept, with the folder made; the caller frees. NULL: nowhere. */
char *win_styles_folder(void);
/* Reads all styles of the folders (NULL: none), sorted by name; files that are none are passed
 * over. */
void win_styles_find(win_styles *styles, const char *installed, const char *own);
/* Reads one more, and one that is there anew, as its file may be another by now; returns its index
 * or -1 with `error` filled. */
int win_styles_add(win_styles *styles, const char *path, lh_error *error);
/* Is it a file, and one with a text beside it as well, or not there? Of pipes and devices reading
 * may never come to an end. */
bool win_styles_is_file(const char *path);
/* The style called `name`; -1 when there is none. */
int win_styles_named(const win_styles *styles, const char *name);
void win_styles_clear(win_styles *styles);
/* Keeps ink that says `text` as a new file in `folder`; the caller frees its path. NULL on failure.
 */
char *win_styles_keep(const char *folder, const lh_ink *ink, const char *text, lh_error *error);
/* The same of a hand that was learnt. */
char *win_styles_keep_hand(const char *folder, const lh_style *style, lh_error *error);

/* Where the next of the user's own hands is kept in `folder`: own-0001 and this ending, ".hand", or
 * with the next number that is free. An empty file stands there from now on, so that no other
 * window takes that number: whoever does not write it removes it. The caller frees. NULL on
 * failure. */
char *win_styles_next(const char *folder, const char *ending, lh_error *error);
/* The text that goes with a line, NAME.xml: NAME.txt; the caller frees. NULL: it is no line, or
 * there is no memory. */
char *win_styles_text(const char *path);

/* Can a style be renamed and deleted? Those of the user's own folder can. */
bool win_styles_is_own(const win_styles *styles, int index);
/* Gives a style, and its files, another name; no file is replaced. A name that is taken, or cannot
 * be a file's, is LH_ERROR_ARGUMENT. */
lh_status win_styles_rename(win_styles *styles, int index, const char *name, lh_error *error);
/* Deletes a style and its files; those behind it move up. */
lh_status win_styles_delete(win_styles *styles, int index, lh_error *error);

#endif
