/* The state file of a training run: writing it and going on from it. */
#include "checkpoint.h"

#include "base/need.h"
#include "nn/bounds.h"
#include "nn/coding.h"
#include "train_options.h"

#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char format_name[] = "longhand training state 1";

/* ---- the place as JSON ---- */

/* Updates done by the optimisers of the weights and of adaptive noise, which may have begun later.
 */
typedef struct step_counts {
    uint64_t weights, noise;
} step_counts;

static char *place_write(const lh_place *place, const step_counts *counts)
{
    cJSON *json = cJSON_CreateObject();
    bool done = json && cJSON_AddNumberToObject(json, "step", (double)place->step) &&
                cJSON_AddNumberToObject(json, "optimizer_steps", (double)counts->weights) &&
                cJSON_AddNumberToObject(json, "noise_steps", (double)counts->noise) &&
                cJSON_AddNumberToObject(json, "seconds", place->seconds) &&
                cJSON_AddNumberToObject(json, "validations", (double)place->validations);
    if (done && place->validations > 0)
        done = cJSON_AddNumberToObject(json, "validated", (double)place->validated) &&
               cJSON_AddNumberToObject(json, "best", place->best) &&
               cJSON_AddNumberToObject(json, "best_step", (double)place->best_step) &&
               cJSON_AddNumberToObject(json, "waited", place->waited);
    char *text = done ? cJSON_PrintUnformatted(json) : NULL;
    cJSON_Delete(json);
    return text;
}

static double number(const cJSON *json, const char *key, bool *fits)
{
    const cJSON *value = cJSON_GetObjectItemCaseSensitive(json, key);
    if (!cJSON_IsNumber(value) || !isfinite(value->valuedouble))
        *fits = false;
    return *fits ? value->valuedouble : 0;
}

/* A count; 2^53 is where float64 stops counting. */
static uint64_t counted(const cJSON *json, const char *key, bool *fits)
{
    double value = number(json, key, fits);
    if (!(value >= 0 && value <= 0x1p53 && value == floor(value)))
        *fits = false;
    return *fits ? (uint64_t)value : 0;
}

static bool place_read(const cJSON *json, lh_place *place, step_counts *counts)
{
    bool fits = true;
    *place = (lh_place){0};
    place->step = counted(json, "step", &fits);
    counts->weights = counted(json, "optimizer_steps", &fits);
    counts->noise = 0;
    if (cJSON_HasObjectItem(json, "noise_steps"))
        counts->noise = counted(json, "noise_steps", &fits);
    place->seconds = number(json, "seconds", &fits);
    place->validations = counted(json, "validations", &fits);
    if (place->validations > 0) {
        place->validated = counted(json, "validated", &fits);
        place->best = number(json, "best", &fits);
        place->best_step = counted(json, "best_step", &fits);
        place->waited = (int)fmin((double)counted(json, "waited", &fits), 1e9);
    }
    return fits;
}

/* ---- walking the arrays ---- */

enum { GROUP_NAME_MAX = 32, MOMENTS_MAX = 3, ARRAYS_MAX = MOMENTS_MAX + 5 };

/* What the numbers of an array may be: finite, and within these. */
typedef struct array {
    const char *name;
    lh_real *values;
    double least, most;
} array;

/* The arrays of a state, in the order of the file; those of adaptive noise, if there are any, last,
 * and only `with_noise`. */
