/* Writing a step at a time: the same network as in a batch, and the state that moves with it.
 * Built for float and for double. */
#include "architectures.h"
#include "check.h"
#include "nn_compare.h"

#include "nn/state.h"
#include "nn/state_memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const lh_architecture of_the_paper[] = {
    PREDICTION(1, 7, 3),          SYNTHESIS(1, 7, 3, 2, 5), PREDICTION(3, 40, 5),
    SYNTHESIS(3, 33, 20, 10, 61), SYNTHESIS(2, 1, 1, 1, 1),
};
static const lh_architecture reader = {.layers = 2, .cells = 9, .alphabet = 5, .inputs = 4};
enum {
    OF_THE_PAPER = sizeof of_the_paper / sizeof *of_the_paper,
    ARCHITECTURES_MAX = 64,
    INPUTS_MAX = 4,
    LINES = 5
};

/* The networks of the paper, then with every kind of cell one of them and one that tells symbols.
 */
static lh_architecture architectures[ARCHITECTURES_MAX];
static int architecture_count;

static void make_architectures(void)
{
    for (int i = 0; i < OF_THE_PAPER; i++)
        architectures[architecture_count++] = of_the_paper[i];
    for (int cell = 0; lh_cell_name(cell) && architecture_count + 2 <= ARCHITECTURES_MAX; cell++) {
        lh_architecture *writes = &architectures[architecture_count++];
        lh_architecture *reads = &architectures[architecture_count++];
        *writes = of_the_paper[3];
        *reads = reader;
        reads->head = lh_head_find("softmax");
        writes->cell = reads->cell = cell;
        reads->no_skips = cell % 2;
    }
}

/* Longest first: lines that are finished drop off at the end of the rows. */
static const int steps[LINES] = {31, 17, 17, 4, 1};
static const int characters[LINES] = {6, 13, 2, 4, 1};

static const double tolerance = sizeof(lh_real) == sizeof(double) ? 1e-11 : 3e-4;

/* Parameters of 11 significant bits: writing reads them as float16 numbers. */
static void set_rounded(nn_bench *bench)
{
    for (int i = 0; i < bench->plain->count; i++) {
        reference_tensor *tensor = &bench->plain->tensor[i];
        for (int k = 0; k < tensor->rows * tensor->columns; k++) {
            int exponent;
            double fraction = frexp(tensor->value[k], &exponent);
            tensor->value[k] = ldexp(round(fraction * 2048) / 2048, exponent);
        }
    }
    nn_bench_set(bench);
}

static nn_bench bench_new(const lh_architecture *architecture, uint64_t seed, double scale)
{
    nn_bench bench = nn_bench_new(architecture, seed, scale);
    set_rounded(&bench);
    return bench;
}

static nn_lines batch(const lh_architecture *architecture)
{
    return nn_lines_for(architecture, LINES, steps, characters, 77);
}

static lh_state *state_new(const lh_network *network, int rows)
{
    lh_error error = {0};
    lh_state *state = lh_state_new(network, rows, &error);
    if (!state)
        fail_msg("state: %s", error.message);
    return state;
}

/* The text that the window reads. */
static void set_text(const nn_bench *bench, lh_state *state, int row, const lh_sequence *line)
{
    lh_error error = {0};
    if (lh_network_architecture(bench->network)->kind == LH_SYNTHESIS)
        check_ok(lh_state_set_text(state, row, line->text, line->characters, &error), &error);
}

/* The network's input at step t (from 0) of `line`: the point before; for symbols the point. */
static void step_input(const nn_bench *bench, const lh_sequence *line, int t, lh_real *x)
{
    const lh_architecture *a = lh_network_architecture(bench->network);
    int inputs = lh_inputs(a), from = a->mixtures > 0 ? t - 1 : t;
    for (int k = 0; k < inputs; k++)
        x[k] = from >= 0 ? line->x[inputs * from + k] : 0;
}

/* What the raw outputs of `row` say about point t of the line. */
static void add_loss(const lh_network *network, const lh_state *state, int row,
                     const lh_sequence *line, int t, lh_loss *loss)
{
    const lh_architecture *architecture = lh_network_architecture(network);
    const lh_real *output = lh_state_output(state, row);
    double y[1 + 6 * LH_MIXTURES_MAX], x[3];
    for (int k = 0; k < lh_output_size(architecture); k++)
        y[k] = (double)output[k];
    if (architecture->mixtures == 0) {
        reference_softmax(y, architecture->alphabet, (int)line->text[t], loss, NULL);
        return;
    }
    for (int k = 0; k < 3; k++)
        x[k] = (double)line->x[3 * t + k];
    reference_mixture(y, architecture->mixtures, x, loss, NULL);
}

