/* What preparing counted, and the JSON object that tells it (lh_corpus_report). */
#ifndef LONGHAND_CORPUS_REPORT_H
#define LONGHAND_CORPUS_REPORT_H

#include "gather.h"

typedef struct prepare_counts {
    size_t files; /* line files read */
    uint64_t bytes;
    size_t lines;                              /* in the corpus */
    size_t skipped, doubles;                   /* files that are not */
    size_t untranscribed, misfit, implausible; /* lines without text, and why */
    lh_cleaning_report cleaning;
} prepare_counts;

void cleaning_add(lh_cleaning_report *sum, const lh_cleaning_report *more);
/* The caller frees; NULL: no memory. */
char *report_json(const prepare_counts *counts, const lh_prepare_options *options,
                  const gathering *all);

#endif
