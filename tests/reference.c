/* The stacked network of Graves 2013, forward and backward through time, from the page: section 2
 * and figure 1 (the stack), 2.1 (LSTM, equations 7-11), 4.1 (reference_mixture.c), 5.1 (the soft
 * window, equations 46-51, and figure 12). Time runs t = 1..T as in the paper; whatever depends on
 * t is a series with a row 0, the null state before the line. */
#include "reference.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static double *zeros(size_t count)
{
    double *array = calloc(count ? count : 1, sizeof *array);
    if (!array)
        abort();
    return array;
}

/* ---- parameters ------------------------------------------------------------------------------ */

static void add_tensor(reference *net, const char *name, int rows, int columns)
{
    reference_tensor *tensor = &net->tensor[net->count++];
    snprintf(tensor->name, sizeof tensor->name, "%s", name);
    tensor->rows = rows;
    tensor->columns = columns;
    tensor->value = zeros((size_t)rows * columns);
    tensor->gradient = zeros((size_t)rows * columns);
}

reference *reference_new(const lh_architecture *architecture)
{
    reference *net = calloc(1, sizeof *net);
    if (!net)
        abort();
    net->architecture = *architecture;
    bool synthesis = architecture->kind == LH_SYNTHESIS;
    int H = architecture->cells, A = synthesis ? architecture->alphabet : 0;
    for (int n = 1; n <= architecture->layers; n++) {
        char name[32];
        snprintf(name, sizeof name, "layer%d.input", n);
        add_tensor(net, name, 3 + A + (n > 1 ? H : 0), 4 * H);
        snprintf(name, sizeof name, "layer%d.recurrent", n);
        add_tensor(net, name, H, 4 * H);
        snprintf(name, sizeof name, "layer%d.peephole", n);
        add_tensor(net, name, 3, H);
        snprintf(name, sizeof name, "layer%d.bias", n);
        add_tensor(net, name, 1, 4 * H);
    }
    if (synthesis) {
        add_tensor(net, "window.weight", H, 3 * architecture->windows);
        add_tensor(net, "window.bias", 1, 3 * architecture->windows);
    }
    int outputs = 1 + 6 * architecture->mixtures;
    add_tensor(net, "output.weight", architecture->layers * H, outputs);
    add_tensor(net, "output.bias", 1, outputs);
    return net;
}

void reference_free(reference *net)
{
    if (!net)
        return;
    for (int i = 0; i < net->count; i++) {
        free(net->tensor[i].value);
        free(net->tensor[i].gradient);
    }
    free(net);
}

reference_tensor *reference_find(reference *net, const char *name)
{
    for (int i = 0; i < net->count; i++)
        if (strcmp(net->tensor[i].name, name) == 0)
            return &net->tensor[i];
    return NULL;
}

void reference_clear_gradient(reference *net)
{
    for (int i = 0; i < net->count; i++) {
        reference_tensor *tensor = &net->tensor[i];
        memset(tensor->gradient, 0, sizeof(double) * tensor->rows * tensor->columns);
    }
}

/* out[columns] += in[rows] W, rows first_row.. of the tensor. */
static void multiply(const reference_tensor *W, int first_row, int rows, const double *in,
                     double *out)
{
    for (int r = 0; r < rows; r++)
        for (int c = 0; c < W->columns; c++)
            out[c] += in[r] * W->value[(first_row + r) * W->columns + c];
}

/* The backward side of multiply: d_in[rows] += W d_out, dW += in d_out. */
static void multiply_backward(reference_tensor *W, int first_row, int rows, const double *in,
                              const double *d_out, double *d_in)
{
    for (int r = 0; r < rows; r++)
        for (int c = 0; c < W->columns; c++) {
            size_t at = (size_t)(first_row + r) * W->columns + c;
            if (d_in)
                d_in[r] += W->value[at] * d_out[c];
            W->gradient[at] += in[r] * d_out[c];
        }
}

/* ---- one line through the network ------------------------------------------------------------ */

/* [T + 1][width]; row 0 belongs to the time before the line. */
typedef struct series {
    int width;
    double *value;
} series;

/* The tensors and the activations of a layer, and dL/d of those that reach beyond one step. */
typedef struct layer {
    reference_tensor *input, *recurrent, *peephole, *bias;
    series i, f, g, o, c, h; /* g is the tanh of the cell input */
    series dc, dh;
} layer;

