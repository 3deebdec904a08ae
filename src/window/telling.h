/* Cells that tell most about something one can name: over the ink on the paper, the correlation of
 * what a cell gives at a step with what the pen does at it (Pearson's; with something that is or is
 * not, the point-biserial one). Halves of the ink are looked at apart, and a cell counts by the
 * less of its two correlations, if they agree in sign: of a thousand cells some go along with
 * anything for a while by chance. */
#ifndef LONGHAND_WINDOW_TELLING_H
#define LONGHAND_WINDOW_TELLING_H

#include "sheet.h"

enum { WIN_TELLING_SHOWN = 6 };

typedef enum win_thing {
    WIN_THING_UP,    /* the pen is lifted */
    WIN_THING_START, /* a stroke begins */
    WIN_THING_UPWARD,
    WIN_THING_SPEED,
    WIN_THING_PLACE, /* letters from the beginning of the word */
    WIN_THING_END,   /* the last letter of a word */
    WIN_THING_LETTER
} win_thing;

enum { WIN_THINGS = WIN_THING_LETTER + 60 }; /* behind these, letters of the text */

typedef struct win_told {
    win_thing what;
    uint32_t letter; /* of WIN_THING_LETTER */
    int cell;        /* of all layers' cells */
    double r;        /* the correlation, the mean of both halves' */
    double least;    /* the less of them, without sign */
} win_told;

typedef struct win_telling {
    win_told told[WIN_TELLING_SHOWN]; /* best first */
    int count;
    unsigned version; /* counts changes of these */

    /* at work */
    float *course; /* [things][points], owned: what the pen did, of mean 0 and length 1 by halves */
    win_told best[WIN_THINGS];
    int things;
    size_t from, points; /* that are looked at; 0: none yet */
    unsigned ink;        /* version of the sheet that they are of */
    int next, cells;     /* the cell that is looked at next; of so many */
} win_telling;

/* Looks at some cells, when there is ink that was not looked at; `plain` NULL: it says nothing. */
void win_telling_update(win_telling *telling, const win_sheet *sheet, const win_plain *plain);
/* Is there more to look at? */
bool win_telling_works(const win_telling *telling);
void win_telling_clear(win_telling *telling);
/* "upward strokes", and the sentence on a cell: "Cell 57 of layer 1 says yes in upward strokes." */
void win_telling_name(const win_told *told, char *text, size_t size);
void win_telling_say(const win_told *told, int cells, char *text, size_t size);

#endif
