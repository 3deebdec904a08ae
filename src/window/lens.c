/* The lens: the last of the ink and the density of the next point, magnified, with the probability
 * that it ends its stroke (Graves 2013, section 4.1: e, pi, mu, sigma, rho). */
#include "view.h"

#include "base/extremes.h"

#include <math.h>

enum { HEAT = 36 }; /* cells of the heat, each way */

/* Normalised units across the lens. */
static const double ACROSS = 2.6;

typedef struct lens {
    double x, y, r; /* the circle, pixels of the interface */
    double unit;    /* pixels in a whiteboard unit */
    double px, py;  /* where the pen stands, pixels */
    double nx, ny;  /* pixels in a normalised unit */
} lens;

/* Adds component `k`'s density at the cells' middles. Far from its own middle, where it is too
 * little to show, it is left out: that is most of the lens. */
static void add_heat(float heat[HEAT][HEAT], const lens *l, const lh_mixture *m, int k)
{
    static const float unseen = -16;
    double sx = m->sigma_x[k], sy = m->sigma_y[k], rho = m->rho[k], free = 1 - rho * rho;
    float peak = (float)(m->pi[k] / (2 * M_PI * sx * sy * sqrt(free)));
    float share = (float)(-0.5 / free), both = (float)(2 * rho), u[HEAT];
    for (int i = 0; i < HEAT; i++) {
        double x = (l->x + l->r * (2 * (i + 0.5) / HEAT - 1) - l->px) / l->nx;
        u[i] = (float)((x - m->mu_x[k]) / sx);
    }
    for (int j = 0; j < HEAT; j++) {
        double y = (l->y + l->r * (2 * (j + 0.5) / HEAT - 1) - l->py) / l->ny;
        float v = (float)((y - m->mu_y[k]) / sy);
        for (int i = 0; i < HEAT; i++) {
            float log = share * (u[i] * u[i] + v * v - both * u[i] * v);
            if (log > unseen)
                heat[j][i] += peak * expf(log);
        }
    }
}

/* Heat of the density, as an image over the lens; its square root, so that more than the peak is
 * seen. */
static void draw_heat(cairo_t *cr, const lens *l, const lh_mixture *m)
{
    float heat[HEAT][HEAT] = {{0}}, most = 1e-9f;
    for (int k = 0; k < m->count; k++)
        add_heat(heat, l, m, k);
    for (int j = 0; j < HEAT; j++)
        for (int i = 0; i < HEAT; i++) {
            heat[j][i] = sqrtf(heat[j][i]);
            lh_raisef(&most, heat[j][i]);
        }
    cairo_surface_t *image = cairo_image_surface_create(CAIRO_FORMAT_A8, HEAT, HEAT);
    if (cairo_surface_status(image) == CAIRO_STATUS_SUCCESS) {
        unsigned char *row = cairo_image_surface_get_data(image);
        int stride = cairo_image_surface_get_stride(image);
        for (int j = 0; j < HEAT; j++, row += stride)
            for (int i = 0; i < HEAT; i++)
                row[i] = (unsigned char)(170 * heat[j][i] / most);
        cairo_surface_mark_dirty(image);
        cairo_save(cr);
        cairo_translate(cr, l->x - l->r, l->y - l->r);
        cairo_scale(cr, 2 * l->r / HEAT, 2 * l->r / HEAT);
        win_set_colour(cr, WIN_ACCENT, 1);
        cairo_mask_surface(cr, image, 0, 0);
        cairo_restore(cr);
    }
    cairo_surface_destroy(image);
}

/* The ellipse of one deviation of each Gaussian that weighs something; the one drawn from is
 * strong. */
