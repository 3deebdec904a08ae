/* Longhand, train: from a corpus to a trained network: sequences, the loss over many of them on all
 * cores, and the training loop with its files. */
#ifndef LONGHAND_TRAIN_H
#define LONGHAND_TRAIN_H

#include <longhand/corpus.h>
#include <longhand/nn.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- sequences ---------------------------------------------------------------------------------
 */

/* Lines of a corpus as a network takes them: offsets clipped and normalised, texts as indices. A
 * copy of its own (12 bytes a point); the corpus may be closed. */
typedef struct lh_dataset lh_dataset;

typedef struct lh_dataset_options {
    unsigned splits;             /* mask of 1 << lh_split */
    const lh_alphabet *alphabet; /* characters of the network. With it only lines that have a text,
                                  * all of whose characters are known, are taken; NULL (prediction
                                  * network): all lines, without text */
    double scale_x, scale_y;     /* whiteboard units in one normalised unit */
    double max_offset;           /* dx and dy are clipped to +- this many whiteboard units, each for
                                  * itself; 0: not */
    size_t max_lines;            /* 0: all; else this many, evenly spread over them */
    int rare_weight;             /* lines with a character that less than one line in a hundred has
                                  * are taken several times, as if one in a hundred had it, but at
                                  * most so often; 0 or 1: each once */
    bool features;               /* for a network that reads: lh_features_of instead of offsets;
                                  * needs an alphabet, and leaves out lines whose text ctc cannot
                                  * fit to their steps */
} lh_dataset_options;

/* What LH_DEFAULT_MAX_OFFSET clips on IAM-OnDB is 0.05 % of the offsets: jumps of the recorder and
 * lines whose strokes are out of order. */
#define LH_DEFAULT_MAX_OFFSET 500.0

/* NULL on failure; no fitting line at all is LH_ERROR_ARGUMENT. The caller frees. */
LH_API lh_dataset *lh_dataset_new(const lh_corpus *corpus, const lh_dataset_options *options,
                                  lh_error *error);
LH_API void lh_dataset_free(lh_dataset *dataset);
LH_API size_t lh_dataset_count(const lh_dataset *dataset);
/* Offsets, or rows of features, of all lines together: sum of T. */
LH_API size_t lh_dataset_points(const lh_dataset *dataset);
/* All sequences [count], in the order of the corpus. */
LH_API const lh_sequence *lh_dataset_sequences(const lh_dataset *dataset);
/* The index in the corpus of the line that sequence `index` is, or SIZE_MAX. */
LH_API size_t lh_dataset_line(const lh_dataset *dataset, size_t index);
/* Lines of the splits left out for want of a (writable) text. */
LH_API size_t lh_dataset_left_out(const lh_dataset *dataset);

/* The loss of every sequence, `losses` [count], on `threads` threads (0: all cores). The same for
 * any number of threads. `stop` may be NULL; when it asks, LH_ERROR_INTERRUPTED. */
LH_API lh_status lh_dataset_loss(const lh_network *network, const lh_dataset *dataset, int threads,
                                 lh_stop *stop, void *user, lh_loss *losses, lh_error *error);

/* ---- training ----------------------------------------------------------------------------------
 */

typedef enum lh_schedule {
    LH_SCHEDULE_CONSTANT,
    LH_SCHEDULE_LINEAR,
    LH_SCHEDULE_COSINE,
    LH_SCHEDULE_EXPONENTIAL /* the same factor each epoch */
} lh_schedule;

/* Noise on the weights while they learn, against learning lines by heart. */
typedef enum lh_noise_kind {
    LH_NOISE_NONE,
    LH_NOISE_FIXED,   /* normal, of one deviation for all weights, drawn anew in each step */
    LH_NOISE_ADAPTIVE /* a deviation learned for each weight, such that lines and weights together
                       * have the shortest description (Graves 2011, and 2013, section 4.2) */
} lh_noise_kind;

/* What is trained: a network that foretells the pen, without or with a text to write
 * (lh_network_kind), or one that reads: both ways through the features of a line (lh_features_of),
 * to ctc over the characters of the corpus and a blank. */
typedef enum lh_train_network {
    LH_TRAIN_PREDICTION = LH_PREDICTION,
    LH_TRAIN_SYNTHESIS = LH_SYNTHESIS,
    LH_TRAIN_READING
} lh_train_network;

/* How to train. lh_train_options_default has sensible values; those marked (fixed) cannot change
 * when a run is resumed.
 *
 * The loss that is minimised is nats per line: the sum over the points of a line, the mean over the
 * lines of a batch. Gradient norms and `clip` are on that scale; a line of IAM-OnDB has 626 points
 * on average. */
