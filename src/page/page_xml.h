/* Text inside XML. */
#ifndef LONGHAND_PAGE_PAGE_XML_H
#define LONGHAND_PAGE_PAGE_XML_H

#include <stdio.h>

/* Writes UTF-8 `text` as content between tags, or as the value of an attribute in either quote,
 * where newlines and tabs are written so that they survive. Malformed bytes and characters that
 * XML 1.0 cannot hold become U+FFFD. */
void lh_xml_text(FILE *stream, const char *text);
void lh_xml_attribute(FILE *stream, const char *text);

#endif
