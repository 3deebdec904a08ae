/* The stacked network of Graves 2013, forward and backward through time, from the page: section 2
 * and figure 1 (the stack), 2.1 (the cells: reference_cells.c), 4.1 (reference_mixture.c), 5.1 (the
 * soft window, equations 46-51, and figure 12). Time runs t = 1..T as in the paper; whatever
 * depends on t is a series with rows 0 and T + 1, the null states before and behind the line. */
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

static void layer_name(char name[32], int n, bool reverse, const char *what)
{
    snprintf(name, 32, "layer%d.%s%s", (unsigned char)n, reverse ? "reverse." : "", what);
}

static void add_layer(reference *net, int n, bool reverse)
{
    const lh_architecture *a = &net->architecture;
    int H = a->cells, A = a->kind == LH_SYNTHESIS ? a->alphabet : 0;
    int below = n > 1 ? lh_directions(a) * H : 0, G = net->cell->blocks;
    char name[32];
    layer_name(name, n, reverse, "input");
    add_tensor(net, name, (n > 1 && a->no_skips ? 0 : lh_inputs(a)) + A + below, G * H);
    layer_name(name, n, reverse, "recurrent");
    if (strcmp(net->cell->name, "feed") != 0)
        add_tensor(net, name, H, G * H);
    if (net->cell->own) {
        layer_name(name, n, reverse, net->cell->own);
        add_tensor(net, name, net->cell->own_rows, H);
    }
    layer_name(name, n, reverse, "bias");
    add_tensor(net, name, 1, G * H);
}

static bool is_ctc(const lh_architecture *a)
{
    return a->head == lh_head_find("ctc");
}

static int outputs_of(const lh_architecture *a)
{
    return a->mixtures > 0 ? 1 + 6 * a->mixtures : a->alphabet + is_ctc(a);
}

