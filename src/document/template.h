/* What template.c asks of a table. */
#ifndef LONGHAND_DOCUMENT_TEMPLATE_H
#define LONGHAND_DOCUMENT_TEMPLATE_H

#include <longhand/document.h>

/* lh_table_get with a name of `length` bytes. */
const char *lh_table_find(const lh_table *table, size_t row, const char *name, size_t length);

#endif
