/* What `write` and `sample` share: see writing.h. */
#include "writing.h"

#include <stdlib.h>
#include <string.h>

lh_model *cli_model_load(const char *path, const char *asset, lh_error *error)
{
    char *found = path ? NULL : cli_asset(asset);
    if (!path && !found) {
        lh_fail(error, LH_ERROR_IO,
                "the model %s is not installed; name one with --model, or a folder with "
                "LONGHAND_ASSETS",
                asset);
        return NULL;
    }
    lh_model *model = lh_model_load(path ? path : found, error);
    free(found);
    return model;
}

lh_status cli_note_number(lh_page *page, const char *key, double value, lh_error *error)
{
    char text[32];
    snprintf(text, sizeof text, "%.10g", value);
    return lh_page_note(page, key, text, error);
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
