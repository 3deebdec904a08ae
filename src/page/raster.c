/* Draws rasters: see raster.h. Lengths are user units of the SVG, about a CSS pixel each. */
#include "page/raster.h"
#include "page/page_xml.h"

static const double width = 720, margin = 16, largest = 14, heading = 22, gap = 10, font = 13;
/* What is paler is left white: most numbers of a weighting are next to nothing. */
static const double faintest = 0.02;

static double side_of(const lh_raster *rasters, size_t count)
{
    int most = 1;
    for (size_t i = 0; i < count; i++)
        most = rasters[i].columns > most ? rasters[i].columns : most;
    const double side = (width - 2 * margin) / most;
    return side < largest ? side : largest;
}

static double height_of(const lh_raster *raster, double side)
{
    return heading + raster->rows * side + gap;
}

static void write_squares(const lh_raster *raster, double side, FILE *stream)
{
    for (int r = 0; r < raster->rows; r++)
        for (int c = 0; c < raster->columns; c++) {
            const double value = raster->values[(size_t)r * (size_t)raster->columns + (size_t)c];
            if (value >= faintest)
                fprintf(stream,
                        "<rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\" "
                        "fill-opacity=\"%.2f\"/>\n",
                        c * side, r * side, side, side, value < 1 ? value : 1);
        }
}

static void write_raster(const lh_raster *raster, double side, double top, FILE *stream)
{
    fprintf(stream, "<text x=\"%.1f\" y=\"%.1f\">", margin, top + heading - 6);
    lh_xml_text(stream, raster->title);
    fprintf(stream,
            "</text>\n<g transform=\"translate(%.1f %.1f)\">\n"
            "<path d=\"M0 0H%.2fV%.2fH0Z\"/>\n",
            margin, top + heading, raster->columns * side, raster->rows * side);
    write_squares(raster, side, stream);
    fputs("</g>\n", stream);
}

void lh_rasters_write(const lh_raster *rasters, size_t count, const char *title, FILE *stream)
{
    const double side = side_of(rasters, count);
    double height = gap;
    for (size_t i = 0; i < count; i++)
        height += height_of(&rasters[i], side);
    fprintf(stream,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" height=\"%.0f\" "
            "viewBox=\"0 0 %.0f %.0f\" role=\"img\">\n<title>",
            width, height, width, height);
    lh_xml_text(stream, title);
    fprintf(stream,
            "</title>\n<style>\ntext { font: %.0fpx sans-serif }\n"
            "path { fill: none; stroke: #999; stroke-width: 1 }\n</style>\n"
            "<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>\n",
            font);
    for (double top = 0; count > 0; count--, rasters++) {
        write_raster(rasters, side, top, stream);
        top += height_of(rasters, side);
    }
    fputs("</svg>\n", stream);
}
