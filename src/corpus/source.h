/* Where recordings come from: folders and archives, seen as one row of files. */
#ifndef LONGHAND_CORPUS_SOURCE_H
#define LONGHAND_CORPUS_SOURCE_H

#include <longhand/corpus.h>

/* One file of a source. Its name ends in .xml or .txt. */
typedef struct source_file {
    char *path;        /* for messages, and for reading when `data` is NULL; the visitor's */
    const char *base;  /* its last part */
    char *data;        /* the content and a NUL (from archives), or NULL; the visitor's */
    size_t size;       /* of data */
    const char *wrong; /* why the file cannot be read, or NULL */
} source_file;

/* Called for each file, in the order of names in a folder, of entries in an archive; takes over
 * path and data. Anything but LH_OK ends the walk. */
typedef lh_status source_visit(void *user, source_file file, lh_error *error);

/* Walks a folder or an archive (whatever libarchive knows: tar and zip, gzip, xz, ...). A damaged
 * archive is an error; files whose names start with a dot are passed over. */
lh_status source_walk(const char *path, source_visit *visit, void *user, lh_error *error);

/* Helpers of walks. The last part of a path; whether a file of this name is one for the visitor;
 * "folder/name", which the caller frees, or NULL. */
const char *source_last_part(const char *path);
bool source_is_wanted(const char *base);
char *source_join(const char *folder, const char *name, lh_error *error);

#endif
