/* Hands that are learnt: what learning does to a small network, files, mixing, ink of other pens,
 * and what is refused. */
#include "base/extremes.h"
#include "check.h"
#include "tiny_corpus.h"
#include "write_model.h"

#include "hand/trial.h"
#include "nn/safetensors.h"
#include "write/hand.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static lh_error error;
static char *folder;

/* A file of the test's folder. */
static const char *place(const char *name)
{
    static char path[400];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static int set_up(void **state)
{
    (void)state;
    folder = tiny_folder();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    tiny_remove(folder);
    return 0;
}

/* A person who writes larger and slower the larger `size` is: waves, read more or less
 * `often`. */
static lh_ink *read_wave(double size, size_t count, double often)
{
    lh_ink *ink = lh_ink_new(&error);
    assert_non_null(ink);
    for (size_t i = 0; i < count; i++) {
        const double t = (double)i / often;
        const lh_point p = {.x = (float)(9 * size * t),
                            .y = (float)(60 * size * sin(0.9 * t) + 25 * size * sin(0.23 * t)),
                            .time = (float)(0.01 * t),
                            .end = i + 1 == count ||
                                   i % (size_t)(40 * often) == (size_t)(40 * often) - 1};
        check_ok(lh_ink_add(ink, p, &error), &error);
    }
    return ink;
}

static lh_ink *wavy(double size, size_t count)
{
    return read_wave(size, count, 1);
}

enum { LINES = 5 };

static void make_lines(lh_hand_line line[LINES], double size)
{
    static const char *const text[LINES] = {"abba ab", "bab aba", "ab", "abab baba", "ba ba b"};
    for (int i = 0; i < LINES; i++)
        line[i] = (lh_hand_line){wavy(size, 16 * strlen(text[i])), strdup(text[i])};
}

static void free_lines(lh_hand_line *line, int count)
{
    for (int i = 0; i < count; i++) {
        lh_ink_free(line[i].ink);
        free(line[i].text);
    }
}

/* A network with weights of chance, so that all of them matter. */
static lh_model *new_model(void)
{
    lh_model *model = write_model_new(&write_model_plain);
    lh_rng rng;
    lh_rng_seed(&rng, 4, 0);
    lh_network_init(model->network, &rng);
    lh_network_changed(model->network);
    return model;
}

static lh_style *learn_for(int steps, const lh_model *model, const lh_hand_line *line, size_t count,
                           int threads, lh_hand_report *report)
{
    lh_hand_options options = lh_hand_defaults;
    options.steps = steps;
    options.rate = 2e-2;
    options.threads = threads;
    lh_style *style = lh_hand_learn("wave", model, line, count, &options, report, &error);
    if (!style)
        fail_msg("%s", error.message);
    return style;
}

static lh_style *learn(const lh_model *model, const lh_hand_line *line, size_t count, int threads,
                       lh_hand_report *report)
{
    return learn_for(6, model, line, count, threads, report);
}

static void learning_makes_the_lines_likelier(void **state)
{
    (void)state;
    lh_model *model = new_model();
    const uint64_t before = lh_network_fingerprint(model->network);
    lh_hand_line line[LINES];
    lh_hand_report few, all;
    make_lines(line, 1);
    lh_style *three = learn(model, line, 3, 1, &few),
             *five = learn_for(0, model, line, LINES, 2, &all);
    assert_true(few.after < few.before - 0.05);
    assert_false(few.held);
    assert_int_equal(few.steps, 6);
    assert_true(all.held);
    /* Who says how long learns so long, from all of them. */
    lh_style *longer = learn_for(9, model, line, LINES, 2, &few);
    assert_false(few.held);
    assert_int_equal(few.steps, 9);
    assert_true(few.points > all.points / 2);
    lh_style_free(longer);
    assert_true(all.after < all.before - 0.05);
    assert_true(all.held_after < all.held_before);
    assert_int_equal(five->hand->lines, LINES - 1);
    /* The primer is the longest: none has 28 characters. */
    assert_string_equal(five->text, "abab baba");
    assert_true(lh_network_fingerprint(model->network) == before);
    lh_style_free(three);
    lh_style_free(five);
    free_lines(line, LINES);
    lh_model_free(model);
}

static void threads_learn_the_same(void **state)
{
    (void)state;
    lh_model *model = new_model();
    lh_hand_line line[LINES];
    make_lines(line, 1);
    lh_style *one = learn(model, line, 3, 2, NULL), *two = learn(model, line, 3, 2, NULL);
    assert_memory_equal(one->hand->number, two->hand->number,
                        one->hand->count * sizeof *one->hand->number);
    lh_style_free(one);
    lh_style_free(two);
    free_lines(line, LINES);
    lh_model_free(model);
}

static void more_lines_bear_more_steps(void **state)
{
    (void)state;
    assert_int_equal(lh_hand_steps(1), 12);
    assert_int_equal(lh_hand_steps(2), 18);
    assert_int_equal(lh_hand_steps(3), 24);
    assert_int_equal(lh_hand_steps(LH_HAND_LINES_MAX), 24);
    lh_model *model = new_model();
    lh_hand_line line[LINES];
    lh_hand_report report;
    make_lines(line, 1);
    lh_style *style = lh_hand_learn("wave", model, line, 1, &lh_hand_defaults, &report, &error);
    assert_non_null(style);
    assert_int_equal(report.steps, 12);
    lh_style_free(style);
    free_lines(line, LINES);
    lh_model_free(model);
}

/* Writing in the hand is writing with the network that it makes. */
static void a_hand_writes_as_the_changed_network(void **state)
{
    (void)state;
    lh_model *model = write_model_new(&write_model_plain);
    lh_hand_line line[LINES];
    make_lines(line, 1);
    lh_style *style = learn(model, line, 3, 1, NULL);
    lh_hand *hand = style->hand;
    lh_adaptation *adaptation = lh_hand_adaptation(hand, model, &error);
    assert_non_null(adaptation);
    lh_model changed = {.alphabet = model->alphabet,
                        .scale_x = model->scale_x,
                        .scale_y = model->scale_y,
                        .network = lh_network_new(lh_network_architecture(model->network), &error)};
    check_ok(lh_adaptation_apply(adaptation, model->network, changed.network, &error), &error);
    lh_write_options options = lh_write_defaults;
    options.tries = 0;
    lh_writer *in_hand = lh_writer_new(model, style, &error);
    assert_non_null(in_hand);
    style->hand = NULL;
    lh_writer *in_network = lh_writer_new(&changed, style, &error),
              *primed = lh_writer_new(model, style, &error);
    style->hand = hand;
    lh_written *a = lh_write_text(in_hand, &options, "ab ba abba", &error),
               *b = lh_write_text(in_network, &options, "ab ba abba", &error),
               *c = lh_write_text(primed, &options, "ab ba abba", &error);
    assert_true(a && b && c);
    double most = 0, least = 0;
    for (size_t i = 0; i < 30; i++) {
        lh_raise(&most, fabs((double)a->ink->points[i].x - (double)b->ink->points[i].x));
        lh_raise(&least, fabs((double)a->ink->points[i].x - (double)c->ink->points[i].x));
    }
    /* The changed network's weights are read as float16 numbers. */
    assert_true(most < 3);
    assert_true(least > 3 * most);
    lh_written_free(a);
    lh_written_free(b);
    lh_written_free(c);
    lh_writer_free(in_hand);
    lh_writer_free(in_network);
    lh_writer_free(primed);
    lh_network_free(changed.network);
    lh_adaptation_free(adaptation);
    lh_style_free(style);
    free_lines(line, LINES);
    lh_model_free(model);
}

/* The words of which a hand finds no good try, of those of its own line. */
static double failing_share(const lh_model *model, const lh_style *style)
{
    lh_writer *writer = lh_writer_new(model, style, &error);
    assert_non_null(writer);
    lh_written *written = lh_write_text(writer, &lh_write_defaults, style->text, &error);
    const double share =
        written ? (double)written->report.flawed / (double)written->report.words : 1;
    lh_written_free(written);
    lh_writer_free(writer);
    return share;
}

/* A change that is too large is taken back until the network writes; one that is right stays, and
 * so does one with which nothing helps. */
static void a_hand_that_writes_nothing_is_taken_back(void **state)
{
    (void)state;
    lh_model *model = write_model_new(&write_model_plain);
    lh_hand_line line[LINES];
    make_lines(line, 1);
    lh_hand_report report;
    lh_style *style = learn(model, line, 3, 1, &report);
    assert_true(report.share >= 1);
    lh_hand *hand = style->hand;
    lh_real *learnt = malloc(hand->count * sizeof *learnt);
    assert_non_null(learnt);
    memcpy(learnt, hand->number, hand->count * sizeof *learnt);
    int moderated = 0;
    double share = 0;
    for (double factor = 1; factor < 3000; factor *= 2) {
        for (size_t i = 0; i < hand->count; i++)
            hand->number[i] = (lh_real)(factor * (double)learnt[i]);
        check_ok(lh_hand_round(hand, &error), &error);
        const double before = failing_share(model, style);
        check_ok(lh_hand_try(style, model, 1, &share, &error), &error);
        for (size_t i = 0; i < hand->count; i++)
            assert_true(fabs((double)hand->number[i] - share * factor * (double)learnt[i]) <=
                        1e-3 * fabs(factor * (double)learnt[i]) + 1e-6);
        if (share < 1) {
            moderated++;
            assert_true(before > 0);
            assert_true(failing_share(model, style) < before);
        }
    }
    assert_true(moderated > 0);
    assert_true(share >= 1);
    free(learnt);
    lh_style_free(style);
    free_lines(line, LINES);
    lh_model_free(model);
}

/* ---- files ---- */

static void a_file_gives_the_hand_back(void **state)
{
    (void)state;
    lh_model *model = new_model();
    lh_hand_line line[LINES];
    make_lines(line, 1);
    lh_style *style = learn(model, line, LINES, 1, NULL);
    style->hand->maker = strdup("Anna");
    style->hand->license = strdup("free for all");
    char *path = strdup(place("one.hand"));
    check_ok(lh_style_save(style, path, &error), &error);
    lh_style *read = lh_style_read(path, NULL, &error);
    if (!read)
        fail_msg("%s", error.message);
    assert_string_equal(read->name, "one");
    assert_string_equal(read->text, style->text);
    assert_string_equal(read->hand->maker, "Anna");
    assert_string_equal(read->hand->license, "free for all");
    assert_int_equal(read->hand->rank, style->hand->rank);
    assert_int_equal(read->hand->count, style->hand->count);
    assert_memory_equal(read->hand->number, style->hand->number,
                        style->hand->count * sizeof *style->hand->number);
    assert_int_equal(read->hand->lines, LINES - 1);
    for (size_t i = 0; i < read->hand->lines; i++) {
        assert_string_equal(read->hand->line[i].text, style->hand->line[i].text);
        assert_int_equal(read->hand->line[i].ink->count, style->hand->line[i].ink->count);
    }
    char *copy = strdup(place("two.hand"));
    check_ok(lh_style_save(read, copy, &error), &error);
    size_t first, second;
    char *a = lh_file_read(path, 1 << 20, &first, &error),
         *b = lh_file_read(copy, 1 << 20, &second, &error);
    assert_int_equal(first, second);
    assert_memory_equal(a, b, first);
    free(a);
    free(b);
    free(copy);
    free(path);
    lh_style_free(read);
    lh_style_free(style);
    free_lines(line, LINES);
    lh_model_free(model);
}

static void broken_files_are_refused(void **state)
{
    (void)state;
    lh_model *model = new_model();
    lh_hand_line line[LINES];
    make_lines(line, 1);
    lh_style *style = learn(model, line, 2, 1, NULL);
    char *path = strdup(place("broken.hand"));
    check_ok(lh_style_save(style, path, &error), &error);
    size_t size;
    char *data = lh_file_read(path, 1 << 20, &size, &error);
    assert_non_null(data);
    for (size_t cut = 0; cut < size; cut += cut < 1200 ? 37 : 997) {
        FILE *file = fopen(path, "wb");
        assert_int_equal(fwrite(data, 1, cut, file), cut);
        fclose(file);
        check_none(LH_ERROR_FORMAT, lh_style_read(path, NULL, &error), &error, "broken");
    }
    static const char *const changes[][3] = {
        {"hand 1", "hand 9", "hand 1"},
        {"\"network\"", "\"netwark\"", "network"},
        {"\"rank\"", "\"ronk\"", "rank"},
        {"\"numbers\"", "\"nombres\"", "numbers"},
        {"\"readings\"", "\"readangs\"", "readings"},
        {"\"texts\"", "\"texxs\"", "texts"},
        {"bab aba", "bab\\naba", "texts"},
    };
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        char *at = NULL;
        for (size_t k = 0; k + 8 < size && !at; k++)
            if (strncmp(data + k, changes[i][0], strlen(changes[i][0])) == 0)
                at = data + k;
        assert_non_null(at);
        if (strlen(changes[i][0]) != strlen(changes[i][1]))
            continue;
        memcpy(at, changes[i][1], strlen(changes[i][1]));
        FILE *file = fopen(path, "wb");
        fwrite(data, 1, size, file);
        fclose(file);
        check_none(LH_ERROR_FORMAT, lh_style_read(path, NULL, &error), &error, changes[i][2]);
        memcpy(at, changes[i][0], strlen(changes[i][0]));
    }
    free(data);
    free(path);
    lh_style_free(style);
    free_lines(line, LINES);
    lh_model_free(model);
}

