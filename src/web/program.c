/* Which build of Longhand is running: a page has no file of it to look at, and kept hands come with
 * the page that they are of. */
#include "base/program.h"

uint64_t lh_program_stamp(void)
{
    return 0;
}