static int list_arrays(const lh_training_state *state, bool with_noise, array arrays[ARRAYS_MAX])
{
    const double most = LH_WEIGHT_MOST, any = DBL_MAX;
    int count = 0;
    arrays[count++] = (array){"weight", state->weights, -most, most};
    for (int m = 0; m < lh_optimizer_moment_count(state->optimizer) && m < MOMENTS_MAX; m++)
        arrays[count++] = (array){
            lh_optimizer_moment_name(state->optimizer, m), lh_optimizer_moment(state->optimizer, m),
            lh_optimizer_moment_is_square(state->optimizer, m) ? 0 : -any, any};
    if (state->average)
        arrays[count++] = (array){"average", state->average, -most, most};
    if (state->noise && with_noise) {
        lh_optimizer *optimizer = lh_weight_noise_optimizer(state->noise);
        /* No weight strays further than weights go. */
        arrays[count++] =
            (array){"noise.log_sigma", lh_weight_noise_log_sigma(state->noise), -any, log(most)};
        arrays[count++] = (array){"noise.m", lh_optimizer_moment(optimizer, 0), -any, any};
        arrays[count++] = (array){"noise.v", lh_optimizer_moment(optimizer, 1), 0, any};
    }
    return count;
}

static step_counts counts_of(const lh_training_state *state)
{
    return (step_counts){lh_optimizer_steps(state->optimizer),
                         state->noise ? lh_optimizer_steps(lh_weight_noise_optimizer(state->noise))
                                      : 0};
}

static void set_counts(lh_training_state *state, const step_counts *counts)
{
    lh_optimizer_set_steps(state->optimizer, counts->weights);
    if (state->noise)
        lh_optimizer_set_steps(lh_weight_noise_optimizer(state->noise), counts->noise);
}

typedef struct tensor_name {
    char text[GROUP_NAME_MAX + sizeof((lh_tensor *)NULL)->name + 2];
} tensor_name;

static tensor_name name_of(const array *group, const lh_tensor *tensor)
{
    tensor_name name;
    snprintf(name.text, sizeof name.text, "%.31s/%s", group->name, tensor->name);
    return name;
}

/* The first of `count` numbers that does not fit the array, or `count`. */
static size_t find_unfit(const array *group, const lh_real *values, size_t count)
{
    size_t i = 0;
    while (i < count && isfinite(values[i]) && (double)values[i] >= group->least &&
           (double)values[i] <= group->most)
        i++;
    return i;
}

/* Do the numbers of `tensor` fit? Else fails with `status`; `path` is the file's. */
static lh_status check_numbers(const array *group, const lh_tensor *tensor, lh_status status,
                               const char *path, lh_error *error)
{
    size_t columns = (size_t)tensor->columns, count = (size_t)tensor->rows * columns;
    const lh_real *values = group->values + tensor->offset;
    size_t unfit = find_unfit(group, values, count);
    if (unfit == count)
        return LH_OK;
    return lh_fail(
        error, status, "%s: tensor \"%s\": number [%zu, %zu] is %g, which no training comes to",
        path, name_of(group, tensor).text, unfit / columns, unfit % columns, (double)values[unfit]);
}

/* ---- writing ---- */

static lh_status add_array(lh_safetensors_writer *writer, const lh_network *layout,
                           const array *group, lh_error *error)
{
    lh_status status = LH_OK;
    for (size_t i = 0; i < lh_network_tensor_count(layout) && status == LH_OK; i++) {
        const lh_tensor *tensor = lh_network_tensor(layout, i);
        size_t shape[2] = {(size_t)tensor->rows, (size_t)tensor->columns};
        status = check_numbers(group, tensor, LH_ERROR_NUMERIC, lh_safetensors_writer_path(writer),
                               error);
        if (status == LH_OK)
            status = lh_safetensors_add(writer, name_of(group, tensor).text, LH_DTYPE_REAL, 2,
                                        shape, group->values + tensor->offset, error);
    }
    return status;
}

static lh_status add_json(lh_safetensors_writer *writer, const char *key, char *text,
                          lh_error *error)
{
    if (!text)
        return lh_fail_memory(error, "the state of training");
    lh_status status = lh_safetensors_add_metadata(writer, key, text, error);
    cJSON_free(text);
    return status;
}

