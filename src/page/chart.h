/* A line chart as SVG: calm, printable, readable without colour (every series has a dash pattern
 * and a marker of its own). It knows nothing of what it draws. */
#ifndef LONGHAND_PAGE_CHART_H
#define LONGHAND_PAGE_CHART_H

#include <longhand/base.h>

typedef enum lh_chart_mark {
    LH_CHART_THIN,  /* a thin line */
    LH_CHART_DOTTED /* a line with a marker at each point */
} lh_chart_mark;

/* Series of one `look` share colour, dash pattern and marker: the training and the validation loss
 * of one run. There are LH_CHART_LOOKS of them. */
enum { LH_CHART_LOOKS = 8 };

typedef struct lh_chart_series {
    const char *name; /* in the legend, UTF-8; NULL: not in it */
    lh_chart_mark mark;
    int look;            /* 0..LH_CHART_LOOKS - 1 */
    const double *x, *y; /* [count], finite; not owned */
    size_t count;
} lh_chart_series;

/* Numbers over the whole frame, drawn below the series, the darker the larger. */
typedef struct lh_chart_field {
    int rows, columns;
    const double *values; /* [rows][columns] from 0 to 1, the bottom row first; not owned */
} lh_chart_field;

/* The frame shows x from `left` to `right` and y from `bottom` to `top`; what lies outside is cut
 * off. left < right, bottom < top. */
typedef struct lh_chart {
    const char *title; /* for the reader of the file and for screen readers; not drawn */
    const char *x_label, *y_label;
    double left, right, bottom, top;
    const lh_chart_series *series;
    size_t count;
    const lh_chart_field *field; /* NULL: none */
} lh_chart;

/* Writes a whole SVG document. Errors of the stream are seen when it is committed. */
void lh_chart_write(const lh_chart *chart, FILE *stream);

/* The same of several charts, one below the other; `title` is that of the document. */
void lh_charts_write(const lh_chart *charts, size_t count, const char *title, FILE *stream);

/* The distance between ticks, 1, 2 or 5 times a power of ten, so that `low` to `high` has at most
 * `most` + 1 of them. low < high. */
double lh_chart_tick_step(double low, double high, int most);

#endif
