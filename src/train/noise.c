/* Noise on the weights, fixed or learned. */
#include "noise.h"

#include "random_streams.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Weights are gone through in blocks of tensors: each has a random stream of its own, and its sums
 * are added up in order, so that any number of threads comes to the same. */
enum { BLOCK = 4096 };

typedef struct block {
    size_t start, end; /* in the arena */
} block;

/* Sums over weights. */
typedef struct sums {
    double mean, square, variance, log_sigma;
} sums;

struct lh_weight_noise {
    lh_noise_kind kind;
    size_t size;  /* of the arena */
    size_t count; /* of weights */
    block *block; /* [blocks] */
    size_t blocks;
    sums *part;          /* [blocks] */
    lh_real *means;      /* [size] while noise is on the weights */
    lh_real *log_sigma;  /* [size] */
    lh_real *derivative; /* [size] by ln sigma; adaptive */
    lh_optimizer *optimizer;
};

/* Lists the blocks of all tensors in `list`, if that is not NULL; returns their number. */
static size_t list_blocks(const lh_network *layout, block *list)
{
    size_t blocks = 0;
    for (size_t k = 0; k < lh_network_tensor_count(layout); k++) {
        const lh_tensor *tensor = lh_network_tensor(layout, k);
        size_t end = tensor->offset + (size_t)tensor->rows * (size_t)tensor->columns;
        for (size_t start = tensor->offset; start < end; start += BLOCK, blocks++)
            if (list)
                list[blocks] = (block){start, start + BLOCK < end ? start + BLOCK : end};
    }
    return blocks;
}

static bool make_room(lh_weight_noise *n, const lh_network *layout)
{
    n->size = lh_network_arena_size(layout);
    n->count = lh_network_weight_count(layout);
    n->blocks = list_blocks(layout, NULL);
    n->block = calloc(n->blocks, sizeof *n->block);
    n->part = calloc(n->blocks, sizeof *n->part);
    n->means = malloc(n->size * sizeof *n->means);
    n->log_sigma = malloc(n->size * sizeof *n->log_sigma);
    if (!n->block || !n->part || !n->means || !n->log_sigma)
        return false;
    list_blocks(layout, n->block);
    if (n->kind != LH_NOISE_ADAPTIVE)
        return true;
    n->derivative = calloc(n->size, sizeof *n->derivative);
    n->optimizer = lh_optimizer_new(LH_ADAM, n->size, NULL);
    return n->derivative && n->optimizer;
}

lh_weight_noise *lh_weight_noise_new(const lh_network *layout, lh_noise_kind kind, double deviation,
                                     lh_error *error)
{
    lh_weight_noise *n = calloc(1, sizeof *n);
    if (n)
        n->kind = kind;
    if (!n || !make_room(n, layout)) {
        lh_fail_memory(error, "noise on the weights");
        lh_weight_noise_free(n);
        return NULL;
    }
    for (size_t i = 0; i < n->size; i++)
        n->log_sigma[i] = (lh_real)log(deviation);
    return n;
}

void lh_weight_noise_free(lh_weight_noise *n)
{
    if (!n)
        return;
    free(n->block);
    free(n->part);
    free(n->means);
    free(n->log_sigma);
    free(n->derivative);
    lh_optimizer_free(n->optimizer);
    free(n);
}

lh_real *lh_weight_noise_log_sigma(lh_weight_noise *n)
{
    return n->log_sigma;
}

lh_optimizer *lh_weight_noise_optimizer(lh_weight_noise *n)
{
    return n->optimizer;
}

/* ---- drawing ---- */

/* w[i] += exp(log_sigma[i]) e for `count` weights. Box and Muller's normals, both of each pair. */
static void blur(lh_rng *rng, lh_real *w, const lh_real *log_sigma, size_t count)
{
    const double turn = 6.283185307179586;
    for (size_t i = 0; i < count; i += 2) {
        double radius = sqrt(-2 * log(1 - lh_rng_uniform(rng)));
        double angle = turn * lh_rng_uniform(rng);
        w[i] += (lh_real)(exp((double)log_sigma[i]) * radius * cos(angle));
        if (i + 1 < count)
            w[i + 1] += (lh_real)(exp((double)log_sigma[i + 1]) * radius * sin(angle));
    }
}

