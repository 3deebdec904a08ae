/* What one run reads and what it writes: no file is both, none is written twice, and all can be
 * written, which is known before the work begins. Files are told apart by device and inode, so
 * that links deceive nobody.
 *
 * Each claim says what it is for, "--corpus" or "letters/anna.txt": messages name both sides. */
#ifndef LONGHAND_BASE_CLAIMS_H
#define LONGHAND_BASE_CLAIMS_H

#include <longhand/base.h>

typedef struct lh_claim lh_claim;

/* Begins as {0}; what is claimed is copied. */
typedef struct lh_claims {
    lh_claim *claim; /* [count], owned */
    size_t count, capacity;
    char *folder, *real;   /* the folder last resolved, and where it really is */
    struct lh_found *read; /* [reads], of files that are read and there, sorted; owned */
    size_t reads;
    bool no_memory;
} lh_claims;

/* Of a folder all .xml and .txt files in it are read, and of those further below. "-" is standard
 * input. NULL is nothing, here and below. */
void lh_claims_read(lh_claims *claims, const char *path, const char *purpose);
/* "-" is standard output. */
void lh_claims_write(lh_claims *claims, const char *path, const char *purpose);
/* The same where the folders above `path` are made when they lack. */
void lh_claims_write_deep(lh_claims *claims, const char *path, const char *purpose);
/* Files in the folder `path`, which may lack, and below it; which ones is not known yet. */
void lh_claims_write_below(lh_claims *claims, const char *path, const char *purpose);
void lh_claims_free(lh_claims *claims);

/* Is standard output one of the outputs? */
bool lh_claims_have_standard_output(const lh_claims *claims);

/* LH_ERROR_ARGUMENT where an output is an input, or another output; LH_ERROR_IO where one cannot be
 * created, or a standard stream that is used is closed. Standard output counts as an output,
 * where it was sent to a file, whether or not anything is printed. May be called again when there
 * are more claims. */
lh_status lh_claims_check(lh_claims *claims, lh_error *error);
/* For an output whose name was not known when the claims were checked: LH_ERROR_ARGUMENT where it
 * is one of the files that are read. Any thread may ask. */
lh_status lh_claims_spare(const lh_claims *claims, const char *path, lh_error *error);

/* Where `path` really lies: its folder without links, as far as it is there, and its name. Two
 * paths of one file are the same so. The caller frees; NULL: no memory. */
char *lh_claims_place(lh_claims *claims, const char *path);

#endif
