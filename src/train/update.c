/* From a gradient to new weights. */
#include "update.h"

#include "nn/profile.h"

#include <math.h>
#include <string.h>

static void scale_gradient(lh_real *gradient, size_t size, double factor, int threads)
{
#pragma omp parallel for num_threads(threads) schedule(static)
    for (size_t i = 0; i < size; i++)
        gradient[i] *= (lh_real)factor;
}

/* Whether a weight belongs to people's hands. */
static bool is_of_hands(const char *name)
{
    const size_t length = strlen(name), ending = sizeof ".hand" - 1;
    return strcmp(name, "people") == 0 ||
           (length > ending && strcmp(name + length - ending, ".hand") == 0);
}

static void leave_all_but_hands(const lh_network *network, lh_real *gradient)
{
    for (size_t i = 0; i < lh_network_tensor_count(network); i++) {
        const lh_tensor *tensor = lh_network_tensor(network, i);
        if (!is_of_hands(tensor->name))
            memset(gradient + tensor->offset, 0,
                   (size_t)tensor->rows * (size_t)tensor->columns * sizeof *gradient);
    }
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
    if (u->learn == LH_LEARN_HANDS)
        leave_all_but_hands(u->network, gradient);
    double norm = lh_gradient_norm(gradient, size, u->threads);
    if (!isfinite(norm))
        return norm;
    if (u->clip > 0 && norm > u->clip)
        scale_gradient(gradient, size, u->clip / norm, u->threads);
    lh_optimizer_step(u->optimizer, lh_network_parameters(u->network), gradient, u->rate,
                      u->threads);
    lh_network_changed(u->network);
    if (u->average)
        move_average(u, size);
    return norm;
}
