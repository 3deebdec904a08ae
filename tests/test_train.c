/* Train: batches, shards, sequences, the gradient and loss of many lines, schedule and options. */
#include "architectures.h"
#include "check.h"
#include "tiny_corpus.h"

#include "train/dataset_loss.h"
#include "train/gradient.h"
#include "train/schedule.h"
#include "train/train_options.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* ---- batches and shards ---- */

enum { LINES = 1000 };

/* Lines as long as IAM-OnDB's: 31 to 1,940 points, the middle at 620. */
static lh_sequence *lines_of_all_lengths(void)
{
    lh_sequence *lines = calloc(LINES, sizeof *lines);
    assert_non_null(lines);
    lh_rng rng;
    lh_rng_seed(&rng, 11, 0);
    for (int i = 0; i < LINES; i++) {
        double steps = 620 + 190 * lh_rng_normal(&rng);
        lines[i].steps = (int)fmin(fmax(steps, 31), 1940);
    }
    return lines;
}

static void batches_cover_every_line_once_an_epoch(void **state)
{
    (void)state;
    lh_sequence *lines = lines_of_all_lengths();
    for (int batch = 1; batch <= 96; batch += 19)
        for (uint64_t epoch = 0; epoch < 3; epoch++) {
            size_t order[LINES];
            bool seen[LINES] = {false};
            lh_plan_epoch(lines, LINES, batch, 5, epoch, order);
            for (int i = 0; i < LINES; i++) {
                assert_true(order[i] < LINES);
                assert_false(seen[order[i]]);
                seen[order[i]] = true;
            }
        }
    assert_int_equal(lh_batches(LINES, 96), 11);
    free(lines);
}

static void epochs_differ_and_repeat(void **state)
{
    (void)state;
    lh_sequence *lines = lines_of_all_lengths();
    size_t a[LINES], b[LINES], other[LINES];
    lh_plan_epoch(lines, LINES, 32, 5, 1, a);
    lh_plan_epoch(lines, LINES, 32, 5, 1, b);
    assert_memory_equal(a, b, sizeof a);
    int same = 0;
    lh_plan_epoch(lines, LINES, 32, 5, 2, other);
    for (int i = 0; i < LINES; i++)
        same += a[i] == other[i];
    assert_true(same < LINES / 20);
    lh_plan_epoch(lines, LINES, 32, 6, 1, other);
    assert_memory_not_equal(a, other, sizeof a);
    free(lines);
}

/* What padding to the longest line of a batch would add: under a twentieth; without buckets, more
 * than half. */
static void lengths_in_a_batch_are_alike(void **state)
{
    (void)state;
    lh_sequence *lines = lines_of_all_lengths();
    size_t order[LINES];
    double real = 0, padded = 0;
    lh_plan_epoch(lines, LINES, 32, 5, 0, order);
    for (int start = 0; start < LINES; start += 32) {
        int longest = 0, count = LINES - start < 32 ? LINES - start : 32;
        for (int i = start; i < start + count; i++) {
            int steps = lines[order[i]].steps;
            longest = steps > longest ? steps : longest;
            real += steps;
        }
        padded += (double)longest * count;
    }
    if (padded / real > 1.10)
        fail_msg("padding adds %.1f %%", 100 * (padded / real - 1));
    free(lines);
}

/* Long and short batches must not come in order of length. */
static void batches_of_an_epoch_are_mixed(void **state)
{
    (void)state;
    lh_sequence *lines = lines_of_all_lengths();
    size_t order[LINES];
    lh_plan_epoch(lines, LINES, 32, 5, 0, order);
    int falls = 0;
    for (int b = 1; b < LINES / 32; b++)
        falls += lines[order[32 * b]].steps < lines[order[32 * (b - 1)]].steps;
    assert_in_range(falls, 8, 22);
    free(lines);
}