static void a_hand_of_another_network_is_refused(void **state)
{
    (void)state;
    lh_model *model = new_model(), *other = write_model_new(&write_model_plain);
    lh_hand_line line[LINES];
    make_lines(line, 1);
    lh_style *style = learn(model, line, 2, 1, NULL);
    check_none(LH_ERROR_ARGUMENT, lh_writer_new(other, style, &error), &error, "learn it anew");
    lh_style_free(style);
    free_lines(line, LINES);
    lh_model_free(model);
    lh_model_free(other);
}

/* ---- mixing ---- */

static void hands_are_mixed_number_by_number(void **state)
{
    (void)state;
    lh_model *model = new_model(), *other_model = write_model_new(&write_model_plain);
    lh_hand_line small[LINES], large[LINES];
    make_lines(small, 0.7);
    make_lines(large, 1.4);
    lh_style *a = learn(model, small, 2, 1, NULL), *b = learn(model, large, 3, 1, NULL),
             *foreign = learn(other_model, large, 1, 1, NULL), *bare;
    bare = lh_style_new("bare", small[0].ink, "ab", &error);
    const lh_style *const both[] = {a, b}, *const wrong[] = {a, foreign},
                          *const no_hand[] = {a, bare};
    lh_style *mix = lh_style_mix("mix", both, (const double[]){0.25, 0.75}, 2, &error);
    assert_non_null(mix);
    assert_string_equal(mix->text, b->text);
    for (size_t i = 0; i < mix->hand->count; i++)
        assert_true(fabs((double)mix->hand->number[i] - 0.25 * (double)a->hand->number[i] -
                         0.75 * (double)b->hand->number[i]) < 1e-3);
    check_none(LH_ERROR_ARGUMENT, lh_style_mix("m", wrong, (const double[]){1, 1}, 2, &error),
               &error, "different networks");
    check_none(LH_ERROR_ARGUMENT, lh_style_mix("m", no_hand, (const double[]){1, 1}, 2, &error),
               &error, "cannot be mixed");
    check_none(LH_ERROR_ARGUMENT, lh_style_mix("m", both, (const double[]){1, NAN}, 2, &error),
               &error, "from -10 to 10");
    lh_style_free(mix);
    lh_style_free(a);
    lh_style_free(b);
    lh_style_free(foreign);
    lh_style_free(bare);
    free_lines(small, LINES);
    free_lines(large, LINES);
    lh_model_free(model);
    lh_model_free(other_model);
}

