/* Networks: see arguments_rooms.h. */
#include "arguments_rooms.h"

#include <math.h>
#include <stdlib.h>

void networks_refuse(void **state)
{
    (void)state;
    GIVES(3, lh_ctc_steps(NULL, 3));
    lh_rng rng;
    lh_real window[LH_ALPHABET_MAX] = {0};
    lh_network *network = model->network;
    lh_architecture odd = *lh_network_architecture(network);
    odd.kind = NO_SUCH(lh_network_kind);
    lh_rng_seed(&rng, 1, 0);
    GIVES(0, lh_output_size(NULL));
    GIVES(false, lh_architecture_same(NULL, &odd));
    GIVES(false, lh_architecture_same(&odd, NULL));
    GIVES(-1, lh_cell_find(NULL));
    GIVES(-1, lh_head_find(NULL));
    GIVES(-1, lh_memory_find(NULL));
    MAKES_NOTHING(lh_network_new(NULL, error));
    MAKES_NOTHING(lh_network_new(&odd, error));
    odd.kind = LH_SYNTHESIS;
    odd.layers = -1;
    MAKES_NOTHING(lh_network_new(&odd, error));
    IGNORES(lh_network_free(NULL));
    IGNORES(lh_network_init(NULL, &rng));
    IGNORES(lh_network_init(network, NULL));
    GIVES(NULL, lh_network_architecture(NULL));
    GIVES(NULL, lh_network_parameters(NULL));
    GIVES(NULL, lh_network_parameters_const(NULL));
    GIVES(0, lh_network_arena_size(NULL));
    GIVES(0, lh_network_weight_count(NULL));
    GIVES(0, lh_network_tensor_count(NULL));
    GIVES(NULL, lh_network_tensor(NULL, 0));
    GIVES(NULL, lh_network_tensor(network, lh_network_tensor_count(network)));
    GIVES(NULL, lh_network_find(NULL, "output.bias"));
    GIVES(NULL, lh_network_find(network, NULL));
    GIVES(0, lh_network_fingerprint(NULL));
    MAKES_NOTHING(lh_network_without_window(NULL, window, error));
    MAKES_NOTHING(lh_network_without_window(network, NULL, error));
    MAKES_NOTHING(lh_network_without_window(prediction->network, window, error));
    IGNORES(lh_network_changed(NULL));
    assert_non_null(lh_kernels_name());
}

