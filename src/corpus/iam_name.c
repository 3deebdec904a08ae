/* Names of lines and forms: see iam_name.h. */
#include "iam_name.h"

#include <ctype.h>
#include <string.h>

size_t iam_form_of(const char *line, size_t length, size_t *number)
{
    size_t digits = 0, value = 0;
    while (digits < length && isdigit((unsigned char)line[length - 1 - digits]))
        digits++;
    if (number)
        *number = 0;
    if (digits == 0 || digits > 6 || length < digits + 2 || line[length - digits - 1] != '-')
        return length;
    for (size_t i = length - digits; i < length; i++)
        value = 10 * value + (size_t)(line[i] - '0');
    if (number)
        *number = value;
    return length - digits - 1;
}

bool iam_same_form(const char *line, const char *other)
{
    const size_t length = iam_form_of(line, strlen(line), NULL);
    return iam_form_of(other, strlen(other), NULL) == length && strncmp(line, other, length) == 0;
}

bool iam_form_fits(const char *form, size_t length)
{
    size_t dashes = 0;
    for (size_t i = 0; i < length; i++) {
        dashes += form[i] == '-';
        if (form[i] != '-' && !isalnum((unsigned char)form[i]))
            return false;
    }
    return dashes == 1 && form[0] != '-' && form[length - 1] != '-';
}

/* Is the name like the pattern, in which g is a group (they go from a to r, and z), a any letter,
 * and 0 any digit? */
static bool is_like(const char *name, const char *pattern)
{
    for (; *pattern && *name; pattern++, name++) {
        const unsigned char c = (unsigned char)*name;
        const bool fits = *pattern == 'g'   ? (c >= 'a' && c <= 'r') || c == 'z'
                          : *pattern == 'a' ? islower(c)
                          : *pattern == '0' ? isdigit(c)
                                            : c == '-';
        if (!fits)
            return false;
    }
    return !*pattern && !*name;
}

bool iam_is_in(const lh_corpus *corpus)
{
    for (size_t i = 0; i < lh_corpus_count(corpus); i++) {
        const char *name = lh_corpus_get(corpus, i).name;
        if (is_like(name, "g00-000a-00") || is_like(name, "g00-000-00")) /* the letter may lack */
            return true;
    }
    return false;
}
