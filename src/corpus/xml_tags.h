/* The tags of an XML file, seen before libxml2 reads it: how many attributes they have, for it
 * compares each attribute of a tag with all before it, which for a tag of millions takes hours; and
 * whether the document type declares anything (entities that grow, attributes of all elements). */
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
/* Whether a file whose first bytes have this width can be in the encoding of that name. */
bool xml_encoding_has_width(const char *name, xml_width width);

typedef enum xml_tags_fault {
    XML_TAGS_FINE,
    XML_TAGS_RICH,    /* a tag has more attributes than it may */
    XML_TAGS_DECLARE, /* the document type has declarations of its own: <!DOCTYPE a [...]> */
} xml_tags_fault;

/* The first fault of the tags, of which none may have more than `most` attributes; `*line` is where
 * it begins, from 1. */
xml_tags_fault xml_tags_check(const char *data, size_t size, xml_width width, int most, int *line);

/* Which of the names, of which the last is NULL, the file's first tag has, whatever its prefix: the
 * index; -1: none of them, or no XML. */
int xml_root_among(const char *data, size_t size, const char *const *names);

#endif
