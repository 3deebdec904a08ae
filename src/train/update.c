/* From a gradient to new weights. */
#include "update.h"

#include "nn/profile.h"

#include <math.h>

static void scale_gradient(lh_real *gradient, size_t size, double factor, int threads)
{
#pragma omp parallel for num_threads(threads) schedule(static)
    for (size_t i = 0; i < size; i++)
        gradient[i] *= (lh_real)factor;
}

static void limit_gradient(lh_real *gradient, size_t size, double limit, int threads)
{
    const lh_real most = (lh_real)limit;
#pragma omp parallel for num_threads(threads) schedule(static)
    for (size_t i = 0; i < size; i++)
        gradient[i] = gradient[i] > most ? most : gradient[i] < -most ? -most : gradient[i];
}

static void move_average(const lh_update *u, size_t size)
{
    lh_real *average = lh_network_parameters(u->average);
    const lh_real *weights = lh_network_parameters(u->network);
    const lh_real share = (lh_real)(1 - u->decay);
    lh_lap lap = lh_lap_start();
#pragma omp parallel for num_threads(u->threads) schedule(static)
    for (size_t i = 0; i < size; i++)
        average[i] += share * (weights[i] - average[i]);
    lh_lap_end_shared(&lap, LH_PART_UPDATE, u->threads);
}

double lh_update_weights(const lh_update *u, lh_real *gradient)
{
    size_t size = lh_network_arena_size(u->network);
    double norm = lh_gradient_norm(gradient, size, u->threads);
    if (!isfinite(norm))
        return norm;
    double left = norm; /* when its numbers are limited */
    if (u->clip_value > 0) {
        limit_gradient(gradient, size, u->clip_value, u->threads);
        left = lh_gradient_norm(gradient, size, u->threads);
    }
    if (u->clip > 0 && left > u->clip)
        scale_gradient(gradient, size, u->clip / left, u->threads);
    lh_optimizer_step(u->optimizer, lh_network_parameters(u->network), gradient, u->rate,
                      u->threads);
    lh_network_changed(u->network);
    if (u->average)
        move_average(u, size);
    return norm;
}
