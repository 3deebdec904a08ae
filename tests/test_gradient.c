/* The fast networks, built with double for lh_real, against the plain reference, against
 * differences of their own loss, and against numbers from numpy. */
#include "architectures.h"
#include "check.h"
#include "golden.h"
#include "nn_compare.h"
#include "slopes.h"

#include <math.h>
#include <string.h>

/* Odd sizes, so that every padded edge of a blocked kernel is in use. */
static const lh_architecture of_the_paper[] = {
    PREDICTION(1, 7, 3),      PREDICTION(2, 7, 3),      PREDICTION(3, 7, 3),
    SYNTHESIS(1, 7, 3, 2, 5), SYNTHESIS(2, 7, 3, 2, 5), SYNTHESIS(3, 7, 3, 2, 5),
    SYNTHESIS(2, 1, 1, 1, 1), PREDICTION(3, 17, 1),     SYNTHESIS(3, 33, 20, 10, 61),
};
static const lh_architecture reader = {.layers = 2, .cells = 7, .alphabet = 5, .inputs = 4};
enum { OF_THE_PAPER = sizeof of_the_paper / sizeof *of_the_paper, PER_CELL = 8 };

/* The networks of the paper, then with every kind of cell some of them and what reads. */
static lh_architecture architectures[OF_THE_PAPER + 16 * PER_CELL];
static int architecture_count;

static void add_architecture(lh_architecture a, int cell)
{
    a.cell = cell;
    architectures[architecture_count++] = a;
}

static void make_architectures(void)
{
    for (int i = 0; i < OF_THE_PAPER; i++)
        add_architecture(of_the_paper[i], 0);
    for (int cell = 0; lh_cell_name(cell); cell++) {
        lh_architecture one_way = reader, both_ways;
        one_way.head = lh_head_find("softmax");
        both_ways = one_way;
        both_ways.directions = 2;
        both_ways.inputs = LH_INPUTS;
        if (cell > 0) {
            add_architecture(of_the_paper[1], cell);
            add_architecture(of_the_paper[5], cell);
            /* Of cells that do not look back the largest tells a rho^ beyond its bound. */
            if (strcmp(lh_cell_name(cell), "feed") != 0)
                add_architecture(of_the_paper[8], cell);
        }
        add_architecture(one_way, cell);
        add_architecture(both_ways, cell);
        both_ways.head = lh_head_find("ctc");
        both_ways.inputs = 4;
        add_architecture(both_ways, cell);
    }
    for (int i = 1; i <= 8; i += 3) { /* without skip connections: of two layers and of three */
        lh_architecture bare = of_the_paper[i == 7 ? 5 : i];
        bare.no_skips = 1;
        add_architecture(bare, i == 4 ? lh_cell_find("lstm_plain") : 0);
    }
    for (int cell = 0; lh_cell_name(cell); cell++) {
        lh_architecture tells = reader;
        tells.head = lh_head_find("square");
        add_architecture(tells, cell);
        tells.head = lh_head_find("bits");
        add_architecture(tells, cell);
    }
}

enum { LINES = 7 };

/* Unequal in both, not sorted, with the shortest there can be. */
static const int steps[LINES] = {9, 1, 23, 4, 23, 2, 14};
static const int characters[LINES] = {3, 1, 8, 5, 2, 1, 12};

static nn_lines batch(const lh_architecture *architecture)
{
    return nn_lines_for(architecture, LINES, steps, characters, 41);
}

static void loss_and_gradient_are_those_of_the_equations(void **state)
{
    (void)state;
    for (int i = 0; i < architecture_count; i++) {
        nn_bench bench = nn_bench_new(&architectures[i], 3 + i, 0.8);
        nn_lines lines = batch(&architectures[i]);
        lh_loss expected = nn_plain_gradient(&bench, lines.sequence, LINES, NULL);
        lh_loss loss = nn_fast_gradient(&bench, lines.sequence, LINES, NULL, NULL);
        nn_check_loss(loss, expected, 1e-12);
        nn_check_gradient(bench.fast, bench.plain, 1e-9);
        nn_check_padding(&bench);
        nn_check_loss(nn_fast_loss(&bench, lines.sequence, LINES), expected, 1e-12);
        nn_lines_free(&lines);
        nn_bench_free(&bench);
    }
}