static void steps_have_the_loss_of_the_batch(void **unused)
{
    (void)unused;
    for (int i = 0; i < architecture_count; i++) {
        /* h of other cells is larger, and the reference knows no bounds of y^ (bounds.h). */
        nn_bench bench = bench_new(&architectures[i], 20 + i, architectures[i].cell ? 0.5 : 0.8);
        nn_lines lines = batch(&architectures[i]);
        lh_state *state = state_new(bench.network, LINES);
        for (int n = 0; n < LINES; n++)
            set_text(&bench, state, n, &lines.sequence[n]);
        lh_loss losses[LINES] = {0}, expected[LINES];
        int rows = LINES;
        for (int t = 0; t < steps[0]; t++) {
            while (steps[rows - 1] <= t)
                rows--;
            lh_real x[INPUTS_MAX * LINES];
            for (int n = 0; n < rows; n++)
                step_input(&bench, &lines.sequence[n], t, x + lh_inputs(&architectures[i]) * n);
            lh_network_step(bench.network, state, x, rows);
            for (int n = 0; n < rows; n++)
                add_loss(bench.network, state, n, &lines.sequence[n], t, &losses[n]);
        }
        nn_fast_gradient(&bench, lines.sequence, LINES, NULL, expected);
        for (int n = 0; n < LINES; n++)
            nn_check_loss(losses[n], expected[n], tolerance);
        lh_state_free(state);
        nn_lines_free(&lines);
        nn_bench_free(&bench);
    }
}

static void check_close(double value, double expected, const char *what)
{
    if (!(fabs(value - expected) <= tolerance * (1 + fabs(expected))))
        fail_msg("%s is %.12g, expected %.12g", what, value, expected);
}

static void views_show_the_quantities_of_the_paper(void **unused)
{
    (void)unused;
    const lh_architecture *a = &architectures[3];
    nn_bench bench = bench_new(a, 30, 0.8);
    nn_lines lines = batch(a);
    const lh_sequence *line = &lines.sequence[0];
    lh_state *state = state_new(bench.network, 2);
    set_text(&bench, state, 0, line);
    set_text(&bench, state, 1, line);
    assert_int_equal(lh_state_characters(state, 0), line->characters);
    double cell[33] = {0}, kappa[10] = {0};
    for (int t = 0; t < line->steps; t++) {
        lh_real x[6];
        step_input(&bench, line, t, x);
        step_input(&bench, line, t, x + 3);
        lh_network_step(bench.network, state, x, 2);
        const lh_real *gates = state->gates[a->layers - 1];
        const lh_real *c = state->carried[a->layers - 1];
        const lh_real *h = lh_state_hidden(state, 0, a->layers - 1);
        for (int k = 0; k < a->cells; k++) {
            double i_t = gates[k], f = gates[a->cells + k], g = gates[2 * a->cells + k];
            check_close(c[k], f * cell[k] + i_t * g, "c");
            check_close(h[k], gates[3 * a->cells + k] * tanh(c[k]), "h");
            cell[k] = c[k];
        }
        const lh_real *alpha = state->alpha, *beta = state->beta;
        for (int k = 0; k < a->windows; k++) {
            assert_true(lh_state_kappa(state, 0)[k] > kappa[k]);
            kappa[k] = lh_state_kappa(state, 0)[k];
        }
        for (int u = 1; u <= line->characters + 1; u++) {
            double phi = 0;
            for (int k = 0; k < a->windows; k++)
                phi += alpha[k] * exp(-beta[k] * (kappa[k] - u) * (kappa[k] - u));
            check_close(lh_state_phi(state, 0)[u - 1], phi, "phi");
        }
    }
    lh_state_free(state);
    nn_lines_free(&lines);
    nn_bench_free(&bench);
}

/* Steps `from` to `to` of line `n` in row 0 of a state of one row. */
static void run(const nn_bench *bench, lh_state *state, const lh_sequence *line, int from, int to)
{
    for (int t = from; t < to; t++) {
        lh_real x[INPUTS_MAX];
        step_input(bench, line, t, x);
        lh_network_step(bench->network, state, x, 1);
    }
}

static void check_same_output(const nn_bench *bench, const lh_state *a, int row_a,
                              const lh_state *b, int row_b)
{
    size_t size = lh_output_size(lh_network_architecture(bench->network));
    const lh_real *y_a = lh_state_output(a, row_a), *y_b = lh_state_output(b, row_b);
    for (size_t k = 0; k < size; k++)
        check_close((double)y_a[k], (double)y_b[k], "output");
}

