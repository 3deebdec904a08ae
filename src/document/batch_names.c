/* The names of a batch's files: see batch_names.h. */
#include "document/batch_names.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* ---- patterns ---------------------------------------------------------------------------------
 */

char *lh_names_pattern(const lh_batch_options *options, lh_error *error)
{
    struct stat info;
    const char *output = options->output;
    const size_t length = strlen(output);
    const bool slash = length > 0 && output[length - 1] == '/';
    const bool folder = slash || (stat(output, &info) == 0 && S_ISDIR(info.st_mode));
    const size_t size = length + strlen(options->format->name) + sizeof "/{name}.";
    char *pattern = malloc(size);
    if (!pattern)
        lh_fail_memory(error, "names of files");
    else if (folder && !options->format->folder)
        snprintf(pattern, size, "%s%s{name}.%s", output, slash ? "" : "/", options->format->name);
    else
        strcpy(pattern, output);
    return pattern;
}

/* How long the "{number}" or "{page}" at `at` is, by `what`; 0: there is none. */
static size_t number_at(const char *at, const char *what, int *least)
{
    const size_t length = strlen(what);
    if (*at != '{' || strncmp(at + 1, what, length) != 0)
        return 0;
    const char *end = at + 1 + length;
    *least = 1;
    if (end[0] == ':' && end[1] >= '1' && end[1] <= '9') {
        *least = end[1] - '0';
        end += 2;
    }
    return *end == '}' ? (size_t)(end + 1 - at) : 0;
}

static size_t name_at(const char *at)
{
    static const char key[] = "{name}";
    return strncmp(at, key, strlen(key)) == 0 ? strlen(key) : 0;
}

size_t lh_names_place(const char *at)
{
    int least;
    const size_t name = name_at(at), number = number_at(at, "number", &least);
    return name > 0 ? name : number > 0 ? number : number_at(at, "page", &least);
}

static bool has_number(const char *pattern, const char *what)
{
    int least;
    for (const char *at = pattern; (at = strchr(at, '{')); at++)
        if (number_at(at, what, &least))
            return true;
    return false;
}

bool lh_names_have_page(const char *pattern)
{
    return has_number(pattern, "page");
}

bool lh_names_differ(const char *pattern)
{
    return has_number(pattern, "number") || strstr(pattern, "{name}");
}

bool lh_names_are_open(const char *pattern)
{
    return lh_names_differ(pattern) || lh_names_have_page(pattern);
}

bool lh_names_page_apart(const lh_batch_options *options, const char *pattern)
{
    const lh_format *format = options->format;
    if (options->together || format->folder)
        return false;
    return lh_names_have_page(pattern) || !(format->traits & (LH_FORMAT_PAGES | LH_FORMAT_LINE)) ||
           options->render.look != LH_LOOK_INK;
}

/* ---- names ------------------------------------------------------------------------------------
 */

/* `digits`, with zeros before them up to `least`; what is no number stays as it is. */
static char *add_digits(char *out, const char *digits, int least)
{
    const size_t count = strlen(digits);
    const bool is_number = strspn(digits, "0123456789") == count;
    for (int i = (int)count; is_number && i < least; i++)
        *out++ = '0';
    return stpcpy(out, digits);
}

char *lh_names_fill(const char *pattern, const char *name, size_t number, const char *page)
{
    char digits[24];
    int least;
    snprintf(digits, sizeof digits, "%zu", number);
    size_t room = 1;
    for (const char *c = pattern; *c; c++)
        room += *c == '{' ? strlen(name) + strlen(page) + 2 * sizeof digits : 1;
    char *filled = malloc(room), *out = filled;
    for (size_t length; filled && *pattern; pattern += length) {
        if ((length = number_at(pattern, "number", &least)) > 0) {
            out = add_digits(out, digits, least);
        } else if ((length = number_at(pattern, "page", &least)) > 0) {
            out = add_digits(out, page, least);
        } else if ((length = name_at(pattern)) > 0) {
            out = stpcpy(out, name);
        } else {
            length = 1;
            *out++ = *pattern;
        }
    }
    if (filled)
        *out = '\0';
    return filled;
}

/* "letter.png" becomes "letter-2.png". */
static char *add_page(char *path, const char *page)
{
    size_t size = strlen(path) + strlen(page) + 2;
    char *numbered = malloc(size);
    char *slash = strrchr(path, '/'), *point = strrchr(path, '.');
    int stem = point && (!slash || slash < point) ? (int)(point - path) : (int)strlen(path);
    if (numbered)
        snprintf(numbered, size, "%.*s-%s%s", stem, path, page, path + stem);
    free(path);
    return numbered;
}

char *lh_names_of_page(const char *pattern, const char *name, size_t number, size_t page,
                       size_t pages)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%zu", page > 0 ? page : 1);
    char *path = lh_names_fill(pattern, name, number, digits);
    return path && pages > 1 && !lh_names_have_page(pattern) ? add_page(path, digits) : path;
}

char *lh_names_of_any_page(const char *pattern, const char *name, size_t number, const char *digits)
{
    char *path = lh_names_fill(pattern, name, number, digits);
    return path && !lh_names_have_page(pattern) ? add_page(path, digits) : path;
}
