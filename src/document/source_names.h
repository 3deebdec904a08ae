/* Columns of a table in the names of files: '{city}-{number}.pdf'. */
#ifndef LONGHAND_DOCUMENT_SOURCE_NAMES_H
#define LONGHAND_DOCUMENT_SOURCE_NAMES_H

#include "document/sources.h"

/* Does a pattern of names have columns of the table in it? */
bool lh_sources_have_columns(const lh_sources *sources, const char *pattern);
/* LH_ERROR_ARGUMENT for one that is not there, or that a chosen row has no value for. */
lh_status lh_sources_check_columns(const lh_sources *sources, const char *pattern, lh_error *error);
/* The pattern with the columns of source `index` in it; the caller frees. NULL: no memory. */
char *lh_source_pattern(const lh_sources *sources, size_t index, const char *pattern);

#endif
