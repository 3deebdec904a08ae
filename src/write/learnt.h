/* What a writer has learnt of its style, as bytes that another process can take it up from: its ink
 * is then that of a writer who has followed the style anew, to the last bit. */
#ifndef LONGHAND_WRITE_LEARNT_H
#define LONGHAND_WRITE_LEARNT_H

#include "base/bytes.h"

#include <longhand/write.h>

/* Puts what lh_writer_new made of a style, or LH_ERROR_ARGUMENT: without a style nothing was
 * learnt. Memory that runs out is told by `bytes`. */
lh_status lh_writer_put(const lh_writer *writer, lh_bytes *bytes, lh_error *error);
/* The writer, of the same model and style. NULL and LH_ERROR_FORMAT when the bytes end early or
 * hold what no writer learns; what is behind them is left. */
lh_writer *lh_writer_take(const lh_model *model, const lh_style *style, lh_bytes_left *left,
                          lh_error *error);

#endif
