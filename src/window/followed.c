/* Drawn ink as a network follows it: see followed.h. */
#include "followed.h"

#include <longhand/longhand.h>

lh_ink *win_followed_ink(const win_order *order, size_t most, lh_error *error)
{
    lh_ink drawn = order->drawn;
    if (most > 0 && drawn.count > most) {
        size_t from = drawn.count - most;
        while (from + 1 < drawn.count && !drawn.points[from - 1].end)
            from++;
        from = from + 1 < drawn.count ? from : drawn.count - most;
        drawn.points += from;
        drawn.count -= from;
    }
    lh_ink *ink = lh_ink_copy(&drawn, error);
    if (ink && lh_ink_clean(ink, &lh_cleaning_default, NULL, error) != LH_OK) {
        lh_ink_free(ink);
        return NULL;
    }
    if (ink && ink->count > 0 && order->down)
        ink->points[ink->count - 1].end = 0;
    return ink;
}

win_news *win_followed_news(const lh_model *model, const lh_ink *ink, const char *text,
                            const lh_write_options *options, lh_error *error)
{
    lh_written *seen = lh_observe(model, ink, text, options, error);
    if (!seen)
        return NULL;
    lh_word all = {.points = ink->count};
    lh_written one = *seen;
    one.word = &all;
    one.words = 1;
    win_news *news = win_news_ink(&one, 0, 0);
    if (news)
        news->followed = true;
    lh_written_free(seen);
    return news;
}
