/* What the network thought, as heat: the density it predicted for every point, and its window. */
#include "page/look.h"

#include "base/extremes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Pixels a millimetre, mm around the ink that are looked at, and the narrowest spread in pixels. */
static const float density_grain = 6, around = 5;
static const double narrowest = 0.7;
/* A component with less of the weight is not seen. */
static const double least_weight = 0.003;
enum { SIDE_MAX = 20000 };

/* ---- fields -----------------------------------------------------------------------------------
 */

typedef struct field {
    double *value; /* [height][width] */
    int width, height;
} field;

static lh_status new_field(field *f, float width, float height, lh_error *error)
{
    *f = (field){.width = 1 + (int)fminf(width, SIDE_MAX),
                 .height = 1 + (int)fminf(height, SIDE_MAX)};
    f->value = calloc((size_t)f->width * (size_t)f->height, sizeof *f->value);
    return f->value ? LH_OK : lh_fail_memory(error, "a heat map");
}

/* As cairo wants it: alpha, then colours that it has been multiplied into. */
static uint32_t heat_pixel(double value)
{
    double rgb[3], alpha = lh_heat(value, rgb);
    uint32_t pixel = (uint32_t)(255 * alpha) << 24;
    for (int i = 0; i < 3; i++)
        pixel |= (uint32_t)(255 * alpha * rgb[i]) << (16 - 8 * i);
    return pixel;
}

/* Draws a field, values 0 to 1, over the box. */
static lh_status draw_field(cairo_t *cr, const field *f, lh_box box, lh_error *error)
{
    cairo_surface_t *image = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, f->width, f->height);
    if (cairo_surface_status(image) == CAIRO_STATUS_SUCCESS) {
        unsigned char *data = cairo_image_surface_get_data(image);
        int stride = cairo_image_surface_get_stride(image);
        for (int y = 0; y < f->height; y++)
            for (int x = 0; x < f->width; x++) {
                uint32_t pixel = heat_pixel(f->value[y * f->width + x]);
                memcpy(data + y * stride + 4 * x, &pixel, sizeof pixel);
            }
        cairo_surface_mark_dirty(image);
        cairo_save(cr);
        cairo_translate(cr, box.left, box.top);
        cairo_scale(cr, (double)(box.right - box.left) / f->width,
                    (double)(box.bottom - box.top) / f->height);
        cairo_set_source_surface(cr, image, 0, 0);
        cairo_pattern_set_filter(cairo_get_source(cr), CAIRO_FILTER_NEAREST);
        cairo_paint(cr);
        cairo_restore(cr);
    }
    lh_status status = lh_paint_status(cairo_surface_status(image), "a heat map", error);
    cairo_surface_destroy(image);
    return status;
}

/* ---- density ----------------------------------------------------------------------------------
 */

/* Adds a Gaussian of weight `pi` at (x, y), all in pixels. */
static void add_gaussian(field *f, double pi, double x, double y, double sx, double sy, double rho)
{
    double clear = 1 - rho * rho, norm = pi / (6.283185307179586 * sx * sy * sqrt(clear));
    int left = (int)fmax(0, x - 3 * sx), right = (int)fmin(f->width - 1, x + 3 * sx + 1);
    int top = (int)fmax(0, y - 3 * sy), bottom = (int)fmin(f->height - 1, y + 3 * sy + 1);
    for (int row = top; row <= bottom; row++)
        for (int column = left; column <= right; column++) {
            double u = (column + 0.5 - x) / sx, v = (row + 0.5 - y) / sy;
            double z = (u * u + v * v - 2 * rho * u * v) / clear;
            f->value[row * f->width + column] += norm * exp(-z / 2);
        }
}

/* Adds the mixture that the next point was drawn from; its middle is at (x, y), in pixels, and
 * `kx`, `ky` are pixels that an offset of 1 takes. */
static void add_mixture(field *f, const lh_steps *steps, size_t at, double x, double y, double kx,
                        double ky)
{
    lh_mixture m;
    lh_pen_mixture(steps->output + at * (1 + 6 * (size_t)steps->mixtures), steps->mixtures,
                   steps->bias, steps->trace[at].rested, &m);
    for (int j = 0; j < m.count; j++) {
        if (m.pi[j] < least_weight)
            continue;
        double rho = fmax(-0.95, fmin(0.95, m.rho[j])); /* wide enough to be seen */
        add_gaussian(f, m.pi[j], x + kx * m.mu_x[j], y + ky * m.mu_y[j],
                     fmax(narrowest, kx * m.sigma_x[j]), fmax(narrowest, ky * m.sigma_y[j]), rho);
    }
}

