/* A point as a network draws it, with or without a text (Graves 2013, sections 4.1 and 5): the
 * outputs give a mixture, an offset is drawn from that, and the pen moves by it. Also the errors of
 * a network that draws what no pen can follow, which name the model. */
#ifndef LONGHAND_WRITE_DRAWN_H
#define LONGHAND_WRITE_DRAWN_H

#include "draft.h"

/* The pen's tip: how it moved last, and where it is. */
typedef struct lh_tip {
    lh_real x[3];        /* the offset, normalised; what the network sees next */
    double pen_x, pen_y; /* whiteboard units */
    int rested;          /* points for which it has stood still */
} lh_tip;

/* How the tip came to where it is. */
typedef struct lh_drawn {
    int component;
    float end;    /* how likely the point was to end its stroke */
    int rested;   /* before */
    bool strange; /* no hand makes such an offset, and the network would not find back from it */
} lh_drawn;

/* Moves the tip as the network says that has just been stepped in row `row`: draws at most `draws`
 * times, until the offset is not strange. LH_ERROR_NUMERIC where it is no number. */
lh_status lh_tip_draw(lh_tip *tip, const lh_model *model, const lh_state *state, int row,
                      double bias, int draws, lh_rng *rng, lh_drawn *drawn, lh_error *error);
/* The point drawn, with no place in a text. */
lh_draft_row lh_tip_row(const lh_tip *tip, const lh_drawn *drawn, const lh_state *state, int row);

/* Is offset x[3] one that no hand makes, or no number? */
bool lh_drawn_strange(const lh_real x[3]);
/* LH_ERROR_NUMERIC: "MODEL: the network WHAT". */
lh_status lh_drawn_fail(const lh_model *model, const char *what, lh_error *error);

#endif
