/* Refusing arguments: see need.h. */
#include "base/need.h"

lh_status lh_refuse(lh_error *error, const char *function, const char *condition)
{
    return lh_fail(error, LH_ERROR_ARGUMENT, "%s was called with unfit arguments: %s must hold",
                   function, condition);
}
