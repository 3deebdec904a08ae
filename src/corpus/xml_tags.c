/* Tags and their attributes (XML 1.0, sections 2.4 to 2.8 and 3.1): see xml_tags.h. Of a file that
 * is malformed only what stands before its first fault counts, for there reading it ends. */
#include "xml_tags.h"

#include <string.h>
#include <strings.h>

xml_width xml_width_of(const char *data, size_t size)
{
    static const struct {
        const char *start;
        size_t length;
        xml_width width;
    } starts[] = {
        {"\0\0\0<", 4, XML_WIDTH_NONE},    {"<\0\0\0", 4, XML_WIDTH_NONE},
        {"\xff\xfe", 2, XML_WIDTH_16LE},   {"\xfe\xff", 2, XML_WIDTH_16BE},
        {"<\0", 2, XML_WIDTH_16LE},        {"\0<", 2, XML_WIDTH_16BE},
        {"\xef\xbb\xbf<", 4, XML_WIDTH_8}, {"<", 1, XML_WIDTH_8},
    };
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (size >= starts[i].length && memcmp(data, starts[i].start, starts[i].length) == 0)
            return starts[i].width;
    return XML_WIDTH_NONE;
}

bool xml_encoding_is_known(const char *name)
{
    static const char *const starts[] = {"UTF-8",    "UTF-16", "ISO-8859-",
                                         "US-ASCII", "ASCII",  "windows-125"};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (strncasecmp(name, starts[i], strlen(starts[i])) == 0)
            return true;
    return false;
}

/* A walk over characters. */
typedef struct scan {
    const unsigned char *data;
    size_t at, size, step; /* bytes */
    size_t high, low;      /* of a character's bytes */
    int line;
} scan;

/* The character `ahead` characters from here, where it is below U+0080; else, or at the end, 0. */
static int peek(const scan *s, size_t ahead)
{
    size_t at = s->at + ahead * s->step;
    if (at + s->step > s->size || (s->step == 2 && s->data[at + s->high]))
        return 0;
    int c = s->data[at + s->low];
    return c < 0x80 ? c : 0;
}

static void pass(scan *s, size_t count)
{
    for (; count > 0; count--, s->at += s->step)
        s->line += peek(s, 0) == '\n';
}

static bool is_here(const scan *s, const char *text)
{
    for (size_t i = 0; text[i]; i++)
        if (peek(s, i) != text[i])
            return false;
    return true;
}

static bool more(const scan *s)
{
    return s->at + s->step <= s->size;
}

static void pass_until(scan *s, const char *end)
{
    while (more(s) && !is_here(s, end))
        pass(s, 1);
    pass(s, strlen(end));
}

/* Moves behind a tag; how many values in quotes it has. */
static int pass_tag(scan *s)
{
    int values = 0, quote = 0;
    for (; more(s); pass(s, 1)) {
        int c = peek(s, 0);
        if (quote) {
            quote = c == quote ? 0 : quote;
        } else if (c == '"' || c == '\'') {
            quote = c;
            values++;
        } else if (c == '>') {
            break;
        }
    }
    return values;
}

bool xml_tags_are_rich(const char *data, size_t size, xml_width width, int most, int *line)
{
    static const char *const others[][2] = {{"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<?", "?>"}};
    scan s = {.data = (const unsigned char *)data, .size = size, .step = 1, .line = 1};
    if (width == XML_WIDTH_16LE || width == XML_WIDTH_16BE) {
        s.step = 2;
        s.high = width == XML_WIDTH_16LE;
        s.low = 1 - s.high;
    }
    while (more(&s)) {
        if (peek(&s, 0) != '<') {
            pass(&s, 1);
            continue;
        }
        size_t i = 0, count = sizeof others / sizeof *others;
        while (i < count && !is_here(&s, others[i][0]))
            i++;
        *line = s.line;
        if (i < count) {
            pass(&s, strlen(others[i][0]));
            pass_until(&s, others[i][1]);
        } else if (is_here(&s, "<!")) {
            return false; /* a document type, or malformed */
        } else if (pass_tag(&s) > most) {
            return true;
        }
    }
    return false;
}
