/* Longhand, lab: the artificial tasks on which recurrent networks are studied, made on the fly, and
 * networks of `nn` that learn them; how far back in time a gradient reaches.
 *
 * A task is a file src/lab/task_NAME.c and a row in src/lab/tasks.c. */
#ifndef LONGHAND_LAB_H
#define LONGHAND_LAB_H

#include <longhand/nn.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- tasks -------------------------------------------------------------------------------------
 */

/* One sequence of a task: what enters, and what is asked. Owned arrays. */
typedef struct lh_example {
    lh_real *x;       /* [T][I] */
    lh_real *targets; /* [T][A] of heads "square" and "bits": NaN where nothing is asked; or NULL */
    int32_t *symbols; /* [T] of a softmax: -1 where nothing is asked; or NULL */
    int steps;        /* T */
} lh_example;

/* How a task is usually learnt. */
typedef struct lh_task_usual {
    int shortest, length; /* lengths that are drawn in training */
    int layers, cells;
    size_t sequences; /* that are learnt from, at most */
    int batch;        /* of them that a step takes */
    double rate;      /* of Adam */
    double clip;      /* norm of the gradient that is not exceeded */
} lh_task_usual;

typedef struct lh_task {
    const char *name;  /* "adding" */
    const char *about; /* a sentence */
    const char *paper; /* where it is from */
    const char *unit;  /* what its length counts: "steps" */
    int least, most;   /* lengths that there can be */
    const char *head;  /* see lh_head_find */
    int inputs;        /* I */
    int outputs;       /* A: classes of a softmax, numbers, bits */
    double within;     /* of head "square": a number is right that is at most so far off */
    lh_task_usual usual;
    lh_task_usual with_memory; /* the same of a network with a memory; no cells: as usual */
    /* Fills x and what is asked of a sequence whose length is from `shortest` to `longest`. */
    lh_status (*make)(const struct lh_task *task, int shortest, int longest, lh_rng *rng,
                      lh_example *example, lh_error *error);
    const struct lh_task *tests;   /* what is tested; NULL: the same */
    const struct lh_letters *text; /* of a text's task */
} lh_task;

/* Row `index` of the table; NULL behind its end. */
LH_API const lh_task *lh_task_at(int index);
/* NULL when there is none of that name. */
LH_API const lh_task *lh_task_find(const char *name);

/* LH_ERROR_ARGUMENT where the network has other inputs, outputs or another head than the task. */
LH_API lh_status lh_task_fits(const lh_task *task, const lh_network *network, lh_error *error);

/* Draws a sequence of a length from `shortest` to `longest`, which must lie within those of the
 * task: else LH_ERROR_ARGUMENT. The caller frees with lh_example_free. */
LH_API lh_status lh_example_draw(const lh_task *task, int shortest, int longest, lh_rng *rng,
                                 lh_example *example, lh_error *error);
/* Frees what the example holds; NULL is fine. */
LH_API void lh_example_free(lh_example *example);
/* The example as a network takes it: a view. */
LH_API lh_sequence lh_example_sequence(const lh_example *example);
/* Whether outputs y^ [T][A] give all that is asked: the likeliest symbols, numbers at most
 * `within` off, bits on the right side of 1/2. */
LH_API bool lh_example_is_right(const lh_task *task, const lh_example *example, const lh_real *y);

/* ---- a text ------------------------------------------------------------------------------------
 */

/* A text as a task that is in no table. Its last share is held back: half of that for the tests
 * while a network learns, of which the best says which weights are kept; what the end is measured
 * on is the other half. */
typedef struct lh_letters lh_letters;

/* The share that is usually held back. */
#define LH_LETTERS_HELD 0.1

/* Copies `text`, UTF-8, of which the share `held` is held back; its characters are those of
 * `alphabet`, or, with NULL, those that it has. NULL on failure: bytes that are no UTF-8, too many
 * different characters, one that is not in the alphabet. The caller frees. */
LH_API lh_letters *lh_letters_new(const char *text, const lh_alphabet *alphabet, double held,
                                  lh_error *error);
LH_API void lh_letters_free(lh_letters *letters);
/* The task, as long as the letters. Its loss is in bits a character. */
LH_API const lh_task *lh_letters_task(const lh_letters *letters);
/* What all such tasks have in common, for help. */
LH_API const lh_task *lh_letters_kind(void);
LH_API const lh_alphabet *lh_letters_alphabet(const lh_letters *letters);
/* How many characters, the first that is held back, the first that is only measured in the end, and
 * character `index` (0 behind the last). */
LH_API size_t lh_letters_count(const lh_letters *letters);
LH_API size_t lh_letters_held(const lh_letters *letters);
LH_API size_t lh_letters_last(const lh_letters *letters);
LH_API uint32_t lh_letters_at(const lh_letters *letters, size_t index);
/* A number that names the text: a hash of its characters. */
LH_API uint64_t lh_letters_fingerprint(const lh_letters *letters);
/* Bits a character of what is measured in the end, in stretches of which each begins anew. */
LH_API lh_status lh_letters_loss(const lh_letters *letters, const lh_network *network, int stretch,
                                 double *bits, lh_error *error);
/* A text of so many characters that a network of characters makes up: it draws each, and reads it
 * as the next step's. A temperature below 1 makes the likely likelier. NULL on failure; the caller
 * frees. */
LH_API char *lh_invent(const lh_model *model, int characters, double temperature, lh_rng *rng,
                       lh_error *error);

/* ---- learning ----------------------------------------------------------------------------------
 */

