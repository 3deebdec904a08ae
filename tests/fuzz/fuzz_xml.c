/* Any bytes as an IAM-OnDB line file, and the ink cleaned. */
#include "fuzz.h"

#include "corpus/iam.h"

#include <math.h>
#include <stdlib.h>

const char *const fuzz_goals[] = {"ink is read", "it is cleaned", NULL};

void fuzz_seeds(fuzz_take *take, void *user)
{
    fuzz_seed_file(take, user, "data/lineStrokes/s01/s01-000/s01-000-01.xml");
    fuzz_seed_text(take, user,
                   "<?xml version=\"1.0\"?><WhiteboardCaptureSession><StrokeSet><Stroke>"
                   "<Point x=\"1\" y=\"2\" time=\"0.5\"/><Point x=\"3\" y=\"4.5\" time=\"0.6\"/>"
                   "</Stroke><Stroke><Point x=\"900\" y=\"-4\" time=\"2\"/></Stroke></StrokeSet>"
                   "</WhiteboardCaptureSession>");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    lh_error error;
    lh_ink *ink = iam_read_memory((const char *)data, size, "fuzz.xml", &error);
    if (!ink)
        return 0;
    if (ink->count == 0 || !ink->points[ink->count - 1].end)
        abort();
    for (size_t i = 0; i < ink->count; i++)
        if (!isfinite(ink->points[i].x) || !isfinite(ink->points[i].y) ||
            !isfinite(ink->points[i].time))
            abort();
    fuzz_reach(0);
    if (lh_ink_clean(ink, &lh_cleaning_default, NULL, &error) == LH_OK) {
        if (ink->count == 0)
            abort();
        fuzz_reach(1);
    }
    lh_ink_free(ink);
    return 0;
}
