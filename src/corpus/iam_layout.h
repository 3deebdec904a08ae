/* Where the files of IAM-OnDB lie, to write a corpus as it is: the strokes of line a01-000u-01 in
 * lineStrokes/a01/a01-000/a01-000u-01.xml, the text of its form in ascii/a01/a01-000/a01-000u.txt.
 */
#ifndef LONGHAND_CORPUS_IAM_LAYOUT_H
#define LONGHAND_CORPUS_IAM_LAYOUT_H

#include "base/claims.h"

#include <longhand/corpus.h>

enum { IAM_PATH = 4096 };

/* Claims what a corpus in `folder` is: the lists, and all that is in lineStrokes and ascii. */
void iam_claim(lh_claims *claims, const char *folder, const char *purpose);

/* False for a name that no line can have (iam_name.h), or whose file would lie elsewhere than in
 * its folder. */
bool iam_has_place(const char *line);
/* The path of a line's strokes below `folder`. Makes the folders above it. */
lh_status iam_line_path(char path[IAM_PATH], const char *folder, const char *line, lh_error *error);
/* Writes the text of a form, whose rows are those of its lines: twice, as OCR: and as CSR:, which
 * are not always the same there. `path` takes the file's. */
lh_status iam_write_text(char path[IAM_PATH], const char *folder, const char *form,
                         const char *const *row, size_t rows, lh_error *error);
/* Takes away what is there of a form: its text, its lines from the first on, and its folders where
 * they are empty then. */
lh_status iam_drop_form(const char *folder, const char *form, lh_error *error);

#endif
