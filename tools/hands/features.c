/* People in the features of a reader: see features.h. */
#include "features.h"

#include "corpus/iam_name.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void features_die(const lh_error *error)
{
    fprintf(stderr, "hands: %s\n", error->message);
    exit(1);
}

lh_ink features_ink(const lh_corpus_line *line)
{
    return (lh_ink){.points = (lh_point *)(uintptr_t)line->points, .count = line->count};
}

void features_of(const features *f, const lh_ink *ink, double *to)
{
    lh_error error;
    lh_real *hand = malloc(f->width * sizeof *hand);
    if (!hand || lh_reader_hand(f->reader, ink, NULL, hand, &error) != LH_OK)
        features_die(&error);
    for (size_t i = 0; i < f->width; i++)
        to[i] = (double)hand[i];
    free(hand);
}

static void find_people(features *f, unsigned splits)
{
    for (size_t i = 0; i < lh_corpus_count(f->corpus) && f->people < PEOPLE_MAX; i++) {
        const lh_corpus_line line = lh_corpus_get(f->corpus, i);
        if (!(splits >> line.split & 1) || !line.text)
            continue;
        person *w = f->people > 0 ? &f->who[f->people - 1] : NULL;
        const bool same = w && w->lines > 0 &&
                          iam_same_form(lh_corpus_get(f->corpus, w->line[0]).name, line.name);
        if (!same) {
            if (!w || w->lines >= LINES_LEAST)
                f->people++;
            w = &f->who[f->people - 1];
            w->lines = 0;
        }
        if (w->lines < LINES_OF)
            w->line[w->lines++] = i;
    }
    if (f->people > 0 && f->who[f->people - 1].lines < LINES_LEAST)
        f->people--;
}

static void find_lines(features *f)
{
    f->line = calloc(lh_corpus_count(f->corpus) * f->width + 1, sizeof *f->line);
#pragma omp parallel for schedule(dynamic)
    for (size_t p = 0; p < f->people; p++)
        for (size_t l = 0; l < f->who[p].lines; l++) {
            const lh_corpus_line line = lh_corpus_get(f->corpus, f->who[p].line[l]);
            const lh_ink ink = features_ink(&line);
            features_of(f, &ink, f->line + f->who[p].line[l] * f->width);
        }
}

/* Adds up the lines of a person, each over `by`. */
static void add_lines(const features *f, const person *w, double by, double *mean)
{
    for (size_t l = 0; l < w->lines; l++)
        for (size_t i = 0; i < f->width; i++)
            mean[i] += f->line[w->line[l] * f->width + i] / by;
}

/* Lower triangle c [n][n] becomes its Cholesky factor. */
static void factorise(double *c, size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k <= i; k++) {
            double sum = c[i * n + k];
            for (size_t l = 0; l < k; l++)
                sum -= c[i * n + l] * c[k * n + l];
            c[i * n + k] = i == k ? sqrt(fmax(sum, 1e-12)) : sum / c[k * n + k];
        }
}

/* The covariance within people, shrunk by 1 % towards its mean variance. */
static void find_factor(features *f)
{
    const size_t n = f->width;
    double *c = calloc(n * n, sizeof *c), *mean = malloc(n * sizeof *mean), freedom = 0, trace = 0;
    for (size_t p = 0; p < f->people; p++) {
        const person *w = &f->who[p];
        memset(mean, 0, n * sizeof *mean);
        add_lines(f, w, (double)w->lines, mean);
        freedom += (double)w->lines - 1;
        for (size_t l = 0; l < w->lines; l++) {
            const double *e = f->line + w->line[l] * n;
            for (size_t i = 0; i < n; i++)
                for (size_t k = 0; k <= i; k++)
                    c[i * n + k] += (e[i] - mean[i]) * (e[k] - mean[k]);
        }
    }
    for (size_t i = 0; i < n; i++)
        trace += c[i * n + i] / freedom;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k <= i; k++)
            c[i * n + k] = 0.99 * c[i * n + k] / freedom + (i == k ? 0.01 * trace / (double)n : 0);
    factorise(c, n);
    f->factor = c;
    free(mean);
}

void features_whiten(const features *f, double *e)
{
    for (size_t i = 0; i < f->width; i++) {
        for (size_t l = 0; l < i; l++)
            e[i] -= f->factor[i * f->width + l] * e[l];
        e[i] /= f->factor[i * f->width + i];
    }
}

void features_find(features *f, const lh_corpus *corpus, unsigned splits, const lh_reader *reader)
{
    f->corpus = corpus;
    f->reader = reader;
    f->width = lh_reader_hand_size(reader);
    find_people(f, splits);
    find_lines(f);
    find_factor(f);
    f->mean = calloc(f->people * f->width + 1, sizeof *f->mean);
    for (size_t p = 0; p < f->people; p++) {
        add_lines(f, &f->who[p], (double)f->who[p].lines, f->mean + p * f->width);
        features_whiten(f, f->mean + p * f->width);
    }
}

void features_free(features *f)
{
    free(f->line);
    free(f->factor);
    free(f->mean);
}

static double distance(const double *a, const double *b, size_t n, size_t lines)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += (a[i] - b[i]) * (a[i] - b[i]);
    return sum - (double)n / (double)lines;
}

size_t features_nearer(const features *f, const double *z, size_t p, const double *own,
                       size_t lines)
{
    const double mine = distance(z, own, f->width, lines);
    size_t nearer = 0;
    for (size_t q = 0; q < f->people; q++)
        nearer += q != p && distance(z, f->mean + q * f->width, f->width, f->who[q].lines) < mine;
    return nearer;
}