/* A batch of more rows than backpropagation takes at once: what one stretch of time hands to the
 * one before must arrive. */
static void long_batches_are_those_of_the_equations(void **state)
{
    (void)state;
    enum { LONG = 6 };
    static const int long_steps[LONG] = {1700, 3, 1501, 1700, 1040, 1};
    static const int long_characters[LONG] = {70, 3, 65, 129, 40, 1};
    static const lh_clipping clip = {.output = 1, .cell = 0.05};
    for (int i = 0; i < architecture_count; i++) {
        const lh_architecture *a = &architectures[i];
        if (a->layers != (a->kind == LH_SYNTHESIS ? 3 : 2) || a->cells != 7)
            continue;
        nn_bench bench = nn_bench_new(a, 10, 0.5);
        /* A window that is still inside the text at the end. */
        for (int k = 0; k < a->windows; k++)
            reference_find(bench.plain, "window.bias")->value[2 * a->windows + k] = -3 - k;
        nn_bench_set(&bench);
        nn_lines lines = nn_lines_for(a, LONG, long_steps, long_characters, 44);
        lh_loss expected = nn_plain_gradient(&bench, lines.sequence, LONG, &clip);
        lh_loss loss = nn_fast_gradient(&bench, lines.sequence, LONG, &clip, NULL);
        nn_check_loss(loss, expected, 1e-12);
        nn_check_gradient(bench.fast, bench.plain, 1e-9);
        nn_lines_free(&lines);
        nn_bench_free(&bench);
    }
}

static void numpy_has_the_same_loss_and_gradient(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++) {
        nn_bench bench = nn_bench_new(&golden_networks[i].architecture, 0, 0);
        nn_lines lines = golden_line(&golden_networks[i]);
        golden_fill(bench.plain);
        nn_bench_set(&bench);
        lh_loss loss = nn_fast_gradient(&bench, lines.sequence, 1, NULL, NULL);
        golden_check(&golden_networks[i], bench.fast, loss, 1e-11);
        nn_lines_free(&lines);
        nn_bench_free(&bench);
    }
}

/* Every entry of every tensor, or every `stride`-th. */
static void check_slopes(nn_bench *bench, const nn_lines *lines, int stride)
{
    const slopes_how how = {1e-3, 0.01, 0, stride, "a network"};
    slopes_check(bench->network, bench->workspace, lines->sequence, lines->count, &how);
}

static void the_gradient_is_the_slope_of_the_loss(void **state)
{
    (void)state;
    for (int i = 0; i < architecture_count; i++) {
        const lh_architecture *architecture = &architectures[i];
        nn_bench bench = nn_bench_new(architecture, 70 + i, 0.5);
        nn_lines lines = batch(architecture);
        check_slopes(&bench, &lines, architecture->cells > 7 ? 89 : SANITIZED ? 23 : 1);
        nn_lines_free(&lines);
        nn_bench_free(&bench);
    }
}

/* Of each line another share, one of them none. */
static void let_drop_out(nn_lines *lines)
{
    for (int i = 0; i < lines->count; i++) {
        lines->sequence[i].dropout = 0.1 * i;
        lh_rng_seed(&lines->sequence[i].dropped, 7, (uint64_t)i);
    }
}

static void the_gradient_with_dropout_is_the_slope_of_the_loss(void **state)
{
    (void)state;
    for (int i = 0; i < architecture_count; i++) {
        const lh_architecture *architecture = &architectures[i];
        nn_bench bench = nn_bench_new(architecture, 70 + i, 0.5);
        nn_lines lines = batch(architecture);
        const double whole = nn_total(nn_fast_loss(&bench, lines.sequence, lines.count));
        let_drop_out(&lines);
        assert_true(nn_total(nn_fast_loss(&bench, lines.sequence, lines.count)) != whole);
        check_slopes(&bench, &lines, architecture->cells > 7 ? 89 : SANITIZED ? 97 : 37);
        nn_lines_free(&lines);
        nn_bench_free(&bench);
    }
}

