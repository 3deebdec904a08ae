/* What a file is by its first bytes, for those that unpack.c does not read. */
#ifndef LONGHAND_CORPUS_ARCHIVE_KIND_H
#define LONGHAND_CORPUS_ARCHIVE_KIND_H

enum { ARCHIVE_KIND_BYTES = 12 };

/* "compressed with lrzip", "a 7z archive", from the first bytes, zeros behind a file's end; NULL:
 * that is none of those known. */
const char *archive_kind(const unsigned char start[ARCHIVE_KIND_BYTES]);

#endif
