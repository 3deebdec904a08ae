/* Feeds the reader of training states with anything in the place of its two JSON objects: an input
 * is the options, a NUL, and the place in the run. The rest of the file is that of a small network;
 * fuzz_model is for the format underneath. What opens must name fit options and save as it was. */
#include "../architectures.h"
#include <longhand/longhand.h>
#include <nn/safetensors.h>
#include <train/options.h>
#include <train/state.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);

static char path[300];
static lh_network *network;
static lh_optimizer *optimizer;

static void remove_file(void)
{
    unlink(path);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    static const lh_architecture architecture = PREDICTION(1, 1, 1);
    const char *place = getenv("TMPDIR");
    snprintf(path, sizeof path, "%.200s/longhand-fuzz-XXXXXX", place ? place : "/tmp");
    int descriptor = mkstemp(path);
    network = lh_network_new(&architecture, NULL);
    optimizer = network ? lh_optimizer_new(LH_ADAM, lh_network_arena_size(network), NULL) : NULL;
    if (descriptor < 0 || !optimizer)
        abort();
    close(descriptor);
    return atexit(remove_file);
}

/* A state file with these two objects; false when they are no clean text. */
static bool put_state(const char *options, const char *place)
{
    lh_safetensors_writer *writer = lh_safetensors_writer_new(path, NULL);
    if (!writer)
        abort();
    const char *const groups[] = {"weight", lh_optimizer_moment_name(optimizer, 0),
                                  lh_optimizer_moment_name(optimizer, 1)};
    bool clean =
        lh_safetensors_add_metadata(writer, "format", "longhand training state 1", NULL) == LH_OK &&
        lh_safetensors_add_metadata(writer, "corpus", "0", NULL) == LH_OK &&
        lh_safetensors_add_metadata(writer, "options", options, NULL) == LH_OK &&
        lh_safetensors_add_metadata(writer, "place", place, NULL) == LH_OK;
    for (size_t i = 0; i < 3 * lh_network_tensor_count(network) && clean; i++) {
        const lh_tensor *tensor = lh_network_tensor(network, i / 3);
        char name[64];
        snprintf(name, sizeof name, "%.20s/%s", groups[i % 3], tensor->name);
        size_t shape[2] = {(size_t)tensor->rows, (size_t)tensor->columns};
        if (lh_safetensors_add(writer, name, LH_DTYPE_REAL, 2, shape,
                               lh_network_parameters(network) + tensor->offset, NULL) != LH_OK)
            abort();
    }
    if (clean && lh_safetensors_write(writer, NULL) != LH_OK)
        abort();
    lh_safetensors_writer_free(writer);
    return clean;
}

static void check_restored(const lh_checkpoint *file)
{
    lh_error error;
    lh_train_options again, first = *lh_checkpoint_options(file);
    lh_training_state state = {
        .layout = network, .weights = lh_network_parameters(network), .optimizer = optimizer};
    if (lh_checkpoint_restore(file, &state, &error) != LH_OK ||
        lh_checkpoint_save(&state, &first, path, &error) != LH_OK ||
        lh_train_options_load(path, &again, &error) != LH_OK ||
        lh_train_options_same(&first, &again, &error) != LH_OK)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = calloc(size + 2, 1);
    if (!text)
        return 0;
    memcpy(text, data, size);
    if (put_state(text, text + strlen(text) + 1)) {
        lh_error error;
        lh_checkpoint *file = lh_checkpoint_open(path, &error);
        if (file)
            check_restored(file);
        lh_checkpoint_close(file);
    }
    free(text);
    return 0;
}
