/* Model files: a trained network with alphabet, scale, history and licence in one safetensors file
 * (format: safetensors.h; metadata keys: nn.h). Leaves the container to safetensors.c and the
 * meaning of tensors to network.c. */
#include "base/need.h"
#include "bounds.h"
#include "coding.h"
#include "half.h"
#include "kernels.h"
#include "network.h"

#include <cjson/cJSON.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char file_kind[] = "model 1";

static const char *const kind_names[] = {
    [LH_PREDICTION] = "prediction",
    [LH_SYNTHESIS] = "synthesis",
};

void lh_model_free(lh_model *model)
{
    if (!model)
        return;
    lh_network_free(model->network);
    free(model->history);
    free(model->license);
    free(model->path);
    free(model);
}

/* ---- reading: metadata -------------------------------------------------------------------------
 */

/* A whole number of 0..INT_MAX, or -1. */
static int read_count(const cJSON *object, const char *key)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);
    bool whole = cJSON_IsNumber(item) && item->valuedouble >= 0 && item->valuedouble <= INT_MAX &&
                 item->valuedouble == floor(item->valuedouble);
    return whole ? (int)item->valuedouble : -1;
}

/* A count that files of before did not have, for a long time the same in all. */
static int read_later_count(const cJSON *object, const char *key, int otherwise)
{
    return cJSON_GetObjectItemCaseSensitive(object, key) ? read_count(object, key) : otherwise;
}

/* The kind of cell, or the head, that `key` names. Files of before have no name and mean the first
 * of the table. */
static lh_status read_part(const lh_safetensors *file, const cJSON *object, const char *key,
                           int (*find)(const char *), int *part, lh_error *error)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);
    const char *name = cJSON_GetStringValue(item);
    *part = item ? (name ? find(name) : -1) : 0;
    if (*part < 0)
        return lh_fail(error, LH_ERROR_FORMAT,
                       "%s: its \"architecture\" has a %s of a kind that is not known here: "
                       "\"%.100s\"",
                       lh_safetensors_path(file), key, name ? name : "");
    return LH_OK;
}

static lh_status parse_architecture(const lh_safetensors *file, const cJSON *json,
                                    lh_architecture *architecture, lh_error *error)
{
    const char *kind = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(json, "kind"));
    bool synthesis = kind && strcmp(kind, kind_names[LH_SYNTHESIS]) == 0;
    bool known = synthesis || (kind && strcmp(kind, kind_names[LH_PREDICTION]) == 0);
    *architecture = (lh_architecture){
        .kind = synthesis ? LH_SYNTHESIS : LH_PREDICTION,
        .layers = read_count(json, "layers"),
        .cells = read_count(json, "cells"),
        .mixtures = read_count(json, "mixtures"),
        .windows = read_count(json, "windows"),
        .alphabet = read_count(json, "alphabet"),
        .inputs = read_later_count(json, "inputs", LH_INPUTS),
        .directions = read_later_count(json, "directions", 1),
        .no_skips = read_later_count(json, "skips", 1) == 0,
        .slots = read_later_count(json, "slots", 0),
        .width = read_later_count(json, "width", 0),
        .reads = read_later_count(json, "reads", 0),
    };
    if (!known || architecture->layers < 0 || architecture->cells < 0 ||
        architecture->mixtures < 0 || architecture->windows < 0 || architecture->alphabet < 0 ||
        architecture->inputs < 1 || architecture->directions < 1 || architecture->slots < 0 ||
        architecture->width < 0 || architecture->reads < 0)
        return lh_fail(error, LH_ERROR_FORMAT,
                       "%s: its \"architecture\" must be a JSON object of kind, layers (1 to %d), "
                       "cells, mixtures, windows, alphabet",
                       lh_safetensors_path(file), LH_LAYERS_MAX);
    lh_status status = read_part(file, json, "cell", lh_cell_find, &architecture->cell, error);
    if (status == LH_OK)
        status = read_part(file, json, "head", lh_head_find, &architecture->head, error);
    if (status == LH_OK)
        status = read_part(file, json, "memory", lh_memory_find, &architecture->memory, error);
    lh_error reason;
    if (status == LH_OK && lh_architecture_check(architecture, LH_ERROR_FORMAT, &reason) != LH_OK)
        status = lh_fail(error, LH_ERROR_FORMAT, "%s: its \"architecture\": %.400s",
                         lh_safetensors_path(file), reason.message);
    return status;
}

static lh_status read_architecture(const lh_safetensors *file, lh_architecture *architecture,
                                   lh_error *error)
{
    const char *text = lh_safetensors_require_metadata(file, "architecture", error);
    if (!text)
        return error->status;
    cJSON *json = cJSON_Parse(text);
    lh_status status = parse_architecture(file, json, architecture, error);
    cJSON_Delete(json);
    return status;
}

