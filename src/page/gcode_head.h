/* The head of a G-code file: comments that tell what it is and how it was made. */
#ifndef LONGHAND_PAGE_GCODE_HEAD_H
#define LONGHAND_PAGE_GCODE_HEAD_H

#include "page/pens.h"

#include <longhand/page.h>

/* Writes title and notes of the page, what of the options says how the machine is driven, and which
 * pens there are. */
void lh_gcode_head_write(FILE *stream, const lh_page *page, const lh_pens *pens,
                         const lh_gcode_options *options);

#endif
