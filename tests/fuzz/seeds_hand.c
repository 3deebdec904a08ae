/* Writes what a writer learns of two styles to the folder given, for fuzz_hand to begin with. */
#include "hand_model.h"

#include <longhand/longhand.h>
#include <write/learnt.h>

#include <stdlib.h>

static lh_status write_seed(const lh_model *model, const char *text, const char *path,
                            lh_error *error)
{
    lh_point points[] = {{0, 0, 0, 0}, {40, -80, 0.1F, 0}, {60, 10, 0.2F, 1}, {90, 0, 0.4F, 1}};
    lh_ink ink = {points, sizeof points / sizeof *points, 0};
    lh_bytes bytes = {0};
    lh_style *style = lh_style_new("seed", &ink, text, error);
    lh_writer *writer = style ? lh_writer_new(model, style, error) : NULL;
    lh_status status = writer ? lh_writer_put(writer, &bytes, error) : error->status;
    lh_output *output = status == LH_OK ? lh_output_open(path, error) : NULL;
    if (output) {
        fwrite(bytes.data, 1, bytes.size, lh_output_stream(output));
        status = lh_output_commit(output, error);
    }
    lh_bytes_clear(&bytes);
    lh_writer_free(writer);
    lh_style_free(style);
    return output ? status : error->status;
}

int main(int argc, char **argv)
{
    static const char *const texts[] = {"ab", "a b ba ab"};
    lh_error error = {LH_ERROR_ARGUMENT, "which folder?"};
    lh_model model;
    lh_status status = LH_ERROR_ARGUMENT;
    if (argc == 2)
        lh_fail(&error, LH_ERROR_MEMORY, "no model");
    if (argc == 2 && hand_model_make(&model)) {
        status = LH_OK;
        for (size_t i = 0; i < sizeof texts / sizeof *texts && status == LH_OK; i++) {
            char path[4096];
            snprintf(path, sizeof path, "%.4000s/%zu", argv[1], i);
            status = write_seed(&model, texts[i], path, &error);
        }
        lh_network_free(model.network);
    }
    if (status != LH_OK)
        fprintf(stderr, "seeds_hand: %s\n", error.message);
    return status == LH_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
