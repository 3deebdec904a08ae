/* Texts in ASCII: see ascii.h. */
#include "document/ascii.h"
#include "document/signs.h"

#include "write/composed.h"

#include <stdio.h>
#include <stdlib.h>

/* The letter to which the pen adds an accent; 0: there is none. */
static uint32_t bare_letter(uint32_t codepoint)
{
    uint32_t base;
    const lh_mark *mark;
    const bool made = lh_composed_find(codepoint, &base, &mark);
    return made && mark->place < LH_MARK_INSTEAD && base < 0x80 ? base : 0;
}

static void add(FILE *to, const lh_signs *signs, uint32_t codepoint)
{
    const char *known = codepoint < 0x80 ? NULL : lh_signs_find_ascii(signs, codepoint);
    const uint32_t letter = codepoint < 0x80 ? codepoint : bare_letter(codepoint);
    if (known)
        fputs(known, to);
    else
        putc(letter ? (int)letter : '_', to);
}

char *lh_ascii(const lh_signs *signs, const char *text)
{
    char *ascii = NULL;
    size_t size;
    FILE *to = open_memstream(&ascii, &size);
    if (!to)
        return NULL;
    for (uint32_t c; (c = lh_utf8_next(&text)) != 0;)
        add(to, signs, c);
    if (fclose(to) == 0)
        return ascii;
    free(ascii);
    return NULL;
}
