/* cmocka as far as tests of the networks use it, for where cmocka is not to be had: emscripten. A
 * case that fails ends the program. */
#ifndef LONGHAND_TESTS_WEB_CMOCKA_H
#define LONGHAND_TESTS_WEB_CMOCKA_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct CMUnitTest {
    const char *name;
    void (*run)(void **state);
};

#define cmocka_unit_test(function) \
    {                              \
#function, function        \
    }

#define fail_msg(...)                                   \
    do {                                                \
        fprintf(stderr, "%s:%d: ", __FILE__, __LINE__); \
        fprintf(stderr, __VA_ARGS__);                   \
        fputc('\n', stderr);                            \
        exit(1);                                        \
    } while (0)

#define assert_true(condition)                        \
    do {                                              \
        if (!(condition))                             \
            fail_msg("%s does not hold", #condition); \
    } while (0)

#define assert_false(condition) assert_true(!(condition))
#define assert_null(pointer) assert_true((pointer) == NULL)
#define assert_non_null(pointer) assert_true((pointer) != NULL)
#define assert_ptr_equal(a, b) assert_true((a) == (b))
#define assert_int_equal(a, b) assert_true((long long)(a) == (long long)(b))
#define assert_int_not_equal(a, b) assert_true((long long)(a) != (long long)(b))
#define assert_in_range(a, low, high) \
    assert_true((long long)(a) >= (long long)(low) && (long long)(a) <= (long long)(high))
#define assert_string_equal(a, b) assert_true(strcmp(a, b) == 0)
#define assert_memory_equal(a, b, bytes) assert_true(memcmp(a, b, bytes) == 0)
#define print_message(...) printf(__VA_ARGS__)
#define skip()                            \
    do {                                  \
        printf("# a case was skipped\n"); \
        return;                           \
    } while (0)

#define cmocka_run_group_tests_name(group, cases, set_up, tear_down) \
    run_cases(cases, sizeof(cases) / sizeof *(cases), set_up, tear_down)
#define cmocka_run_group_tests(cases, set_up, tear_down) \
    run_cases(cases, sizeof(cases) / sizeof *(cases), set_up, tear_down)

static inline int run_cases(const struct CMUnitTest *cases, size_t count, int (*set_up)(void **),
                            int (*tear_down)(void **))
{
    void *state = NULL;
    if (set_up && set_up(&state) != 0)
        return 1;
    for (size_t i = 0; i < count; i++) {
        cases[i].run(&state);
        printf("ok - %s\n", cases[i].name);
    }
    return tear_down ? tear_down(&state) : 0;
}

#endif
