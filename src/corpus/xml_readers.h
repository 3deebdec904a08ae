/* The readers of XML files, as a table of functions: the program `longhand` opens them, and libxml2
 * with them, only when it reads a style or recordings. */
#ifndef LONGHAND_CORPUS_XML_READERS_H
#define LONGHAND_CORPUS_XML_READERS_H

#include "iam.h"
#include "recording.h"

typedef struct xml_readers {
    /* iam_read_line. */
    lh_ink *(*iam)(const char *data, size_t size, const char *name, char writer[IAM_WRITER],
                   lh_error *error);
    /* Adds the lines of an SVG file, called `name` in messages. */
    lh_status (*svg)(const char *data, size_t size, const char *name, lh_recording *recording,
                     lh_error *error);
    /* The same of an InkML file. */
    lh_status (*inkml)(const char *data, size_t size, const char *name, lh_recording *recording,
                       lh_error *error);
    /* The same of a file of Xournal++, unpacked. */
    lh_status (*xopp)(const char *data, size_t size, const char *name, lh_recording *recording,
                      lh_error *error);
    /* Which of the names, of which the last is NULL, the first tag of an XML file has: its index,
     * or -1. */
    int (*root)(const char *data, size_t size, const char *const *names);
} xml_readers;

/* NULL where libxml2 cannot be opened. Never freed. */
const xml_readers *xml_readers_get(lh_error *error);

#endif
