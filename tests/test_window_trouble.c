/* What longhand-window says where it cannot do as it is told: no display, no model, wrong usage and
 * scripts. Played by scripts. */
#include "check.h"
#include "window_run.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void without_a_display_it_says_so(void **state)
{
    (void)state;
    char *display = strdup(getenv("DISPLAY"));
    setenv("DISPLAY", ":987", 1);
    /* The second is what SDL falls back to, and shows nothing. */
    static const char *const drivers[] = {"x11", "x11,offscreen"};
    for (int i = 0; i < 2; i++) {
        setenv("SDL_VIDEODRIVER", drivers[i], 1);
        assert_int_equal(run(PLAIN, NULL), 1);
        assert_said("longhand-window: cannot open a window");
    }
    unsetenv("SDL_VIDEODRIVER");
    setenv("DISPLAY", display, 1);
    free(display);
}

static void without_a_model_or_with_a_broken_one_it_says_so(void **state)
{
    (void)state;
    play("--size 640x480 --text 'hello'", "1 state\n1 shot none\n1 close\n");
    assert_int_equal(whole(0, "points"), 0);
    play("--size 640x480", "1 shot nothing\n1 close\n");
    assert_int_equal(difference("none", "nothing", 0, 0, PAPER_W, PAPER_H), 0);
    play(SMALL, "1 shot model\n1 close\n");
    assert_paper_differs("none", "model"); /* the paper says that there is no network */
    write_file("broken.safetensors", "this is no network");
    play("--size 640x480 --model broken.safetensors --text 'hello'", "1 state\n1 close\n");
    assert_non_null(strstr(held(0, "message"), "broken.safetensors"));
    play("--size 640x480 --model prediction.safetensors --text 'hello'", "1 state\n1 close\n");
    assert_non_null(
        strstr(held(0, "message"), "this network writes of its own accord, without a text"));
}

/* Reading them would never come to an end. */
static void pipes_and_devices_that_are_dropped_are_refused(void **state)
{
    (void)state;
    static const char *const names[] = {"/dev/null", "pipe.txt", "pipe.hand",
                                        "pipe.xml",  "line.xml", "pipe.safetensors"};
    enum { NAMES = sizeof names / sizeof *names };
    for (int i = 0; i < NAMES; i++)
        if (strncmp(names[i], "pipe", 4) == 0)
            assert_int_equal(mkfifo(in_folder(names[i]), 0600), 0);
    char script[80];
    write_file("line.xml", "a line whose text is a pipe");
    assert_int_equal(mkfifo(in_folder("line.txt"), 0600), 0);
    for (int i = 0; i < NAMES; i++) {
        snprintf(script, sizeof script, "0.1 drop %s\n0.2 state\n0.3 close\n", names[i]);
        play(PLAIN, script);
        assert_non_null(strstr(held(0, "message"), names[i]));
        assert_non_null(strstr(held(0, "message"), "is a folder, a pipe or a device, and no file"));
    }
    /* Nor does one among one's own styles keep the window from opening. */
    assert_int_equal(mkfifo(in_folder("data/longhand/styles/pipe.hand"), 0600), 0);
    play(PLAIN, "0.1 state\n0.2 close\n");
    assert_int_equal(whole(0, "styles"), 1);
    assert_int_equal(unlink(in_folder("data/longhand/styles/pipe.hand")), 0);
}

static void rows_of_a_script_can_be_played_again(void **state)
{
    (void)state;
    play(PLAIN, "0.1 type a\n0.5 type bc\n0.7 again 0.5 1.2\n1.3 type d\n1.4 state\n1.5 close\n");
    assert_string_equal(held(0, "text"), "abcbcbcbcd"); /* at 0.5, 0.7, 0.9 and 1.1 */
    assert_int_equal(run(PLAIN, "0 state\n1 again 2 3\n"), 1);
    assert_said("row 2: again wants");
}

static void wrong_usage_is_explained(void **state)
{
    (void)state;
    assert_int_equal(run("--size 3x3", NULL), 2);
    assert_said("--size wants");
    assert_int_equal(run("--colour red", NULL), 2);
    assert_said("no option --colour");
    assert_int_equal(run("--script /nowhere", NULL), 1);
    assert_said("/nowhere");
    assert_int_equal(run(PLAIN, "0 dance\n"), 1);
    assert_said("row 1");
}

/* Leaks show in builds with the address sanitizer, which then ends with a code of its own. */
static void closing_in_the_middle_of_writing_leaks_nothing(void **state)
{
    (void)state;
    play(PLAIN "--live --settings settings2",
         "0 key ctrl+1\n0 key ctrl+2\n0 key ctrl+3\n0 key ctrl+4\n"
         "0.1 type closing while there is much to write and more to come and no end in sight\n"
         "0.4 key ctrl+n\n0.5 key f3\n0.6 press 100 100\n0.6 move 140 120\n0.7 key f2\n"
         "0.8 key f2\n1.2 close\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_display_it_says_so),
        cmocka_unit_test(without_a_model_or_with_a_broken_one_it_says_so),
        cmocka_unit_test(pipes_and_devices_that_are_dropped_are_refused),
        cmocka_unit_test(rows_of_a_script_can_be_played_again),
        cmocka_unit_test(wrong_usage_is_explained),
        cmocka_unit_test(closing_in_the_middle_of_writing_leaks_nothing),
    };
    if (without_screen())
        return 77;
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
