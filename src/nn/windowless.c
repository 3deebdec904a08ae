/* From a synthesis network to one of prediction: the window's place is taken by the bias. */
#include "network.h"

#include "base/need.h"

#include <string.h>

/* Copies the tensor of this name, which has the same shape in both. */
static void copy_tensor(lh_network *to, const lh_network *from, const lh_tensor *tensor)
{
    const lh_tensor *source = lh_network_find(from, tensor->name);
    size_t count = (size_t)tensor->rows * (size_t)tensor->columns;
    memcpy(to->arena + tensor->offset, from->arena + source->offset, count * sizeof *to->arena);
}

/* input: rows x, w, h of the layer below -> rows x, h of the layer below; bias: += window x w's. */
static void leave_window_out(lh_network *to, const lh_network *from, int layer,
                             const lh_real *window)
{
    const lh_layer_view *out = &to->layer[layer], *in = &from->layer[layer];
    size_t gates = (size_t)lh_gates_size(&from->architecture);
    const lh_real *pen = from->arena + in->input;
    const lh_real *shown = pen + LH_INPUTS * gates;
    const lh_real *below = shown + (size_t)from->architecture.alphabet * gates;
    lh_real *input = to->arena + out->input, *bias = to->arena + out->bias;
    memcpy(input, pen, LH_INPUTS * gates * sizeof *input);
    memcpy(input + LH_INPUTS * gates, below, (size_t)in->below * gates * sizeof *input);
    for (int c = 0; c < from->architecture.alphabet; c++)
        for (size_t j = 0; j < gates; j++)
            bias[j] += window[c] * shown[(size_t)c * gates + j];
}

lh_network *lh_network_without_window(const lh_network *network, const lh_real *window,
                                      lh_error *error)
{
    LH_NEED(error, network && window, NULL);
    if (network->architecture.kind != LH_SYNTHESIS) {
        lh_fail(error, LH_ERROR_ARGUMENT, "a prediction network has no window to leave out");
        return NULL;
    }
    lh_architecture architecture = network->architecture;
    architecture.kind = LH_PREDICTION;
    architecture.windows = architecture.alphabet = 0;
    lh_network *made = lh_network_new(&architecture, error);
    if (!made)
        return NULL;
    for (size_t i = 0; i < made->tensor_count; i++) {
        const lh_tensor *tensor = &made->tensors[i];
        if (!strstr(tensor->name, ".input"))
            copy_tensor(made, network, tensor);
    }
    for (int l = 0; l < architecture.layers; l++)
        leave_window_out(made, network, l, window);
    return made;
}
