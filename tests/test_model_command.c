/* `longhand model`: what it tells of a model file, to people and as JSON, and how it refuses. */
#include "architectures.h"
#include "check.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[] = "/tmp/longhand-test-XXXXXX";

/* The path of a file of the folder; good until two calls later, for two in one expression. */
static char *place(const char *name)
{
    static char paths[2][64];
    static int turn;
    char *path = paths[turn = !turn];
    snprintf(path, sizeof *paths, "%s/%s", folder, name);
    return path;
}

/* A small model whose licence tries to clear the terminal. */
static int make_model(void **state)
{
    (void)state;
    lh_error error;
    lh_rng rng;
    lh_architecture architecture = SYNTHESIS(2, 5, 3, 2, 4);
    lh_model model = {.scale_x = 2, .scale_y = 3};
    model.history = strdup("{\"epoch\":12,\"options\":{\"seed\":7},\"valid_nats_per_line\":-9.5}");
    model.license = strdup("Ours.\033[2J");
    lh_alphabet_parse(&model.alphabet, " \"aü");
    model.network = mkdtemp(folder) ? lh_network_new(&architecture, &error) : NULL;
    if (!model.network)
        return -1;
    lh_rng_seed(&rng, 1, 0);
    lh_network_init(model.network, &rng);
    lh_status status = lh_model_save(&model, place("model"), LH_PRECISION_FLOAT16, &error);
    lh_network_free(model.network);
    free(model.history);
    free(model.license);
    return status == LH_OK ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    static const char *const names[] = {"model", "larger", "other", "again", "mean", "out", "err"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        unlink(place(names[i]));
    return rmdir(folder);
}

/* Runs `longhand model` on a file of the folder; returns its exit code. */
static int run(const char *file, const char *option)
{
    char command[1024];
    snprintf(command, sizeof command, "'%s' model %s/%s %s >%s/out 2>%s/err",
             getenv("LONGHAND_PROGRAM"), folder, file, option, folder, folder);
    int result = system(command);
    assert_true(WIFEXITED(result));
    return WEXITSTATUS(result);
}

static char *contents(const char *name)
{
    size_t size;
    lh_error error;
    char *text = lh_file_read(place(name), 1 << 20, &size, &error);
    if (!text)
        fail_msg("%s", error.message);
    return text;
}

/* It ends with this exit code, and with these words on standard error. */
static void check_refused(const char *file, const char *option, int code, const char *words)
{
    const int got = run(file, option);
    char *text = contents("err");
    if (got != code || strncmp(text, "longhand", 8) != 0 || !strstr(text, words))
        fail_msg("model %s %s: exit %d, '%s'; not %d, '%s'", file, option, got, text, code, words);
    free(text);
}

static void it_tells_people_what_the_file_holds(void **state)
{
    (void)state;
    assert_int_equal(run("model", ""), 0);
    char *text = contents("out");
    static const char *const told[] = {
        "synthesis: 2 x 5 cells (lstm), 3 mixture components, 2 window components",
        "4 characters:  \"aü\n",
        "2.0000 x 3.0000",
        "Ours.?[2J\n",
        "  epoch                            12\n",
        "  options\n    seed                           7\n",
        "  valid_nats_per_line              -9.5\n",
        "layer2.recurrent     5       20",
    };
    for (size_t i = 0; i < sizeof told / sizeof *told; i++)
        if (!strstr(text, told[i]))
            fail_msg("nothing of '%s' in:\n%s", told[i], text);
    assert_null(strchr(text, '\033'));
    free(text);
}

static void it_tells_programs_the_same(void **state)
{
    (void)state;
    assert_int_equal(run("model", "--json"), 0);
    char *text = contents("out");
    cJSON *json = cJSON_Parse(text);
    assert_non_null(json);
    cJSON *architecture = cJSON_GetObjectItem(json, "architecture");
    assert_string_equal(cJSON_GetObjectItem(architecture, "kind")->valuestring, "synthesis");
    assert_int_equal(cJSON_GetObjectItem(architecture, "cells")->valueint, 5);
    assert_string_equal(cJSON_GetObjectItem(architecture, "cell")->valuestring, "lstm");
    assert_string_equal(cJSON_GetObjectItem(architecture, "memory")->valuestring, "none");
    assert_true(cJSON_IsTrue(cJSON_GetObjectItem(architecture, "skips")));
    assert_null(cJSON_GetObjectItem(architecture, "slots"));
    assert_string_equal(cJSON_GetObjectItem(json, "alphabet")->valuestring, " \"aü");
    assert_string_equal(cJSON_GetObjectItem(json, "license")->valuestring, "Ours.\033[2J");
    assert_int_equal(cJSON_GetObjectItem(cJSON_GetObjectItem(json, "history"), "epoch")->valueint,
                     12);
    /* Two layers of input, recurrent, peephole, bias; window and output. */
    cJSON *tensors = cJSON_GetObjectItem(json, "tensors"), *tensor;
    assert_int_equal(cJSON_GetArraySize(tensors), 12);
    int weights = 0;
    cJSON_ArrayForEach(tensor, tensors)
    {
        weights += cJSON_GetObjectItem(tensor, "rows")->valueint *
                   cJSON_GetObjectItem(tensor, "columns")->valueint;
        assert_true(cJSON_GetObjectItem(tensor, "largest")->valuedouble >=
                    cJSON_GetObjectItem(tensor, "rms")->valuedouble);
    }
    assert_int_equal(cJSON_GetObjectItem(json, "weights")->valueint, weights);
    cJSON_Delete(json);
    free(text);
}

static void it_writes_the_model_in_another_precision(void **state)
{
    (void)state;
    char option[256];
    snprintf(option, sizeof option, "--precision float32 -o %s", place("other"));
    assert_int_equal(run("model", option), 0);
    snprintf(option, sizeof option, "-o %s", place("again"));
    assert_int_equal(run("other", option), 0);
    size_t sizes[3];
    static const char *const names[] = {"model", "other", "again"};
    char *data[3];
    lh_error error;
    for (int i = 0; i < 3; i++) {
        data[i] = lh_file_read(place(names[i]), 1 << 20, &sizes[i], &error);
        assert_non_null(data[i]);
    }
    assert_true(sizes[1] > sizes[0]);
    assert_int_equal(sizes[0], sizes[2]);
    assert_memory_equal(data[0], data[2], sizes[0]);
    for (int i = 0; i < 3; i++)
        free(data[i]);
    check_refused("model", "-o out --precision float8", 2, "not 'float8'");
}

static void a_character_can_be_read_as_another(void **state)
{
    (void)state;
    char option[256];
    snprintf(option, sizeof option, "--alike 'ü=a' --precision float32 -o %s", place("again"));
    assert_int_equal(run("model", option), 0);
    lh_error error;
    lh_model *old = lh_model_load(place("model"), &error);
    lh_model *made = lh_model_load(place("again"), &error);
    assert_non_null(old);
    assert_non_null(made);
    for (size_t i = 0; i < lh_network_tensor_count(old->network); i++) {
        const lh_tensor *tensor = lh_network_tensor(old->network, i);
        const lh_real *was = lh_network_parameters_const(old->network) + tensor->offset;
        const lh_real *is = lh_network_parameters_const(made->network) + tensor->offset;
        for (int row = 0; row < tensor->rows; row++) {
            /* ü is the fourth character, and a the third. */
            int from = strstr(tensor->name, ".input") && row == LH_INPUTS + 3 ? row - 1 : row;
            assert_memory_equal(is + row * tensor->columns, was + from * tensor->columns,
                                (size_t)tensor->columns * sizeof *is);
        }
    }
    assert_non_null(strstr(made->history, "\"alike\":\"ü=a\""));
    assert_non_null(strstr(made->history, "\"epoch\":12"));
    lh_model_free(old);
    lh_model_free(made);

    static const char *const wrong[] = {"ü=x", "üa", "ü=", "=a", "ü=aa", "''"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        snprintf(option, sizeof option, "--alike %s -o %s", wrong[i], place("never"));
        check_refused("model", option, 1, "is not two characters with = between");
        assert_int_not_equal(access(place("never"), F_OK), 0);
    }
    check_refused("model", "--alike ü=a", 2, "--alike goes with -o");
}

/* The row of `tensor` that a model whose second character was put in has before row `row`. */
static int row_without(const lh_tensor *tensor, int row)
{
    const int added = LH_INPUTS + 1;
    if (!strstr(tensor->name, ".input") || row < added)
        return row;
    return row == added ? LH_INPUTS + 2 : row - 1; /* ! is read as a, the third */
}

static void a_character_that_the_model_lacks_is_added(void **state)
{
    (void)state;
    char option[256];
    lh_error error;
    snprintf(option, sizeof option, "--alike '!=a' --precision float32 -o %s", place("larger"));
    assert_int_equal(run("model", option), 0);
    lh_model *old = lh_model_load(place("model"), &error);
    lh_model *made = lh_model_load(place("larger"), &error);
    assert_non_null(old);
    assert_non_null(made);
    assert_int_equal(made->alphabet.count, old->alphabet.count + 1);
    assert_int_equal(lh_alphabet_index(&made->alphabet, '!'), 1);
    assert_int_equal(lh_network_weight_count(made->network),
                     lh_network_weight_count(old->network) +
                         (size_t)lh_network_architecture(old->network)->layers *
                             (size_t)lh_network_find(old->network, "layer1.input")->columns);
    for (size_t i = 0; i < lh_network_tensor_count(made->network); i++) {
        const lh_tensor *tensor = lh_network_tensor(made->network, i);
        const lh_tensor *before = lh_network_find(old->network, tensor->name);
        const lh_real *was = lh_network_parameters_const(old->network) + before->offset;
        const lh_real *is = lh_network_parameters_const(made->network) + tensor->offset;
        for (int row = 0; row < tensor->rows; row++)
            assert_memory_equal(is + row * tensor->columns,
                                was + row_without(tensor, row) * tensor->columns,
                                (size_t)tensor->columns * sizeof *is);
    }
    lh_model_free(old);
    lh_model_free(made);
}

/* Writes a model of which every weight is `value`. */
static void write_told_model(const char *name, lh_real value, double scale, const char *history)
{
    lh_error error;
    lh_architecture architecture = PREDICTION(2, 4, 3);
    lh_model model = {.scale_x = scale, .scale_y = 3};
    model.history = (char *)history;
    model.network = lh_network_new(&architecture, &error);
    assert_non_null(model.network);
    for (size_t i = 0; i < lh_network_tensor_count(model.network); i++) {
        const lh_tensor *tensor = lh_network_tensor(model.network, i);
        for (int k = 0; k < tensor->rows * tensor->columns; k++)
            lh_network_parameters(model.network)[tensor->offset + (size_t)k] = value;
    }
    assert_int_equal(lh_model_save(&model, place(name), LH_PRECISION_FLOAT32, &error), LH_OK);
    lh_network_free(model.network);
}

static void write_even_model(const char *name, lh_real value, double scale)
{
    write_told_model(name, value, scale, "{\"epoch\":1}");
}

#define OLDEST "{\"epoch\":1,\"options\":{\"seed\":1}}"
#define OLDER "{\"epoch\":2,\"from\":" OLDEST ",\"options\":{\"seed\":2}}"

/* Means of means of what has a beginning in common would else grow without end. */
static void a_mean_tells_of_each_run_once(void **state)
{
    (void)state;
    char option[256];
    lh_error error;
    write_told_model("other", 0.5F, 2, "{\"mean_of\":[" OLDER "," OLDEST "]}");
    write_told_model("again", 0.5F, 2, "{\"epoch\":3,\"from\":" OLDER ",\"options\":{}}");
    int length = snprintf(option, sizeof option, "%s ", place("again"));
    snprintf(option + length, sizeof option - (size_t)length, "-o %s", place("mean"));
    assert_int_equal(run("other", option), 0);
    lh_model *mean = lh_model_load(place("mean"), &error);
    assert_non_null(mean);
    static const char mean_history[] = "{\"mean_of\":[{\"mean_of\":[" OLDER ",{\"epoch\":1}]},"
                                       "{\"epoch\":3,\"from\":{\"epoch\":2},\"options\":{}}]}";
    assert_string_equal(mean->history, mean_history);
    lh_model_free(mean);

    /* So does a mean of that mean and one of its models, though its beginning is not told there. */
    write_told_model("other", 0.5F, 2, mean_history);
    assert_int_equal(run("other", option), 0);
    lh_model *again = lh_model_load(place("mean"), &error);
    assert_non_null(again);
    const char *last = strstr(again->history, "{\"epoch\":3");
    assert_non_null(last);
    last = strstr(last + 1, "{\"epoch\":3");
    assert_non_null(last);
    assert_string_equal(last, "{\"epoch\":3}]}");
    lh_model_free(again);

    write_told_model("mean", 0.5F, 2, mean_history);
    assert_int_equal(run("mean", ""), 0);
    char *text = contents("out");
    assert_non_null(strstr(text, "history\n"
                                 "  mean_of 1\n"
                                 "    mean_of 1\n"
                                 "      epoch                        2\n"
                                 "      from\n"
                                 "        epoch                      1\n"
                                 "    mean_of 2\n"
                                 "      epoch                        1\n"
                                 "  mean_of 2\n"
                                 "    epoch                          3\n"
                                 "    from\n"
                                 "      epoch                        2\n"));
    free(text);
}

static void a_history_may_be_anything(void **state)
{
    (void)state;
    static const char *const histories[] = {
        "{}",
        "{\"a\":[{\"b\":1},[1],null,\"c\"]}",
        "{\"from\":3,\"mean_of\":{\"options\":[]}}",
        "{\"mean_of\":[null,{\"options\":{\"a\":{}}}],\"\":\"\\u001b[2J\"}",
    };
    char option[256];
    int length = snprintf(option, sizeof option, "%s ", place("again"));
    snprintf(option + length, sizeof option - (size_t)length, "-o %s", place("mean"));
    for (size_t i = 0; i < sizeof histories / sizeof *histories; i++) {
        write_told_model("other", 1, 2, histories[i]);
        write_told_model("again", 1, 2, histories[i]);
        assert_int_equal(run("other", ""), 0);
        char *text = contents("out");
        assert_non_null(strstr(text, "history\n"));
        assert_null(strchr(text, '\033'));
        free(text);
        assert_int_equal(run("other", option), 0);
        assert_int_equal(run("mean", ""), 0);
    }
}

static void it_writes_the_mean_of_several_models(void **state)
{
    (void)state;
    char option[256];
    int length = snprintf(option, sizeof option, "%s ", place("again"));
    snprintf(option + length, sizeof option - (size_t)length, "-o %s", place("mean"));
    write_even_model("other", 0.5F, 2);
    write_even_model("again", -0.125F, 2);
    assert_int_equal(run("other", option), 0);
    lh_error error;
    lh_model *mean = lh_model_load(place("mean"), &error);
    assert_non_null(mean);
    for (size_t i = 0; i < lh_network_tensor_count(mean->network); i++) {
        const lh_tensor *tensor = lh_network_tensor(mean->network, i);
        for (int k = 0; k < tensor->rows * tensor->columns; k++)
            assert_true(lh_network_parameters_const(mean->network)[tensor->offset + (size_t)k] ==
                        (lh_real)0.1875);
    }
    assert_string_equal(mean->history, "{\"mean_of\":[{\"epoch\":1},{\"epoch\":1}]}");
    lh_model_free(mean);

    /* Only models that are alike have one; a file that is there stays as it is. */
    write_even_model("again", 1, 2.5);
    check_refused("other", option, 1, "scale");
    check_refused("other", option, 1, place("again"));
    check_refused("model", option, 1, "architecture");
    mean = lh_model_load(place("mean"), &error);
    assert_non_null(mean);
    assert_true(lh_network_parameters_const(mean->network)[0] == (lh_real)0.1875);
    lh_model_free(mean);

    snprintf(option, sizeof option, "%s", place("again"));
    check_refused("other", option, 2, "several models have a mean");
    snprintf(option, sizeof option, "%s -o %s", place("missing"), place("never"));
    check_refused("other", option, 1, place("missing"));
    assert_int_not_equal(access(place("never"), F_OK), 0);
    check_refused("model", "--json -o never", 2, "--json");
}

static void what_is_no_model_is_refused_by_name(void **state)
{
    (void)state;
    FILE *stream = fopen(place("other"), "wb");
    assert_non_null(stream);
    fputs("<xml>no model</xml>", stream);
    assert_int_equal(fclose(stream), 0);
    check_refused("other", "", 1, place("other"));
    check_refused("missing", "--json", 1, place("missing"));
    check_refused("model", "--no-such-option", 2, "no option --no-such-option");
    check_refused("model", "second", 2, "several models have a mean");
    assert_int_equal(run("missing", "--help"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_tells_people_what_the_file_holds),
        cmocka_unit_test(it_tells_programs_the_same),
        cmocka_unit_test(it_writes_the_model_in_another_precision),
        cmocka_unit_test(a_character_can_be_read_as_another),
        cmocka_unit_test(a_character_that_the_model_lacks_is_added),
        cmocka_unit_test(it_writes_the_mean_of_several_models),
        cmocka_unit_test(a_mean_tells_of_each_run_once),
        cmocka_unit_test(a_history_may_be_anything),
        cmocka_unit_test(what_is_no_model_is_refused_by_name),
    };
    return cmocka_run_group_tests(tests, make_model, remove_folder);
}
