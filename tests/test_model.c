/* nn: model files: what is saved is loaded, numpy reads it, and files that fit no network are
 * refused with the tensor or key named. The container itself is tested in test_safetensors.c. */
#include "architectures.h"
#include "check.h"

#include <math.h>
#include <nn/half.h>
#include <nn/safetensors.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[] = "/tmp/longhand-test-XXXXXX";
static char path[64], other_path[64]; /* files in `folder` that a test writes and reads */

static int make_folder(void **state)
{
    (void)state;
    if (!mkdtemp(folder))
        return -1;
    snprintf(path, sizeof path, "%s/model", folder);
    snprintf(other_path, sizeof other_path, "%s/other", folder);
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    unlink(path);
    unlink(other_path);
    return rmdir(folder);
}

/* ---- example models ----------------------------------------------------------------------------
 */

static const lh_architecture synthesis = SYNTHESIS(2, 5, 3, 2, 4);
static const lh_architecture prediction = PREDICTION(1, 7, 2);

static lh_model *new_model(const lh_architecture *architecture)
{
    lh_error error = {LH_OK, ""};
    lh_model *model = calloc(1, sizeof *model);
    assert_non_null(model);
    model->network = lh_network_new(architecture, &error);
    if (!model->network)
        fail_msg("%s", error.message);
    lh_rng rng;
    lh_rng_seed(&rng, 1, 0);
    for (size_t i = 0; i < lh_network_tensor_count(model->network); i++) {
        const lh_tensor *tensor = lh_network_tensor(model->network, i);
        lh_real *weights = lh_network_parameters(model->network) + tensor->offset;
        for (int k = 0; k < tensor->rows * tensor->columns; k++)
            weights[k] = (float)lh_rng_normal(&rng);
    }
    lh_network_changed(model->network);
    if (architecture->alphabet)
        assert_true(lh_alphabet_parse(&model->alphabet, " \"aü"));
    model->scale_x = 39.09;
    model->scale_y = 1.0 / 3;
    model->history = strdup("{\"epochs\":12}");
    model->license = strdup("Made from IAM-OnDB; \"research\" only.\nSecond line.");
    return model;
}

static lh_model *load(const char *name)
{
    lh_error error = {LH_OK, ""};
    lh_model *model = lh_model_load(name, &error);
    if (!model)
        fail_msg("%s", error.message);
    return model;
}

static void save(const lh_model *model, const char *name, lh_precision precision)
{
    lh_error error;
    check_ok(lh_model_save(model, name, precision, &error), &error);
}

static const lh_real *weights_of(const lh_model *model, const char *name)
{
    const lh_tensor *tensor = lh_network_find(model->network, name);
    assert_non_null(tensor);
    return lh_network_parameters_const(model->network) + tensor->offset;
}

/* ---- round trips -------------------------------------------------------------------------------
 */

static void check_equal(const lh_model *a, const lh_model *b)
{
    assert_true(lh_architecture_same(lh_network_architecture(a->network),
                                     lh_network_architecture(b->network)));
    assert_int_equal(a->alphabet.count, b->alphabet.count);
    assert_memory_equal(a->alphabet.codepoint, b->alphabet.codepoint,
                        (size_t)a->alphabet.count * sizeof(uint32_t));
    assert_true(a->scale_x == b->scale_x && a->scale_y == b->scale_y);
    assert_string_equal(a->history, b->history);
    assert_string_equal(a->license, b->license);
}

/* Saved as float32, the whole arena comes back, padding included; whatever the network is made of.
 */
static void float32_models_come_back_exactly(void **state)
{
    (void)state;
    lh_architecture plain = synthesis, gated = prediction, reader = prediction;
    plain.cell = lh_cell_find("tanh");
    gated.cell = lh_cell_find("gru");
    reader.mixtures = 0;
    reader.alphabet = 4;
    reader.head = lh_head_find("softmax");
    reader.inputs = 5;
    reader.directions = 2;
    const lh_architecture *const architectures[] = {&synthesis, &prediction, &plain, &gated,
                                                    &reader};
    for (size_t i = 0; i < sizeof architectures / sizeof *architectures; i++) {
        lh_model *saved = new_model(architectures[i]);
        save(saved, path, LH_PRECISION_FLOAT32);
        lh_model *loaded = load(path);
        check_equal(saved, loaded);
        assert_memory_equal(lh_network_parameters_const(saved->network),
                            lh_network_parameters_const(loaded->network),
                            lh_network_arena_size(saved->network) * sizeof(lh_real));
        lh_model_free(loaded);
        lh_model_free(saved);
    }
}

