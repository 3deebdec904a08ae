/* Do steps of the pen cross: see cross.h. */
#include "cross.h"

double ink_turn(const lh_point *a, const lh_point *b, const lh_point *c)
{
    return ((double)b->x - a->x) * ((double)c->y - a->y) -
           ((double)b->y - a->y) * ((double)c->x - a->x);
}

bool ink_steps_cross(const lh_point *a, const lh_point *b)
{
    return ink_turn(a, a + 1, b) * ink_turn(a, a + 1, b + 1) < 0 &&
           ink_turn(b, b + 1, a) * ink_turn(b, b + 1, a + 1) < 0;
}
