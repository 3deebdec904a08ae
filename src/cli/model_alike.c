/* A character that is read as another: see model_alike.h. */
#include "model_alike.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

/* "X=x" to two code points, the second of the alphabet. */
static bool read_pair(const lh_model *model, const char *pair, uint32_t code[2])
{
    if (!*pair || !lh_utf8_valid(pair))
        return false;
    code[0] = lh_utf8_next(&pair);
    if (*pair++ != '=' || !*pair)
        return false;
    code[1] = lh_utf8_next(&pair);
    return !*pair && lh_alphabet_index(&model->alphabet, code[1]) >= 0;
}

/* {"alike": "X=x", "of": the history so far} */
static char *note(const lh_model *model, const char *pair)
{
    cJSON *json = cJSON_CreateObject();
    bool noted = cJSON_AddRawToObject(json, "of", model->history ? model->history : "null") &&
                 cJSON_AddStringToObject(json, "alike", pair);
    char *text = noted ? cJSON_PrintUnformatted(json) : NULL;
    cJSON_Delete(json);
    return text;
}

/* Is it what the pen and the window give a layer? Its rows are those of x, then of w, one a
 * character, then of the layer below. */
static bool is_input(const lh_tensor *tensor)
{
    return strncmp(tensor->name, "layer", 5) == 0 && strstr(tensor->name, ".input");
}

/* The tensor with one row more, behind the first `before`. */
static void copy_around(const lh_tensor *from, const lh_real *old, lh_real *to, size_t before)
{
    const size_t columns = (size_t)from->columns, rows = (size_t)from->rows;
    memcpy(to, old, before * columns * sizeof *to);
    memcpy(to + (before + 1) * columns, old + before * columns,
           (rows - before) * columns * sizeof *to);
}

/* Makes room for a character that the alphabet lacks; what the network does with it is not yet
 * told. */
static lh_status add_character(lh_model *model, uint32_t code, lh_error *error)
{
    lh_alphabet larger = model->alphabet;
    lh_architecture architecture = *lh_network_architecture(model->network);
    if (!lh_alphabet_add(&larger, code))
        return lh_fail(error, LH_ERROR_ARGUMENT, "the model's alphabet is full");
    architecture.alphabet = larger.count;
    lh_network *network = lh_network_new(&architecture, error);
    if (!network)
        return error->status;
    const size_t before = LH_INPUTS + (size_t)lh_alphabet_index(&larger, code);
    for (size_t i = 0; i < lh_network_tensor_count(network); i++) {
        const lh_tensor *from = lh_network_tensor(model->network, i),
                        *tensor = lh_network_find(network, from->name);
        const lh_real *old = lh_network_parameters_const(model->network) + from->offset;
        lh_real *to = lh_network_parameters(network) + tensor->offset;
        if (is_input(from))
            copy_around(from, old, to, before);
        else
            memcpy(to, old, (size_t)from->rows * (size_t)from->columns * sizeof *to);
    }
    lh_network_free(model->network);
    model->network = network;
    model->alphabet = larger;
    return LH_OK;
}

static void copy_rows(lh_model *model, const uint32_t code[2])
{
    const size_t to = (size_t)lh_alphabet_index(&model->alphabet, code[0]),
                 from = (size_t)lh_alphabet_index(&model->alphabet, code[1]);
    for (size_t i = 0; i < lh_network_tensor_count(model->network); i++) {
        const lh_tensor *input = lh_network_tensor(model->network, i);
        const size_t columns = (size_t)input->columns;
        lh_real *row = lh_network_parameters(model->network) + input->offset + LH_INPUTS * columns;
        if (is_input(input))
            memmove(row + to * columns, row + from * columns, columns * sizeof *row);
    }
    lh_network_changed(model->network);
}

lh_status model_alike(lh_model *model, const char *pair, lh_error *error)
{
    uint32_t code[2];
    if (lh_network_architecture(model->network)->kind != LH_SYNTHESIS)
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "--alike is of networks that write a text, and this is none");
    if (!read_pair(model, pair, code))
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "'%.64s' is not two characters with = between them, as X=x, of which the "
                       "model has the second",
                       pair);
    char *history = note(model, pair);
    if (!history)
        return lh_fail_memory(error, "the history of a model");
    if (lh_alphabet_index(&model->alphabet, code[0]) < 0 &&
        add_character(model, code[0], error) != LH_OK) {
        free(history);
        return error->status;
    }
    copy_rows(model, code);
    free(model->history);
    model->history = history;
    return LH_OK;
}
