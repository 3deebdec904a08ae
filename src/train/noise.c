/* Noise on the weights, fixed or learned. */
#include "noise.h"

#include "streams.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Each block of a tensor has a stream of its own, so that any number of threads draws the same. */
enum { BLOCK = 4096 };

struct lh_weight_noise {
    lh_noise_kind kind;
    size_t size;         /* of the arena */
    lh_real *means;      /* [size] while noise is on the weights */
    lh_real *log_sigma;  /* [size] */
    lh_real *derivative; /* [size] by ln sigma; adaptive */
    lh_optimizer *optimizer;
};

lh_weight_noise *lh_weight_noise_new(const lh_network *layout, lh_noise_kind kind, double deviation,
                                     lh_error *error)
{
    lh_weight_noise *n = calloc(1, sizeof *n);
    size_t size = lh_network_arena_size(layout);
    bool adaptive = kind == LH_NOISE_ADAPTIVE;
    if (n) {
        n->kind = kind;
        n->size = size;
        n->means = malloc(size * sizeof *n->means);
        n->log_sigma = malloc(size * sizeof *n->log_sigma);
        n->derivative = adaptive ? calloc(size, sizeof *n->derivative) : NULL;
        n->optimizer = adaptive ? lh_optimizer_new(LH_ADAM, size, error) : NULL;
    }
    if (!n || !n->means || !n->log_sigma || (adaptive && !(n->derivative && n->optimizer))) {
        lh_fail_memory(error, "noise on the weights");
        lh_weight_noise_free(n);
        return NULL;
    }
    for (size_t i = 0; i < size; i++)
        n->log_sigma[i] = (lh_real)log(deviation);
    return n;
}

void lh_weight_noise_free(lh_weight_noise *n)
{
    if (!n)
        return;
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

static size_t tensor_size(const lh_tensor *tensor)
{
    return (size_t)tensor->rows * (size_t)tensor->columns;
}

void lh_weight_noise_add(lh_weight_noise *n, lh_network *network, uint64_t seed, uint64_t step,
                         int threads)
{
    lh_real *weights = lh_network_parameters(network);
    memcpy(n->means, weights, n->size * sizeof *weights);
    uint64_t blocks_before = 0;
    for (size_t k = 0; k < lh_network_tensor_count(network); k++) {
        const lh_tensor *tensor = lh_network_tensor(network, k);
        const size_t size = tensor_size(tensor), blocks = (size + BLOCK - 1) / BLOCK;
#pragma omp parallel for num_threads(threads) schedule(static)
        for (size_t b = 0; b < blocks; b++) {
            lh_rng rng;
            lh_rng_seed(&rng, seed, lh_stream_noise(step, blocks_before + b));
            size_t at = tensor->offset + b * BLOCK;
            blur(&rng, weights + at, n->log_sigma + at,
                 size - b * BLOCK < BLOCK ? size - b * BLOCK : BLOCK);
        }
        blocks_before += blocks;
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
    size_t count;
} prior;

/* The prior that is best for the posterior. */
static prior fit_prior(const lh_weight_noise *n, const lh_network *network)
{
    const lh_real *mu = lh_network_parameters_const(network);
    double sum = 0, squares = 0, variances = 0;
    size_t count = 0;
    for (size_t k = 0; k < lh_network_tensor_count(network); k++) {
        const lh_tensor *tensor = lh_network_tensor(network, k);
        size_t end = tensor->offset + tensor_size(tensor);
        for (size_t i = tensor->offset; i < end; i++) {
            double m = (double)mu[i];
            sum += m;
            squares += m * m;
            variances += exp(2 * (double)n->log_sigma[i]);
        }
        count += tensor_size(tensor);
    }
    double mean = sum / (double)count;
    return (prior){mean, (variances + squares) / (double)count - mean * mean, count};
}

double lh_weight_noise_description(const lh_weight_noise *n, const lh_network *network)
{
    if (n->kind != LH_NOISE_ADAPTIVE)
        return 0;
    /* With the fitted prior the quadratic parts of all KL_i add up to nothing. */
    prior p = fit_prior(n, network);
    double nats = 0;
    for (size_t k = 0; k < lh_network_tensor_count(network); k++) {
        const lh_tensor *tensor = lh_network_tensor(network, k);
        size_t end = tensor->offset + tensor_size(tensor);
        for (size_t i = tensor->offset; i < end; i++)
            nats += 0.5 * log(p.variance) - (double)n->log_sigma[i];
    }
    return nats;
}

/* ---- learning ---- */

void lh_weight_noise_learn(lh_weight_noise *n, const lh_network *network, lh_real *gradient,
                           double batch, double lines, double rate, int threads)
{
    if (n->kind != LH_NOISE_ADAPTIVE)
        return;
    const prior p = fit_prior(n, network);
    const lh_real *mu = lh_network_parameters_const(network);
    for (size_t k = 0; k < lh_network_tensor_count(network); k++) {
        const lh_tensor *tensor = lh_network_tensor(network, k);
        const size_t end = tensor->offset + tensor_size(tensor);
#pragma omp parallel for num_threads(threads) schedule(static)
        for (size_t i = tensor->offset; i < end; i++) {
            double g = (double)gradient[i], variance = exp(2 * (double)n->log_sigma[i]);
            /* dKL/d ln sigma = sigma^2 / sigma_a^2 - 1, and 2 sigma^2 times the loss's derivative
             * by sigma^2, which is half the mean square of a line's gradient. */
            n->derivative[i] =
                (lh_real)((variance / p.variance - 1) / lines + variance * batch * g * g);
            gradient[i] = (lh_real)(g + ((double)mu[i] - p.mean) / (p.variance * lines));
        }
    }
    lh_optimizer_step(n->optimizer, n->log_sigma, n->derivative, rate, threads);
}
