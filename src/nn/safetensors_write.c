/* Writing safetensors files: first everything is added, then the header is laid out and the data
 * stream behind it. */
#include "safetensors.h"

#include "base/need.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

typedef struct addition {
    char *name;
    lh_dtype dtype;
    int rank;
    size_t shape[LH_RANK_MAX];
    const void *data;
    size_t bytes;
} addition;

struct lh_safetensors_writer {
    char *path;
    addition *tensor; /* [count], as added */
    size_t count, capacity;
    cJSON *metadata;
};

lh_safetensors_writer *lh_safetensors_writer_new(const char *path, lh_error *error)
{
    lh_safetensors_writer *writer = calloc(1, sizeof *writer);
    if (writer && (writer->path = strdup(path)) && (writer->metadata = cJSON_CreateObject()))
        return writer;
    lh_safetensors_writer_free(writer);
    lh_fail_memory(error, "a safetensors file");
    return NULL;
}

void lh_safetensors_writer_free(lh_safetensors_writer *writer)
{
    if (!writer)
        return;
    for (size_t i = 0; i < writer->count; i++)
        free(writer->tensor[i].name);
    free(writer->tensor);
    cJSON_Delete(writer->metadata);
    free(writer->path);
    free(writer);
}

const char *lh_safetensors_writer_path(const lh_safetensors_writer *writer)
{
    return writer->path;
}

static bool is_taken(const lh_safetensors_writer *writer, const char *name)
{
    for (size_t i = 0; i < writer->count; i++)
        if (strcmp(writer->tensor[i].name, name) == 0)
            return true;
    return strcmp(name, "__metadata__") == 0;
}

lh_status lh_safetensors_add(lh_safetensors_writer *writer, const char *name, lh_dtype dtype,
                             int rank, const size_t *shape, const void *data, lh_error *error)
{
    if (!lh_tensor_name_fits(name) || is_taken(writer, name))
        return lh_fail(
            error, LH_ERROR_ARGUMENT,
            "%s: a tensor cannot be named \"%.*s\": the name is taken, empty, too long or "
            "not clean UTF-8",
            writer->path, LH_TENSOR_NAME_MAX, name);
    addition new = {.dtype = dtype, .rank = rank, .data = data, .bytes = lh_dtype_size(dtype)};
    if (rank < 0 || rank > LH_RANK_MAX)
        return lh_fail(error, LH_ERROR_ARGUMENT, "%s: tensor \"%s\" has %d dimensions, not 0 to %d",
                       writer->path, name, rank, LH_RANK_MAX);
    for (int i = 0; i < rank; i++) {
        new.shape[i] = shape[i];
        if (__builtin_mul_overflow(new.bytes, shape[i], &new.bytes))
            return lh_fail(error, LH_ERROR_ARGUMENT, "%s: tensor \"%s\" is too large", writer->path,
                           name);
    }
    if (writer->count == writer->capacity) {
        size_t capacity = writer->capacity ? 2 * writer->capacity : 32;
        addition *larger = realloc(writer->tensor, capacity * sizeof *larger);
        if (!larger)
            return lh_fail_memory(error, "the table of a safetensors file");
        writer->tensor = larger;
        writer->capacity = capacity;
    }
    new.name = strdup(name);
    if (!new.name)
        return lh_fail_memory(error, "a tensor's name");
    writer->tensor[writer->count++] = new;
    return LH_OK;
}

lh_status lh_safetensors_add_metadata(lh_safetensors_writer *writer, const char *key,
                                      const char *value, lh_error *error)
{
    if (cJSON_GetObjectItemCaseSensitive(writer->metadata, key))
        return lh_fail(error, LH_ERROR_ARGUMENT, "%s: metadata \"%s\" is given twice", writer->path,
                       key);
    for (const char *text = value, *c = text; *c;)
        if (lh_utf8_next(&c) == UINT32_MAX)
            return lh_fail(error, LH_ERROR_ARGUMENT, "%s: metadata \"%s\" is not valid UTF-8",
                           writer->path, key);
    if (!cJSON_AddStringToObject(writer->metadata, key, value))
        return lh_fail_memory(error, "metadata of a safetensors file");
    return LH_OK;
}

