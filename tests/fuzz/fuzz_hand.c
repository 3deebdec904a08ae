/* Feeds anything to the reader of learnt hands, as a file of the cache would be whose checksum
 * fits. A writer that comes of it must give the same bytes again, and write finite ink, or say that
 * it draws nothing. */
#include "fuzz.h"
#include "hand_model.h"

#include <write/learnt.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char alphabet[] = " ab";

const char *const fuzz_goals[] = {"a hand is read", "it writes", NULL};

void fuzz_seeds(fuzz_take *take, void *user)
{
    static const char *const texts[] = {"ab", "a b ba ab"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        lh_bytes bytes = {0};
        lh_style *style = hand_style(texts[i]);
        lh_writer *writer = lh_writer_new(hand_model(alphabet), style, NULL);
        if (!writer || lh_writer_put(writer, &bytes, NULL) != LH_OK)
            abort();
        take(user, bytes.data, bytes.size);
        lh_bytes_clear(&bytes);
        lh_writer_free(writer);
        lh_style_free(style);
    }
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
    lh_written *written = lh_write_text(writer, &options, "a", &error);
    if (!written && !strstr(error.message, "the network draws nothing"))
        abort();
    if (written)
        fuzz_reach(1);
    for (size_t i = 0; written && i < written->ink->count; i++)
        if (!isfinite(written->ink->points[i].x) || !isfinite(written->ink->points[i].y))
            abort();
    lh_written_free(written);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    lh_error error;
    lh_bytes_left left = {.data = data, .size = size};
    lh_style *style = hand_style("a ba");
    lh_writer *writer = lh_writer_take(hand_model(alphabet), style, &left, &error);
    if (writer) {
        fuzz_reach(0);
        check_writer(writer, data, size - left.size);
    }
    lh_writer_free(writer);
    lh_style_free(style);
    return 0;
}
