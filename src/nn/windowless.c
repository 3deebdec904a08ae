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
static void leave_window_out(lh_network *to, const lh_network *from, size_t l,
                             const lh_real *window)
{
    const lh_layer *out = &to->layer[l], *in = &from->layer[l];
    size_t gates = from->size.gates, entering = in->entering * gates;
    const lh_real *x = from->arena + in->input, *shown = x + entering;
    const lh_real *below = shown + from->size.shown * gates;
    lh_real *input = to->arena + out->input, *bias = to->arena + out->bias;
    memcpy(input, x, entering * sizeof *input);
    memcpy(input + entering, below, in->below * gates * sizeof *input);
    for (size_t c = 0; c < from->size.shown; c++)
        for (size_t j = 0; j < gates; j++)
            bias[j] += window[c] * shown[c * gates + j];
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
    for (size_t l = 0; l < made->size.layers; l++)
        leave_window_out(made, network, l, window);
    return made;
}