void batches_refuse(void **state)
{
    (void)state;
    lh_network *network = prediction->network;
    lh_workspace *workspace = lh_workspace_new(NULL);
    arguments_note("lh_workspace_new(error)");
    lh_real x[LH_INPUTS] = {0};
    lh_sequence sequence = {.x = x, .steps = 1}, none = {.steps = 1};
    lh_loss loss;
    lh_real *gradient = calloc(lh_network_arena_size(network), sizeof *gradient);
    assert_non_null(gradient);
    IGNORES(lh_workspace_free(NULL));
    REFUSES(lh_products_check(NO_SUCH(lh_products), error));
    REFUSES(lh_workspace_set_products(NULL, LH_PRODUCTS_FLOAT32, error));
    REFUSES(lh_workspace_set_products(workspace, NO_SUCH(lh_products), error));
    REFUSES(lh_network_loss(NULL, workspace, &sequence, 1, &loss, error));
    REFUSES(lh_network_loss(network, NULL, &sequence, 1, &loss, error));
    REFUSES(lh_network_loss(network, workspace, NULL, 1, &loss, error));
    REFUSES(lh_network_loss(network, workspace, &sequence, 0, &loss, error));
    REFUSES(lh_network_loss(network, workspace, &none, 1, &loss, error));
    REFUSES(lh_network_loss(network, workspace, &sequence, 1, NULL, error));
    REFUSES(lh_network_loss(model->network, workspace, &sequence, 1, &loss, error));
    lh_real told[1] = {7}, *const outputs[] = {told};
    lh_real *const means[] = {&(lh_real){0}}, *const no_means[] = {NULL};
    REFUSES(lh_network_mean_hidden(NULL, workspace, &sequence, 1, means, error));
    REFUSES(lh_network_mean_hidden(network, NULL, &sequence, 1, means, error));
    REFUSES(lh_network_mean_hidden(network, workspace, NULL, 1, means, error));
    REFUSES(lh_network_mean_hidden(network, workspace, &sequence, 1, NULL, error));
    REFUSES(lh_network_mean_hidden(network, workspace, &sequence, 1, no_means, error));
    REFUSES(lh_network_outputs(NULL, workspace, &sequence, 1, outputs, error));
    REFUSES(lh_network_outputs(network, NULL, &sequence, 1, outputs, error));
    REFUSES(lh_network_outputs(network, workspace, NULL, 1, outputs, error));
    REFUSES(lh_network_outputs(network, workspace, &sequence, 0, outputs, error));
    REFUSES(lh_network_outputs(network, workspace, &none, 1, outputs, error));
    REFUSES(lh_network_outputs(network, workspace, &sequence, 1, (lh_real *[]){NULL}, error));
    REFUSES(lh_network_outputs(network, workspace, &sequence, 1, NULL, error));
    assert_true(told[0] == 7);
    REFUSES(lh_network_gradient(NULL, workspace, &sequence, 1, NULL, gradient, &loss, error));
    REFUSES(lh_network_gradient(network, NULL, &sequence, 1, NULL, gradient, &loss, error));
    REFUSES(lh_network_gradient(network, workspace, NULL, 1, NULL, gradient, &loss, error));
    REFUSES(lh_network_gradient(network, workspace, &sequence, -1, NULL, gradient, &loss, error));
    REFUSES(lh_network_gradient(network, workspace, &sequence, 1, NULL, NULL, &loss, error));
    REFUSES(lh_network_gradient(network, workspace, &sequence, 1, NULL, gradient, NULL, error));
    const lh_clipping odd = {.regulariser = -1};
    REFUSES(lh_network_gradient(network, workspace, &sequence, 1, &odd, gradient, &loss, error));
    const int at[] = {0}, far[] = {1};
    double norm = 7, *const norms[] = {&norm};
    REFUSES(lh_network_reach(NULL, workspace, &sequence, at, 1, norms, error));
    REFUSES(lh_network_reach(network, NULL, &sequence, at, 1, norms, error));
    REFUSES(lh_network_reach(network, workspace, NULL, at, 1, norms, error));
    REFUSES(lh_network_reach(network, workspace, &sequence, NULL, 1, norms, error));
    REFUSES(lh_network_reach(network, workspace, &sequence, far, 1, norms, error));
    REFUSES(lh_network_reach(network, workspace, &sequence, at, 0, norms, error));
    REFUSES(lh_network_reach(network, workspace, &sequence, at, 1, NULL, error));
    REFUSES(lh_network_look(NULL, workspace, &sequence, LH_MEMORY_READ, 0, x, error));
    REFUSES(lh_network_look(network, NULL, &sequence, LH_MEMORY_READ, 0, x, error));
    REFUSES(lh_network_look(network, workspace, NULL, LH_MEMORY_READ, 0, x, error));
    REFUSES(lh_network_look(network, workspace, &sequence, LH_MEMORY_READ, 0, NULL, error));
    REFUSES(lh_network_look(network, workspace, &sequence, NO_SUCH(lh_memory_part), 0, x, error));
    assert_true(norm == 7);
    free(gradient);
    lh_workspace_free(workspace);
}

void states_refuse(void **state)
{
    (void)state;
    lh_network *network = model->network;
    lh_state *s = lh_state_new(network, 1, NULL);
    lh_state *other = lh_state_new(prediction->network, 1, NULL);
    const lh_real x[LH_INPUTS] = {0};
    const int32_t text[] = {0}, odd[] = {-1};
    MAKES_NOTHING(lh_state_new(NULL, 1, error));
    MAKES_NOTHING(lh_state_new(network, 0, error));
    IGNORES(lh_state_free(NULL));
    IGNORES(lh_state_reset(NULL, 0));
    IGNORES(lh_state_reset(s, 1));
    REFUSES(lh_state_set_text(NULL, 0, text, 1, error));
    REFUSES(lh_state_set_text(s, -1, text, 1, error));
    REFUSES(lh_state_set_text(s, 0, NULL, 1, error));
    REFUSES(lh_state_set_text(s, 0, text, -1, error));
    REFUSES(lh_state_set_text(s, 0, odd, 1, error));
    IGNORES(lh_state_shift_kappa(NULL, 0, 1));
    IGNORES(lh_state_shift_kappa(s, 1, 1));
    IGNORES(lh_state_shift_kappa(s, 0, NAN));
    REFUSES(lh_state_copy(NULL, 0, s, 0, error));
    REFUSES(lh_state_copy(s, 0, NULL, 0, error));
    REFUSES(lh_state_copy(s, 1, s, 0, error));
    REFUSES(lh_state_copy(s, 0, other, 0, error));
    IGNORES(lh_network_step(NULL, s, x, 1));
    IGNORES(lh_network_step(network, NULL, x, 1));
    IGNORES(lh_network_step(network, s, NULL, 1));
    IGNORES(lh_network_step(network, s, x, 2));
    IGNORES(lh_network_step(network, s, x, -1));
    GIVES(NULL, lh_state_output(NULL, 0));
    GIVES(NULL, lh_state_output(s, 1));
    GIVES(NULL, lh_state_hidden(NULL, 0, 0));
    GIVES(NULL, lh_state_cell(NULL, 0, 0));
    GIVES(NULL, lh_state_hidden(s, 0, LH_LAYERS_MAX));
    GIVES(NULL, lh_state_gate(NULL, 0, 0, LH_GATE_INPUT));
    GIVES(NULL, lh_state_gate(s, 0, 0, NO_SUCH(lh_gate)));
    GIVES(NULL, lh_state_kappa(NULL, 0));
    GIVES(NULL, lh_state_phi(NULL, 0));
    GIVES(NULL, lh_state_phi(s, 7));
    GIVES(0, lh_state_characters(NULL, 0));
    lh_state_free(other);
    lh_state_free(s);
}

