/* The scribe: a thread of its own in which the networks work, so that the window never waits for
 * them. Orders go in, of which only the newest counts; news come out, in order. */
#ifndef LONGHAND_WINDOW_SCRIBE_H
#define LONGHAND_WINDOW_SCRIBE_H

#include "kept.h"

enum { WIN_WAYS = 4 }; /* in which drawn ink could go on */

/* What is to be written, and how. */
typedef struct win_order {
    int mode;               /* WIN_MODE_... */
    const char *model;      /* path of a synthesis network; NULL: none */
    const char *free_model; /* path of a prediction network; NULL: none */
    const char *style;      /* path of an IAM-OnDB line; NULL: a hand that the seed finds */
    const char *text;       /* all of the text; in WIN_MODE_DRAW what the ink says, and shall say */
    bool finished;          /* the last word is whole */
    double bias;
    uint64_t seed;
    lh_ink drawn;  /* WIN_MODE_DRAW: to go on from */
    bool down;     /* in the middle of its last stroke */
    unsigned turn; /* its number: other ink has another */
    size_t shown;  /* points that the pen has come to: the scribe keeps some way ahead of it */
} win_order;

typedef enum win_news_kind {
    WIN_NEWS_MODEL, /* a synthesis network was loaded: `alphabet` */
    WIN_NEWS_INK,   /* words from `words_kept` on are gone, and these come behind */
    WIN_NEWS_WAYS,  /* how drawn ink `turn`, of `points_kept` points, could go on: each word is a
                       way;  none when the network cannot tell */
    WIN_NEWS_FAULT, /* something failed: `message` */
} win_news_kind;

typedef struct win_news {
    struct win_news *next;
    win_news_kind kind;
    char message[512];
    lh_alphabet alphabet;
    size_t words_kept, points_kept;
    size_t words, points;
    lh_word *word;   /* [words]; `point` counts from the beginning of the text's ink */
    lh_point *point; /* [points] */
    double bias, scale_x, scale_y; /* of the mixtures that the points were drawn from */
    win_piece *kept;               /* what was kept of the network at each point; owned, or NULL */
    unsigned turn;
    bool joined; /* ways begin with the pen down */
} win_news;

typedef struct win_scribe win_scribe;

/* Starts the thread; it calls `wake(data)` when there are news. NULL on failure. */
win_scribe *win_scribe_start(void (*wake)(void *data), void *data, lh_error *error);
/* Lets it end the piece at hand, waits for that, and frees all. */
void win_scribe_stop(win_scribe *scribe);
/* Gives an order, which is copied. False: no memory, and the order before holds. */
bool win_scribe_ask(win_scribe *scribe, const win_order *order);
/* The oldest news, for the caller to free; NULL when there are none. */
win_news *win_scribe_news(win_scribe *scribe);
void win_news_free(win_news *news);
/* For scripts, in which every run is the same: lets it do all that it has to do, waits for that,
 * and from then on it does nothing but here. */
void win_scribe_settle(win_scribe *scribe);

#endif
