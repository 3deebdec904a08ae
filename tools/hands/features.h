/* Where lines lie among people, in the features of a network that reads (lh_reader_hand), measured
 * by how one person's lines vary. */
#ifndef LONGHAND_TOOLS_FEATURES_H
#define LONGHAND_TOOLS_FEATURES_H

#include <longhand/corpus.h>
#include <longhand/read.h>

enum { PEOPLE_MAX = 2000, LINES_OF = 64, LINES_LEAST = 6 };

/* A form of IAM-OnDB, which one person wrote. */
typedef struct person {
    size_t line[LINES_OF]; /* in the corpus */
    size_t lines;
} person;

typedef struct features {
    const lh_corpus *corpus;
    const lh_reader *reader;
    person who[PEOPLE_MAX];
    size_t people;
    size_t width;
    double *line;   /* [lines of the corpus][width], owned; of other lines 0 */
    double *factor; /* Cholesky's, of the covariance within people; owned */
    double *mean;   /* [people][width] whitened, owned */
} features;

/* The people of the splits who have so many lines with a text, and the features of these. */
void features_find(features *f, const lh_corpus *corpus, unsigned splits, const lh_reader *reader);
void features_free(features *f);
/* Of any ink, into to [width]; not whitened. */
void features_of(const features *f, const lh_ink *ink, double *to);
/* z with factor z = e, in place. */
void features_whiten(const features *f, double *e);
/* How many people are nearer to whitened `z` than person `p` is, whose whitened mean over `lines`
 * lines is `own`. From each squared distance is taken what the mean's own chance adds, width /
 * lines, or people with few lines would seem far away. */
size_t features_nearer(const features *f, const double *z, size_t p, const double *own,
                       size_t lines);
/* The ink of a line of the corpus: a view. */
lh_ink features_ink(const lh_corpus_line *line);
/* Prints the error and ends. */
_Noreturn void features_die(const lh_error *error);

#endif
