/* The packed corpus file: header, table, strings, points, each behind the other.
 *
 *   0          packed_header
 *   table      packed_line [lines], in the order of their names
 *   strings    bytes, the last one 0; the table points into them
 *   points     lh_point [points]
 *
 * Sections start at multiples of PACKED_ALIGN. Numbers are as the machine has them, so the magic
 * tells a machine of the other byte order. `checksum` is XXH64 of everything behind it. */
#ifndef LONGHAND_CORPUS_CORPUS_FILE_H
#define LONGHAND_CORPUS_CORPUS_FILE_H

#include <stdint.h>

#define PACKED_MAGIC UINT64_C(0x737570726f63684c) /* "Lhcorpus" on a little-endian machine */
#define PACKED_VERSION 1u
#define PACKED_NO_TEXT UINT32_MAX
enum { PACKED_ALIGN = 64 };
/* The scale: deviations of offsets between places from -2^24 to 2^24, of which one below 1e-6
 * counts as none and becomes 1. */
#define PACKED_SCALE_LEAST 1e-6
#define PACKED_SCALE_MOST 0x1p25

typedef struct packed_header {
    uint64_t magic;
    uint32_t version, reserved0;
    uint64_t checksum;
    uint64_t size; /* of the file */
    uint64_t table, lines;
    uint64_t strings, strings_size;
    uint64_t points, point_count;
    double scale_x, scale_y;
    uint32_t alphabet, report; /* in strings */
    uint64_t reserved[3];      /* 0 */
} packed_header;

typedef struct packed_line {
    uint64_t first; /* in points */
    uint32_t count;
    uint32_t name, writer, text; /* in strings; text may be PACKED_NO_TEXT */
    uint32_t split;
    uint32_t reserved; /* 0 */
} packed_line;

#endif
