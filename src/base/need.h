/* What a public function does first where it can fail: the rules of base.h for arguments, and for
 * an error that is NULL. */
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

/* Where a function looks at the error that another has filled, `error` may not be NULL from here
 * on: the one that a caller may leave out is made up for where the library is entered. */
#define LH_OWN_ERROR(error) \
    lh_error own_error;     \
    error = error ? error : &own_error

/* LH_ERROR_ARGUMENT of `function`, which was called although `condition` does not hold. */
lh_status lh_refuse(lh_error *error, const char *function, const char *condition);

#endif
