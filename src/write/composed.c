/* Texts with composed signs: see composed.h. */
#include "composed.h"

#include <stdlib.h>
#include <string.h>

uint32_t lh_composed_base(uint32_t sign, const lh_alphabet *alphabet, bool inked)
{
    uint32_t base;
    const lh_mark *mark;
    const bool known = sign != UINT32_MAX && lh_alphabet_index(alphabet, sign) >= 0;
    if (sign == UINT32_MAX || (known && (inked || !lh_composed_always(sign))) ||
        !lh_composed_find(sign, &base, &mark) || lh_alphabet_index(alphabet, base) < 0)
        return 0;
    return base;
}

char *lh_composed_bases(const char *text, const lh_alphabet *alphabet, bool inked)
{
    char *bases = malloc(strlen(text) + 1), *to = bases;
    if (!bases)
        return NULL;
    while (*text) {
        const char *from = text;
        uint32_t base = lh_composed_base(lh_utf8_next(&text), alphabet, inked);
        if (base) {
            *to++ = (char)base; /* ASCII */
        } else {
            memcpy(to, from, (size_t)(text - from));
            to += text - from;
        }
    }
    *to = '\0';
    return bases;
}
