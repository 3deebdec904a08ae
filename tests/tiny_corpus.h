/* A small corpus for tests, in the layout of IAM-OnDB: each letter of its texts is a movement of
 * its own, wobbled by a seeded hand, so that a network has something to learn in seconds. */
#ifndef LONGHAND_TESTS_TINY_CORPUS_H
#define LONGHAND_TESTS_TINY_CORPUS_H

#include <longhand/corpus.h>

/* Makes a new empty folder; the caller removes it with tiny_remove. Fails the test if it cannot. */
char *tiny_folder(void);
void tiny_remove(char *folder);
/* `folder`/`name`; the caller frees. */
char *tiny_path(const char *folder, const char *name);
/* Writes `train` + `valid` one-line forms into `folder`, packs them to its corpus.lhc, and opens
 * that. Forms are in trainset and testset_v. Fails the test if it cannot. */
lh_corpus *tiny_corpus(const char *folder, int train, int valid, uint64_t seed);

#endif
