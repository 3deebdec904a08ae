/* The figures of an evaluation, the baseline, and `longhand evaluate` on the corpus in data/. */
#include "architectures.h"
#include "check.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[] = "/tmp/longhand-test-evaluate-XXXXXX";

static const char *place(const char *name)
{
    static char path[4][128];
    static int next;
    next = (next + 1) % 4;
    snprintf(path[next], sizeof path[next], "%s/%s", folder, name);
    return path[next];
}

static void prepare(const char *source, const char *corpus)
{
    lh_error error;
    lh_prepare_options options = lh_prepare_defaults();
    check_ok(lh_corpus_prepare(&source, 1, &options, corpus, &error), &error);
}

/* corpus: that of data/. model: a small synthesis network that has learned nothing. */
static int make_files(void **state)
{
    (void)state;
    if (!mkdtemp(folder))
        return -1;
    char source[4096];
    snprintf(source, sizeof source, "%s/data", getenv("LONGHAND_SOURCE"));
    prepare(source, place("corpus"));
    lh_error error;
    lh_corpus *corpus = lh_corpus_open(place("corpus"), &error);
    assert_non_null(corpus);
    lh_scale scale = lh_corpus_scale(corpus);
    lh_model model = {.scale_x = scale.x, .scale_y = scale.y};
    model.alphabet = *lh_corpus_alphabet(corpus);
    lh_architecture architecture = SYNTHESIS(2, 12, 3, 2, model.alphabet.count);
    model.network = lh_network_new(&architecture, &error);
    assert_non_null(model.network);
    lh_rng rng;
    lh_rng_seed(&rng, 1, 0);
    lh_network_init(model.network, &rng);
    check_ok(lh_model_save(&model, place("model"), LH_PRECISION_FLOAT32, &error), &error);
    lh_network_free(model.network);
    lh_corpus_free(corpus);
    return 0;
}

static int remove_files(void **state)
{
    (void)state;
    char command[200];
    snprintf(command, sizeof command, "rm -r %s", folder);
    return system(command);
}

static lh_dataset *open_dataset(const char *path, unsigned splits, double scale_x, double scale_y)
{
    lh_error error;
    lh_corpus *corpus = lh_corpus_open(path, &error);
    if (!corpus)
        fail_msg("%s", error.message);
    lh_dataset_options options = {
        .splits = splits, .scale_x = scale_x, .scale_y = scale_y, .max_offset = 500};
    lh_dataset *dataset = lh_dataset_new(corpus, &options, &error);
    if (!dataset)
        fail_msg("%s", error.message);
    lh_corpus_free(corpus);
    return dataset;
}

static void check_near(const char *what, double value, double expected, double relative)
{
    if (!(fabs(value - expected) <= relative * fmax(1, fabs(expected))))
        fail_msg("%s is %.9g, expected %.9g", what, value, expected);
}

/* ---- scores ---- */

static void score_adds_up_and_converts_units(void **state)
{
    (void)state;
    const lh_loss losses[] = {
        {.mixture = -300, .end_of_stroke = 40, .squared_error = 30, .points = 100},
        {.mixture = 900, .end_of_stroke = 60, .squared_error = 90, .points = 300}};
    lh_score score = lh_score_of(losses, 2, 4, 0.5);
    check_near("nats a line", score.nats_per_line, 350, 1e-12);
    check_near("mixture a line", score.mixture_per_line, 300, 1e-12);
    check_near("end of stroke a line", score.end_of_stroke_per_line, 50, 1e-12);
    check_near("nats a point", score.nats_per_point, 1.75, 1e-12);
    check_near("mixture a point", score.mixture_per_point, 1.5, 1e-12);
    check_near("end of stroke a point", score.end_of_stroke_per_point, 0.25, 1e-12);
    check_near("raw nats a line", score.nats_per_line_raw, 350 + 200 * log(2), 1e-12);
    check_near("raw nats a point", score.nats_per_point_raw, 1.75 + log(2), 1e-12);
    check_near("SSE a point", score.sse_per_point, 0.3, 1e-12);
}

/* ---- the baseline ---- */

static double total_loss(const lh_null_model *model, const lh_dataset *dataset)
{
    double sum = 0;
    for (size_t i = 0; i < lh_dataset_count(dataset); i++) {
        lh_loss loss = lh_null_model_loss(model, &lh_dataset_sequences(dataset)[i]);
        sum += loss.mixture + loss.end_of_stroke;
    }
    return sum;
}

