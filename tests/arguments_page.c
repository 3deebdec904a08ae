/* Pages and what they become: see arguments_rooms.h. */
#include "arguments_rooms.h"

#include <math.h>

void paper_refuses(void **state)
{
    (void)state;
    lh_paper paper = lh_paper_default, odd = paper;
    uint32_t colour;
    REFUSES(lh_paper_set_size(NULL, "a4", error));
    REFUSES(lh_paper_set_size(&paper, NULL, error));
    REFUSES(lh_paper_set_size(&paper, "nanx-1", error));
    REFUSES(lh_paper_set_ruling(NULL, "ruled", error));
    REFUSES(lh_paper_set_ruling(&paper, NULL, error));
    REFUSES(lh_paper_check(NULL, error));
    odd.width = NAN;
    REFUSES(lh_paper_check(&odd, error));
    odd = paper;
    odd.ruling = NO_SUCH(lh_ruling);
    REFUSES(lh_paper_check(&odd, error));
    odd.pitch = 0;
    GIVES(0, lh_paper_rows(NULL));
    GIVES(0, lh_paper_rows(&odd));
    GIVES(0, lh_paper_row(NULL, 1));
    GIVES(0, lh_paper_room(NULL));
    GIVES(0, lh_paper_scale(NULL, 1));
    GIVES(0, lh_paper_scale(&paper, NAN));
    REFUSES(lh_colour_parse(NULL, &colour, error));
    REFUSES(lh_colour_parse("red", NULL, error));
}

void pages_refuse(void **state)
{
    (void)state;
    lh_placing placing = {0, 0, 1, 0}, odd = {NAN, 0, 1, 0}, flat = {0, 0, 0, 0};
    lh_ink empty = {0};
    lh_steps steps = lh_steps_of(written), none = {.count = ink->count};
    lh_tint tint = {0, 1};
    MAKES_NOTHING(lh_page_new(NULL, error));
    IGNORES(lh_page_free(NULL));
    REFUSES(lh_page_add_line(NULL, ink, "a", placing, error));
    REFUSES(lh_page_add_line(page, NULL, "a", placing, error));
    REFUSES(lh_page_add_line(page, ink, NULL, placing, error));
    REFUSES(lh_page_add_line(page, &empty, "a", odd, error));
    REFUSES(lh_page_add_line(page, ink, "a", flat, error));
    GIVES(0, lh_steps_of(NULL).count);
    REFUSES(lh_page_set_steps(NULL, 0, &steps, error));
    REFUSES(lh_page_set_steps(page, 1, &steps, error));
    REFUSES(lh_page_set_steps(page, 0, NULL, error));
    REFUSES(lh_page_set_steps(page, 0, &none, error));
    steps.mixtures = -1;
    REFUSES(lh_page_set_steps(page, 0, &steps, error));
    REFUSES(lh_page_set_tints(NULL, 0, &tint, 1, error));
    REFUSES(lh_page_set_tints(page, 1, &tint, 1, error));
    REFUSES(lh_page_set_tints(page, 0, NULL, ink->count, error));
    IGNORES(lh_page_fit(NULL));
    REFUSES(lh_page_set_pen(NULL, 1, error));
    REFUSES(lh_page_set_pen(page, NAN, error));
    GIVES(0, lh_page_pen(NULL));
    REFUSES(lh_page_set_title(NULL, "a", error));
    REFUSES(lh_page_set_title(page, NULL, error));
    REFUSES(lh_page_note(NULL, "a", "b", error));
    REFUSES(lh_page_note(page, NULL, "b", error));
    REFUSES(lh_page_note(page, "a", NULL, error));
    GIVES(NULL, lh_page_paper(NULL));
    GIVES(0, lh_page_count(NULL));
    GIVES(NULL, lh_page_get(NULL, 0).ink);
    GIVES(NULL, lh_page_get(page, 1).ink);
    GIVES(NULL, lh_page_title(NULL));
    GIVES(NULL, lh_page_notes(NULL));
}

