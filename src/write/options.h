/* Options to write with. */
#ifndef LONGHAND_WRITE_OPTIONS_H
#define LONGHAND_WRITE_OPTIONS_H

#include <longhand/write.h>

/* LH_ERROR_ARGUMENT when one is out of its range. */
lh_status lh_write_options_check(const lh_write_options *options, lh_error *error);

#endif
