/* What `longhand write` tells of a batch. */
#ifndef LONGHAND_CLI_WRITE_TELL_H
#define LONGHAND_CLI_WRITE_TELL_H

#include "cli.h"
#include "names.h"

/* Begins as {0}. */
typedef struct write_telling {
    bool verbose; /* every word that did not come out well is told, not the worst alone */
    cli_progress progress;
    bool answers;     /* what Ctrl-C is answered is set */
    bool merged;      /* documents are of one template: what fails in one fails in others */
    char *told;       /* owned: what is written for other characters, as far as it was told */
    char *reasons;    /* owned: likewise of failures, where documents are merged */
    size_t alike;     /* that failed for a reason that was told */
    cli_names failed; /* documents */
} write_telling;

/* Tells of a step: progress, words that did not come out well, what failed. From the first text on,
 * Ctrl-C ends the batch gently. */
void write_tell(write_telling *telling, const lh_batch_event *event, bool together);
void write_telling_clear(write_telling *telling);
/* Tells how a batch ended. */
void write_tell_end(write_telling *telling, const lh_batch_report *report);

#endif
