/* Styles: what is installed, the command that lists them, and that hands vary without a style and
 * hold with one. Tests of the installed network are skipped where it is not there. */
#include "check.h"
#include "write_model.h"

#include "base/extremes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { TEXTS = 12 };

/* The first twelve that make-hands names. */
static const char *const installed[] = {"anna",  "bruno", "clara", "david", "emma",  "felix",
                                        "greta", "hugo",  "ida",   "jonas", "karla", "leon"};

static lh_error error;

static const char *source(const char *name, char path[4096])
{
    snprintf(path, 4096, "%.3000s/%.1000s", getenv("LONGHAND_SOURCE"), name);
    return path;
}

static int run(const char *arguments)
{
    char command[4096];
    snprintf(command, sizeof command, "'%s' %s", getenv("LONGHAND_PROGRAM"), arguments);
    int status = system(command);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* ---- measures ---------------------------------------------------------------------------------
 */

/* A zigzag of `count` letters, `height` high, leaning by `lean` units to the right for one up; all
 * in one stroke, or each in one of its own. */
static lh_ink *zigzag(int count, float height, float lean, bool joined)
{
    lh_ink *ink = lh_ink_new(&error);
    assert_non_null(ink);
    for (int i = 0; i < count; i++)
        for (int k = 0; k < 10; k++) {
            float up = k < 5 ? (float)k / 4 : (float)(9 - k) / 4;
            lh_point p = {.x = 80 * (float)i + lean * height * up + (k < 5 ? 0 : 30),
                          .y = -height * up,
                          .end = k == 9 && (!joined || i + 1 == count)};
            check_ok(lh_ink_add(ink, p, &error), &error);
        }
    return ink;
}

static void measures_tell_hands_apart(void **state)
{
    (void)state;
    lh_ink *plain = zigzag(12, 100, 0, false), *other = zigzag(12, 200, 0.5f, true);
    lh_measures a = lh_measure_hand(plain, "mmmmmm mmmmmm"), b = lh_measure_hand(other, "mmm mmm");
    assert_true(fabs(a.slant) < 3);
    assert_true(fabs(b.slant - 26.6) < 3);
    assert_true(fabs(a.height - 100) < 15);
    assert_true(fabs(b.height - 200) < 30);
    assert_true(fabs(a.joined - 1) < 0.01);
    assert_true(fabs(b.joined - 6) < 0.01);
    assert_true(b.care > 1.5 * a.care);
    assert_true(a.width > 0.5 && a.width < 1);
    lh_measures none = lh_measure_hand(&(lh_ink){0}, "");
    assert_true(none.slant == 0 && none.joined == 0);
    lh_ink_free(plain);
    lh_ink_free(other);
}

/* ---- the command ------------------------------------------------------------------------------
 */

static void a_folder_of_styles_is_listed(void **state)
{
    (void)state;
    char folder[] = "/tmp/longhand-styles-XXXXXX", path[64], command[300];
    assert_non_null(mkdtemp(folder));
    snprintf(command, sizeof command, "styles --folder %s > %s/out 2> %s/err", folder, folder,
             folder);
    assert_int_equal(run(command), 1);
    size_t size;
    snprintf(path, sizeof path, "%s/err", folder);
    char *text = lh_file_read(path, 10000, &size, &error);
    assert_non_null(text);
    assert_non_null(strstr(text, "no styles in it"));
    free(text);
    lh_ink *ink = zigzag(11, 118, 0, true); /* at the pace of the model below */
    snprintf(path, sizeof path, "%s/zoe.xml", folder);
    check_ok(lh_iam_write(ink, path, &error), &error);
    assert_int_equal(run(command), 1); /* its text is not there */
    snprintf(path, sizeof path, "%s/err", folder);
    text = lh_file_read(path, 10000, &size, &error);
    assert_non_null(text);
    assert_non_null(strstr(text, "zoe.txt"));
    free(text);
    snprintf(path, sizeof path, "%s/zoe.txt", folder);
    FILE *stream = fopen(path, "w");
    assert_non_null(stream);
    fputs("letters\n", stream);
    fclose(stream);
    assert_int_equal(run(command), 0);
    snprintf(path, sizeof path, "%s/out", folder);
    text = lh_file_read(path, 10000, &size, &error);
    assert_non_null(text);
    assert_non_null(strstr(text, "zoe"));
    assert_non_null(strstr(text, "letters"));
    free(text);
    lh_model *model = write_model_new(&write_model_plain);
    snprintf(path, sizeof path, "%s/plain.safetensors", folder);
    check_ok(lh_model_save(model, path, LH_PRECISION_FLOAT32, &error), &error);
    lh_model_free(model);
    snprintf(command, sizeof command,
             "styles --folder %s --model %s --text 'in this' -o - > %s/svg", folder, path, folder);
    assert_int_equal(run(command), 0);
    snprintf(path, sizeof path, "%s/svg", folder);
    text = lh_file_read(path, 1000000, &size, &error);
    assert_non_null(text);
    assert_non_null(strstr(text, "data-text=\"in this\""));
    free(text);
    lh_ink_free(ink);
    snprintf(command, sizeof command, "styles --colour red 2> %s/err", folder);
    assert_int_equal(run(command), 2);
    snprintf(path, sizeof path, "%s/err", folder);
    text = lh_file_read(path, 10000, &size, &error);
    assert_non_null(text);
    assert_non_null(strstr(text, "no option --colour"));
    free(text);
    snprintf(command, sizeof command, "rm -r %s", folder);
    assert_int_equal(system(command), 0);
}

/* ---- the installed network and styles ----------------------------------------------------------
 */

static lh_model *installed_model(void)
{
    char path[4096];
    if (access(source("assets/longhand.safetensors", path), R_OK) != 0) {
        print_message("no network is installed\n");
        skip();
    }
    lh_model *model = lh_model_load(path, &error);
    if (!model)
        fail_msg("%s", error.message);
    return model;
}

static lh_style *installed_style(const char *name)
{
    char path[4096], asset[200];
    snprintf(asset, sizeof asset, "assets/styles/%s.hand", name);
    if (access(source(asset, path), R_OK) != 0)
        snprintf(asset, sizeof asset, "assets/styles/%s.xml", name);
    lh_style *style = lh_style_read(source(asset, path), NULL, &error);
    if (!style)
        fail_msg("%s", error.message);
    return style;
}

/* Deviations of what the same text looks like, written TEXTS times. */
typedef struct spread {
    double slant, size; /* degrees; logarithm of the letters' height */
} spread;

static double deviation(const double values[TEXTS])
{
    double sum = 0, squares = 0;
    for (int i = 0; i < TEXTS; i++) {
        sum += values[i] / TEXTS;
        squares += values[i] * values[i] / TEXTS;
    }
    return sqrt(fmax(squares - sum * sum, 0));
}

static spread write_and_measure(const lh_model *model, const lh_style *style,
                                const lh_write_options *options)
{
    lh_writer *writer = lh_writer_new(model, style, &error);
    assert_non_null(writer);
    const char *texts[TEXTS];
    lh_written *written[TEXTS];
    double slant[TEXTS], size[TEXTS];
    for (int i = 0; i < TEXTS; i++)
        texts[i] = "the rain in the morning";
    check_ok(lh_write_texts(writer, options, texts, TEXTS, 0, written, &error), &error);
    for (int i = 0; i < TEXTS; i++) {
        lh_measures m = lh_measure_hand(written[i]->ink, written[i]->text);
        slant[i] = m.slant;
        size[i] = log(m.height);
        lh_written_free(written[i]);
    }
    lh_writer_free(writer);
    return (spread){.slant = deviation(slant), .size = deviation(size)};
}

static void hands_vary_without_a_style_and_hold_with_one(void **state)
{
    (void)state;
    lh_model *model = installed_model();
    lh_style *style = installed_style("anna");
    lh_write_options options = lh_write_defaults;
    spread held = write_and_measure(model, style, &options);
    options.bias = 0;
    spread free_hands = write_and_measure(model, NULL, &options);
    print_message(
        "without a style: slant +-%.1f degrees, size +-%.0f %%; with one: %.1f, %.0f %%\n",
        free_hands.slant, 100 * free_hands.size, held.slant, 100 * held.size);
    /* People differ by some 10 degrees and a third in size. */
    assert_true(free_hands.slant > 5 && free_hands.slant > 1.5 * held.slant);
    assert_true(free_hands.size > 0.15 && free_hands.size > 1.5 * held.size);
    lh_style_free(style);
    lh_model_free(model);
}

/* The smallest and the largest of the installed hands. */
static void find_extremes(const char *names[2])
{
    double least = INFINITY, most = 0;
    for (size_t i = 0; i < sizeof installed / sizeof *installed; i++) {
        lh_style *style = installed_style(installed[i]);
        double height = lh_measure_hand(style->ink, style->text).height;
        if (height < least) {
            least = height;
            names[0] = installed[i];
        }
        if (height > most) {
            most = height;
            names[1] = installed[i];
        }
        lh_style_free(style);
    }
}

/* The same hand at the end of a page as at its beginning, and no trace of the primer. */
static void a_style_holds_over_a_page(void **state)
{
    (void)state;
    lh_model *model = installed_model();
    const char *names[2] = {NULL, NULL};
    find_extremes(names);
    double height[2][2];
    lh_write_options options = lh_write_defaults;
    for (int i = 0; i < 2; i++) {
        lh_style *style = installed_style(names[i]);
        lh_writer *writer = lh_writer_new(model, style, &error);
        assert_non_null(writer);
        lh_written *page = lh_write_text(
            writer, &options,
            "in the morning the rain had gone and the road was dry again, so we took our "
            "coats and went down to the river to see whether the boat was still there, and "
            "in the morning the rain had gone and the road was dry again",
            &error);
        assert_non_null(page);
        for (size_t half = 0; half < 2; half++) {
            size_t first = half ? page->words - 13 : 0;
            lh_ink *ink = lh_written_words(page, first, 13, &error);
            assert_non_null(ink);
            height[i][half] = (double)lh_ink_baseline(ink).height;
            lh_ink_free(ink);
        }
        lh_written_free(page);
        lh_writer_free(writer);
        lh_style_free(style);
        if (fabs(log(height[i][0] / height[i][1])) > 0.25)
            fail_msg("%s writes letters %.0f high first and %.0f at last", names[i], height[i][0],
                     height[i][1]);
    }
    assert_true(height[1][1] > 1.4 * height[0][1]);
    lh_model_free(model);
}

static void a_dozen_styles_are_installed_and_differ(void **state)
{
    (void)state;
    double least[2] = {1e9, 1e9}, most[2] = {-1e9, -1e9};
    for (size_t i = 0; i < sizeof installed / sizeof *installed; i++) {
        lh_style *style = installed_style(installed[i]);
        check_ok(lh_ink_level(style->ink, &error), &error);
        lh_measures m = lh_measure_hand(style->ink, style->text);
        const double look[2] = {m.slant, m.height};
        for (int k = 0; k < 2; k++) {
            lh_lower(&least[k], look[k]);
            lh_raise(&most[k], look[k]);
        }
        assert_in_range(strlen(style->text), 10, 40);
        lh_style_free(style);
    }
    assert_true(most[0] - least[0] > 15);
    assert_true(most[1] > 1.6 * least[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(measures_tell_hands_apart),
        cmocka_unit_test(a_folder_of_styles_is_listed),
        cmocka_unit_test(hands_vary_without_a_style_and_hold_with_one),
        cmocka_unit_test(a_style_holds_over_a_page),
        cmocka_unit_test(a_dozen_styles_are_installed_and_differ),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
