/* The lines printed on paper, for renderers that draw it. */
#ifndef LONGHAND_PAGE_RULING_H
#define LONGHAND_PAGE_RULING_H

#include <longhand/page.h>

#define LH_RULE_COLOUR 0xb8c6d8u
#define LH_RULE_WIDTH 0.12f /* mm */

typedef struct lh_rule {
    float x0, y0, x1, y1; /* mm; level or upright */
} lh_rule;

const char *lh_ruling_name(lh_ruling ruling);
/* Visits the rules of `paper`: start with `*position` = 0; false behind the last. Ruled paper has a
 * line under every row, from edge to edge; squared paper has squares of half the pitch all over, on
 * whose lines the rows stand. */
bool lh_rule_next(const lh_paper *paper, size_t *position, lh_rule *rule);

#endif