/* The tensors' order in the file: by falling element size, else as added. */
static void lay_out(const lh_safetensors_writer *writer, const addition **order)
{
    size_t placed = 0;
    for (size_t size = 8; size >= 1; size /= 2)
        for (size_t i = 0; i < writer->count; i++)
            if (lh_dtype_size(writer->tensor[i].dtype) == size)
                order[placed++] = &writer->tensor[i];
}

static bool add_sizes(cJSON *entry, const char *key, const size_t *sizes, int count)
{
    cJSON *array = cJSON_AddArrayToObject(entry, key);
    for (int i = 0; array && i < count; i++)
        if (!cJSON_AddItemToArray(array, cJSON_CreateNumber((double)sizes[i])))
            return false;
    return array != NULL;
}

/* The header as JSON text, to be freed; NULL: no memory. */
static char *print_header(const lh_safetensors_writer *writer, const addition *const *order)
{
    cJSON *header = cJSON_CreateObject();
    bool made = header != NULL;
    if (made && writer->metadata->child)
        made = cJSON_AddItemReferenceToObject(header, "__metadata__", writer->metadata);
    size_t end = 0;
    for (size_t i = 0; made && i < writer->count; i++) {
        const addition *tensor = order[i];
        size_t offsets[2] = {end, end + tensor->bytes};
        end = offsets[1];
        cJSON *entry = cJSON_AddObjectToObject(header, tensor->name);
        made = entry && cJSON_AddStringToObject(entry, "dtype", lh_dtype_name(tensor->dtype)) &&
               add_sizes(entry, "shape", tensor->shape, tensor->rank) &&
               add_sizes(entry, "data_offsets", offsets, 2);
    }
    char *text = made ? cJSON_PrintUnformatted(header) : NULL;
    cJSON_Delete(header);
    return text;
}

static lh_status write_parts(const lh_safetensors_writer *writer, const addition *const *order,
                             const char *header, lh_error *error)
{
    size_t length = strlen(header);
    size_t blanks =
        (LH_SAFETENSORS_ALIGNMENT - (LH_SAFETENSORS_PREFIX + length) % LH_SAFETENSORS_ALIGNMENT) %
        LH_SAFETENSORS_ALIGNMENT;
    uint64_t stored_length = length + blanks;
    if (stored_length > LH_SAFETENSORS_HEADER_MAX)
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "%s: its header of names and metadata would be %zu bytes long, more than "
                       "the %d it may have",
                       writer->path, length, LH_SAFETENSORS_HEADER_MAX);
    lh_output *output = lh_output_open(writer->path, error);
    if (!output)
        return error->status;
    /* What goes wrong here is noticed by the commit. */
    FILE *stream = lh_output_stream(output);
    fwrite(&stored_length, 1, LH_SAFETENSORS_PREFIX, stream);
    fwrite(header, 1, length, stream);
    fprintf(stream, "%*s", (int)blanks, "");
    for (size_t i = 0; i < writer->count; i++)
        if (order[i]->bytes)
            fwrite(order[i]->data, 1, order[i]->bytes, stream);
    return lh_output_commit(output, error);
}

lh_status lh_safetensors_write(const lh_safetensors_writer *writer, lh_error *error)
{
    LH_OWN_ERROR(error);
    const addition **order = malloc((writer->count + 1) * sizeof *order);
    if (!order)
        return lh_fail_memory(error, "the order of tensors in a file");
    lay_out(writer, order);
    char *header = print_header(writer, order);
    lh_status status = header ? write_parts(writer, order, header, error)
                              : lh_fail_memory(error, "the header of a safetensors file");
    cJSON_free(header);
    free(order);
    return status;
}
