/* The inks of pages as pens: a plotter draws with one of them after the other. */
#ifndef LONGHAND_PAGE_PENS_H
#define LONGHAND_PAGE_PENS_H

#include <longhand/page.h>

/* Each ink once, in the order in which they are first needed: pen 1 has colour[0]. */
typedef struct lh_pens {
    uint32_t *colour; /* [count], owned; 0xRRGGBB */
    size_t count;     /* 0: nothing is drawn */
} lh_pens;

/* The inks of all lines that have points. The caller frees with lh_pens_free, also after a failure.
 */
lh_status lh_pens_find(lh_pens *pens, const lh_page *const *pages, size_t count, lh_error *error);
void lh_pens_free(lh_pens *pens);

/* The next of the pens that draw on a page, which begins with the one that is `loaded` (an index);
 * `*position` is 0 at first. False: that was the last. */
bool lh_pens_next(const lh_pens *pens, const lh_page *page, size_t loaded, size_t *position,
                  size_t *pen);
/* Is the line drawn with this ink? */
bool lh_pen_draws(uint32_t colour, const lh_page_line *line);

enum { LH_PEN_NAME = 16 };
/* What the ink is called: "blue", or "#rrggbb". Returns `name`. */
char *lh_pen_name(uint32_t colour, char name[LH_PEN_NAME]);

#endif
