/* Feeds anything to the reader of learnt hands, as a file of the cache would be whose checksum
 * fits. A writer that comes of it must give the same bytes again, and write finite ink, or say that
 * it draws nothing. */
#include "hand_model.h"

#include <longhand/longhand.h>
#include <write/learnt.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);

static lh_model model;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    if (!hand_model_make(&model))
        abort();
    return 0;
}

static void check_writer(const lh_writer *writer, const uint8_t *data, size_t size)
{
    lh_error error;
    lh_bytes again = {0};
    lh_write_options options = lh_write_defaults;
    if (lh_writer_put(writer, &again, &error) != LH_OK || again.size != size ||
        memcmp(again.data, data, size) != 0)
        abort();
    lh_bytes_clear(&again);
    options.tries = 0;
    options.threads = 1;
    options.proofread = false;
    lh_written *written = lh_write_text(writer, &options, "a", &error);
    if (!written && !strstr(error.message, "the network draws nothing"))
        abort();
    for (size_t i = 0; written && i < written->ink->count; i++)
        if (!isfinite(written->ink->points[i].x) || !isfinite(written->ink->points[i].y))
            abort();
    lh_written_free(written);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    lh_error error;
    lh_bytes_left left = {.data = data, .size = size};
    lh_writer *writer = lh_writer_take(&model, &left, &error);
    if (writer)
        check_writer(writer, data, size - left.size);
    lh_writer_free(writer);
    return 0;
}
