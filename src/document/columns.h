/* Columns of paper, and the room that rows have in them. */
#ifndef LONGHAND_DOCUMENT_COLUMNS_H
#define LONGHAND_DOCUMENT_COLUMNS_H

#include <longhand/document.h>

/* mm: an indent of so many columns. */
float lh_indent(const lh_document_options *options, int columns);
/* mm: the width of a column, and the left edge of column 0, 1, ... from the left of the paper. */
float lh_column_width(const lh_document_options *options);
float lh_column_left(const lh_document_options *options, int column);
/* mm: of a row that goes over all columns, or of one in a column. */
float lh_across_width(const lh_document_options *options, bool across);
/* The most that a word alone in such a row may be wide, in any column. */
float lh_widest_word(const lh_document_options *options, bool across);
/* True for paper that is cut to the writing. */
bool lh_paper_is_cut(const lh_paper *paper);
/* mm beyond its width that a word alone in its row may take, in the last column or in another: none
 * where rows end at a margin. */
float lh_overhang(const lh_document_options *options, bool last);

#endif