static void a_copied_row_goes_on_like_the_original(void **unused)
{
    (void)unused;
    for (int i = 0; i < architecture_count; i++) {
        nn_bench bench = bench_new(&architectures[i], 40, 0.8);
        nn_lines lines = batch(&architectures[i]);
        const lh_sequence *line = &lines.sequence[0];
        lh_state *original = state_new(bench.network, 1), *copy = state_new(bench.network, 3);
        lh_error error = {0};
        set_text(&bench, original, 0, line);
        run(&bench, original, line, 0, 10);
        check_ok(lh_state_copy(copy, 2, original, 0, &error), &error);
        check_same_output(&bench, copy, 2, original, 0);
        check_ok(lh_state_copy(copy, 0, copy, 2, &error), &error);
        run(&bench, original, line, 10, 20);
        run(&bench, copy, line, 10, 20);
        check_same_output(&bench, copy, 0, original, 0);
        lh_state_free(original);
        lh_state_free(copy);
        nn_lines_free(&lines);
        nn_bench_free(&bench);
    }
}

static lh_real *memory_of(const lh_state *state, int row)
{
    lh_real *memory = malloc((lh_state_memory_size(state) + 1) * sizeof *memory);
    assert_non_null(memory);
    lh_state_get_memory(state, row, memory);
    return memory;
}

static void a_remembered_row_goes_on_like_the_original(void **unused)
{
    (void)unused;
    for (int i = 0; i < architecture_count; i++) {
        nn_bench bench = bench_new(&architectures[i], 42, 0.8);
        nn_lines lines = batch(&architectures[i]);
        const lh_sequence *line = &lines.sequence[0];
        lh_state *original = state_new(bench.network, 1), *other = state_new(bench.network, 3);
        lh_error error = {0};
        set_text(&bench, original, 0, line);
        run(&bench, original, line, 0, 10);
        lh_real *memory = memory_of(original, 0);
        set_text(&bench, other, 0, line);
        run(&bench, other, line, 10, 13); /* what it knew is forgotten */
        check_ok(lh_state_copy(other, 2, other, 0, &error), &error);
        check_ok(lh_state_set_memory(other, 2, memory, lh_state_memory_size(other), &error),
                 &error);
        check_ok(lh_state_copy(other, 0, other, 2, &error), &error);
        run(&bench, original, line, 10, 20);
        run(&bench, other, line, 10, 20);
        assert_memory_equal(lh_state_output(other, 0), lh_state_output(original, 0),
                            sizeof *memory * (size_t)lh_output_size(&architectures[i]));
        free(memory);
        lh_state_free(original);
        lh_state_free(other);
        nn_lines_free(&lines);
        nn_bench_free(&bench);
    }
}

static void gates_are_shown_that_the_cells_have(void **unused)
{
    (void)unused;
    for (int i = 0; i < architecture_count; i++) {
        const lh_architecture *a = &architectures[i];
        nn_bench bench = bench_new(a, 41, 0.5);
        nn_lines lines = batch(a);
        lh_state *state = state_new(bench.network, 1);
        set_text(&bench, state, 0, &lines.sequence[0]);
        run(&bench, state, &lines.sequence[0], 0, 3);
        static const int block[LH_GATE_COUNT] = {0, 1, 3};
        bool lstm = strncmp(lh_cell_name(a->cell), "lstm", 4) == 0;
        for (int g = 0; g < LH_GATE_COUNT; g++)
            assert_ptr_equal(lh_state_gate(state, 0, a->layers - 1, (lh_gate)g),
                             lstm ? state->gates[a->layers - 1] + block[g] * a->cells : NULL);
        assert_int_equal((state->size.carried > 0), lstm);
        lh_state_free(state);
        nn_lines_free(&lines);
        nn_bench_free(&bench);
    }
}

static void a_line_read_from_both_ends_has_no_steps(void **unused)
{
    (void)unused;
    lh_architecture a = reader;
    a.head = lh_head_find("softmax");
    a.directions = 2;
    lh_error error = {0};
    lh_network *network = lh_network_new(&a, &error);
    assert_non_null(network);
    assert_null(lh_state_new(network, 1, &error));
    assert_int_equal(error.status, LH_ERROR_ARGUMENT);
    assert_non_null(strstr(error.message, "both ends"));
    lh_network_free(network);
}

