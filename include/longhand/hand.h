/* Longhand, hand: learns a person's hand from a few lines.
 *
 * Priming (Graves 2013, section 5.5) shows the network one line and lets it remember; what it
 * remembers is little of a hand. Here the network is trained on the lines for some seconds, and
 * what may change is small: an lh_adaptation. The result is a style (write.h) that holds the
 * change, the ink it is primed with, and the other lines, so that it can be learnt anew beside
 * another network. */
#ifndef LONGHAND_HAND_H
#define LONGHAND_HAND_H

#include <longhand/read.h>
#include <longhand/write.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { LH_HAND_LINES_MAX = 50 };

/* Makes ink of any pen fit to be learnt from, in place: where the lines [count] are far larger or
 * smaller than writing on the whiteboard, all are scaled alike; where a line has far more or fewer
 * readings a letter than that had, it is read anew at an even pace: by its times if it has such,
 * else by length. Then they are cleaned. A line of less ink than its text can be written with is
 * LH_ERROR_ARGUMENT, which names its row, counted from 1. */
LH_API lh_status lh_hand_lines_fit(lh_hand_line *lines, size_t count, lh_error *error);

/* Does the ink say its text, as far as a reader can tell? Another text is LH_ERROR_ARGUMENT, and
 * the message says what is read there. A line whose text is NULL gets what is read; ink that cannot
 * be read is LH_ERROR_ARGUMENT then. Messages name the row. */
LH_API lh_status lh_hand_lines_check(const lh_reader *reader, lh_hand_line *lines, size_t count,
                                     lh_error *error);

typedef struct lh_hand_options {
    int rank;    /* of the change, 0 to LH_ADAPTATION_RANK_MAX */
    int steps;   /* of Adam, which are all taken; 0: lh_hand_steps of the lines, or fewer */
    double rate; /* learning rate */
    int batch;   /* lines a step, >= 1; more than there are: all */
    int threads; /* 0: one a core */
    uint64_t seed;
    /* Called after each step with the nats a point of its lines; may be NULL. */
    void (*progress)(void *user, int step, int steps, double nats);
    lh_stop *stop; /* may be NULL; when it asks, learning ends with LH_ERROR_INTERRUPTED */
    void *user;
} lh_hand_options;

/* Rank 8, steps at 5e-3 of up to 5 lines, as many as there should be, all cores: measured with
 * tools/hands. */
LH_API extern const lh_hand_options lh_hand_defaults;

/* How it went; losses in nats a point, lower is likelier. */
typedef struct lh_hand_report {
    double before, after;           /* of all lines that were learnt */
    double held_before, held_after; /* of the line that was held back */
    bool held;                      /* one was */
    int steps;                      /* after which the held line was likeliest, or all */
    size_t points;
    double share; /* of the change that stays, so that the network still writes; 1: all */
} lh_hand_report;

/* How many steps so many lines bear: of one 12, and 6 more for each, up to 24. More of a line would
 * be learnt by heart. */
LH_API int lh_hand_steps(size_t lines);

/* Learns the hand of whoever wrote the lines [count], 1 to LH_HAND_LINES_MAX of them, which are
 * fit. Of four lines and more one is held back, unless `steps` says how long to learn, and the step
 * is kept after which it was likeliest; learning ends three steps later. Then the hand writes three
 * sentences, and where it fails at many of their words a part of the change is taken back. The
 * style is primed with the line that is nearest to 28 characters; ink and texts are copied.
 * `report` may be NULL. A line with a character that the model cannot write is LH_ERROR_ARGUMENT.
 * NULL on failure; free with lh_style_free. */
LH_API lh_style *lh_hand_learn(const char *name, const lh_model *model, const lh_hand_line *lines,
                               size_t count, const lh_hand_options *options, lh_hand_report *report,
                               lh_error *error);

#ifdef __cplusplus
}
#endif
#endif
