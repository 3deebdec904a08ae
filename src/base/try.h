/* Trying whether a file can be written, before there is anything to write. */
#ifndef LONGHAND_BASE_TRY_H
#define LONGHAND_BASE_TRY_H

#include <longhand/base.h>

/* Creates a file beside `path`, as lh_output_open will, and takes it away again; where `deep`, also
 * the folders above that lack. A device or a pipe is only asked. With `folder_known` files can be
 * created there, and `path` itself is looked at. LH_ERROR_IO names what stands in the way. */
lh_status lh_try_output(const char *path, bool deep, bool folder_known, lh_error *error);

#endif