static void a_memory_of_another_size_or_not_finite_is_refused(void **unused)
{
    (void)unused;
    nn_bench bench = bench_new(&architectures[1], 43, 0.8);
    lh_state *state = state_new(bench.network, 2);
    lh_real *memory = memory_of(state, 1);
    size_t count = lh_state_memory_size(state);
    lh_error error = {0};
    char not_so[80];
    snprintf(not_so, sizeof not_so, "memory has %zu numbers, not %zu", count, count - 1);
    check_fails(LH_ERROR_FORMAT, lh_state_set_memory(state, 1, memory, count - 1, &error), &error,
                not_so);
    snprintf(not_so, sizeof not_so, "memory has %zu numbers, not %zu", count, count + 1);
    check_fails(LH_ERROR_FORMAT, lh_state_set_memory(state, 1, memory, count + 1, &error), &error,
                not_so);
    memory[0] = 0.5;
    memory[count - 1] = NAN;
    snprintf(not_so, sizeof not_so, "number %zu of a network's memory is nan", count);
    check_fails(LH_ERROR_FORMAT, lh_state_set_memory(state, 1, memory, count, &error), &error,
                not_so);
    assert_true(lh_state_hidden(state, 1, 0)[0] == 0);
    memory[count - 1] = 0;
    check_ok(lh_state_set_memory(state, 1, memory, count, &error), &error);
    assert_true(lh_state_hidden(state, 1, 0)[0] == memory[0]);
    free(memory);
    lh_state_free(state);
    nn_bench_free(&bench);
}

static void a_reset_row_begins_anew_with_its_text(void **unused)
{
    (void)unused;
    for (int i = 0; i < architecture_count; i++) {
        nn_bench bench = bench_new(&architectures[i], 50, 0.8);
        nn_lines lines = batch(&architectures[i]);
        const lh_sequence *line = &lines.sequence[0];
        lh_state *used = state_new(bench.network, 1), *fresh = state_new(bench.network, 1);
        set_text(&bench, used, 0, line);
        set_text(&bench, fresh, 0, line);
        run(&bench, used, line, 0, 20);
        lh_state_reset(used, 0);
        run(&bench, used, line, 0, 5);
        run(&bench, fresh, line, 0, 5);
        check_same_output(&bench, used, 0, fresh, 0);
        lh_state_free(used);
        lh_state_free(fresh);
        nn_lines_free(&lines);
        nn_bench_free(&bench);
    }
}

/* The same network once with the text and once, moved on by three, with three characters of which
 * the window sees nothing (beta is large) before it. */
static void shifted_kappa_reads_the_same_text_further_on(void **unused)
{
    (void)unused;
    enum { SHIFT = 3, U = 6 };
    const lh_architecture *a = &architectures[1];
    nn_bench bench = bench_new(a, 60, 0.5);
    reference_tensor *bias = reference_find(bench.plain, "window.bias");
    for (int k = 0; k < a->windows; k++) {
        bias->value[a->windows + k] = 3;      /* beta about 20 */
        bias->value[2 * a->windows + k] = -1; /* kappa advances by about 0.4 */
    }
    set_rounded(&bench);
    static const int32_t text[SHIFT + U] = {4, 4, 4, 1, 0, 2, 3, 1, 2};
    nn_lines lines = batch(a);
    lh_state *near = state_new(bench.network, 1), *far = state_new(bench.network, 1);
    lh_error error = {0};
    check_ok(lh_state_set_text(near, 0, text + SHIFT, U, &error), &error);
    run(&bench, near, &lines.sequence[0], 0, 4);
    check_ok(lh_state_copy(far, 0, near, 0, &error), &error);
    check_ok(lh_state_set_text(far, 0, text, SHIFT + U, &error), &error);
    double kappa = lh_state_kappa(near, 0)[0];
    check_close(lh_state_kappa(far, 0)[0], kappa, "kappa after a new text");
    lh_state_shift_kappa(far, 0, SHIFT);
    check_close(lh_state_kappa(far, 0)[0], kappa + SHIFT, "kappa after a shift");
    run(&bench, near, &lines.sequence[0], 4, 8);
    run(&bench, far, &lines.sequence[0], 4, 8);
    check_same_output(&bench, far, 0, near, 0);
    for (int u = 0; u <= U; u++)
        check_close(lh_state_phi(far, 0)[SHIFT + u], lh_state_phi(near, 0)[u], "phi");
    lh_state_free(near);
    lh_state_free(far);
    nn_lines_free(&lines);
    nn_bench_free(&bench);
}

