/* Reading over: the margin is what whole passes over the ink give, ink is told from that of another
 * word, and words that are misread are written anew, a bounded number of times. */
#include "check.h"
#include "write_model.h"

#include "base/extremes.h"
#include "write/proof.h"
#include "write/shape.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static lh_error error;

/* ---- one word and its ink ----------------------------------------------------------------------
 */

typedef struct word {
    lh_model *model;
    lh_draft draft;
    int32_t *text;
    size_t characters;
} word;

static int32_t *encode(const lh_model *model, const char *text, size_t *count)
{
    int32_t *indices;
    check_ok(lh_alphabet_encode(&model->alphabet, text, &indices, count, &error), &error);
    return indices;
}

/* The ink of `written`, said to be that of `text` and a blank. */
static word word_new(lh_model *model, const lh_written *written, const char *text)
{
    word w = {.model = model};
    lh_draft_start(&w.draft, lh_network_architecture(model->network), 0);
    for (size_t i = 0; i < written->ink->count; i++) {
        lh_draft_row row = {.point = written->ink->points[i], .trace = written->trace[i]};
        check_ok(lh_draft_add(&w.draft, &row, &error), &error);
    }
    w.text = encode(model, text, &w.characters);
    return w;
}

static void word_clear(word *w)
{
    lh_draft_clear(&w->draft);
    free(w->text);
}

static lh_state *state_before(const word *w, const int32_t *text, size_t characters)
{
    lh_state *state = lh_state_new(w->model->network, 1, &error);
    assert_non_null(state);
    check_ok(lh_state_set_text(state, 0, text, (int)characters, &error), &error);
    return state;
}

static double read_over(const word *w)
{
    lh_proof *proof = lh_proof_new(w->model, &error);
    assert_non_null(proof);
    lh_state *state = state_before(w, w->text, w->characters);
    static const lh_real none[3];
    const lh_proof_word read = {.state = state,
                                .x = none,
                                .draft = &w->draft,
                                .to = w->draft.count,
                                .end = (int)w->characters - 1};
    double margin, again;
    check_ok(lh_proof_read(proof, &read, -INFINITY, &margin, &error), &error);
    check_ok(lh_proof_read(proof, &read, margin - 1, &again, &error), &error);
    assert_true(margin == again);
    check_ok(lh_proof_read(proof, &read, margin + 1, &again, &error), &error);
    assert_true(again >= margin && again <= margin + 1);
    lh_state_free(state);
    lh_proof_free(proof);
    return margin;
}

/* -log of the density of all the ink under a text, in one pass. */
static double loss(const word *w, const int32_t *text, size_t characters)
{
    lh_state *state = state_before(w, text, characters);
    double sum = 0;
    lh_real x[3] = {0};
    for (size_t i = 0; i < w->draft.count; i++) {
        const lh_trace *trace = lh_draft_trace(&w->draft, i);
        if (trace->component < 0)
            continue;
        lh_network_step(w->model->network, state, x, 1);
        lh_mixture mixture;
        lh_mixture_read(lh_state_output(state, 0), w->draft.mixtures, 0, &mixture);
        x[0] = trace->dx;
        x[1] = trace->dy;
        x[2] = (lh_real)w->draft.point[i].end;
        sum -= lh_mixture_log_density(&mixture, (double)x[0], (double)x[1]);
        sum -= log(x[2] > 0 ? mixture.end : 1 - mixture.end);
    }
    lh_state_free(state);
    return sum;
}

/* With one letter all other texts are there from the first point to the last. The made-up network
 * is disturbed, so that its letters become different. */
