/* Names with the number of a page left open in them, and which of them some number makes the same.
 */
#ifndef LONGHAND_DOCUMENT_OPEN_NAMES_H
#define LONGHAND_DOCUMENT_OPEN_NAMES_H

#include <longhand/base.h>

/* Stands in a name for the number of a page, whichever, with zeros before it or not; and as a
 * string. */
#define OPEN_NUMBER '\1'
extern const char open_number[];

/* No document's. */
#define OPEN_NOBODY SIZE_MAX

typedef struct open_name open_name;

/* Begins as {0}. */
typedef struct open_names {
    open_name *name; /* [count], owned */
    size_t count, capacity;
} open_names;

/* Adds a name, with or without a number left open, and whose it is. Takes over `place`
 * (lh_claims_place); NULL: no memory. */
lh_status open_names_add(open_names *names, char *place, size_t source, lh_error *error);
/* Sets `doubtful` of every document that has a name which may be another's here: one of the two has
 * a number left open. */
lh_status open_names_compare(open_names *names, bool *doubtful, lh_error *error);
void open_names_free(open_names *names);

#endif
