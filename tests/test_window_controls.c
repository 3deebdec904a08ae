/* Controls and views of longhand-window: each changes what it should, shows, and is remembered.
 * Played by scripts. */
#include "check.h"
#include "window_run.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void every_control_changes_what_it_should(void **state)
{
    (void)state;
    static const struct {
        const char *key, *name;
    } controls[] = {{"alt+.", "style"}, {"alt+]", "bias"},   {"alt+PageUp", "seed"},
                    {"alt+=", "width"}, {"alt+c", "colour"}, {"alt+l", "ruling"},
                    {"alt+up", "size"}, {"ctrl+u", "lifts"}};
    enum { CONTROLS = sizeof controls / sizeof *controls };
    char script[2000] = "0 key alt+right\n0 key alt+right\n0 key alt+right\n0 key alt+right\n"
                        "0 key alt+right\n0 type a few words\n2 shot shot0\n2 state\n",
         row[120];
    for (int i = 0; i < CONTROLS; i++) {
        snprintf(row, sizeof row, "%d key %s\n%d.9 shot shot%d\n%d.9 state\n", 3 + i,
                 controls[i].key, 3 + i, i + 1, 3 + i);
        strcat(script, row);
    }
    strcat(script, "20 close\n");
    play(SMALL, script);
    for (int i = 0; i < CONTROLS; i++) {
        char before[24], after[24];
        snprintf(before, sizeof before, "shot%d", i);
        snprintf(after, sizeof after, "shot%d", i + 1);
        if (strcmp(held(i, controls[i].name), held(i + 1, controls[i].name)) == 0)
            fail_msg("%s does not change %s", controls[i].key, controls[i].name);
        if (i > 0) /* the small network writes the same in every style */
            assert_paper_differs(before, after);
    }
}

static void controls_obey_the_mouse_and_a_double_click_resets(void **state)
{
    (void)state;
    play(PLAIN,
         "0.1 press 1200 158\n0.1 state\n0.2 move 1240 158\n0.2 release 1240 158\n0.2 state\n"
         "0.3 double 1100 158\n0.3 state\n0.4 key tab\n0.4 key tab\n0.4 key tab\n"
         "0.4 key right\n0.4 state\n0.5 key home\n0.5 state\n0.6 close\n");
    assert_true(number(0, "bias") > 1.9);
    assert_true(number(1, "bias") > number(0, "bias") + 0.3);
    assert_string_equal(held(2, "bias"), "1.00");
    assert_string_equal(held(3, "bias"), "1.05");
    assert_string_equal(held(4, "bias"), "1.00");
}

static void all_controls_are_reached_with_the_tab_key(void **state)
{
    (void)state;
    char script[2500] = "0 shot focus0\n", row[60];
    enum { CONTROLS = 25 };
    for (int i = 1; i <= CONTROLS; i++) {
        snprintf(row, sizeof row, "%d.1 key tab\n%d.5 shot focus%d\n", i, i, i);
        strcat(script, row);
    }
    strcat(script, "30 close\n");
    play(PLAIN, script);
    for (int i = 1; i <= CONTROLS; i++) {
        char before[24], after[24];
        snprintf(before, sizeof before, "focus%d", i - 1);
        snprintf(after, sizeof after, "focus%d", i);
        if (difference(before, after, 0, 600, 1280, 800) +
                difference(before, after, 1016, 0, 1280, 800) <
            20)
            fail_msg("the tab key shows no focus, the %dth time", i);
    }
}

static void every_view_shows_and_a_cell_colours_the_ink(void **state)
{
    (void)state;
    char script[2000] =
        "3 key ctrl+p\n3 shot none\n3.1 key ctrl+1\n3.2 shot ahead\n3.2 key ctrl+2\n"
        "3.3 shot attention\n3.3 key ctrl+3\n3.4 shot cells\n3.4 key ctrl+4\n3.5 shot gates\n"
        "3.5 state\n3.6 click 830 430\n3.8 shot picked\n3.8 state\n";
    strcat(
        script,
        "3.9 focus Cells\n3.9 key Down\n4 state\n4.1 key Home\n4.2 state\n4.2 key Down\n4.3 state\n"
        "4.4 key Up\n4.5 state\n4.5 close\n");
    play(PLAIN "--text 'views of the network'", script);
    static const char *const shots[] = {"none", "ahead", "attention", "cells", "gates"};
    for (int i = 0; i + 1 < 5; i++)
        if (difference(shots[i], shots[i + 1], 0, 0, 1016, 600) < 200)
            fail_msg("%s shows nothing new", shots[i + 1]);
    assert_string_equal(held(0, "cells"), "on");
    assert_int_equal(whole(0, "cell"), -1);
    assert_true(number(1, "cell") >= 0);
    assert_int_equal(whole(2, "cell"), whole(1, "cell") + 1);
    for (int i = 3; i <= 5; i++)
        assert_int_equal(whole(i, "cell"), i == 4 ? 0 : -1);
    assert_true(difference("gates", "picked", 0, 0, 800, 200) > 20);
}

