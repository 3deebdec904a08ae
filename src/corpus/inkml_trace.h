/* What is between <trace> and </trace> of InkML: points as their channels' values. */
#ifndef LONGHAND_CORPUS_INKML_TRACE_H
#define LONGHAND_CORPUS_INKML_TRACE_H

#include <stdbool.h>

/* The channels that are read. */
enum { INKML_X, INKML_Y, INKML_T, INKML_CHANNELS };

/* A <traceFormat>. */
typedef struct inkml_format {
    int count;                     /* of its channels */
    int place[INKML_CHANNELS];     /* of each that is read among them, from 0; -1: it has none */
    double factor[INKML_CHANNELS]; /* what its values are multiplied by */
} inkml_format;

/* X, Y: that of a file without any. */
extern const inkml_format inkml_format_plain;

/* Takes a point; T is 0 where there is none. False ends the reading. */
typedef bool inkml_take(void *user, const double value[INKML_CHANNELS]);

/* Reads the points of text..end. Returns NULL, or what is wrong, with `*at` where. When `take` ends
 * it, that is NULL too. */
const char *inkml_trace_read(const char *text, const char *end, const inkml_format *format,
                             inkml_take *take, void *user, const char **at);

#endif
