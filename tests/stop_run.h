/* Programs that run beside the test, which waits for what it wants to see of them, stops and kills
 * them, and looks at what is there then; where one is done before that, it is given more to do. */
#ifndef LONGHAND_TESTS_STOP_RUN_H
#define LONGHAND_TESTS_STOP_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <time.h>

/* How often what comes too early or too late is tried again. */
enum { ROUNDS = 6 };

/* Of a group of tests: a folder with the model plain.safetensors and the hand hand.xml. */
extern char folder[];
int make_model(void **state);
int remove_folder(void **state);
/* The path of `name` in the folder of these tests; good for four calls. */
const char *at(const char *name);
/* Runs a command in the folder; `format` has two %s. Fails the test when the command fails. */
void shell(const char *format, const char *a, const char *b);

/* Starts `longhand ARGUMENTS` in the folder `place` of these tests, which is made. What it says
 * goes to PLACE.err. */
pid_t start(const char *place, const char *arguments);
/* A millisecond. */
void nap(void);
/* Whether to wait on; `*end` is 0 at first. */
bool patient(time_t *end);
/* The exit code, or the signal that ended it, negative. */
int finish(pid_t child);
bool has_ended(pid_t child);
int run(const char *place, const char *arguments);

/* The caller frees; NULL: there is none. */
char *contents(const char *name);
bool says(const char *name, const char *words);
/* Fails the test when it does not. */
void check_says(const char *name, const char *words);
void write_file(const char *name, const char *text);
size_t count_rows(const char *name);
/* Files in the folder, which must be there, whose names begin so. */
size_t count_files(const char *name, const char *prefix);

#define MODEL " --model ../plain.safetensors --no-proofread "
#define BATCH                                                                          \
    "write --merge ../texts.csv --template ../letter.txt -o out/ --style ../hand.xml " \
    "--style-text primer" MODEL
#define RESUMED BATCH " --resume"

/* A table of `count` texts, some short, some long, some in a hand of their own, and one that fails.
 * Rows are short: such are not levelled, which takes longer than all else with ink as even as that
 * of this model. */
void write_table(size_t count);

#endif
