/* Numbers from 0 to 1 over time as SVG: panels one below the other, a square a number, the darker
 * the larger; time goes to the right, and a step is as wide in all panels. It knows nothing of what
 * it draws. */
#ifndef LONGHAND_PAGE_RASTER_H
#define LONGHAND_PAGE_RASTER_H

#include <longhand/base.h>

typedef struct lh_raster {
    const char *title; /* above it, UTF-8 */
    int rows, columns;
    const double *values; /* [rows][columns], the first row on top; not owned. What is outside 0 to
                           * 1 is drawn as the nearer of them, NaN not at all */
} lh_raster;

/* Writes a whole SVG document. Errors of the stream are seen when it is committed. */
void lh_rasters_write(const lh_raster *rasters, size_t count, const char *title, FILE *stream);

#endif
