/* Networks with a memory. Their outputs are held against those of a plain network written here from
 * the papers, slot by slot; their gradients, in float64, against slopes of their own loss; and what
 * each instruction set makes of a step, in float32, against what plain code does. */
#include "base/extremes.h"
#include "check.h"
#include "slopes.h"

#include "nn/kernels.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- the plain version ----------------------------------------------------------------------- */

enum { SLOTS_MAX = 9, WIDTH_MAX = 5, READS_MAX = 3, HEADS_MAX = READS_MAX + 1, CELLS_MAX = 8 };

typedef struct plain_memory {
    int N, W, R;
    double M[SLOTS_MAX][WIDTH_MAX];
    double w[HEADS_MAX][SLOTS_MAX]; /* of the head that writes, then of those that read */
    double u[SLOTS_MAX], p[SLOTS_MAX], L[SLOTS_MAX][SLOTS_MAX];
    double r[READS_MAX][WIDTH_MAX];
} plain_memory;

static double sigma(double x)
{
    return 1 / (1 + exp(-x));
}

static double softplus(double x)
{
    return log(1 + exp(x));
}

static void softmax(int count, double *x)
{
    double sum = 0;
    for (int i = 0; i < count; i++)
        sum += exp(x[i]);
    for (int i = 0; i < count; i++)
        x[i] = exp(x[i]) / sum;
}

/* C(M, k, beta) */
static void by_content(const plain_memory *m, const double *k, double beta, double *w)
{
    for (int i = 0; i < m->N; i++) {
        double product = 0, of_key = 1e-6, of_slot = 1e-6;
        for (int j = 0; j < m->W; j++) {
            product += k[j] * m->M[i][j];
            of_key += k[j] * k[j];
            of_slot += m->M[i][j] * m->M[i][j];
        }
        w[i] = beta * product / sqrt(of_key * of_slot);
    }
    softmax(m->N, w);
}

static void plain_write(plain_memory *m, const double *e_hat, const double *v)
{
    for (int i = 0; i < m->N; i++)
        for (int j = 0; j < m->W; j++)
            m->M[i][j] = m->M[i][j] * (1 - m->w[0][i] * sigma(e_hat[j])) + m->w[0][i] * v[j];
}

static void plain_read(plain_memory *m, int head)
{
    for (int j = 0; j < m->W; j++) {
        m->r[head - 1][j] = 0;
        for (int i = 0; i < m->N; i++)
            m->r[head - 1][j] += m->w[head][i] * m->M[i][j];
    }
}

/* Graves, Wayne and Danihelka 2014, section 3. */
static void plain_ntm(plain_memory *m, const double *z)
{
    const int N = m->N, of_head = m->W + 6;
    for (int head = 0; head <= m->R; head++) {
        const double *hat = z + head * of_head + m->W;
        double w_c[SLOTS_MAX], w_g[SLOTS_MAX], s[3], gamma = 1 + softplus(hat[5]), sum = 0;
        by_content(m, z + head * of_head, softplus(hat[0]), w_c);
        memcpy(s, hat + 2, sizeof s);
        softmax(3, s);
        for (int i = 0; i < N; i++)
            w_g[i] = sigma(hat[1]) * w_c[i] + (1 - sigma(hat[1])) * m->w[head][i];
        for (int i = 0; i < N; i++) {
            double shifted = 0;
            for (int j = -1; j <= 1; j++)
                shifted += w_g[(i - j + N) % N] * s[j + 1];
            m->w[head][i] = pow(shifted, gamma);
            sum += m->w[head][i];
        }
        for (int i = 0; i < N; i++)
            m->w[head][i] /= sum;
        if (head == 0)
            plain_write(m, z + (m->R + 1) * of_head, z + (m->R + 1) * of_head + m->W);
        else
            plain_read(m, head);
    }
}

