/* Reading safetensors files. Nothing in the file is believed: every length is checked against the
 * file's before it is used, and memory is asked for only as much as the file has. */
#include "safetensors.h"

#include "base/need.h"
#include "memory.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "elements are read as they lie");

struct lh_safetensors {
    char *path;
    cJSON *header;     /* owns the names and metadata strings */
    cJSON *metadata;   /* inside `header`, or NULL */
    lh_stored *tensor; /* [count], in the order of their data */
    size_t count;
    void *data; /* [size], aligned */
    size_t size;
};

/* ---- the header's text -------------------------------------------------------------------------
 */

/* Valid UTF-8 of `length` bytes with no NUL in it. */
static bool is_text(const char *text, size_t length)
{
    const char *end = text + length;
    for (uint32_t c; text < end;)
        if ((c = lh_utf8_next(&text)) == 0 || c == UINT32_MAX)
            return false;
    return true;
}

/* Why a read came short. */
static const char *short_read(FILE *stream)
{
    return ferror(stream) ? strerror(errno) : "it shrank";
}

/* The header of the file, to be freed; leaves the stream at the data. */
static char *read_header(FILE *stream, const char *path, size_t *header_size, size_t *data_size,
                         lh_error *error)
{
    struct stat info;
    if (fstat(fileno(stream), &info) != 0 || !S_ISREG(info.st_mode)) {
        lh_fail(error, LH_ERROR_IO, "%s: is not a regular file", path);
        return NULL;
    }
    uint64_t file_size = (uint64_t)info.st_size;
    if (file_size > LH_SAFETENSORS_FILE_MAX) {
        lh_fail(error, LH_ERROR_FORMAT, "%s: %llu bytes are more than the %llu that may be read",
                path, (unsigned long long)file_size, LH_SAFETENSORS_FILE_MAX);
        return NULL;
    }
    unsigned char prefix[LH_SAFETENSORS_PREFIX];
    if (file_size < sizeof prefix) {
        lh_fail(error, LH_ERROR_FORMAT,
                "%s: %llu bytes are too few for a safetensors file; it begins with the 8-byte "
                "length of its header",
                path, (unsigned long long)file_size);
        return NULL;
    }
    if (fread(prefix, 1, sizeof prefix, stream) != sizeof prefix) {
        lh_fail(error, LH_ERROR_IO, "%s: cannot read the header: %s", path, short_read(stream));
        return NULL;
    }
    uint64_t length;
    memcpy(&length, prefix, sizeof length);
    if (length > LH_SAFETENSORS_HEADER_MAX) {
        lh_fail(error, LH_ERROR_FORMAT,
                "%s: is not a safetensors file: its first 8 bytes would make the header %llu bytes "
                "long, more than the %d it may have",
                path, (unsigned long long)length, LH_SAFETENSORS_HEADER_MAX);
        return NULL;
    }
    if (length > file_size - LH_SAFETENSORS_PREFIX) {
        lh_fail(error, LH_ERROR_FORMAT,
                "%s: truncated: the header is %llu bytes long, but the file ends after %llu bytes",
                path, (unsigned long long)length, (unsigned long long)file_size);
        return NULL;
    }
    char *header = malloc((size_t)length + 1);
    if (!header) {
        lh_fail_memory(error, "the header of a safetensors file");
        return NULL;
    }
    if (fread(header, 1, (size_t)length, stream) != length) {
        lh_fail(error, LH_ERROR_IO, "%s: cannot read the header: %s", path, short_read(stream));
        free(header);
        return NULL;
    }
    header[length] = '\0';
    *header_size = (size_t)length;
    *data_size = (size_t)(file_size - LH_SAFETENSORS_PREFIX - length);
    return header;
}

static cJSON *parse_header(const char *path, const char *text, size_t length, lh_error *error)
{
    if (text[0] != '{' || !is_text(text, length)) {
        lh_fail(error, LH_ERROR_FORMAT,
                "%s: is not a safetensors file: behind its first 8 bytes there is no JSON object",
                path);
        return NULL;
    }
    const char *end = text;
    cJSON *header = cJSON_ParseWithOpts(text, &end, true);
    if (!header)
        lh_fail(error, LH_ERROR_FORMAT,
                "%s: malformed JSON at byte %zu of the header (or no memory for it)", path,
                (size_t)(end - text));
    return header;
}

