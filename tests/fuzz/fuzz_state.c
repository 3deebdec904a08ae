/* Feeds the reader of training states with anything in the place of its two JSON objects: an input
 * is the options, a NUL, and the place in the run. The rest of the file is that of a small network;
 * fuzz_model is for the format underneath. What opens must name fit options and save as it was. */
#include "fuzz.h"

#include "../architectures.h"

#include <nn/safetensors.h>
#include <train/checkpoint.h>
#include <train/train_options.h>

#include <stdlib.h>
#include <string.h>

const char *const fuzz_goals[] = {"a state opens", "its options are read", "its place is read",
                                  NULL};

static lh_network *network;
static lh_optimizer *optimizer;
static const lh_alphabet no_alphabet;

#define SEED(text) take(user, text, sizeof text - 1)

void fuzz_seeds(fuzz_take *take, void *user)
{
    SEED("{\"network\":\"prediction\",\"layers\":3,\"seed\":\"7\","
         "\"train_splits\":\"trainset,testset_f\",\"ema\":0.99,\"epochs\":2.5}\0"
         "{\"step\":7,\"optimizer_steps\":7,\"seconds\":1.5,\"validations\":1,\"validated\":5,"
         "\"best\":-9.5,\"best_step\":5,\"waited\":0}");
    SEED("{}\0{\"step\":0,\"optimizer_steps\":0,\"seconds\":0,\"validations\":0}");
}

static void forget(void)
{
    lh_optimizer_free(optimizer);
    lh_network_free(network);
}

static void make_network(void)
{
    static const lh_architecture architecture = PREDICTION(1, 1, 1);
    network = lh_network_new(&architecture, NULL);
    optimizer = network ? lh_optimizer_new(LH_ADAM, lh_network_arena_size(network), NULL) : NULL;
    if (!optimizer)
        abort();
    atexit(forget);
}

/* A state file with these two objects; false when they are no clean text. */
static bool put_state(const char *path, const char *options, const char *place)
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

static void check_restored(const lh_checkpoint *file, const char *path)
{
    lh_error error;
    lh_train_options again, first = *lh_checkpoint_options(file);
    lh_training_state state = {.layout = network,
                               .weights = lh_network_parameters(network),
                               .optimizer = optimizer,
                               .alphabet = &no_alphabet,
                               .scale = {1, 1}};
    if (lh_checkpoint_restore(file, &state, &error) != LH_OK ||
        lh_checkpoint_save(&state, &first, path, &error) != LH_OK ||
        lh_train_options_load(path, &again, &error) != LH_OK ||
        lh_train_options_same(&first, &again, &error) != LH_OK)
        abort();
    if (first.seed == 7)
        fuzz_reach(1);
    if (state.place.step == 7)
        fuzz_reach(2);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    lh_error error;
    char *text = fuzz_text(data, size);
    const char *path = fuzz_path("state");
    if (!network)
        make_network();
    size_t length = strlen(text);
    if (put_state(path, text, length < size ? text + length + 1 : "")) {
        lh_checkpoint *file = lh_checkpoint_open(path, &error);
        if (file) {
            fuzz_reach(0);
            check_restored(file, path);
        }
        lh_checkpoint_close(file);
    }
    free(text);
    return 0;
}