static void the_margin_is_that_of_whole_passes(void **state)
{
    (void)state;
    lh_model *model = write_model_new(&write_model_plain);
    lh_rng rng;
    lh_rng_seed(&rng, 3, 0);
    lh_real *parameters = lh_network_parameters(model->network);
    for (size_t t = 0; t < lh_network_tensor_count(model->network); t++) {
        const lh_tensor *tensor = lh_network_tensor(model->network, t);
        if (strstr(tensor->name, "window")) /* that keeps its pace */
            continue;
        for (int i = 0; i < tensor->rows * tensor->columns; i++)
            parameters[tensor->offset + (size_t)i] += (lh_real)(0.1 * lh_rng_normal(&rng));
    }
    lh_network_changed(model->network);
    lh_writer *writer = lh_writer_new(model, NULL, &error);
    lh_write_options options = lh_write_defaults;
    options.bias = 0;
    lh_written *written = lh_write_text(writer, &options, "h", &error);
    assert_non_null(written);
    for (int points = 3; points < 20; points += 8) {
        written->ink->count = (size_t)points;
        word w = word_new(model, written, "h ");
        double own = loss(&w, w.text, 2), least = LH_PROOF_CLEAR;
        for (const char *like = "nbklu"; *like; like++) {
            size_t count;
            int32_t *other = encode(model, (char[]){*like, ' ', '\0'}, &count);
            lh_lower(&least, loss(&w, other, count) - own);
            free(other);
        }
        lh_lower(&least, loss(&w, w.text + 1, 1) - own);
        double margin = read_over(&w);
        if (least == 0 || least >= LH_PROOF_CLEAR)
            fail_msg("%d points: %g says nothing", points, least);
        if (fabs(margin - least) > 1e-4)
            fail_msg("%d points: margin %g, not %g", points, margin, least);
        word_clear(&w);
    }
    lh_written_free(written);
    lh_writer_free(writer);
    lh_model_free(model);
}

/* ---- a network that writes ---------------------------------------------------------------------
 */

static lh_model *trained(void)
{
    char path[1000];
    snprintf(path, sizeof path, "%s/assets/longhand.safetensors", getenv("LONGHAND_SOURCE"));
    lh_model *model = lh_model_load(path, &error);
    if (!model)
        fail_msg("%s", error.message);
    return model;
}

/* Words that are written the same but for a letter, or one letter more. */
static void ink_is_told_from_that_of_another_word(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"hand ", "nand "}, {"come ", "came "}, {"winter ", "winler "}, {"most ", "moost "}};
    lh_model *model = trained();
    lh_writer *writer = lh_writer_new(model, NULL, &error);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        lh_write_options options = lh_write_defaults;
        options.seed = 3;
        lh_written *written = lh_write_text(writer, &options, pairs[i][0], &error);
        assert_non_null(written);
        assert_int_equal(written->report.doubtful, 0);
        word right = word_new(model, written, pairs[i][0]);
        word wrong = word_new(model, written, pairs[i][1]);
        double own = read_over(&right), other = read_over(&wrong);
        if (own < 1 || other > -1)
            fail_msg("%s: margin %g, as %s %g", pairs[i][0], own, pairs[i][1], other);
        word_clear(&right);
        word_clear(&wrong);
        lh_written_free(written);
    }
    lh_writer_free(writer);
    lh_model_free(model);
}

/* ---- shapes -----------------------------------------------------------------------------------
 */

typedef struct stroke {
    double x0, y0, x1, y1;
    int character; /* where the window is */
} stroke;

/* Strokes of five points each, sheared by `slant`. */
static lh_draft strokes_new(const lh_architecture *a, const stroke *strokes, int count,
                            double slant)
{
    enum { STEPS = 4 };
    lh_draft draft;
    lh_draft_start(&draft, a, 0);
    for (int i = 0; i < count; i++) {
        const stroke *s = &strokes[i];
        for (int k = 0; k <= STEPS; k++) {
            double part = (double)k / STEPS, y = s->y0 + part * (s->y1 - s->y0);
            double x = s->x0 + part * (s->x1 - s->x0) - slant * y;
            lh_draft_row row = {.point = {(float)x, (float)y, 0, k == STEPS},
                                .trace = {.character = s->character}};
            check_ok(lh_draft_add(&draft, &row, &error), &error);
        }
    }
    return draft;
}

/* Strokes, and whether they are the sign, seen through the window's character 4. */
typedef struct shape {
    const char *what;
    uint32_t sign;
    int strokes;
    stroke stroke[3];
    bool is_there;
} shape;

static void check_shape(const lh_architecture *a, const shape *s, int slant)
{
    lh_draft draft = strokes_new(a, s->stroke, s->strokes, 0.2 * slant);
    if (lh_shape_is_there(&draft, 0, draft.count, 4, s->sign) != s->is_there)
        fail_msg("%s, slant %d", s->what, slant);
    if (s->sign != ',')
        assert_false(lh_shape_is_there(&draft, draft.count, draft.count, 4, s->sign));
    assert_true(lh_shape_is_there(&draft, 0, draft.count, 4, 'a'));
    lh_draft_clear(&draft);
}

