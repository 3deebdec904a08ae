/* Names of what failed among many, for the row that ends a run: the first few, and how many more.
 */
#ifndef LONGHAND_CLI_NAMES_H
#define LONGHAND_CLI_NAMES_H

#include <stddef.h>

enum { CLI_NAMES_MAX = 5 };

/* Begins as {0}. */
typedef struct cli_names {
    char *name[CLI_NAMES_MAX]; /* owned; NULL where there was no memory */
    size_t count;              /* of all that were added */
} cli_names;

void cli_names_add(cli_names *names, const char *name);
/* "a, b, c, d, e and 7 more"; the caller frees. NULL: no memory. */
char *cli_names_list(const cli_names *names);
void cli_names_clear(cli_names *names);

#endif