/* Graves et al. 2016, Methods. */
static void plain_dnc_write(plain_memory *m, const double *z)
{
    const int N = m->N, W = m->W, R = m->R;
    const double *own = z + R * (W + 5), *hat = own + W;
    double c[SLOTS_MAX], a[SLOTS_MAX], total = 0;
    bool taken[SLOTS_MAX] = {false};
    for (int i = 0; i < N; i++) {
        double psi = 1;
        for (int r = 0; r < R; r++)
            psi *= 1 - sigma(z[r * (W + 5) + W + 1]) * m->w[r + 1][i];
        m->u[i] = (m->u[i] + m->w[0][i] - m->u[i] * m->w[0][i]) * psi;
    }
    double product = 1;
    for (int j = 0; j < N; j++) {
        int least = -1;
        for (int i = 0; i < N; i++)
            if (!taken[i] && (least < 0 || m->u[i] < m->u[least]))
                least = i;
        taken[least] = true;
        a[least] = (1 - m->u[least]) * product;
        product *= m->u[least];
    }
    by_content(m, own, 1 + softplus(hat[0]), c);
    for (int i = 0; i < N; i++)
        m->w[0][i] = sigma(hat[2]) * (sigma(hat[1]) * a[i] + (1 - sigma(hat[1])) * c[i]);
    plain_write(m, hat + 3, hat + 3 + W);
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++)
            m->L[i][j] =
                i == j ? 0 : (1 - m->w[0][i] - m->w[0][j]) * m->L[i][j] + m->w[0][i] * m->p[j];
    for (int i = 0; i < N; i++)
        total += m->w[0][i];
    for (int i = 0; i < N; i++)
        m->p[i] = (1 - total) * m->p[i] + m->w[0][i];
}

static void plain_dnc(plain_memory *m, const double *z)
{
    plain_dnc_write(m, z);
    for (int r = 0; r < m->R; r++) {
        const double *hat = z + r * (m->W + 5) + m->W;
        double c[SLOTS_MAX], pi[3], w[SLOTS_MAX];
        by_content(m, hat - m->W, 1 + softplus(hat[0]), c);
        memcpy(pi, hat + 2, sizeof pi);
        softmax(3, pi);
        for (int i = 0; i < m->N; i++) {
            double f = 0, b = 0;
            for (int j = 0; j < m->N; j++) {
                f += m->L[i][j] * m->w[r + 1][j];
                b += m->L[j][i] * m->w[r + 1][j];
            }
            w[i] = pi[0] * b + pi[1] * c[i] + pi[2] * f;
        }
        memcpy(m->w[r + 1], w, sizeof w);
        plain_read(m, r + 1);
    }
}

/* ---- a network of one layer of tanh around it ---- */

static const lh_real *tensor(const lh_network *network, const char *name)
{
    const lh_tensor *found = lh_network_find(network, name);
    if (!found)
        fail_msg("no tensor %s", name);
    return lh_network_parameters_const(network) + found->offset;
}

/* out [columns] += in [rows] W */
static void multiply(const lh_real *weights, int rows, int columns, const double *in, double *out)
{
    for (int r = 0; r < rows; r++)
        for (int c = 0; c < columns; c++)
            out[c] += in[r] * (double)weights[r * columns + c];
}

static void copy_to(double *to, const lh_real *from, int count)
{
    for (int i = 0; i < count; i++)
        to[i] = (double)from[i];
}

static void begin_memory(plain_memory *m, const lh_architecture *a)
{
    *m = (plain_memory){.N = a->slots, .W = a->width, .R = a->reads};
    for (int head = 0; head <= m->R && a->memory == lh_memory_find("ntm"); head++)
        m->w[head][0] = 1;
}

/* y [T][A]; `last` is the memory behind the last step. */
static void plain_outputs(const lh_network *network, const lh_sequence *line, double *y,
                          plain_memory *last)
{
    const lh_architecture *a = lh_network_architecture(network);
    const int H = a->cells, shown = a->reads * a->width;
    const int told = lh_network_find(network, "memory.bias")->columns;
    double h[CELLS_MAX] = {0}, r[READS_MAX * WIDTH_MAX] = {0};
    begin_memory(last, a);
    for (int t = 0; t < line->steps; t++) {
        double sums[CELLS_MAX], interface[64], x[8];
        const lh_real *input = tensor(network, "layer1.input");
        assert_true(told <= 64 && H <= CELLS_MAX);
        copy_to(sums, tensor(network, "layer1.bias"), H);
        copy_to(x, line->x + t * a->inputs, a->inputs);
        multiply(input, a->inputs, H, x, sums);
        multiply(input + a->inputs * H, shown, H, r, sums);
        multiply(tensor(network, "layer1.recurrent"), H, H, h, sums);
        for (int j = 0; j < H; j++)
            h[j] = tanh(sums[j]);
        copy_to(interface, tensor(network, "memory.bias"), told);
        multiply(tensor(network, "memory.weight"), H, told, h, interface);
        (a->memory == lh_memory_find("ntm") ? plain_ntm : plain_dnc)(last, interface);
        for (int i = 0; i < a->reads; i++)
            memcpy(r + i * a->width, last->r[i], sizeof *r * (size_t)a->width);
        copy_to(y + t * a->alphabet, tensor(network, "output.bias"), a->alphabet);
        multiply(tensor(network, "output.weight"), H, a->alphabet, h, y + t * a->alphabet);
        multiply(tensor(network, "output.weight") + H * a->alphabet, shown, a->alphabet, r,
                 y + t * a->alphabet);
    }
}