static void float16_models_come_back_rounded(void **state)
{
    (void)state;
    lh_model *saved = new_model(&synthesis);
    save(saved, path, LH_PRECISION_FLOAT16);
    lh_model *loaded = load(path);
    check_equal(saved, loaded);
    const lh_real *before = lh_network_parameters_const(saved->network);
    const lh_real *after = lh_network_parameters_const(loaded->network);
    for (size_t i = 0; i < lh_network_arena_size(saved->network); i++) {
        assert_true(fabs(after[i] - before[i]) <= 0x1p-11 * fabs(before[i]) + 0x1p-25);
        assert_true(after[i] == lh_half_to_float(lh_half_from_float((float)before[i])));
    }
    lh_model_free(loaded);
    lh_model_free(saved);
}

static void check_same_bytes(const char *one_path, const char *two_path)
{
    lh_error error;
    size_t one_size, two_size;
    char *one = lh_file_read(one_path, 1 << 26, &one_size, &error);
    char *two = lh_file_read(two_path, 1 << 26, &two_size, &error);
    assert_non_null(one);
    assert_non_null(two);
    assert_int_equal(one_size, two_size);
    assert_memory_equal(one, two, one_size);
    free(one);
    free(two);
}

static void loading_and_saving_gives_the_same_bytes(void **state)
{
    (void)state;
    const lh_precision precisions[] = {LH_PRECISION_FLOAT32, LH_PRECISION_FLOAT16};
    for (int i = 0; i < 2; i++) {
        lh_model *saved = new_model(&synthesis);
        save(saved, path, precisions[i]);
        lh_model *loaded = load(path);
        save(loaded, other_path, precisions[i]);
        check_same_bytes(path, other_path);
        lh_model_free(loaded);
        lh_model_free(saved);
    }
}

static void history_and_license_may_be_missing(void **state)
{
    (void)state;
    lh_model *saved = new_model(&prediction);
    free(saved->history);
    free(saved->license);
    saved->history = saved->license = NULL;
    save(saved, path, LH_PRECISION_FLOAT32);
    lh_model *loaded = load(path);
    assert_null(loaded->history);
    assert_null(loaded->license);
    lh_model_free(loaded);
    lh_model_free(saved);
}

static void freeing_no_model_is_fine(void **state)
{
    (void)state;
    lh_model_free(NULL);
}

/* ---- saving what cannot be loaded --------------------------------------------------------------
 */

static void check_not_saved(const lh_model *model, lh_precision precision, lh_status status,
                            const char *place)
{
    lh_error error = {LH_OK, ""};
    unlink(path);
    assert_int_equal(lh_model_save(model, path, precision, &error), status);
    assert_int_equal(error.status, status);
    if (!strstr(error.message, place) || !strstr(error.message, path))
        fail_msg("message: %s; expected a mention of '%s' and the file", error.message, place);
    assert_int_not_equal(access(path, F_OK), 0);
}

static void models_that_could_not_be_loaded_are_not_saved(void **state)
{
    (void)state;
    lh_model *model = new_model(&synthesis);
    model->scale_y = 0;
    check_not_saved(model, LH_PRECISION_FLOAT32, LH_ERROR_ARGUMENT, "scale");
    model->scale_y = NAN;
    check_not_saved(model, LH_PRECISION_FLOAT32, LH_ERROR_ARGUMENT, "scale");
    model->scale_y = 1;
    model->alphabet.count--;
    check_not_saved(model, LH_PRECISION_FLOAT32, LH_ERROR_ARGUMENT, "alphabet");
    model->alphabet.count++;
    model->history[0] = ' ';
    check_not_saved(model, LH_PRECISION_FLOAT32, LH_ERROR_ARGUMENT, "history");
    model->history[0] = '{';
    model->license[0] = '\xff';
    check_not_saved(model, LH_PRECISION_FLOAT32, LH_ERROR_ARGUMENT, "\"license\"");
    lh_model_free(model);
}

