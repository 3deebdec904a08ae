/* Reading recordings of any kind from memory. */
#ifndef LONGHAND_CORPUS_RECORDING_READ_H
#define LONGHAND_CORPUS_RECORDING_READ_H

#include <longhand/corpus.h>

/* lh_recording_read of what a file holds, which is called `name` in messages; a NUL is behind it.
 */
lh_recording *recording_read_memory(const char *data, size_t size, const char *name,
                                    lh_error *error);

#endif
