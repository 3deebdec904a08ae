/* Hands that were learnt, in memory. */
#include "hand.h"

#include "base/need.h"
#include "nn/bounds.h"
#include "nn/half.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void lh_hand_free(lh_hand *hand)
{
    if (!hand)
        return;
    for (size_t i = 0; hand->line && i < hand->lines; i++) {
        lh_ink_free(hand->line[i].ink);
        free(hand->line[i].text);
    }
    free(hand->line);
    free(hand->number);
    free(hand->maker);
    free(hand->license);
    free(hand);
}

lh_status lh_hand_round(lh_hand *hand, lh_error *error)
{
    for (size_t i = 0; i < hand->count; i++) {
        const float value = lh_half_to_float(lh_half_from_float((float)hand->number[i]));
        if (!(fabsf(value) <= (float)LH_WEIGHT_MOST))
            return lh_fail(error, LH_ERROR_NUMERIC, "number %zu of a hand is %g", i,
                           (double)hand->number[i]);
        hand->number[i] = (lh_real)value;
    }
    return LH_OK;
}

static bool copy_text(char **to, const char *from)
{
    return !from || (*to = strdup(from)) != NULL;
}

lh_hand *lh_hand_copy(const lh_hand *hand, lh_error *error)
{
    lh_hand *copy = calloc(1, sizeof *copy);
    bool whole = copy != NULL;
    if (whole) {
        *copy = (lh_hand){.network = hand->network, .rank = hand->rank, .count = hand->count};
        copy->number = malloc((hand->count + 1) * sizeof *copy->number);
        whole = copy->number && copy_text(&copy->maker, hand->maker) &&
                copy_text(&copy->license, hand->license);
    }
    if (whole) {
        memcpy(copy->number, hand->number, hand->count * sizeof *copy->number);
        return copy;
    }
    lh_hand_free(copy);
    lh_fail_memory(error, "a hand");
    return NULL;
}

lh_adaptation *lh_hand_adaptation(const lh_hand *hand, const lh_model *model, lh_error *error)
{
    if (hand->network != lh_network_fingerprint(model->network)) {
        lh_fail(error, LH_ERROR_ARGUMENT,
                "this hand was learnt beside another network than %s; learn it anew from its own "
                "file, with longhand hand",
                lh_model_name(model));
        return NULL;
    }
    lh_adaptation *adaptation = lh_adaptation_new(model->network, hand->rank, error);
    if (adaptation && lh_adaptation_count(adaptation) != hand->count) {
        lh_fail(error, LH_ERROR_ARGUMENT, "a hand of %zu numbers where rank %d has %zu",
                hand->count, hand->rank, lh_adaptation_count(adaptation));
        lh_adaptation_free(adaptation);
        return NULL;
    }
    if (!adaptation)
        return NULL;
    memcpy(lh_adaptation_numbers(adaptation), hand->number, hand->count * sizeof(lh_real));
    if (lh_adaptation_changed(adaptation, model->network, error) == LH_OK)
        return adaptation;
    lh_adaptation_free(adaptation);
    return NULL;
}

/* ---- drawing -----------------------------------------------------------------------------------
 */

static bool are_alike(const lh_hand *a, const lh_hand *b)
{
    return a->network == b->network && a->rank == b->rank && a->count == b->count;
}

lh_hand *lh_hand_draw(const lh_hand *const *hands, size_t count, double size, uint64_t seed,
                      lh_error *error)
{
    LH_NEED(error, hands && count > 0 && size >= 0 && size <= 10, NULL);
    for (size_t k = 0; k < count; k++)
        LH_NEED(error, hands[k] && are_alike(hands[k], hands[0]), NULL);
    lh_hand *drawn = lh_hand_copy(hands[0], error);
    double *share = drawn ? malloc(count * sizeof *share) : NULL;
    if (!share) {
        if (drawn)
            lh_fail_memory(error, "a hand");
        lh_hand_free(drawn);
        return NULL;
    }
    /* sum_k s_k (n_k - mean) = sum_k (s_k - mean s) n_k */
    lh_rng rng;
    lh_rng_seed(&rng, seed, 0);
    double mean = 0;
    for (size_t k = 0; k < count; k++) {
        share[k] = count > 1 ? size * lh_rng_normal(&rng) / sqrt((double)count - 1) : 0;
        mean += share[k] / (double)count;
    }
    memset(drawn->number, 0, drawn->count * sizeof *drawn->number);
    for (size_t k = 0; k < count; k++) {
        const lh_real weight = (lh_real)(share[k] - mean + 1 / (double)count);
        for (size_t i = 0; i < drawn->count; i++)
            drawn->number[i] += weight * hands[k]->number[i];
    }
    free(share);
    if (lh_hand_round(drawn, error) == LH_OK)
        return drawn;
    lh_hand_free(drawn);
    return NULL;
}

/* ---- mixing ------------------------------------------------------------------------------------
 */

static lh_status check_mix(const lh_style *const *styles, const double *weights, size_t count,
                           lh_error *error)
{
    for (size_t i = 0; i < count; i++) {
        const lh_hand *hand = styles[i]->hand, *first = styles[0]->hand;
        if (!hand)
            return lh_fail(error, LH_ERROR_ARGUMENT,
                           "style %s has no hand that was learnt, and cannot be mixed",
                           styles[i]->name);
        if (!are_alike(hand, first))
            return lh_fail(error, LH_ERROR_ARGUMENT,
                           "styles %s and %s were learnt beside different networks, or with "
                           "different ranks, and cannot be mixed",
                           styles[0]->name, styles[i]->name);
        if (!isfinite(weights[i]) || fabs(weights[i]) > 10)
            return lh_fail(error, LH_ERROR_ARGUMENT, "a share of a hand goes from -10 to 10");
    }
    return LH_OK;
}

lh_style *lh_style_mix(const char *name, const lh_style *const *styles, const double *weights,
                       size_t count, lh_error *error)
{
    LH_NEED(error, name && styles && weights && count > 0, NULL);
    for (size_t i = 0; i < count; i++)
        LH_NEED(error, styles[i], NULL);
    if (check_mix(styles, weights, count, error) != LH_OK)
        return NULL;
    size_t most = 0;
    for (size_t i = 1; i < count; i++)
        most = weights[i] > weights[most] ? i : most;
    lh_style *mix = lh_style_new(name, styles[most]->ink, styles[most]->text, error);
    if (!mix || !(mix->hand = lh_hand_copy(styles[most]->hand, error))) {
        lh_style_free(mix);
        return NULL;
    }
    lh_hand *hand = mix->hand;
    for (size_t j = 0; j < hand->count; j++) {
        double sum = 0;
        for (size_t i = 0; i < count; i++)
            sum += weights[i] * (double)styles[i]->hand->number[j];
        hand->number[j] = (lh_real)sum;
    }
    if (lh_hand_round(hand, error) == LH_OK)
        return mix;
    lh_style_free(mix);
    return NULL;
}