static void shards_hold_every_line_and_are_balanced(void **state)
{
    (void)state;
    lh_sequence *lines = lines_of_all_lengths();
    lh_real marks[LINES]; /* x tells lines apart */
    for (int i = 0; i < LINES; i++)
        lines[i].x = &marks[i];
    lh_shards shards;
    assert_int_equal(lh_shards_reserve(&shards, 256, NULL), LH_OK);
    for (int threads = 1; threads <= 4; threads++)
        for (int count = 1; count <= 256; count += 17) {
            size_t batch[256];
            bool seen[LINES] = {false};
            double of_thread[4] = {0}, all = 0;
            for (int i = 0; i < count; i++)
                batch[i] = (size_t)(3 * i + 1);
            lh_deal_shards(lines, batch, count, threads, &shards);
            assert_int_equal(shards.start[shards.count], count);
            for (int s = 0; s < shards.count; s++) {
                size_t points = 0;
                for (int i = shards.start[s]; i < shards.start[s + 1]; i++) {
                    ptrdiff_t line = shards.sequence[i].x - marks;
                    assert_false(seen[line]);
                    seen[line] = true;
                    points += (size_t)shards.sequence[i].steps;
                }
                assert_true(points <= LH_SHARD_POINTS * 1.1);
                of_thread[s % threads] += (double)points;
                all += (double)points;
            }
            for (int t = 0; t < threads && count >= 16 * threads; t++)
                if (of_thread[t] * threads > 1.1 * all)
                    fail_msg("%d lines: thread %d of %d has %.0f of %.0f points", count, t, threads,
                             of_thread[t], all);
        }
    lh_shards_release(&shards);
    free(lines);
}

/* ---- sequences ---- */

static lh_dataset *dataset_of(const lh_corpus *corpus, unsigned splits, const lh_alphabet *alphabet,
                              size_t max_lines)
{
    lh_scale scale = lh_corpus_scale(corpus);
    lh_dataset_options options = {.splits = splits,
                                  .alphabet = alphabet,
                                  .scale_x = scale.x,
                                  .scale_y = scale.y,
                                  .max_offset = 60,
                                  .max_lines = max_lines};
    lh_error error;
    lh_dataset *dataset = lh_dataset_new(corpus, &options, &error);
    if (!dataset)
        fail_msg("%s", error.message);
    return dataset;
}

static void sequences_are_the_lines_normalised_and_clipped(void **state)
{
    (void)state;
    char *folder = tiny_folder();
    lh_corpus *corpus = tiny_corpus(folder, 12, 5, 1);
    const lh_alphabet *alphabet = lh_corpus_alphabet(corpus);
    lh_dataset *dataset = dataset_of(corpus, 1u << LH_SPLIT_TRAIN, alphabet, 0);
    lh_scale scale = lh_corpus_scale(corpus);
    assert_int_equal(lh_dataset_count(dataset), 12);
    size_t points = 0, clipped = 0;
    for (size_t i = 0; i < 12; i++) {
        const lh_sequence *s = &lh_dataset_sequences(dataset)[i];
        lh_corpus_line line = lh_corpus_get(corpus, lh_dataset_line(dataset, i));
        assert_int_equal(line.split, LH_SPLIT_TRAIN);
        assert_int_equal(s->steps, line.count - 1);
        for (int t = 0; t < s->steps; t++) {
            double dx = (double)line.points[t + 1].x - line.points[t].x;
            clipped += fabs(dx) > 60;
            dx = fmin(fmax(dx, -60), 60) / scale.x;
            assert_true(fabs(s->x[3 * t] - dx) < 1e-5);
            assert_true((s->x[3 * t + 2] == 1) == (line.points[t + 1].end == 1));
        }
        assert_int_equal(s->characters, strlen(line.text));
        for (int u = 0; u < s->characters; u++)
            assert_int_equal(alphabet->codepoint[s->text[u]], line.text[u]);
        points += (size_t)s->steps;
    }
    assert_int_equal(points, lh_dataset_points(dataset));
    assert_true(clipped > 0);
    lh_dataset_free(dataset);
    lh_corpus_free(corpus);
    tiny_remove(folder);
}

/* Adds a file to the folder. */
static void add_file(const char *folder, const char *name, const char *mode, const char *content)
{
    char *path = tiny_path(folder, name);
    FILE *stream = fopen(path, mode);
    assert_non_null(stream);
    fputs(content, stream);
    fclose(stream);
    free(path);
}

/* A corpus of 400 lines, and one more that says "Queen" and is the only one with a Q. */
static lh_corpus *corpus_with_a_queen(const char *folder)
{
    lh_corpus_free(tiny_corpus(folder, 400, 0, 1));
    lh_error error;
    lh_point points[30];
    for (int i = 0; i < 30; i++)
        points[i] = (lh_point){
            .x = 20 * (float)i, .y = 30 * (float)(i % 3), .time = 0.01f * (float)i, .end = i == 29};
    static const char *const folders[] = {"lineStrokes/t01/t01-900", "ascii/t01/t01-900"};
    for (int i = 0; i < 2; i++) {
        char *path = tiny_path(folder, folders[i]);
        assert_int_equal(mkdir(path, 0777), 0);
        free(path);
    }
    char *xml = tiny_path(folder, "lineStrokes/t01/t01-900/t01-900u-01.xml");
    check_ok(lh_iam_write(&(lh_ink){.points = points, .count = 30}, xml, &error), &error);
    free(xml);
    add_file(folder, "ascii/t01/t01-900/t01-900u.txt", "wb", "OCR:\n\nQueen\n\nCSR:\n\nQueen\n");
    add_file(folder, "trainset.txt", "ab", "t01-900u\n");
    char *path = tiny_path(folder, "queen.lhc");
    lh_prepare_options options = {.threads = 1, .strict = true};
    check_ok(lh_corpus_prepare(&folder, 1, &options, path, &error), &error);
    lh_corpus *corpus = lh_corpus_open(path, &error);
    if (!corpus)
        fail_msg("%s", error.message);
    free(path);
    return corpus;
}

