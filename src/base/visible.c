/* Making text visible: see visible.h. Which characters show nothing or turn what stands around them
 * is of the Unicode Character Database: general categories Cc, Zl, Zp and most of Cf. */
#include "base/visible.h"

#include <stdlib.h>
#include <string.h>

bool visible_is_hidden(uint32_t c)
{
    static const struct {
        uint32_t first, last;
    } hidden[] = {
        {0x00, 0x1f},       {0x7f, 0x9f},
        {0x61c, 0x61c},     {0x200b, 0x200f},
        {0x2028, 0x202e},   {0x2060, 0x206f},
        {0xfeff, 0xfeff},   {0xfff9, 0xfffb},
        {0xe0000, 0xe0fff}, {UINT32_MAX, UINT32_MAX},
    };
    for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++)
        if (c >= hidden[i].first && c <= hidden[i].last)
            return true;
    return false;
}

size_t visible_text(const char *text, char *out, size_t size)
{
    size_t length = 0, room = size;
    if (size > 0)
        *out = '\0';
    for (const char *from = text; *from; from = text) {
        const uint32_t c = lh_utf8_next(&text);
        const char *shown = (c >= '\t' && c <= '\r') ? " " : visible_is_hidden(c) ? "?" : from;
        const size_t bytes = shown == from ? (size_t)(text - from) : 1;
        if (length + bytes < room) {
            memcpy(out + length, shown, bytes);
            out[length + bytes] = '\0';
        } else {
            room = 0; /* nothing after what did not fit */
        }
        length += bytes;
    }
    return length;
}

void visible_say(FILE *stream, const char *before, const char *format, va_list list,
                 const char *behind)
{
    va_list again;
    va_copy(again, list);
    int bytes = vsnprintf(NULL, 0, format, list);
    char *raw = bytes >= 0 ? malloc((size_t)bytes + 1) : NULL;
    if (raw)
        vsnprintf(raw, (size_t)bytes + 1, format, again);
    va_end(again);
    const size_t size = raw ? visible_text(raw, NULL, 0) + 1 : 0;
    char *text = raw ? malloc(size) : NULL;
    if (text)
        visible_text(raw, text, size);
    fprintf(stream, "%s%s%s", before, text ? text : "(out of memory)", behind);
    free(raw);
    free(text);
}

void visible_print(FILE *stream, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    visible_say(stream, "", format, list, "");
    va_end(list);
}

void visible_row(FILE *stream, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    visible_say(stream, "", format, list, "\n");
    va_end(list);
}

void visible_json(FILE *stream, const char *json)
{
    for (const char *from; *(from = json);) {
        uint32_t c = lh_utf8_next(&json);
        if (c == UINT32_MAX)
            fputs("\\ufffd", stream);
        else if (c < 0x7f || !visible_is_hidden(c)) /* JSON has escaped its control characters itself */
            fwrite(from, 1, (size_t)(json - from), stream);
        else if (c < 0x10000)
            fprintf(stream, "\\u%04x", (unsigned)c);
        else
            fprintf(stream, "\\u%04x\\u%04x", (unsigned)(0xd7c0 + (c >> 10)),
                    (unsigned)(0xdc00 + (c & 0x3ff)));
    }
    putc('\n', stream);
}
