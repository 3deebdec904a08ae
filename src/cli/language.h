/* The language that `read` and `evaluate` are told of. */
#ifndef LONGHAND_CLI_LANGUAGE_H
#define LONGHAND_CLI_LANGUAGE_H

#include <longhand/lab.h>
#include <longhand/read.h>

/* What --language is told to be. */
#define CLI_LANGUAGE_HELP                                                                       \
    "which characters are likely behind others: learnt from a text file, or from the training " \
    "lines of a packed corpus (.lhc)"

/* Learns from the rows of a text file, or from the training lines of a packed corpus. NULL on
 * failure; the caller frees. */
lh_language *cli_language_load(const char *path, lh_error *error);

/* The text of a file, or of all lines of a packed corpus, a row a line. NULL on failure; the caller
 * frees. */
char *cli_text_load(const char *path, lh_error *error);

/* The first `count` characters of a text as UTF-8, in one line: its newlines count as characters.
 * NULL on failure; the caller frees. */
char *cli_letters_text(const lh_letters *letters, size_t count, lh_error *error);

#endif
