/* `longhand evaluate` of a network that reads: how many characters and words of a split it gets
 * wrong. */
#ifndef LONGHAND_CLI_EVALUATE_READING_H
#define LONGHAND_CLI_EVALUATE_READING_H

#include <longhand/longhand.h>

typedef struct evaluate_reading {
    const char *model, *corpus;
    unsigned splits;
    size_t max_lines; /* 0: all */
    int threads;      /* 0: all cores */
    int beam;
    const char *language; /* a file to learn from (language.h); NULL: none */
    const char *per_line; /* JSON rows, the worst first; or NULL */
    bool prints;          /* the result */
    bool json;
} evaluate_reading;

/* Measures and tells on standard output. */
lh_status evaluate_reading_run(const evaluate_reading *asked, lh_error *error);

#endif