/* ---- networks and lines ---- */

enum { DOUBLE = sizeof(lh_real) == sizeof(double) };
enum { INPUTS = 4, OUTPUTS = 3, LINES = 4, STEPS_MAX = 11 };
static const int steps[LINES] = {7, 1, STEPS_MAX, 4};
/* In float32 what is nearly free or nearly full is soon another slot: shorter lines are compared.
 */
enum { COMPARED = sizeof(lh_real) == sizeof(double) ? STEPS_MAX : 4 };

static const struct {
    int slots, width, reads, layers;
} sizes[] = {{9, 5, 1, 1}, {7, 3, 3, 1}, {1, 1, 1, 1}, {2, 4, 2, 1}, {3, 2, 2, 1}, {5, 3, 2, 2}};
enum { SIZES = sizeof sizes / sizeof *sizes };

static lh_network *new_network(const char *memory, int index, const char *cell)
{
    const lh_architecture a = {.layers = sizes[index].layers,
                               .cells = 6,
                               .alphabet = OUTPUTS,
                               .inputs = INPUTS,
                               .cell = lh_cell_find(cell),
                               .head = lh_head_find("square"),
                               .memory = lh_memory_find(memory),
                               .slots = sizes[index].slots,
                               .width = sizes[index].width,
                               .reads = sizes[index].reads};
    lh_error error = {0};
    lh_network *network = lh_network_new(&a, &error);
    if (!network)
        fail_msg("%s: %s", memory, error.message);
    lh_rng rng;
    lh_rng_seed(&rng, 21, (uint64_t)index);
    for (size_t i = 0; i < lh_network_tensor_count(network); i++) {
        const lh_tensor *of = lh_network_tensor(network, i);
        for (int k = 0; k < of->rows * of->columns; k++)
            lh_network_parameters(network)[of->offset + (size_t)k] =
                (lh_real)(0.8 * lh_rng_normal(&rng));
    }
    lh_network_changed(network);
    return network;
}

typedef struct lines {
    lh_real x[LINES][STEPS_MAX * INPUTS], z[LINES][STEPS_MAX * OUTPUTS];
    lh_sequence sequence[LINES];
} lines;

static void make_lines(lines *l)
{
    for (int i = 0; i < LINES; i++) {
        lh_rng rng;
        lh_rng_seed(&rng, 22, (uint64_t)i);
        for (int k = 0; k < STEPS_MAX * INPUTS; k++)
            l->x[i][k] = (lh_real)lh_rng_normal(&rng);
        for (int k = 0; k < STEPS_MAX * OUTPUTS; k++)
            l->z[i][k] = (lh_real)lh_rng_normal(&rng);
        l->sequence[i] = (lh_sequence){.x = l->x[i], .steps = steps[i], .targets = l->z[i]};
    }
}

static lh_workspace *new_workspace(void)
{
    lh_error error = {0};
    lh_workspace *workspace = lh_workspace_new(&error);
    if (!workspace)
        fail_msg("%s", error.message);
    return workspace;
}

static void close_to(double found, double expected, const char *what, int at)
{
    const double tolerance = DOUBLE ? 1e-11 : 1e-2;
    if (!(fabs(found - expected) <= tolerance * (1 + fabs(expected))))
        fail_msg("%s %d: %.15g, not %.15g", what, at, found, expected);
}

static void check_parts(const lh_network *network, lh_workspace *workspace, const lh_sequence *line,
                        const plain_memory *m)
{
    lh_real values[STEPS_MAX * SLOTS_MAX * SLOTS_MAX];
    lh_error error = {0};
    const bool dnc = lh_network_architecture(network)->memory == lh_memory_find("dnc");
    const int last = (line->steps - 1) * m->N;
    for (int head = 0; head <= m->R; head++) {
        const lh_memory_part part = head ? LH_MEMORY_READ : LH_MEMORY_WRITE;
        check_ok(
            lh_network_look(network, workspace, line, part, head ? head - 1 : 0, values, &error),
            &error);
        for (int i = 0; i < m->N; i++)
            close_to((double)values[last + i], m->w[head][i], "slot", i);
    }
    if (!dnc) {
        check_fails(LH_ERROR_ARGUMENT,
                    lh_network_look(network, workspace, line, LH_MEMORY_USAGE, 0, values, &error),
                    &error, "ntm has no such part");
        return;
    }
    check_ok(lh_network_look(network, workspace, line, LH_MEMORY_USAGE, 0, values, &error), &error);
    for (int i = 0; i < m->N; i++)
        close_to((double)values[last + i], m->u[i], "usage", i);
    check_ok(lh_network_look(network, workspace, line, LH_MEMORY_LINKS, 0, values, &error), &error);
    for (int i = 0; i < m->N * m->N; i++)
        close_to((double)values[last * m->N + i], m->L[i / m->N][i % m->N], "link", i);
}

