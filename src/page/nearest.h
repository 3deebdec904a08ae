/* The nearest of many ends that are taken one after the other: a k-d tree (Bentley, 1975), whose
 * nodes know what is left below them. */
#ifndef LONGHAND_PAGE_NEAREST_H
#define LONGHAND_PAGE_NEAREST_H

#include <longhand/ink.h>

typedef struct lh_nearest lh_nearest;

/* Of strokes 0..count-1 with ends at point[2 * i] and point[2 * i + 1], and the rank i. NULL: no
 * memory. */
lh_nearest *lh_nearest_new(const lh_vec2 *point, size_t count);
void lh_nearest_free(lh_nearest *nearest);
/* The stroke with an end nearest to `at` among those not taken; of several, that of the least
 * rank. There must be one. */
size_t lh_nearest_find(const lh_nearest *nearest, lh_vec2 at);
void lh_nearest_take(lh_nearest *nearest, size_t stroke);
void lh_nearest_rank(lh_nearest *nearest, size_t stroke, size_t rank);

#endif