/* ---- the header's entries ----------------------------------------------------------------------
 */

static lh_status bad_tensor(const lh_safetensors *file, const char *name, const char *expected,
                            lh_error *error)
{
    return lh_fail(error, LH_ERROR_FORMAT, "%s: tensor \"%s\": %s", file->path, name, expected);
}

/* A whole number from 0 to 2^53, up to where JSON numbers are exact. SIZE_MAX stands for all that
 * are larger, where it is less: more bytes than any file that is read has. */
static bool read_size(const cJSON *item, size_t *size)
{
    if (!cJSON_IsNumber(item) || !(item->valuedouble >= 0 && item->valuedouble <= 0x1p53))
        return false;
    uint64_t whole = (uint64_t)item->valuedouble;
    *size = whole < SIZE_MAX ? (size_t)whole : SIZE_MAX;
    return (double)whole == item->valuedouble;
}

/* Shape and the bytes that it takes. */
static lh_status read_shape(const lh_safetensors *file, const cJSON *shape, lh_stored *tensor,
                            lh_error *error)
{
    if (!cJSON_IsArray(shape))
        return bad_tensor(file, tensor->name, "its \"shape\" must be an array", error);
    tensor->bytes = lh_dtype_size(tensor->dtype);
    const cJSON *item;
    cJSON_ArrayForEach(item, shape)
    {
        size_t *side = &tensor->shape[tensor->rank];
        if (tensor->rank == LH_RANK_MAX)
            return bad_tensor(file, tensor->name, "its \"shape\" has more than 8 dimensions",
                              error);
        if (!read_size(item, side))
            return bad_tensor(file, tensor->name, "its \"shape\" must hold whole numbers from 0",
                              error);
        if (__builtin_mul_overflow(tensor->bytes, *side, &tensor->bytes))
            return bad_tensor(file, tensor->name, "its \"shape\" is larger than any file", error);
        tensor->rank++;
    }
    return LH_OK;
}

/* Checks a tensor's entry by itself; `*begin` is where its data begin. */
static lh_status read_tensor(const lh_safetensors *file, const cJSON *entry, lh_stored *tensor,
                             size_t *begin, lh_error *error)
{
    if (!lh_tensor_name_fits(entry->string))
        return lh_fail(error, LH_ERROR_FORMAT,
                       "%s: a tensor's name is empty, longer than %d bytes or holds control "
                       "characters",
                       file->path, LH_TENSOR_NAME_MAX);
    tensor->name = entry->string;
    const cJSON *dtype = cJSON_GetObjectItemCaseSensitive(entry, "dtype");
    const cJSON *shape = cJSON_GetObjectItemCaseSensitive(entry, "shape");
    const cJSON *offsets = cJSON_GetObjectItemCaseSensitive(entry, "data_offsets");
    if (!cJSON_IsObject(entry) || cJSON_GetArraySize(entry) != 3 || !dtype || !shape || !offsets)
        return bad_tensor(file, tensor->name,
                          "must be an object of \"dtype\", \"shape\" and \"data_offsets\"", error);
    if (!cJSON_IsString(dtype) || !lh_dtype_parse(dtype->valuestring, &tensor->dtype))
        return bad_tensor(file, tensor->name,
                          "its \"dtype\" must be F16, BF16, F32, F64, I32, I64, U8 or U64", error);
    lh_status status = read_shape(file, shape, tensor, error);
    if (status != LH_OK)
        return status;
    size_t end;
    if (!cJSON_IsArray(offsets) || cJSON_GetArraySize(offsets) != 2 ||
        !read_size(offsets->child, begin) || !read_size(offsets->child->next, &end) || end < *begin)
        return bad_tensor(file, tensor->name,
                          "its \"data_offsets\" must be a begin and an end not before it", error);
    if (end > file->size)
        return lh_fail(error, LH_ERROR_FORMAT,
                       "%s: truncated: tensor \"%s\" ends at byte %zu of the data, of which there "
                       "are %zu",
                       file->path, tensor->name, end, file->size);
    if (end - *begin != tensor->bytes)
        return lh_fail(error, LH_ERROR_FORMAT,
                       "%s: tensor \"%s\": its shape takes %zu bytes, its \"data_offsets\" span "
                       "%zu",
                       file->path, tensor->name, tensor->bytes, end - *begin);
    tensor->data = (const char *)file->data + *begin;
    return LH_OK;
}