/* The root of each value's share of the highest: the faint is seen, and the bright is not lost. */
static void scale_to_one(field *f)
{
    double most = 0;
    size_t count = (size_t)f->width * (size_t)f->height;
    for (size_t i = 0; i < count; i++)
        lh_raise(&most, f->value[i]);
    for (size_t i = 0; most > 0 && i < count; i++)
        f->value[i] = sqrt(f->value[i] / most);
}

lh_status lh_look_density(cairo_t *cr, const lh_page_line *line, lh_error *error)
{
    const lh_steps *steps = line->steps;
    const lh_placing to = line->placing;
    lh_box box = lh_ink_bounds(line->ink);
    lh_box place = {to.x + to.scale * box.left - around, to.y + to.scale * box.top - around,
                    to.x + to.scale * box.right + around, to.y + to.scale * box.bottom + around};
    field f;
    lh_status status = new_field(&f, density_grain * (place.right - place.left),
                                 density_grain * (place.bottom - place.top), error);
    if (status != LH_OK)
        return status;
    double gx = (double)f.width / (double)(place.right - place.left);
    double gy = (double)f.height / (double)(place.bottom - place.top);
    for (size_t i = 1; i < line->ink->count; i++) {
        const lh_point *from = &line->ink->points[i - 1];
        if (steps->trace[i].component < 0)
            continue;
        double x = (double)(to.x + to.scale * from->x - place.left) * gx;
        double y = (double)(to.y + to.scale * from->y - place.top) * gy;
        add_mixture(&f, steps, i, x, y, gx * steps->scale_x * (double)to.scale,
                    gy * steps->scale_y * (double)to.scale);
    }
    scale_to_one(&f);
    status = draw_field(cr, &f, place, error);
    free(f.value);
    return status;
}

/* ---- attention --------------------------------------------------------------------------------
 */

size_t lh_text_characters(const char *text)
{
    size_t count = 0;
    while (lh_utf8_next(&text) != 0)
        count++;
    return count;
}

/* The text's characters from the bottom up, left of x. */
static void draw_characters(cairo_t *cr, const char *text, float x, float bottom, float row_height)
{
    char one[5];
    cairo_set_source_rgb(cr, 0.1, 0.1, 0.1);
    for (size_t i = 0; *text; i++) {
        uint32_t c = lh_utf8_next(&text);
        lh_utf8_encode(c == ' ' ? 0x2423 : c, one);
        lh_look_text(cr, one, x - 1.5f, bottom - row_height * ((float)i + 0.5f), 0.95f * row_height,
                     LH_TEXT_CENTRE);
    }
}

lh_status lh_look_attention(cairo_t *cr, const lh_page_line *line, float x, float y, float width,
                            float row_height, lh_error *error)
{
    const lh_steps *steps = line->steps;
    size_t characters = lh_text_characters(line->text);
    float height = row_height * (float)characters;
    field f = {.width = (int)steps->count, .height = (int)characters};
    if (f.width < 1 || f.height < 1 || f.width > SIDE_MAX || f.height > SIDE_MAX)
        return LH_OK;
    f.value = calloc((size_t)f.width * (size_t)f.height, sizeof *f.value);
    if (!f.value)
        return lh_fail_memory(error, "an attention plot");
    for (int t = 0; t < f.width; t++)
        for (int k = 0; k < LH_WINDOW_SPAN; k++) {
            int character = steps->window[t].first + k;
            if (character >= 0 && character < f.height)
                f.value[(f.height - 1 - character) * f.width + t] =
                    fmax(0, fmin(1, (double)steps->window[t].phi[k]));
        }
    lh_status status = draw_field(cr, &f, (lh_box){x, y, x + width, y + height}, error);
    free(f.value);
    cairo_set_source_rgb(cr, 0.6, 0.6, 0.6);
    cairo_set_line_width(cr, 0.15);
    cairo_rectangle(cr, x, y, width, height);
    cairo_stroke(cr);
    draw_characters(cr, line->text, x, y + height, row_height);
    return status;
}
