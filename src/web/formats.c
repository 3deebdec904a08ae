/* The formats of the page for browsers: those that it offers, and JSON lines, which its tests read.
 */
#include "page/formats.h"

const lh_format *const lh_formats[] = {
    &lh_format_svg,
    &lh_format_gcode,
    &lh_format_json_lines,
    NULL,
};
