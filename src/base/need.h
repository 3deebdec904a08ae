/* What a public function does first where it can fail: the rule for arguments of base.h. */
#ifndef LONGHAND_BASE_NEED_H
#define LONGHAND_BASE_NEED_H

#include <longhand/base.h>

/* Returns `otherwise` from a function whose arguments do not fulfil the condition, with an error
 * that names both. */
#define LH_NEED(error, condition, otherwise)        \
    do {                                            \
        if (!(condition)) {                         \
            lh_refuse(error, __func__, #condition); \
            return otherwise;                       \
        }                                           \
    } while (0)

/* LH_ERROR_ARGUMENT of `function`, which was called although `condition` does not hold. */
lh_status lh_refuse(lh_error *error, const char *function, const char *condition);

#endif
