/* What was written: freeing it, and cutting it between words. */
#include <longhand/write.h>

#include "base/need.h"

#include <stdlib.h>

void lh_written_free(lh_written *written)
{
    if (!written)
        return;
    free(written->text);
    lh_ink_free(written->ink);
    free(written->trace);
    free(written->output);
    free(written->window);
    free(written->kappa);
    free(written->cell);
    free(written->saturation);
    free(written->gate);
    free(written->word);
    free(written);
}

/* The points of the words, as a view. */
static lh_ink view_words(const lh_written *written, size_t first, size_t count)
{
    lh_ink view = {0};
    if (count == 0 || first > written->words || count > written->words - first)
        return view;
    const lh_word *last = &written->word[first + count - 1];
    size_t from = written->word[first].point;
    view.count = last->point + last->points - from;
    if (view.count > 0)
        view.points = written->ink->points + from;
    return view;
}

lh_box lh_written_bounds(const lh_written *written, size_t first, size_t count)
{
    if (!written)
        return (lh_box){0};
    lh_ink view = view_words(written, first, count);
    return lh_ink_bounds(&view);
}

lh_ink *lh_written_words(const lh_written *written, size_t first, size_t count, lh_error *error)
{
    LH_NEED(error, written, NULL);
    lh_ink view = view_words(written, first, count);
    lh_ink *ink = lh_ink_new(error);
    if (!ink || view.count == 0)
        return ink;
    float left = lh_ink_bounds(&view).left, start = view.points[0].time;
    if (lh_ink_append(ink, &view, -left, 0, -start, error) == LH_OK)
        return ink;
    lh_ink_free(ink);
    return NULL;
}