void mixtures_refuse(void **state)
{
    (void)state;
    const lh_real output[1 + 6] = {0};
    lh_real x[3];
    lh_rng rng;
    lh_mixture mixture, none = {.count = 0};
    lh_rng_seed(&rng, 1, 0);
    lh_mixture_read(output, 1, 0, &mixture);
    IGNORES(lh_mixture_read(NULL, 1, 0, &mixture));
    IGNORES(lh_mixture_read(output, 1, 0, NULL));
    IGNORES(lh_mixture_read(output, LH_MIXTURES_MAX + 1, 0, &mixture));
    IGNORES(lh_mixture_read(output, -1, 0, &mixture));
    IGNORES(lh_mixture_read(output, 1, NAN, &mixture));
    assert_int_equal(mixture.count, 1);
    IGNORES(lh_mixture_sample(NULL, &rng, x, NULL));
    IGNORES(lh_mixture_sample(&none, &rng, x, NULL));
    IGNORES(lh_mixture_sample(&mixture, NULL, x, NULL));
    IGNORES(lh_mixture_sample(&mixture, &rng, NULL, NULL));
    GIVES(-INFINITY, lh_mixture_log_density(NULL, 0, 0));
    GIVES(-INFINITY, lh_mixture_log_density(&none, 0, 0));
    IGNORES(lh_pen_mixture(NULL, 1, 0, 0, &mixture));
    IGNORES(lh_pen_mixture(output, 0, 0, 0, &mixture));
    IGNORES(lh_pen_mixture(output, 1, -1, 0, &mixture));
    IGNORES(lh_pen_mixture(output, 1, 0, 0, NULL));
}

void optimisers_refuse(void **state)
{
    (void)state;
    lh_real values[2] = {1, 1};
    const lh_real gradient[2] = {3, 4};
    lh_optimizer *optimizer = lh_optimizer_new(LH_ADAM, 2, NULL);
    MAKES_NOTHING(lh_optimizer_new(NO_SUCH(lh_optimizer_kind), 2, error));
    MAKES_NOTHING(lh_optimizer_new(LH_ADAM, 0, error));
    IGNORES(lh_optimizer_free(NULL));
    IGNORES(lh_optimizer_step(NULL, values, gradient, 1, 1));
    IGNORES(lh_optimizer_step(optimizer, NULL, gradient, 1, 1));
    IGNORES(lh_optimizer_step(optimizer, values, NULL, 1, 1));
    IGNORES(lh_optimizer_step(optimizer, values, gradient, NAN, 1));
    assert_true(values[0] == 1 && lh_optimizer_steps(optimizer) == 0);
    IGNORES(lh_optimizer_step(optimizer, values, gradient, 1, -1));
    assert_true(values[0] < 1);
    GIVES(0, lh_optimizer_steps(NULL));
    IGNORES(lh_optimizer_set_steps(NULL, 1));
    GIVES(0, lh_optimizer_moment_count(NULL));
    GIVES(NULL, lh_optimizer_moment(NULL, 0));
    GIVES(NULL, lh_optimizer_moment(optimizer, 2));
    GIVES(LH_FOR_TASK, lh_purpose_of(NULL));
    GIVES(NULL, lh_purpose_words(NO_SUCH(lh_purpose)));
    IGNORES(lh_model_name(NULL));
    GIVES(NULL, lh_optimizer_moment_name(NULL, 0));
    GIVES(false, lh_optimizer_moment_is_square(NULL, 0));
    GIVES(NULL, lh_optimizer_moment_name(optimizer, -1));
    GIVES(0, lh_gradient_norm(NULL, 2, 1));
    GIVES(5, lh_gradient_norm(gradient, 2, 0));
    lh_optimizer_free(optimizer);
}

void model_files_refuse(void **state)
{
    (void)state;
    lh_model none = {.network = NULL};
    MAKES_NOTHING(lh_model_load(NULL, error));
    IGNORES(lh_model_free(NULL));
    REFUSES(lh_model_save(NULL, "x", LH_PRECISION_FLOAT32, error));
    REFUSES(lh_model_save(&none, "x", LH_PRECISION_FLOAT32, error));
    REFUSES(lh_model_save(model, NULL, LH_PRECISION_FLOAT32, error));
    REFUSES(lh_model_save(model, "x", NO_SUCH(lh_precision), error));
}
