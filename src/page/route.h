/* The way of a plotter's pen over a page: strokes as polylines, in the order they are drawn. */
#ifndef LONGHAND_PAGE_ROUTE_H
#define LONGHAND_PAGE_ROUTE_H

#include <longhand/page.h>

typedef struct lh_route {
    lh_vec2 *point; /* mm on the page, y down */
    size_t points, capacity;
    size_t
        *first; /* [strokes + 1]: where each stroke starts in `point`; it has one point or more */
    size_t strokes, room;
} lh_route;

/* What is drawn, and how. */
typedef struct lh_route_plan {
    float tolerance; /* mm, > 0, that a reading may be off */
    lh_stroke_order order;
    const uint32_t *pen; /* only what is in this ink; NULL: all */
    lh_vec2 start;       /* where the pen comes from, mm on the page, y down */
} lh_route_plan;

/* Flattens strokes of `page` and puts them in order. A dot is a stroke of one point. The caller
 * frees with lh_route_free, also after a failure. */
lh_status lh_route_make(const lh_page *page, const lh_route_plan *plan, lh_route *route,
                        lh_error *error);
void lh_route_free(lh_route *route);

#endif
