/* Hershey's stroke fonts in James Hurt's .jhf form: a face is one file of 96 glyphs, for the
 * characters from blank to 0x7f in order. */
#ifndef LONGHAND_TOOLS_HERSHEY_H
#define LONGHAND_TOOLS_HERSHEY_H

#include <longhand/base.h>

enum { HERSHEY_FIRST = ' ', HERSHEY_GLYPHS = 96, HERSHEY_VERTICES = 160 };

/* In Hershey's units, y down: capitals reach from y = -12 down to the baseline at y = 9. */
enum { HERSHEY_BASELINE = 9 };

typedef struct hershey_vertex {
    signed char x, y;
    bool starts; /* the pen comes down here: first vertex of a stroke */
} hershey_vertex;

typedef struct hershey_glyph {
    int left, right; /* where the glyph's room begins and ends in x */
    int count;
    hershey_vertex vertex[HERSHEY_VERTICES];
} hershey_glyph;

typedef struct hershey_face {
    hershey_glyph glyph[HERSHEY_GLYPHS];
} hershey_face;

lh_status hershey_read(hershey_face *face, const char *path, lh_error *error);
/* The glyph of an ASCII character, or NULL where the face has none. */
const hershey_glyph *hershey_find(const hershey_face *face, uint32_t character);

#endif