/* ---- drawing ---- */

/* Hands of a few numbers: `a` and, at random, others. */
static lh_hand *plain_hand(lh_rng *rng, size_t count)
{
    lh_hand *hand = calloc(1, sizeof *hand);
    assert_non_null(hand);
    hand->count = count;
    hand->number = calloc(count, sizeof *hand->number);
    for (size_t i = 0; i < count; i++)
        hand->number[i] = (lh_real)(3 + (double)(i + 1) * lh_rng_normal(rng));
    return hand;
}

/* Many draws have the mean and the variances of the hands, and the draw is the seed's. */
static void drawn_hands_vary_as_the_hands_do(void **state)
{
    (void)state;
    enum { HANDS = 30, NUMBERS = 3, DRAWS = 4000 };
    lh_hand *hand[HANDS];
    lh_rng rng;
    lh_rng_seed(&rng, 9, 0);
    double mean[NUMBERS] = {0}, variance[NUMBERS] = {0}, sum[NUMBERS] = {0}, squares[NUMBERS] = {0};
    for (int k = 0; k < HANDS; k++) {
        hand[k] = plain_hand(&rng, NUMBERS);
        for (int i = 0; i < NUMBERS; i++)
            mean[i] += (double)hand[k]->number[i] / HANDS;
    }
    for (int k = 0; k < HANDS; k++)
        for (int i = 0; i < NUMBERS; i++)
            variance[i] += pow((double)hand[k]->number[i] - mean[i], 2) / (HANDS - 1);
    for (uint64_t seed = 0; seed < DRAWS; seed++) {
        lh_hand *drawn = lh_hand_draw((const lh_hand *const *)hand, HANDS, 1, seed, &error);
        assert_non_null(drawn);
        for (int i = 0; i < NUMBERS; i++) {
            sum[i] += (double)drawn->number[i] / DRAWS;
            squares[i] += pow((double)drawn->number[i] - mean[i], 2) / DRAWS;
        }
        lh_hand_free(drawn);
    }
    for (int i = 0; i < NUMBERS; i++) {
        assert_true(fabs(sum[i] - mean[i]) < 4 * sqrt(variance[i] / DRAWS));
        assert_true(fabs(squares[i] / variance[i] - 1) < 4 * sqrt(2.0 / DRAWS));
    }
    lh_hand *none = lh_hand_draw((const lh_hand *const *)hand, HANDS, 0, 1, &error),
            *again = lh_hand_draw((const lh_hand *const *)hand, HANDS, 0, 2, &error);
    assert_true(fabs((double)none->number[1] - mean[1]) < 0.01);
    assert_memory_equal(none->number, again->number, NUMBERS * sizeof *none->number);
    lh_hand_free(none);
    lh_hand_free(again);
    hand[1]->rank = 2;
    check_none(LH_ERROR_ARGUMENT, lh_hand_draw((const lh_hand *const *)hand, HANDS, 1, 1, &error),
               &error, "");
    for (int k = 0; k < HANDS; k++)
        lh_hand_free(hand[k]);
}