/* Before memory is asked for: a network of these sizes has at least this many weights (recurrent
 * matrices, output, window), and the file must have them. */
static lh_status check_sizes(const lh_safetensors *file, const lh_architecture *a, lh_error *error)
{
    double least = lh_architecture_least_weights(a), stored = 0;
    for (size_t i = 0; i < lh_safetensors_count(file); i++) {
        const lh_stored *tensor = lh_safetensors_at(file, i);
        stored += (double)(tensor->bytes / lh_dtype_size(tensor->dtype));
    }
    if (least > stored)
        return lh_fail(error, LH_ERROR_FORMAT,
                       "%s: its \"architecture\" needs at least %.0f weights, its tensors have "
                       "%.0f",
                       lh_safetensors_path(file), least, stored);
    return LH_OK;
}

static bool is_json_object(const char *text)
{
    cJSON *json = cJSON_Parse(text);
    bool object = cJSON_IsObject(json);
    cJSON_Delete(json);
    return object;
}

static lh_status read_metadata(const lh_safetensors *file, lh_model *model,
                               lh_architecture *architecture, lh_error *error)
{
    const char *path = lh_safetensors_path(file);
    const char *kind = lh_safetensors_metadata(file, "longhand");
    if (!kind || strcmp(kind, file_kind) != 0)
        return lh_fail(error, LH_ERROR_FORMAT,
                       "%s: is not a model file of this version: its metadata must have "
                       "\"longhand\": \"%s\"",
                       path, file_kind);
    lh_status status = read_architecture(file, architecture, error);
    if (status == LH_OK)
        status = check_sizes(file, architecture, error);
    if (status == LH_OK)
        status = lh_alphabet_read(file, &model->alphabet, error);
    if (status == LH_OK && model->alphabet.count != architecture->alphabet)
        return lh_fail(error, LH_ERROR_FORMAT,
                       "%s: its \"alphabet\" has %d characters, its \"architecture\" says %d", path,
                       model->alphabet.count, architecture->alphabet);
    if (status == LH_OK)
        status = lh_scale_read(file, &model->scale_x, &model->scale_y, error);
    if (status == LH_OK)
        status = lh_safetensors_copy_metadata(file, "history", &model->history, error);
    if (status == LH_OK)
        status = lh_safetensors_copy_metadata(file, "license", &model->license, error);
    if (status == LH_OK && model->history && !is_json_object(model->history))
        status = lh_fail(error, LH_ERROR_FORMAT, "%s: its \"history\" must be a JSON object", path);
    return status;
}

/* ---- reading: weights --------------------------------------------------------------------------
 */

/* Written so that NaN is unfit. */
static bool is_weight(lh_real value)
{
    const lh_real most = (lh_real)LH_WEIGHT_MOST;
    return value >= -most && value <= most;
}

/* The first weight that is none, or `count`. */
static size_t find_unfit(const lh_real *weights, size_t count)
{
    /* Without a way out and as wide as a weight, so that it is done in vectors. */
    int unfit = 0;
    for (size_t i = 0; i < count; i++)
        unfit |= !is_weight(weights[i]);
    size_t at = unfit ? 0 : count;
    while (at < count && is_weight(weights[at]))
        at++;
    return at;
}

static void widen(const char *data, size_t count, lh_real *weights)
{
    const lh_kernels *kernels = lh_kernels_get();
    if (kernels->widen) {
        kernels->widen(count, data, weights);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        uint16_t bits;
        memcpy(&bits, data + i * sizeof bits, sizeof bits);
        weights[i] = lh_half_to_float(bits);
    }
}

static void copy_floats(const char *data, size_t count, lh_real *weights)
{
    float value;
    for (size_t i = 0; i < count; i++) {
        memcpy(&value, data + i * sizeof value, sizeof value);
        weights[i] = value;
    }
}

static lh_status read_weights(const lh_safetensors *file, const lh_tensor *tensor, lh_real *weights,
                              lh_error *error)
{
    const lh_stored *stored = lh_safetensors_find(file, tensor->name);
    bool half = stored && stored->dtype == LH_DTYPE_F16;
    size_t shape[2] = {(size_t)tensor->rows, (size_t)tensor->columns};
    if (!lh_safetensors_require(file, tensor->name, half ? LH_DTYPE_F16 : LH_DTYPE_F32, 2, shape,
                                error))
        return error->status;
    size_t count = shape[0] * shape[1];
    if (half)
        widen(stored->data, count, weights);
    else
        copy_floats(stored->data, count, weights);
    size_t unfit = find_unfit(weights, count);
    if (unfit < count)
        return lh_fail(error, LH_ERROR_FORMAT,
                       "%s: tensor \"%s\": weight [%zu, %zu] is %g; weights go from %g to %g",
                       lh_safetensors_path(file), tensor->name, unfit / shape[1], unfit % shape[1],
                       (double)weights[unfit], -LH_WEIGHT_MOST, LH_WEIGHT_MOST);
    return LH_OK;
}