typedef struct pass {
    reference *net;
    const lh_sequence *line;
    lh_clipping clip;
    int N, H, M, K, A, T, U;
    layer layers[LH_LAYERS_MAX + 1]; /* 1..N */
    reference_tensor *window_weight, *window_bias, *output_weight, *output_bias;
    series x;                              /* targets; row t - 1 is the input at t */
    series alpha, beta, advance, kappa, w; /* advance = exp(kappa^) */
    series d_kappa, dw;
    series y, dy; /* y^ and dL/dy^ */
} pass;

static series series_new(const pass *p, int width)
{
    return (series){width, zeros((size_t)(p->T + 1) * width)};
}

static double *at(series s, int t)
{
    return s.value + (size_t)t * s.width;
}

static reference_tensor *layer_tensor(reference *net, int n, const char *what)
{
    char name[32];
    snprintf(name, sizeof name, "layer%d.%s", n, what);
    return reference_find(net, name);
}

static void layer_open(pass *p, int n)
{
    layer *l = &p->layers[n];
    l->input = layer_tensor(p->net, n, "input");
    l->recurrent = layer_tensor(p->net, n, "recurrent");
    l->peephole = layer_tensor(p->net, n, "peephole");
    l->bias = layer_tensor(p->net, n, "bias");
    series *all[] = {&l->i, &l->f, &l->g, &l->o, &l->c, &l->h, &l->dc, &l->dh};
    for (size_t k = 0; k < sizeof all / sizeof *all; k++)
        *all[k] = series_new(p, p->H);
}

static void layer_close(layer *l)
{
    series *all[] = {&l->i, &l->f, &l->g, &l->o, &l->c, &l->h, &l->dc, &l->dh};
    for (size_t k = 0; k < sizeof all / sizeof *all; k++)
        free(all[k]->value);
}

static pass pass_open(reference *net, const lh_sequence *line, const lh_clipping *clipping)
{
    const lh_architecture *a = &net->architecture;
    bool synthesis = a->kind == LH_SYNTHESIS;
    pass p = {.net = net, .line = line, .N = a->layers, .H = a->cells, .M = a->mixtures};
    if (clipping)
        p.clip = *clipping;
    p.K = synthesis ? a->windows : 0;
    p.A = synthesis ? a->alphabet : 0;
    p.T = line->steps;
    p.U = line->characters;
    for (int n = 1; n <= p.N; n++)
        layer_open(&p, n);
    p.window_weight = reference_find(net, "window.weight");
    p.window_bias = reference_find(net, "window.bias");
    p.output_weight = reference_find(net, "output.weight");
    p.output_bias = reference_find(net, "output.bias");
    p.x = series_new(&p, 3);
    for (int k = 0; k < 3 * p.T; k++)
        at(p.x, 1)[k] = (double)line->x[k];
    series *of_window[] = {&p.alpha, &p.beta, &p.advance, &p.kappa, &p.d_kappa};
    for (size_t k = 0; k < sizeof of_window / sizeof *of_window; k++)
        *of_window[k] = series_new(&p, p.K);
    p.w = series_new(&p, p.A);
    p.dw = series_new(&p, p.A);
    p.y = series_new(&p, 1 + 6 * p.M);
    p.dy = series_new(&p, 1 + 6 * p.M);
    return p;
}

static void pass_close(pass *p)
{
    for (int n = 1; n <= p->N; n++)
        layer_close(&p->layers[n]);
    series *all[] = {&p->x, &p->alpha,   &p->beta, &p->advance, &p->kappa,
                     &p->w, &p->d_kappa, &p->dw,   &p->y,       &p->dy};
    for (size_t k = 0; k < sizeof all / sizeof *all; k++)
        free(all[k]->value);
}

static double sigma(double a)
{
    return 1 / (1 + exp(-a));
}

static double clipped(double derivative, double limit)
{
    return limit > 0 ? fmax(-limit, fmin(limit, derivative)) : derivative;
}

/* Layer 1 sees the window of the step before, since w_t is computed from its own h_t. */
static int window_time(int n, int t)
{
    return n == 1 ? t - 1 : t;
}

