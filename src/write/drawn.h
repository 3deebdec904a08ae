/* When a network draws what no pen can follow: the errors of writing that cannot go on, which name
 * the model. */
#ifndef LONGHAND_WRITE_DRAWN_H
#define LONGHAND_WRITE_DRAWN_H

#include <longhand/write.h>

/* LH_ERROR_NUMERIC where the offset drawn, x[3], is no number. */
lh_status lh_drawn_check(const lh_model *model, const lh_real x[3], lh_error *error);
/* LH_ERROR_NUMERIC: "MODEL: the network WHAT". */
lh_status lh_drawn_fail(const lh_model *model, const char *what, lh_error *error);

#endif
