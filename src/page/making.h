/* How ink came about, noted on its page, so that it can be made again. */
#ifndef LONGHAND_PAGE_MAKING_H
#define LONGHAND_PAGE_MAKING_H

#include <longhand/page.h>

/* Notes model, bias, seed, program and kernels. `fingerprint` is lh_network_fingerprint of the
 * model, `model` what it is called. */
lh_status lh_page_note_making(lh_page *page, const char *model, uint64_t fingerprint,
                              const lh_write_options *options, lh_error *error);
/* A note whose value is a number. */
lh_status lh_page_note_number(lh_page *page, const char *key, double value, lh_error *error);

#endif
