/* How large a hand writes: what a page's scale is chosen by, once for all that the hand writes. */
#ifndef LONGHAND_DOCUMENT_SCRIPT_SIZE_H
#define LONGHAND_DOCUMENT_SCRIPT_SIZE_H

#include <longhand/page.h>

/* Whiteboard units; all 0: not known. */
typedef struct lh_script_size {
    float small;    /* height of the small letters */
    float up, down; /* how far most words go above and below the baseline */
} lh_script_size;

/* Measures what one hand wrote; NULLs among `written` [count] are passed over. */
lh_status lh_script_measure(const lh_written *const *written, size_t count, lh_script_size *size,
                            lh_error *error);

/* mm a unit: small letters fill their share of the pitch as lh_paper_scale has it, but no larger
 * than that what goes down from one row stays off what goes up from the next. */
float lh_script_scale(const lh_script_size *size, const lh_paper *paper);

#endif
