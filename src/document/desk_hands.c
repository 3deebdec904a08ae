/* The hands that a desk has learnt: a style is read, followed and measured once. */
#include "document/desk.h"
#include "document/kept_hands.h"

#include <stdlib.h>
#include <string.h>

/* ---- hands ------------------------------------------------------------------------------------
 */

enum { PROBES = 12 };

/* Words that show a hand's size, those of them that `alphabet` can write; returns how many. */
static size_t choose_probes(const lh_alphabet *alphabet, const char *probe[PROBES])
{
    static const char *const words[PROBES] = {"the",  "quick", "brown", "fox",  "jumps", "over",
                                              "lazy", "dog",   "and",   "Much", "light", "King"};
    size_t count = 0;
    for (size_t i = 0; i < PROBES; i++) {
        bool known = true;
        for (const char *c = words[i]; *c; c++)
            known = known && lh_alphabet_index(alphabet, (unsigned char)*c) >= 0;
        if (known)
            probe[count++] = words[i];
    }
    return count;
}

/* Measures a hand on words that nobody sees, so that it is the same size in all documents. Each
 * stands alone, so that they are written in step. */
static lh_status measure_hand(const lh_desk *desk, lh_desk_hand *h, lh_error *error)
{
    const char *probe[PROBES];
    lh_written *written[PROBES] = {0};
    size_t count = choose_probes(&desk->model->alphabet, probe);
    if (count == 0)
        return LH_OK;
    lh_write_options options = desk->options.write;
    options.keep = 0;
    options.raw = false;
    options.reader = NULL;
    options.seed = 1;
    lh_status status = lh_write_texts(h->writer, &options, probe, count, 0, written, error);
    if (status == LH_OK)
        status = lh_script_measure((const lh_written *const *)written, count, &h->size, error);
    for (size_t i = 0; i < count; i++)
        lh_written_free(written[i]);
    return status;
}

/* Takes up the hand of `style` where it was kept, or learns it. On failure its writer, if there is
 * one, is the caller's to free all the same. */
static lh_status take_up_hand(const lh_desk *desk, const lh_style *style, lh_desk_hand *h,
                              lh_error *error)
{
    uint64_t key =
        desk->hands_folder ? lh_kept_hand_key(desk->model, style, &desk->options.write) : 0;
    if (desk->hands_folder)
        h->writer = lh_kept_hand_read(desk->hands_folder, key, desk->model, style, &h->size);
    if (h->writer)
        return LH_OK;
    h->writer = lh_writer_new(desk->model, style, error);
    lh_status status = h->writer ? measure_hand(desk, h, error) : error->status;
    if (status == LH_OK && desk->hands_folder)
        lh_kept_hand_write(desk->hands_folder, key, h->writer, &h->size);
    return status;
}

static void free_hand(lh_desk_hand *h)
{
    free(h->name);
    lh_writer_free(h->writer);
    free(h);
}

/* The first in the order of names that is not before `name`. */
static size_t place_of(const lh_desk *desk, const char *name)
{
    size_t low = 0, high = desk->hands;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (strcmp(desk->hand[middle]->name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Learns a hand that is to stand at `place`. */
static lh_status learn_hand(lh_desk *desk, const char *name, size_t place, lh_error *error)
{
    const lh_document_options *options = &desk->options;
    if (!options->find_style)
        return lh_fail(error, LH_ERROR_ARGUMENT, "no style '%.80s': there are none", name);
    lh_style *style = options->find_style(options->user, name, error);
    if (!style)
        return error->status;
    lh_desk_hand *learnt = calloc(1, sizeof *learnt);
    if (learnt)
        learnt->name = strdup(name);
    lh_desk_hand **larger = realloc(desk->hand, (desk->hands + 1) * sizeof *larger);
    desk->hand = larger ? larger : desk->hand;
    lh_status status = larger && learnt && learnt->name ? take_up_hand(desk, style, learnt, error)
                                                        : lh_fail_memory(error, "a hand");
    lh_style_free(style);
    if (status == LH_OK) {
        memmove(larger + place + 1, larger + place, (desk->hands - place) * sizeof(lh_desk_hand *));
        larger[place] = learnt;
        desk->hands++;
    } else if (learnt) {
        free_hand(learnt);
    }
    return status;
}

lh_status lh_desk_find_hand(lh_desk *desk, const char *name, const lh_desk_hand **found,
                            lh_error *error)
{
    *found = NULL;
    if (!name || strcmp(name, LH_OWN_STYLE) == 0)
        return LH_OK;
    const size_t place = place_of(desk, name);
    lh_status status = LH_OK;
    if (place == desk->hands || strcmp(desk->hand[place]->name, name) != 0)
        status = learn_hand(desk, name, place, error);
    *found = status == LH_OK ? desk->hand[place] : NULL;
    return status;
}

void lh_desk_forget_hands(lh_desk *desk)
{
    for (size_t i = 0; i < desk->hands; i++)
        free_hand(desk->hand[i]);
    free(desk->hand);
    desk->hand = NULL;
    desk->hands = 0;
}