static void lines_with_rare_characters_are_taken_more_often(void **state)
{
    (void)state;
    char *folder = tiny_folder();
    lh_corpus *corpus = corpus_with_a_queen(folder);
    size_t queen = lh_corpus_find(corpus, "t01-900u-01");
    assert_true(queen != SIZE_MAX);
    /* 401 lines: one in a hundred is 4. */
    static const int weights[][2] = {{0, 1}, {1, 1}, {3, 3}, {50, 4}};
    for (int w = 0; w < 4; w++) {
        lh_scale scale = lh_corpus_scale(corpus);
        lh_dataset_options options = {.splits = 1u << LH_SPLIT_TRAIN,
                                      .alphabet = lh_corpus_alphabet(corpus),
                                      .scale_x = scale.x,
                                      .scale_y = scale.y,
                                      .rare_weight = weights[w][0]};
        lh_error error;
        lh_dataset *dataset = lh_dataset_new(corpus, &options, &error);
        assert_non_null(dataset);
        int times[401] = {0};
        for (size_t i = 0; i < lh_dataset_count(dataset); i++)
            times[lh_dataset_line(dataset, i)]++;
        for (size_t i = 0; i < 401; i++)
            if (times[i] != (i == queen ? weights[w][1] : 1))
                fail_msg("weight %d: line %zu is taken %d times", weights[w][0], i, times[i]);
        lh_dataset_free(dataset);
    }
    lh_corpus_free(corpus);
    tiny_remove(folder);
}

static void lines_without_a_writable_text_are_left_out(void **state)
{
    (void)state;
    char *folder = tiny_folder();
    lh_corpus *corpus = tiny_corpus(folder, 12, 5, 1);
    lh_alphabet few = {0};
    lh_alphabet_parse(&few, "aeino ");
    unsigned both = 1u << LH_SPLIT_TRAIN | 1u << LH_SPLIT_V;
    lh_dataset *some = dataset_of(corpus, both, &few, 0);
    lh_dataset *all = dataset_of(corpus, both, NULL, 0);
    assert_int_equal(lh_dataset_count(all), 17);
    assert_int_equal(lh_dataset_count(some) + lh_dataset_left_out(some), 17);
    assert_in_range(lh_dataset_left_out(some), 1, 16);
    assert_null(lh_dataset_sequences(all)[0].text);
    lh_dataset *three = dataset_of(corpus, both, NULL, 3);
    assert_int_equal(lh_dataset_count(three), 3);
    assert_int_equal(lh_dataset_line(three, 1), lh_dataset_line(all, 17 / 3));
    lh_dataset_options none = {.splits = 1u << LH_SPLIT_F, .scale_x = 1, .scale_y = 1};
    lh_error error;
    check_none(LH_ERROR_ARGUMENT, lh_dataset_new(corpus, &none, &error), &error,
               "none of the corpus's 17 lines");
    lh_dataset_free(three);
    lh_dataset_free(all);
    lh_dataset_free(some);
    lh_corpus_free(corpus);
    tiny_remove(folder);
}

/* ---- many lines at once ---- */

static lh_network *small_network(const lh_alphabet *alphabet)
{
    lh_architecture architecture = SYNTHESIS(2, 12, 3, 2, alphabet->count);
    lh_error error;
    lh_network *network = lh_network_new(&architecture, &error);
    if (!network)
        fail_msg("%s", error.message);
    lh_rng rng;
    lh_rng_seed(&rng, 3, 0);
    lh_network_init(network, &rng);
    lh_network_changed(network);
    return network;
}

