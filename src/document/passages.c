/* Passages: see passages.h; gather.c makes them. */
#include "document/passages.h"

#include <stdlib.h>

void lh_manuscript_clear(lh_manuscript *manuscript)
{
    for (size_t i = 0; i < manuscript->passages; i++) {
        free(manuscript->passage[i].text);
        free(manuscript->passage[i].byte);
        free(manuscript->passage[i].underlined);
    }
    for (size_t i = 0; i < manuscript->manners; i++)
        free(manuscript->manner[i].style);
    free(manuscript->passage);
    free(manuscript->manner);
    lh_replaced_clear(&manuscript->replaced);
    *manuscript = (lh_manuscript){0};
}
