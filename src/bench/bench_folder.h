/* A folder for files that are only measured. */
#ifndef LONGHAND_BENCH_BENCH_FOLDER_H
#define LONGHAND_BENCH_BENCH_FOLDER_H

#include <longhand/base.h>

typedef struct bench_folder {
    char path[256];
    void (*empty)(const char *path);
    int lock; /* a descriptor, held while the folder is in use */
} bench_folder;

/* Makes a folder in $TMPDIR or /tmp, and removes those of benchmarks that were killed. `empty` is
 * to take out of a folder what is put there, and nothing else. */
lh_status bench_folder_make(bench_folder *folder, void (*empty)(const char *path), lh_error *error);
void bench_folder_remove(bench_folder *folder);

#endif
