/* Reads all files of all sources on all cores, each for itself; joining them comes after. */
#ifndef LONGHAND_CORPUS_GATHER_H
#define LONGHAND_CORPUS_GATHER_H

#include "forms.h"
#include "iam.h"

/* One line file. */
typedef struct gathered {
    char *path;
    char *name;     /* "a01-000u-01" */
    size_t order;   /* among the line files */
    lh_ink *ink;    /* cleaned, at least two points; NULL: the file is passed over */
    lh_status kind; /* of what is wrong with it, and ... */
    char *wrong;    /* ... why, naming the file */
    char writer[IAM_WRITER];
    char *data; /* its content until it is read, when it comes from an archive */
    size_t size;
    lh_cleaning_report cleaning;
} gathered;

typedef struct gathering {
    gathered **line; /* in the order of sources, folders, entries */
    size_t lines, line_capacity;
    char **wrong; /* what is wrong with files that are no line files */
    size_t wrongs, wrong_capacity;
    forms forms;
    names splits; /* form or line -> lh_split */
    bool lists;   /* a split list was found */
    size_t files; /* line files read */
    uint64_t bytes;
} gathering;

/* Reads `sources` (and the split lists in options->splits) into `all`, which starts zeroed. With
 * options->strict it ends soon after the first bad file. */
lh_status gather(gathering *all, const char *const *sources, size_t count,
                 const lh_prepare_options *options, lh_error *error);
void gathered_free(gathered *line);
void gathering_free(gathering *all);

#endif
