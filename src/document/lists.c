/* Marks of lists: see lists.h. A mark is one only with a blank or tab behind it. */
#include "document/lists.h"

#include <string.h>

static const char *const bullets[] = {"-",      "*",      "\u2022", "\u2023", "\u25e6",
                                      "\u25aa", "\u25cf", "\u00b7", "\u2013"};
static const char *const boxes[] = {"\u2610", "\u2611", "\u2612"};
enum { DIGITS_MAX = 3 };

static size_t length_of_any(const char *at, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strncmp(at, list[i], strlen(list[i])) == 0)
            return strlen(list[i]);
    return 0;
}

/* "12." or "12)", or "a)". */
static size_t length_of_number(const char *at, int *number)
{
    const size_t digits = strspn(at, "0123456789");
    *number = 0;
    for (size_t i = 0; i < digits && digits <= DIGITS_MAX; i++)
        *number = 10 * *number + at[i] - '0';
    if (digits > 0)
        return digits <= DIGITS_MAX && (at[digits] == '.' || at[digits] == ')') ? digits + 1 : 0;
    const char lower = (char)(*at | 0x20);
    return lower >= 'a' && lower <= 'z' && at[1] == ')' ? 2 : 0;
}

const char *lh_list_box(const char *at)
{
    if (at[0] != '[' || !at[1] || at[2] != ']')
        return NULL;
    return at[1] == ' ' ? boxes[0] : at[1] == 'x' || at[1] == 'X' ? boxes[2] : NULL;
}

/* Takes a part of a mark, with what is behind it. False: it is none. */
static bool take(const char **at, size_t length)
{
    const char *behind = *at + length;
    const size_t blanks = strspn(behind, " \t");
    if (length == 0 || blanks == 0 || !behind[blanks] || strchr("\r\n\f\v", behind[blanks]))
        return false;
    *at = behind + blanks;
    return true;
}

lh_list_mark lh_list_mark_find(const char *row)
{
    lh_list_mark mark = {0};
    const char *at = row;
    size_t length = length_of_any(at, bullets, sizeof bullets / sizeof *bullets);
    mark.words += take(&at, length ? length : length_of_number(at, &mark.number));
    const char *box = at;
    const bool typed = lh_list_box(at);
    if (take(&at, typed ? 3 : length_of_any(at, boxes, sizeof boxes / sizeof *boxes))) {
        mark.box = typed ? box : NULL;
        mark.words++;
    }
    if (mark.words == 0)
        mark.number = 0;
    return mark;
}