static void the_gradient_is_the_mean_over_lines_whatever_the_threads(void **state)
{
    (void)state;
    char *folder = tiny_folder();
    lh_corpus *corpus = tiny_corpus(folder, 9, 1, 1);
    lh_dataset *dataset = dataset_of(corpus, 1u << LH_SPLIT_TRAIN, lh_corpus_alphabet(corpus), 0);
    lh_network *network = small_network(lh_corpus_alphabet(corpus));
    size_t size = lh_network_arena_size(network);
    const lh_clipping clipping = {0};
    lh_error error;
    lh_workspace *workspace = lh_workspace_new(&error);
    lh_real *expected = calloc(size, sizeof *expected);
    double loss = 0;
    for (size_t i = 0; i < 9; i++) {
        lh_loss one;
        check_ok(lh_network_gradient(network, workspace, &lh_dataset_sequences(dataset)[i], 1,
                                     &clipping, expected, &one, &error),
                 &error);
        loss += one.mixture + one.end_of_stroke;
    }
    double norm = lh_gradient_norm(expected, size, 1) / 9;
    for (int threads = 1; threads <= 3; threads++) {
        const lh_workers workers = {.threads = threads, .all = threads};
        lh_batch_gradient *gradient = lh_batch_gradient_new(network, NULL, 9, &workers, &error);
        size_t batch[9] = {8, 7, 6, 5, 4, 3, 2, 1, 0};
        lh_loss sum;
        check_ok(lh_batch_gradient_compute(gradient, network, lh_dataset_sequences(dataset), batch,
                                           9, &clipping, &sum, &error),
                 &error);
        assert_true(fabs(sum.mixture + sum.end_of_stroke - loss) < 1e-4 * fabs(loss));
        for (size_t i = 0; i < size; i++)
            if (fabs(lh_batch_gradient_values(gradient)[i] - expected[i] / 9) > 1e-4 * norm)
                fail_msg("%d threads: element %zu is %g, not %g", threads, i,
                         lh_batch_gradient_values(gradient)[i], expected[i] / 9);
        lh_batch_gradient_free(gradient);
    }
    free(expected);
    lh_workspace_free(workspace);
    lh_network_free(network);
    lh_dataset_free(dataset);
    lh_corpus_free(corpus);
    tiny_remove(folder);
}

static bool stop_at_once(void *user)
{
    ++*(int *)user;
    return true;
}

static void the_loss_of_a_dataset_is_that_of_its_lines(void **state)
{
    (void)state;
    char *folder = tiny_folder();
    lh_corpus *corpus = tiny_corpus(folder, 70, 1, 1);
    lh_dataset *dataset = dataset_of(corpus, 1u << LH_SPLIT_TRAIN, lh_corpus_alphabet(corpus), 0);
    lh_network *network = small_network(lh_corpus_alphabet(corpus));
    lh_error error;
    lh_loss one[70], two[70], alone;
    check_ok(lh_dataset_loss(network, dataset, 1, NULL, NULL, one, &error), &error);
    check_ok(lh_dataset_loss(network, dataset, 2, NULL, NULL, two, &error), &error);
    assert_memory_equal(one, two, sizeof one);
    lh_workspace *workspace = lh_workspace_new(&error);
    for (size_t i = 0; i < 70; i += 23) {
        check_ok(lh_network_loss(network, workspace, &lh_dataset_sequences(dataset)[i], 1, &alone,
                                 &error),
                 &error);
        assert_true(fabs(alone.mixture - one[i].mixture) < 1e-4 * fabs(alone.mixture) + 1e-3);
        assert_int_equal(alone.points, one[i].points);
    }
    assert_int_equal(lh_loss_sum(one, 70).points, lh_dataset_points(dataset));
    int asked = 0;
    assert_int_equal(lh_dataset_loss(network, dataset, 2, stop_at_once, &asked, one, &error),
                     LH_ERROR_INTERRUPTED);
    assert_true(asked > 0);
    lh_workspace_free(workspace);
    lh_network_free(network);
    lh_dataset_free(dataset);
    lh_corpus_free(corpus);
    tiny_remove(folder);
}

/* ---- schedule and options ---- */

