/* Files in the layout of IAM-OnDB that tests invent, as a folder or as an archive. */
#ifndef LONGHAND_TESTS_IAM_TREE_H
#define LONGHAND_TESTS_IAM_TREE_H

#include <stddef.h>

typedef struct tree_file {
    const char *path; /* below the folder or in the archive; what it needs is made */
    const char *content;
    size_t size; /* 0: up to the NUL of `content` */
} tree_file;

/* A line file of two strokes with `points` readings in all (>= 3), the same for the same `seed`.
 * The caller frees. */
char *tree_line(int points, unsigned seed);
/* Fail the test if they cannot. */
void tree_write(const char *folder, const tree_file *files, size_t count);
/* `filter` is "gzip", "xz" or "none"; `format` "ustar" or "zip". */
void tree_archive(const char *path, const char *format, const char *filter, const tree_file *files,
                  size_t count);

#endif