static void check_outputs(const char *memory, int index)
{
    lh_network *network = new_network(memory, index, "tanh");
    lh_workspace *workspace = new_workspace();
    lines l;
    lh_real y[LINES][STEPS_MAX * OUTPUTS], *outputs[LINES];
    lh_error error = {0};
    make_lines(&l);
    for (int i = 0; i < LINES; i++)
        outputs[i] = y[i];
    check_ok(lh_network_outputs(network, workspace, l.sequence, LINES, outputs, &error), &error);
    for (int i = 0; i < LINES; i++) {
        if (steps[i] > COMPARED)
            continue;
        double plain[STEPS_MAX * OUTPUTS];
        plain_memory last;
        plain_outputs(network, &l.sequence[i], plain, &last);
        for (int k = 0; k < steps[i] * OUTPUTS; k++)
            close_to((double)y[i][k], plain[k], memory, k);
        check_parts(network, workspace, &l.sequence[i], &last);
    }
    lh_workspace_free(workspace);
    lh_network_free(network);
}

static void outputs_are_those_of_the_papers(void **state)
{
    (void)state;
    for (int i = 1; lh_memory_name(i); i++)
        for (int k = 0; k < SIZES; k++)
            if (sizes[k].layers == 1)
                check_outputs(lh_memory_name(i), k);
}

/* ---- gradients ---- */

static void check_gradient(const char *memory, int index, const char *cell)
{
    lh_network *network = new_network(memory, index, cell);
    lh_workspace *workspace = new_workspace();
    const slopes_how how = {1e-4, 0.03, 1e-3, SANITIZED ? 7 : 1, memory};
    lines l;
    make_lines(&l);
    slopes_check(network, workspace, l.sequence, LINES, &how);
    lh_workspace_free(workspace);
    lh_network_free(network);
}

static void the_gradient_is_the_slope_of_the_loss(void **state)
{
    (void)state;
    if (!DOUBLE)
        skip();
    for (int i = 1; lh_memory_name(i); i++)
        for (int k = 0; k < SIZES; k++)
            check_gradient(lh_memory_name(i), k, k % 2 ? "tanh" : "lstm");
}

static void weightings_share_out_at_most_one(void **state)
{
    (void)state;
    for (int i = 1; lh_memory_name(i); i++) {
        lh_network *network = new_network(lh_memory_name(i), 0, "lstm");
        lh_workspace *workspace = new_workspace();
        lh_real values[STEPS_MAX * SLOTS_MAX];
        lh_error error = {0};
        lines l;
        make_lines(&l);
        check_ok(
            lh_network_look(network, workspace, &l.sequence[2], LH_MEMORY_READ, 0, values, &error),
            &error);
        for (int t = 0; t < steps[2]; t++) {
            double sum = 0;
            for (int n = 0; n < sizes[0].slots; n++) {
                assert_true(values[t * sizes[0].slots + n] >= 0);
                sum += (double)values[t * sizes[0].slots + n];
            }
            assert_true(sum <= 1 + 1e-5 && (i == lh_memory_find("dnc") || sum >= 1 - 1e-5));
        }
        lh_workspace_free(workspace);
        lh_network_free(network);
    }
}

/* ---- every instruction set ---- */

enum { ARRAYS_MAX = 4000 };

/* A step forward from a state that some steps made, and backward; all that comes out. */
typedef struct stepped {
    lh_real state[ARRAYS_MAX], read[64], d_state[ARRAYS_MAX], d_interface[256];
} stepped;

static void draw_numbers(lh_rng *rng, size_t count, lh_real *numbers)
{
    for (size_t i = 0; i < count; i++)
        numbers[i] = (lh_real)lh_rng_normal(rng);
}