void pictures_refuse(void **state)
{
    (void)state;
    const lh_page *const pages[] = {page, NULL};
    const lh_svg_options svg = lh_svg_defaults;
    const lh_paint_options paint = lh_paint_defaults;
    lh_svg_options odd_svg = svg;
    lh_paint_options odd_paint = paint;
    lh_look look;
    lh_svg_options used = svg;
    used.use = NO_SUCH(lh_svg_use);
    odd_svg.tolerance = odd_paint.tolerance = NAN;
    REFUSES(lh_svg_write(pages, 1, &used, stream, error));
    REFUSES(lh_svg_write(NULL, 1, &svg, stream, error));
    REFUSES(lh_svg_write(pages, 0, &svg, stream, error));
    REFUSES(lh_svg_write(pages, 2, &svg, stream, error));
    REFUSES(lh_svg_write(pages, 1, NULL, stream, error));
    REFUSES(lh_svg_write(pages, 1, &odd_svg, stream, error));
    REFUSES(lh_svg_write(pages, 1, &svg, NULL, error));
    REFUSES(lh_pdf_write(NULL, 1, &paint, stream, error));
    REFUSES(lh_pdf_write(pages, 0, &paint, stream, error));
    REFUSES(lh_pdf_write(pages, 1, NULL, stream, error));
    REFUSES(lh_pdf_write(pages, 1, &odd_paint, stream, error));
    REFUSES(lh_pdf_write(pages, 1, &paint, NULL, error));
    REFUSES(lh_png_write(NULL, 100, &paint, stream, error));
    REFUSES(lh_png_write(page, NAN, &paint, stream, error));
    REFUSES(lh_png_write(page, 100, NULL, stream, error));
    REFUSES(lh_png_write(page, 100, &paint, NULL, error));
    REFUSES(lh_look_parse(NULL, &look, error));
    REFUSES(lh_look_parse("ink", NULL, error));
    REFUSES(lh_look_write_svg(NULL, LH_LOOK_INK, stream, error));
    REFUSES(lh_look_write_svg(page, NO_SUCH(lh_look), stream, error));
    REFUSES(lh_look_write_svg(page, LH_LOOK_INK, NULL, error));
    REFUSES(lh_look_write_png(NULL, LH_LOOK_INK, 100, stream, error));
    REFUSES(lh_look_write_png(page, NO_SUCH(lh_look), 100, stream, error));
    REFUSES(lh_look_write_png(page, LH_LOOK_INK, -1, stream, error));
    REFUSES(lh_look_write_png(page, LH_LOOK_INK, 100, NULL, error));
}

void machines_refuse(void **state)
{
    (void)state;
    const lh_page *const pages[] = {page, NULL};
    const lh_gcode_options gcode = lh_gcode_grbl;
    lh_gcode_options odd = gcode, order = gcode;
    odd.start = NULL;
    order.order = NO_SUCH(lh_stroke_order);
    REFUSES(lh_gcode_write(NULL, 1, &gcode, stream, error));
    REFUSES(lh_gcode_write(pages, 0, &gcode, stream, error));
    REFUSES(lh_gcode_write(pages, 1, NULL, stream, error));
    REFUSES(lh_gcode_write(pages, 1, &odd, stream, error));
    REFUSES(lh_gcode_write(pages, 1, &order, stream, error));
    REFUSES(lh_gcode_write(pages, 1, &gcode, NULL, error));
    lh_gcode_options turned = gcode, rough = gcode;
    turned.turn = NO_SUCH(lh_turn);
    rough.tolerance = NAN;
    REFUSES(lh_gcode_write(pages, 1, &turned, stream, error));
    REFUSES(lh_hpgl_write(NULL, 1, &gcode, stream, error));
    REFUSES(lh_hpgl_write(pages, 2, &gcode, stream, error));
    REFUSES(lh_hpgl_write(pages, 1, NULL, stream, error));
    REFUSES(lh_hpgl_write(pages, 1, &rough, stream, error));
    REFUSES(lh_hpgl_write(pages, 1, &turned, stream, error));
    REFUSES(lh_hpgl_write(pages, 1, &order, stream, error));
    REFUSES(lh_hpgl_write(pages, 1, &gcode, NULL, error));
    REFUSES(lh_dxf_write(NULL, 1, 1, stream, error));
    REFUSES(lh_dxf_write(pages, 2, 1, stream, error));
    REFUSES(lh_dxf_write(pages, 1, NAN, stream, error));
    REFUSES(lh_dxf_write(pages, 1, 1, NULL, error));
    GIVES(NULL, lh_format_find(NULL, true));
    GIVES(NULL, lh_format_names(~0u, NULL, 0));
    REFUSES(lh_json_lines_write(NULL, 1, stream, error));
    REFUSES(lh_json_lines_write(pages, 0, stream, error));
    REFUSES(lh_json_lines_write(pages, 1, NULL, error));
    REFUSES(lh_inkml_write(NULL, 1, stream, error));
    REFUSES(lh_inkml_write(pages, 2, stream, error));
    REFUSES(lh_inkml_write(pages, 1, NULL, error));
    REFUSES(lh_trace_lines_write(NULL, 1, stream, error));
    REFUSES(lh_trace_lines_write(pages, 2, stream, error));
    REFUSES(lh_trace_lines_write(pages, 1, NULL, error));
}
