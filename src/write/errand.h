/* Texts that come and go while a crew writes: each is an errand, cut into pieces that clerks take.
 * As many are under way as keep the crew's rows busy, so that the first are done while the last
 * have not been asked for. */
#ifndef LONGHAND_WRITE_ERRAND_H
#define LONGHAND_WRITE_ERRAND_H

#include "line.h"
#include "words.h"

/* A piece of a text, and whose it is. */
typedef struct lh_piece {
    lh_clerk clerk;
    struct lh_errand *errand;
} lh_piece;

typedef struct lh_errand {
    lh_text text;
    bool finds_hand;     /* only the hand is wanted in which the text would begin */
    lh_start none;       /* what finding begins with */
    lh_written *written; /* when done, unless it finds a hand; NULL once somebody has taken it */
    void *owner;

    lh_words words;
    lh_line line;
    lh_piece *piece;            /* [pieces]: those that can be written by now */
    size_t pieces, given, left; /* given to clerks; not brought back */
    size_t next;                /* character that the pieces after these begin at */
    size_t number;              /* counts errands */
    struct lh_errand *behind;   /* in the list of those with pieces to give */
} lh_errand;

/* Where errands come from and go to, as clerks do (lh_crew_source). `next` fills in text,
 * finds_hand and owner of an errand that is zero otherwise and stays where it is until it is done;
 * it is the source's to clear, also when all fails. */
typedef struct lh_errand_source {
    lh_status (*next)(void *user, lh_errand **errand, lh_error *error);
    lh_status (*done)(void *user, lh_errand *errand, lh_error *error);
    void *user;
} lh_errand_source;

/* Can one write with these options? */
lh_status lh_errands_check(const lh_write_options *options, lh_error *error);
/* Writes all errands, with rows, threads, reader and stop of `options`. All are of one model. */
lh_status lh_errands_write(const lh_model *model, const lh_write_options *options,
                           const lh_errand_source *source, lh_error *error);
void lh_errand_clear(lh_errand *errand);
/* Gives the hand that the errand has found to a writer. */
void lh_errand_teach(lh_errand *errand, lh_writer *writer);

#endif