static void a_batch_is_its_lines_one_at_a_time(void **state)
{
    (void)state;
    for (int i = 0; i < architecture_count; i++) {
        nn_bench bench = nn_bench_new(&architectures[i], 5, 0.8);
        nn_lines lines = batch(&architectures[i]);
        lh_loss together[LINES];
        reference_clear_gradient(bench.plain);
        for (int n = 0; n < LINES; n++) {
            lh_loss alone = nn_fast_gradient(&bench, &lines.sequence[n], 1, NULL, NULL);
            for (int tensor = 0; tensor < bench.plain->count; tensor++) {
                reference_tensor *to = &bench.plain->tensor[tensor];
                for (int k = 0; k < to->rows * to->columns; k++)
                    to->gradient[k] += bench.fast->tensor[tensor].gradient[k];
            }
            together[n] = alone;
        }
        lh_loss losses[LINES];
        nn_fast_gradient(&bench, lines.sequence, LINES, NULL, losses);
        for (int n = 0; n < LINES; n++)
            nn_check_loss(losses[n], together[n], 1e-13);
        nn_check_gradient(bench.fast, bench.plain, 1e-12);
        nn_lines_free(&lines);
        nn_bench_free(&bench);
    }
}

static void the_order_of_the_lines_does_not_matter(void **state)
{
    (void)state;
    static const int order[LINES] = {4, 6, 0, 1, 3, 2, 5};
    for (int i = 0; i < architecture_count; i++) {
        nn_bench bench = nn_bench_new(&architectures[i], 6, 0.8);
        nn_lines lines = batch(&architectures[i]);
        lh_sequence shuffled[LINES];
        for (int n = 0; n < LINES; n++)
            shuffled[n] = lines.sequence[order[n]];
        lh_loss losses[LINES], other[LINES];
        nn_fast_gradient(&bench, lines.sequence, LINES, NULL, losses);
        for (int tensor = 0; tensor < bench.plain->count; tensor++) {
            reference_tensor *to = &bench.plain->tensor[tensor];
            memcpy(to->gradient, bench.fast->tensor[tensor].gradient,
                   sizeof(double) * to->rows * to->columns);
        }
        nn_fast_gradient(&bench, shuffled, LINES, NULL, other);
        for (int n = 0; n < LINES; n++)
            nn_check_loss(other[n], losses[order[n]], 1e-13);
        nn_check_gradient(bench.fast, bench.plain, 1e-12);
        nn_lines_free(&lines);
        nn_bench_free(&bench);
    }
}

/* The share of the reference's gradient entries that `clipping` changes. */
static double changed_share(nn_bench *bench, const nn_lines *lines, const lh_clipping *clipping)
{
    reference *unclipped = reference_new(&bench->plain->architecture);
    for (int i = 0; i < unclipped->count; i++)
        memcpy(unclipped->tensor[i].value, bench->plain->tensor[i].value,
               sizeof(double) * unclipped->tensor[i].rows * unclipped->tensor[i].columns);
    for (int n = 0; n < lines->count; n++)
        reference_gradient(unclipped, &lines->sequence[n], NULL);
    nn_plain_gradient(bench, lines->sequence, lines->count, clipping);
    int changed = 0, all = 0;
    for (int i = 0; i < unclipped->count; i++)
        for (int k = 0; k < unclipped->tensor[i].rows * unclipped->tensor[i].columns; k++, all++)
            changed += unclipped->tensor[i].gradient[k] != bench->plain->tensor[i].gradient[k];
    reference_free(unclipped);
    return (double)changed / all;
}

static void derivatives_are_clipped_where_the_paper_says(void **state)
{
    (void)state;
    static const lh_clipping clippings[] = {{.output = 0.4},
                                            {.cell = 0.03},
                                            {.output = 0.4, .cell = 0.03},
                                            {.output = 100, .cell = 10}};
    for (int i = 0; i < architecture_count; i++) {
        nn_bench bench = nn_bench_new(&architectures[i], 7, 0.8);
        nn_lines lines = batch(&architectures[i]);
        for (int c = 0; c < 4; c++) {
            /* The small limits must bind for this to be a check. */
            double share = changed_share(&bench, &lines, &clippings[c]);
            assert_true(c == 3 || share > 0.2);
            lh_loss loss = nn_fast_gradient(&bench, lines.sequence, LINES, &clippings[c], NULL);
            nn_check_gradient(bench.fast, bench.plain, 1e-10);
            /* Clipping is of derivatives only. */
            nn_check_loss(loss, nn_fast_loss(&bench, lines.sequence, LINES), 1e-14);
        }
        nn_lines_free(&lines);
        nn_bench_free(&bench);
    }
}