static lh_status read_metadata(lh_safetensors *file, cJSON *metadata, lh_error *error)
{
    if (file->metadata)
        return lh_fail(error, LH_ERROR_FORMAT, "%s: \"__metadata__\" stands twice", file->path);
    bool strings = cJSON_IsObject(metadata);
    const cJSON *item;
    cJSON_ArrayForEach(item, metadata) strings = strings && cJSON_IsString(item);
    if (!strings)
        return lh_fail(error, LH_ERROR_FORMAT, "%s: \"__metadata__\" must be an object of strings",
                       file->path);
    file->metadata = metadata;
    return LH_OK;
}

/* ---- the entries beside each other -------------------------------------------------------------
 */

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* No name may stand twice among the members of `object`. */
static lh_status check_names(const lh_safetensors *file, const cJSON *object, const char *what,
                             lh_error *error)
{
    size_t count = 0;
    const char **name = malloc(((size_t)cJSON_GetArraySize(object) + 1) * sizeof *name);
    if (!name)
        return lh_fail_memory(error, "the names in a safetensors file");
    const cJSON *item;
    cJSON_ArrayForEach(item, object) name[count++] = item->string;
    qsort(name, count, sizeof *name, compare_names);
    lh_status status = LH_OK;
    for (size_t i = 1; i < count && status == LH_OK; i++)
        if (strcmp(name[i - 1], name[i]) == 0)
            status = lh_fail(error, LH_ERROR_FORMAT, "%s: %s \"%.*s\" stands twice", file->path,
                             what, LH_TENSOR_NAME_MAX, name[i]);
    free(name);
    return status;
}

static int compare_places(const void *a, const void *b)
{
    const lh_stored *one = a, *two = b;
    const char *first = one->data, *second = two->data;
    if (first != second)
        return first < second ? -1 : 1;
    if (one->bytes != two->bytes)
        return one->bytes < two->bytes ? -1 : 1;
    return strcmp(one->name, two->name);
}

/* The tensors must tile the data: no holes, no overlaps, nothing behind the last. Sorts them. */
static lh_status check_places(lh_safetensors *file, lh_error *error)
{
    qsort(file->tensor, file->count, sizeof *file->tensor, compare_places);
    size_t end = 0;
    for (size_t i = 0; i < file->count; i++) {
        const lh_stored *tensor = &file->tensor[i];
        size_t begin = (size_t)((const char *)tensor->data - (const char *)file->data);
        if (begin != end)
            return lh_fail(error, LH_ERROR_FORMAT,
                           "%s: tensor \"%s\" begins at byte %zu of the data, but the one before "
                           "ends at %zu: they must neither overlap nor leave a hole",
                           file->path, tensor->name, begin, end);
        end = begin + tensor->bytes;
    }
    if (end != file->size)
        return lh_fail(error, LH_ERROR_FORMAT,
                       "%s: %zu bytes behind the last tensor belong to none", file->path,
                       file->size - end);
    return LH_OK;
}

static lh_status read_entries(lh_safetensors *file, lh_error *error)
{
    lh_status status = check_names(file, file->header, "tensor", error);
    if (status != LH_OK)
        return status;
    file->tensor = calloc((size_t)cJSON_GetArraySize(file->header) + 1, sizeof *file->tensor);
    if (!file->tensor)
        return lh_fail_memory(error, "the table of a safetensors file");
    cJSON *entry;
    cJSON_ArrayForEach(entry, file->header)
    {
        size_t begin;
        if (strcmp(entry->string, "__metadata__") == 0)
            status = read_metadata(file, entry, error);
        else
            status = read_tensor(file, entry, &file->tensor[file->count++], &begin, error);
        if (status != LH_OK)
            return status;
    }
    status = check_names(file, file->metadata, "metadata key", error);
    return status == LH_OK ? check_places(file, error) : status;
}

/* ---- the whole ---------------------------------------------------------------------------------
 */

