/* The patterns of the golden networks and the comparison with their values: see golden.h. */
#include "golden.h"
#include "check.h"

#include <math.h>
#include <string.h>

void golden_fill(reference *net)
{
    int i = 0;
    for (int tensor = 0; tensor < net->count; tensor++)
        for (int k = 0; k < net->tensor[tensor].rows * net->tensor[tensor].columns; k++)
            net->tensor[tensor].value[k] = 0.3 * sin(i++);
}

nn_lines golden_line(const golden_network *golden)
{
    int A = golden->architecture.alphabet;
    nn_lines lines = nn_lines_new(1, &golden->steps, &golden->characters, A, 0);
    lh_real *x = (lh_real *)lines.sequence[0].x;
    for (int t = 1; t <= golden->steps; t++, x += 3) {
        x[0] = (lh_real)cos(t);
        x[1] = (lh_real)(sin(2 * t) / 2);
        x[2] = t % 3 == 0;
    }
    int32_t *text = (int32_t *)lines.sequence[0].text;
    for (int u = 0; u < lines.sequence[0].characters; u++)
        text[u] = (3 * u + 1) % A;
    return lines;
}

static void check_number(const char *what, double value, double golden, double tolerance)
{
    if (!(fabs(value - golden) <= tolerance * fabs(golden)))
        fail_msg("%s is %.17g, golden %.17g", what, value, golden);
}

void golden_check(const golden_network *golden, const reference *net, lh_loss loss,
                  double tolerance)
{
    check_number("mixture loss", loss.mixture, golden->loss[0], tolerance);
    check_number("end-of-stroke loss", loss.end_of_stroke, golden->loss[1], tolerance);
    check_number("squared error", loss.squared_error, golden->loss[2], tolerance);
    assert_int_equal(loss.points, golden->steps);
    for (int i = 0; i < net->count; i++) {
        const reference_tensor *tensor = &net->tensor[i];
        double checksum = 0;
        for (int k = 0; k < tensor->rows * tensor->columns; k++)
            checksum += cos(k) * tensor->gradient[k];
        assert_string_equal(tensor->name, golden->tensor[i].name);
        check_number(tensor->name, checksum, golden->tensor[i].checksum, tolerance);
    }
    assert_null(golden->tensor[net->count].name);
}