/* bounds.h: alpha and beta end at e^10. The views show what phi is made of. */
static void views_are_bounded_like_the_window(void **unused)
{
    (void)unused;
    const lh_architecture *a = &architectures[1];
    nn_bench bench = bench_new(a, 63, 0.1);
    reference_tensor *bias = reference_find(bench.plain, "window.bias");
    for (int k = 0; k < 2 * a->windows; k++)
        bias->value[k] = 40;
    set_rounded(&bench);
    nn_lines lines = batch(a);
    lh_state *state = state_new(bench.network, 1);
    set_text(&bench, state, 0, &lines.sequence[0]);
    run(&bench, state, &lines.sequence[0], 0, 1);
    for (int k = 0; k < a->windows; k++) {
        check_close((double)state->alpha[k], exp(10), "alpha");
        check_close((double)state->beta[k], exp(10), "beta");
    }
    lh_state_free(state);
    nn_lines_free(&lines);
    nn_bench_free(&bench);
}

/* To the last bit, whatever tiles the rows fall into. */
static void rows_know_nothing_of_each_other(void **unused)
{
    (void)unused;
    enum { ROWS = 31 };
    const lh_architecture *a = &architectures[3];
    nn_bench bench = bench_new(a, 61, 0.8);
    nn_lines lines = batch(a);
    size_t output_size = sizeof(lh_real) * lh_output_size(a);
    lh_state *alone = state_new(bench.network, 1), *many = state_new(bench.network, ROWS);
    for (int rows = 2; rows <= ROWS; rows++) {
        int mine = rows * 5 % 7 % rows;
        lh_state_reset(alone, 0);
        set_text(&bench, alone, 0, &lines.sequence[1]);
        for (int row = 0; row < rows; row++) {
            lh_state_reset(many, row);
            set_text(&bench, many, row, &lines.sequence[row == mine ? 1 : row % LINES]);
        }
        for (int t = 0; t < 6; t++) {
            lh_real x[3 * ROWS];
            for (int row = 0; row < rows; row++)
                step_input(&bench, &lines.sequence[row == mine ? 1 : 0], t, x + 3 * row);
            lh_network_step(bench.network, many, x, rows);
            lh_network_step(bench.network, alone, x + 3 * mine, 1);
            if (memcmp(lh_state_output(many, mine), lh_state_output(alone, 0), output_size) != 0)
                fail_msg("row %d of %d at step %d is not the same as alone", mine, rows, t);
        }
    }
    lh_state_free(alone);
    lh_state_free(many);
    nn_lines_free(&lines);
    nn_bench_free(&bench);
}

static void a_state_follows_weights_that_change(void **unused)
{
    (void)unused;
    nn_bench bench = bench_new(&architectures[1], 62, 0.8);
    nn_lines lines = batch(&architectures[1]);
    lh_state *early = state_new(bench.network, 1);
    reference_find(bench.plain, "layer1.recurrent")->value[0] += 1;
    reference_find(bench.plain, "output.weight")->value[0] += 1;
    set_rounded(&bench);
    lh_state *late = state_new(bench.network, 1);
    set_text(&bench, early, 0, &lines.sequence[0]);
    set_text(&bench, late, 0, &lines.sequence[0]);
    run(&bench, early, &lines.sequence[0], 0, 3);
    run(&bench, late, &lines.sequence[0], 0, 3);
    check_same_output(&bench, early, 0, late, 0);
    reference_find(bench.plain, "output.weight")->value[1] += 1;
    set_rounded(&bench);
    run(&bench, early, &lines.sequence[0], 3, 4);
    lh_state *latest = state_new(bench.network, 1);
    set_text(&bench, latest, 0, &lines.sequence[0]);
    run(&bench, latest, &lines.sequence[0], 0, 4);
    check_same_output(&bench, early, 0, latest, 0);
    lh_state_free(early);
    lh_state_free(late);
    lh_state_free(latest);
    nn_lines_free(&lines);
    nn_bench_free(&bench);
}

int main(void)
{
    make_architectures();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steps_have_the_loss_of_the_batch),
        cmocka_unit_test(views_show_the_quantities_of_the_paper),
        cmocka_unit_test(a_copied_row_goes_on_like_the_original),
        cmocka_unit_test(a_remembered_row_goes_on_like_the_original),
        cmocka_unit_test(gates_are_shown_that_the_cells_have),
        cmocka_unit_test(a_line_read_from_both_ends_has_no_steps),
        cmocka_unit_test(a_memory_of_another_size_or_not_finite_is_refused),
        cmocka_unit_test(a_reset_row_begins_anew_with_its_text),
        cmocka_unit_test(shifted_kappa_reads_the_same_text_further_on),
        cmocka_unit_test(views_are_bounded_like_the_window),
        cmocka_unit_test(rows_know_nothing_of_each_other),
        cmocka_unit_test(a_state_follows_weights_that_change),
    };
    return cmocka_run_group_tests_name("step", tests, NULL, NULL);
}
