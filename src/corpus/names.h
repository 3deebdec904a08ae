/* A hash table from names to numbers. */
#ifndef LONGHAND_CORPUS_NAMES_H
#define LONGHAND_CORPUS_NAMES_H

#include <longhand/corpus.h>

typedef struct names_entry {
    char *name; /* NULL: free slot */
    size_t value;
} names_entry;

/* Zero-initialised it is empty. */
typedef struct names {
    names_entry *slot;
    size_t slots, count; /* slots: 0 or a power of two */
} names;

/* The value of the `length` bytes at `name`, or NULL when it is not there. The pointer is good
 * until the next names_add. */
size_t *names_find(const names *table, const char *name, size_t length);
/* Adds a name that is not there yet. */
lh_status names_add(names *table, const char *name, size_t length, size_t value, lh_error *error);
void names_free(names *table);

#endif