/* With the network that comes with the program: cells of a small one know nothing. */
static void what_cells_know_is_found_where_they_know_it_again(void **state)
{
    (void)state;
    char options[400], script[2000] = "0 key alt+right\n0 key alt+right\n0 key alt+right\n"
                                      "0.1 key ctrl+f\n0.2 state\n7 key ctrl+p\n7 state\n"
                                      "7 shot before\n7 key ctrl+home\n7 key shift+right\n"
                                      "7.1 state\n7.1 shot found\n7.2 key ctrl+g\n7.3 state\n";
    const char *to_find = "7.4 focus Find\n";
    strcat(strcat(script, to_find), "7.4 key Down\n7.5 state\n7.5 key ctrl+3\n"
                                    "7.6 click 60 490\n7.7 state\n");
    strcat(strcat(script, to_find), "7.7 key Home\n7.8 state\n7.8 press 60 80\n"
                                    "7.8 move 150 80\n7.8 release 150 80\n7.9 state\n");
    strcat(strcat(script, to_find), "8 key Left\n8 key shift+Left\n8.1 state\n"
                                    "8.1 key ctrl+f\n8.2 shot off\n8.2 close\n");
    snprintf(options, sizeof options, "--model '%s/assets/longhand.safetensors' --text '%s'",
             getenv("LONGHAND_SOURCE"), "look how long our old road goes on to no good");
    play(options, script);
    assert_non_null(strstr(held(0, "find_words"), "too little ink"));
    assert_non_null(strstr(held(1, "find_words"), "Select letters"));
    int from[9], to[9];
    for (int i = 0; i < 9; i++)
        assert_int_equal(sscanf(held(i, "find_span"), "%d %d", &from[i], &to[i]), 2);
    assert_true(from[2] == 0 && to[2] > 3 && to[2] < 60); /* the l */
    assert_true(number(2, "find_cells") > 0 && number(2, "find_places") > 0);
    assert_non_null(strstr(held(2, "find_words"), "\u201cl\u201d: "));
    assert_paper_differs("before", "found");
    assert_int_equal(whole(3, "find_shown"), 1);
    assert_int_equal(whole(4, "find_layer"), 2);
    assert_int_equal(whole(5, "find_layer"), 1);
    assert_true(to[5] == to[2] && to[6] == 0);
    assert_non_null(strstr(held(6, "find_words"), "Select letters"));
    assert_true(to[7] > from[7] + 10); /* what the mouse went over */
    assert_true(from[8] == 0 && to[8] > from[7] - 5);
    assert_int_equal(difference("before", "off", 0, 0, 1016, 300), 0);
}

static void the_list_of_keys_opens_and_closes(void **state)
{
    (void)state;
    play(PLAIN, "0.1 shot closed\n0.1 key f1\n0.3 shot open\n0.3 key escape\n0.5 shot again\n"
                "0.5 close\n");
    assert_true(difference("closed", "open", 0, 0, 1016, 600) > 5000);
    assert_true(difference("closed", "again", 0, 0, 1016, 600) == 0);
}

