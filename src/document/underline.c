/* Underlining in texts: "@_" and "_@", which stand in no ordinary text, and only as a pair in one
 * paragraph. What is underlined are whole words: see underline.h. */
#include "document/underline.h"

#include <stdlib.h>
#include <string.h>

/* Bytes in which a pair is looked for. */
enum { FAR = 4096 };

static const char opening[] = "@_", closing[] = "_@";
#define PARAGRAPH_END "\xe2\x80\xa9" /* U+2029 */

static bool is_at(const char *at, const char *mark)
{
    return strncmp(at, mark, 2) == 0;
}

/* Behind the end of a row at `at` with which the paragraph goes on; NULL: it ends here. */
static const char *next_row(const char *at)
{
    if (*at == '\f')
        return NULL;
    at += *at == '\r' && at[1] == '\n' ? 2 : 1;
    const char *first = at + strspn(at, " \t");
    const bool command = *at == '@' && at[1] != '@';
    return command || !*first || strchr("\r\n\f\v", *first) ? NULL : at;
}

bool lh_underline_opens(const char *at)
{
    if (!is_at(at, opening))
        return false;
    const char *const end = at + FAR;
    bool something = false, first_row = true;
    at += 2;
    while (at && at < end && *at && strncmp(at, PARAGRAPH_END, 3) != 0) {
        if (something && is_at(at, closing))
            return true;
        if (!first_row && is_at(at, opening)) /* the first has no end */
            return false;
        const bool row_end = strchr("\r\n\f\v", *at);
        first_row = first_row && !row_end;
        something = something || (*at != ' ' && !row_end);
        at = row_end ? next_row(at) : at + 1;
    }
    return false;
}

static lh_status open_stretch(lh_stretches *s, size_t from, lh_error *error)
{
    if (s->count == s->capacity) {
        const size_t capacity = 2 * s->capacity + 8;
        size_t(*larger)[2] = realloc(s->stretch, capacity * sizeof *larger);
        if (!larger)
            return lh_fail_memory(error, "a text");
        s->stretch = larger;
        s->capacity = capacity;
    }
    s->stretch[s->count][0] = from;
    s->stretch[s->count++][1] = SIZE_MAX;
    s->open = true;
    return LH_OK;
}

lh_status lh_underline_read(lh_stretches *s, lh_text_cursor *reading, size_t size, bool *read,
                            lh_error *error)
{
    lh_status status = LH_OK;
    *read = s->open ? is_at(reading->at, closing) : lh_underline_opens(reading->at);
    if (!*read) {
        if (s->unclosed == 0 && is_at(reading->at, opening))
            s->unclosed = reading->line;
        return LH_OK;
    }
    if (s->open)
        lh_underline_end(s, size);
    else
        status = open_stretch(s, size, error);
    reading->at += 2;
    reading->column += 2;
    return status;
}

void lh_underline_end(lh_stretches *s, size_t size)
{
    if (s->open)
        s->stretch[s->count - 1][1] = size;
    s->open = false;
}

static bool touches(const lh_stretches *s, size_t from, size_t to)
{
    for (size_t i = 0; i < s->count; i++)
        if (s->stretch[i][0] < to && s->stretch[i][1] > from)
            return true;
    return false;
}

lh_status lh_underline_words(lh_stretches *s, const char *text, size_t count, bool **underlined,
                             lh_error *error)
{
    *underlined = NULL;
    if (s->count == 0)
        return LH_OK;
    bool *under = calloc(count + 1, sizeof *under);
    if (!under)
        return lh_fail_memory(error, "a text");
    size_t from = 0;
    for (size_t i = 0; i < count; i++) {
        const size_t length = strcspn(text + from, " ");
        under[i] = touches(s, from, from + length);
        from += length + 1;
    }
    *underlined = under;
    s->count = 0;
    return s->open ? open_stretch(s, 0, error) : LH_OK;
}

void lh_stretches_clear(lh_stretches *s)
{
    free(s->stretch);
    *s = (lh_stretches){0};
}