static lh_status add_metadata(lh_safetensors_writer *writer, const lh_training_state *state,
                              const lh_train_options *options, lh_error *error)
{
    char corpus[17];
    snprintf(corpus, sizeof corpus, "%016" PRIx64, state->corpus);
    cJSON *json = lh_train_options_write(options, false);
    char *text = json ? cJSON_PrintUnformatted(json) : NULL;
    cJSON_Delete(json);
    lh_status status = add_json(writer, "options", text, error);
    const step_counts counts = counts_of(state);
    if (status == LH_OK)
        status = add_json(writer, "place", place_write(&state->place, &counts), error);
    if (status == LH_OK)
        status = lh_safetensors_add_metadata(writer, "format", format_name, error);
    if (status == LH_OK)
        status = lh_safetensors_add_metadata(writer, "corpus", corpus, error);
    if (status == LH_OK)
        status = lh_alphabet_write(writer, state->alphabet, error);
    if (status == LH_OK)
        status = lh_scale_write(writer, state->scale.x, state->scale.y, error);
    if (status == LH_OK && state->from)
        status = lh_safetensors_add_metadata(writer, "from", state->from, error);
    if (status == LH_OK && state->license)
        status = lh_safetensors_add_metadata(writer, "license", state->license, error);
    return status;
}

lh_status lh_checkpoint_save(const lh_training_state *state, const lh_train_options *options,
                             const char *path, lh_error *error)
{
    lh_safetensors_writer *writer = lh_safetensors_writer_new(path, error);
    if (!writer)
        return error->status;
    array arrays[ARRAYS_MAX];
    int count = list_arrays(state, true, arrays);
    lh_status status = add_metadata(writer, state, options, error);
    for (int a = 0; a < count && status == LH_OK; a++)
        status = add_array(writer, state->layout, &arrays[a], error);
    if (status == LH_OK)
        status = lh_safetensors_write(writer, error);
    lh_safetensors_writer_free(writer);
    return status;
}

/* ---- reading ---- */

struct lh_checkpoint {
    lh_safetensors *tensors;
    lh_train_options options;
    lh_place place;
    step_counts counts;
    uint64_t corpus;
};

static cJSON *metadata_object(const lh_safetensors *tensors, const char *key, lh_error *error)
{
    const char *text = lh_safetensors_require_metadata(tensors, key, error);
    cJSON *json = text ? cJSON_Parse(text) : NULL;
    if (cJSON_IsObject(json))
        return json;
    if (text)
        lh_fail(error, LH_ERROR_FORMAT, "%s: the metadata \"%s\" is not a JSON object",
                lh_safetensors_path(tensors), key);
    cJSON_Delete(json);
    return NULL;
}

static lh_status read_metadata(lh_checkpoint *file, lh_error *error)
{
    const char *path = lh_safetensors_path(file->tensors);
    const char *format = lh_safetensors_metadata(file->tensors, "format");
    if (!format || strcmp(format, format_name) != 0)
        return lh_fail(error, LH_ERROR_FORMAT,
                       "%s: not a training state of this version (format is \"%.60s\", not \"%s\")",
                       path, format ? format : "", format_name);
    const char *corpus = lh_safetensors_require_metadata(file->tensors, "corpus", error);
    cJSON *options = corpus ? metadata_object(file->tensors, "options", error) : NULL;
    cJSON *place = options ? metadata_object(file->tensors, "place", error) : NULL;
    lh_status status = place ? LH_OK : error->status;
    if (status == LH_OK) {
        file->corpus = strtoull(corpus, NULL, 16);
        file->options = lh_train_options_default(LH_ADAM);
        status = lh_train_options_read(options, path, &file->options, error);
    }
    if (status == LH_OK && !place_read(place, &file->place, &file->counts))
        status =
            lh_fail(error, LH_ERROR_FORMAT, "%s: the metadata \"place\" has an unfit value", path);
    cJSON_Delete(options);
    cJSON_Delete(place);
    return status;
}

lh_checkpoint *lh_checkpoint_open(const char *path, lh_error *error)
{
    lh_checkpoint *file = calloc(1, sizeof *file);
    if (!file) {
        lh_fail_memory(error, "the state of training");
        return NULL;
    }
    file->tensors = lh_safetensors_read(path, error);
    if (file->tensors && read_metadata(file, error) == LH_OK)
        return file;
    lh_checkpoint_close(file);
    return NULL;
}