typedef struct lh_learn_options {
    const lh_task *task;
    int cell; /* see lh_cell_find */
    /* A memory beside the cells: see lh_architecture; 0: none. */
    int memory, slots, width, reads;
    lh_task_usual setting;
    double
        regulariser;   /* weight of the one against vanishing gradients, see lh_clipping; 0: none */
    size_t test_every; /* sequences between two tests */
    int tests;         /* sequences of a test, which are the same each time */
    double goal;       /* share of them to be right, at two tests in a row, that ends it; above 1:
                        * nothing does */
    uint64_t seed;
    int threads; /* the result does not depend on it */
    /* A file that after each test, and where it stops, holds what is needed to go on; NULL: none.
     * With `resume` the run that it is of is carried on and ends as one that was never interrupted;
     * rows that were told are told again. Without, a file that is there is LH_ERROR_ARGUMENT, as is
     * one of other options with it, but for the number of sequences, tests and threads. */
    const char *state;
    bool resume;
} lh_learn_options;

/* The task's own settings, for a network with this memory (0: none). */
LH_API lh_learn_options lh_learn_usual(const lh_task *task, int memory);

/* How well a network does: the loss per sequence in nats of a softmax, in bits of bits; per number
 * asked for, its mean squared error; per character of a text in bits. */
typedef struct lh_learn_score {
    double loss;
    double success; /* share of sequences that are right; of training: NaN */
} lh_learn_score;

/* What is told on the way. */
typedef struct lh_learn_row {
    size_t sequences; /* learnt from so far */
    double seconds;
    bool test;            /* of the test sequences; else of those since the row before */
    lh_learn_score score; /* loss and success */
    double gradient_norm; /* largest since the row before, before clipping; of a test 0 */
    double vanishing;     /* the regulariser's Omega, its mean over those sequences; of a test 0 */
} lh_learn_row;

typedef struct lh_learn_callbacks {
    void (*row)(void *user, const lh_learn_row *row); /* may be NULL */
    void (*step)(void *user, size_t sequences);       /* after each step; may be NULL */
    lh_stop *stop; /* may be NULL; when it asks, learning ends with what has been learnt */
    void *user;
} lh_learn_callbacks;

/* A network that has learnt the task - of a text, as it was at its best test - in a model whose
 * alphabet is a digit an output and whose history names the task. Sizes that cannot be are
 * LH_ERROR_ARGUMENT, a loss that is no longer finite LH_ERROR_NUMERIC. `callbacks` may be NULL. The
 * caller frees with lh_model_free. */
LH_API lh_model *lh_learn(const lh_learn_options *options, const lh_learn_callbacks *callbacks,
                          lh_error *error);

/* The score on `count` sequences of lengths from `shortest` to `longest`, drawn from `seed` and
 * never those of training. LH_ERROR_ARGUMENT where the network is not one for the task. */
LH_API lh_status lh_learn_test(const lh_network *network, const lh_task *task, int shortest,
                               int longest, int count, uint64_t seed, int threads,
                               lh_learn_score *score, lh_error *error);

/* A network that foretells what enters next goes on by itself: y [steps] is what it says of
 * x_{t+1}. For the first `shown` steps x [shown] enters, then its own y of the step before. It must
 * take and tell one number: else LH_ERROR_ARGUMENT. */
LH_API lh_status lh_run_alone(const lh_network *network, const lh_real *x, int shown, int steps,
                              lh_real *y, lh_error *error);

/* ---- gradient over time ------------------------------------------------------------------------
 */

/* |dL_t / dh_{t-k}| over sequences: quartiles, and the median. */
typedef struct lh_reach {
    int layers, lags;            /* N; k = 0..lags */
    int count;                   /* sequences that were looked at */
    double *low, *median, *high; /* [N][lags + 1] */
} lh_reach;

/* How far back the loss of a step reaches: sequence i is asked at step at[i] (from 0) alone, and
 * the Euclidean norm of the derivative by the cells' h is taken at the `lags` steps before, of
 * which there must be so many. What the head or a network of both directions cannot have is
 * LH_ERROR_ARGUMENT (lh_network_reach). NULL on failure; the caller frees with lh_reach_free. */
LH_API lh_reach *lh_reach_over(const lh_network *network, const lh_sequence *sequences,
                               const int *at, int count, int lags, lh_error *error);
LH_API void lh_reach_free(lh_reach *reach);

/* ---- a cliff -----------------------------------------------------------------------------------
 */

/* A place on the error surface of a network of one unit: its weight, its bias, and there the error
 * and how long its gradient is. */
typedef struct lh_cliff_point {
    double w, b, error, norm;
} lh_cliff_point;

/* The error of x_t = w sigma(x_{t-1}) + b, x_0 = 1/2, that is to have sigma(x_T) = 7/10 after T =
 * `steps`, and its derivative by w and b into `gradient` (may be NULL). (Pascanu, Mikolov and
 * Bengio 2012, figure 6.) */
LH_API double lh_cliff_error(int steps, double w, double b, double gradient[2]);
/* Gradient descent from from.w and from.b: the first `count` places into path [count], the start
 * first. A gradient longer than `clip` (INFINITY: none) is made that long. LH_ERROR_NUMERIC where
 * numbers overflow. */
LH_API lh_status lh_cliff_descend(int steps, lh_cliff_point from, double rate, double clip,
                                  int count, lh_cliff_point *path, lh_error *error);

#ifdef __cplusplus
}
#endif
#endif
