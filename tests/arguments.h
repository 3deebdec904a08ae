/* Calls of public functions with arguments that cannot be (the rule is in base.h). Each call is
 * noted by its text: which function it is, and which arguments are written as NULL or NO_SUCH; at
 * the end every pointer and every enumerator of every function in the headers must have been such
 * an argument once. In a call, `error` is tried as one that is filled and as NULL. */
#ifndef LONGHAND_TESTS_ARGUMENTS_H
#define LONGHAND_TESTS_ARGUMENTS_H

#include "check.h"

#include <string.h> /* memcmp */

/* What is no enumerator of any type. */
#define NO_SUCH(type) ((type)99)

/* A call whose result is LH_ERROR_ARGUMENT, with a message. */
#define REFUSES(call)                                                 \
    do {                                                              \
        lh_error filled = {.status = LH_OK}, *error = &filled;        \
        arguments_note(#call);                                        \
        arguments_check((call) == LH_ERROR_ARGUMENT, &filled, #call); \
        error = NULL;                                                 \
        arguments_check((call) == LH_ERROR_ARGUMENT, NULL, #call);    \
    } while (0)

/* A call whose result is NULL, with such an error. */
#define MAKES_NOTHING(call)                                    \
    do {                                                       \
        lh_error filled = {.status = LH_OK}, *error = &filled; \
        arguments_note(#call);                                 \
        arguments_check(!(call), &filled, #call);              \
        error = NULL;                                          \
        arguments_check(!(call), NULL, #call);                 \
    } while (0)

/* A call, of a function that cannot fail, whose result is this value. */
#define GIVES(value, call)                               \
    do {                                                 \
        arguments_note(#call);                           \
        arguments_check((call) == (value), NULL, #call); \
    } while (0)

/* A call whose result is all zero; `type` has no padding. */
#define GIVES_EMPTY(type, call)                                             \
    do {                                                                    \
        static const type zero;                                             \
        arguments_note(#call);                                              \
        const type got = (call);                                            \
        arguments_check(memcmp(&got, &zero, sizeof got) == 0, NULL, #call); \
    } while (0)

/* A call that does nothing, or for which NULL is as good as anything else. */
#define IGNORES(call)          \
    do {                       \
        arguments_note(#call); \
        (void)(call);          \
    } while (0)

void arguments_note(const char *call);
/* Fails the test when the call did not do `as_promised`, or when `error`, if it is not NULL, does
 * not tell of it. */
void arguments_check(bool as_promised, const lh_error *error, const char *call);
/* Fails, naming them, when functions or arguments of include/longhand were left out. */
void arguments_check_all(void);

#endif
