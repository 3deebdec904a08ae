/* Ink of a text made by hand, stroke by stroke, for marks to be drawn on. */
#ifndef LONGHAND_TESTS_MARKS_PIECE_H
#define LONGHAND_TESTS_MARKS_PIECE_H

#include <longhand/longhand.h>

#include "write/marks.h"

enum { TEXT_MAX = 40, WORDS_MAX = 8, X_HEIGHT = 100 };

/* Ink of a text whose letters stand 100 units apart. */
typedef struct piece {
    lh_model model;
    lh_clerk clerk;
    lh_clerk_word word[WORDS_MAX];
    int32_t index[TEXT_MAX];
    uint32_t sign[TEXT_MAX];
    lh_start start;
} piece;

/* Of the last call that failed. */
extern lh_error error;

/* `signs` is what the text says; what is written is made of it. */
void piece_start(piece *p, const char *signs);
void piece_clear(piece *p);
void begin_word(piece *p, int word);
/* A stroke of `count` points from one place to the other, drawn while the window was on `on` and
 * then, from the point `late` on, on the next character. */
void add_stroke(piece *p, int on, int late, int count, double x0, double y0, double x1, double y1);
/* A letter without any shape: up and down, 60 units wide, as high as `high` heights. */
void add_letter(piece *p, int on, double high);
/* The marks. */
void draw(piece *p);

/* Ink of points from..to-1. */
lh_box box(const piece *p, size_t from, size_t to);
double middle(const lh_box *b);
/* The mark behind a word's ink of `own` points. */
lh_box mark_behind(const piece *p, int word, size_t own);

#endif
