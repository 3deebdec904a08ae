/* `longhand train` as a program under test: a folder with a tiny corpus, runs of the program in it,
 * and comparisons of what they leave. */
#ifndef LONGHAND_TESTS_TRAIN_PROGRAM_H
#define LONGHAND_TESTS_TRAIN_PROGRAM_H

#include <sys/types.h>

typedef struct room {
    char *folder, *corpus, *model, *state, *log, *messages;
} room;

/* 40 lines to learn and 8 to validate on. */
room room_open(void);
void room_close(room *r);

/* 12 epochs of 5 steps, each step logged and saved. */
#define TRAIN_PLAN                                                                     \
    "--layers 1 --cells 12 --mixtures 2 --windows 2 --batch 8 --epochs 12 "            \
    "--train-splits trainset --valid-splits testset_v --log-every 1 --save-minutes 0 " \
    "--lr 0.01 --warmup 3 --ema 0.9 "

/* Starts `longhand train` on the corpus with `more` arguments, parted by blanks; its standard error
 * goes to the file of messages. `launcher` is what stands before the program: "mpirun -n 2 ". */
pid_t start(const room *r, const char *launcher, const char *more);
/* Waits for the program's end, but not longer than a minute or two, which fails the test: its exit
 * code, or minus the signal that ended it. */
int finish(pid_t child);
/* The one and the other. */
int run(const room *r, const char *launcher, const char *more);
/* Waits until the run has logged `steps` steps; a run that ends before is waited for no longer. */
void wait_for_steps(const room *r, pid_t child, int steps);

/* Rows of training in the log: a step each. */
int steps_logged(const room *r);
/* Whether these words are among the messages, and the test's failure if not. */
int has_said(const room *r, const char *words);
void check_said(const room *r, const char *words);

void check_same_files(const char *a, const char *b);
void check_same_tensors(const char *a, const char *b);

#endif