static void baseline_is_the_likeliest_gaussian_and_coin(void **state)
{
    (void)state;
    lh_error error;
    lh_dataset *dataset = open_dataset(place("corpus"), ~0u, 7, 3);
    lh_null_model model;
    check_ok(lh_null_model_fit(dataset, &model, &error), &error);
    double best = total_loss(&model, dataset);
    /* At the maximum the loss is the entropy of the Gaussian and of the coin. */
    double determinant = model.variance_x * model.variance_y - model.covariance * model.covariance;
    double entropy = log(2 * acos(-1) * exp(1)) + 0.5 * log(determinant) -
                     model.end * log(model.end) - (1 - model.end) * log(1 - model.end);
    check_near("the loss", best / (double)lh_dataset_points(dataset), entropy, 1e-9);
    for (size_t i = 0; i < sizeof model / sizeof(double); i++)
        for (int sign = -1; sign <= 1; sign += 2) {
            lh_null_model other = model;
            ((double *)&other)[i] *= 1 + 0.01 * sign;
            if (!(total_loss(&other, dataset) > best))
                fail_msg("a change of parameter %zu by %d %% is no worse", i, sign);
        }
    lh_dataset_free(dataset);
}

static void baseline_density_integrates_to_one(void **state)
{
    (void)state;
    const lh_null_model model = {0.3, -0.2, 2, 0.5, 0.7, 0.25};
    enum { GRID = 400 };
    const double step = 0.05;
    double mass = 0, error = 0;
    for (int i = 0; i < GRID; i++)
        for (int j = 0; j < GRID; j++) {
            lh_real x[] = {(lh_real)((i - GRID / 2) * step), (lh_real)((j - GRID / 2) * step), 1};
            lh_sequence one = {.x = x, .steps = 1};
            lh_loss loss = lh_null_model_loss(&model, &one);
            double probability = exp(-loss.mixture) * step * step;
            mass += probability;
            error += probability * loss.squared_error;
            assert_true(fabs(loss.end_of_stroke - log(4)) < 1e-12 && loss.points == 1);
        }
    check_near("the mass", mass, 1, 1e-6);
    check_near("the expected squared error", error, 2.5, 1e-5);
}

/* A corpus of one line whose points come from `point`. */
static void make_corpus(const char *name, lh_point (*point)(int i))
{
    lh_error error;
    lh_ink *ink = lh_ink_new(&error);
    for (int i = 0; i < 40; i++)
        check_ok(lh_ink_add(ink, point(i), &error), &error);
    mkdir(place(name), 0777);
    char path[256];
    static const char *const parts[] = {"/lineStrokes", "/a01", "/a01-000"};
    snprintf(path, sizeof path, "%s", place(name));
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        strcat(path, parts[i]);
        mkdir(path, 0777);
    }
    strcat(path, "/a01-000u-01.xml");
    check_ok(lh_iam_write(ink, path, &error), &error);
    lh_ink_free(ink);
    char corpus[200];
    snprintf(corpus, sizeof corpus, "%s.lhc", place(name));
    prepare(place(name), corpus);
}

static lh_point straight(int i)
{
    return (lh_point){(float)(i * i), (float)(2 * i * i), 0.02f * (float)i, i % 10 == 9};
}

static lh_point always_up(int i)
{
    return (lh_point){(float)(i * i % 7), (float)(i * i % 11), 0.02f * (float)i, 1};
}

static void baseline_of_degenerate_lines_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        lh_point (*point)(int i);
        const char *words;
    } cases[] = {{"straight", straight, "one direction"}, {"up", always_up, "strokes end"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char corpus[64];
        make_corpus(cases[i].name, cases[i].point);
        snprintf(corpus, sizeof corpus, "%s.lhc", cases[i].name);
        lh_dataset *dataset = open_dataset(place(corpus), ~0u, 1, 1);
        lh_null_model model;
        lh_error error = {0};
        assert_int_equal(lh_null_model_fit(dataset, &model, &error), LH_ERROR_NUMERIC);
        if (!strstr(error.message, cases[i].words))
            fail_msg("%s: '%s' does not say '%s'", cases[i].name, error.message, cases[i].words);
        lh_dataset_free(dataset);
    }
}

/* ---- the command ---- */

/* Runs `longhand evaluate` in the folder; standard output and error go to the files out and err. */
static int run(const char *arguments)
{
    char command[1000];
    snprintf(command, sizeof command, "cd %s && %s evaluate %s >out 2>err", folder,
             getenv("LONGHAND_PROGRAM"), arguments);
    int result = system(command);
    assert_true(WIFEXITED(result));
    return WEXITSTATUS(result);
}

