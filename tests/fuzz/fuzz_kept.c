/* Any bytes as the file of a kept hand, with the checksum put right, or nothing would come behind
 * it. A hand that comes of it is kept again as the same bytes. */
#include "fuzz.h"
#include "hand_model.h"

#include "base/hash.h"
#include "document/kept_hands.h"

#include <stdlib.h>
#include <string.h>

enum { KEY = 7 };

static const char name[] = "0000000000000007.hand";

static const char alphabet[] = " ab";

const char *const fuzz_goals[] = {"a hand is read", NULL};

void fuzz_seeds(fuzz_take *take, void *user)
{
    const lh_model *model = hand_model(alphabet);
    const lh_script_size size = {.small = 100, .up = 200, .down = 90};
    lh_style *style = hand_style("a ba");
    lh_writer *writer = lh_writer_new(model, style, NULL);
    if (!writer)
        abort();
    const char *path = fuzz_path(name);
    char folder[256];
    snprintf(folder, sizeof folder, "%.*s", (int)(strrchr(path, '/') - path), path);
    lh_kept_hand_write(folder, KEY, writer, &size);
    fuzz_seed_made(take, user, path);
    lh_writer_free(writer);
    lh_style_free(style);
}

static void check_again(const char *folder, const lh_writer *writer, const lh_script_size *size,
                        const uint8_t *data, size_t bytes)
{
    lh_error error;
    size_t found;
    lh_kept_hand_write(folder, KEY, writer, size);
    char *again = lh_file_read(fuzz_path(name), bytes, &found, &error);
    if (!again || found != bytes || memcmp(again, data, bytes) != 0)
        abort();
    free(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    lh_script_size found;
    uint64_t checksum;
    char folder[256];
    uint8_t *copy = (uint8_t *)fuzz_text(data, size);
    if (size >= sizeof checksum) {
        checksum = hash_of(copy, size - sizeof checksum);
        for (size_t i = 0; i < sizeof checksum; i++)
            copy[size - sizeof checksum + i] = (uint8_t)(checksum >> 8 * i);
    }
    const char *path = fuzz_put(name, copy, size);
    snprintf(folder, sizeof folder, "%.*s", (int)(strrchr(path, '/') - path), path);
    lh_style *style = hand_style("a ba");
    lh_writer *writer = lh_kept_hand_read(folder, KEY, hand_model(alphabet), style, &found);
    if (writer) {
        fuzz_reach(0);
        check_again(folder, writer, &found, copy, size);
    }
    lh_writer_free(writer);
    lh_style_free(style);
    free(copy);
    return 0;
}
