/* Decimal numbers in files, the same in every locale. */
#include "decimal.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* value * 10^exponent; exact where value < 2^53 and |exponent| <= 22, else within a few ulp. */
static double times_power_of_ten(double value, int exponent)
{
    static const double power[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                   1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                   1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    for (; exponent > 22; exponent -= 22)
        value *= power[22];
    for (; exponent < -22; exponent += 22)
        value /= power[22];
    return exponent < 0 ? value / power[-exponent] : value * power[exponent];
}

/* Reads "e-12" at *text, if it is there; false when it is there and malformed. */
static bool read_exponent(const char **text, const char *end, int *exponent)
{
    const char *s = *text;
    if (s == end || (*s != 'e' && *s != 'E'))
        return true;
    s++;
    bool negative = s < end && *s == '-';
    s += s < end && (*s == '-' || *s == '+');
    if (s == end || !is_digit(*s))
        return false;
    int value = 0;
    for (; s < end && is_digit(*s); s++)
        value = value < 1000 ? 10 * value + (*s - '0') : value;
    *exponent += negative ? -value : value;
    *text = s;
    return true;
}

bool decimal_read(const char *text, const char *end, double *value)
{
    while (text < end && is_blank(*text))
        text++;
    while (text < end && is_blank(end[-1]))
        end--;
    bool negative = text < end && *text == '-';
    text += text < end && (*text == '-' || *text == '+');
    uint64_t digits = 0;
    int exponent = 0;
    bool any = false, fraction = false;
    for (; text < end; text++) {
        if (*text == '.' && !fraction) {
            fraction = true;
            continue;
        }
        if (!is_digit(*text))
            break;
        any = true;
        /* Digits beyond the 18th change nothing that a double could hold. */
        if (digits < UINT64_C(100000000000000000)) {
            digits = 10 * digits + (uint64_t)(*text - '0');
            exponent -= fraction;
        } else {
            exponent += !fraction;
        }
        if (exponent > 1000 || exponent < -1000)
            return false;
    }
    if (!any || !read_exponent(&text, end, &exponent) || text != end)
        return false;
    double magnitude = digits ? times_power_of_ten((double)digits, exponent) : 0;
    *value = negative ? -magnitude : magnitude;
    return isfinite((float)magnitude);
}

void decimal_write(float value, char text[DECIMAL_SIZE])
{
    snprintf(text, DECIMAL_SIZE, "%.9g", (double)value);
    /* The only bytes that are none of these belong to the locale's decimal point. */
    size_t at = strcspn(text, ".0123456789+-e") == 0 ? strspn(text, "0123456789+-e") : 0;
    size_t width = strcspn(text + at, "0123456789+-e");
    if (width == 0)
        return;
    text[at] = '.';
    memmove(text + at + 1, text + at + width, strlen(text + at + width) + 1);
}
