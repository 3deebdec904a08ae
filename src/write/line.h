/* A line without end: the pieces of one text, cut, written by clerks, and set one behind the other.
 */
#ifndef LONGHAND_WRITE_LINE_H
#define LONGHAND_WRITE_LINE_H

#include "clerk.h"
#include "words.h"

typedef struct lh_line {
    const lh_model *model;
    const lh_write_options *options;
    const lh_start *start; /* where pieces begin: the style, `own`, or a line's beginning */
    uint64_t index;
    lh_start own; /* the hand that the first piece found, when there is no style */
    lh_draft ink; /* placed: baseline on y = 0 */
    double right;
    lh_word *word; /* [words]; `byte` and `bytes` are not set */
    size_t words, word_capacity;
    lh_guard_report report;
} lh_line;

/* `model`, `options` and `start` are kept by address. */
void lh_line_init(lh_line *line, const lh_model *model, const lh_write_options *options,
                  const lh_start *start, uint64_t index);
void lh_line_clear(lh_line *line);
/* Makes the clerk that writes characters from..to-1 of `words` on this line. */
lh_status lh_line_clerk(const lh_line *line, lh_clerk *clerk, const lh_words *words, size_t from,
                        size_t to, lh_error *error);
/* Levels a done clerk's ink, a piece of `words`, draws the marks on it and sets it behind what
 * there is. A line without a style takes its hand from the first piece: every later piece begins as
 * that one ended. LH_ERROR_NUMERIC when nothing was drawn of the piece, and nothing of the line
 * before. */
lh_status lh_line_take(lh_line *line, lh_clerk *clerk, const lh_words *words, lh_error *error);
/* Cuts the line back to its first `words` words. */
void lh_line_cut(lh_line *line, size_t words);

/* Lets `written` see all but text and ink of the line, which stay its own. */
void lh_line_show(const lh_line *line, lh_written *written);
/* The line as it goes out: `line` is left empty of ink. `text` is what was written, copied. NULL on
 * failure. */
lh_written *lh_line_finish(lh_line *line, const char *text, lh_error *error);
/* Sets times from point `from` on at the pace of the corpus. */
void lh_line_time(lh_point *points, size_t count, size_t from);

#endif
