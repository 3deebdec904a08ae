/* What `write` and `sample` share: see writing.h. */
#include "writing.h"

#include <stdlib.h>
#include <string.h>

lh_model *cli_model_load(const char *path, const char *asset)
{
    lh_error error;
    char *found = path ? NULL : cli_asset(asset);
    if (!path && !found) {
        fprintf(stderr,
                "longhand: the model %s is not installed; name one with --model, or a folder with "
                "LONGHAND_ASSETS\n",
                asset);
        return NULL;
    }
    lh_model *model = lh_model_load(path ? path : found, &error);
    if (!model)
        cli_failed(&error);
    free(found);
    return model;
}

lh_status cli_note_number(lh_page *page, const char *key, double value, lh_error *error)
{
    char text[32];
    snprintf(text, sizeof text, "%.10g", value);
    return lh_page_note(page, key, text, error);
}

/* FNV-1a (Fowler, Noll and Vo) over words of 64 bits instead of bytes, every eighth of them in a
 * chain of its own, for a multiplication must wait for the one before. */
uint64_t cli_fingerprint(const lh_model *model)
{
    enum { CHAINS = 8 };
    const uint64_t prime = 0x100000001b3u;
    const lh_network *network = model->network;
    const char *weights = (const char *)lh_network_parameters_const(network);
    size_t bytes = lh_network_arena_size(network) * sizeof(lh_real);
    uint64_t chain[CHAINS], word[CHAINS], hash = 0xcbf29ce484222325u;
    for (uint64_t i = 0; i < CHAINS; i++)
        chain[i] = hash + i;
    for (size_t at = 0; at + sizeof word <= bytes; at += sizeof word) { /* nothing is left over */
        memcpy(word, weights + at, sizeof word);
        for (int i = 0; i < CHAINS; i++) {
            chain[i] = (chain[i] ^ word[i]) * prime;
            chain[i] ^= chain[i] >> 32;
        }
    }
    for (int i = 0; i < CHAINS; i++)
        hash = (hash ^ chain[i]) * prime;
    return hash;
}

lh_status cli_note_making(lh_page *page, uint64_t fingerprint, const char *model_path,
                          const lh_write_options *options, lh_error *error)
{
    char text[300];
    const char *slash = model_path ? strrchr(model_path, '/') : NULL;
    const char *name = slash ? slash + 1 : model_path ? model_path : "the one installed";
    snprintf(text, sizeof text, "%.200s (weights %016llx)", name, (unsigned long long)fingerprint);
    lh_status status = lh_page_note(page, "model", text, error);
    snprintf(text, sizeof text, "%.10g", options->bias);
    if (status == LH_OK)
        status = lh_page_note(page, "bias", text, error);
    snprintf(text, sizeof text, "%llu", (unsigned long long)options->seed);
    if (status == LH_OK)
        status = lh_page_note(page, "seed", text, error);
    snprintf(text, sizeof text, "longhand %s, %s kernels", LONGHAND_VERSION, lh_kernels_name());
    return status == LH_OK ? lh_page_note(page, "made by", text, error) : status;
}

float cli_letter_height(const lh_ink *ink)
{
    /* Nine hands of ten in IAM-OnDB have small letters 79 to 197 units high, half of them 118. */
    static const float least = 50, most = 400, ordinary = 118;
    float height = lh_ink_baseline(ink).height;
    return height >= least && height <= most ? height : ordinary;
}
