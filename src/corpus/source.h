/* Where recordings come from: folders and archives, seen as one row of files, which walk.h visits.
 */
#ifndef LONGHAND_CORPUS_SOURCE_H
#define LONGHAND_CORPUS_SOURCE_H

#include <longhand/corpus.h>

/* One file of a source. Its name ends in .xml or .txt. */
typedef struct source_file {
    char *path;       /* for messages, and for reading when `data` is NULL; the visitor's */
    const char *base; /* its last part; NULL: `wrong` is of the archive `path` as a whole */
    char *data;       /* the content and a NUL (from archives), or NULL; the visitor's */
    size_t size;      /* of data */
    char *wrong;      /* why the file cannot be read, or NULL; the visitor's */
} source_file;

/* How much there was in the sources so far, and how much there may be: bytes as they are when
 * nothing is compressed, and files. 0: any number. */
typedef struct source_budget {
    uint64_t bytes, files;
    uint64_t max_bytes, max_files;
} source_budget;

/* Called for each file, in the order of names in a folder, of entries in an archive; takes over
 * path, data and wrong. Anything but LH_OK ends the walk. */
typedef lh_status source_visit(void *user, source_file file, lh_error *error);

/* LH_OK while so many bytes more are within the budget; else the error, which names `path` and the
 * option that allows more. */
lh_status source_check_budget(const source_budget *budget, uint64_t more, const char *path,
                              lh_error *error);

/* Helpers of walks. The last part of a path; whether a file of this name is one for the visitor;
 * "folder/name", which the caller frees, or NULL. */
const char *source_last_part(const char *path);
bool source_is_wanted(const char *base);
char *source_join(const char *folder, const char *name, lh_error *error);

#endif
