/* Lines of a corpus as files. */
#ifndef LONGHAND_CLI_CORPUS_EXPORT_H
#define LONGHAND_CLI_CORPUS_EXPORT_H

#include "base/claims.h"

#include <longhand/corpus.h>

/* Writes the line as SVG, its text in title and data-text; as an IAM-OnDB line file when `path`
 * ends in ".xml". */
lh_status export_line(const lh_corpus_line *line, const char *path, lh_error *error);

/* Claims what export_all will write. */
void export_claim(lh_claims *claims, const char *folder, const char *purpose);
/* Writes all lines into `folder` in the layout of IAM-OnDB: lineStrokes, ascii for the forms all of
 * whose lines have a text, and the lists of the splits. */
lh_status export_all(const lh_corpus *corpus, const char *folder, lh_error *error);

#endif
