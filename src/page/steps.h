/* How each point of a line came about, as a page keeps it. */
#ifndef LONGHAND_PAGE_STEPS_H
#define LONGHAND_PAGE_STEPS_H

#include <longhand/page.h>

/* A copy whose characters are counted from 0. NULL: no memory. */
lh_steps *lh_steps_copy(const lh_steps *steps, lh_error *error);
void lh_steps_free(lh_steps *steps);

#endif
