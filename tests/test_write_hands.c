/* Hands that `longhand write` follows, and keeps once it has learnt them. */
#include "check.h"
#include "write_command_run.h"

#include <stdlib.h>
#include <string.h>

static void a_style_file_with_its_text_is_followed(void **state)
{
    (void)state;
    char texts[300];
    save_hand("hand.xml", 60);
    assert_int_equal(run("write 'some words' -o f.svg --model plain.safetensors --style hand.xml "
                         "--style-text primer"),
                     0);
    read_svg("f.svg", texts, sizeof texts);
    assert_string_equal(texts, "some words|");
    check_says("f.svg", "style: hand.xml");
    check_says("f.svg", "style text: primer");
    assert_int_equal(run("write a -o f.svg --model plain.safetensors --style hand.xml"), 1);
    check_says("err", "hand.txt");
}

/* Sets an environment variable to `value`, or takes it out. */
static void set_variable(const char *name, const char *value)
{
    assert_int_equal(value ? setenv(name, value, 1) : unsetenv(name), 0);
}

static char *copy_of_variable(const char *name)
{
    return getenv(name) ? strdup(getenv(name)) : NULL;
}

/* The bytes that `longhand write` gives where learnt hands are kept in `cache`. */
static char *written_with(const char *cache, const char *home)
{
    char *own_cache = copy_of_variable("XDG_CACHE_HOME"), *own_home = copy_of_variable("HOME");
    set_variable("XDG_CACHE_HOME", cache);
    set_variable("HOME", home);
    assert_int_equal(run("write --input styles.txt -o k.svg --model plain.safetensors "
                         "--style first.xml --bias 0.3 --no-proofread"),
                     0);
    set_variable("XDG_CACHE_HOME", own_cache);
    set_variable("HOME", own_home);
    free(own_cache);
    free(own_home);
    char *said = contents("err");
    assert_string_equal(said, "");
    free(said);
    return contents("k.svg");
}

static void ink_is_the_same_wherever_hands_are_kept(void **state)
{
    (void)state;
    char cache[100];
    write_file("styles.txt", "one\n@style second.xml\ntwo\n@style\nthree");
    write_file("first.txt", "primer");
    write_file("second.txt", "primer");
    save_hand("first.xml", 60);
    save_hand("second.xml", 70);
    snprintf(cache, sizeof cache, "%s/cache", folder);
    char *without = written_with(NULL, NULL);
    const char *const places[][2] = {{cache, NULL},  {cache, NULL},         {NULL, folder},
                                     {NULL, folder}, {"/dev/null", folder}, {NULL, "/dev/null"}};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        char *with = written_with(places[i][0], places[i][1]);
        if (strcmp(with, without) != 0)
            fail_msg("other ink with hands in %s", places[i][0] ? places[i][0] : places[i][1]);
        free(with);
    }
    free(without);
    assert_true(exists("cache/longhand/hands"));
    assert_true(exists(".cache/longhand/hands"));
}

static void processes_keep_one_hand_at_once(void **state)
{
    (void)state;
    char command[1200];
    write_file("first.txt", "primer");
    save_hand("first.xml", 60);
    snprintf(command, sizeof command,
             "cd %s && for i in 1 2 3 4 5 6 7 8; do XDG_CACHE_HOME=%s/shared '%s' write some "
             "--model plain.safetensors --no-proofread --style first.xml -o together$i.jsonl & done; wait; "
             "for i in 1 2 3 4 5 6 7; do cmp together$i.jsonl together8.jsonl || exit; done; "
             "[ \"$(ls %s/shared/longhand/hands | wc -l)\" -eq 1 ]",
             folder, folder, getenv("LONGHAND_PROGRAM"), folder);
    assert_int_equal(system(command), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_style_file_with_its_text_is_followed),
        cmocka_unit_test(ink_is_the_same_wherever_hands_are_kept),
        cmocka_unit_test(processes_keep_one_hand_at_once),
    };
    return cmocka_run_group_tests(tests, make_models, remove_models);
}
