/* Writes small model files to the folder given, for fuzz_model to begin with: each as it is, and as
 * that target's 'h' with the header's text and the data. */
#include "../architectures.h"
#include <longhand/longhand.h>

#include <stdlib.h>
#include <string.h>

static int fail(const lh_error *error)
{
    fprintf(stderr, "seeds_model: %s\n", error->message);
    return EXIT_FAILURE;
}

static lh_status write_split(const char *path, const char *split_path, lh_error *error)
{
    enum { PREFIX = 8 };
    size_t size;
    char *bytes = lh_file_read(path, 1 << 20, &size, error);
    lh_output *output = bytes ? lh_output_open(split_path, error) : NULL;
    if (!output) {
        free(bytes);
        return LH_ERROR_IO;
    }
    uint64_t header;
    memcpy(&header, bytes, sizeof header);
    FILE *stream = lh_output_stream(output);
    fputc('h', stream);
    fwrite(bytes + PREFIX, 1, header, stream);
    fputc('\0', stream);
    fwrite(bytes + PREFIX + header, 1, size - PREFIX - header, stream);
    free(bytes);
    return lh_output_commit(output, error);
}

static lh_status write_seed(const char *folder, int number, const lh_architecture *architecture,
                            lh_precision precision, lh_error *error)
{
    char path[4096], split_path[4096];
    snprintf(path, sizeof path, "%s/%d", folder, number);
    snprintf(split_path, sizeof split_path, "%s/%d-split", folder, number);
    char history[] = "{\"step\":1}", license[] = "ours";
    lh_model model = {.scale_x = 39.5, .scale_y = 2, .history = history, .license = license};
    if (architecture->alphabet)
        lh_alphabet_parse(&model.alphabet, " \xc3\xbc");
    model.network = lh_network_new(architecture, error);
    if (!model.network)
        return LH_ERROR_MEMORY;
    lh_rng rng;
    lh_rng_seed(&rng, 1, 0);
    lh_network_init(model.network, &rng);
    lh_status status = lh_model_save(&model, path, precision, error);
    lh_network_free(model.network);
    return status == LH_OK ? write_split(path, split_path, error) : status;
}

int main(int argc, char **argv)
{
    static const lh_architecture architectures[] = {
        SYNTHESIS(1, 1, 1, 1, 2),
        PREDICTION(1, 1, 1),
        PREDICTION(2, 1, 1),
    };
    lh_error error = {LH_ERROR_ARGUMENT, "which folder?"};
    if (argc != 2)
        return fail(&error);
    for (int i = 0; i < 6; i++)
        if (write_seed(argv[1], i, &architectures[i / 2],
                       i % 2 ? LH_PRECISION_FLOAT16 : LH_PRECISION_FLOAT32, &error) != LH_OK)
            return fail(&error);
    return EXIT_SUCCESS;
}
