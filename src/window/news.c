/* News from the scribe: see news.h. */
#include "news.h"

#include <stdlib.h>
#include <string.h>

win_news *win_news_new(win_news_kind kind)
{
    win_news *news = calloc(1, sizeof *news);
    if (news)
        news->kind = kind;
    return news;
}

void win_news_free(win_news *news)
{
    if (!news)
        return;
    free(news->word);
    free(news->point);
    win_kept_free(news->kept);
    win_reading_clear(&news->reading);
    free(news);
}

/* Copies `count` rows; NULL stays NULL. Clears `whole` when there is no memory. */
static void *copy_rows(const void *rows, size_t from, size_t count, size_t size, bool *whole)
{
    void *copy = rows ? malloc(count * size + 1) : NULL;
    if (copy && count > 0)
        memcpy(copy, (const char *)rows + from * size, count * size);
    *whole &= !rows || copy;
    return copy;
}

win_news *win_news_fault(win_fault fault, const lh_error *error)
{
    win_news *news = win_news_new(WIN_NEWS_FAULT);
    if (news)
        news->fault = fault;
    if (news)
        memcpy(news->message, error->message, sizeof news->message);
    return news;
}

win_news *win_news_ink(const lh_written *w, size_t words, size_t points)
{
    win_news *news = win_news_new(WIN_NEWS_INK);
    if (!news)
        return NULL;
    bool whole = true;
    size_t count = w->ink->count - points;
    news->words_kept = words;
    news->points_kept = points;
    news->words = w->words - words;
    news->points = count;
    news->word = copy_rows(w->word, words, news->words, sizeof *w->word, &whole);
    news->point = copy_rows(w->ink->points, points, count, sizeof *w->ink->points, &whole);
    news->bias = w->bias;
    news->scale_x = w->scale_x;
    news->scale_y = w->scale_y;
    whole &= win_kept_copy(w, points, w->ink->count, &news->kept);
    if (whole)
        return news;
    win_news_free(news);
    return NULL;
}

win_news *win_news_ways(lh_written *const *way, size_t count, const win_order *order)
{
    win_news *news = win_news_new(WIN_NEWS_WAYS);
    size_t points = 0;
    for (size_t i = 0; i < count; i++)
        points += way[i]->ink->count;
    if (!news)
        return NULL;
    news->turn = order->turn;
    news->points_kept = order->drawn.count;
    news->joined = order->down;
    news->word = calloc(count + 1, sizeof *news->word);
    news->point = malloc(points * sizeof *news->point + 1);
    if (!news->word || !news->point) {
        win_news_free(news);
        return NULL;
    }
    for (size_t i = 0; i < count; i++) {
        const lh_ink *ink = way[i]->ink;
        news->word[i] = (lh_word){.point = news->points, .points = ink->count};
        if (ink->count > 0)
            memcpy(news->point + news->points, ink->points, ink->count * sizeof *ink->points);
        news->points += ink->count;
    }
    news->words = count;
    return news;
}

win_news *win_news_sample(const win_sample *sample, const lh_ink *ink)
{
    win_news *news = win_news_new(WIN_NEWS_SAMPLE);
    bool whole = true;
    if (!news)
        return NULL;
    news->slot = sample->slot;
    news->turn = sample->turn;
    news->points = ink ? ink->count : 0;
    if (news->points > 0)
        news->point = copy_rows(ink->points, 0, ink->count, sizeof *ink->points, &whole);
    if (whole)
        return news;
    win_news_free(news);
    return NULL;
}
