/* How ink came about: see making.h. */
#include "page/making.h"

#include <stdio.h>

lh_status lh_page_note_number(lh_page *page, const char *key, double value, lh_error *error)
{
    char text[32];
    snprintf(text, sizeof text, "%.10g", value);
    return lh_page_note(page, key, text, error);
}

lh_status lh_page_note_making(lh_page *page, const char *model, uint64_t fingerprint,
                              const lh_write_options *options, lh_error *error)
{
    char text[300];
    snprintf(text, sizeof text, "%.200s (weights %016llx)", model, (unsigned long long)fingerprint);
    lh_status status = lh_page_note(page, "model", text, error);
    if (status == LH_OK)
        status = lh_page_note_number(page, "bias", options->bias, error);
    snprintf(text, sizeof text, "%llu", (unsigned long long)options->seed);
    if (status == LH_OK)
        status = lh_page_note(page, "seed", text, error);
    snprintf(text, sizeof text, "longhand %s, %s kernels", LONGHAND_VERSION, lh_kernels_name());
    return status == LH_OK ? lh_page_note(page, "made by", text, error) : status;
}
