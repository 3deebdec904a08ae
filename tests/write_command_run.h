/* `longhand write` and `longhand sample` run as people run them, in a folder of small models, and
 * what they leave there. Names of files are relative to that folder. */
#ifndef LONGHAND_TESTS_WRITE_COMMAND_RUN_H
#define LONGHAND_TESTS_WRITE_COMMAND_RUN_H

#include <stdbool.h>
#include <stddef.h>

/* Of a group of tests: a folder with plain.safetensors, wild.safetensors (half of its offsets are
 * ones that no hand makes), hopeless.safetensors (all are), and prediction.safetensors. */
extern char folder[];
int make_models(void **state);
int remove_models(void **state);

/* Removes all *.svg of the folder and runs `longhand ARGUMENTS` in it; standard output and error go
 * to the files out and err there. Returns the exit code. */
int run(const char *arguments);

/* Fails the test when there is no such file; the caller frees. */
char *contents(const char *name);
bool exists(const char *name);
void write_file(const char *name, const char *text);
/* A wavy line of `points` points, as IAM-OnDB's XML. */
void save_hand(const char *name, size_t points);

/* These fail the test when it does not. */
void check_says(const char *file, const char *words);
void check_begins(const char *name, const char *start);
/* Parses the SVG, and joins the texts of its lines, each with a | behind it. Returns how many
 * strokes there are. */
int read_svg(const char *name, char *texts, size_t size);

#endif