static void the_list_of_keys_has_values_and_where_it_must_pages(void **state)
{
    (void)state;
    play(PLAIN, "0.1 key f1\n0.3 shot list\n0.3 key pagedown\n0.4 shot seeing\n0.4 key pageup\n"
                "0.5 shot again\n0.5 key alt+]\n0.6 shot neater\n0.6 close\n");
    assert_true(difference("list", "seeing", 0, 0, 1016, 600) > 5000); /* what one sees */
    assert_int_equal(difference("list", "again", 0, 0, 1016, 600), 0);
    assert_in_range(difference("list", "neater", 0, 0, 1016, 600), 5, 400);
    play(SMALL, "0.1 key f1\n0.3 shot first\n0.3 key pagedown\n0.4 shot second\n0.4 wheel 1\n"
                "0.5 shot back\n0.6 wheel -1\n0.7 shot forth\n0.7 close\n");
    assert_true(difference("first", "second", 0, 0, 376, 300) > 2000);
    assert_int_equal(difference("first", "back", 0, 0, 376, 300), 0);
    assert_int_equal(difference("second", "forth", 0, 0, 376, 300), 0);
}

static void the_whole_screen_can_be_taken(void **state)
{
    (void)state;
    play(SMALL, "0 type wide\n0.2 key f11\n2 shot whole\n2 key f11\n3 shot again\n3 close\n");
    cairo_surface_t *png = picture("whole");
    /* Without a window manager the screen may choose another size than its own, but a larger one.
     */
    int w = cairo_image_surface_get_width(png), h = cairo_image_surface_get_height(png);
    assert_true(w > 640 && h > 480);
    /* Nothing but paper, with dark edges. */
    assert_int_equal(pixel(png, w - 4, h - 4) & 0xffffff, 0);
    assert_int_equal(pixel(png, w - 40, h - 40) & 0xffffff, 0xfffefb);
    cairo_surface_destroy(png);
    png = picture("again");
    assert_int_equal(cairo_image_surface_get_width(png), 640);
    assert_int_equal(cairo_image_surface_get_height(png), 480);
    cairo_surface_destroy(png);
}

/* How large all is to be, as it is remembered. */
static double kept_zoom(const char *name)
{
    char *kept = contents(name);
    const char *zoom = held_in(kept, "zoom");
    assert_non_null(zoom);
    free(kept);
    return strtod(zoom, NULL);
}

static void for_a_projector_smaller_is_smaller_and_larger_larger(void **state)
{
    (void)state;
    static const struct {
        const char *keys;
        double zoom;
    } rows[] = {{"0.6 key ctrl+-\n", 0.8},
                {"0.6 key ctrl+=\n", 1.25},
                {"0.6 key ctrl+-\n0.8 key ctrl+=\n", 1}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char script[120];
        snprintf(script, sizeof script, "0.2 key f11\n%s2 key f11\n3 close\n", rows[i].keys);
        play(SMALL "--settings projected --text wide", script);
        assert_float_equal(kept_zoom("projected"), rows[i].zoom, 1e-6);
        assert_int_equal(unlink(in_folder("projected")), 0);
    }
}

static void everything_can_be_larger(void **state)
{
    (void)state;
    static const char *const scales[] = {"1", "1.5", "2"};
    double caret[3][3];
    for (int i = 0; i < 3; i++) {
        char options[100];
        snprintf(options, sizeof options, SMALL "--scale %s", scales[i]);
        play(options,
             "0 type wide\n0.1 state\n0.2 click 540 84\n3 state\n3 shot scaled\n3 close\n");
        cairo_surface_t *png = picture("scaled");
        assert_int_equal(cairo_image_surface_get_width(png), (int)(640 * strtod(scales[i], NULL)));
        assert_int_equal(cairo_image_surface_get_height(png), (int)(480 * strtod(scales[i], NULL)));
        cairo_surface_destroy(png);
        assert_int_equal(
            sscanf(held(0, "caret"), "%lf %lf %lf", &caret[i][0], &caret[i][1], &caret[i][2]), 3);
        for (int k = 0; k < 3; k++) /* an input method shows what it offers beside the caret */
            assert_true(fabs(caret[i][k] - strtod(scales[i], NULL) * caret[0][k]) <= 4);
        assert_string_equal(held(0, "style"), "0");
        assert_true(number(1, "shown") > 20);
    }
}

