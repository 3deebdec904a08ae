/* A folder in which tests write batches from C, and what they say of them. It is the current
 * folder: all names of files are relative to it. */
#ifndef LONGHAND_TESTS_BATCH_ROOM_H
#define LONGHAND_TESTS_BATCH_ROOM_H

#include <longhand/longhand.h>

/* The plain model of write_model.h, and what the last call said. */
extern lh_model *model;
extern lh_error failure;
extern lh_batch_report report;

/* Of a group of tests. */
int enter(void **state);
int leave(void **state);
/* Each test begins with an empty folder. */
int clear(void **state);
#define IN_A_FOLDER(test) cmocka_unit_test_setup(test, clear)

void write_file(const char *name, const char *text);
/* Fails the test when there is no such file; the caller frees. */
char *contents(const char *name);
/* Fails the test when it does not. */
void check_says(const char *name, const char *words);
bool is_there(const char *name);
/* Those that are hidden are not counted. */
int count_files(const char *folder);

/* These fail the test with the library's words; the caller frees. */
lh_sources *files(const char *const *paths, size_t count);
/* `template` may be NULL: the table has texts. Writes people.csv and template.txt. */
lh_sources *table(const char *text, const char *template);
/* So many rows, called 1, 2, ... */
lh_sources *many(int count);

/* On A6, not proofread. */
lh_document_options plain(void);
/* Defaults otherwise. */
lh_batch_options as(const char *format, const char *output);
/* With the model and plain(); `report` and `failure` are set. */
lh_status write_batch(const lh_sources *sources, const lh_batch_options *options);
/* The report says so many. */
void check_report(size_t made, size_t there, size_t failed);
/* Writing them is an error with these words, and leaves no file. */
void check_refused(const lh_sources *sources, const lh_batch_options *options, const char *words);

#endif
