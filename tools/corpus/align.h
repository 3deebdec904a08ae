/* Which character each point of a line belongs to, by the window of a network that writes, or by a
 * network that reads. */
#ifndef LONGHAND_TOOLS_ALIGN_H
#define LONGHAND_TOOLS_ALIGN_H

#include <longhand/corpus.h>
#include <longhand/read.h>

/* A line and its characters. */
typedef struct aligned {
    lh_corpus_line line;
    int32_t *text; /* owned; [characters], indices of the model's alphabet */
    size_t characters;
    int *on; /* owned; [line.count]: the character that the point is of; `characters`: none */
    double *sureness; /* owned; [characters] of a line that was read: how sure each is; else NULL */
    float height;     /* of its small letters */
} aligned;

enum { ALIGN_ROWS = 64 };

/* Lets the network follow `count` lines under their texts, some at a time: `state` has ALIGN_ROWS
 * rows. A text with a character that the model does not know is an error. On success each of `to`
 * is to be freed with align_clear. */
lh_status align_lines(const lh_model *model, lh_state *state, const lh_corpus_line *lines,
                      size_t count, aligned *to, lh_error *error);
/* The same of one line by what a reader sees in it: `to` is to be freed with align_clear. A text
 * with a character that the reader does not know, or that does not fit the ink, is
 * LH_ERROR_ARGUMENT. */
lh_status align_read(const lh_reader *reader, const lh_corpus_line *line, aligned *to,
                     lh_error *error);
void align_clear(aligned *line);

/* The strokes of one character. */
typedef struct cutting {
    size_t first, end; /* points first..end-1: whole strokes, one behind the other */
    size_t strokes;
    lh_box box;
} cutting;

/* Cuts character `place` out of its line; false where it is not in strokes of its own. */
bool align_cut(const aligned *line, size_t place, cutting *cut);

#endif
