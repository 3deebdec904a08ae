/* The pitch with which a text fits its page: see fit.h. What is written stays the same, so that
 * only rows are set out anew. The more room, the fewer pages, but for a row or two: the search
 * halves the range and ends at a pitch that does. */
#include "document/fit.h"

#include <math.h>

/* mm: the smallest rows that can be written by hand and read, and the steps of the search. */
static const float least = 2.5f, step = 0.05f;

/* Pages that the text begins itself. */
static size_t pages_asked_for(const lh_manuscript *text)
{
    size_t pages = 1;
    for (size_t i = 1; i < text->passages; i++)
        pages += text->passage[i].page;
    return pages;
}

static bool fits(lh_work *w, lh_setting_out *set, int steps, size_t pages, lh_status *status,
                 lh_error *error)
{
    set->options.paper.pitch = step * (float)steps;
    *status = LH_OK;
    if (lh_paper_rows(&set->options.paper) < 1)
        return false;
    *status = lh_work_set_out(w, set, error);
    return *status == LH_OK && set->layout.pages <= pages;
}

lh_status lh_fit_pages(lh_work *w, lh_setting_out *set, lh_error *error)
{
    const lh_paper *paper = &set->options.paper;
    const size_t pages = pages_asked_for(&w->text);
    const float room = paper->height - paper->top - paper->bottom;
    int low = (int)ceilf(least / step), high = (int)(room / step);
    lh_status status;
    if (!fits(w, set, low, pages, &status, error))
        return status == LH_OK
                   ? lh_fail(error, LH_ERROR_ARGUMENT,
                             "the text does not go on %zu page%s, not even with rows %g mm apart",
                             pages, pages == 1 ? "" : "s", (double)least)
                   : status;
    while (low + 1 < high) {
        const int middle = low + (high - low) / 2;
        lh_error ignored;
        if (fits(w, set, middle, pages, &status, &ignored))
            low = middle;
        else if (status == LH_OK || set->layout.too_wide)
            high = middle;
        else
            return lh_fail(error, status, "%s", ignored.message);
    }
    fits(w, set, low, pages, &status, error);
    return status;
}

/* As thick as in larger letters it would fill small ones. */
void lh_fit_pen(lh_setting_out *set, const lh_document_options *asked)
{
    const float thin = asked->pen * set->options.paper.pitch / asked->paper.pitch;
    if (asked->pen_follows && thin < asked->pen)
        set->options.pen = fmaxf(thin, fminf(asked->pen, LH_PEN_LEAST));
}