/* As `sign` is written and as it is not; what it is, in slanted hands as well. */
static void signs_have_the_shapes_without_which_they_are_none(void **state)
{
    (void)state;
    static const shape shapes[] = {
        {"x", 'x', 2, {{0, 0, 50, 60, 4}, {52, 3, -1, 61, 4}}, true},
        {"X upwards, right to left", 'X', 2, {{50, 60, 0, 0, 4}, {-1, 61, 52, 3, 4}}, true},
        {"crossed behind the word",
         'x',
         3,
         {{0, 0, 50, 60, 4}, {90, 0, 90, 60, 5}, {52, 3, 0, 60, 6}},
         true},
        {"not under the window", 'x', 2, {{0, 0, 50, 60, 5}, {52, 3, -1, 61, 5}}, false},
        {"another letter's bar", 'x', 2, {{0, 0, 50, 60, 4}, {-20, 20, 80, 21, 5}}, false},
        {"plus", 'x', 2, {{25, 0, 25, 60, 4}, {0, 30, 50, 31, 4}}, false},
        {"plus, a little turned", 'x', 2, {{20, 0, 30, 60, 4}, {0, 33, 50, 27, 4}}, false},
        {"v", 'x', 2, {{0, 0, 25, 60, 4}, {26, 60, 50, 0, 4}}, false},
        {"a tick", 'x', 1, {{0, 0, 50, 60, 4}}, false},
        {"crossed at an end", 'x', 2, {{0, 0, 50, 60, 4}, {70, 30, 21, 72, 4}}, false},
        {"apart", 'x', 2, {{0, 0, 50, 60, 4}, {120, 0, 70, 60, 4}}, false},
        {"!", '!', 2, {{0, 0, 0, 60, 4}, {0, 75, 2, 77, 4}}, true},
        {"! behind its dot", '!', 2, {{0, 75, 2, 77, 5}, {0, 0, 0, 60, 4}}, false},
        {"! whose dot was first", '!', 2, {{0, 75, 2, 77, 4}, {0, 0, 0, 60, 4}}, true},
        {"i", '!', 2, {{0, 0, 0, 60, 4}, {0, -15, 2, -13, 4}}, false},
        {"a bar", '!', 1, {{0, 0, 0, 60, 4}}, false},
        {"a bar and a full stop", '!', 2, {{0, 0, 0, 60, 4}, {90, 75, 92, 77, 4}}, false},
        {";", ';', 2, {{0, 0, 2, 2, 4}, {0, 30, -10, 60, 4}}, true},
        {",", ',', 2, {{0, 0, 30, 60, 3}, {40, 50, 35, 75, 4}}, true},
        {", seen late", ',', 2, {{0, 0, 30, 60, 3}, {40, 50, 35, 75, 5}}, true},
        {"a full stop", ',', 2, {{0, 0, 30, 60, 3}, {40, 58, 42, 60, 4}}, false},
        {"a comma", ';', 1, {{0, 30, -10, 60, 4}}, false},
        {"a colon", ';', 2, {{0, 0, 2, 2, 4}, {0, 30, 2, 32, 4}}, false},
    };
    lh_model *model = write_model_new(&write_model_plain);
    const lh_architecture *a = lh_network_architecture(model->network);
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        check_shape(a, &shapes[i], 0);
        for (int slant = -1; slant <= 2 && shapes[i].is_there; slant++) /* to 22 degrees */
            check_shape(a, &shapes[i], slant);
    }
    lh_model_free(model);
}

