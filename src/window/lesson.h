/* What a hand is learnt from: the rows that somebody drew with what they say, and the files it
 * takes; and the learning itself, which takes seconds. */
#ifndef LONGHAND_WINDOW_LESSON_H
#define LONGHAND_WINDOW_LESSON_H

#include <longhand/hand.h>

typedef struct win_lesson {
    lh_hand_line line[LH_HAND_LINES_MAX]; /* owned; text NULL: nobody has said */
    size_t count;
    char *model, *reader, *folder; /* owned paths; reader NULL: nothing is read; where it is kept */
    lh_hand_options options;
    char *path;  /* owned; where it was kept, or NULL */
    bool primed; /* the network is one that hands cannot be learnt for: a style was kept */
} win_lesson;

/* Cuts drawn ink apart into the rows of an empty lesson. */
lh_status win_lesson_cut(win_lesson *lesson, const lh_ink *drawn, lh_error *error);
/* Learns the hand and keeps it as a new file in the folder. A row of which nobody has said what it
 * says, says a sentence that was offered (guide.h), if its ink can be that, or what is read.
 * Messages name the row, and what can be done. Nothing is kept on failure; LH_ERROR_INTERRUPTED
 * when the options' stop asks for it. */
lh_status win_lesson_learn(win_lesson *lesson, lh_error *error);
void win_lesson_clear(win_lesson *lesson);

#endif
