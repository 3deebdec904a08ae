/* Draws charts. The numbers that place things are user units of the SVG, about a CSS pixel each. */
#include "page/chart.h"
#include "page/page_xml.h"

#include <math.h>
#include <string.h>

static const struct {
    double width, height;            /* of the picture */
    double left, right, top, bottom; /* edges of the frame in it */
    double tick, font;
    int x_ticks, y_ticks; /* at most, less one */
} shape = {.width = 720,
           .height = 420,
           .left = 72,
           .right = 700,
           .top = 16,
           .bottom = 366,
           .tick = 5,
           .font = 13,
           .x_ticks = 8,
           .y_ticks = 7};

/* Okabe and Ito's colours ("Color universal design", 2008), told apart by most colour-blind
 * people; the dashes and markers tell them apart without colour. */
static const struct {
    const char *colour, *dashes;
    const char *marker; /* path around (0, 0) */
} looks[LH_CHART_LOOKS] = {
    {"#000000", "none", "M-3 0A3 3 0 1 0 3 0A3 3 0 1 0 -3 0Z"},
    {"#0072b2", "7 3", "M-3 -3H3V3H-3Z"},
    {"#d55e00", "2 3", "M0 -4L4 3H-4Z"},
    {"#009e73", "9 3 2 3", "M0 -4L4 0L0 4L-4 0Z"},
    {"#cc79a7", "5 2 1 2 1 2", "M0 4L4 -3H-4Z"},
    {"#e69f00", "12 4", "M-3 -3L3 3M3 -3L-3 3"},
    {"#56b4e9", "4 4", "M-4 0H4M0 -4V4"},
    {"#666666", "1 2", "M-4 -1.5H4V1.5H-4Z"},
};

double lh_chart_tick_step(double low, double high, int most)
{
    double step = pow(10, floor(log10((high - low) / most)));
    static const double factor[] = {1, 2, 5, 10};
    for (size_t i = 0; i < sizeof factor / sizeof *factor; i++)
        if ((high - low) / (step * factor[i]) <= most)
            return step * factor[i];
    return step * 10;
}

static void write_label(FILE *stream, double x, double y, const char *anchor, const char *text)
{
    fprintf(stream, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">", x, y, anchor);
    lh_xml_text(stream, text);
    fputs("</text>\n", stream);
}

static double place_x(const lh_chart *chart, double x)
{
    return shape.left +
           (x - chart->left) / (chart->right - chart->left) * (shape.right - shape.left);
}

static double place_y(const lh_chart *chart, double y)
{
    return shape.bottom -
           (y - chart->bottom) / (chart->top - chart->bottom) * (shape.bottom - shape.top);
}

/* A tick's number with the decimals its step needs, and a true minus sign. */
static void tick_text(char *text, size_t size, double value, double step)
{
    int decimals = step < 1 ? (int)ceil(-log10(step) - 1e-9) : 0;
    if (fabs(value) < step / 2)
        value = 0;
    snprintf(text, size, "%s%.*f", value < 0 ? "\u2212" : "", decimals, fabs(value));
}

static void write_x_axis(const lh_chart *chart, FILE *stream)
{
    double step = lh_chart_tick_step(chart->left, chart->right, shape.x_ticks);
    long first = lround(ceil(chart->left / step - 1e-9));
    long last = lround(floor(chart->right / step + 1e-9));
    for (long i = first; i <= last; i++) {
        char text[400];
        double x = place_x(chart, (double)i * step);
        tick_text(text, sizeof text, (double)i * step, step);
        fprintf(stream, "<path d=\"M%.1f %.1fv%.1f\"/>\n", x, shape.bottom, shape.tick);
        write_label(stream, x, shape.bottom + 20, "middle", text);
    }
    write_label(stream, (shape.left + shape.right) / 2, shape.bottom + 42, "middle",
                chart->x_label);
}

static void write_y_axis(const lh_chart *chart, FILE *stream)
{
    double step = lh_chart_tick_step(chart->bottom, chart->top, shape.y_ticks);
    long first = lround(ceil(chart->bottom / step - 1e-9));
    long last = lround(floor(chart->top / step + 1e-9));
    for (long i = first; i <= last; i++) {
        char text[400];
        double y = place_y(chart, (double)i * step);
        tick_text(text, sizeof text, (double)i * step, step);
        fprintf(stream, "<path class=\"rule\" d=\"M%.1f %.1fH%.1f\"/>\n", shape.left, y,
                shape.right);
        fprintf(stream, "<path d=\"M%.1f %.1fh%.1f\"/>\n", shape.left, y, -shape.tick);
        write_label(stream, shape.left - 9, y + 4.5, "end", text);
    }
    double middle = (shape.top + shape.bottom) / 2;
    fprintf(stream, "<g transform=\"rotate(-90 16 %.1f)\">\n", middle);
    write_label(stream, 16, middle, "middle", chart->y_label);
    fputs("</g>\n", stream);
}

static void write_marker(FILE *stream, double x, double y, int look)
{
    fprintf(stream, "<path class=\"look%d marker\" transform=\"translate(%.2f %.2f)\" d=\"%s\"/>\n",
            look, x, y, looks[look].marker);
}

