/* Adam (Kingma and Ba, 2015) and RMSProp as Graves 2013 has it (equations 38-45), walking the
 * parameter arena without knowing what lies in it; padding has gradient 0 and stays 0 in both. */
#include "base/need.h"
#include "memory.h"
#include "profile.h"

#include <math.h>
#include <stdlib.h>

enum { MOMENTS_MAX = 3 };

struct lh_optimizer {
    lh_optimizer_kind kind;
    size_t count;
    uint64_t steps;
    lh_real *moment[MOMENTS_MAX]; /* each [n] */
};

static const struct {
    int moments;
    const char *name[MOMENTS_MAX];
    int square; /* which of them is the mean of squares */
} kinds[] = {
    [LH_ADAM] = {2, {"adam.m", "adam.v", NULL}, 1},
    [LH_RMSPROP_GRAVES] = {3, {"rmsprop.n", "rmsprop.g", "rmsprop.delta"}, 0},
};

lh_optimizer *lh_optimizer_new(lh_optimizer_kind kind, size_t parameters, lh_error *error)
{
    LH_NEED(error, (unsigned)kind < sizeof kinds / sizeof *kinds && parameters > 0, NULL);
    lh_optimizer *o = calloc(1, sizeof *o);
    bool all = o != NULL;
    for (int i = 0; all && i < kinds[kind].moments; i++)
        all = (o->moment[i] = lh_real_alloc(parameters)) != NULL;
    if (!all) {
        lh_fail_memory(error, "an optimiser");
        lh_optimizer_free(o);
        return NULL;
    }
    o->kind = kind;
    o->count = parameters;
    return o;
}

void lh_optimizer_free(lh_optimizer *o)
{
    if (!o)
        return;
    for (int i = 0; i < MOMENTS_MAX; i++)
        free(o->moment[i]);
    free(o);
}

static void adam(lh_optimizer *o, lh_real *restrict w, const lh_real *restrict g, double rate,
                 int threads)
{
    const lh_real beta1 = (lh_real)0.9, beta2 = (lh_real)0.999, epsilon = (lh_real)1e-8;
    const double steps = (double)o->steps;
    const lh_real scale = (lh_real)(rate / (1 - pow(0.9, steps)));
    const lh_real unbias = (lh_real)(1 / (1 - pow(0.999, steps)));
    lh_real *restrict m = o->moment[0], *restrict v = o->moment[1];
    ptrdiff_t count = (ptrdiff_t)o->count;
#pragma omp parallel for simd num_threads(threads) schedule(static)
    for (ptrdiff_t i = 0; i < count; i++) {
        m[i] = beta1 * m[i] + (1 - beta1) * g[i];
        v[i] = beta2 * v[i] + (1 - beta2) * g[i] * g[i];
        w[i] -= scale * m[i] / ((lh_real)sqrt((double)(v[i] * unbias)) + epsilon);
    }
}

/* n = 0.95 n + 0.05 g^2, m = 0.95 m + 0.05 g, d = 0.9 d - rate g / sqrt(n - m^2 + 1e-4),
 * w += d, with g the derivative and m its running mean. */
static void rmsprop_graves(lh_optimizer *o, lh_real *restrict w, const lh_real *restrict g,
                           double learning_rate, int threads)
{
    const lh_real keep = (lh_real)0.95, momentum = (lh_real)0.9, floor = (lh_real)1e-4;
    const lh_real rate = (lh_real)learning_rate;
    lh_real *restrict n = o->moment[0], *restrict m = o->moment[1], *restrict d = o->moment[2];
    ptrdiff_t count = (ptrdiff_t)o->count;
#pragma omp parallel for simd num_threads(threads) schedule(static)
    for (ptrdiff_t i = 0; i < count; i++) {
        n[i] = keep * n[i] + (1 - keep) * g[i] * g[i];
        m[i] = keep * m[i] + (1 - keep) * g[i];
        /* n - m^2 is a variance; rounding may take it below zero. */
        lh_real variance = n[i] - m[i] * m[i];
        variance = variance > 0 ? variance : 0;
        d[i] = momentum * d[i] - rate * g[i] / (lh_real)sqrt((double)(variance + floor));
        w[i] += d[i];
    }
}

void lh_optimizer_step(lh_optimizer *o, lh_real *parameters, const lh_real *gradient,
                       double learning_rate, int threads)
{
    if (!(o && parameters && gradient && isfinite(learning_rate)))
        return;
    threads = threads > 1 ? threads : 1;
    lh_lap lap = lh_lap_start();
    o->steps++;
    if (o->kind == LH_ADAM)
        adam(o, parameters, gradient, learning_rate, threads);
    else
        rmsprop_graves(o, parameters, gradient, learning_rate, threads);
    lh_lap_end_shared(&lap, LH_PART_UPDATE, threads);
}

uint64_t lh_optimizer_steps(const lh_optimizer *o)
{
    return o ? o->steps : 0;
}

void lh_optimizer_set_steps(lh_optimizer *o, uint64_t steps)
{
    if (!o)
        return;
    o->steps = steps;
}

int lh_optimizer_moment_count(const lh_optimizer *o)
{
    return o ? kinds[o->kind].moments : 0;
}

lh_real *lh_optimizer_moment(lh_optimizer *o, int index)
{
    return index >= 0 && index < lh_optimizer_moment_count(o) ? o->moment[index] : NULL;
}

const char *lh_optimizer_moment_name(const lh_optimizer *o, int index)
{
    return index >= 0 && index < lh_optimizer_moment_count(o) ? kinds[o->kind].name[index] : NULL;
}

bool lh_optimizer_moment_is_square(const lh_optimizer *o, int index)
{
    return o && kinds[o->kind].square == index;
}

double lh_gradient_norm(const lh_real *gradient, size_t n, int threads)
{
    if (!gradient)
        return 0;
    /* Blocks of a fixed size are summed alone and their sums in order: the result does not depend
     * on the number of threads. */
    enum { BLOCK = 1 << 14, PARTS_MAX = 1 << 12 };
    double total = 0;
    threads = threads > 1 ? threads : 1;
    lh_lap lap = lh_lap_start();
    for (size_t start = 0; start < n; start += (size_t)BLOCK * PARTS_MAX) {
        size_t stretch =
            n - start < (size_t)BLOCK * PARTS_MAX ? n - start : (size_t)BLOCK * PARTS_MAX;
        int parts = (int)((stretch + BLOCK - 1) / BLOCK);
        double part[PARTS_MAX];
#pragma omp parallel for num_threads(threads) schedule(static)
        for (int p = 0; p < parts; p++) {
            const lh_real *g = gradient + start + (size_t)p * BLOCK;
            size_t count =
                stretch - (size_t)p * BLOCK < BLOCK ? stretch - (size_t)p * BLOCK : BLOCK;
            double sum = 0;
            for (size_t i = 0; i < count; i++)
                sum += (double)g[i] * (double)g[i];
            part[p] = sum;
        }
        for (int p = 0; p < parts; p++)
            total += part[p];
    }
    lh_lap_end_shared(&lap, LH_PART_REDUCTION, threads);
    return sqrt(total);
}
