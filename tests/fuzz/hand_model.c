/* The small model that fuzz_hand and its seeds share: see hand_model.h. */
#include "hand_model.h"
#include "../architectures.h"

#include <stdio.h>

bool hand_model_make(lh_model *model)
{
    static const lh_architecture architecture = SYNTHESIS(2, 3, 2, 2, 3);
    lh_error error;
    lh_rng rng;
    *model = (lh_model){.scale_x = 40, .scale_y = 36};
    lh_alphabet_parse(&model->alphabet, " ab");
    model->network = lh_network_new(&architecture, &error);
    if (!model->network) {
        fprintf(stderr, "%s\n", error.message);
        return false;
    }
    lh_rng_seed(&rng, 1, 0);
    lh_network_init(model->network, &rng);
    return true;
}