/* Neighbours in a row that are as dark are one rectangle. */
static void write_field(const lh_chart_field *field, FILE *stream)
{
    enum { SHADES = 40 };
    const double wide = (shape.right - shape.left) / field->columns;
    const double high = (shape.bottom - shape.top) / field->rows;
    fputs("<g shape-rendering=\"crispEdges\">\n", stream);
    for (int r = 0; r < field->rows; r++) {
        const double *row = field->values + (size_t)r * (size_t)field->columns;
        for (int c = 0, end; c < field->columns; c = end) {
            const long shade = lround(fmin(fmax(row[c], 0), 1) * SHADES);
            for (end = c + 1; end < field->columns; end++)
                if (lround(fmin(fmax(row[end], 0), 1) * SHADES) != shade)
                    break;
            if (shade > 0)
                fprintf(stream,
                        "<rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\" "
                        "fill-opacity=\"%.3f\"/>\n",
                        shape.left + c * wide, shape.bottom - (r + 1) * high, (end - c) * wide,
                        high, 0.6 * (double)shade / SHADES);
        }
    }
    fputs("</g>\n", stream);
}

/* Keeps a place within some pictures' lengths of the frame: what is cut off need not be exact, but
 * must be a number that every reader of SVG takes. */
static double near_frame(double place)
{
    return fmin(fmax(place, -1e4), 1e4);
}

static void write_series(const lh_chart *chart, const lh_chart_series *series, FILE *stream)
{
    fprintf(stream, "<path class=\"look%d %s\" d=\"", series->look,
            series->mark == LH_CHART_THIN ? "thin" : "thick");
    for (size_t i = 0; i < series->count; i++)
        fprintf(stream, "%c%.2f %.2f", i ? 'L' : 'M', near_frame(place_x(chart, series->x[i])),
                near_frame(place_y(chart, series->y[i])));
    fputs("\"/>\n", stream);
    if (series->mark != LH_CHART_DOTTED)
        return;
    for (size_t i = 0; i < series->count; i++)
        if (series->y[i] <= chart->top && series->y[i] >= chart->bottom)
            write_marker(stream, place_x(chart, series->x[i]), place_y(chart, series->y[i]),
                         series->look);
}

/* Top right, where the loss of a training run, which falls, leaves room. */
static void write_legend(const lh_chart *chart, FILE *stream)
{
    const double row = 20, sample = 34;
    double x = shape.right - 12, y = shape.top + 18;
    fputs("<g class=\"legend\">\n", stream);
    for (size_t i = 0; i < chart->count; i++) {
        const lh_chart_series *series = &chart->series[i];
        if (!series->name)
            continue;
        fprintf(stream, "<path class=\"look%d %s\" d=\"M%.1f %.1fh%.1f\"/>\n", series->look,
                series->mark == LH_CHART_THIN ? "thin" : "thick", x - sample, y - 4.5, sample);
        if (series->mark == LH_CHART_DOTTED)
            write_marker(stream, x - sample / 2, y - 4.5, series->look);
        write_label(stream, x - sample - 8, y, "end", series->name);
        y += row;
    }
    fputs("</g>\n", stream);
}

static bool has_look(const lh_chart *charts, size_t count, int look)
{
    for (size_t c = 0; c < count; c++)
        for (size_t i = 0; i < charts[c].count; i++)
            if (charts[c].series[i].look == look)
                return true;
    return false;
}

static void write_style(const lh_chart *charts, size_t count, FILE *stream)
{
    fprintf(stream,
            "<style>\n"
            "text { font: %.0fpx sans-serif; fill: #000; stroke: none }\n"
            "path { fill: none; stroke: #000; stroke-width: 1 }\n"
            ".rule { stroke: #ddd }\n"
            ".legend text { stroke: #fff; stroke-width: 4; paint-order: stroke }\n"
            ".thin { stroke-width: 1; stroke-linejoin: round }\n"
            ".thick { stroke-width: 2; stroke-linejoin: round }\n",
            shape.font);
    for (int look = 0; look < LH_CHART_LOOKS; look++)
        if (has_look(charts, count, look))
            fprintf(stream,
                    ".look%d { stroke: %s; stroke-dasharray: %s }\n"
                    ".look%d.marker { fill: %s; stroke-dasharray: none }\n",
                    look, looks[look].colour, looks[look].dashes, look, looks[look].colour);
    fputs("</style>\n", stream);
}

static void write_frame(const lh_chart *chart, FILE *stream)
{
    if (chart->field)
        write_field(chart->field, stream);
    write_y_axis(chart, stream);
    write_x_axis(chart, stream);
    fprintf(stream, "<path d=\"M%.1f %.1fV%.1fH%.1f\"/>\n", shape.left, shape.top, shape.bottom,
            shape.right);
    fputs("<g clip-path=\"url(#frame)\">\n", stream);
    for (size_t i = 0; i < chart->count; i++)
        if (chart->series[i].count > 0)
            write_series(chart, &chart->series[i], stream);
    fputs("</g>\n", stream);
    write_legend(chart, stream);
}

void lh_charts_write(const lh_chart *charts, size_t count, const char *title, FILE *stream)
{
    const double height = shape.height * (double)count;
    fprintf(stream,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" height=\"%.0f\" "
            "viewBox=\"0 0 %.0f %.0f\" role=\"img\">\n<title>",
            shape.width, height, shape.width, height);
    lh_xml_text(stream, title);
    fputs("</title>\n", stream);
    write_style(charts, count, stream);
    fprintf(stream,
            "<clipPath id=\"frame\"><rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>"
            "</clipPath>\n<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>\n",
            shape.left, shape.top, shape.right - shape.left, shape.bottom - shape.top);
    for (size_t c = 0; c < count; c++) {
        if (count > 1)
            fprintf(stream, "<g transform=\"translate(0 %.0f)\">\n", shape.height * (double)c);
        write_frame(&charts[c], stream);
        if (count > 1)
            fputs("</g>\n", stream);
    }
    fputs("</svg>\n", stream);
}

void lh_chart_write(const lh_chart *chart, FILE *stream)
{
    lh_charts_write(chart, 1, chart->title, stream);
}
