/* Texts to be written, as a batch sees them: each is read when its turn comes. */
#ifndef LONGHAND_DOCUMENT_SOURCES_H
#define LONGHAND_DOCUMENT_SOURCES_H

#include <longhand/document.h>

typedef struct lh_source {
    char *name; /* owned; for files and seeds: unique among all, and fit for a file's name */
    char *path; /* owned; a file, or "-", or ... */
    char *text; /* ... owned; the text itself, or ... */
    size_t row; /* ... a row of the table, from 1 */
    bool chosen;
} lh_source;

struct lh_sources {
    lh_source *source; /* [count] */
    size_t count;
    bool named; /* there may be several: each has a seed of its own */
    lh_table *table;
    char *template; /* NULL: the column 'text' */
    bool missing;   /* values may be empty */
    char *table_path, *template_path;
};

/* A name as part of a file's name: no slash, no leading point, no character that is hidden. The
 * caller frees; NULL: no memory. */
char *lh_source_fit_name(const char *name, size_t length);

/* How many are chosen. */
size_t lh_sources_chosen(const lh_sources *sources);
/* The text of source `index`; the caller frees. NULL on failure. */
char *lh_source_text(const lh_sources *sources, size_t index, lh_error *error);
/* A pipe is read only once; files, rows and texts may be read before their turn. */
bool lh_source_can_be_read_twice(const lh_source *source);

#endif
