/* Which build of Longhand is running. */
#ifndef LONGHAND_BASE_PROGRAM_H
#define LONGHAND_BASE_PROGRAM_H

#include <stdint.h>

/* A number that is another when the running program, or the shared library that this is part of, is
 * another file or was built or installed anew: another build may round differently. */
uint64_t lh_program_stamp(void);

#endif
