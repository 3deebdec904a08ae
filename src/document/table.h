/* Tables of texts (document.h): from memory, and looking into them. */
#ifndef LONGHAND_DOCUMENT_TABLE_H
#define LONGHAND_DOCUMENT_TABLE_H

#include <longhand/document.h>

/* lh_table_read of a text, called `name` in messages. */
lh_table *lh_table_parse(const char *text, const char *name, lh_error *error);
/* lh_table_get with a name of `length` bytes. */
const char *lh_table_find(const lh_table *table, size_t row, const char *name, size_t length);
/* The names of the columns in a sentence, as many as go in `text` [size >= 8]; returns it. */
char *lh_table_columns(const lh_table *table, char *text, size_t size);

/* lh_table_fill which, unless `missing` says that it may be so, refuses a value that is empty. */
char *lh_template_fill(const lh_table *table, size_t row, const char *text, bool missing,
                       lh_error *error);

#endif
