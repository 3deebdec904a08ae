/* How large a hand writes: see script_size.h. */
#include "document/script_size.h"

#include <math.h>
#include <stdlib.h>

/* Share of the words that stay within `up` and `down`, and of the pitch that both may take. */
static const double within = 0.9;
static const float room = 0.98f;
/* Points from which a text shows the height of its letters. */
enum { TELLING_POINTS = 60 };

typedef struct weighed {
    float value, weight;
} weighed;

static int compare(const void *a, const void *b)
{
    float x = ((const weighed *)a)->value, y = ((const weighed *)b)->value;
    return (x > y) - (x < y);
}

/* The value that `share` of the weight does not exceed; sorts. 0 when there are none. */
static float quantile(weighed *all, size_t count, double share)
{
    double total = 0, sum = 0;
    qsort(all, count, sizeof *all, compare);
    for (size_t i = 0; i < count; i++)
        total += (double)all[i].weight;
    for (size_t i = 0; i < count; i++) {
        sum += (double)all[i].weight;
        if (sum >= share * total)
            return all[i].value;
    }
    return 0;
}

static float small_height(const lh_written *const *written, size_t count, weighed *scratch)
{
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        if (!written[i] || written[i]->ink->count < TELLING_POINTS)
            continue;
        float height = lh_ink_baseline(written[i]->ink).height;
        if (height >= LH_HEIGHT_LEAST && height <= LH_HEIGHT_MOST)
            scratch[found++] = (weighed){height, (float)written[i]->ink->count};
    }
    return found > 0 ? quantile(scratch, found, 0.5) : LH_HEIGHT_ORDINARY;
}

/* How far words go up (side -1) or down (1). */
static float reach(const lh_written *const *written, size_t count, int side, weighed *scratch)
{
    size_t found = 0;
    for (size_t i = 0; i < count; i++)
        for (size_t w = 0; written[i] && w < written[i]->words; w++) {
            lh_box box = lh_written_bounds(written[i], w, 1);
            scratch[found++] = (weighed){fmaxf(0, side < 0 ? -box.top : box.bottom), 1};
        }
    return quantile(scratch, found, within);
}

lh_status lh_script_measure(const lh_written *const *written, size_t count, lh_script_size *size,
                            lh_error *error)
{
    size_t words = count;
    for (size_t i = 0; i < count; i++)
        words += written[i] ? written[i]->words : 0;
    weighed *scratch = malloc((words + 1) * sizeof *scratch);
    if (!scratch)
        return lh_fail_memory(error, "the size of a hand");
    size->small = small_height(written, count, scratch);
    size->up = reach(written, count, -1, scratch);
    size->down = reach(written, count, 1, scratch);
    free(scratch);
    return LH_OK;
}

float lh_script_scale(const lh_script_size *size, const lh_paper *paper)
{
    float scale = lh_paper_scale(paper, size->small > 0 ? size->small : LH_HEIGHT_ORDINARY);
    float reach_both = size->up + size->down;
    return reach_both > 0 ? fminf(scale, room * paper->pitch / reach_both) : scale;
}
