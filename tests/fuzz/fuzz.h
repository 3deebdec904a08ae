/* What a fuzz target is. One file, fuzz_NAME.c, defines
 *
 *     LLVMFuzzerTestOneInput   takes any bytes; must return 0, and abort() where a promise is
 * broken fuzz_seeds               gives inputs to begin with, to a function that takes one at a
 * time fuzz_goals               names what the seeds must reach, last of all NULL: "a model loads"
 *
 * and says fuzz_reach(i) where goal i is reached. A target whose seeds miss one has died: it
 * looks at nothing any more but refusals. The driver (driver.c) tells. */
#ifndef LONGHAND_FUZZ_H
#define LONGHAND_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef void fuzz_take(void *user, const void *data, size_t size);
void fuzz_seeds(fuzz_take *take, void *user);

enum { FUZZ_GOALS_MAX = 8 };
extern const char *const fuzz_goals[];

/* Here because a target does, but not for itself: fuzz.c. */
void fuzz_reach(int goal);
bool fuzz_reached(int goal);

/* A NUL-terminated string as a seed. */
void fuzz_seed_text(fuzz_take *take, void *user, const char *text);
/* The file at `path` in the source tree as a seed. */
void fuzz_seed_file(fuzz_take *take, void *user, const char *path);
/* What is in the file at `path`, which goes. */
void fuzz_seed_made(fuzz_take *take, void *user, const char *path);

/* The input as a string; what is behind a NUL in it does not show. The caller frees. */
char *fuzz_text(const uint8_t *data, size_t size);
/* The path of `name` in a folder of this process, in memory where there is a place for it, that
 * goes when it exits. Valid for good; aborts where there is no folder to be had. */
const char *fuzz_path(const char *name);
/* Writes a file there and returns its path. */
const char *fuzz_put(const char *name, const void *data, size_t size);

#endif
