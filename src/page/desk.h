/* What a desk is, and the hands that it has learnt. */
#ifndef LONGHAND_PAGE_DESK_H
#define LONGHAND_PAGE_DESK_H

#include "page/script_size.h"

#include <longhand/document.h>

/* A hand that several documents are written in. */
typedef struct lh_desk_hand {
    char *name;
    lh_writer *writer;
    lh_script_size size;
} lh_desk_hand;

struct lh_desk {
    const lh_model *model;
    lh_document_options options;
    char *style;        /* options.style, owned */
    char *hands_folder; /* options.hands_folder, owned */
    lh_desk_hand *hand; /* [hands] */
    size_t *by_name;    /* [hands] their numbers, in the order of their names */
    size_t hands;
};

/* The number of a hand that is no style: the one that each document finds for itself. */
#define LH_OWN_HAND SIZE_MAX

/* The number of the hand called `name`, which is learnt when it is first asked for; NULL or
 * LH_OWN_STYLE: LH_OWN_HAND. */
lh_status lh_desk_find_hand(lh_desk *desk, const char *name, size_t *found, lh_error *error);
void lh_desk_forget_hands(lh_desk *desk);

#endif
