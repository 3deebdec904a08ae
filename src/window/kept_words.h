/* Words that were written to show what hands are like, kept on disk between starts: to write them
 * takes the network seconds. */
#ifndef LONGHAND_WINDOW_KEPT_WORDS_H
#define LONGHAND_WINDOW_KEPT_WORDS_H

#include <longhand/longhand.h>

enum { WIN_KEPT_WORDS = 256 }; /* files; when there are more, the oldest go */

/* The path of the file for a text in a style, read over by a reader of this path (NULL: by none):
 * another when anything is that its ink depends on. The caller frees; NULL: there is no such style,
 * or nowhere to keep it. */
char *win_kept_word_path(const lh_model *model, const char *style, const char *reader,
                         const lh_write_options *options, const char *text);
/* NULL: it is not there, or damaged. The caller frees. */
lh_ink *win_kept_word_read(const char *path);
/* Does nothing where the folder cannot be written to. */
void win_kept_word_write(const char *path, const lh_ink *ink);

#endif
