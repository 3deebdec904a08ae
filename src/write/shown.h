/* What of some ink can be seen on paper. A pen has a width: a dot that touches other ink runs into
 * it, and the eye does not find what a network, which is told each stroke, still does. */
#ifndef LONGHAND_WRITE_SHOWN_H
#define LONGHAND_WRITE_SHOWN_H

#include <longhand/ink.h>

/* Copies the strokes of `point` [count] that show into `shown` [count]: all but dots that lie as
 * near to a stroke that shows as a pen is wide. Of two such dots one remains. `height`: of the
 * small letters, by which the pen's width goes; > 0. Returns how many points there are then. */
size_t lh_shown(const lh_point *point, size_t count, double height, lh_point *shown);

#endif
