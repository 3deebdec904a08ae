/* The names of a batch's files: made from a pattern. */
#ifndef LONGHAND_DOCUMENT_BATCH_NAMES_H
#define LONGHAND_DOCUMENT_BATCH_NAMES_H

#include <longhand/document.h>

/* The options' output as a pattern of names, FOLDER/{name}.svg for a folder; the caller frees.
 * NULL: no memory. */
char *lh_names_pattern(const lh_batch_options *options, lh_error *error);
/* How long the {name}, {number} or {page} at `at` is; 0: there is none. "{number:3}" has 3 digits
 * or more, as "{page:3}" has. */
size_t lh_names_place(const char *at);
/* True where the pattern has {page} in it. */
bool lh_names_have_page(const char *pattern);
/* True where the pattern has {name}, {number} or {page} in it: folders that it names are made. */
bool lh_names_are_open(const char *pattern);
/* True where it has one of the first two, so that documents have files of their own. */
bool lh_names_differ(const char *pattern);
/* True where each page of a document has a file of its own. */
bool lh_names_page_apart(const lh_batch_options *options, const char *pattern);

/* The pattern with its places filled, `page` for {page}. The caller frees, here and below; NULL: no
 * memory. */
char *lh_names_fill(const char *pattern, const char *name, size_t number, const char *page);
/* That for page `page` of `pages` that have files of their own; 0 of 0: there is one file, whatever
 * the pages. */
char *lh_names_of_page(const char *pattern, const char *name, size_t number, size_t page,
                       size_t pages);
/* That for a page of several, with `digits` as its number. */
char *lh_names_of_any_page(const char *pattern, const char *name, size_t number,
                           const char *digits);

#endif