void lh_weight_noise_add(lh_weight_noise *n, lh_network *network, uint64_t seed, uint64_t step,
                         int threads)
{
    lh_real *weights = lh_network_parameters(network);
    memcpy(n->means, weights, n->size * sizeof *weights);
#pragma omp parallel for num_threads(threads) schedule(static)
    for (size_t b = 0; b < n->blocks; b++) {
        const size_t start = n->block[b].start;
        lh_rng rng;
        lh_rng_seed(&rng, seed, lh_stream_noise(step, b));
        blur(&rng, weights + start, n->log_sigma + start, n->block[b].end - start);
    }
    lh_network_changed(network);
}

void lh_weight_noise_remove(lh_weight_noise *n, lh_network *network)
{
    memcpy(lh_network_parameters(network), n->means, n->size * sizeof *n->means);
    lh_network_changed(network);
}

/* ---- the prior ---- */

typedef struct prior {
    double mean, variance;
    double log_sigmas; /* sum of the posterior's */
} prior;

static sums sum_block(const lh_weight_noise *n, const lh_real *mu, block b)
{
    sums sum = {0};
    for (size_t i = b.start; i < b.end; i++) {
        double m = (double)mu[i], log_sigma = (double)n->log_sigma[i];
        sum.mean += m;
        sum.square += m * m;
        sum.variance += exp(2 * log_sigma);
        sum.log_sigma += log_sigma;
    }
    return sum;
}

/* The prior that is best for the posterior. */
static prior fit_prior(const lh_weight_noise *n, const lh_network *network, int threads)
{
    const lh_real *mu = lh_network_parameters_const(network);
#pragma omp parallel for num_threads(threads) schedule(static)
    for (size_t b = 0; b < n->blocks; b++)
        n->part[b] = sum_block(n, mu, n->block[b]);
    sums all = {0};
    for (size_t b = 0; b < n->blocks; b++) {
        all.mean += n->part[b].mean;
        all.square += n->part[b].square;
        all.variance += n->part[b].variance;
        all.log_sigma += n->part[b].log_sigma;
    }
    double count = (double)n->count, mean = all.mean / count;
    return (prior){mean, (all.variance + all.square) / count - mean * mean, all.log_sigma};
}

double lh_weight_noise_description(const lh_weight_noise *n, const lh_network *network, int threads)
{
    if (n->kind != LH_NOISE_ADAPTIVE)
        return 0;
    /* With the fitted prior the quadratic parts of all KL_i add up to nothing. */
    const prior p = fit_prior(n, network, threads);
    return 0.5 * log(p.variance) * (double)n->count - p.log_sigmas;
}

/* ---- learning ---- */

void lh_weight_noise_learn(lh_weight_noise *n, const lh_network *network, lh_real *gradient,
                           double batch, double lines, double rate, int threads)
{
    if (n->kind != LH_NOISE_ADAPTIVE)
        return;
    const prior p = fit_prior(n, network, threads);
    const lh_real *mu = lh_network_parameters_const(network);
#pragma omp parallel for num_threads(threads) schedule(static)
    for (size_t b = 0; b < n->blocks; b++)
        for (size_t i = n->block[b].start; i < n->block[b].end; i++) {
            double g = (double)gradient[i], variance = exp(2 * (double)n->log_sigma[i]);
            /* dKL/d ln sigma = sigma^2 / sigma_a^2 - 1, and 2 sigma^2 times the loss's derivative
             * by sigma^2, which is half the mean square of a line's gradient. */
            n->derivative[i] =
                (lh_real)((variance / p.variance - 1) / lines + variance * batch * g * g);
            gradient[i] = (lh_real)(g + ((double)mu[i] - p.mean) / (p.variance * lines));
        }
    lh_optimizer_step(n->optimizer, n->log_sigma, n->derivative, rate, threads);
}
