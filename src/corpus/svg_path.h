/* The path data of SVG (SVG 1.1, section 8.3): all commands, in every spelling, as moves, lines and
 * cubic Bezier curves in absolute coordinates. */
#ifndef LONGHAND_CORPUS_SVG_PATH_H
#define LONGHAND_CORPUS_SVG_PATH_H

#include <stdbool.h>

typedef struct svg_place {
    double x, y;
} svg_place;

/* Who draws. */
typedef struct svg_pen {
    void *user;
    void (*move)(void *user, svg_place to); /* nothing is drawn yet */
    void (*line)(void *user, svg_place to);
    void (*curve)(void *user, svg_place control, svg_place other, svg_place to);
} svg_pen;

/* Draws the path data text..end. NULL, or where it is malformed; what stands before was drawn. */
const char *svg_path_draw(const char *text, const char *end, const svg_pen *pen);

#endif
