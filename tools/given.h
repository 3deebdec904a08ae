/* What a tool's command line gives: options as --name value, then files. */
#ifndef LONGHAND_TOOLS_GIVEN_H
#define LONGHAND_TOOLS_GIVEN_H

#include <stdbool.h>
#include <stddef.h>

typedef enum given_kind {
    GIVEN_TEXT,   /* const char * */
    GIVEN_COUNT,  /* size_t */
    GIVEN_SEED,   /* uint64_t */
    GIVEN_INT,    /* int, 0 or more */
    GIVEN_NUMBER, /* double, finite */
    GIVEN_FLAG,   /* bool; has no value */
} given_kind;

/* An option and what it sets; `to` points to a variable of its kind. */
typedef struct given_option {
    const char *name;
    given_kind kind;
    void *to;
} given_option;

/* Reads the options, which may stand between files. `*files` takes how many words are no options;
 * they then stand first in `argv`, behind the program's name. False, with a message, where one is
 * unknown, lacks its value, or has one that is not of its kind. */
bool given_read(const given_option *options, size_t count, int argc, char **argv, int *files);

#endif
