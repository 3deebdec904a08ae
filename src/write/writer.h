/* What a writer is, for the files of this room. */
#ifndef LONGHAND_WRITE_WRITER_H
#define LONGHAND_WRITE_WRITER_H

#include "start.h"

struct lh_writer {
    const lh_model *model;
    lh_start start; /* the style's, or a line's beginning */
};

#endif
