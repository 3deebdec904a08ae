/* From a model's weights to those of a run: see origin_weights.h. */
#include "origin_weights.h"

#include <string.h>

/* The model's column of `to`'s column k: that of the same character; the blank is the last of both.
 * -1: the model has none. */
static int column_of(const lh_alphabet *alphabet, const lh_model *model, int k)
{
    if (k == alphabet->count)
        return model->alphabet.count;
    return lh_alphabet_index(&model->alphabet, alphabet->codepoint[k]);
}

static lh_real least(const lh_real *values, int count)
{
    lh_real low = values[0];
    for (int k = 1; k < count; k++)
        low = values[k] < low ? values[k] : low;
    return low;
}

/* The weights into the outputs, or their bias, column by column. */
static void copy_outputs(lh_real *to, int columns, const lh_alphabet *alphabet,
                         const lh_model *model, const lh_tensor *from)
{
    const lh_real *known = lh_network_parameters_const(model->network) + from->offset;
    for (int r = 0; r < from->rows; r++)
        for (int k = 0; k < columns; k++) {
            const int column = column_of(alphabet, model, k);
            lh_real *at = &to[(size_t)r * (size_t)columns + (size_t)k];
            if (column >= 0)
                *at = known[(size_t)r * (size_t)from->columns + (size_t)column];
            else if (strcmp(from->name, "output.bias") == 0)
                *at = least(known, from->columns - 1);
        }
}

void lh_origin_weights(lh_network *network, const lh_alphabet *alphabet, const lh_model *model)
{
    lh_real *to = lh_network_parameters(network);
    const lh_real *from = lh_network_parameters_const(model->network);
    if (lh_network_arena_size(network) == lh_network_arena_size(model->network) &&
        alphabet->count == model->alphabet.count) {
        memcpy(to, from, lh_network_arena_size(network) * sizeof *to);
        return;
    }
    for (size_t i = 0; i < lh_network_tensor_count(network); i++) {
        const lh_tensor *tensor = lh_network_tensor(network, i);
        const lh_tensor *known = lh_network_find(model->network, tensor->name);
        const bool grows = strncmp(tensor->name, "output.", sizeof "output." - 1) == 0;
        if (!known || known->rows != tensor->rows ||
            (known->columns != tensor->columns && !grows)) /* hands of other sizes begin anew */
            continue;
        if (tensor->columns == known->columns)
            memcpy(to + tensor->offset, from + known->offset,
                   (size_t)tensor->rows * (size_t)tensor->columns * sizeof *to);
        else
            copy_outputs(to + tensor->offset, tensor->columns, alphabet, model, known);
    }
}
