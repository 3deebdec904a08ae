/* A small tree in the layout of IAM-OnDB, in a folder of its own, that tests change and prepare. */
#ifndef LONGHAND_TESTS_PREPARE_BOX_H
#define LONGHAND_TESTS_PREPARE_BOX_H

#include "iam_tree.h"

#include <longhand/corpus.h>

/* Three forms: a01-000u fits, a01-000x has a row too few, b02-003 has no text. */
enum { TREE_FILES = 11 };

typedef struct sandbox {
    char *folder;
    char *line; /* the content of all line files */
    tree_file file[TREE_FILES];
    char *reasons; /* of files skipped, a row each */
    size_t skipped;
} sandbox;

/* Of each test, whose state is a sandbox. */
int setup(void **state);
int teardown(void **state);
#define IN_SANDBOX(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

/* No line is implausible, and what is skipped is noted in the sandbox. */
lh_prepare_options lenient(sandbox *box);
/* These fail the test with the library's words; the caller frees. */
lh_corpus *prepare(sandbox *box, const char *const *sources, size_t count,
                   const lh_prepare_options *options);
/* The tree as a folder, prepared with everything else default. */
lh_corpus *prepare_tree(sandbox *box);
/* Preparing it is an error with these words, and leaves no file. */
void check_refused(sandbox *box, const char *source, const lh_prepare_options *options,
                   const char *words);

/* Fails the test when there is none. */
lh_corpus_line line_named(const lh_corpus *corpus, const char *name);
/* `text` may be NULL: it has none. */
void check_text(const lh_corpus *corpus, const char *name, const char *text);
/* The report holds these words. */
void check_report(const lh_corpus *corpus, const char *part);
/* What any way of giving the tree must lead to. */
void check_tree(const lh_corpus *corpus);

#endif