static char *contents(const char *name)
{
    size_t size;
    lh_error error;
    char *text = lh_file_read(place(name), 1 << 24, &size, &error);
    if (!text)
        fail_msg("%s", error.message);
    return text;
}

/* What a run with --json printed. */
static cJSON *run_json(const char *arguments)
{
    if (run(arguments) != 0)
        fail_msg("evaluate %s: %s", arguments, contents("err"));
    char *text = contents("out");
    cJSON *json = cJSON_Parse(text);
    if (!json)
        fail_msg("not JSON: %s", text);
    free(text);
    return json;
}

static double number(const cJSON *json, const char *name)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(json, name);
    if (!cJSON_IsNumber(item))
        fail_msg("no number \"%s\"", name);
    return item->valuedouble;
}

static void json_holds_what_the_library_computes(void **state)
{
    (void)state;
    lh_error error;
    cJSON *json = run_json("--model model --corpus corpus --split trainset,testset_v --json");
    lh_corpus *corpus = lh_corpus_open(place("corpus"), &error);
    lh_model *model = lh_model_load(place("model"), &error);
    assert_true(corpus && model);
    lh_workspace *workspace = lh_workspace_new(&error);
    lh_dataset_options options = {.splits = 1u << LH_SPLIT_TRAIN | 1u << LH_SPLIT_V,
                                  .alphabet = &model->alphabet,
                                  .scale_x = model->scale_x,
                                  .scale_y = model->scale_y,
                                  .max_offset = 500};
    lh_dataset *dataset = lh_dataset_new(corpus, &options, &error);
    assert_true(workspace && dataset);
    size_t count = lh_dataset_count(dataset), points = 0;
    double nats = 0, squared = 0;
    for (size_t i = 0; i < count; i++) {
        lh_loss loss;
        check_ok(lh_network_loss(model->network, workspace, &lh_dataset_sequences(dataset)[i], 1,
                                 &loss, &error),
                 &error);
        nats += loss.mixture + loss.end_of_stroke;
        squared += loss.squared_error;
        /* A line of n points has n - 1 offsets. */
        points += lh_corpus_get(corpus, lh_dataset_line(dataset, i)).count - 1;
    }
    double n = (double)count, t = (double)points, unit = log(model->scale_x * model->scale_y);
    assert_true(number(json, "lines") == n && number(json, "points") == t);
    check_near("nats_per_line", number(json, "nats_per_line"), nats / n, 1e-6);
    check_near("nats_per_point", number(json, "nats_per_point"), nats / t, 1e-6);
    check_near("nats_per_line_raw", number(json, "nats_per_line_raw"), nats / n + t / n * unit,
               1e-6);
    check_near("nats_per_point_raw", number(json, "nats_per_point_raw"), nats / t + unit, 1e-6);
    check_near("sse_per_point", number(json, "sse_per_point"), squared / t, 1e-6);
    assert_true(number(json, "baseline_nats_per_line") != 0);
    cJSON_Delete(json);
    lh_dataset_free(dataset);
    lh_workspace_free(workspace);
    lh_model_free(model);
    lh_corpus_free(corpus);
}

static void any_number_of_threads_gives_the_same(void **state)
{
    (void)state;
    cJSON *first = NULL;
    for (int threads = 1; threads <= 3; threads++) {
        char arguments[100];
        snprintf(arguments, sizeof arguments,
                 "--model model --corpus corpus --split all --threads %d --json", threads);
        cJSON *json = run_json(arguments);
        cJSON_DeleteItemFromObject(json, "seconds");
        if (!first)
            first = json;
        else if (!cJSON_Compare(first, json, true))
            fail_msg("%d threads: %s instead of %s", threads, cJSON_Print(json),
                     cJSON_Print(first));
        if (json != first)
            cJSON_Delete(json);
    }
    cJSON_Delete(first);
}

static void lines_add_up_and_the_worst_comes_first(void **state)
{
    (void)state;
    cJSON *json = run_json("--model model --corpus corpus --per-line lines.jsonl --json");
    char *text = contents("lines.jsonl");
    double sum = 0, points = 0, last = INFINITY;
    int rows = 0;
    for (char *row = strtok(text, "\n"); row; row = strtok(NULL, "\n"), rows++) {
        cJSON *line = cJSON_Parse(row);
        assert_true(cJSON_IsString(cJSON_GetObjectItemCaseSensitive(line, "name")));
        double nats = number(line, "nats"), t = number(line, "T");
        if (nats / t > last)
            fail_msg("row %d has %g nats a point, the one before %g", rows, nats / t, last);
        last = nats / t;
        sum += nats;
        points += t;
        cJSON_Delete(line);
    }
    free(text);
    assert_true(rows == number(json, "lines") && points == number(json, "points"));
    check_near("the sum", sum / rows, number(json, "nats_per_line"), 1e-9);
    cJSON_Delete(json);
}

