/* What documents are made from, for checksums: see prints.h. */
#include "document/prints.h"

#include <string.h>

void lh_print_model(hash_state *hash, const lh_model *model)
{
    const lh_architecture *a = lh_network_architecture(model->network);
    const int32_t sizes[] = {a->kind,     a->layers,  a->cells,
                             a->mixtures, a->windows, model->alphabet.count};
    const double scale[] = {model->scale_x, model->scale_y};
    uint64_t weights = lh_network_fingerprint(model->network);
    hash_add(hash, sizes, sizeof sizes);
    hash_add(hash, scale, sizeof scale);
    hash_add(hash, &weights, sizeof weights);
    hash_add(hash, model->alphabet.codepoint,
             (size_t)model->alphabet.count * sizeof *model->alphabet.codepoint);
}

void lh_print_hand(hash_state *hash, const lh_hand *hand)
{
    hash_add(hash, hand->number, hand->count * sizeof *hand->number);
}

void lh_print_style(hash_state *hash, const lh_style *style)
{
    lh_print_text(hash, style->text);
    for (size_t i = 0; i < style->ink->count; i++) {
        const lh_point *point = &style->ink->points[i];
        const float at[] = {point->x, point->y, (float)point->end};
        hash_add(hash, at, sizeof at);
    }
    if (style->hand)
        lh_print_hand(hash, style->hand);
}

void lh_print_text(hash_state *hash, const char *text)
{
    hash_add(hash, text, strlen(text) + 1);
}
