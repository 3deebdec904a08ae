/* Columns of paper, and the room that rows have in them: see columns.h. */
#include "document/columns.h"
#include "base/extremes.h"

#include <math.h>

/* Share of the pitch: a column of an indent. */
#define INDENT_SHARE 0.5f
/* mm: a word too wide for the room may come so near to the edge of the paper or the next column. */
#define EDGE 3.0f

bool lh_paper_is_cut(const lh_paper *paper)
{
    return paper->width == 0 && paper->height == 0;
}

float lh_column_width(const lh_document_options *options)
{
    if (lh_paper_is_cut(&options->paper))
        return options->width;
    float gaps = options->gap * (float)(options->columns - 1);
    return (lh_paper_room(&options->paper) - gaps) / (float)options->columns;
}

float lh_across_width(const lh_document_options *options, bool across)
{
    const bool all = across && options->columns > 1;
    return all ? lh_paper_room(&options->paper) : lh_column_width(options);
}

float lh_column_left(const lh_document_options *options, int column)
{
    return options->paper.left + (float)column * (lh_column_width(options) + options->gap);
}

float lh_indent(const lh_document_options *options, int columns)
{
    return INDENT_SHARE * options->paper.pitch * (float)columns;
}

float lh_overhang(const lh_document_options *options, bool last)
{
    if (lh_paper_is_cut(&options->paper))
        return INFINITY;
    if (options->align != LH_ALIGN_LEFT)
        return 0;
    return fmaxf(0, (last ? options->paper.right : options->gap) - EDGE);
}

float lh_widest_word(const lh_document_options *options, bool across)
{
    float over = lh_overhang(options, true);
    if (options->columns > 1 && !across)
        lh_lowerf(&over, lh_overhang(options, false));
    return lh_across_width(options, across) + over;
}
