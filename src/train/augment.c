/* Slant and size of training lines, changed at random. */
#include "augment.h"

#include "random_streams.h"

#include <math.h>
#include <stdlib.h>

struct lh_augmenter {
    lh_sequence *sequences;
    int capacity;
    lh_real *x;
    size_t points;
};

lh_augmenter *lh_augmenter_new(lh_error *error)
{
    lh_augmenter *a = calloc(1, sizeof *a);
    if (!a)
        lh_fail_memory(error, "changed lines");
    return a;
}

void lh_augmenter_free(lh_augmenter *a)
{
    if (!a)
        return;
    free(a->sequences);
    free(a->x);
    free(a);
}

static lh_status reserve(lh_augmenter *a, int count, size_t points, lh_error *error)
{
    if (count > a->capacity) {
        free(a->sequences);
        a->sequences = calloc((size_t)count, sizeof *a->sequences);
        a->capacity = a->sequences ? count : 0;
    }
    if (points > a->points) {
        free(a->x);
        a->x = malloc(points * LH_INPUTS * sizeof *a->x);
        a->points = a->x ? points : 0;
    }
    return a->sequences && a->x ? LH_OK : lh_fail_memory(error, "changed lines");
}

double lh_moderate_normal(lh_rng *rng)
{
    double z;
    do
        z = lh_rng_normal(rng);
    while (fabs(z) > 2);
    return z;
}

static void change(const lh_augmentation *how, uint64_t stream, const lh_sequence *from, lh_real *x)
{
    lh_rng rng;
    lh_rng_seed(&rng, how->seed, stream);
    /* y of the board is down. */
    const double shear = -how->slant * lh_moderate_normal(&rng) * how->aspect;
    const double size = exp(how->size * lh_moderate_normal(&rng));
    for (int t = 0; t < from->steps; t++, x += LH_INPUTS) {
        const lh_real *raw = from->x + (size_t)t * LH_INPUTS;
        x[0] = (lh_real)(size * ((double)raw[0] + shear * (double)raw[1]));
        x[1] = (lh_real)(size * (double)raw[1]);
        x[2] = raw[2];
    }
}

lh_sequence *lh_augment(lh_augmenter *a, const lh_augmentation *how, const lh_sequence *sequences,
                        const size_t *batch, int count, uint64_t epoch, lh_error *error)
{
    size_t points = 0;
    for (int i = 0; i < count; i++)
        points += (size_t)sequences[batch[i]].steps;
    if (reserve(a, count, points, error) != LH_OK)
        return NULL;
    lh_real *x = a->x;
    for (int i = 0; i < count; i++) {
        const lh_sequence *from = &sequences[batch[i]];
        change(how, lh_stream_augmentation(epoch, batch[i]), from, x);
        a->sequences[i] = *from;
        a->sequences[i].x = x;
        x += (size_t)from->steps * LH_INPUTS;
    }
    return a->sequences;
}
