/* The table of formats, and its rows: each stands in the file of its format. A new one is a file, a
 * row here and a row in formats_table.c. */
#ifndef LONGHAND_PAGE_FORMATS_H
#define LONGHAND_PAGE_FORMATS_H

#include <longhand/page.h>

extern const lh_format lh_format_svg, lh_format_pdf, lh_format_png, lh_format_gcode, lh_format_hpgl,
    lh_format_dxf, lh_format_json_lines, lh_format_inkml, lh_format_xml, lh_format_iam;

/* All that are there, and NULL. The page for browsers has a shorter one. */
extern const lh_format *const lh_formats[];

#endif