static void weights_that_a_file_cannot_hold_are_named(void **state)
{
    (void)state;
    lh_model *model = new_model(&synthesis);
    lh_real *weight = lh_network_parameters(model->network) +
                      lh_network_find(model->network, "layer2.recurrent")->offset + 2 * 20 + 3;
    *weight = NAN;
    check_not_saved(model, LH_PRECISION_FLOAT32, LH_ERROR_NUMERIC,
                    "\"layer2.recurrent\": weight [2, 3]");
    static const lh_precision precisions[] = {LH_PRECISION_FLOAT32, LH_PRECISION_FLOAT16};
    for (int i = 0; i < 2; i++) {
        *weight = 70000;
        check_not_saved(model, precisions[i], LH_ERROR_NUMERIC,
                        "\"layer2.recurrent\": weight [2, 3] is 70000");
        *weight = -65504;
        save(model, path, precisions[i]);
        lh_model_free(load(path));
    }
    lh_model_free(model);
}

/* ---- files that fit no network -----------------------------------------------------------------
 */

/* How a copy of the example file differs from it: NULL and 0 change nothing. */
typedef struct changes {
    const char *key, *value; /* metadata; a NULL value leaves the key out */
    const char *without;     /* the tensor left out */
    const char *with;        /* a tensor of one element added */
    const char *reshaped;    /* a tensor written as [rows * columns] */
    const char *transposed;  /* a tensor written as [columns, rows] */
    const char *retyped;     /* a tensor of the same shape, written as I32 */
    const char *infinite;    /* a tensor whose first weight is infinite */
    const char *heavy;       /* a tensor whose first weight is 65505 */
} changes;

static bool is(const char *name, const char *chosen)
{
    return chosen && strcmp(name, chosen) == 0;
}

static void copy_metadata(const lh_safetensors *from, lh_safetensors_writer *to,
                          const changes *change)
{
    static const char *const keys[] = {"longhand", "architecture", "alphabet",
                                       "scale",    "history",      "license"};
    lh_error error;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const char *value = lh_safetensors_metadata(from, keys[i]);
        if (is(keys[i], change->key))
            value = change->value;
        if (value)
            check_ok(lh_safetensors_add_metadata(to, keys[i], value, &error), &error);
    }
}

static void copy_tensor(const lh_stored *tensor, lh_safetensors_writer *to, const changes *change)
{
    lh_error error;
    size_t count = tensor->shape[0] * tensor->shape[1];
    size_t shape[2] = {tensor->shape[0], tensor->shape[1]};
    static const float infinity = INFINITY, heavy = 65505;
    if (is(tensor->name, change->without))
        return;
    if (is(tensor->name, change->transposed)) {
        shape[0] = tensor->shape[1];
        shape[1] = tensor->shape[0];
    }
    if (is(tensor->name, change->infinite))
        memcpy((void *)(uintptr_t)tensor->data, &infinity, sizeof infinity);
    if (is(tensor->name, change->heavy))
        memcpy((void *)(uintptr_t)tensor->data, &heavy, sizeof heavy);
    bool flat = is(tensor->name, change->reshaped);
    lh_dtype dtype = is(tensor->name, change->retyped) ? LH_DTYPE_I32 : tensor->dtype;
    check_ok(lh_safetensors_add(to, tensor->name, dtype, flat ? 1 : 2, flat ? &count : shape,
                                tensor->data, &error),
             &error);
}

/* The example model's file with one change, at `path`. */
static void put_changed(const changes *change)
{
    static const float zero = 0;
    lh_error error;
    lh_model *model = new_model(&synthesis);
    save(model, path, LH_PRECISION_FLOAT32);
    lh_model_free(model);
    lh_safetensors *from = lh_safetensors_read(path, &error);
    lh_safetensors_writer *to = lh_safetensors_writer_new(path, &error);
    assert_non_null(from);
    assert_non_null(to);
    copy_metadata(from, to, change);
    for (size_t i = 0; i < lh_safetensors_count(from); i++)
        copy_tensor(lh_safetensors_at(from, i), to, change);
    if (change->with)
        check_ok(
            lh_safetensors_add(to, change->with, LH_DTYPE_F32, 2, (size_t[]){1, 1}, &zero, &error),
            &error);
    check_ok(lh_safetensors_write(to, &error), &error);
    lh_safetensors_writer_free(to);
    lh_safetensors_free(from);
}