static void the_learning_rate_follows_its_schedule(void **state)
{
    (void)state;
    lh_train_options o = lh_train_options_default(LH_ADAM);
    o.learning_rate = 1e-3;
    o.learning_rate_final = 1e-4;
    o.warmup = 10;
    o.schedule = LH_SCHEDULE_COSINE;
    assert_true(fabs(lh_learning_rate(&o, 0, 0) - 1e-4) < 1e-9);
    assert_true(fabs(lh_learning_rate(&o, 50, 0) - 1e-3) < 1e-9);
    assert_true(fabs(lh_learning_rate(&o, 50, 0.5) - 5.5e-4) < 1e-9);
    assert_true(fabs(lh_learning_rate(&o, 50, 1) - 1e-4) < 1e-9);
    /* A rise of more steps than a tenth of the plan has. */
    assert_true(fabs(lh_learning_rate(&o, 2, 0.05) / lh_learning_rate(&o, 50, 0.05) - 0.5) < 1e-9);
    assert_true(lh_learning_rate(&o, 4, 0.1) == lh_learning_rate(&o, 50, 0.1));
    o.schedule = LH_SCHEDULE_LINEAR;
    assert_true(fabs(lh_learning_rate(&o, 50, 0.25) - 7.75e-4) < 1e-9);
    o.schedule = LH_SCHEDULE_CONSTANT;
    assert_true(fabs(lh_learning_rate(&o, 50, 1) - 1e-3) < 1e-9);
    o.ema = 0.99;
    assert_true(fabs(lh_average_decay(&o, 0) - 0.1) < 1e-9);
    assert_true(fabs(lh_average_decay(&o, 100000) - 0.99) < 1e-9);
}

static void options_survive_json(void **state)
{
    (void)state;
    lh_train_options o = lh_train_options_default(LH_RMSPROP_GRAVES), back;
    o.seed = 0xfedcba9876543210u;
    o.learning_rate = 1.0 / 3;
    o.network = LH_TRAIN_PREDICTION;
    o.precision = LH_PRECISION_FLOAT16;
    o.patience = 7;
    o.products = LH_PRODUCTS_BFLOAT16;
    lh_error error;
    cJSON *json = lh_train_options_write(&o, false);
    assert_non_null(json);
    back = lh_train_options_default(LH_ADAM);
    check_ok(lh_train_options_read(json, "x", &back, &error), &error);
    check_ok(lh_train_options_same(&o, &back, &error), &error);
    assert_true(back.seed == o.seed && back.learning_rate == o.learning_rate);
    assert_true(back.schedule == o.schedule && back.precision == o.precision);
    assert_int_equal(back.patience, 7);
    assert_int_equal(back.products, LH_PRODUCTS_BFLOAT16);
    cJSON_ReplaceItemInObject(json, "layers", cJSON_CreateNumber(0));
    assert_int_equal(lh_train_options_read(json, "x", &back, &error), LH_ERROR_FORMAT);
    assert_non_null(strstr(error.message, "layers"));
    cJSON_Delete(json);
}

static void unfit_options_are_refused_by_name(void **state)
{
    (void)state;
    static const struct {
        size_t offset;
        double value;
        const char *name;
    } wrong[] = {{offsetof(lh_train_options, learning_rate), NAN, "learning_rate"},
                 {offsetof(lh_train_options, clip), -1, "clip"},
                 {offsetof(lh_train_options, epochs), 0, "epochs"},
                 {offsetof(lh_train_options, ema), 1, "averaged"}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        lh_train_options o = lh_train_options_default(LH_ADAM);
        memcpy((char *)&o + wrong[i].offset, &wrong[i].value, sizeof wrong[i].value);
        lh_error error;
        assert_int_equal(lh_train_options_check(&o, &error), LH_ERROR_ARGUMENT);
        assert_non_null(strstr(error.message, wrong[i].name));
    }
    lh_train_options o = lh_train_options_default(LH_ADAM);
    o.valid_splits = o.train_splits;
    lh_error error;
    check_fails(LH_ERROR_ARGUMENT, lh_train_options_check(&o, &error), &error,
                "training and validation splits overlap");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(batches_cover_every_line_once_an_epoch),
        cmocka_unit_test(epochs_differ_and_repeat),
        cmocka_unit_test(lengths_in_a_batch_are_alike),
        cmocka_unit_test(batches_of_an_epoch_are_mixed),
        cmocka_unit_test(shards_hold_every_line_and_are_balanced),
        cmocka_unit_test(sequences_are_the_lines_normalised_and_clipped),
        cmocka_unit_test(lines_without_a_writable_text_are_left_out),
        cmocka_unit_test(lines_with_rare_characters_are_taken_more_often),
        cmocka_unit_test(the_gradient_is_the_mean_over_lines_whatever_the_threads),
        cmocka_unit_test(the_loss_of_a_dataset_is_that_of_its_lines),
        cmocka_unit_test(the_learning_rate_follows_its_schedule),
        cmocka_unit_test(options_survive_json),
        cmocka_unit_test(unfit_options_are_refused_by_name),
    };
    return cmocka_run_group_tests_name("train", tests, NULL, NULL);
}