/* Clears what of the arena lies between tensor `index` and the next. */
static void clear_gap(lh_network *network, size_t index)
{
    const lh_tensor *tensor = lh_network_tensor(network, index);
    size_t from = tensor->offset + (size_t)tensor->rows * (size_t)tensor->columns;
    size_t to = index + 1 < lh_network_tensor_count(network)
                    ? lh_network_tensor(network, index + 1)->offset
                    : lh_network_arena_size(network);
    lh_real *parameters = lh_network_parameters(network);
    memset(parameters + from, 0, (to - from) * sizeof *parameters);
}

static lh_status read_network(const lh_safetensors *file, lh_network *network, lh_error *error)
{
    for (size_t i = 0; i < lh_safetensors_count(file); i++) {
        const char *name = lh_safetensors_at(file, i)->name;
        if (!lh_network_find(network, name))
            return lh_fail(error, LH_ERROR_FORMAT,
                           "%s: tensor \"%s\" does not belong to a network of its architecture",
                           lh_safetensors_path(file), name);
    }
    lh_real *parameters = lh_network_parameters(network);
    for (size_t i = 0; i < lh_network_tensor_count(network); i++) {
        const lh_tensor *tensor = lh_network_tensor(network, i);
        lh_status status = read_weights(file, tensor, parameters + tensor->offset, error);
        if (status != LH_OK)
            return status;
        clear_gap(network, i);
    }
    lh_network_changed(network);
    return LH_OK;
}

static lh_status read_model(const lh_safetensors *file, lh_model *model, lh_error *error)
{
    lh_architecture architecture;
    lh_status status = read_metadata(file, model, &architecture, error);
    if (status != LH_OK)
        return status;
    lh_error reason;
    model->network = lh_network_new_unset(&architecture, &reason);
    if (!model->network)
        return lh_fail(error, reason.status, "%s: %.400s", lh_safetensors_path(file),
                       reason.message);
    return read_network(file, model->network, error);
}

const char *lh_model_name(const lh_model *model)
{
    return model && model->path ? model->path : "the model";
}

lh_model *lh_model_load(const char *path, lh_error *error)
{
    LH_NEED(error, path, NULL);
    LH_OWN_ERROR(error);
    lh_safetensors *file = lh_safetensors_read(path, error);
    if (!file)
        return NULL;
    lh_model *model = calloc(1, sizeof *model);
    if (model)
        model->path = strdup(path);
    lh_status status =
        model && model->path ? read_model(file, model, error) : lh_fail_memory(error, "a model");
    lh_safetensors_free(file);
    if (status == LH_OK)
        return model;
    lh_model_free(model);
    return NULL;
}

/* ---- writing -----------------------------------------------------------------------------------
 */

/* Adds `json` (freed here; NULL: no memory) as metadata text. */
static lh_status add_json(lh_safetensors_writer *writer, const char *key, cJSON *json,
                          lh_error *error)
{
    char *text = cJSON_PrintUnformatted(json);
    cJSON_Delete(json);
    lh_status status = text ? lh_safetensors_add_metadata(writer, key, text, error)
                            : lh_fail_memory(error, "a model's metadata");
    cJSON_free(text);
    return status;
}

static bool add_memory(cJSON *json, const lh_architecture *architecture)
{
    return architecture->memory == 0 ||
           (cJSON_AddStringToObject(json, "memory", lh_memory_name(architecture->memory)) &&
            cJSON_AddNumberToObject(json, "slots", architecture->slots) &&
            cJSON_AddNumberToObject(json, "width", architecture->width) &&
            cJSON_AddNumberToObject(json, "reads", architecture->reads));
}

static cJSON *architecture_json(const lh_architecture *architecture)
{
    cJSON *json = cJSON_CreateObject();
    if (cJSON_AddStringToObject(json, "kind", kind_names[architecture->kind]) &&
        cJSON_AddNumberToObject(json, "layers", architecture->layers) &&
        cJSON_AddNumberToObject(json, "cells", architecture->cells) &&
        cJSON_AddNumberToObject(json, "mixtures", architecture->mixtures) &&
        cJSON_AddNumberToObject(json, "windows", architecture->windows) &&
        cJSON_AddNumberToObject(json, "alphabet", architecture->alphabet) &&
        cJSON_AddStringToObject(json, "cell", lh_cell_name(architecture->cell)) &&
        cJSON_AddStringToObject(json, "head", lh_head_name(architecture->head)) &&
        cJSON_AddNumberToObject(json, "inputs", lh_inputs(architecture)) &&
        cJSON_AddNumberToObject(json, "directions", lh_directions(architecture)) &&
        (!architecture->no_skips || cJSON_AddNumberToObject(json, "skips", 0)) &&
        add_memory(json, architecture))
        return json;
    cJSON_Delete(json);
    return NULL;
}

