/* SVG files in: what lh_recording_read says of them. */
#ifndef LONGHAND_CORPUS_SVG_READ_H
#define LONGHAND_CORPUS_SVG_READ_H

#include "recording.h"

/* Adds the lines of writing of a file, called `name` in messages. */
lh_status svg_read(const char *data, size_t size, const char *name, lh_recording *recording,
                   lh_error *error);

#endif
