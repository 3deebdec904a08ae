/* A crew of clerks writing in step: many pieces through one network, a row each. */
#ifndef LONGHAND_WRITE_CREW_H
#define LONGHAND_WRITE_CREW_H

#include "clerk.h"

/* Where a crew has its clerks from, and brings them when they are done. Both may fail, which ends
 * it all: clerks that are not done then are forgotten. */
typedef struct lh_crew_source {
    /* The next clerk that can begin; NULL: there is none, or not until others are done. Asked by
     * one thread at a time. */
    lh_status (*next)(void *user, lh_clerk **clerk, lh_error *error);
    /* On the thread that wrote it, at the same time as others. */
    lh_status (*done)(void *user, lh_clerk *clerk, lh_error *error);
    void *user;
} lh_crew_source;

/* Lets clerks write until the source has none and all are done: at most options->rows at a time, on
 * options->threads threads. A row whose clerk is done goes to the next. What a clerk writes does
 * not depend on the others. Of the options those that concern all clerks are used: rows, threads,
 * reader, stop. */
lh_status lh_crew_write(const lh_model *model, const lh_write_options *options,
                        const lh_crew_source *source, lh_error *error);

/* Lets one clerk write, on this thread. */
lh_status lh_crew_write_one(const lh_model *model, const lh_write_options *options, lh_clerk *clerk,
                            lh_error *error);

#endif
