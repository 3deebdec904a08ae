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
    /* Without a declaration, blanks may come first. */
    size_t blanks = 0;
    while (blanks < size && data[blanks] && strchr(" \t\r\n", data[blanks]))
        blanks++;
    bool begins = blanks > 0 && size - blanks > 1 && data[blanks] == '<' && data[blanks + 1];
    return begins ? XML_WIDTH_8 : XML_WIDTH_NONE;
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

bool xml_encoding_has_width(const char *name, xml_width width)
{
    const bool wide = width == XML_WIDTH_16LE || width == XML_WIDTH_16BE;
    if (strncasecmp(name, "UTF-16", 6) != 0)
        return !wide;
    const char *order = width == XML_WIDTH_16LE ? "LE" : "BE";
    return wide && (!name[6] || strcasecmp(name + 6, order) == 0);
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

/* Moves behind a document type; whether it has declarations of its own. */
static bool pass_document_type(scan *s)
{
    int quote = 0;
    for (; more(s); pass(s, 1)) {
        int c = peek(s, 0);
        if (quote)
            quote = c == quote ? 0 : quote;
        else if (c == '"' || c == '\'')
            quote = c;
        else if (c == '[')
            return true;
        else if (c == '>')
            break;
    }
    return false;
}

static scan begin(const char *data, size_t size, xml_width width)
{
    scan s = {.data = (const unsigned char *)data, .size = size, .step = 1, .line = 1};
    if (width == XML_WIDTH_16LE || width == XML_WIDTH_16BE) {
        s.step = 2;
        s.high = width == XML_WIDTH_16LE;
        s.low = 1 - s.high;
    }
    return s;
}

typedef enum met { MET_END, MET_DOCUMENT_TYPE, MET_TAG } met;

/* Moves to the next document type or tag, an end tag as well, past all else that begins with '<'.
 * What is malformed is the end. */
static met find_next(scan *s)
{
    static const char *const others[][2] = {{"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<?", "?>"}};
    while (more(s)) {
        if (peek(s, 0) != '<') {
            pass(s, 1);
            continue;
        }
        size_t i = 0, count = sizeof others / sizeof *others;
        while (i < count && !is_here(s, others[i][0]))
            i++;
        if (i == count)
            return !is_here(s, "<!")         ? MET_TAG
                   : is_here(s, "<!DOCTYPE") ? MET_DOCUMENT_TYPE
                                             : MET_END;
        pass(s, strlen(others[i][0]));
        pass_until(s, others[i][1]);
    }
    return MET_END;
}

xml_tags_fault xml_tags_check(const char *data, size_t size, xml_width width, int most, int *line)
{
    scan s = begin(data, size, width);
    for (met next; (next = find_next(&s)) != MET_END;) {
        *line = s.line;
        if (next == MET_DOCUMENT_TYPE ? pass_document_type(&s) : pass_tag(&s) > most)
            return next == MET_DOCUMENT_TYPE ? XML_TAGS_DECLARE : XML_TAGS_RICH;
    }
    return XML_TAGS_FINE;
}

/* Is the name that begins `from` characters from here this one, whatever its prefix? */
static bool is_named(const scan *s, size_t from, const char *name)
{
    enum { PREFIX_MAX = 64 };
    static const char ends[] = " \t\r\n/>:[";
    size_t length = 0;
    while (length < PREFIX_MAX && peek(s, from + length) && !strchr(ends, peek(s, from + length)))
        length++;
    if (peek(s, from + length) == ':')
        from += length + 1;
    scan at = *s;
    pass(&at, from);
    int behind = is_here(&at, name) ? peek(&at, strlen(name)) : 0;
    return behind && strchr(ends, behind);
}

int xml_root_among(const char *data, size_t size, const char *const *names)
{
    xml_width width = xml_width_of(data, size);
    scan s = begin(data, size, width);
    met first = width == XML_WIDTH_NONE ? MET_END : find_next(&s);
    size_t from = 1;
    if (first == MET_DOCUMENT_TYPE) {
        scan type = s;
        bool declares = pass_document_type(&s);
        first = declares ? MET_TAG : find_next(&s);
        if (declares) { /* what it declares is not looked through: it names the tag itself */
            s = type;
            pass(&s, strlen("<!DOCTYPE"));
            from = 0;
            while (peek(&s, 0) && strchr(" \t\r\n", peek(&s, 0)))
                pass(&s, 1);
        }
    }
    for (int i = 0; first == MET_TAG && names[i]; i++)
        if (is_named(&s, from, names[i]))
            return i;
    return -1;
}