static void step_with(const lh_memory *memory, const lh_memory_size *z, const lh_real *before,
                      stepped *out)
{
    static lh_real scratch[ARRAYS_MAX];
    lh_real interface[256], d_read[64];
    lh_rng rng;
    lh_rng_seed(&rng, 77, 1);
    draw_numbers(&rng, memory->interface(z), interface);
    draw_numbers(&rng, z->reads * z->width, d_read);
    draw_numbers(&rng, memory->state(z), out->d_state);
    memory->forward(z, &(lh_memory_forward){interface, before, out->state, out->read, scratch});
    memory->backward(z, &(lh_memory_backward){interface, before, out->state, d_read, out->d_state,
                                              out->d_interface, scratch});
}

static void check_alike(const lh_real *found, const lh_real *expected, size_t count,
                        const char *what)
{
    double size = 1;
    for (size_t i = 0; i < count; i++)
        lh_raise(&size, fabs((double)expected[i]));
    for (size_t i = 0; i < count; i++)
        if (!(fabs((double)found[i] - (double)expected[i]) <= (DOUBLE ? 1e-12 : 2e-4) * size))
            fail_msg("%s %zu: %g, not %g", what, i, (double)found[i], (double)expected[i]);
}

static void every_set_steps_as_plain_code_does(void **state)
{
    (void)state;
    const lh_memory_size z = {37, 7, 2};
    const lh_kernels *plain = lh_kernels_find("plain"), *used = lh_kernels_get();
    for (int i = 0; plain->memory[i]; i++) {
        const lh_memory *memory = plain->memory[i];
        static lh_real before[ARRAYS_MAX], next[ARRAYS_MAX], scratch[ARRAYS_MAX];
        static stepped expected, found;
        lh_real interface[256], read[64];
        lh_rng rng;
        lh_rng_seed(&rng, 78, (uint64_t)i);
        assert_true(memory->state(&z) <= ARRAYS_MAX && memory->interface(&z) <= 256);
        memset(before, 0, sizeof before);
        if (memory->begin)
            memory->begin(&z, before);
        for (int t = 0; t < 5; t++) {
            draw_numbers(&rng, memory->interface(&z), interface);
            memory->forward(&z, &(lh_memory_forward){interface, before, next, read, scratch});
            memcpy(before, next, sizeof before);
        }
        step_with(memory, &z, before, &expected);
        step_with(used->memory[i], &z, before, &found);
        check_alike(found.state, expected.state, memory->state(&z), "state");
        check_alike(found.read, expected.read, z.reads * z.width, "read");
        check_alike(found.d_state, expected.d_state, memory->state(&z), "dL/d state");
        check_alike(found.d_interface, expected.d_interface, memory->interface(&z),
                    "dL/d interface");
    }
}

/* ---- what there cannot be ---- */

static void wrong_memories_are_refused(void **state)
{
    (void)state;
    const lh_architecture good = {.layers = 1,
                                  .cells = 3,
                                  .alphabet = 3,
                                  .inputs = 2,
                                  .head = lh_head_find("bits"),
                                  .memory = 1,
                                  .slots = 3,
                                  .width = 2,
                                  .reads = 1};
    lh_architecture wrong[7];
    static const char *const why[] = {"slots in its memory", "numbers in a slot", "heads that read",
                                      "no memory number",    "directions",        "a window",
                                      "slots in its memory"};
    for (int i = 0; i < 7; i++)
        wrong[i] = good;
    wrong[0].slots = LH_SLOTS_MAX + 1;
    wrong[1].width = 0;
    wrong[2].reads = LH_READS_MAX + 1;
    wrong[3].memory = 99;
    wrong[4].directions = 2;
    wrong[5].kind = LH_SYNTHESIS;
    wrong[6].memory = 0;
    for (int i = 0; i < 7; i++) {
        lh_error error = {0};
        assert_null(lh_network_new(&wrong[i], &error));
        if (!strstr(error.message, why[i]))
            fail_msg("%s, not a word of %s", error.message, why[i]);
    }
    lh_error error = {0};
    lh_network *network = lh_network_new(&good, &error);
    assert_non_null(network);
    assert_null(lh_state_new(network, 1, &error));
    assert_non_null(strstr(error.message, "memory"));
    lh_network_free(network);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(outputs_are_those_of_the_papers),
        cmocka_unit_test(the_gradient_is_the_slope_of_the_loss),
        cmocka_unit_test(every_set_steps_as_plain_code_does),
        cmocka_unit_test(weightings_share_out_at_most_one),
        cmocka_unit_test(wrong_memories_are_refused),
    };
    return cmocka_run_group_tests_name("memory", tests, NULL, NULL);
}
