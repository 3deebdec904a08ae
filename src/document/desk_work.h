/* One text of a desk on its way to its document: read, written in parts, laid out. */
#ifndef LONGHAND_DOCUMENT_DESK_WORK_H
#define LONGHAND_DOCUMENT_DESK_WORK_H

#include "document/desk.h"
#include "document/layout.h"
#include "document/manuscript.h"
#include "write/errand.h"

typedef struct lh_work {
    lh_document_job *job;
    lh_manuscript text;
    lh_writer *own; /* of the hand that the document finds for itself, if it does */
    lh_script_size own_size;
    const lh_desk_hand **hand; /* [manners]: of the desk; NULL: the own */
    lh_write_options *options; /* [manners] */
    lh_written **written;      /* [passages] */
    char *opening;             /* the first words in the own hand, by which it is found */
    lh_errand *errand;         /* [1 + passages]: the opening, then the passages */
    lh_layout layout;          /* of the document */
    size_t given, left;        /* passages given to be written; that are not written yet */
    bool opening_given, ready; /* there is nothing to wait for before passages are written */
    bool growing; /* what is written is lent, and goes on: no word is broken, no paper cut */
    bool failed;
    struct lh_work *behind; /* of all that are on their way */
} lh_work;

/* Reads the job's text and finds what it needs; on failure the work is freed all the same. */
lh_status lh_work_read(lh_desk *desk, lh_work *w, lh_error *error);
/* What can be written of it next: an errand whose owner it is; NULL: nothing now. */
lh_errand *lh_work_part(lh_work *w);
/* Takes what was written, and clears the errand. When all is, `left` is 0. */
void lh_work_take(lh_work *w, lh_errand *errand);
/* Lays out what was written, and numbers the pages: makes the job's document. */
lh_status lh_work_lay_out(const lh_desk *desk, lh_work *w, lh_error *error);
/* Its rows as they are set out. */
typedef struct lh_setting_out {
    const lh_model *model;
    lh_document_options options; /* the desk's, with the pitch that is taken */
    float *scale;                /* [passages] mm a unit */
    lh_layout layout;
} lh_setting_out;

/* Sets the rows out anew as `set->options` say; on failure the layout says whether a word was too
 * wide. */
lh_status lh_work_set_out(lh_work *work, lh_setting_out *set, lh_error *error);
bool lh_work_in_own_hand(const lh_work *work, size_t passage);
/* Who writes in `hand`, NULL: the document's own. */
const lh_writer *lh_work_writer(const lh_work *work, const lh_desk_hand *hand);
/* Fails the job: with what went wrong in it, under its name. */
void lh_work_fail(lh_work *w, lh_status status, const lh_error *why);
void lh_work_free(lh_work *w);

#endif
