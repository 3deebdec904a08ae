/* How many attributes the tags of an XML file have, seen before libxml2 reads it: it compares each
 * attribute of a tag with all before it, which for a tag of millions takes hours. */
#ifndef LONGHAND_CORPUS_XML_TAGS_H
#define LONGHAND_CORPUS_XML_TAGS_H

#include <stdbool.h>
#include <stddef.h>

/* The bytes of a character below U+0080. */
typedef enum xml_width {
    XML_WIDTH_NONE, /* these bytes begin no XML file in an encoding that is read here */
    XML_WIDTH_8,    /* one: UTF-8, ISO-8859-1, ... */
    XML_WIDTH_16LE, /* two: UTF-16 */
    XML_WIDTH_16BE,
} xml_width;

xml_width xml_width_of(const char *data, size_t size);
/* True for the name of an encoding in which characters below U+0080 are their own bytes, or UTF-16.
 */
bool xml_encoding_is_known(const char *name);

/* True when some tag has more than `most` attributes; `*line` is then where it begins, from 1. */
bool xml_tags_are_rich(const char *data, size_t size, xml_width width, int most, int *line);

#endif
