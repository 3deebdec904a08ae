/* Gradients of networks held against differences of their own loss. */
#ifndef LONGHAND_TESTS_SLOPES_H
#define LONGHAND_TESTS_SLOPES_H

#include "check.h"

#include <math.h>
#include <stdlib.h>

/* How it is looked: a weight is moved by `step`; each `stride`-th of a tensor is looked at. A
 * derivative is one to 1e-6 of its own size, or of `share` of the root mean square of its tensor
 * and `least`, for a sum that cancels cannot be better. */
typedef struct slopes_how {
    double step, share, least;
    int stride;
    const char *name; /* of the network, for what fails */
} slopes_how;

static inline double slopes_loss(const lh_network *network, lh_workspace *workspace,
                                 const lh_sequence *lines, int count)
{
    lh_loss *losses = calloc((size_t)count, sizeof *losses);
    lh_error error = {0};
    double sum = 0;
    assert_non_null(losses);
    check_ok(lh_network_loss(network, workspace, lines, count, losses, &error), &error);
    for (int i = 0; i < count; i++)
        sum += lh_loss_total(&losses[i]);
    free(losses);
    return sum;
}

/* Fourth-order central difference of the loss. */
static inline double slopes_at(lh_network *network, lh_workspace *workspace,
                               const lh_sequence *lines, int count, double step, lh_real *weight)
{
    static const double offset[] = {-2, -1, 1, 2}, factor[] = {1, -8, 8, -1};
    const double before = (double)*weight;
    double sum = 0;
    for (int k = 0; k < 4; k++) {
        *weight = (lh_real)(before + offset[k] * step);
        lh_network_changed(network);
        sum += factor[k] * slopes_loss(network, workspace, lines, count);
    }
    *weight = (lh_real)before;
    lh_network_changed(network);
    return sum / (12 * step);
}

/* Holds the network's gradient over the lines against slopes. */
static inline void slopes_check(lh_network *network, lh_workspace *workspace,
                                const lh_sequence *lines, int lines_count, const slopes_how *how)
{
    lh_real *gradient = calloc(lh_network_arena_size(network), sizeof *gradient);
    lh_loss *losses = calloc((size_t)lines_count, sizeof *losses);
    lh_error error = {0};
    assert_true(gradient && losses);
    check_ok(
        lh_network_gradient(network, workspace, lines, lines_count, NULL, gradient, losses, &error),
        &error);
    for (size_t i = 0; i < lh_network_tensor_count(network); i++) {
        const lh_tensor *of = lh_network_tensor(network, i);
        lh_real *weight = lh_network_parameters(network) + of->offset;
        const lh_real *own = gradient + of->offset;
        const int count = of->rows * of->columns;
        double square = 0;
        for (int k = 0; k < count; k++)
            square += (double)own[k] * (double)own[k];
        const double least = how->share * sqrt(square / count) + how->least;
        for (int k = (int)(i % (size_t)how->stride) % count; k < count; k += how->stride) {
            const double found = (double)own[k];
            const double slope =
                slopes_at(network, workspace, lines, lines_count, how->step, &weight[k]);
            const double size = fmax(least, fmax(fabs(found), fabs(slope)));
            if (!(fabs(found - slope) <= 1e-6 * size))
                fail_msg("%s, %s[%d][%d]: gradient %.12g, slope %.12g, relative error %.2g",
                         how->name, of->name, k / of->columns, k % of->columns, found, slope,
                         fabs(found - slope) / size);
        }
    }
    free(losses);
    free(gradient);
}

#endif
