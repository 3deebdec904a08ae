/* Puts ink through every function of ink.h and looks at what comes out: for tests of lines that no
 * hand writes, and for the fuzzer. */
#ifndef LONGHAND_TESTS_EVERY_INK_H
#define LONGHAND_TESTS_EVERY_INK_H

#include <longhand/ink.h>

/* `ink` is finite and is not changed. `by` are four finite numbers to move and measure by,
 * `cleaning` is one of the ways to clean it. NULL, or what was wrong. */
const char *ink_every_function(const lh_ink *ink, const float by[4], const lh_cleaning *cleaning);

#endif
