/* Numbers in SVG: see svg_number.h. */
#include "svg_number.h"

#include "decimal.h"

#include <string.h>

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

void svg_pass_blanks(const char **at, const char *end, bool comma)
{
    for (; *at < end && (is_blank(**at) || (comma && **at == ',')); ++*at)
        comma = comma && **at != ',';
}

static const char *pass_digits(const char *at, const char *end)
{
    while (at < end && *at >= '0' && *at <= '9')
        at++;
    return at;
}

/* Behind the number at `from`; an 'e' that no digits follow is not of it ("2em"). */
static const char *find_end(const char *from, const char *end)
{
    const char *at = from + (from < end && (*from == '-' || *from == '+'));
    at = pass_digits(at, end);
    if (at < end && *at == '.')
        at = pass_digits(at + 1, end);
    if (at < end && (*at == 'e' || *at == 'E')) {
        const char *digits = at + 1;
        digits += digits < end && (*digits == '-' || *digits == '+');
        const char *behind = pass_digits(digits, end);
        at = behind > digits ? behind : at;
    }
    return at;
}

bool svg_number_read(const char **at, const char *end, double *value)
{
    const char *behind = find_end(*at, end);
    if (behind == *at || !decimal_read(*at, behind, value))
        return false;
    *at = behind;
    return true;
}

bool svg_length_read(const char *text, const char *end, double *value)
{
    static const struct {
        const char *name;
        double size;
    } units[] = {{"", 1},           {"px", 1},  {"mm", 96 / 25.4}, {"cm", 960 / 25.4},
                 {"pt", 96.0 / 72}, {"pc", 16}, {"in", 96}};
    svg_pass_blanks(&text, end, false);
    while (end > text && is_blank(end[-1]))
        end--;
    if (!svg_number_read(&text, end, value))
        return false;
    size_t length = (size_t)(end - text);
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strlen(units[i].name) == length && memcmp(units[i].name, text, length) == 0) {
            *value *= units[i].size;
            return true;
        }
    return false;
}
