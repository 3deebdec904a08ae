/* Training runs on a tiny corpus: a room to train in, and what its files hold. */
#ifndef LONGHAND_TESTS_TRAIN_ROOM_H
#define LONGHAND_TESTS_TRAIN_ROOM_H

#include <longhand/longhand.h>

#include "nn/safetensors.h"

typedef struct room {
    char *folder;
    lh_corpus *corpus;
    char *model, *state, *log;
    lh_train_files files;
} room;

/* 40 lines to learn, 12 to validate on, and names for a run's files. */
room room_open(void);
void room_close(room *r);
/* Removes the run's files. */
void forget_run(const room *r);

/* 2 layers of 16 cells, 8 lines a step: 5 steps an epoch, the last batch whole. */
lh_train_options small_options(double epochs);

/* Counts what it is told, and asks to stop once `until` steps were seen. */
typedef struct watcher {
    uint64_t until;
    uint64_t step, validations, saves;
    double first_validation, best;
    size_t weights;
} watcher;

lh_status run(const room *r, const lh_train_options *o, bool resume, watcher *w, lh_error *error);

typedef struct bytes {
    char *data;
    size_t size;
} bytes;

/* The caller frees the data. */
bytes read_all(const char *path);
void write_all(const char *path, const bytes *b);
/* The place of `text`, which must be there, among bytes. */
char *find(const bytes *b, const char *text);
/* Fails the test with the first byte that differs. */
void check_same(const char *what, const bytes *a, const bytes *b);
/* All that a state file holds but the seconds. */
void check_same_state(const lh_safetensors *a, const lh_safetensors *b);

#endif
