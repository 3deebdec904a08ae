/* Do steps of the pen cross? */
#ifndef LONGHAND_TOOLS_CROSS_H
#define LONGHAND_TOOLS_CROSS_H

#include <longhand/ink.h>

#include <stdbool.h>

/* Do the steps from a[0] to a[1] and from b[0] to b[1] cross? Steps that only touch do not. */
bool steps_cross(const lh_point *a, const lh_point *b);

#endif
