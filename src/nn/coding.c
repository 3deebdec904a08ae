/* Alphabet and scale in files. */
#include "coding.h"

#include "base/need.h"
#include "bounds.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

static bool is_scale(double scale)
{
    return scale >= LH_SCALE_LEAST && scale <= LH_SCALE_MOST;
}

lh_status lh_alphabet_read(const lh_safetensors *file, lh_alphabet *alphabet, lh_error *error)
{
    const char *characters = lh_safetensors_metadata(file, "alphabet");
    characters = characters ? characters : "";
    bool good = lh_alphabet_parse(alphabet, characters);
    char *again = lh_alphabet_string(alphabet);
    if (!again)
        return lh_fail_memory(error, "an alphabet");
    good = good && strcmp(again, characters) == 0;
    free(again);
    return good ? LH_OK
                : lh_fail(error, LH_ERROR_FORMAT,
                          "%s: its \"alphabet\" must hold at most %d characters in ascending order "
                          "of code point, none twice",
                          lh_safetensors_path(file), LH_ALPHABET_MAX);
}

lh_status lh_scale_read(const lh_safetensors *file, double *x, double *y, lh_error *error)
{
    LH_OWN_ERROR(error);
    const char *text = lh_safetensors_require_metadata(file, "scale", error);
    if (!text)
        return error->status;
    cJSON *json = cJSON_Parse(text);
    const cJSON *first = cJSON_GetArrayItem(json, 0), *second = cJSON_GetArrayItem(json, 1);
    bool good = cJSON_IsArray(json) && cJSON_GetArraySize(json) == 2 && cJSON_IsNumber(first) &&
                cJSON_IsNumber(second) && is_scale(first->valuedouble) &&
                is_scale(second->valuedouble);
    if (good) {
        *x = first->valuedouble;
        *y = second->valuedouble;
    }
    cJSON_Delete(json);
    return good ? LH_OK
                : lh_fail(error, LH_ERROR_FORMAT,
                          "%s: its \"scale\" must be two numbers from %g to %g, [x, y]",
                          lh_safetensors_path(file), LH_SCALE_LEAST, LH_SCALE_MOST);
}

lh_status lh_alphabet_write(lh_safetensors_writer *writer, const lh_alphabet *alphabet,
                            lh_error *error)
{
    if (alphabet->count == 0)
        return LH_OK;
    char *characters = lh_alphabet_string(alphabet);
    if (!characters)
        return lh_fail_memory(error, "an alphabet");
    lh_status status = lh_safetensors_add_metadata(writer, "alphabet", characters, error);
    free(characters);
    return status;
}

lh_status lh_scale_write(lh_safetensors_writer *writer, double x, double y, lh_error *error)
{
    if (!is_scale(x) || !is_scale(y))
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "%s: the scale of offsets (%g, %g) must be from %g to %g",
                       lh_safetensors_writer_path(writer), x, y, LH_SCALE_LEAST, LH_SCALE_MOST);
    cJSON *json = cJSON_CreateDoubleArray((const double[]){x, y}, 2);
    char *text = cJSON_PrintUnformatted(json);
    cJSON_Delete(json);
    lh_status status = text ? lh_safetensors_add_metadata(writer, "scale", text, error)
                            : lh_fail_memory(error, "a model's metadata");
    cJSON_free(text);
    return status;
}