static void check_refused(const changes *change, const char *place)
{
    put_changed(change);
    lh_error error = {LH_OK, ""};
    lh_model *model = lh_model_load(path, &error);
    if (model)
        fail_msg("accepted, though '%s' is wrong", place);
    if (error.status != LH_ERROR_FORMAT || !strstr(error.message, place) ||
        !strstr(error.message, path))
        fail_msg("status %d, message: %s; expected a mention of '%s' and the file", error.status,
                 error.message, place);
}

static void an_unchanged_copy_is_accepted(void **state)
{
    (void)state;
    put_changed(&(changes){.key = NULL});
    lh_model_free(load(path));
}

/* Files that were written when there was one kind of cell and one head name neither. */
static void an_architecture_without_names_is_of_lstm_and_mixture(void **state)
{
    (void)state;
    put_changed(&(changes){.key = "architecture",
                           .value = "{\"kind\":\"synthesis\",\"layers\":2,\"cells\":5,"
                                    "\"mixtures\":3,\"windows\":2,\"alphabet\":4}"});
    lh_model *model = load(path), *saved = new_model(&synthesis);
    check_equal(saved, model);
    assert_string_equal(lh_cell_name(lh_network_architecture(model->network)->cell), "lstm");
    assert_string_equal(lh_head_name(lh_network_architecture(model->network)->head), "mixture");
    lh_model_free(saved);
    lh_model_free(model);
}

static void tensors_that_do_not_fit_are_named(void **state)
{
    (void)state;
    check_refused(&(changes){.without = "layer1.peephole"}, "\"layer1.peephole\" is missing");
    check_refused(&(changes){.with = "layer3.bias"}, "\"layer3.bias\" does not belong");
    check_refused(&(changes){.reshaped = "output.weight"}, "\"output.weight\" is F32 [190]");
    check_refused(&(changes){.transposed = "window.bias"}, "\"window.bias\" is F32 [6, 1]");
    check_refused(&(changes){.retyped = "layer1.bias"}, "\"layer1.bias\" is I32");
    check_refused(&(changes){.infinite = "layer2.input"}, "\"layer2.input\": weight [0, 0] is inf");
    check_refused(&(changes){.heavy = "window.weight"},
                  "\"window.weight\": weight [0, 0] is 65505");
}

