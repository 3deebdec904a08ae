/* News from the scribe: what they are, and making them out of what was written. */
#ifndef LONGHAND_WINDOW_NEWS_H
#define LONGHAND_WINDOW_NEWS_H

#include "kept.h"
#include "order.h"
#include "reading.h"
#include "sample.h"

enum { WIN_WAYS = 4 }; /* in which drawn ink could go on */

typedef enum win_news_kind {
    WIN_NEWS_MODEL,  /* a synthesis network was loaded: `alphabet` */
    WIN_NEWS_INK,    /* words from `words_kept` on are gone, and these come behind */
    WIN_NEWS_WAYS,   /* how drawn ink `turn`, of `points_kept` points, could go on: each word is a
                        way;  none when the network cannot tell */
    WIN_NEWS_SAMPLE, /* the ink of sample `slot` of `turn`; none, where it could not be written */
    WIN_NEWS_FAULT,  /* something failed: `message` */
} win_news_kind;

/* What has failed, if that is a network's file: nothing is written until there is another. */
typedef enum win_fault { WIN_FAULT_OTHER, WIN_FAULT_MODEL, WIN_FAULT_FREE_MODEL } win_fault;
enum { WIN_FAULTS = WIN_FAULT_FREE_MODEL + 1 };

typedef struct win_news {
    struct win_news *next;
    win_news_kind kind;
    char message[512];
    win_fault fault;
    lh_alphabet alphabet;
    size_t words_kept, points_kept;
    size_t words, points;
    lh_word *word;   /* [words]; `point` counts from the beginning of the text's ink */
    lh_point *point; /* [points] */
    double bias, scale_x, scale_y; /* of the mixtures that the points were drawn from */
    win_piece *kept;               /* what was kept of the network at each point; owned, or NULL */
    bool followed;                 /* the ink is not the network's own: it stays where it is */
    unsigned turn;
    int slot;
    bool joined;         /* ways begin with the pen down */
    win_reading reading; /* of the ink they go on from; owned */
} win_news;

void win_news_free(win_news *news);
/* NULL: no memory. */
win_news *win_news_new(win_news_kind kind);
/* WIN_NEWS_FAULT with the error's message. NULL: no memory. */
win_news *win_news_fault(win_fault fault, const lh_error *error);
/* Copies words and points from the given ones on, with what was kept; what was kept must reach back
 * to `points`. NULL: no memory. */
win_news *win_news_ink(const lh_written *written, size_t words, size_t points);
/* The ways that the drawn ink of an order could go on. NULL: no memory. */
win_news *win_news_ways(lh_written *const *way, size_t count, const win_order *order);

/* The ink of a sample; NULL: there is none. NULL: no memory. */
win_news *win_news_sample(const win_sample *sample, const lh_ink *ink);

#endif
