/* Texts besides that on the paper: see sample.h. */
#include "sample.h"

#include <stdlib.h>
#include <string.h>

void win_sample_clear(win_sample *s)
{
    free(s->text);
    free(s->style);
    *s = (win_sample){0};
}

bool win_sample_copy(win_sample *to, const win_sample *from)
{
    *to = *from;
    to->text = strdup(from->text);
    to->style = from->style ? strdup(from->style) : NULL;
    if (to->text && (to->style || !from->style))
        return true;
    win_sample_clear(to);
    return false;
}
