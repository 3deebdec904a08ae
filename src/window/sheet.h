/* The sheet: ink of the text so far, broken to lines by the width that the hand took, and how far
 * the pen has come on it. Places are pixels of the interface (points of a high-DPI screen), from
 * the top left corner of the paper, before scrolling. */
#ifndef LONGHAND_WINDOW_SHEET_H
#define LONGHAND_WINDOW_SHEET_H

#include "plain.h"
#include "scribe.h"

#include <cairo.h>

/* Points of which what the network did is kept, at least; and their gates, which are most of it. */
enum { WIN_KEPT_MAX = 12288, WIN_GATES_KEPT = 4096 };

/* Words that stand in a row, one behind the other: behind a tab there is another line in it. */
typedef struct win_line {
    size_t word, words; /* on this line */
    size_t row;         /* of the paper */
    float left;         /* units: of the text's ink, where the line begins */
    float x;            /* pixels from the margin: where that lies */
    size_t passage;     /* of the text, that it is of */
} win_line;

typedef struct win_sheet {
    lh_word *word;
    size_t words, word_capacity;
    lh_point *point;    /* [points] */
    int32_t *character; /* [points]: the character of the text that a point is of */
    size_t points, capacity;

    win_piece **piece; /* [pieces], owned: what is kept of the last points, in order */
    size_t pieces, piece_capacity;
    int mixtures, layers, cells; /* of the network that wrote; 0: none has */
    double bias, scale_x, scale_y;

    win_line *line;
    size_t lines, line_capacity;
    bool flat;                  /* ink that the user drew: it stays where it is, in units of ... */
    float flat_scale;           /* ... so many pixels */
    float width, pitch, margin; /* of the paper, as laid out */
    float letter;               /* units: height of small letters; 0: not known yet */

    unsigned version; /* counts changes of what was on the paper, but for ink that is added */
    double now;       /* seconds of ink: where the pen is */
    size_t shown;     /* points that are on the paper */
    int resume;       /* after writing anew: the character the pen had come to; -1: none */
} win_sheet;

void win_sheet_clear(win_sheet *sheet);
/* Takes ink news in, and what was kept out of them. False: no memory. */
bool win_sheet_take(win_sheet *sheet, win_news *news);
/* sheet_lines.c */
/* Sets the words from `word` on out in rows, as `plain` tells; NULL: they are one passage. False:
 * no memory. */
bool win_sheet_break(win_sheet *sheet, size_t word, const win_plain *plain);
/* The first of the words from `from` on that runs off the paper even alone in a row; SIZE_MAX: none
 * does. */
size_t win_sheet_wide_word(const win_sheet *sheet, size_t from);
/* Pixels: how wide rows are, and how far right ink may go at all. */
float win_sheet_room(const win_sheet *sheet);
float win_sheet_widest(const win_sheet *sheet);

/* What the network did at point `point`; all NULL when that is not kept any more. */
win_inside win_sheet_inside(const win_sheet *sheet, size_t point);

/* Lets `seconds` pass; returns how many points came to be shown. */
size_t win_sheet_advance(win_sheet *sheet, double seconds);
void win_sheet_rewind(win_sheet *sheet);
/* The pen goes to a point that is shown: those behind it are to be drawn again. */
void win_sheet_go(win_sheet *sheet, size_t point);
/* All that is written is shown. */
void win_sheet_finish(win_sheet *sheet);
bool win_sheet_moving(const win_sheet *sheet);

/* Pixels for a unit of ordinary handwriting where lines are so far apart. */
double win_sheet_unit(double pitch);
/* Pixels for a unit, 0 while nothing is written. */
float win_sheet_scale(const win_sheet *sheet);
/* The baseline of row 0, 1, ... */
float win_sheet_row(const win_sheet *sheet, size_t row);
/* The baseline of a line. */
float win_sheet_baseline(const win_sheet *sheet, size_t line);
/* Rows down to the last that has ink. */
size_t win_sheet_rows(const win_sheet *sheet);
/* The points from..to-1 that line `line` has. */
void win_sheet_points(const win_sheet *sheet, size_t line, size_t *from, size_t *to);
/* The line that point `point` is on. */
size_t win_sheet_line(const win_sheet *sheet, size_t point);
/* Where point `point` lies. */
lh_vec2 win_sheet_at(const win_sheet *sheet, size_t point);
/* Where the pen is; false when it has not begun. */
bool win_sheet_pen(const win_sheet *sheet, lh_vec2 *at, bool *down);
/* How high the writing so far is. */
float win_sheet_height(const win_sheet *sheet);

typedef struct win_ink_look {
    double width; /* pixels */
    uint32_t colour;
    bool lifts;                   /* show the pen's way through the air */
    int cell;                     /* colours the ink by what it does, in these colours; -1: none */
    const uint32_t *cell_colours; /* [256] for -128..127 */
} win_ink_look;

/* How the way to a point looks: the colour, and the width there in pixels. */
typedef struct win_tint {
    uint32_t colour;
    double width;
} win_tint;

win_tint win_sheet_tint(const win_sheet *sheet, const win_ink_look *look, size_t point);

/* The pen's way in the air: its colour, how much of it there is, and pixels. */
#define WIN_LIFT_COLOUR 0x2e6ba8u
#define WIN_LIFT_SHARE 0.35
#define WIN_LIFT_WIDTH 0.8
/* Was the pen lifted, on its line, on the way to the point? */
bool win_sheet_lifts(const win_sheet *sheet, size_t point);

/* The points of all rows that may touch the rows of pixels top..bottom: first..last-1. */
void win_sheet_seen(const win_sheet *sheet, float top, float bottom, size_t *first, size_t *last);
/* Draws the way to points from..to-1, where it touches the rows of pixels top..bottom. */
void win_sheet_draw(const win_sheet *sheet, cairo_t *cr, size_t from, size_t to,
                    const win_ink_look *look, float top, float bottom);

#endif