/* Equations 7-11 with the skip connections of equations 1 and 2 (52 and 53 with a window). */
static void lstm_forward(pass *p, int n, int t)
{
    layer *l = &p->layers[n];
    int H = p->H, A = p->A;
    double *a = zeros((size_t)4 * H); /* what the gates squash: blocks i, f, c, o */
    for (int k = 0; k < 4 * H; k++)
        a[k] = l->bias->value[k];
    multiply(l->input, 0, 3, at(p->x, t - 1), a);
    multiply(l->input, 3, A, at(p->w, window_time(n, t)), a);
    if (n > 1)
        multiply(l->input, 3 + A, H, at(p->layers[n - 1].h, t), a);
    multiply(l->recurrent, 0, H, at(l->h, t - 1), a);

    const double *w_ci = l->peephole->value, *w_cf = w_ci + H, *w_co = w_cf + H;
    const double *c_before = at(l->c, t - 1);
    double *i = at(l->i, t), *f = at(l->f, t), *g = at(l->g, t), *o = at(l->o, t);
    double *c = at(l->c, t), *h = at(l->h, t);
    for (int k = 0; k < H; k++) {
        i[k] = sigma(a[k] + w_ci[k] * c_before[k]);     /* (7) */
        f[k] = sigma(a[H + k] + w_cf[k] * c_before[k]); /* (8) */
        g[k] = tanh(a[2 * H + k]);
        c[k] = f[k] * c_before[k] + i[k] * g[k];     /* (9) */
        o[k] = sigma(a[3 * H + k] + w_co[k] * c[k]); /* (10) */
        h[k] = o[k] * tanh(c[k]);                    /* (11) */
    }
    free(a);
}

/* From dL/dh_t and dL/dc_t (what layers above and step t + 1 left there):
 *   da_o    = dh tanh(c) o (1 - o)              dc     += dh o (1 - tanh(c)^2) + da_o w_co
 *   da_i    = dc g i (1 - i)                    da_f    = dc c_{t-1} f (1 - f)
 *   da_c    = dc i (1 - g^2)                    dc_{t-1} = dc f + da_i w_ci + da_f w_cf
 * The da are the derivatives by the pre-squashing inputs that section 2.1 clips: each is clipped
 * as soon as it is known, and only the clipped value goes further. */
static void lstm_backward(pass *p, int n, int t)
{
    layer *l = &p->layers[n];
    int H = p->H, A = p->A;
    const double *w_ci = l->peephole->value, *w_cf = w_ci + H, *w_co = w_cf + H;
    double *dw_ci = l->peephole->gradient, *dw_cf = dw_ci + H, *dw_co = dw_cf + H;
    const double *i = at(l->i, t), *f = at(l->f, t), *g = at(l->g, t), *o = at(l->o, t);
    const double *c = at(l->c, t), *c_before = at(l->c, t - 1);
    const double *dh = at(l->dh, t);
    double *dc = at(l->dc, t), *dc_before = at(l->dc, t - 1);
    double *da = zeros((size_t)4 * H);
    for (int k = 0; k < H; k++) {
        double *da_i = da + k, *da_f = da + H + k, *da_c = da + 2 * H + k, *da_o = da + 3 * H + k;
        double tanh_c = tanh(c[k]);
        *da_o = clipped(dh[k] * tanh_c * o[k] * (1 - o[k]), p->clip.lstm);
        dc[k] += dh[k] * o[k] * (1 - tanh_c * tanh_c) + *da_o * w_co[k];
        *da_i = clipped(dc[k] * g[k] * i[k] * (1 - i[k]), p->clip.lstm);
        *da_f = clipped(dc[k] * c_before[k] * f[k] * (1 - f[k]), p->clip.lstm);
        *da_c = clipped(dc[k] * i[k] * (1 - g[k] * g[k]), p->clip.lstm);
        dc_before[k] += dc[k] * f[k] + *da_i * w_ci[k] + *da_f * w_cf[k];
        dw_ci[k] += *da_i * c_before[k];
        dw_cf[k] += *da_f * c_before[k];
        dw_co[k] += *da_o * c[k];
    }
    int s = window_time(n, t);
    multiply_backward(l->input, 0, 3, at(p->x, t - 1), da, NULL);
    multiply_backward(l->input, 3, A, at(p->w, s), da, at(p->dw, s));
    if (n > 1) {
        layer *below = &p->layers[n - 1];
        multiply_backward(l->input, 3 + A, H, at(below->h, t), da, at(below->dh, t));
    }
    multiply_backward(l->recurrent, 0, H, at(l->h, t - 1), da, at(l->dh, t - 1));
    for (int k = 0; k < 4 * H; k++)
        l->bias->gradient[k] += da[k];
    free(da);
}

