/* The guard: watches the soft window while the pen moves and says when writing has gone wrong.
 *
 * Places are characters of the window's text, counted from 0; phi [U + 1] has one more place behind
 * the last. The pen is said to be on the character with the largest phi. Every character must be
 * passed in order, and in about as much ink as it takes (pace.h) at the pace of the hand. */
#ifndef LONGHAND_WRITE_GUARD_H
#define LONGHAND_WRITE_GUARD_H

#include <longhand/write.h>

enum { LH_NO_FAULT = -1 };

/* Where the window stands at one step. */
typedef struct lh_window_place {
    int on;       /* the character with the largest phi, 0..U */
    float centre; /* mean place, weighted with phi */
    float mass;   /* sum of phi */
} lh_window_place;

lh_window_place lh_window_find(const lh_real *phi, int characters);

/* The text that the window is on, and when it came where. */
typedef struct lh_course {
    int characters; /* U */
    int first;      /* character from which the pace counts: earlier ones are of what was before */
    float *due;     /* owned; [U + 2] points that the characters before each take in the corpus */
    int *passed;    /* owned; [U + 1] at which step the window came upon it */
    double pace;    /* of the hand, as far as it is known: 1 is that of the corpus */
    double known;   /* how much ink, in points of the corpus, that is known from */
} lh_course;

lh_status lh_course_init(lh_course *course, const lh_alphabet *alphabet, const int32_t *text,
                         int characters, int first, lh_error *error);
void lh_course_clear(lh_course *course);

typedef struct lh_guard {
    int reached;        /* the furthest character the pen has been on */
    int here;           /* points drawn since it got there */
    int behind;         /* points drawn since the window came behind the word */
    int astray;         /* points drawn since the window last weighed something */
    int step;           /* points drawn */
    double points, due; /* of the words accepted: drawn, and as many in the corpus */
    int blemish;        /* a fault that lets the word be finished, or LH_NO_FAULT */
    double badness;     /* how far it goes beyond what is right, as a logarithm */
} lh_guard;

/* Starts to watch with the pen on character `start`. */
void lh_guard_start(lh_guard *guard, int start);
/* Looks at a step: where the window stood, the offset drawn (normalised), how far the pen is over
 * or under the middle of the line so far (whiteboard units), and where the word being written ends
 * (the place of the blank behind it). Returns a fault with which there is no going on, or
 * LH_NO_FAULT; lesser faults are noted as blemish. */
int lh_guard_step(lh_guard *guard, lh_course *course, const lh_window_place *place,
                  const lh_real x[3], float height, int word_end);
/* Looks at a word when it is whole: its characters start..end-1 took `points`. Returns its blemish
 * or LH_NO_FAULT; then the word counts for the hand's pace. */
int lh_guard_word(lh_guard *guard, const lh_course *course, int start, int end, size_t points);
/* The hand's pace, with what has been accepted. */
double lh_guard_pace(const lh_guard *guard, const lh_course *course);

#endif
