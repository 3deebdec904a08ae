/* The learner: a thread of its own in which a hand is learnt, while one goes on drawing. */
#ifndef LONGHAND_WINDOW_LEARNER_H
#define LONGHAND_WINDOW_LEARNER_H

#include "lesson.h"

typedef struct win_learner win_learner;

/* How far it is. */
typedef struct win_learning {
    int step, steps;     /* step 0: rows are read */
    bool ended;          /* and then: */
    const char *path;    /* the learner's; of the file that was kept; NULL: none was */
    bool primed;         /* it is a style that shows the hand, with nothing learnt */
    bool stopped;        /* as it was asked to */
    const char *message; /* the learner's; what went wrong, when none was kept */
} win_learning;

/* Starts the thread, which takes the lesson over, also on failure; it calls `wake(data)` when it
 * has come further. `held`: it works only while win_learner_settle waits for it. NULL on failure.
 */
win_learner *win_learner_start(win_lesson *lesson, bool held, void (*wake)(void *data), void *data,
                               lh_error *error);
/* Asks it to stop, waits for that, and frees all. */
void win_learner_free(win_learner *learner);
/* Asks it to stop at its next step. */
void win_learner_stop(win_learner *learner);
win_learning win_learner_look(win_learner *learner);
/* Lets one that is held take its next step, and waits for that. */
void win_learner_settle(win_learner *learner);

#endif