static void metadata_that_does_not_fit_is_named(void **state)
{
    (void)state;
#define ARCHITECTURE(kind, layers, cells, mixtures, windows, alphabet)                    \
    "{\"kind\":" kind ",\"layers\":" layers ",\"cells\":" cells ",\"mixtures\":" mixtures \
    ",\"windows\":" windows ",\"alphabet\":" alphabet "}"
    static const struct {
        const char *key, *value, *place;
    } bad[] = {
        {"longhand", NULL, "is not a model file"},
        {"longhand", "model 2", "is not a model file of this version"},
        {"architecture", NULL, "\"architecture\""},
        {"architecture", "", "\"architecture\""},
        {"architecture", "[]", "\"architecture\""},
        {"architecture", ARCHITECTURE("\"other\"", "2", "5", "3", "2", "4"), "\"architecture\""},
        {"architecture", ARCHITECTURE("1", "2", "5", "3", "2", "4"), "\"architecture\""},
        {"architecture", ARCHITECTURE("\"synthesis\"", "0", "5", "3", "2", "4"),
         "\"architecture\""},
        {"architecture", ARCHITECTURE("\"synthesis\"", "17", "5", "3", "2", "4"),
         "\"architecture\""},
        {"architecture", ARCHITECTURE("\"synthesis\"", "2", "-5", "3", "2", "4"),
         "\"architecture\""},
        {"architecture", ARCHITECTURE("\"synthesis\"", "2", "1e99", "3", "2", "4"),
         "\"architecture\""},
        {"architecture", ARCHITECTURE("\"synthesis\"", "2", "5.5", "3", "2", "4"),
         "\"architecture\""},
        {"architecture", ARCHITECTURE("\"synthesis\"", "2", "5", "65", "2", "4"),
         "\"architecture\""},
        {"architecture", ARCHITECTURE("\"synthesis\"", "2", "5", "3", "0", "4"),
         "\"architecture\""},
        {"architecture", ARCHITECTURE("\"synthesis\"", "2", "5", "3", "2", "0"),
         "\"architecture\""},
        {"architecture", ARCHITECTURE("\"synthesis\"", "2", "5", "3", "2", "513"),
         "\"architecture\""},
        {"architecture", ARCHITECTURE("\"synthesis\"", "16", "2147483647", "3", "2", "4"),
         "1 to 8192 cells"},
        {"architecture", ARCHITECTURE("\"synthesis\"", "2", "5", "3", "2147483647", "4"),
         "1 to 256 windows"},
        /* More cells than the file has weights for: refused before memory is asked for. */
        {"architecture", ARCHITECTURE("\"synthesis\"", "16", "8192", "3", "2", "4"),
         "needs at least"},
        {"architecture", ARCHITECTURE("\"synthesis\"", "2", "5", "3", "256", "4"),
         "needs at least"},
        /* Parts of other kinds than there are. */
        {"architecture", ARCHITECTURE("\"synthesis\"", "2", "5", "3", "2", "4,\"cell\":\"elman\""),
         "cell of a kind that is not known here: \"elman\""},
        {"architecture", ARCHITECTURE("\"synthesis\"", "2", "5", "3", "2", "4,\"cell\":1"),
         "cell of a kind that is not known here"},
        {"architecture",
         ARCHITECTURE("\"synthesis\"", "2", "5", "3", "2", "4,\"head\":\"laplace\""),
         "head of a kind that is not known here: \"laplace\""},
        {"architecture",
         ARCHITECTURE("\"synthesis\"", "2", "5", "3", "2", "4,\"head\":\"softmax\""),
         "a softmax has no mixture"},
        {"architecture", ARCHITECTURE("\"synthesis\"", "2", "5", "3", "2", "4,\"inputs\":4"),
         "the pen's 3 numbers, not 4"},
        {"architecture", ARCHITECTURE("\"synthesis\"", "2", "5", "3", "2", "4,\"inputs\":0"),
         "\"architecture\""},
        {"architecture", ARCHITECTURE("\"synthesis\"", "2", "5", "3", "2", "4,\"directions\":2"),
         "1 to 1 directions"},
        {"architecture", ARCHITECTURE("\"prediction\"", "2", "5", "3", "0", "4"),
         "has no alphabet"},
        /* A cell of another kind has other tensors. */
        {"architecture", ARCHITECTURE("\"synthesis\"", "2", "5", "3", "2", "4,\"cell\":\"tanh\""),
         "\"layer"},
        {"architecture", ARCHITECTURE("\"synthesis\"", "2", "4", "3", "2", "4"), "\"layer"},
        {"architecture", ARCHITECTURE("\"synthesis\"", "2", "5", "3", "2", "5"),
         "\"alphabet\" has 4"},
        {"architecture", ARCHITECTURE("\"prediction\"", "2", "5", "3", "0", "0"),
         "\"alphabet\" has 4"},
        {"alphabet", NULL, "\"alphabet\" has 0"},
        {"alphabet", "abc", "\"alphabet\" has 3"},
        {"alphabet", "\" aü", "ascending"},
        {"alphabet", " aaü", "ascending"},
        {"scale", NULL, "\"scale\""},
        {"scale", "1", "\"scale\""},
        {"scale", "[1]", "\"scale\""},
        {"scale", "[1,2,3]", "\"scale\""},
        {"scale", "{\"x\":1,\"y\":2}", "\"scale\""},
        {"scale", "[1,0]", "\"scale\""},
        {"scale", "[1e999,1]", "\"scale\""},
        {"scale", "[1e-300,1]", "\"scale\""},
        {"scale", "[1,1e8]", "\"scale\""},
        {"scale", "[1,\"2\"]", "\"scale\""},
        {"history", "[]", "\"history\""},
        {"history", "{", "\"history\""},
    };
#undef ARCHITECTURE
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        check_refused(&(changes){.key = bad[i].key, .value = bad[i].value}, bad[i].place);
}

