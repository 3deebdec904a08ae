/* A character that is read as another: see model_alike.h. */
#include "model_alike.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

/* "X=x" to two indices of the alphabet. */
static bool read_pair(const lh_model *model, const char *pair, int index[2])
{
    index[0] = lh_alphabet_index(&model->alphabet, lh_utf8_next(&pair));
    if (index[0] < 0 || *pair++ != '=')
        return false;
    index[1] = *pair ? lh_alphabet_index(&model->alphabet, lh_utf8_next(&pair)) : -1;
    return index[1] >= 0 && !*pair;
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

lh_status model_alike(lh_model *model, const char *pair, lh_error *error)
{
    int index[2];
    if (lh_network_architecture(model->network)->kind != LH_SYNTHESIS)
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "--alike is of networks that write a text, and this is none");
    if (!read_pair(model, pair, index))
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "'%.64s' is not two characters of the model with = between them, as X=x",
                       pair);
    char *history = note(model, pair);
    if (!history)
        return lh_fail_memory(error, "the history of a model");
    lh_real *weights = lh_network_parameters(model->network);
    for (int layer = 1; layer <= lh_network_architecture(model->network)->layers; layer++) {
        char name[32];
        snprintf(name, sizeof name, "layer%d.input", layer);
        const lh_tensor *input = lh_network_find(model->network, name);
        /* Rows are those of x, then of w, one a character, then of the layer below. */
        lh_real *row = weights + input->offset + (size_t)LH_INPUTS * (size_t)input->columns;
        memmove(row + (size_t)index[0] * (size_t)input->columns,
                row + (size_t)index[1] * (size_t)input->columns,
                (size_t)input->columns * sizeof *row);
    }
    lh_network_changed(model->network);
    free(model->history);
    model->history = history;
    return LH_OK;
}
