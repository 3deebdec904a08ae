/* Do steps of the pen cross: see cross.h. */
#include "cross.h"

/* Twice the area of the triangle a b c; negative when it turns the other way, 0 on one line. */
static double turn(const lh_point *a, const lh_point *b, const lh_point *c)
{
    return ((double)b->x - a->x) * ((double)c->y - a->y) -
           ((double)b->y - a->y) * ((double)c->x - a->x);
}

bool steps_cross(const lh_point *a, const lh_point *b)
{
    return turn(a, a + 1, b) * turn(a, a + 1, b + 1) < 0 &&
           turn(b, b + 1, a) * turn(b, b + 1, a + 1) < 0;
}
