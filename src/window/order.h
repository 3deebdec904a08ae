/* Orders to the scribe: what they are, copying them, and what differs between two. */
#ifndef LONGHAND_WINDOW_ORDER_H
#define LONGHAND_WINDOW_ORDER_H

#include <longhand/ink.h>

/* What is to be written, and how. */
typedef struct win_order {
    int mode;               /* WIN_MODE_... */
    const char *model;      /* path of a synthesis network; NULL: none */
    const char *free_model; /* path of a prediction network; NULL: none */
    const char *reader;     /* path of a network that reads; NULL: none */
    const char *style;      /* path of an IAM-OnDB line; NULL: a hand that the seed finds */
    /* What these files are counted by: one at the same path that is another has another. */
    unsigned model_turn, free_turn, style_turn;
    const char *text;  /* all of the text; in WIN_MODE_DRAW what the ink says, and shall say */
    const char *hands; /* a folder of hands to draw one from by seed; NULL: none */
    bool finished;     /* the last word is whole */
    double bias;
    uint64_t seed;
    lh_ink drawn;  /* WIN_MODE_DRAW: to go on from */
    bool down;     /* in the middle of its last stroke */
    bool views;    /* WIN_MODE_DRAW: what the network does while it follows that is looked at */
    unsigned turn; /* its number: other ink has another */
    size_t shown;  /* points that the pen has come to: the scribe keeps some way ahead of it */
} win_order;

/* Replaces `to`, whose strings and ink are owned. False: no memory, and nothing changed. */
bool win_order_copy(win_order *to, const win_order *from);
void win_order_clear(win_order *order);
/* The same but for where the pen is. */
bool win_order_same(const win_order *a, const win_order *b);
/* One text is NULL and the other not, or they differ. */
bool win_order_text_differs(const char *a, const char *b);

#endif
