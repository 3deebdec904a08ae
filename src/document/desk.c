/* Desks: making and freeing them. */
#include "document/desk.h"

#include "base/need.h"
#include "document/layout.h"
#include "page/pages.h"
#include "write/options.h"

#include <stdlib.h>
#include <string.h>

static lh_status check_options(const lh_document_options *options, lh_error *error)
{
    lh_status status = lh_paper_check(&options->paper, error);
    if (status != LH_OK)
        return status;
    if (options->columns < 1 || options->columns > 12 || !(options->gap >= 0) ||
        !(options->drift >= 0 && options->drift <= 100))
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "a document: 1 to 12 columns, no negative gap, and a drift from 0 to 100");
    if ((status = lh_page_pen_check(options->pen, error)) != LH_OK ||
        (status = lh_write_options_check(&options->write, error)) != LH_OK)
        return status;
    if (!(lh_column_width(options) > 0))
        return lh_fail(error, LH_ERROR_ARGUMENT, "%d columns leave no room to write in",
                       options->columns);
    if ((unsigned)options->align > LH_ALIGN_JUSTIFY)
        return lh_fail(error, LH_ERROR_ARGUMENT, "a document: rows are aligned as nothing known");
    if (options->fit && lh_paper_is_cut(&options->paper))
        return lh_fail(
            error, LH_ERROR_ARGUMENT,
            "a text fits a page of paper, and paper that is cut to the writing has none");
    if (!options->fit && !lh_paper_is_cut(&options->paper) && lh_paper_rows(&options->paper) < 1)
        return lh_fail(error, LH_ERROR_ARGUMENT, "no row of %g mm goes on paper %g mm high",
                       (double)options->paper.pitch, (double)options->paper.height);
    return LH_OK;
}

lh_desk *lh_desk_new(const lh_model *model, const lh_document_options *options, lh_error *error)
{
    LH_NEED(error, model && model->network && options, NULL);
    LH_OWN_ERROR(error);
    if (check_options(options, error) != LH_OK)
        return NULL;
    lh_writer *writes = lh_writer_new(model, NULL, error); /* a model that writes, then */
    lh_desk *desk = writes ? calloc(1, sizeof *desk) : NULL;
    const bool can_write = writes;
    lh_writer_free(writes);
    if (!desk) {
        if (can_write)
            lh_fail_memory(error, "a desk");
        return NULL;
    }
    desk->model = model;
    desk->options = *options;
    desk->style = options->style ? strdup(options->style) : NULL;
    desk->hands_folder = options->hands_folder ? strdup(options->hands_folder) : NULL;
    const lh_desk_hand *found;
    lh_status status = LH_OK;
    if ((options->style && !desk->style) || (options->hands_folder && !desk->hands_folder))
        status = lh_fail_memory(error, "a desk");
    if (status == LH_OK)
        status = lh_desk_find_hand(desk, desk->style, &found, error);
    if (status == LH_OK)
        return desk;
    lh_desk_free(desk);
    return NULL;
}

void lh_desk_free(lh_desk *desk)
{
    if (!desk)
        return;
    lh_desk_forget_hands(desk);
    free(desk->style);
    free(desk->hands_folder);
    free(desk);
}
