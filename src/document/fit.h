/* Letters as large as the paper allows. */
#ifndef LONGHAND_DOCUMENT_FIT_H
#define LONGHAND_DOCUMENT_FIT_H

#include "document/desk_work.h"

/* Finds the largest pitch with which the text goes on one page, or on as many as it asks for, and
 * sets its rows out by that. LH_ERROR_ARGUMENT where none does. */
lh_status lh_fit_pages(lh_work *work, lh_setting_out *set, lh_error *error);
/* The pen that goes with the pitch that was found, in place of that of `asked`. */
void lh_fit_pen(lh_setting_out *set, const lh_document_options *asked);

#endif