/* A writer that finds the rest of its hand keeps what was drawn. */
static void a_writer_in_a_hand_finds_the_rest(void **state)
{
    (void)state;
    lh_model *model = write_model_new(&write_model_plain);
    lh_hand_line line[LINES];
    make_lines(line, 1);
    lh_style *style = learn(model, line, 3, 1, NULL);
    lh_write_options options = lh_write_defaults;
    options.tries = 0;
    lh_writer *in_hand = lh_writer_in_hand(model, style->hand, &error),
              *found = lh_writer_in_hand(model, style->hand, &error),
              *plain = lh_writer_new(model, NULL, &error);
    assert_true(in_hand && found && plain);
    check_ok(lh_writer_find_hand(found, &options, "ab ba", 7, &error), &error);
    check_ok(lh_writer_find_hand(plain, &options, "ab ba", 7, &error), &error);
    lh_written *a = lh_write_text(in_hand, &options, "abba", &error),
               *b = lh_write_text(found, &options, "abba", &error),
               *c = lh_write_text(plain, &options, "abba", &error);
    assert_true(a && b && c);
    assert_true(fabs((double)b->ink->points[20].x - (double)c->ink->points[20].x) > 1);
    lh_written_free(a);
    lh_written_free(b);
    lh_written_free(c);
    lh_writer_free(in_hand);
    lh_writer_free(found);
    lh_writer_free(plain);
    lh_style_free(style);
    free_lines(line, LINES);
    lh_model_free(model);
}