/* Equations 46-51. Characters count u = 1..U. */
static void window_forward(pass *p, int t)
{
    int K = p->K;
    double *p_hat = zeros((size_t)3 * K);
    for (int k = 0; k < 3 * K; k++)
        p_hat[k] = p->window_bias->value[k];
    multiply(p->window_weight, 0, p->H, at(p->layers[1].h, t), p_hat); /* (48) */
    double *alpha = at(p->alpha, t), *beta = at(p->beta, t), *kappa = at(p->kappa, t);
    for (int k = 0; k < K; k++) {
        alpha[k] = exp(p_hat[k]);    /* (49) */
        beta[k] = exp(p_hat[K + k]); /* (50) */
        at(p->advance, t)[k] = exp(p_hat[2 * K + k]);
        kappa[k] = at(p->kappa, t - 1)[k] + at(p->advance, t)[k]; /* (51) */
    }
    for (int u = 1; u <= p->U; u++) {
        double phi = 0;
        for (int k = 0; k < K; k++)
            phi += alpha[k] * exp(-beta[k] * (kappa[k] - u) * (kappa[k] - u)); /* (46) */
        at(p->w, t)[p->line->text[u - 1]] += phi; /* (47), c_u being one-hot */
    }
    free(p_hat);
}

/* With E = exp(-beta (kappa - u)^2) and dphi(u) = dw . c_u, sums over u:
 *   dalpha^ = alpha sum dphi E           dbeta^ = -beta sum dphi alpha (kappa - u)^2 E
 *   dkappa += -2 sum dphi alpha beta (kappa - u) E       dkappa^ = dkappa exp(kappa^)
 * and kappa_{t-1} gets all of dkappa_t. */
static void window_backward(pass *p, int t)
{
    int K = p->K;
    double *d_hat = zeros((size_t)3 * K);
    for (int k = 0; k < K; k++) {
        double alpha = at(p->alpha, t)[k], beta = at(p->beta, t)[k];
        double *d_kappa = &at(p->d_kappa, t)[k];
        for (int u = 1; u <= p->U; u++) {
            double d_phi = at(p->dw, t)[p->line->text[u - 1]];
            double away = at(p->kappa, t)[k] - u;
            double E = exp(-beta * away * away);
            d_hat[k] += alpha * d_phi * E;
            d_hat[K + k] -= beta * d_phi * alpha * away * away * E;
            *d_kappa -= 2 * d_phi * alpha * beta * away * E;
        }
        d_hat[2 * K + k] = *d_kappa * at(p->advance, t)[k];
        at(p->d_kappa, t - 1)[k] += *d_kappa;
        for (int block = 0; block < 3; block++)
            p->window_bias->gradient[block * K + k] += d_hat[block * K + k];
    }
    multiply_backward(p->window_weight, 0, p->H, at(p->layers[1].h, t), d_hat,
                      at(p->layers[1].dh, t));
    free(d_hat);
}

/* Equation 3: every layer feeds the output. */
static void output_forward(pass *p, int t)
{
    for (int k = 0; k < p->y.width; k++)
        at(p->y, t)[k] = p->output_bias->value[k];
    for (int n = 1; n <= p->N; n++)
        multiply(p->output_weight, (n - 1) * p->H, p->H, at(p->layers[n].h, t), at(p->y, t));
}

/* Section 4 clips the derivatives by the outputs y^. */
static void output_backward(pass *p, int t)
{
    double *dy = at(p->dy, t);
    for (int k = 0; k < p->dy.width; k++) {
        dy[k] = clipped(dy[k], p->clip.output);
        p->output_bias->gradient[k] += dy[k];
    }
    for (int n = 1; n <= p->N; n++)
        multiply_backward(p->output_weight, (n - 1) * p->H, p->H, at(p->layers[n].h, t), dy,
                          at(p->layers[n].dh, t));
}

static lh_loss forward(pass *p)
{
    lh_loss loss = {0};
    for (int t = 1; t <= p->T; t++) {
        lstm_forward(p, 1, t);
        if (p->net->architecture.kind == LH_SYNTHESIS)
            window_forward(p, t);
        for (int n = 2; n <= p->N; n++)
            lstm_forward(p, n, t);
        output_forward(p, t);
        reference_mixture(at(p->y, t), p->M, at(p->x, t), &loss, at(p->dy, t));
    }
    return loss;
}

/* Forward's steps in the opposite order. */
static void backward(pass *p)
{
    for (int t = p->T; t >= 1; t--) {
        output_backward(p, t);
        for (int n = p->N; n >= 2; n--)
            lstm_backward(p, n, t);
        if (p->net->architecture.kind == LH_SYNTHESIS)
            window_backward(p, t);
        lstm_backward(p, 1, t);
    }
}

lh_loss reference_loss(reference *net, const lh_sequence *line)
{
    pass p = pass_open(net, line, NULL);
    lh_loss loss = forward(&p);
    pass_close(&p);
    return loss;
}

lh_loss reference_gradient(reference *net, const lh_sequence *line, const lh_clipping *clipping)
{
    pass p = pass_open(net, line, clipping);
    lh_loss loss = forward(&p);
    backward(&p);
    pass_close(&p);
    return loss;
}
