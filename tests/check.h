/* What every test file includes: cmocka with the headers it wants before it. */
#ifndef LONGHAND_TESTS_CHECK_H
#define LONGHAND_TESTS_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
/* cmocka.h needs the four of them that are not string.h. */
#include <cmocka.h>

/* Under the address sanitizer, which looks at memory and takes its time: numbers are looked at in the
 * plain build as well, and there at all of them. */
#ifdef __SANITIZE_ADDRESS__
enum { SANITIZED = 1 };
#else
enum { SANITIZED = 0 };
#endif

#include <longhand/longhand.h>

/* Fails with the library's own words. */
#define check_ok(call, error)                            \
    do {                                                 \
        if ((call) != LH_OK)                             \
            fail_msg("%s: %s", #call, (error)->message); \
    } while (0)

/* A call that fails with this status, and says why in these words; what stood in `error` before
 * does not count. */
#define check_fails(wanted, call, error, words)                                   \
    do {                                                                          \
        (error)->message[0] = '\0';                                               \
        const lh_status status_got = (call);                                      \
        if (status_got != (wanted) || !strstr((error)->message, words))           \
            fail_msg("%s: status %d, '%s'; not %d, '%s'", #call, (int)status_got, \
                     (error)->message, (int)(wanted), words);                     \
    } while (0)

/* The same of a call that makes something: it is NULL. */
#define check_none(wanted, call, error, words)                                         \
    do {                                                                               \
        *(error) = (lh_error){.status = LH_OK};                                        \
        if ((call) != NULL)                                                            \
            fail_msg("%s was taken", #call);                                           \
        if ((error)->status != (wanted) || !strstr((error)->message, words))           \
            fail_msg("%s: status %d, '%s'; not %d, '%s'", #call, (int)(error)->status, \
                     (error)->message, (int)(wanted), words);                          \
    } while (0)

#endif
