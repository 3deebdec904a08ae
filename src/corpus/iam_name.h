/* What lines and forms are called in IAM-OnDB: a form after a page of the LOB corpus, "a01-000u",
 * and a line after its form and its number there, "a01-000u-01". */
#ifndef LONGHAND_CORPUS_IAM_NAME_H
#define LONGHAND_CORPUS_IAM_NAME_H

#include <longhand/corpus.h>

/* The part of a line's name that is its form's: the length of "a01-000u" in "a01-000u-01", and its
 * number, 1 (`number` may be NULL). The whole length, and 0, for a name that does not end in a
 * number. */
size_t iam_form_of(const char *line, size_t length, size_t *number);
/* Are two lines of one form? */
bool iam_same_form(const char *line, const char *other);
/* True for what a form may be called: letters and digits, a '-', and more of them. */
bool iam_form_fits(const char *form, size_t length);
/* Does the corpus hold a line that is called as those of IAM-OnDB itself are? */
bool iam_is_in(const lh_corpus *corpus);

#endif
