/* The table of formats: see formats.h. */
#include "page/formats.h"

const lh_format *const lh_formats[] = {
    &lh_format_svg, &lh_format_pdf,        &lh_format_png,   &lh_format_gcode, &lh_format_hpgl,
    &lh_format_dxf, &lh_format_json_lines, &lh_format_inkml, &lh_format_xml,   &lh_format_iam,
    NULL,
};
