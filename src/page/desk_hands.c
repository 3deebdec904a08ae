/* The hands that a desk has learnt: a style is read, followed and measured once. */
#include "page/desk.h"
#include "page/kept_hands.h"

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
    options.raw = options.proofread = false;
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
        h->writer = lh_kept_hand_read(desk->hands_folder, key, desk->model, &h->size);
    if (h->writer)
        return LH_OK;
    h->writer = lh_writer_new(desk->model, style, error);
    lh_status status = h->writer ? measure_hand(desk, h, error) : error->status;
    if (status == LH_OK && desk->hands_folder)
        lh_kept_hand_write(desk->hands_folder, key, h->writer, &h->size);
    return status;
}

/* The first in the order of names that is not before `name`. */
static size_t place_of(const lh_desk *desk, const char *name)
{
    size_t low = 0, high = desk->hands;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (strcmp(desk->hand[desk->by_name[middle]].name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static lh_status learn_hand(lh_desk *desk, const char *name, lh_error *error)
{
    const lh_document_options *options = &desk->options;
    if (!options->find_style)
        return lh_fail(error, LH_ERROR_ARGUMENT, "no style '%.80s': there are none", name);
    lh_style *style = options->find_style(options->user, name, error);
    if (!style)
        return error->status;
    lh_desk_hand learnt = {.name = strdup(name)};
    lh_desk_hand *larger = realloc(desk->hand, (desk->hands + 1) * sizeof *larger);
    desk->hand = larger ? larger : desk->hand;
    size_t *by_name = realloc(desk->by_name, (desk->hands + 1) * sizeof *by_name);
    desk->by_name = by_name ? by_name : desk->by_name;
    lh_status status = larger && by_name && learnt.name ? take_up_hand(desk, style, &learnt, error)
                                                        : lh_fail_memory(error, "a hand");
    lh_style_free(style);
    if (status == LH_OK) {
        size_t place = place_of(desk, name);
        memmove(by_name + place + 1, by_name + place, (desk->hands - place) * sizeof *by_name);
        by_name[place] = desk->hands;
        desk->hand[desk->hands++] = learnt;
        return LH_OK;
    }
    free(learnt.name);
    lh_writer_free(learnt.writer);
    return status;
}

lh_status lh_desk_find_hand(lh_desk *desk, const char *name, size_t *found, lh_error *error)
{
    *found = LH_OWN_HAND;
    if (!name || strcmp(name, LH_OWN_STYLE) == 0)
        return LH_OK;
    size_t place = place_of(desk, name);
    if (place < desk->hands && strcmp(desk->hand[desk->by_name[place]].name, name) == 0) {
        *found = desk->by_name[place];
        return LH_OK;
    }
    lh_status status = learn_hand(desk, name, error);
    *found = desk->hands - 1;
    return status;
}

void lh_desk_forget_hands(lh_desk *desk)
{
    for (size_t i = 0; i < desk->hands; i++) {
        free(desk->hand[i].name);
        lh_writer_free(desk->hand[i].writer);
    }
    free(desk->hand);
    free(desk->by_name);
    desk->hand = NULL;
    desk->by_name = NULL;
    desk->hands = 0;
}
