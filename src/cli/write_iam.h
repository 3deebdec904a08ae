/* Documents as a corpus in the layout of IAM-OnDB, which `longhand prepare` reads. */
#ifndef LONGHAND_CLI_WRITE_IAM_H
#define LONGHAND_CLI_WRITE_IAM_H

#include "write.h"

/* Writes document `number` (from 1) below `folder`: a page is a form, d0057-003 the third page of
 * document 57; each row of writing is a file below lineStrokes/, each form's text one below ascii/.
 * `list` takes their names, a newline behind each. */
lh_status write_iam_document(const char *folder, size_t number, const lh_document *document,
                             FILE *list, lh_error *error);
/* Writes the four lists over all forms that there are: of ten, seven go to trainset and one each to
 * testset_v, testset_t and testset_f. */
lh_status write_iam_lists(const char *folder, lh_error *error);

#endif
