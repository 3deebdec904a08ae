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

/* Flattens all strokes of `page` so that no reading is further than `tolerance` mm (> 0) from them,
 * and puts them in order. A dot is a stroke of one point. The caller frees with lh_route_free, also
 * after a failure. */
lh_status lh_route_make(const lh_page *page, float tolerance, lh_stroke_order order,
                        lh_route *route, lh_error *error);
void lh_route_free(lh_route *route);

/* mm with the pen up, from the page's bottom left corner on. */
double lh_route_travel(const lh_route *route, const lh_page *page);

#endif
