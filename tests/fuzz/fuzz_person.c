/* Any bytes as a .hand file: what is read of them is saved again and read back, and a network of
 * its sizes can be adapted by it. */
#include "fuzz.h"
#include "hand_model.h"

#include "write/hand.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char alphabet[] = " ab";

const char *const fuzz_goals[] = {"a hand is read", "it fits the network", NULL};

void fuzz_seeds(fuzz_take *take, void *user)
{
    lh_error error;
    const lh_model *model = hand_model(alphabet);
    lh_adaptation *adaptation = lh_adaptation_new(model->network, 1, &error);
    lh_style *style = hand_style("a ba");
    lh_hand *hand = style->hand = calloc(1, sizeof *hand);
    if (!adaptation || !hand)
        abort();
    hand->network = lh_network_fingerprint(model->network);
    hand->rank = 1;
    hand->count = lh_adaptation_count(adaptation);
    hand->number = calloc(hand->count, sizeof *hand->number);
    hand->line = calloc(1, sizeof *hand->line);
    hand->lines = 1;
    hand->line[0] = (lh_hand_line){lh_ink_copy(style->ink, &error), strdup("ab")};
    hand->maker = strdup("somebody");
    const char *path = fuzz_path("seed.hand");
    if (lh_style_save(style, path, &error) != LH_OK)
        abort();
    fuzz_seed_made(take, user, path);
    lh_style_free(style);
    lh_adaptation_free(adaptation);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    lh_error error;
    const char *path = fuzz_put("any.hand", data, size);
    lh_style *style = lh_hand_is_file(path) ? lh_style_read(path, NULL, &error) : NULL;
    if (!style)
        return 0;
    fuzz_reach(0);
    for (size_t i = 0; i < style->hand->count; i++)
        if (!isfinite(style->hand->number[i]))
            abort();
    if (lh_style_save(style, fuzz_path("again.hand"), &error) != LH_OK)
        abort();
    lh_style *again = lh_style_read(fuzz_path("again.hand"), NULL, &error);
    if (!again || strcmp(again->text, style->text) != 0)
        abort();
    lh_style_free(again);
    lh_adaptation *adaptation = lh_hand_adaptation(style->hand, hand_model(alphabet), &error);
    if (adaptation)
        fuzz_reach(1);
    lh_adaptation_free(adaptation);
    lh_style_free(style);
    return 0;
}
