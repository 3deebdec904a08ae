/* What a desk is, and the hands that it has learnt. */
#ifndef LONGHAND_DOCUMENT_DESK_H
#define LONGHAND_DOCUMENT_DESK_H

#include "document/script_size.h"

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
    char *style;         /* options.style, owned */
    char *hands_folder;  /* options.hands_folder, owned */
    lh_desk_hand **hand; /* [hands], owned, in the order of their names; each stays where it is */
    size_t hands;
};

/* The hand called `name`, which is learnt when it is first asked for, and which the desk keeps;
 * NULL for NULL and for LH_OWN_STYLE, the hand that each document finds for itself. */
lh_status lh_desk_find_hand(lh_desk *desk, const char *name, const lh_desk_hand **found,
                            lh_error *error);
void lh_desk_forget_hands(lh_desk *desk);

#endif