static void draw_ellipses(cairo_t *cr, const lens *l, const lh_mixture *m, int chosen)
{
    for (int k = 0; k < m->count; k++) {
        if (m->pi[k] < 0.02 && k != chosen)
            continue;
        double sx = m->sigma_x[k], sy = m->sigma_y[k], rho = m->rho[k];
        cairo_save(cr);
        cairo_translate(cr, l->px + l->nx * m->mu_x[k], l->py + l->ny * m->mu_y[k]);
        /* The Cholesky factor of the covariance takes the unit circle to the ellipse. */
        cairo_matrix_t to = {l->nx * sx, l->ny * rho * sy, 0, l->ny * sy * sqrt(1 - rho * rho), 0,
                             0};
        cairo_transform(cr, &to);
        cairo_new_path(cr);
        cairo_arc(cr, 0, 0, 1, 0, 2 * M_PI);
        cairo_restore(cr);
        win_set_colour(cr, k == chosen ? WIN_OTHER : WIN_ACCENT,
                       k == chosen ? 1 : 0.25 + 0.6 * m->pi[k]);
        cairo_set_line_width(cr, k == chosen ? 1.8 : 1);
        cairo_stroke(cr);
    }
}

/* The last of the ink, up to point `last`. */
static void draw_ink(const win_view *v, cairo_t *cr, const lens *l, size_t last)
{
    enum { BACK = 40 };
    const win_sheet *s = &v->core->sheet;
    const lh_point *at = &s->point[last];
    cairo_set_line_width(cr, 2.2);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
    win_set_colour(cr, win_ink_colour(v->core->value[WIN_COLOUR]), 0.85);
    for (size_t i = last > BACK ? last - BACK : 0; i < last; i++) {
        if (s->point[i].end)
            continue;
        for (size_t j = i; j <= i + 1; j++) {
            double x = l->px + l->unit * (double)(s->point[j].x - at->x);
            double y = l->py + l->unit * (double)(s->point[j].y - at->y);
            (j == i ? cairo_move_to : cairo_line_to)(cr, x, y);
        }
        cairo_stroke(cr);
    }
}

/* The ring fills with the probability that the stroke ends. */
static void draw_ring(cairo_t *cr, const lens *l, double end)
{
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_BUTT);
    cairo_set_line_width(cr, 4);
    win_set_colour(cr, WIN_EDGE, 1);
    cairo_arc(cr, l->x, l->y, l->r + 1, 0, 2 * M_PI);
    cairo_stroke(cr);
    win_set_colour(cr, WIN_OTHER, 1);
    cairo_arc(cr, l->x, l->y, l->r + 1, -M_PI / 2, -M_PI / 2 + 2 * M_PI * end);
    cairo_stroke(cr);
}

static bool read_mixture(const win_view *v, size_t next, lh_mixture *mixture)
{
    win_inside inside = win_sheet_inside(&v->core->sheet, next);
    if (next == 0 || !inside.output)
        return false;
    lh_pen_mixture(inside.output, v->core->sheet.mixtures, v->core->sheet.bias,
                   inside.trace->rested, mixture);
    return true;
}

void win_lens_draw(const win_view *v, cairo_t *cr)
{
    win_box b = v->lens_box;
    win_card(cr, b, 8, WIN_PAPER, WIN_EDGE);
    lens l = {.x = b.x + b.w / 2, .y = b.y + b.w / 2, .r = b.w / 2 - 12};
    win_box row = {b.x + 12, b.y + b.w - 7, b.w - 24, 18};
    lh_mixture m;
    size_t next = win_moment_next(v->core);
    if (v->core->sheet.points == 0 || !read_mixture(v, next, &m)) {
        draw_ring(cr, &l, 0);
        win_text(cr, row, 0, WIN_SMALL_TEXT, WIN_QUIET, "Next point");
        return;
    }
    double mean = (v->core->sheet.scale_x + v->core->sheet.scale_y) / 2;
    l.unit = 2 * l.r / (ACROSS * mean);
    l.nx = l.unit * v->core->sheet.scale_x;
    l.ny = l.unit * v->core->sheet.scale_y;
    l.px = l.x;
    l.py = l.y;
    cairo_save(cr);
    cairo_arc(cr, l.x, l.y, l.r - 1, 0, 2 * M_PI);
    cairo_clip(cr);
    draw_heat(cr, &l, &m);
    draw_ink(v, cr, &l, next - 1);
    draw_ellipses(cr, &l, &m, win_sheet_inside(&v->core->sheet, next).trace->component);
    cairo_restore(cr);
    draw_ring(cr, &l, m.end);
    char text[48];
    snprintf(text, sizeof text, "pen up %.0f %%", 100 * m.end);
    win_text(cr, row, 0, WIN_SMALL_TEXT, WIN_QUIET, text);
}