static lh_status read_file(lh_safetensors *file, FILE *stream, lh_error *error)
{
    size_t header_size;
    char *text = read_header(stream, file->path, &header_size, &file->size, error);
    if (!text)
        return error->status;
    file->header = parse_header(file->path, text, header_size, error);
    free(text);
    if (!file->header)
        return error->status;
    file->data = lh_aligned_alloc(file->size);
    if (!file->data)
        return lh_fail(error, LH_ERROR_MEMORY, "%s: out of memory for its %zu bytes of tensors",
                       file->path, file->size);
    lh_status status = read_entries(file, error);
    if (status == LH_OK && fread(file->data, 1, file->size, stream) != file->size)
        status = lh_fail(error, LH_ERROR_IO, "%s: cannot read its %zu bytes of tensors: %s",
                         file->path, file->size, short_read(stream));
    return status;
}

lh_safetensors *lh_safetensors_read(const char *path, lh_error *error)
{
    LH_OWN_ERROR(error);
    lh_safetensors *file = calloc(1, sizeof *file);
    if (!file || !(file->path = strdup(path))) {
        free(file);
        lh_fail_memory(error, "a safetensors file");
        return NULL;
    }
    FILE *stream = fopen(path, "rb");
    if (!stream) {
        lh_fail(error, LH_ERROR_IO, "%s: cannot open: %s", path, strerror(errno));
        lh_safetensors_free(file);
        return NULL;
    }
    lh_status status = read_file(file, stream, error);
    fclose(stream);
    if (status == LH_OK)
        return file;
    lh_safetensors_free(file);
    return NULL;
}

void lh_safetensors_free(lh_safetensors *file)
{
    if (!file)
        return;
    cJSON_Delete(file->header);
    free(file->tensor);
    free(file->data);
    free(file->path);
    free(file);
}

/* ---- looking things up -------------------------------------------------------------------------
 */

const char *lh_safetensors_path(const lh_safetensors *file)
{
    return file->path;
}

size_t lh_safetensors_count(const lh_safetensors *file)
{
    return file->count;
}

const lh_stored *lh_safetensors_at(const lh_safetensors *file, size_t index)
{
    return &file->tensor[index];
}

const lh_stored *lh_safetensors_find(const lh_safetensors *file, const char *name)
{
    for (size_t i = 0; i < file->count; i++)
        if (strcmp(file->tensor[i].name, name) == 0)
            return &file->tensor[i];
    return NULL;
}

/* "[2, 3]" */
static void print_shape(char *out, size_t size, int rank, const size_t *shape)
{
    size_t used = (size_t)snprintf(out, size, "[");
    for (int i = 0; i < rank && used < size; i++)
        used += (size_t)snprintf(out + used, size - used, "%s%zu", i ? ", " : "", shape[i]);
    if (used < size)
        snprintf(out + used, size - used, "]");
}

const lh_stored *lh_safetensors_require(const lh_safetensors *file, const char *name,
                                        lh_dtype dtype, int rank, const size_t *shape,
                                        lh_error *error)
{
    const lh_stored *tensor = lh_safetensors_find(file, name);
    if (!tensor) {
        lh_fail(error, LH_ERROR_FORMAT, "%s: tensor \"%s\" is missing", file->path, name);
        return NULL;
    }
    bool fits = tensor->dtype == dtype && tensor->rank == rank;
    for (int i = 0; fits && i < rank; i++)
        fits = tensor->shape[i] == shape[i];
    if (fits)
        return tensor;
    char found[180], expected[180];
    print_shape(found, sizeof found, tensor->rank, tensor->shape);
    print_shape(expected, sizeof expected, rank, shape);
    lh_fail(error, LH_ERROR_FORMAT, "%s: tensor \"%s\" is %s %s, not %s %s", file->path, name,
            lh_dtype_name(tensor->dtype), found, lh_dtype_name(dtype), expected);
    return NULL;
}

const char *lh_safetensors_metadata(const lh_safetensors *file, const char *key)
{
    return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(file->metadata, key));
}

lh_status lh_safetensors_copy_metadata(const lh_safetensors *file, const char *key, char **copy,
                                       lh_error *error)
{
    const char *text = lh_safetensors_metadata(file, key);
    *copy = text ? strdup(text) : NULL;
    return text && !*copy ? lh_fail_memory(error, "a file's metadata") : LH_OK;
}

const char *lh_safetensors_require_metadata(const lh_safetensors *file, const char *key,
                                            lh_error *error)
{
    const char *value = lh_safetensors_metadata(file, key);
    if (!value)
        lh_fail(error, LH_ERROR_FORMAT, "%s: \"__metadata__\" has no \"%s\"", file->path, key);
    return value;
}
