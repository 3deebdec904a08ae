/* Text inside XML (XML 1.0, fifth edition, sections 2.2 and 2.4). */
#include "page/page_xml.h"

#include <longhand/base.h>

static bool allowed(uint32_t c)
{
    return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c <= 0xd7ff) ||
           (c >= 0xe000 && c <= 0xfffd) || (c >= 0x10000 && c <= 0x10ffff);
}

static void write_escaped(FILE *stream, const char *text, bool attribute)
{
    for (uint32_t c; (c = lh_utf8_next(&text)) != 0;) {
        char bytes[5];
        switch (c) {
        case '<':
            fputs("&lt;", stream);
            break;
        case '>':
            fputs("&gt;", stream);
            break;
        case '&':
            fputs("&amp;", stream);
            break;
        case '"':
            fputs("&quot;", stream);
            break;
        case '\'':
            fputs("&#39;", stream);
            break;
        case '\t':
        case '\n':
        case '\r':
            fprintf(stream, attribute || c == '\r' ? "&#%d;" : "%c", (int)c);
            break;
        default:
            lh_utf8_encode(allowed(c) ? c : 0xfffd, bytes);
            fputs(bytes, stream);
        }
    }
}

void lh_xml_text(FILE *stream, const char *text)
{
    write_escaped(stream, text, false);
}

void lh_xml_attribute(FILE *stream, const char *text)
{
    write_escaped(stream, text, true);
}
