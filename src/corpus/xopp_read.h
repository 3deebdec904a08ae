/* Xournal++ and Xournal files (.xopp, .xoj), unpacked. */
#ifndef LONGHAND_CORPUS_XOPP_READ_H
#define LONGHAND_CORPUS_XOPP_READ_H

#include "recording.h"

/* Adds the rows of writing of each page to `recording`; `name` is the file's in messages. */
lh_status xopp_read(const char *data, size_t size, const char *name, lh_recording *recording,
                    lh_error *error);

#endif
