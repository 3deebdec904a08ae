/* The picture of `longhand cells`: the beginning of the text once for each cell, blue where its
 * value is below 0, orange where it is above; then, as in figure 2 of Karpathy, Johnson and Fei-Fei
 * 2016, a circle a cell for each gate: in which share of the steps it is closed, and open. */
#include "cells.h"

#include "page/page_xml.h"

#include <math.h>
#include <string.h>

static const double width = 760, margin = 20, heading = 24, column = 9, row = 18;
enum { COLUMNS = 80, ROWS = 8 };
static const double side = 200; /* of a square of circles */

static void write_character(const cells_run *run, size_t at, double value, double x, double y,
                            FILE *stream)
{
    const uint32_t c = lh_letters_at(run->letters, at);
    char text[5] = "";
    lh_utf8_encode(c < ' ' ? 0x21b5 : c, text); /* a newline is an arrow */
    fprintf(stream,
            "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\" "
            "fill-opacity=\"%.2f\"/><text x=\"%.1f\" y=\"%.1f\">",
            x, y, column, row, value < 0 ? "#0072b2" : "#e69f00", fabs(value), x + column / 2,
            y + row - 5);
    lh_xml_text(stream, text);
    fputs("</text>\n", stream);
}

static double text_height(const cells_run *run)
{
    const size_t rows = (run->count + COLUMNS - 1) / COLUMNS;
    return heading + row * (double)(rows < ROWS ? rows : ROWS) + margin;
}

static void write_cell(const cells_run *run, const cells_found *found, double top, FILE *stream)
{
    const float *value = cells_values(run, found->layer, found->cell);
    fprintf(stream, "<text class=\"head\" x=\"%.1f\" y=\"%.1f\">layer %d, cell %d", margin,
            top + heading - 8, found->layer + 1, found->cell + 1);
    if (found->name)
        fprintf(stream, ": %s (correlation %.2f)", found->name, found->correlation);
    fputs("</text>\n", stream);
    for (size_t i = 0; i < run->count && i < (size_t)COLUMNS * ROWS; i++)
        write_character(run, i, (double)value[i], margin + column * (double)(i % COLUMNS),
                        top + heading + row * (double)(i / COLUMNS), stream);
}

static void write_gate(const cells_run *run, int gate, double left, double top, FILE *stream)
{
    static const char *const colours[] = {"#000", "#0072b2", "#d55e00", "#009e73"};
    fprintf(stream,
            "<text class=\"head\" x=\"%.1f\" y=\"%.1f\">%s gates</text>\n"
            "<rect class=\"frame\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>\n"
            "<text class=\"head\" x=\"%.1f\" y=\"%.1f\">right: closed; up: open</text>\n",
            left, top + heading - 8, cells_gates[gate], left, top + heading, side, side, left,
            top + heading + side + 16);
    for (int k = 0; k < run->layers * run->cells; k++) {
        const size_t at = (size_t)(gate * run->layers * run->cells + k);
        fprintf(stream, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" stroke=\"%s\"/>\n",
                left + side * run->closed[at], top + heading + side * (1 - run->open[at]),
                colours[k / run->cells % 4]);
    }
}

static void write_svg(const cells_run *run, FILE *stream)
{
    const double gates = run->gate[LH_GATE_FORGET] ? heading + side + 2 * margin : 0;
    const double height = margin + text_height(run) * run->found_count + gates;
    fprintf(stream,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" height=\"%.0f\" "
            "viewBox=\"0 0 %.0f %.0f\" role=\"img\">\n<title>Cells over a text</title>\n"
            "<style>\ntext { font: 13px monospace; text-anchor: middle }\n"
            ".head { font: 13px sans-serif; text-anchor: start }\n"
            ".frame { fill: none; stroke: #999 }\ncircle { fill: none }\n</style>\n"
            "<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>\n",
            width, height, width, height);
    for (int i = 0; i < run->found_count; i++)
        write_cell(run, &run->found[i], text_height(run) * i, stream);
    for (int g = 0; g < LH_GATE_COUNT; g++)
        if (run->gate[g])
            write_gate(run, g, margin + (side + 2 * margin) * g,
                       text_height(run) * run->found_count, stream);
    fputs("</svg>\n", stream);
}

lh_status cells_draw(const cells_run *run, const char *path, lh_error *error)
{
    lh_output *output = lh_output_open(path, error);
    if (!output)
        return error->status;
    FILE *stream = lh_output_stream(output);
    const bool page = cli_ends_in(path, "html");
    fputs(page ? "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                 "<title>Cells over a text</title></head><body>\n"
               : "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
          stream);
    write_svg(run, stream);
    if (page)
        fputs("</body></html>\n", stream);
    return lh_output_commit(output, error);
}
