/* The shapes of marks (composed.h), as the tables of signs write them down: points in hundredths of
 * the unit of their place. */
#ifndef LONGHAND_WRITE_COMPOSED_SHAPES_H
#define LONGHAND_WRITE_COMPOSED_SHAPES_H

#include "composed.h"

#define LIFT            \
    {                   \
        LH_MARK_LIFT, 0 \
    }
#define DONE            \
    {                   \
        LH_MARK_DONE, 0 \
    }
/* A ring from its top, to the left. */
#define RING(x, y, r)                                                     \
    {x, (y) + (r)}, {(x) - (r)*7 / 10, (y) + (r)*7 / 10}, {(x) - (r), y}, \
        {(x) - (r)*7 / 10, (y) - (r)*7 / 10}, {x, (y) - (r)},             \
        {(x) + (r)*7 / 10, (y) - (r)*7 / 10}, {(x) + (r), y},             \
        {(x) + (r)*7 / 10, (y) + (r)*7 / 10},                             \
    {                                                                     \
        (x) - 2, (y) + (r)                                                \
    }
#define DOT(x, y)      \
    {x, y},            \
    {                  \
        (x) + 3, (y)-5 \
    }

typedef lh_mark_point dots[];

/* From a letter to what is beside it. */
enum { LETTER_GAP = 20 };

/* A sign that is drawn in a hyphen's place. */
typedef struct lh_drawn_sign {
    uint32_t sign;
    lh_mark mark;
} lh_drawn_sign;

#define INSTEAD(sign, shape)          \
    {                                 \
        sign,                         \
        {                             \
            LH_MARK_INSTEAD, shape, 0 \
        }                             \
    }
#define CLOSE(sign, shape, gap)         \
    {                                   \
        sign,                           \
        {                               \
            LH_MARK_INSTEAD, shape, gap \
        }                               \
    }
#define RAISED(sign, shape)                   \
    {                                         \
        sign,                                 \
        {                                     \
            LH_MARK_RAISED, shape, LETTER_GAP \
        }                                     \
    }
#define LOWERED(sign, shape)                   \
    {                                          \
        sign,                                  \
        {                                      \
            LH_MARK_LOWERED, shape, LETTER_GAP \
        }                                      \
    }

/* Greek letters, and small letters, digits and signs that are raised or lowered. */
extern const lh_drawn_sign lh_composed_greek[], lh_composed_small[];
extern const size_t lh_composed_greeks, lh_composed_smalls;

#endif
