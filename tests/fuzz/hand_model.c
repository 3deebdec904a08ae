/* The small model that targets share: see hand_model.h. */
#include "hand_model.h"
#include "../architectures.h"

#include <math.h>
#include <stdlib.h>

enum { WINDOWS = 2, HURRY = 4 }; /* points a character, so that much is tried in little time */

static lh_model model;

static void forget(void)
{
    lh_network_free(model.network);
}

const lh_model *hand_model(const char *alphabet)
{
    lh_rng rng;
    if (model.network)
        return &model;
    model = (lh_model){.scale_x = 40, .scale_y = 36};
    lh_alphabet_parse(&model.alphabet, alphabet);
    const lh_architecture architecture = SYNTHESIS(2, 3, 2, WINDOWS, model.alphabet.count);
    model.network = lh_network_new(&architecture, NULL);
    if (!model.network)
        abort();
    lh_rng_seed(&rng, 1, 0);
    lh_network_init(model.network, &rng);
    const lh_tensor *bias = lh_network_find(model.network, "window.bias");
    lh_real *kappa = lh_network_parameters(model.network) + bias->offset + 2 * WINDOWS;
    for (int k = 0; k < WINDOWS; k++)
        kappa[k] = (lh_real)log(1.0 / HURRY);
    lh_network_changed(model.network);
    atexit(forget);
    return &model;
}

lh_style *hand_style(const char *text)
{
    lh_point points[] = {{0, 0, 0, 0}, {40, -80, 0.1F, 0}, {60, 10, 0.2F, 1}, {90, 0, 0.4F, 1}};
    lh_ink ink = {points, sizeof points / sizeof *points, 0};
    lh_style *style = lh_style_new("seed", &ink, text, NULL);
    if (!style)
        abort();
    return style;
}