/* ---- ink of other pens ---- */

static void ink_of_any_unit_and_pace_is_fit(void **state)
{
    (void)state;
    const double sizes[] = {0.01, 1, 40};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        lh_hand_line line = {read_wave(sizes[i], 1600, 10), strdup("abba ab")};
        check_ok(lh_hand_lines_fit(&line, 1, &error), &error);
        const double height = (double)lh_ink_baseline(line.ink).height;
        assert_true(height > 35 && height < 400);
        /* 1,600 readings of seven letters are ten times as many as a whiteboard has. */
        assert_in_range(line.ink->count, 60, 400);
        free_lines(&line, 1);
    }
    lh_hand_line own = {wavy(1, 16 * 7), strdup("abba ab")};
    const size_t count = own.ink->count;
    check_ok(lh_hand_lines_fit(&own, 1, &error), &error);
    assert_int_equal(own.ink->count, count);
    free_lines(&own, 1);
}

static void too_little_ink_is_refused(void **state)
{
    (void)state;
    lh_hand_line line = {lh_ink_new(&error), strdup("a whole sentence")};
    check_ok(lh_ink_add(line.ink, (lh_point){.x = 1, .y = 1, .end = 1}, &error), &error);
    check_fails(LH_ERROR_ARGUMENT, lh_hand_lines_fit(&line, 1, &error), &error, "too little ink");
    free_lines(&line, 1);
    line = (lh_hand_line){wavy(1, 12), strdup("a whole sentence of many words in so little ink")};
    check_fails(LH_ERROR_ARGUMENT, lh_hand_lines_fit(&line, 1, &error), &error, "too little ink");
    free_lines(&line, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(learning_makes_the_lines_likelier),
        cmocka_unit_test(threads_learn_the_same),
        cmocka_unit_test(more_lines_bear_more_steps),
        cmocka_unit_test(a_hand_writes_as_the_changed_network),
        cmocka_unit_test(a_hand_that_writes_nothing_is_taken_back),
        cmocka_unit_test(a_file_gives_the_hand_back),
        cmocka_unit_test(broken_files_are_refused),
        cmocka_unit_test(a_hand_of_another_network_is_refused),
        cmocka_unit_test(hands_are_mixed_number_by_number),
        cmocka_unit_test(drawn_hands_vary_as_the_hands_do),
        cmocka_unit_test(a_writer_in_a_hand_finds_the_rest),
        cmocka_unit_test(ink_of_any_unit_and_pace_is_fit),
        cmocka_unit_test(too_little_ink_is_refused),
    };
    return cmocka_run_group_tests_name("hand", tests, set_up, tear_down);
}