typedef struct lh_train_options {
    lh_train_network network;    /* (fixed) */
    int layers;                  /* (fixed) */
    int cells;                   /* (fixed) */
    int cell;                    /* (fixed) kind of the cells, see lh_cell_find; LSTM unless set */
    int mixtures;                /* (fixed) of no meaning in a network that reads */
    int windows;                 /* (fixed) of no meaning in but a synthesis network */
    unsigned train_splits;       /* (fixed) masks of 1 << lh_split */
    unsigned valid_splits;       /* (fixed) */
    int max_train_lines;         /* (fixed) 0: all */
    int max_valid_lines;         /* (fixed) 0: all */
    double max_offset;           /* (fixed) see lh_dataset_options */
    int rare_weight;             /* (fixed) see lh_dataset_options; 1 unless set */
    uint64_t seed;               /* (fixed) of the first weights and of the order of lines */
    int batch;                   /* (fixed) lines a step */
    lh_optimizer_kind optimizer; /* (fixed) */
    lh_clipping clipping; /* (fixed) derivatives inside backpropagation, a sequence at a time; with
                           * `steps` what a step is learnt from is whole lines all the same */
    int skips;            /* (fixed) skip connections: 0 yes, 1 no; see lh_architecture */
    double ema; /* (fixed) decay d of the averaged weights e <- d e + (1 - d) w that are validated
                 * and kept; over the first steps d is at most (1 + step) / (10 + step). 0: the
                 * weights themselves */

    double epochs;  /* passes over the training lines, fractions allowed; or */
    double minutes; /* when > 0, train this long instead, validation included: the schedule follows
                     * the time spent, so that such a run cannot be repeated to the byte */
    double learning_rate;
    double learning_rate_final; /* where the schedule ends */
    lh_schedule schedule;
    int warmup; /* steps over which the learning rate first rises from 0; at most a tenth of
                 * the plan */
    lh_noise_kind weight_noise; /* what is validated and kept are the weights without it */
    double noise_deviation;     /* of fixed noise; of adaptive noise at its start, the paper's is
                                 * 0.075 */
    double description_weight;  /* with adaptive noise, how much the weights' description counts
                                 * beside that of the lines; the paper's is 1. Deviations grow with
                                 * its root */
    double slant; /* each line is sheared by k, x <- x + k y, anew in every epoch: deviation of k */
    double size;  /* and made larger or smaller: deviation of the logarithm. 0: neither */
    double jitter;  /* of a network that reads: each line is changed in other ways as well, widened,
                     * turned, shaken, its strokes broken and joined, so strongly; 1 is much as hands
                     * vary. 0: not */
    double dropout; /* share of what a layer tells that does not reach the layers above, drawn anew
                     * at each step of each line. 0: none */
    double clip_value; /* limit of each of the gradient's numbers, applied first (Graves 2014 has 10
                        * for its memories); 0: none */
    double clip;       /* limit of the gradient's Euclidean norm; 0: none. On IAM-OnDB the norm is
                        * about 20,000 at first and thousands later, most of it from the output
                        * layer: the default makes nearly every batch count alike */
    lh_products products;  /* how the layers multiply in training; validation is in float32 */
    double validate_every; /* epochs between validations; one more at the end */
    int patience; /* stop when this many validations in a row brought no better loss; 0: never */
    double save_minutes;    /* between saves of the state */
    int log_every;          /* steps a row of the log */
    int threads;            /* 0: all cores. Another number rounds differently */
    lh_precision precision; /* of the model file */
    const char *license; /* the licence note of the model. NULL: for a corpus of IAM-OnDB's forms a
                          * note that the weights are for non-commercial research, else none */
} lh_train_options;

/* Defaults for `optimizer`: what the README's model was trained with (Adam), or as the paper has it
 * (RMSProp at a constant 1e-4, no clipping by norm). */
LH_API lh_train_options lh_train_options_default(lh_optimizer_kind optimizer);
/* The same for another network than one that writes. */
LH_API lh_train_options lh_train_options_for(lh_train_network network, lh_optimizer_kind optimizer);
/* Reads what a run was started with from its state file; `license` is not among it. */
LH_API lh_status lh_train_options_load(const char *state, lh_train_options *options,
                                       lh_error *error);

