/* What a writer is, for the files of this room. */
#ifndef LONGHAND_WRITE_WRITER_H
#define LONGHAND_WRITE_WRITER_H

#include "start.h"

struct lh_writer {
    const lh_model *model;
    lh_adaptation *adaptation; /* owned; what was learnt of the style's person, or NULL */
    lh_start start;            /* the style's, or a line's beginning */
};

/* Gives a writer the hand; NULL: none. */
lh_status lh_writer_adapt(lh_writer *writer, const lh_hand *hand, lh_error *error);

#endif
