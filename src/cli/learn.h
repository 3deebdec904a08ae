/* What the files of `longhand learn` share: what is asked, and what has been learnt so far. */
#ifndef LONGHAND_CLI_LEARN_H
#define LONGHAND_CLI_LEARN_H

#include "cli.h"

#include <cjson/cJSON.h>

enum { LEARN_LENGTHS_MAX = 32, LEARN_ORDERS = 6 };

/* "50,100,200": lengths on which the network is tested in the end. */
typedef struct learn_lengths {
    int length[LEARN_LENGTHS_MAX], count;
} learn_lengths;

typedef struct learn_run {
    const lh_learn_options *options;
    const lh_model *model; /* what has learnt; NULL while it does */
    lh_learn_row *row;     /* [count], in their order; owned */
    size_t count, capacity;
    learn_lengths lengths;
    lh_learn_score at_length[LEARN_LENGTHS_MAX];
    bool no_memory;
    const lh_letters *letters;       /* the text that was learnt; NULL: none */
    double bits;                     /* a character of what was held back */
    double ngram_bits[LEARN_ORDERS]; /* of character n-grams, of order 1, 2, ... */
} learn_run;

/* learn_text.c: measures a network of characters, and n-grams beside it. */
lh_status learn_measure_text(learn_run *run, lh_error *error);

/* learn_tell.c: the log as JSON lines, and the result. "-" as a loss: what its unit is. */
const char *learn_loss_unit(const lh_task *task);
lh_status learn_write_log(const learn_run *run, const char *path, lh_error *error);
lh_status learn_print_result(const learn_run *run, bool json, lh_error *error);

/* learn_picture.c: loss, success, and success over length, or a free run, one below the other. */
lh_status learn_draw(const learn_run *run, const char *path, lh_error *error);

#endif
