/* Decimal numbers in files, the same in every locale (strtod and printf follow the program's). */
#ifndef LONGHAND_CORPUS_DECIMAL_H
#define LONGHAND_CORPUS_DECIMAL_H

#include <stdbool.h>

/* Reads the whole of text..end as a decimal number ("12", "-0.5", "1e3"; blanks around it are
 * fine): right to 15 digits, which is more than a float holds. False for anything else, for
 * infinities and for numbers beyond a float. */
bool decimal_read(const char *text, const char *end, double *value);

enum { DECIMAL_SIZE = 32 };
/* Writes `value` with as many digits as bring the same float back. */
void decimal_write(float value, char text[DECIMAL_SIZE]);

#endif
