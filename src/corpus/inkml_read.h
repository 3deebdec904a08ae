/* Reading InkML; what is read and how stands at lh_recording_read. */
#ifndef LONGHAND_CORPUS_INKML_READ_H
#define LONGHAND_CORPUS_INKML_READ_H

#include "recording.h"

/* Adds the lines of an InkML file, called `name` in messages. */
lh_status inkml_read(const char *data, size_t size, const char *name, lh_recording *recording,
                     lh_error *error);

#endif