void lh_checkpoint_close(lh_checkpoint *file)
{
    if (!file)
        return;
    lh_safetensors_free(file->tensors);
    free(file);
}

const lh_train_options *lh_checkpoint_options(const lh_checkpoint *file)
{
    return &file->options;
}

const char *lh_checkpoint_license(const lh_checkpoint *file)
{
    return lh_safetensors_metadata(file->tensors, "license");
}

const char *lh_checkpoint_from(const lh_checkpoint *file)
{
    return lh_safetensors_metadata(file->tensors, "from");
}

lh_status lh_checkpoint_coding(const lh_checkpoint *file, lh_alphabet *alphabet, lh_scale *scale,
                               lh_error *error)
{
    if (!lh_safetensors_metadata(file->tensors, "scale"))
        return LH_OK;
    lh_status status = lh_scale_read(file->tensors, &scale->x, &scale->y, error);
    return status == LH_OK ? lh_alphabet_read(file->tensors, alphabet, error) : status;
}

uint64_t lh_checkpoint_corpus(const lh_checkpoint *file)
{
    return file->corpus;
}

static lh_status restore_array(const lh_safetensors *tensors, const lh_network *layout,
                               const array *group, lh_error *error)
{
    for (size_t i = 0; i < lh_network_tensor_count(layout); i++) {
        const lh_tensor *tensor = lh_network_tensor(layout, i);
        size_t shape[2] = {(size_t)tensor->rows, (size_t)tensor->columns};
        const lh_stored *stored = lh_safetensors_require(tensors, name_of(group, tensor).text,
                                                         LH_DTYPE_REAL, 2, shape, error);
        if (!stored)
            return error->status;
        memcpy(group->values + tensor->offset, stored->data, stored->bytes);
        lh_status status =
            check_numbers(group, tensor, LH_ERROR_FORMAT, lh_safetensors_path(tensors), error);
        if (status != LH_OK)
            return status;
    }
    return LH_OK;
}

lh_status lh_checkpoint_restore(const lh_checkpoint *file, lh_training_state *state,
                                lh_error *error)
{
    array arrays[ARRAYS_MAX];
    /* Adaptive noise may begin when a run without it is resumed. */
    bool with_noise = file->options.weight_noise == LH_NOISE_ADAPTIVE;
    int count = list_arrays(state, with_noise, arrays);
    lh_status status = LH_OK;
    for (int a = 0; a < count && status == LH_OK; a++)
        status = restore_array(file->tensors, state->layout, &arrays[a], error);
    set_counts(state, &file->counts);
    state->place = file->place;
    state->corpus = file->corpus;
    return status;
}

/* ---- other ranks ---- */

lh_status lh_training_state_spread(lh_ranks *ranks, lh_training_state *state, lh_error *error)
{
    array arrays[ARRAYS_MAX];
    int count = list_arrays(state, true, arrays);
    size_t bytes = lh_network_arena_size(state->layout) * sizeof(lh_real);
    step_counts counts = counts_of(state);
    lh_status status = LH_OK;
    for (int a = 0; a < count && status == LH_OK; a++)
        status = lh_ranks_spread(ranks, arrays[a].values, bytes, error);
    if (status == LH_OK)
        status = lh_ranks_spread(ranks, &counts, sizeof counts, error);
    if (status == LH_OK)
        status = lh_ranks_spread(ranks, &state->place, sizeof state->place, error);
    set_counts(state, &counts);
    return status;
}

lh_status lh_train_options_load(const char *path, lh_train_options *options, lh_error *error)
{
    LH_NEED(error, path && options, LH_ERROR_ARGUMENT);
    LH_OWN_ERROR(error);
    lh_checkpoint *file = lh_checkpoint_open(path, error);
    if (!file)
        return error->status;
    *options = file->options;
    lh_checkpoint_close(file);
    return LH_OK;
}
