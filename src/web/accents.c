/* Letters and accents, which a browser knows. */
#include "document/accents.h"

#include <emscripten.h>
#include <stdlib.h>

// clang-format off
EM_JS(bool, is_mark_here, (uint32_t codepoint), {
    const backslash = String.fromCharCode(92); /* the preprocessor takes those that are written */
    return new RegExp('^' + backslash + 'p{M}$', 'u').test(String.fromCodePoint(codepoint));
})

EM_JS(char *, compose_here, (const char *text, size_t bytes), {
    return allocateUTF8(UTF8ToString(text, bytes).normalize('NFC'));
})
// clang-format on

static bool is_mark(uint32_t codepoint)
{
    return codepoint <= 0x10ffff && is_mark_here(codepoint);
}

static char *compose(const char *text, size_t bytes)
{
    return compose_here(text, bytes);
}

const lh_accents *lh_accents_get(lh_error *error)
{
    static const lh_accents here = {is_mark, compose};
    (void)error; /* it is there */
    return &here;
}