static void table_and_baseline_alone_are_printed(void **state)
{
    (void)state;
    assert_int_equal(run("--model model --corpus corpus"), 0);
    char *text = contents("out");
    assert_non_null(strstr(text, "baseline"));
    assert_non_null(strstr(text, "nats a line, whiteboard units"));
    free(text);
    cJSON *json = run_json("--baseline --corpus corpus --json");
    assert_true(number(json, "baseline_nats_per_line_raw") > 0);
    assert_null(cJSON_GetObjectItemCaseSensitive(json, "nats_per_line"));
    cJSON_Delete(json);
}

static void wrong_use_and_missing_files_are_told(void **state)
{
    (void)state;
    static const struct {
        const char *arguments;
        int code;
        const char *words;
    } cases[] = {{"", 2, "--corpus"},
                 {"--corpus corpus --split nosuch", 2, "nosuch"},
                 {"--corpus corpus --baseline --model model", 2, "--baseline"},
                 {"--corpus corpus --max-offset x", 2, "--max-offset"},
                 {"--corpus missing --model model", 1, "missing"},
                 {"--corpus model --model model", 1, "model"},
                 {"--corpus corpus --model corpus", 1, "corpus"},
                 {"--corpus corpus --model model --split none", 1, "splits"},
                 {"--corpus corpus --model model --per-line no/such", 1, "no/such"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int code = run(cases[i].arguments);
        char *message = contents("err");
        if (code != cases[i].code || !strstr(message, cases[i].words))
            fail_msg("evaluate %s: exit %d, '%s'", cases[i].arguments, code, message);
        free(message);
    }
}

/* ---- the real thing ---- */

static void iam_baseline_has_the_known_figures(void **state)
{
    (void)state;
    const char *iam = getenv("LONGHAND_IAM");
    if (!iam || !*iam) {
        print_message("LONGHAND_IAM does not say where IAM-OnDB is: skipped\n");
        skip();
        return;
    }
    /* Measured independently: offsets clipped to +-500, nothing cleaned, normalised by the
     * deviation (39.09, 36.83) of the clipped training offsets. */
    lh_error error;
    lh_prepare_options prepare_options = lh_prepare_defaults();
    prepare_options.cleaning = (lh_cleaning){0};
    check_ok(lh_corpus_prepare(&iam, 1, &prepare_options, place("iam.lhc"), &error), &error);
    lh_dataset *training = open_dataset(place("iam.lhc"), LH_SPLITS_PAPER_TRAINING, 39.09, 36.83);
    lh_dataset *lines = open_dataset(place("iam.lhc"), 1u << LH_SPLIT_V, 39.09, 36.83);
    assert_int_equal(lh_dataset_count(lines), 1438);
    assert_int_equal(lh_dataset_points(lines), 884526);
    lh_null_model model;
    check_ok(lh_null_model_fit(training, &model, &error), &error);
    check_near("deviation in x", sqrt(model.variance_x), 1, 2e-4);
    check_near("deviation in y", sqrt(model.variance_y), 1, 2e-4);
    lh_loss losses[1438];
    for (size_t i = 0; i < 1438; i++)
        losses[i] = lh_null_model_loss(&model, &lh_dataset_sequences(lines)[i]);
    lh_score score = lh_score_of(losses, 1438, 39.09, 36.83);
    check_near("normalised", score.nats_per_line, 1814.8, 1e-4);
    check_near("raw", score.nats_per_line_raw, 6288.1, 1e-5);
    lh_dataset_free(training);
    lh_dataset_free(lines);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(score_adds_up_and_converts_units),
        cmocka_unit_test(baseline_is_the_likeliest_gaussian_and_coin),
        cmocka_unit_test(baseline_density_integrates_to_one),
        cmocka_unit_test(baseline_of_degenerate_lines_is_refused),
        cmocka_unit_test(json_holds_what_the_library_computes),
        cmocka_unit_test(any_number_of_threads_gives_the_same),
        cmocka_unit_test(lines_add_up_and_the_worst_comes_first),
        cmocka_unit_test(table_and_baseline_alone_are_printed),
        cmocka_unit_test(wrong_use_and_missing_files_are_told),
        cmocka_unit_test(iam_baseline_has_the_known_figures),
    };
    return cmocka_run_group_tests(tests, make_files, remove_files);
}