/* One stroke through the places given, in whiteboard units. */
static bool is_z(const lh_architecture *a, const double (*place)[2], int count, double slant)
{
    enum { STEPS = 4 };
    lh_draft draft;
    lh_draft_start(&draft, a, 0);
    for (int i = 0; i + 1 < count; i++)
        for (int k = 0; k <= STEPS - (i + 2 < count); k++) {
            double part = (double)k / STEPS;
            double x = place[i][0] + part * (place[i + 1][0] - place[i][0]);
            double y = place[i][1] + part * (place[i + 1][1] - place[i][1]);
            bool last = i + 2 == count && k == STEPS;
            lh_draft_row row = {.point = {(float)(x - slant * y), (float)y, 0, last},
                                .trace = {.character = 4}};
            check_ok(lh_draft_add(&draft, &row, &error), &error);
        }
    bool is = lh_shape_is_there(&draft, 0, draft.count, 4, 'Z');
    assert_true(lh_shape_is_there(&draft, 0, draft.count, 4, 'z') == is);
    lh_draft_clear(&draft);
    return is;
}

static void a_z_is_a_zigzag(void **state)
{
    (void)state;
    static const double z[][2] = {{0, 0}, {50, 2}, {3, 80}, {55, 78}};
    static const double seven[][2] = {{0, 0}, {50, 2}, {20, 80}};
    static const double e[][2] = {{0, 40}, {50, 35}, {30, 0}, {0, 40}, {20, 80}, {55, 70}};
    static const double t[][2] = {{25, -40}, {22, 75}, {45, 80}, {60, 70}};
    static const double backwards[][2] = {{50, 0}, {0, 2}, {50, 80}, {0, 78}};
    lh_model *model = write_model_new(&write_model_plain);
    const lh_architecture *a = lh_network_architecture(model->network);
    for (int slant = -1; slant <= 2; slant++)
        assert_true(is_z(a, z, 4, 0.2 * slant));
    assert_false(is_z(a, seven, 3, 0));
    assert_false(is_z(a, e, 6, 0));
    assert_false(is_z(a, t, 4, 0));
    assert_false(is_z(a, backwards, 4, 0));
    lh_model_free(model);
}

/* The trained network's own x is often none: reading over finds one that is. */
static void words_with_an_x_get_one(void **state)
{
    (void)state;
    lh_model *model = trained();
    lh_writer *writer = lh_writer_new(model, NULL, &error);
    lh_write_options options = lh_write_defaults;
    int plain = 0;
    for (int proofread = 0; proofread <= 1; proofread++) {
        options.proofread = proofread;
        lh_written *written = lh_write_text(writer, &options, "six foxes mixed wax", &error);
        assert_non_null(written);
        int crosses = 0;
        lh_draft draft;
        lh_draft_start(&draft, lh_network_architecture(model->network), 0);
        for (size_t i = 0; i < written->ink->count; i++) {
            lh_draft_row row = {.point = written->ink->points[i], .trace = written->trace[i]};
            check_ok(lh_draft_add(&draft, &row, &error), &error);
        }
        for (const char *x = strchr(written->text, 'x'); x; x = strchr(x + 1, 'x'))
            crosses += lh_shape_is_there(&draft, 0, draft.count, (int32_t)(x - written->text), 'x');
        /* The line is turned level behind it, which one of them may just not stand. */
        if (proofread)
            assert_true(crosses >= 3 && crosses > plain);
        plain = crosses;
        lh_draft_clear(&draft);
        lh_written_free(written);
    }
    lh_writer_free(writer);
    lh_model_free(model);
}

/* ---- writing anew ------------------------------------------------------------------------------
 */

static lh_written *write_text(const lh_model *model, const char *text, bool proofread)
{
    lh_writer *writer = lh_writer_new(model, NULL, &error);
    lh_write_options options = lh_write_defaults;
    options.tries = 3;
    options.proofread = proofread;
    lh_written *written = lh_write_text(writer, &options, text, &error);
    assert_non_null(written);
    lh_writer_free(writer);
    return written;
}

static void a_pen_reads_over_from_when_it_is_told_to(void **state)
{
    (void)state;
    lh_model *model = write_model_new(&write_model_plain);
    lh_writer *writer = lh_writer_new(model, NULL, &error);
    lh_pen *pen = lh_pen_new(writer, &lh_write_defaults, 0, &error);
    lh_pen_proofread(pen, false);
    check_ok(lh_pen_append(pen, "first ", &error), &error);
    check_ok(lh_pen_write(pen, &error), &error);
    assert_int_equal(lh_pen_written(pen)->report.fault[LH_FAULT_MISREAD], 0);
    lh_pen_proofread(pen, true);
    check_ok(lh_pen_append(pen, "second ", &error), &error);
    check_ok(lh_pen_write(pen, &error), &error);
    assert_int_equal(lh_pen_written(pen)->report.words, 2);
    assert_int_equal(lh_pen_written(pen)->report.doubtful, 1);
    lh_pen_free(pen);
    lh_writer_free(writer);
    lh_model_free(model);
}