static void a_window_stays_within_the_screen_and_lays_out_the_least(void **state)
{
    (void)state;
    play(PLAIN "--size 3000x2000", "0.5 shot large\n0.6 size 400 300\n1 key ctrl+=\n1 state\n"
                                   "1 shot small\n1 close\n");
    cairo_surface_t *png = picture("large");
    assert_int_equal(cairo_image_surface_get_width(png), 1600);
    assert_int_equal(cairo_image_surface_get_height(png), 1200);
    cairo_surface_destroy(png);
    png = picture("small");
    int w = cairo_image_surface_get_width(png), h = cairo_image_surface_get_height(png);
    cairo_surface_destroy(png);
    assert_true(w >= 400 && h >= 300);
    /* Nothing is said of memory. */
    assert_null(strstr(held(0, "message"), "memory"));
    assert_non_null(strstr(held(0, "message"), "larger window"));
}

static void what_does_nothing_in_a_mode_says_so(void **state)
{
    (void)state;
    play(PLAIN, "0.1 key f2\n0.1 key ctrl+2\n0.1 state\n0.2 key f3\n0.2 key alt+.\n0.2 state\n"
                "0.3 close\n");
    assert_string_equal(held(0, "attention"), "off");
    assert_string_equal(held(0, "message"), "Attention works in Write and Draw only.");
    assert_string_equal(held(1, "style"), "0");
    assert_string_equal(held(1, "message"), "Style works in Write only.");
}

static void the_grid_of_hands_goes_up_and_down(void **state)
{
    (void)state;
    enum { MORE = 4 };
    char name[2][40];
    for (int i = 0; i < MORE; i++) {
        snprintf(name[0], sizeof name[0], "styles/more%d.xml", i);
        snprintf(name[1], sizeof name[1], "styles/more%d.txt", i);
        assert_int_equal(link(in_folder("styles/wave.xml"), in_folder(name[0])), 0);
        write_file(name[1], "a wave\n");
    }
    play(PLAIN, "0.1 key tab\n0.1 key tab\n0.1 key down\n0.1 state\n0.2 key right\n0.2 state\n"
                "0.3 key up\n0.3 state\n0.4 key up\n0.4 state\n0.5 close\n");
    for (int i = 0; i < MORE; i++) {
        snprintf(name[0], sizeof name[0], "styles/more%d.xml", i);
        assert_int_equal(remove(in_folder(name[0])), 0);
    }
    assert_string_equal(held(0, "style"), "3");
    assert_string_equal(held(1, "style"), "4");
    assert_string_equal(held(2, "style"), "1");
    assert_string_equal(held(3, "style"), "1"); /* there is no row above */
}

static void settings_are_remembered(void **state)
{
    (void)state;
    play(PLAIN "--settings settings",
         "0 key alt+c\n0 key alt+]\n0 key alt+.\n0 key ctrl+2\n0.1 close\n");
    play(PLAIN "--settings settings", "0 state\n0.1 close\n");
    assert_string_equal(held(0, "colour"), "blue");
    assert_string_equal(held(0, "bias"), "1.05");
    assert_string_equal(held(0, "attention"), "on");
    assert_string_equal(held(0, "style"), "1");
    write_file("settings", "bias 1e300\nseed nan\ncolour -4\nhand /nowhere\nspeed\n\xff\xfe\n");
    play(PLAIN "--settings settings", "0 state\n0.1 close\n");
    assert_string_equal(held(0, "bias"), "3.00");
    assert_string_equal(held(0, "seed"), "1");
    assert_string_equal(held(0, "colour"), "black");
    assert_string_equal(held(0, "style"), "0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_control_changes_what_it_should),
        cmocka_unit_test(controls_obey_the_mouse_and_a_double_click_resets),
        cmocka_unit_test(all_controls_are_reached_with_the_tab_key),
        cmocka_unit_test(every_view_shows_and_a_cell_colours_the_ink),
        cmocka_unit_test(what_cells_know_is_found_where_they_know_it_again),
        cmocka_unit_test(the_list_of_keys_opens_and_closes),
        cmocka_unit_test(the_list_of_keys_has_values_and_where_it_must_pages),
        cmocka_unit_test(the_whole_screen_can_be_taken),
        cmocka_unit_test(for_a_projector_smaller_is_smaller_and_larger_larger),
        cmocka_unit_test(everything_can_be_larger),
        cmocka_unit_test(a_window_stays_within_the_screen_and_lays_out_the_least),
        cmocka_unit_test(what_does_nothing_in_a_mode_says_so),
        cmocka_unit_test(the_grid_of_hands_goes_up_and_down),
        cmocka_unit_test(settings_are_remembered),
    };
    if (without_screen())
        return 77;
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