/* The files of a run. Each appears whole or not at all, save for the log, which grows. */
typedef struct lh_train_files {
    const char *model; /* the network with the best validation loss so far */
    const char *state; /* NULL: model.state. Weights, moments, average, place in the run */
    const char *log;   /* NULL: model.log.jsonl. JSON lines: {"kind":"train",...} each `log_every`
                        * steps, {"kind":"valid",...} each validation */
    const char *from;  /* NULL: the first weights are random; or the model file whose weights they
                        * are. Kind and sizes of the network, alphabet and scale then are that
                        * model's, whatever options and corpus say, save that a prediction
                        * network may begin with a synthesis model, without its window; of the
                        * corpus those lines are learned that its alphabet can write. A network
                        * that reads begins with one that does, and its alphabet grows by the
                        * corpus's characters */
} lh_train_files;

typedef enum lh_train_event_kind {
    LH_TRAIN_STARTED,   /* after loading; step > 0 when resumed */
    LH_TRAIN_STEP,      /* after each step */
    LH_TRAIN_VALIDATED, /* after each validation */
    LH_TRAIN_SAVED,     /* the state is on the disk */
} lh_train_event_kind;

/* What the loop tells. All losses are means of the batch or the validation lines. */
typedef struct lh_train_event {
    lh_train_event_kind kind;
    uint64_t step;        /* steps done */
    double epoch;         /* passes done, with fraction */
    double fraction;      /* of the planned training done, 0..1 */
    double seconds;       /* trained, over all resumptions */
    double nats_per_line; /* normalised units */
    double nats_per_point;
    double gradient_norm;     /* before clipping */
    double learning_rate;     /* of this step */
    double points_per_second; /* since the last row of the log */
    /* LH_TRAIN_VALIDATED: */
    double nats_per_line_raw; /* whiteboard units: T ln(scale_x scale_y) more */
    double sse_per_point;     /* normalised units */
    double best;              /* best nats_per_line of any validation, this one included */
    bool is_best;             /* this one is it, and the model file was written */
    double description;       /* with adaptive noise: what it costs to describe the weights, in nats
                               * a training line; else 0 */
    /* LH_TRAIN_STARTED: */
    size_t train_lines, train_points, valid_lines, left_out;
    size_t weights;
    int threads;   /* of all processes */
    int processes; /* that train together */
} lh_train_event;

typedef void lh_train_watch(void *user, const lh_train_event *event);

typedef struct lh_train_callbacks {
    lh_train_watch *watch; /* may be NULL */
    lh_stop *stop;         /* may be NULL. When it asks, the step under way is finished, the state
                            * saved, and lh_train returns LH_ERROR_INTERRUPTED */
    void *user;
} lh_train_callbacks;

/* Trains a network on `corpus` to the end of its plan or until patience runs out. `callbacks` may
 * be NULL.
 *
 * With `resume` the run whose state file exists is carried on: with the same options, threads and
 * machine (and `epochs`, not `minutes`) it ends with the same bytes as one never interrupted,
 * whatever interrupted it. A (fixed) option that differs, or another corpus, is
 * LH_ERROR_ARGUMENT. Without `resume` an existing state file is LH_ERROR_ARGUMENT, so that a long
 * run is not lost by a slip.
 *
 * A loss or gradient that is no longer finite is LH_ERROR_NUMERIC; model and state stay as last
 * saved. */
LH_API lh_status lh_train(const lh_corpus *corpus, const lh_train_options *options,
                          const lh_train_files *files, bool resume,
                          const lh_train_callbacks *callbacks, lh_error *error);

/* What the values of choices are called in files and on the command line: the name of value 0, 1,
 * ...; each list ends with NULL. */
LH_API extern const char *const lh_network_choices[];   /* lh_train_network */
LH_API extern const char *const lh_cell_choices[];      /* lh_architecture's cell */
LH_API extern const char *const lh_memory_choices[];    /* its memory */
LH_API extern const char *const lh_yes_choices[];       /* yes (0) or no */
LH_API extern const char *const lh_optimizer_choices[]; /* lh_optimizer_kind */
LH_API extern const char *const lh_schedule_choices[];  /* lh_schedule */
LH_API extern const char *const lh_noise_choices[];     /* lh_noise_kind */
LH_API extern const char *const lh_products_choices[];  /* lh_products */
LH_API extern const char *const lh_precision_choices[]; /* lh_precision */

/* The range of the number that lies at `offset` in lh_train_options; false: none lies there. */
LH_API bool lh_train_option_range(size_t offset, double *low, double *high);

/* ---- several processes -------------------------------------------------------------------------
 */

/* The processes that train one network together, on one machine or several. Each has a rank, from 0
 * up; rank 0 alone reads and writes files and should alone talk to people. A process that is alone
 * has NULL for its ranks, which every function here takes; a build without MPI is always alone.
 *
 * All ranks call the functions that take an error in the same order. One that fails for the loss of
 * the others (lh_ranks_lost) cannot be mended: only lh_ranks_leave may follow. */
