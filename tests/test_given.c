/* The options of tools: tools/given.h. */
#include "check.h"

#include "../tools/given.h"

enum { WORDS_MAX = 16 };

typedef struct given {
    const char *text;
    size_t count;
    uint64_t seed;
    int whole;
    double number;
    bool flag;
} given;

static bool read_given(const char *const *words, char **argv, int *files, given *g)
{
    *g = (given){.text = "none", .number = 0.5};
    const given_option options[] = {
        {"--text", GIVEN_TEXT, &g->text}, {"--count", GIVEN_COUNT, &g->count},
        {"--seed", GIVEN_SEED, &g->seed}, {"--whole", GIVEN_INT, &g->whole},
        {"-n", GIVEN_NUMBER, &g->number}, {"--flag", GIVEN_FLAG, &g->flag},
    };
    int argc = 1;
    argv[0] = (char *)"tool";
    for (; words[argc - 1]; argc++)
        argv[argc] = (char *)words[argc - 1];
    return given_read(options, sizeof options / sizeof *options, argc, argv, files);
}

static void options_set_what_they_name_and_the_rest_are_files(void **state)
{
    (void)state;
    static const char *const words[] = {"a",      "--text",     "--flag", "--count", "12",
                                        "--seed", "9999999999", "b",      "--whole", "7",
                                        "-n",     "-1.5e2",     "--flag", "c",       NULL};
    char *argv[WORDS_MAX];
    int files;
    given g;
    assert_true(read_given(words, argv, &files, &g));
    assert_string_equal(g.text, "--flag");
    assert_true(g.count == 12 && g.seed == 9999999999 && g.whole == 7 && g.flag);
    assert_true(g.number == -150);
    assert_int_equal(files, 3);
    assert_string_equal(argv[1], "a");
    assert_string_equal(argv[2], "b");
    assert_string_equal(argv[3], "c");
}

static void without_options_all_is_as_it_was(void **state)
{
    (void)state;
    static const char *const words[] = {NULL};
    char *argv[WORDS_MAX];
    int files;
    given g;
    assert_true(read_given(words, argv, &files, &g));
    assert_string_equal(g.text, "none");
    assert_true(files == 0 && g.number == 0.5 && !g.flag);
}

static void what_is_none_is_refused(void **state)
{
    (void)state;
    static const char *const wrong[][3] = {
        {"--nope", NULL},          {"-x", NULL},
        {"--text", NULL},          {"--count", "x", NULL},
        {"--count", "", NULL},     {"--count", "-1", NULL},
        {"--count", "3 4", NULL},  {"--seed", "99999999999999999999999", NULL},
        {"--whole", "3000000000"}, {"-n", "nan", NULL},
        {"-n", "1,5", NULL},       {"-n", "", NULL},
    };
    char *argv[WORDS_MAX];
    int files;
    given g;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        if (read_given(wrong[i], argv, &files, &g))
            fail_msg("%s %s was taken", wrong[i][0], wrong[i][1] ? wrong[i][1] : "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_set_what_they_name_and_the_rest_are_files),
        cmocka_unit_test(without_options_all_is_as_it_was),
        cmocka_unit_test(what_is_none_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
