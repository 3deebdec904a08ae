/* Characters of a text as a model can write them: itself, or what the table of signs has for it.
 * A letter and the accents behind it are put together first (Unicode Standard Annex 15). */
#include "document/letters.h"

#include "document/accents.h"
#include "document/signs.h"

#include <stdlib.h>
#include <string.h>

/* Bytes of a letter with its accents; more of them are read as characters of their own. */
enum { CLUSTER_MAX = 64 };

static lh_status refuse(const lh_text_cursor *at, uint32_t codepoint, const lh_alphabet *alphabet,
                        lh_error *error)
{
    if (codepoint == UINT32_MAX)
        return lh_fail(error, LH_ERROR_ARGUMENT, "row %zu, column %zu: is not UTF-8", at->line,
                       at->column);
    char shown[5];
    lh_utf8_encode(codepoint < 0x20 || codepoint == 0x7f ? '?' : codepoint, shown);
    char *known = lh_alphabet_string(alphabet);
    const lh_status status = lh_fail(
        error, LH_ERROR_ARGUMENT,
        "row %zu, column %zu: cannot write '%s' (U+%04X), and the table of signs has nothing "
        "for it; what can be written is the blank, %s, letters with accents, and signs such as "
        "$ %% =",
        at->line, at->column, shown, (unsigned)codepoint, known ? known + strspn(known, " ") : "");
    free(known);
    return status;
}

/* ---- what is replaced -------------------------------------------------------------------------
 */

char *lh_replaced_list(const lh_replaced *replaced)
{
    char *list = NULL, sign[5];
    size_t size;
    FILE *stream = open_memstream(&list, &size);
    if (!stream)
        return NULL;
    for (size_t i = 0; i < replaced->count; i++) {
        lh_utf8_encode(replaced->row[i].sign, sign);
        fprintf(stream, "%s %s\n", sign, replaced->row[i].with);
    }
    if (fclose(stream) == 0)
        return list;
    free(list);
    return NULL;
}

void lh_replaced_clear(lh_replaced *replaced)
{
    free(replaced->row);
    *replaced = (lh_replaced){0};
}

/* Does it read otherwise? Dashes, quotes, points and blanks in another form do not, nor do
 * ligatures and the Greek letters that look as Latin ones; letters, digits and lost accents do. */
static bool reads_otherwise(uint32_t sign, const char *with)
{
    static const char telling[] = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const bool ligature = sign >= 0xfb00 && sign <= 0xfb06;
    const bool latin = sign >= 0x391 && sign <= 0x3bf && with[0] && !with[1];
    const bool accent = sign >= LH_FIRST_MARK && sign < LH_FIRST_MARK + 0x70 && !*with;
    const bool greek = (unsigned char)*with >= 0xcd && (unsigned char)*with <= 0xcf;
    return accent || greek || (!ligature && !latin && with[strcspn(with, telling)]);
}

static lh_status add_replaced(lh_replaced *replaced, uint32_t sign, const char *with,
                              lh_error *error)
{
    for (size_t i = 0; i < replaced->count; i++)
        if (replaced->row[i].sign == sign)
            return LH_OK;
    if (replaced->count == replaced->capacity) {
        const size_t capacity = 2 * replaced->capacity + 8;
        struct lh_replacement *larger = realloc(replaced->row, capacity * sizeof *larger);
        if (!larger)
            return lh_fail_memory(error, "a text");
        replaced->row = larger;
        replaced->capacity = capacity;
    }
    replaced->row[replaced->count++] = (struct lh_replacement){sign, with};
    return LH_OK;
}

/* ---- letters ----------------------------------------------------------------------------------
 */

/* Adds what stands for one code point. */
static lh_status add_letter(const lh_letters *letters, const lh_text_cursor *at, uint32_t codepoint,
                            char *written, lh_error *error)
{
    size_t length = strlen(written);
    const char *instead = NULL;
    char itself[5];
    if (codepoint != UINT32_MAX && lh_alphabet_index(letters->alphabet, codepoint) < 0)
        instead = lh_signs_find(letters->signs, codepoint, letters->alphabet);
    if (instead && letters->replaced && reads_otherwise(codepoint, instead)) {
        lh_status status = add_replaced(letters->replaced, codepoint, instead, error);
        if (status != LH_OK)
            return status;
    }
    if (!instead && lh_can_write(letters->alphabet, codepoint)) {
        lh_utf8_encode(codepoint, itself);
        instead = itself;
    }
    if (!instead && !letters->skipped)
        return refuse(at, codepoint, letters->alphabet, error);
    if (!instead) {
        letters->skipped->count++;
        lh_alphabet_add(&letters->skipped->signs, codepoint == UINT32_MAX ? 0xfffd : codepoint);
    } else if (length + strlen(instead) < LH_LETTERS_MAX) {
        strcpy(written + length, instead);
    } else {
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "row %zu, column %zu: more than %d bytes stand for one character", at->line,
                       at->column, LH_LETTERS_MAX - 1);
    }
    return LH_OK;
}

/* Code points of the letter at `from` and its accents, composed. `*count` is how many the text has;
 * 0: no accents follow. The caller frees `*composed`. */
static lh_status compose(const char *from, const char **end, char **composed, size_t *count,
                         lh_error *error)
{
    const lh_accents *accents = NULL;
    const char *at = from;
    uint32_t c = lh_utf8_next(&at);
    size_t letters = 1;
    *count = 0;
    for (const char *next = at; c != UINT32_MAX && next - from < CLUSTER_MAX;
         letters++, at = next) {
        c = lh_utf8_next(&next);
        if (c < LH_FIRST_MARK || c == UINT32_MAX)
            break;
        if (!accents && !(accents = lh_accents_get(error)))
            return error->status;
        if (!accents->is_mark(c))
            break;
    }
    if (letters == 1)
        return LH_OK;
    *composed = accents->compose(from, (size_t)(at - from));
    if (!*composed)
        return LH_OK;
    *end = at;
    *count = letters;
    return LH_OK;
}

lh_status lh_letters_next(const lh_letters *letters, lh_text_cursor *reading,
                          char written[LH_LETTERS_MAX], lh_error *error)
{
    const lh_text_cursor here = *reading;
    char *composed = NULL;
    size_t count;
    written[0] = '\0';
    lh_status status = compose(here.at, &reading->at, &composed, &count, error);
    if (count > 0) {
        const char *at = composed;
        for (uint32_t c; status == LH_OK && (c = lh_utf8_next(&at)) != 0;)
            status = add_letter(letters, &here, c, written, error);
        free(composed);
        reading->column += count;
        return status;
    }
    if (status != LH_OK)
        return status;
    uint32_t c = lh_utf8_next(&reading->at);
    reading->column++;
    return add_letter(letters, &here, c, written, error);
}