/* Among them stretches as long as the longest line, and longer. */
static void truncated_gradients_are_those_of_the_equations(void **state)
{
    (void)state;
    static const lh_clipping cuts[] = {{.steps = 1}, {.steps = 5}, {.steps = 23}, {.steps = 99}};
    for (int i = 0; i < architecture_count; i++) {
        if (lh_directions(&architectures[i]) > 1 || architectures[i].cells > 7)
            continue;
        nn_bench bench = nn_bench_new(&architectures[i], 9, 0.5);
        nn_lines lines = batch(&architectures[i]);
        for (int c = 0; c < 4; c++) {
            nn_plain_gradient(&bench, lines.sequence, LINES, &cuts[c]);
            nn_fast_gradient(&bench, lines.sequence, LINES, &cuts[c], NULL);
            nn_check_gradient(bench.fast, bench.plain, 1e-10);
        }
        /* A cut that counts changes what the first layer is told, if its cells look back. */
        if (strcmp(lh_cell_name(architectures[i].cell), "feed") != 0)
            assert_true(changed_share(&bench, &lines, &cuts[1]) > 0.05);
        assert_true(changed_share(&bench, &lines, &cuts[3]) == 0);
        nn_lines_free(&lines);
        nn_bench_free(&bench);
    }
}

static void the_gradient_is_added_to_what_is_there(void **state)
{
    (void)state;
    nn_bench bench = nn_bench_new(&architectures[4], 8, 0.8);
    nn_lines lines = batch(&architectures[4]);
    lh_error error = {0};
    lh_loss losses[LINES];
    nn_plain_gradient(&bench, lines.sequence, LINES, NULL);
    nn_fast_gradient(&bench, lines.sequence, LINES, NULL, NULL);
    check_ok(lh_network_gradient(bench.network, bench.workspace, lines.sequence, LINES,
                                 &(lh_clipping){0}, bench.gradient, losses, &error),
             &error);
    for (int i = 0; i < bench.plain->count; i++) {
        reference_tensor *tensor = &bench.plain->tensor[i];
        const lh_tensor *found = lh_network_find(bench.network, tensor->name);
        for (int k = 0; k < tensor->rows * tensor->columns; k++)
            bench.fast->tensor[i].gradient[k] = bench.gradient[found->offset + k] / 2;
    }
    nn_check_gradient(bench.fast, bench.plain, 1e-10);
    nn_lines_free(&lines);
    nn_bench_free(&bench);
}

static void wrong_batches_are_refused(void **state)
{
    (void)state;
    nn_bench bench = nn_bench_new(&architectures[4], 8, 0.8);
    nn_lines lines = batch(&architectures[4]);
    const lh_sequence good = lines.sequence[2];
    const int32_t outside[] = {0, 5, 1}, negative[] = {0, 1, -1};
    const struct {
        lh_sequence line;
        const char *message;
    } wrong[] = {
        {{.steps = 0, .x = good.x, .text = good.text, .characters = good.characters}, "steps"},
        {{.steps = 3, .x = NULL, .text = good.text, .characters = good.characters}, "steps"},
        {{.steps = 3, .x = good.x, .text = good.text, .characters = 0}, "text"},
        {{.steps = 3, .x = good.x, .text = NULL, .characters = 3}, "text"},
        {{.steps = 3, .x = good.x, .text = outside, .characters = 3}, "index 5"},
        {{.steps = 3, .x = good.x, .text = negative, .characters = 3}, "index -1"},
        {{.steps = 3, .x = good.x, .text = good.text, .characters = 3, .dropout = 1}, "dropout"},
        {{.steps = 3, .x = good.x, .text = good.text, .characters = 3, .dropout = NAN}, "dropout"}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        lh_loss losses[LINES];
        lh_error error = {0};
        lines.sequence[2] = wrong[i].line;
        assert_int_equal(lh_network_gradient(bench.network, bench.workspace, lines.sequence, LINES,
                                             NULL, bench.gradient, losses, &error),
                         LH_ERROR_ARGUMENT);
        if (!strstr(error.message, wrong[i].message) || !strstr(error.message, "sequence 2"))
            fail_msg("message \"%s\" does not say \"%s\"", error.message, wrong[i].message);
    }
    for (size_t k = 0; k < bench.size; k++)
        assert_true(bench.gradient[k] == 0);
    lines.sequence[2] = good;
    nn_lines_free(&lines);
    nn_bench_free(&bench);
}

