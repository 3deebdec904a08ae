/* Any bytes as an IAM-OnDB line file, and the ink cleaned. */
#include <longhand/corpus.h>

#include <math.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    lh_error error;
    lh_ink *ink = lh_iam_read_memory((const char *)data, size, "fuzz.xml", &error);
    if (!ink)
        return 0;
    if (ink->count == 0 || !ink->points[ink->count - 1].end)
        abort();
    for (size_t i = 0; i < ink->count; i++)
        if (!isfinite(ink->points[i].x) || !isfinite(ink->points[i].y) ||
            !isfinite(ink->points[i].time))
            abort();
    if (lh_ink_clean(ink, &lh_cleaning_default, NULL, &error) == LH_OK && ink->count == 0)
        abort();
    lh_ink_free(ink);
    return 0;
}
