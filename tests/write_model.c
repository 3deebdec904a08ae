/* Small networks made by hand: see write_model.h. */
#include "write_model.h"

#include "check.h"

#include <math.h>
#include <stdlib.h>

enum { CELLS = 8, MIXTURES = 2 };

const write_model_options write_model_plain = {.pace = 0.07, .wild = 0, .lift = 1, .spread = 0.1};

static lh_real *tensor(lh_network *network, const char *name, int row)
{
    const lh_tensor *found = lh_network_find(network, name);
    assert_non_null(found);
    return lh_network_parameters(network) + found->offset + row * found->columns;
}

static lh_model *new_model(const lh_architecture *architecture)
{
    lh_error error;
    lh_model *model = calloc(1, sizeof *model);
    assert_non_null(model);
    model->network = lh_network_new(architecture, &error);
    if (!model->network)
        fail_msg("%s", error.message);
    model->scale_x = model->scale_y = 40;
    return model;
}

/* Mixture outputs: two Gaussians at (0.5, 0) and (100, 0), the second chosen with `wild`. Order of
 * outputs: e, pi, mu_x, mu_y, sigma_x, sigma_y, rho, each [M]. */
static void set_mixture(lh_network *network, double wild, double spread)
{
    lh_real *bias = tensor(network, "output.bias", 0);
    lh_real *pi = bias + 1, *mu_x = pi + MIXTURES, *sigma_x = mu_x + 2 * MIXTURES;
    pi[1] = (lh_real)(wild <= 0 ? -1000 : wild >= 1 ? 1000 : log(wild / (1 - wild)));
    mu_x[0] = (lh_real)0.5;
    mu_x[1] = 100;
    for (int i = 0; i < 2 * MIXTURES; i++)
        sigma_x[i] = (lh_real)log(spread);
}

lh_model *write_model_new(const write_model_options *options)
{
    lh_model *model = NULL;
    lh_alphabet alphabet;
    assert_true(lh_alphabet_parse(
        &alphabet, " abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.,'&<>\"\u00e9"));
    lh_architecture architecture = {.kind = LH_SYNTHESIS,
                                    .layers = 2,
                                    .cells = CELLS,
                                    .mixtures = MIXTURES,
                                    .windows = 1,
                                    .alphabet = alphabet.count};
    model = new_model(&architecture);
    model->alphabet = alphabet;
    lh_network *n = model->network;
    lh_real *window = tensor(n, "window.bias", 0);
    window[0] = 0; /* alpha = 1 */
    window[1] = 1;
    window[2] = (lh_real)log(options->pace);
    /* Cell 0 of layer 2 forgets all and is 0.76 where the window is on a blank. Gates: i, f, input,
     * o. */
    lh_real *bias = tensor(n, "layer2.bias", 0);
    bias[0] = 20;
    bias[CELLS] = -20;
    bias[3 * CELLS] = 20;
    tensor(n, "layer2.input", LH_INPUTS + lh_alphabet_index(&alphabet, ' '))[2 * CELLS] = 20;
    set_mixture(n, options->wild, options->spread);
    /* e = 1 / (1 + exp(e^)): next to 0 off blanks. */
    double hat = options->lift >= 1   ? -20
                 : options->lift <= 0 ? 20
                                      : -log(options->lift / (1 - options->lift));
    tensor(n, "output.bias", 0)[0] = 20;
    tensor(n, "output.weight", CELLS)[0] = (lh_real)((hat - 20) / tanh(1.0));
    lh_network_changed(n);
    return model;
}

lh_model *write_model_prediction(void)
{
    lh_architecture architecture = {
        .kind = LH_PREDICTION, .layers = 1, .cells = CELLS, .mixtures = MIXTURES};
    lh_model *model = new_model(&architecture);
    set_mixture(model->network, 0, 0.1);
    tensor(model->network, "output.bias", 0)[0] = 3; /* e = 0.047 */
    lh_network_changed(model->network);
    return model;
}

lh_ink *write_model_ink(size_t count)
{
    lh_error error;
    lh_ink *ink = lh_ink_new(&error);
    assert_non_null(ink);
    for (size_t i = 0; i < count; i++) {
        lh_point point = {.x = 20 * (float)i,
                          .y = 60 * sinf((float)i / 2),
                          .time = 0.015f * (float)i,
                          .end = i == count / 2 || i + 1 == count};
        check_ok(lh_ink_add(ink, point, &error), &error);
    }
    return ink;
}