typedef struct lh_ranks lh_ranks;

/* Joins the processes that mpirun or the like started with this one; alone, `*ranks` is NULL. A
 * process joins once in its life. In a build without MPI, to be started as one of several is
 * LH_ERROR_ARGUMENT: each would write over the others' files. */
LH_API lh_status lh_ranks_join(lh_ranks **ranks, lh_error *error);
/* Ends the companionship, and frees `ranks`. */
LH_API void lh_ranks_leave(lh_ranks *ranks);

LH_API int lh_ranks_count(const lh_ranks *ranks);
LH_API int lh_ranks_rank(const lh_ranks *ranks);
/* Have the others ended, or do they not answer? */
LH_API bool lh_ranks_lost(const lh_ranks *ranks);
/* Polled while waiting. When a process has died, its launcher asks the others to end, in vain where
 * they wait for what it will never send: once `stop` asks, they wait only a little longer. */
LH_API void lh_ranks_set_stop(lh_ranks *ranks, lh_stop *stop, void *user);
/* Every rank tells how it fares: when all are LH_OK so is the result, else all get the status and
 * the message of the first rank that failed, LH_ERROR_INTERRUPTED after all others. */
LH_API lh_status lh_ranks_agree(lh_ranks *ranks, lh_status status, lh_error *error);

/* lh_train in company: every rank gives its own copy of the corpus and its own callbacks, of which
 * `watch` is called in rank 0 alone; options, but for `threads`, and files are those of rank 0. All
 * end with the same status. */
LH_API lh_status lh_train_together(lh_ranks *ranks, const lh_corpus *corpus,
                                   const lh_train_options *options, const lh_train_files *files,
                                   bool resume, const lh_train_callbacks *callbacks,
                                   lh_error *error);

/* ---- the log of a run --------------------------------------------------------------------------
 */

/* A row of the log: a training row (means since the row before) or a validation. */
typedef struct lh_training_row {
    bool valid;
    double step, epoch, seconds; /* as in lh_train_event */
    double nats_per_line;        /* normalised units */
} lh_training_row;

typedef struct lh_training_log {
    lh_training_row *rows; /* steps, epochs and seconds never go back */
    size_t count;
} lh_training_log;

/* Reads a log of JSON lines. Rows of other kinds than "train" and "valid" are passed over, and so
 * is a last row that was cut off in the middle; any other malformed row is LH_ERROR_FORMAT with a
 * message naming file and line. NULL on failure. The caller frees with lh_training_log_free. */
LH_API lh_training_log *lh_training_log_read(const char *path, lh_error *error);
LH_API void lh_training_log_free(lh_training_log *log);

/* ---- evaluation --------------------------------------------------------------------------------
 */

/* What a network that has learned nothing knows, fitted on training offsets by maximum likelihood:
 * one Gaussian with full covariance for (dx, dy), one coin for the end of a stroke. */
typedef struct lh_null_model {
    double mean_x, mean_y;
    double variance_x, variance_y, covariance;
    double end; /* probability that a point ends its stroke */
} lh_null_model;

/* Fits it on all offsets of `dataset`. Offsets that lie on one line, or strokes that never or
 * always end, have no such model: LH_ERROR_NUMERIC. */
LH_API lh_status lh_null_model_fit(const lh_dataset *dataset, lh_null_model *model,
                                   lh_error *error);
/* Its loss on a sequence, as lh_network_loss has it for a network; the squared error is that of
 * the mean. */
LH_API lh_loss lh_null_model_loss(const lh_null_model *model, const lh_sequence *sequence);

/* A loss over lines, as the paper reports it. A line of n points has T = n - 1 offsets; its
 * log-loss is the sum over them. "Raw" is in whiteboard units: the density of an offset that is
 * not divided by the scale is smaller by scale_x scale_y, so that a line's loss is T ln(scale_x
 * scale_y) more. SSE is the squared distance, in normalised units, from an offset (dx, dy) to the
 * mean of the predicted mixture, sum_j pi_j mu_j; the end of stroke has no part in it. */
typedef struct lh_score {
    double nats_per_line, mixture_per_line, end_of_stroke_per_line; /* mean over lines */
    double nats_per_point, mixture_per_point, end_of_stroke_per_point;
    double nats_per_line_raw, nats_per_point_raw;
    double sse_per_point;
} lh_score;

/* From the losses [count] of lines, count >= 1. */
LH_API lh_score lh_score_of(const lh_loss *losses, size_t count, double scale_x, double scale_y);

#ifdef __cplusplus
}
#endif
#endif
