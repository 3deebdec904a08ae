/* Feeds the readers of safetensors and model files with anything. An input that begins with 'h' is
 * the header's text up to a NUL and the data behind it, for which the length in front is made
 * right, so that mutations reach behind it; any other input is the file as it is. What loads as a
 * model must come back the same from a saved copy. */
#include <longhand/longhand.h>
#include <nn/safetensors.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);

static char folder[256];
static char input_path[300], copy_path[300]; /* files in `folder` */

static void remove_folder(void)
{
    unlink(input_path);
    unlink(copy_path);
    rmdir(folder);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    const char *place = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%.200s/longhand-fuzz-XXXXXX", place ? place : "/tmp");
    if (!mkdtemp(folder))
        abort();
    snprintf(input_path, sizeof input_path, "%s/input", folder);
    snprintf(copy_path, sizeof copy_path, "%s/copy", folder);
    return atexit(remove_folder);
}

static void put_input(const uint8_t *data, size_t size)
{
    FILE *stream = fopen(input_path, "wb");
    if (!stream)
        abort();
    if (size > 0 && data[0] == 'h') {
        const uint8_t *end = memchr(data, '\0', size);
        uint64_t length = (end ? (size_t)(end - data) : size) - 1;
        fwrite(&length, 1, sizeof length, stream);
        fwrite(data + 1, 1, length, stream);
        if (end)
            fwrite(end + 1, 1, size - length - 2, stream);
    } else {
        fwrite(data, 1, size, stream);
    }
    if (fclose(stream) != 0)
        abort();
}

/* Reads every byte that the table of tensors promises. */
static void touch_tensors(const lh_safetensors *file)
{
    for (size_t i = 0; i < lh_safetensors_count(file); i++) {
        const lh_stored *tensor = lh_safetensors_at(file, i);
        if (lh_safetensors_find(file, tensor->name) != tensor)
            abort();
        for (size_t k = 0; k < tensor->bytes; k++)
            (void)((const volatile uint8_t *)tensor->data)[k];
    }
}

static void check_copy(const lh_model *model)
{
    lh_error error;
    if (lh_model_save(model, copy_path, LH_PRECISION_FLOAT32, &error) != LH_OK)
        abort();
    lh_model *copy = lh_model_load(copy_path, &error);
    size_t bytes = lh_network_arena_size(model->network) * sizeof(lh_real);
    if (!copy || memcmp(lh_network_parameters_const(model->network),
                        lh_network_parameters_const(copy->network), bytes) != 0)
        abort();
    lh_model_free(copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    lh_error error;
    put_input(data, size);
    lh_safetensors *file = lh_safetensors_read(input_path, &error);
    if (file)
        touch_tensors(file);
    lh_safetensors_free(file);
    lh_model *model = lh_model_load(input_path, &error);
    if (model && !file)
        abort();
    if (model)
        check_copy(model);
    lh_model_free(model);
    return 0;
}