/* All letters of this network are the same, so that every word might be another. */
static void words_that_are_always_misread_are_settled(void **state)
{
    (void)state;
    lh_model *model = write_model_new(&write_model_plain);
    const char *text = "some words of which every one reads as others";
    lh_written *written = write_text(model, text, true), *plain = write_text(model, text, false);
    assert_int_equal(written->report.words, 9);
    assert_int_equal(written->report.fault[LH_FAULT_MISREAD], 9 * 4);
    assert_int_equal(written->report.doubtful, 9);
    assert_int_equal(written->report.retried, 9);
    assert_int_equal(written->report.flawed, 0);
    assert_int_equal(plain->report.doubtful, 0);
    /* Each stands once, in order, as long as without being read over. */
    assert_int_equal(written->words, plain->words);
    int32_t last = 0;
    for (size_t i = 0; i < written->ink->count; i++) {
        assert_true(written->trace[i].character >= last - 1);
        last = written->trace[i].character;
    }
    float width = lh_ink_bounds(written->ink).right, expected = lh_ink_bounds(plain->ink).right;
    assert_float_equal(width, expected, 0.1F * expected);
    assert_int_equal(written->report.points_kept, written->ink->count);
    lh_written_free(written);
    lh_written_free(plain);
    lh_model_free(model);
}

static void what_reads_well_stays_as_it_is(void **state)
{
    (void)state;
    lh_model *model = write_model_new(&write_model_plain);
    const char *text = "..."; /* signs are not taken for others, and no word is before */
    lh_written *written = write_text(model, text, true), *plain = write_text(model, text, false);
    assert_int_equal(written->report.fault[LH_FAULT_MISREAD], 0);
    assert_int_equal(written->ink->count, plain->ink->count);
    assert_memory_equal(written->ink->points, plain->ink->points,
                        plain->ink->count * sizeof *plain->ink->points);
    lh_written_free(written);
    lh_written_free(plain);
    lh_model_free(model);
}

static void it_is_the_same_in_a_batch_and_on_threads(void **state)
{
    (void)state;
    static const char *const texts[] = {"The hand", "writes what", "it is told", "and reads",
                                        "it over"};
    enum { TEXTS = sizeof texts / sizeof *texts };
    lh_model *model = trained();
    lh_writer *writer = lh_writer_new(model, NULL, &error);
    lh_write_options options = lh_write_defaults;
    lh_written *together[TEXTS];
    check_ok(lh_write_texts(writer, &options, texts, TEXTS, 0, together, &error), &error);
    options.threads = options.rows = 1;
    for (size_t i = 0; i < TEXTS; i++) {
        lh_written *alone;
        check_ok(lh_write_texts(writer, &options, texts + i, 1, i, &alone, &error), &error);
        assert_int_equal(alone->ink->count, together[i]->ink->count);
        assert_memory_equal(alone->ink->points, together[i]->ink->points,
                            alone->ink->count * sizeof *alone->ink->points);
        lh_written_free(alone);
        lh_written_free(together[i]);
    }
    lh_writer_free(writer);
    lh_model_free(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_margin_is_that_of_whole_passes),
        cmocka_unit_test(signs_have_the_shapes_without_which_they_are_none),
        cmocka_unit_test(a_z_is_a_zigzag),
        cmocka_unit_test(words_with_an_x_get_one),
        cmocka_unit_test(ink_is_told_from_that_of_another_word),
        cmocka_unit_test(a_pen_reads_over_from_when_it_is_told_to),
        cmocka_unit_test(words_that_are_always_misread_are_settled),
        cmocka_unit_test(what_reads_well_stays_as_it_is),
        cmocka_unit_test(it_is_the_same_in_a_batch_and_on_threads),
    };
    return cmocka_run_group_tests_name("proof", tests, NULL, NULL);
}