reference *reference_new(const lh_architecture *architecture)
{
    reference *net = calloc(1, sizeof *net);
    if (!net)
        abort();
    net->architecture = *architecture;
    net->cell = reference_cell_find(lh_cell_name(architecture->cell));
    for (int n = 1; n <= architecture->layers; n++)
        for (int d = 0; d < lh_directions(architecture); d++)
            add_layer(net, n, d > 0);
    if (architecture->kind == LH_SYNTHESIS) {
        add_tensor(net, "window.weight", architecture->cells, 3 * architecture->windows);
        add_tensor(net, "window.bias", 1, 3 * architecture->windows);
    }
    int outputs = outputs_of(architecture);
    int speaking = architecture->no_skips ? 1 : architecture->layers;
    add_tensor(net, "output.weight", lh_directions(architecture) * speaking * architecture->cells,
               outputs);
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

/* [T + 2][width]; rows 0 and T + 1 belong to the times before and behind the line. */
typedef struct series {
    int width;
    double *value;
} series;

/* The tensors and the activations of a layer, and dL/d of those that reach beyond one step. */
typedef struct layer {
    bool reverse;
    reference_tensor *input, *recurrent, *own, *bias;
    series in, back, gates, c, h; /* the sums of its products, and what the cells make of them */
    series dc, dh;
} layer;

/* Layers are counted from 1; of two directions those of level n are 2 n - 1 and 2 n. */
typedef struct pass {
    reference *net;
    const lh_sequence *line;
    lh_clipping clip;
    int N, D, H, G, M, K, A, I, T, U; /* N layers in D directions */
    layer layers[LH_DIRECTIONS_MAX * LH_LAYERS_MAX + 1];
    reference_tensor *window_weight, *window_bias, *output_weight, *output_bias;
    series x;                              /* the line */
    series alpha, beta, advance, kappa, w; /* advance = exp(kappa^) */
    series d_kappa, dw;
    series y, dy; /* y^ and dL/dy^ */
} pass;

static series series_new(const pass *p, int width)
{
    return (series){width, zeros((size_t)(p->T + 2) * width)};
}

static double *at(series s, int t)
{
    return s.value + (size_t)t * s.width;
}

static reference_tensor *layer_tensor(reference *net, int n, bool reverse, const char *what)
{
    char name[32];
    layer_name(name, n, reverse, what);
    return reference_find(net, name);
}

static void layer_open(pass *p, int n)
{
    layer *l = &p->layers[n];
    int level = (n - 1) / p->D + 1;
    l->reverse = (n - 1) % p->D > 0;
    l->input = layer_tensor(p->net, level, l->reverse, "input");
    l->recurrent = layer_tensor(p->net, level, l->reverse, "recurrent");
    if (p->net->cell->own)
        l->own = layer_tensor(p->net, level, l->reverse, p->net->cell->own);
    l->bias = layer_tensor(p->net, level, l->reverse, "bias");
    series *sums[] = {&l->in, &l->back, &l->gates};
    for (size_t k = 0; k < sizeof sums / sizeof *sums; k++)
        *sums[k] = series_new(p, p->G * p->H);
    series *cells[] = {&l->c, &l->h, &l->dc, &l->dh};
    for (size_t k = 0; k < sizeof cells / sizeof *cells; k++)
        *cells[k] = series_new(p, p->H);
}

static void layer_close(layer *l)
{
    series *all[] = {&l->in, &l->back, &l->gates, &l->c, &l->h, &l->dc, &l->dh};
    for (size_t k = 0; k < sizeof all / sizeof *all; k++)
        free(all[k]->value);
}

static pass pass_open(reference *net, const lh_sequence *line, const lh_clipping *clipping)
{
    const lh_architecture *a = &net->architecture;
    bool synthesis = a->kind == LH_SYNTHESIS;
    pass p = {.net = net, .line = line, .H = a->cells, .M = a->mixtures, .I = lh_inputs(a)};
    if (clipping)
        p.clip = *clipping;
    p.D = lh_directions(a);
    p.N = p.D * a->layers;
    p.G = net->cell->blocks;
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
    p.x = series_new(&p, p.I);
    for (int k = 0; k < p.I * p.T; k++)
        at(p.x, 1)[k] = (double)line->x[k];
    series *of_window[] = {&p.alpha, &p.beta, &p.advance, &p.kappa, &p.d_kappa};
    for (size_t k = 0; k < sizeof of_window / sizeof *of_window; k++)
        *of_window[k] = series_new(&p, p.K);
    p.w = series_new(&p, p.A);
    p.dw = series_new(&p, p.A);
    p.y = series_new(&p, outputs_of(a));
    p.dy = series_new(&p, outputs_of(a));
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

static double clipped(double derivative, double limit)
{
    return limit > 0 ? fmax(-limit, fmin(limit, derivative)) : derivative;
}

/* What enters at t: the point before that which is to be foretold, or, for symbols, the point. */
static double *entering(pass *p, int t)
{
    return at(p->x, p->M > 0 ? t - 1 : t);
}

/* Layer 1 sees the window of the step before, since w_t is computed from its own h_t. */
static int window_time(int n, int t)
{
    return n == 1 ? t - 1 : t;
}

static int time_before(const layer *l, int t)
{
    return l->reverse ? t + 1 : t - 1;
}

/* The first of the D layers below layer n; 0: none. */
static int first_below(const pass *p, int n)
{
    int level = (n - 1) / p->D;
    return level > 0 ? (level - 1) * p->D + 1 : 0;
}

/* How many numbers that enter feed layer n. */
static int entering_count(const pass *p, int n)
{
    return p->net->architecture.no_skips && first_below(p, n) > 0 ? 0 : p->I;
}

/* The layers from which on they feed the output. */
static int first_speaking(const pass *p)
{
    return p->net->architecture.no_skips ? p->N - p->D + 1 : 1;
}

/* The skip connections of equations 1 and 2 (52 and 53 with a window), then the cells. */
static void layer_forward(pass *p, int n, int t)
{
    layer *l = &p->layers[n];
    int H = p->H, before = time_before(l, t), below = first_below(p, n), I = entering_count(p, n);
    double *in = at(l->in, t), *back = at(l->back, t);
    for (int k = 0; k < p->G * H; k++)
        in[k] = l->bias->value[k];
    multiply(l->input, 0, I, entering(p, t), in);
    multiply(l->input, I, p->A, at(p->w, window_time(n, t)), in);
    for (int d = 0; below > 0 && d < p->D; d++)
        multiply(l->input, I + p->A + d * H, H, at(p->layers[below + d].h, t), in);
    if (l->recurrent)
        multiply(l->recurrent, 0, H, at(l->h, before), back);
    p->net->cell->forward(H, in, back, l->own ? l->own->value : NULL, at(l->h, before),
                          at(l->c, before), at(l->gates, t), at(l->c, t), at(l->h, t));
}

static void layer_backward(pass *p, int n, int t)
{
    layer *l = &p->layers[n];
    int H = p->H, before = time_before(l, t), below = first_below(p, n), s = window_time(n, t);
    int I = entering_count(p, n);
    double *d_in = zeros((size_t)p->G * H), *d_back = zeros((size_t)p->G * H);
    /* The null states have no derivative that anybody asks for. */
    p->net->cell->backward(H, at(l->back, t), l->own ? l->own->value : NULL, at(l->h, before),
                           at(l->c, before), at(l->gates, t), at(l->c, t), at(l->dh, t),
                           at(l->dc, t), p->clip.cell, d_in, d_back,
                           l->own ? l->own->gradient : NULL, at(l->dh, before), at(l->dc, before));
    multiply_backward(l->input, 0, I, entering(p, t), d_in, NULL);
    multiply_backward(l->input, I, p->A, at(p->w, s), d_in, at(p->dw, s));
    for (int d = 0; below > 0 && d < p->D; d++) {
        layer *from = &p->layers[below + d];
        multiply_backward(l->input, I + p->A + d * H, H, at(from->h, t), d_in, at(from->dh, t));
    }
    if (l->recurrent)
        multiply_backward(l->recurrent, 0, H, at(l->h, before), d_back, at(l->dh, before));
    for (int k = 0; k < p->G * H; k++)
        l->bias->gradient[k] += d_in[k];
    free(d_in);
    free(d_back);
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
    for (int n = first_speaking(p); n <= p->N; n++)
        multiply(p->output_weight, (n - first_speaking(p)) * p->H, p->H, at(p->layers[n].h, t),
                 at(p->y, t));
}

/* Section 4 clips the derivatives by the outputs y^. */
static void output_backward(pass *p, int t)
{
    double *dy = at(p->dy, t);
    for (int k = 0; k < p->dy.width; k++) {
        dy[k] = clipped(dy[k], p->clip.output);
        p->output_bias->gradient[k] += dy[k];
    }
    for (int n = first_speaking(p); n <= p->N; n++)
        multiply_backward(p->output_weight, (n - first_speaking(p)) * p->H, p->H,
                          at(p->layers[n].h, t), dy, at(p->layers[n].dh, t));
}

static void head(pass *p, int t, lh_loss *loss)
{
    if (p->M > 0)
        reference_mixture(at(p->y, t), p->M, at(p->x, t), loss, at(p->dy, t));
    else if (p->line->targets)
        reference_targets(at(p->y, t), p->y.width,
                          p->net->architecture.head == lh_head_find("bits"),
                          p->line->targets + (size_t)(t - 1) * p->y.width, loss, at(p->dy, t));
    else
        reference_softmax(at(p->y, t), p->y.width, (int)p->line->text[t - 1], loss, at(p->dy, t));
}

/* A layer after the other, each through its steps in its own order. */
static lh_loss forward(pass *p)
{
    lh_loss loss = {0};
    for (int n = 1; n <= p->N; n++)
        for (int i = 1; i <= p->T; i++) {
            int t = p->layers[n].reverse ? p->T + 1 - i : i;
            layer_forward(p, n, t);
            if (n == 1 && p->K > 0)
                window_forward(p, t);
        }
    for (int t = 1; t <= p->T; t++)
        output_forward(p, t);
    if (is_ctc(&p->net->architecture))
        reference_ctc(at(p->y, 1), p->y.width - 1, p->T, p->line->text, p->U, &loss, at(p->dy, 1));
    for (int t = 1; t <= p->T && !is_ctc(&p->net->architecture); t++)
        head(p, t, &loss);
    return loss;
}

/* The derivatives by what stood at time t, of layer n and, if that is the first, of the window. */
static int states(pass *p, int n, int t, double **values, int *width)
{
    const series of[] = {p->layers[n].dh, p->layers[n].dc, p->dw, p->d_kappa};
    const int count = n == 1 ? 4 : 2;
    for (int i = 0; i < count; i++) {
        values[i] = at(of[i], t);
        width[i] = of[i].width;
    }
    return count;
}

/* A step that begins a stretch: what it says of the step before counts for nothing. */
static void step_backward_cut(pass *p, int n, int t)
{
    double *values[4], *kept[4];
    int width[4];
    const int count = states(p, n, t - 1, values, width);
    for (int i = 0; i < count; i++) {
        kept[i] = zeros((size_t)width[i]);
        memcpy(kept[i], values[i], sizeof(double) * width[i]);
    }
    if (n == 1 && p->K > 0)
        window_backward(p, t);
    layer_backward(p, n, t);
    for (int i = 0; i < count; i++) {
        memcpy(values[i], kept[i], sizeof(double) * width[i]);
        free(kept[i]);
    }
}

/* Forward's steps in the opposite order. */
static void backward(pass *p)
{
    for (int t = p->T; t >= 1; t--)
        output_backward(p, t);
    for (int n = p->N; n >= 1; n--)
        for (int i = p->T; i >= 1; i--) {
            int t = p->layers[n].reverse ? p->T + 1 - i : i;
            if (p->clip.steps > 0 && (t - 1) % p->clip.steps == 0) {
                step_backward_cut(p, n, t);
                continue;
            }
            if (n == 1 && p->K > 0)
                window_backward(p, t);
            layer_backward(p, n, t);
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

void reference_reach(reference *net, const lh_sequence *line, int t, double *norms)
{
    pass p = pass_open(net, line, NULL);
    forward(&p);
    for (int s = 1; s <= p.T; s++)
        for (int k = 0; s != t && k < p.dy.width; k++)
            at(p.dy, s)[k] = 0;
    backward(&p);
    for (int n = 1; n <= p.N; n++)
        for (int s = 1; s <= p.T; s++) {
            double sum = 0;
            for (int i = 0; i < p.H; i++)
                sum += at(p.layers[n].dh, s)[i] * at(p.layers[n].dh, s)[i];
            norms[(n - 1) * p.T + s - 1] = sqrt(sum);
        }
    pass_close(&p);
}
