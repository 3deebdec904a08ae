/* What every test file includes: cmocka with the headers it wants before it. */
#ifndef LONGHAND_TESTS_CHECK_H
#define LONGHAND_TESTS_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka.h needs the four above. */
#include <cmocka.h>

#include <longhand/longhand.h>

/* Fails with the library's own words. */
#define check_ok(call, error)                            \
    do {                                                 \
        if ((call) != LH_OK)                             \
            fail_msg("%s: %s", #call, (error)->message); \
    } while (0)

#endif