static void symbols_that_cannot_be_asked_for_are_refused(void **state)
{
    (void)state;
    static const lh_real x[2 * 4] = {0};
    static const int32_t good[] = {4, -1}, outside[] = {0, 5}, negative[] = {-2, 0};
    const struct {
        lh_sequence line;
        const char *message;
    } wrong[] = {{{.x = x, .steps = 2, .text = good, .characters = 1}, "1 symbols for its 2 steps"},
                 {{.x = x, .steps = 2, .text = NULL, .characters = 2}, "0 symbols for its 2 steps"},
                 {{.x = x, .steps = 2, .text = outside, .characters = 2}, "index 5"},
                 {{.x = x, .steps = 2, .text = negative, .characters = 2}, "index -2"}};
    lh_architecture a = reader;
    a.head = lh_head_find("softmax");
    nn_bench bench = nn_bench_new(&a, 9, 0.8);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        lh_loss loss;
        lh_error error = {0};
        assert_int_equal(
            lh_network_loss(bench.network, bench.workspace, &wrong[i].line, 1, &loss, &error),
            LH_ERROR_ARGUMENT);
        if (!strstr(error.message, wrong[i].message))
            fail_msg("message \"%s\" does not say \"%s\"", error.message, wrong[i].message);
    }
    nn_bench_free(&bench);
}

static void targets_that_cannot_be_asked_for_are_refused(void **state)
{
    (void)state;
    static const lh_real x[2 * 4] = {0};
    const lh_real good[10] = {0, 1, NAN, NAN, NAN, NAN, NAN, NAN, NAN, 0.5};
    const lh_real endless[10] = {0, 1, NAN, NAN, NAN, NAN, INFINITY}, large[10] = {[8] = 1.5};
    const struct {
        const char *head;
        const lh_real *targets;
        const char *message; /* NULL: taken */
    } cases[] = {{"square", NULL, "has no targets"},
                 {"square", endless, "target 2 of step 2"},
                 {"square", large, NULL},
                 {"square", good, NULL},
                 {"bits", NULL, "has no targets"},
                 {"bits", endless, "target 2 of step 2 is inf"},
                 {"bits", large, "target 4 of step 2 is 1.5"},
                 {"bits", good, NULL}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        lh_architecture a = reader;
        a.head = lh_head_find(cases[i].head);
        nn_bench bench = nn_bench_new(&a, 9, 0.8);
        const lh_sequence line = {.x = x, .steps = 2, .targets = cases[i].targets};
        lh_loss loss;
        lh_error error = {0};
        if (cases[i].message)
            check_fails(LH_ERROR_ARGUMENT,
                        lh_network_loss(bench.network, bench.workspace, &line, 1, &loss, &error),
                        &error, cases[i].message);
        else
            check_ok(lh_network_loss(bench.network, bench.workspace, &line, 1, &loss, &error),
                     &error);
        nn_bench_free(&bench);
    }
}

int main(void)
{
    make_architectures();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(loss_and_gradient_are_those_of_the_equations),
        cmocka_unit_test(long_batches_are_those_of_the_equations),
        cmocka_unit_test(numpy_has_the_same_loss_and_gradient),
        cmocka_unit_test(the_gradient_is_the_slope_of_the_loss),
        cmocka_unit_test(the_gradient_with_dropout_is_the_slope_of_the_loss),
        cmocka_unit_test(a_batch_is_its_lines_one_at_a_time),
        cmocka_unit_test(the_order_of_the_lines_does_not_matter),
        cmocka_unit_test(derivatives_are_clipped_where_the_paper_says),
        cmocka_unit_test(truncated_gradients_are_those_of_the_equations),
        cmocka_unit_test(the_gradient_is_added_to_what_is_there),
        cmocka_unit_test(wrong_batches_are_refused),
        cmocka_unit_test(symbols_that_cannot_be_asked_for_are_refused),
        cmocka_unit_test(targets_that_cannot_be_asked_for_are_refused),
    };
    return cmocka_run_group_tests_name("gradient", tests, NULL, NULL);
}
