/* Where writing begins: what the network remembers and where its pen stands, after the ink of a
 * style or after the first piece of a text. Made once, copied for every piece that begins there. */
#ifndef LONGHAND_WRITE_START_H
#define LONGHAND_WRITE_START_H

#include <longhand/write.h>

/* Characters of what was written that the window keeps: it looks back by one or two. */
enum { LH_START_TAIL = 16 };

typedef struct lh_start {
    lh_state *state;                 /* one row; NULL: a line's beginning, nothing remembered */
    const lh_adaptation *adaptation; /* of the hand, the writer's; NULL: none */
    lh_real x[3];                    /* the last offset */
    int32_t *text;                   /* [characters]: the tail of what was written, then a blank */
    int characters;
    float pen_x, pen_y; /* the pen, from the right edge of the ink and from its baseline */
    double pace, known; /* of the hand, and from how much ink: as in lh_course */
    float height, lean; /* of the hand's small letters, whiteboard units; x for a unit upwards */
} lh_start;

/* Steps the network in row 0 over the offsets of `ink`; leaves the last, which it has not yet seen,
 * in `x`. */
lh_status lh_follow(const lh_model *model, lh_state *state, const lh_ink *ink, lh_real x[3],
                    lh_error *error);

/* Gives row 0 the text of ink, as the network can write it, and a blank behind it. */
lh_status lh_follow_text(const lh_model *model, lh_state *state, const char *text, lh_error *error);
/* What enters the network at an offset; false: it is none of a pen. */
bool lh_offset_enters(const lh_model *model, lh_offset offset, lh_real x[LH_INPUTS]);

void lh_start_clear(lh_start *start);
/* Measures the hand's letters on level ink. */
void lh_start_measure(lh_start *start, const lh_ink *ink);
/* Fills `start` by letting the model's network, as `adaptation` (may be NULL) changes it, follow
 * `style` (Graves 2013, section 5.5). The adaptation must outlive the start. */
lh_status lh_start_from_style(lh_start *start, const lh_model *model, const lh_style *style,
                              const lh_adaptation *adaptation, lh_error *error);
/* Fills `start` from row `row` of a state whose pen has just been lifted behind `text`
 * [characters], the last of which is a blank. */
lh_status lh_start_from_state(lh_start *start, const lh_model *model, const lh_state *state,
                              int row, const lh_real x[3], const int32_t *text, int characters,
                              lh_error *error);

#endif