static lh_status add_metadata(lh_safetensors_writer *writer, const lh_model *model, lh_error *error)
{
    const lh_architecture *architecture = lh_network_architecture(model->network);
    if (model->alphabet.count != architecture->alphabet)
        return lh_fail(
            error, LH_ERROR_ARGUMENT, "%s: the model's alphabet has %d characters, its network %d",
            lh_safetensors_writer_path(writer), model->alphabet.count, architecture->alphabet);
    if (model->history && !is_json_object(model->history))
        return lh_fail(error, LH_ERROR_ARGUMENT, "%s: the model's history must be a JSON object",
                       lh_safetensors_writer_path(writer));
    lh_status status = lh_safetensors_add_metadata(writer, "longhand", file_kind, error);
    if (status == LH_OK)
        status = add_json(writer, "architecture", architecture_json(architecture), error);
    if (status == LH_OK)
        status = lh_alphabet_write(writer, &model->alphabet, error);
    if (status == LH_OK)
        status = lh_scale_write(writer, model->scale_x, model->scale_y, error);
    if (status == LH_OK && model->history)
        status = lh_safetensors_add_metadata(writer, "history", model->history, error);
    if (status == LH_OK && model->license)
        status = lh_safetensors_add_metadata(writer, "license", model->license, error);
    return status;
}

/* Stores the weights of a tensor in `data` and adds it; `*size` becomes the bytes used. */
static lh_status add_weights(lh_safetensors_writer *writer, const lh_tensor *tensor,
                             const lh_real *weights, lh_precision precision, char *data,
                             size_t *size, lh_error *error)
{
    bool half = precision == LH_PRECISION_FLOAT16;
    size_t shape[2] = {(size_t)tensor->rows, (size_t)tensor->columns};
    size_t count = shape[0] * shape[1];
    for (size_t i = 0; i < count; i++) {
        float value = (float)weights[i];
        uint16_t bits = lh_half_from_float(value);
        if (!is_weight((lh_real)(half ? lh_half_to_float(bits) : value)))
            return lh_fail(error, LH_ERROR_NUMERIC,
                           "%s: tensor \"%s\": weight [%zu, %zu] is %g; weights go from %g to %g",
                           lh_safetensors_writer_path(writer), tensor->name, i / shape[1],
                           i % shape[1], (double)weights[i], -LH_WEIGHT_MOST, LH_WEIGHT_MOST);
        if (half)
            memcpy(data + i * sizeof bits, &bits, sizeof bits);
        else
            memcpy(data + i * sizeof value, &value, sizeof value);
    }
    *size = count * (half ? sizeof(uint16_t) : sizeof(float));
    return lh_safetensors_add(writer, tensor->name, half ? LH_DTYPE_F16 : LH_DTYPE_F32, 2, shape,
                              data, error);
}

static lh_status write_model(lh_safetensors_writer *writer, const lh_model *model, char *data,
                             lh_precision precision, lh_error *error)
{
    lh_status status = add_metadata(writer, model, error);
    const lh_real *parameters = lh_network_parameters_const(model->network);
    for (size_t i = 0; status == LH_OK && i < lh_network_tensor_count(model->network); i++) {
        const lh_tensor *tensor = lh_network_tensor(model->network, i);
        size_t size = 0;
        status =
            add_weights(writer, tensor, parameters + tensor->offset, precision, data, &size, error);
        data += size;
    }
    return status == LH_OK ? lh_safetensors_write(writer, error) : status;
}

lh_status lh_model_save(const lh_model *model, const char *path, lh_precision precision,
                        lh_error *error)
{
    LH_NEED(error, model && model->network && path && (unsigned)precision <= LH_PRECISION_FLOAT16,
            LH_ERROR_ARGUMENT);
    LH_OWN_ERROR(error);
    lh_safetensors_writer *writer = lh_safetensors_writer_new(path, error);
    if (!writer)
        return error->status;
    char *data = malloc(lh_network_weight_count(model->network) * sizeof(float) + 1);
    lh_status status = data ? write_model(writer, model, data, precision, error)
                            : lh_fail_memory(error, "the weights of a model file");
    free(data);
    lh_safetensors_writer_free(writer);
    return status;
}
