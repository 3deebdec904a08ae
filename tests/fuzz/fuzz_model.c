/* Feeds the readers of safetensors and model files with anything. An input that begins with 'h' is
 * the header's text up to a NUL and the data behind it, for which the length in front is made
 * right, so that mutations reach behind it; any other input is the file as it is. What loads as a
 * model must come back the same from a saved copy. */
#include "fuzz.h"

#include "../architectures.h"

#include <longhand/nn.h>
#include <nn/safetensors.h>

#include <stdlib.h>
#include <string.h>

const char *const fuzz_goals[] = {"a synthesis model loads", "a prediction model loads", NULL};

/* ---- seeds ------------------------------------------------------------------------------------
 */

enum { LENGTH = sizeof(uint64_t) };

/* The file at `path` as it is, and as an 'h' with the header's text and the data. */
static void take_twice(fuzz_take *take, void *user, const char *path)
{
    size_t size;
    uint64_t header;
    char *bytes = lh_file_read(path, 1 << 20, &size, NULL);
    if (!bytes)
        abort();
    take(user, bytes, size);
    /* The same with the 'h' in place of the length's last byte, and with a NUL put in. */
    memcpy(&header, bytes, sizeof header);
    bytes[LENGTH - 1] = 'h';
    char *split = malloc(size);
    if (!split)
        abort();
    memcpy(split, bytes + LENGTH - 1, 1 + header);
    split[1 + header] = '\0';
    memcpy(split + header + 2, bytes + LENGTH + header, size - LENGTH - header);
    take(user, split, size - LENGTH + 2);
    free(split);
    free(bytes);
}

static void make_seed(fuzz_take *take, void *user, const lh_architecture *architecture,
                      lh_precision precision)
{
    const char *path = fuzz_path("seed");
    char history[] = "{\"step\":1}", license[] = "ours";
    lh_model model = {.scale_x = 39.5, .scale_y = 2, .history = history, .license = license};
    lh_rng rng;
    if (architecture->alphabet)
        lh_alphabet_parse(&model.alphabet, " \xc3\xbc");
    model.network = lh_network_new(architecture, NULL);
    if (!model.network)
        abort();
    lh_rng_seed(&rng, 1, 0);
    lh_network_init(model.network, &rng);
    if (lh_model_save(&model, path, precision, NULL) != LH_OK)
        abort();
    lh_network_free(model.network);
    take_twice(take, user, path);
}

void fuzz_seeds(fuzz_take *take, void *user)
{
    static const lh_architecture architectures[] = {
        SYNTHESIS(1, 1, 1, 1, 2),
        PREDICTION(1, 1, 1),
        PREDICTION(2, 1, 1),
    };
    for (int i = 0; i < 6; i++)
        make_seed(take, user, &architectures[i / 2],
                  i % 2 ? LH_PRECISION_FLOAT16 : LH_PRECISION_FLOAT32);
}

/* ---- inputs -----------------------------------------------------------------------------------
 */

/* Writes the file that the input is; returns its path. */
static const char *put_input(const uint8_t *data, size_t size)
{
    const char *path = fuzz_path("input");
    if (size == 0 || data[0] != 'h')
        return fuzz_put("input", data, size);
    FILE *stream = fopen(path, "wb");
    if (!stream)
        abort();
    const uint8_t *end = memchr(data, '\0', size);
    uint64_t length = (end ? (size_t)(end - data) : size) - 1;
    fwrite(&length, 1, sizeof length, stream);
    fwrite(data + 1, 1, length, stream);
    if (end)
        fwrite(end + 1, 1, size - length - 2, stream);
    if (fclose(stream) != 0)
        abort();
    return path;
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
    if (lh_model_save(model, fuzz_path("copy"), LH_PRECISION_FLOAT32, &error) != LH_OK)
        abort();
    lh_model *copy = lh_model_load(fuzz_path("copy"), &error);
    size_t bytes = lh_network_arena_size(model->network) * sizeof(lh_real);
    if (!copy || memcmp(lh_network_parameters_const(model->network),
                        lh_network_parameters_const(copy->network), bytes) != 0)
        abort();
    lh_model_free(copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    lh_error error;
    const char *path = put_input(data, size);
    lh_safetensors *file = lh_safetensors_read(path, &error);
    if (file)
        touch_tensors(file);
    lh_safetensors_free(file);
    lh_model *model = lh_model_load(path, &error);
    if (model && !file)
        abort();
    if (model) {
        fuzz_reach(lh_network_architecture(model->network)->kind == LH_PREDICTION);
        check_copy(model);
    }
    lh_model_free(model);
    return 0;
}
