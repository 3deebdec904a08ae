/* Adaptations and hands: see arguments_rooms.h. */
#include "arguments_rooms.h"

#include <stdlib.h>

void adaptations_refuse(void **state)
{
    (void)state;
    lh_network *network = model->network;
    lh_adaptation *adaptation = lh_adaptation_new(network, 1, NULL);
    assert_non_null(adaptation);
    lh_network *other = lh_network_new(lh_network_architecture(network), NULL);
    lh_state *states = lh_state_new(network, 1, NULL);
    MAKES_NOTHING(lh_adaptation_new(NULL, 1, error));
    MAKES_NOTHING(lh_adaptation_new(network, -1, error));
    IGNORES(lh_adaptation_free(NULL));
    GIVES(0, lh_adaptation_count(NULL));
    GIVES(NULL, lh_adaptation_numbers(NULL));
    REFUSES(lh_adaptation_changed(NULL, network, error));
    REFUSES(lh_adaptation_changed(adaptation, NULL, error));
    REFUSES(lh_adaptation_apply(NULL, network, other, error));
    REFUSES(lh_adaptation_apply(adaptation, NULL, other, error));
    REFUSES(lh_adaptation_apply(adaptation, network, NULL, error));
    lh_workspace *workspace = lh_workspace_new(NULL);
    REFUSES(lh_workspace_set_learnt(NULL, adaptation, error));
    GIVES(LH_OK, lh_workspace_set_learnt(workspace, NULL, NULL));
    lh_workspace_free(workspace);
    IGNORES(lh_state_set_adaptation(NULL, 0, adaptation));
    IGNORES(lh_state_set_adaptation(states, 7, adaptation));
    IGNORES(lh_state_set_adaptation(states, 0, NULL));
    GIVES(NULL, lh_state_adaptation(NULL, 0));
    GIVES(NULL, lh_state_adaptation(states, -1));
    lh_state_free(states);
    lh_network_free(other);
    lh_adaptation_free(adaptation);
}

void hands_refuse(void **state)
{
    (void)state;
    const lh_style *const styles[] = {style, NULL};
    const double weights[] = {1, 1};
    IGNORES(lh_hand_free(NULL));
    REFUSES(lh_style_save(NULL, "x", error));
    REFUSES(lh_style_save(style, NULL, error));
    REFUSES(lh_style_save(style, "x", error)); /* has no hand */
    MAKES_NOTHING(lh_style_mix(NULL, styles, weights, 1, error));
    MAKES_NOTHING(lh_style_mix("a", NULL, weights, 1, error));
    MAKES_NOTHING(lh_style_mix("a", styles, NULL, 1, error));
    MAKES_NOTHING(lh_style_mix("a", styles, weights, 2, error));
    MAKES_NOTHING(lh_style_mix("a", styles, weights, 1, error));
    const lh_hand *const hands[] = {NULL};
    MAKES_NOTHING(lh_hand_draw(NULL, 1, 1, 1, error));
    MAKES_NOTHING(lh_hand_draw(hands, 0, 1, 1, error));
    MAKES_NOTHING(lh_hand_draw(hands, 1, 1, 1, error));
    MAKES_NOTHING(lh_writer_in_hand(model, NULL, error));
    MAKES_NOTHING(lh_writer_in_hand(NULL, &(lh_hand){.rank = 1}, error));
    lh_hand_line line = {ink, (char[]){"ab"}}, none = {NULL, NULL};
    lh_hand_options odd = lh_hand_defaults;
    odd.steps = -1;
    REFUSES(lh_hand_lines_fit(NULL, 1, error));
    REFUSES(lh_hand_lines_fit(&none, 1, error));
    REFUSES(lh_hand_lines_check(NULL, &line, 1, error));
    REFUSES(lh_hand_lines_check((const lh_reader *)model, NULL, 1, error));
    MAKES_NOTHING(lh_hand_learn(NULL, model, &line, 1, &lh_hand_defaults, NULL, error));
    MAKES_NOTHING(lh_hand_learn("a", NULL, &line, 1, &lh_hand_defaults, NULL, error));
    MAKES_NOTHING(lh_hand_learn("a", prediction, &line, 1, &lh_hand_defaults, NULL, error));
    MAKES_NOTHING(lh_hand_learn("a", model, NULL, 1, &lh_hand_defaults, NULL, error));
    MAKES_NOTHING(lh_hand_learn("a", model, &none, 1, &lh_hand_defaults, NULL, error));
    MAKES_NOTHING(lh_hand_learn("a", model, &line, 1, NULL, NULL, error));
    MAKES_NOTHING(lh_hand_learn("a", model, &line, 1, &odd, NULL, error));
    MAKES_NOTHING(
        lh_hand_learn("a", model, &line, LH_HAND_LINES_MAX + 1, &lh_hand_defaults, NULL, error));
}
