/* Do steps of the pen cross? */
#ifndef LONGHAND_INK_CROSS_H
#define LONGHAND_INK_CROSS_H

#include <longhand/ink.h>

#include <stdbool.h>

/* Twice the area of the triangle a b c; negative when it turns the other way, 0 on one line. */
double ink_turn(const lh_point *a, const lh_point *b, const lh_point *c);
/* Do the steps from a[0] to a[1] and from b[0] to b[1] cross? Steps that only touch do not. */
bool ink_steps_cross(const lh_point *a, const lh_point *b);

#endif
