/* IAM-OnDB line files: what the corpus wants to know beyond the ink, and limits that no real file
 * comes near, so that a hostile one cannot take all memory. */
#ifndef LONGHAND_CORPUS_IAM_H
#define LONGHAND_CORPUS_IAM_H

#include <longhand/corpus.h>

enum {
    IAM_MAX_FILE = 64 << 20,  /* bytes of a line file; real ones have up to 110,000 */
    IAM_MAX_POINTS = 1 << 20, /* points of a line; real ones have up to 1,940 */
    IAM_WRITER = 64,          /* bytes of a writer's name with its NUL */
};

/* lh_iam_read of what a file holds, which is called `name` in messages. */
lh_ink *iam_read_memory(const char *data, size_t size, const char *name, lh_error *error);
/* The same, which also gives the writer: the writerID of a <Form> element, as the full
 * recordings of the database have it; "" where there is none, as in its line files. */
lh_ink *iam_read_line(const char *data, size_t size, const char *name, char writer[IAM_WRITER],
                      lh_error *error);

#endif