static void every_truncation_of_a_model_is_refused(void **state)
{
    (void)state;
    lh_model *model = new_model(&prediction);
    save(model, path, LH_PRECISION_FLOAT16);
    lh_model_free(model);
    lh_error error;
    size_t size;
    char *bytes = lh_file_read(path, 1 << 20, &size, &error);
    assert_non_null(bytes);
    for (size_t length = 0; length < size; length++) {
        assert_int_equal(truncate(path, (off_t)(size - 1 - length)), 0);
        error = (lh_error){LH_OK, ""};
        assert_null(lh_model_load(path, &error));
        assert_int_equal(error.status, LH_ERROR_FORMAT);
        assert_non_null(strstr(error.message, path));
    }
    free(bytes);
}

static void other_files_are_not_models(void **state)
{
    (void)state;
    lh_error error = {LH_OK, ""};
    check_none(LH_ERROR_IO, lh_model_load("/nowhere/model", &error), &error,
               "/nowhere/model: cannot open");
    /* A safetensors file of something else. */
    lh_safetensors_writer *writer = lh_safetensors_writer_new(path, &error);
    assert_non_null(writer);
    check_ok(lh_safetensors_write(writer, &error), &error);
    lh_safetensors_writer_free(writer);
    assert_null(lh_model_load(path, &error));
    assert_int_equal(error.status, LH_ERROR_FORMAT);
    assert_non_null(strstr(error.message, "is not a model file"));
}

/* ---- others read it ----------------------------------------------------------------------------
 */

/* A list of the tensors, for read_model.py: name, rows, columns, sum of the stored weights. */
static void put_sums(const lh_model *model, double error_in_sum)
{
    FILE *stream = fopen(other_path, "w");
    assert_non_null(stream);
    for (size_t i = 0; i < lh_network_tensor_count(model->network); i++) {
        const lh_tensor *tensor = lh_network_tensor(model->network, i);
        const lh_real *weights = weights_of(model, tensor->name);
        double sum = error_in_sum;
        for (int k = 0; k < tensor->rows * tensor->columns; k++)
            sum += weights[k];
        fprintf(stream, "%s %d %d %.17g\n", tensor->name, tensor->rows, tensor->columns, sum);
    }
    assert_int_equal(fclose(stream), 0);
}

static void numpy_reads_names_shapes_and_weights(void **state)
{
    (void)state;
    const char *python = getenv("LONGHAND_PYTHON");
    if (!python || !*python) {
        print_message("no python3 with numpy: skipped\n");
        skip();
    }
    char command[1024];
    snprintf(command, sizeof command, "'%s' '%s/tests/read_model.py' %s %s", python,
             getenv("LONGHAND_SOURCE"), path, other_path);
    const lh_precision precisions[] = {LH_PRECISION_FLOAT32, LH_PRECISION_FLOAT16};
    for (int i = 0; i < 2; i++) {
        lh_model *model = new_model(&synthesis);
        save(model, path, precisions[i]);
        lh_model_free(model);
        model = load(path);
        put_sums(model, 0);
        assert_int_equal(system(command), 0);
        put_sums(model, 1e-3);
        fflush(stdout);
        strcat(command, " 2>/dev/null");
        assert_int_not_equal(system(command), 0);
        command[strlen(command) - strlen(" 2>/dev/null")] = '\0';
        lh_model_free(model);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(float32_models_come_back_exactly),
        cmocka_unit_test(float16_models_come_back_rounded),
        cmocka_unit_test(loading_and_saving_gives_the_same_bytes),
        cmocka_unit_test(history_and_license_may_be_missing),
        cmocka_unit_test(freeing_no_model_is_fine),
        cmocka_unit_test(models_that_could_not_be_loaded_are_not_saved),
        cmocka_unit_test(weights_that_a_file_cannot_hold_are_named),
        cmocka_unit_test(an_unchanged_copy_is_accepted),
        cmocka_unit_test(an_architecture_without_names_is_of_lstm_and_mixture),
        cmocka_unit_test(tensors_that_do_not_fit_are_named),
        cmocka_unit_test(metadata_that_does_not_fit_is_named),
        cmocka_unit_test(every_truncation_of_a_model_is_refused),
        cmocka_unit_test(other_files_are_not_models),
        cmocka_unit_test(numpy_reads_names_shapes_and_weights),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
