/* Reads the path data of SVG back to points: M, c and h as our files use them, the grammar of
 * SVG 1.1 section 8.3 for the numbers. */
#ifndef LONGHAND_TESTS_PATH_DATA_H
#define LONGHAND_TESTS_PATH_DATA_H

#include <ctype.h>
#include <longhand/ink.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { PATH_STEPS = 64, PATH_POINTS_MAX = 200000 };

/* One number; leaves *at behind it. */
static bool path_number(const char **at, double *value)
{
    while (**at == ' ' || **at == ',')
        (*at)++;
    const char *start = *at;
    if (**at == '-' || **at == '+')
        (*at)++;
    while (isdigit((unsigned char)**at))
        (*at)++;
    if (**at == '.')
        do
            (*at)++;
        while (isdigit((unsigned char)**at));
    char digits[64] = "";
    size_t length = (size_t)(*at - start);
    if (length == 0 || length >= sizeof digits)
        return false;
    memcpy(digits, start, length);
    *value = strtod(digits, NULL);
    return true;
}

/* Reads `data` and samples every curve PATH_STEPS times. Returns the number of points, 0 when the
 * data is not what was expected. */
static size_t path_sample(const char *data, lh_vec2 *points)
{
    double x, y;
    if (*data++ != 'M' || !path_number(&data, &x) || !path_number(&data, &y))
        return 0;
    size_t count = 0;
    points[count++] = (lh_vec2){(float)x, (float)y};
    double dx;
    if (*data == 'h' && data++ && path_number(&data, &dx)) {
        points[count++] = (lh_vec2){(float)(x + dx), (float)y};
        return *data ? 0 : count;
    }
    if (*data++ != 'c')
        return 0;
    while (*data) {
        double p[6];
        for (int i = 0; i < 6; i++)
            if (!path_number(&data, &p[i]))
                return 0;
        if (count + PATH_STEPS > PATH_POINTS_MAX)
            return 0;
        for (int s = 1; s <= PATH_STEPS; s++) {
            double u = (double)s / PATH_STEPS, v = 1 - u;
            double b1 = 3 * u * v * v, b2 = 3 * u * u * v, b3 = u * u * u;
            points[count++] = (lh_vec2){(float)(x + b1 * p[0] + b2 * p[2] + b3 * p[4]),
                                        (float)(y + b1 * p[1] + b2 * p[3] + b3 * p[5])};
        }
        x += p[4];
        y += p[5];
    }
    return count;
}

#endif
