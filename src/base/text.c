/* UTF-8 and alphabets: from characters to the indices of one-hot rows and back. */
#include <longhand/base.h>

#include "base/need.h"

#include <stdlib.h>
#include <string.h>

/* Surrogates are none. */
static bool is_codepoint(uint32_t codepoint)
{
    return codepoint <= 0x10ffff && codepoint >> 11 != 0x1b;
}

uint32_t lh_utf8_next(const char **text)
{
    if (!(text && *text))
        return 0;
    const unsigned char *s = (const unsigned char *)*text;
    if (!s[0])
        return 0;
    int extra = s[0] < 0x80       ? 0
                : s[0] >> 5 == 6  ? 1
                : s[0] >> 4 == 14 ? 2
                : s[0] >> 3 == 30 ? 3
                                  : -1;
    static const uint32_t lowest[] = {0, 0x80, 0x800, 0x10000};
    uint32_t codepoint = extra <= 0 ? s[0] : s[0] & (0x3fu >> extra);
    *text += 1;
    if (extra < 0)
        return UINT32_MAX;
    for (int i = 1; i <= extra; i++) {
        if (s[i] >> 6 != 2)
            return UINT32_MAX;
        codepoint = codepoint << 6 | (s[i] & 0x3fu);
    }
    if (codepoint < lowest[extra] || !is_codepoint(codepoint))
        return UINT32_MAX;
    *text += extra;
    return codepoint;
}

bool lh_utf8_valid(const char *text)
{
    if (!text)
        return false;
    uint32_t codepoint;
    while ((codepoint = lh_utf8_next(&text)) != 0)
        if (codepoint == UINT32_MAX)
            return false;
    return true;
}

size_t lh_utf8_encode(uint32_t codepoint, char out[5])
{
    if (!out)
        return 0;
    if (!is_codepoint(codepoint)) {
        out[0] = '\0';
        return 0;
    }
    size_t n = codepoint < 0x80 ? 1 : codepoint < 0x800 ? 2 : codepoint < 0x10000 ? 3 : 4;
    static const unsigned char lead[] = {0, 0, 0xc0, 0xe0, 0xf0};
    for (size_t i = n; i-- > 1; codepoint >>= 6)
        out[i] = (char)(0x80 | (codepoint & 0x3f));
    out[0] = (char)(lead[n] | codepoint);
    out[n] = '\0';
    return n;
}

int lh_alphabet_index(const lh_alphabet *alphabet, uint32_t codepoint)
{
    if (!alphabet)
        return -1;
    int low = 0, high = alphabet->count;
    while (low < high) {
        int middle = (low + high) / 2;
        if (alphabet->codepoint[middle] < codepoint)
            low = middle + 1;
        else
            high = middle;
    }
    return low < alphabet->count && alphabet->codepoint[low] == codepoint ? low : -1;
}

bool lh_alphabet_add(lh_alphabet *alphabet, uint32_t codepoint)
{
    if (!alphabet || codepoint == 0 || !is_codepoint(codepoint))
        return false;
    if (lh_alphabet_index(alphabet, codepoint) >= 0)
        return true;
    if (alphabet->count == LH_ALPHABET_MAX)
        return false;
    int at = alphabet->count++;
    for (; at > 0 && alphabet->codepoint[at - 1] > codepoint; at--)
        alphabet->codepoint[at] = alphabet->codepoint[at - 1];
    alphabet->codepoint[at] = codepoint;
    return true;
}

bool lh_alphabet_parse(lh_alphabet *alphabet, const char *characters)
{
    if (!(alphabet && characters))
        return false;
    alphabet->count = 0;
    for (uint32_t c; (c = lh_utf8_next(&characters)) != 0;)
        if (c == UINT32_MAX || !lh_alphabet_add(alphabet, c))
            return false;
    return true;
}

char *lh_alphabet_string(const lh_alphabet *alphabet)
{
    if (!alphabet)
        return NULL;
    char *string = malloc(4 * (size_t)alphabet->count + 1);
    if (!string)
        return NULL;
    char *end = string;
    for (int i = 0; i < alphabet->count; i++)
        end += lh_utf8_encode(alphabet->codepoint[i], end);
    *end = '\0';
    return string;
}

static lh_status refuse_character(const lh_alphabet *alphabet, uint32_t codepoint, size_t place,
                                  lh_error *error)
{
    if (codepoint == UINT32_MAX)
        return lh_fail(error, LH_ERROR_ARGUMENT, "character %zu of the text is not valid UTF-8",
                       place);
    char *known = lh_alphabet_string(alphabet);
    char shown[5];
    lh_utf8_encode(codepoint, shown);
    if (codepoint < 0x20 || codepoint == 0x7f)
        strcpy(shown, "?");
    const lh_status status =
        lh_fail(error, LH_ERROR_ARGUMENT,
                "cannot write '%s' (U+%04X, character %zu of the text); the alphabet is the "
                "blank and %s",
                shown, (unsigned)codepoint, place, known ? known + strspn(known, " ") : "");
    free(known);
    return status;
}

lh_status lh_alphabet_encode(const lh_alphabet *alphabet, const char *text, int32_t **indices,
                             size_t *count, lh_error *error)
{
    LH_NEED(error, alphabet && text && indices && count, LH_ERROR_ARGUMENT);
    int32_t *out = malloc((strlen(text) + 1) * sizeof *out);
    if (!out)
        return lh_fail_memory(error, "a text");
    size_t n = 0;
    for (uint32_t c; (c = lh_utf8_next(&text)) != 0; n++) {
        out[n] = c == UINT32_MAX ? -1 : lh_alphabet_index(alphabet, c);
        if (out[n] < 0) {
            free(out);
            return refuse_character(alphabet, c, n + 1, error);
        }
    }
    *indices = out;
    *count = n;
    return LH_OK;
}
