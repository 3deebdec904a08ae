/* The bench: the speed of training and writing beside what the machine itself can do. Its parts
 * share the lines they work on and the results, which are told as they come and kept by name. */
#ifndef LONGHAND_BENCH_BENCH_H
#define LONGHAND_BENCH_BENCH_H

#include <longhand/longhand.h>

#include "train/ranks.h"

#include <cjson/cJSON.h>

/* ---- results ----------------------------------------------------------------------------------
 */

typedef struct bench {
    int threads;
    int repeats;          /* of each measurement; the median counts */
    const char *corpus;   /* packed corpus to take lines from, or NULL: generated lines */
    const char *model;    /* for the first ink, or NULL: the installed one, ... */
    bool installed;       /* ... if there is one */
    lh_products products; /* in training */
    bool cpu_time;        /* measure processor time */
    /* Takes each row of the table as it is measured, or with `label` NULL a heading; may be NULL.
     */
    void (*tell)(const char *label, const char *text);
    /* A part that makes files says how a person who wants it to stop is to be answered, and then
     * looks itself whether it is to stop; NULL: from here on it may be ended at any time. */
    void (*stop_gently)(const char *answer);
    bool (*stopped)(void);
    lh_ranks *ranks; /* started with this one by mpirun; the first alone tells */
    cJSON *results;
} bench;

/* A part: what `longhand bench --only` takes. The table ends with a NULL name. */
typedef struct bench_part {
    const char *name;
    const char *what;
    lh_status (*run)(bench *b, lh_error *error);
} bench_part;

extern const bench_part bench_parts[];

/* The place of a part in the table by its name of `length` bytes; -1: there is none. */
int bench_find_part(const char *name, size_t length);
/* Describes the machine and runs the parts whose bits are set in `chosen`. */
lh_status bench_run(bench *b, unsigned chosen, lh_error *error);

/* Keeps a number under `key`. */
void bench_keep(bench *b, const char *key, double value);
/* Tells a row of the table: a label and what stands behind it. */
void bench_row(const bench *b, const char *label, const char *format, ...) LH_PRINTF(3, 4);
/* Tells a heading. */
void bench_heading(const bench *b, const char *format, ...) LH_PRINTF(2, 3);

/* The median of `values` [count], which are sorted on the way; count >= 1. */
double bench_median(double *values, int count);

/* ---- lines ------------------------------------------------------------------------------------
 */

/* The size of the paper's synthesis network, with the characters of IAM-OnDB. */
extern const lh_architecture bench_network;

enum { BENCH_ALPHABET = 82, BENCH_POINTS_PER_CHARACTER = 21 };

typedef struct bench_lines {
    const lh_sequence *sequences; /* [count] */
    size_t count;
    int alphabet; /* characters in their texts */
    lh_sequence *made;
    lh_real *x;
    int32_t *text;
    lh_dataset *dataset;
} bench_lines;

/* `count` lines of random offsets and text: all of `steps` points or, when that is 0, of lengths
 * spread as those of IAM-OnDB are. The caller frees with bench_lines_free. */
lh_status bench_lines_make(bench_lines *lines, size_t count, int steps, lh_error *error);
/* The training lines of the corpus asked for, or made ones, `count` at least. */
lh_status bench_lines_get(bench_lines *lines, const bench *b, size_t count, lh_error *error);
void bench_lines_free(bench_lines *lines);

/* ---- parts ------------------------------------------------------------------------------------
 */

/* Training with 64 and 16 lines a batch: points a second, the share of the machine's sgemm, memory,
 * and where the time of a step goes. */
lh_status bench_train_64(bench *b, lh_error *error);
lh_status bench_train_16(bench *b, lh_error *error);
/* Training on all threads over training on one. */
lh_status bench_scaling(bench *b, lh_error *error);
/* How cost a point grows with cells, batch and length of line. */
lh_status bench_growth(bench *b, lh_error *error);
/* Sampling one line on one core, and 32 in step on all. */
lh_status bench_sample_1(bench *b, lh_error *error);
lh_status bench_sample_32(bench *b, lh_error *error);
/* From the start of `longhand write` to ink, in a process of its own. */
lh_status bench_first_ink(bench *b, lh_error *error);
/* Summing a gradient over processes. */
lh_status bench_ranks(bench *b, lh_error *error);
/* Reading recordings. */
lh_status bench_prepare(bench *b, lh_error *error);

#endif
