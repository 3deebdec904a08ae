/* One's own hands in longhand-window: learnt from what is drawn, renamed and deleted. Played by
 * scripts. */
#include "check.h"
#include "window_run.h"
#include "write_model.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* How many files of the user's own styles have a name that ends so. */
static int own_files(const char *ending)
{
    char command[300];
    snprintf(command, sizeof command, "ls -a '%s' 2>/dev/null | grep -c '%s$'",
             in_folder("data/longhand/styles"), ending);
    FILE *listed = popen(command, "r");
    assert_non_null(listed);
    int count = -1;
    assert_int_equal(fscanf(listed, "%d", &count), 1);
    pclose(listed);
    return count;
}

static void a_hand_is_learnt_from_what_is_drawn(void **state)
{
    (void)state;
    char script[4000] = "0 key f3\n0.2 key ctrl+k\n0.3 state\n";
    draw_rows(script, 1, 100);
    strcat(script, "3 shot drawn\n3 key ctrl+k\n3.1 state\n3.1 type my hand\n4 state\n"
                   "4 key ctrl+k\n4.1 state\n6 state\n6 type ab\n6.1 state\n6.1 close\n");
    play(PLAIN, script);
    assert_non_null(strstr(held(0, "message"), "too little ink"));
    assert_true(ink_in("drawn") > 100);
    assert_non_null(strstr(held(1, "message"), "Type what you wrote in row 1"));
    assert_true(number(2, "drawn") > 40);
    assert_string_equal(held(3, "mode"), "Draw");
    assert_in_range(whole(3, "learning"), 1, 11); /* a step a frame */
    assert_string_equal(held(4, "mode"), "Write");
    assert_int_equal(whole(4, "learning"), -1);
    assert_non_null(strstr(held(4, "message"), "own-0001.hand"));
    assert_int_equal(whole(4, "styles"), 2);
    assert_int_equal(whole(4, "style"), 2);
    /* There was no text to see the hand in: there is one until the first key. */
    assert_non_null(strstr(held(4, "text"), "This is my hand"));
    assert_string_equal(held(5, "text"), "ab");
    lh_style *style = lh_style_read(in_folder("data/longhand/styles/own-0001.hand"), NULL, &error);
    if (!style)
        fail_msg("%s", error.message);
    assert_string_equal(style->text, "my hand");
    assert_true(style->ink->count > 35);
    assert_non_null(style->hand);
    assert_true(style->hand->count > 0);
    lh_style_free(style);
    assert_int_equal(own_files("own-0001.hand"), 1);
    assert_int_equal(own_files(""), 3); /* with "." and ".." */
    remove(in_folder("data/longhand/styles/own-0001.hand"));
}

/* By key, and by the menu: the sentence that shows the hand takes nothing with it. */
static void a_text_that_was_cleared_comes_back_behind_learning(void **state)
{
    (void)state;
    static const char *const ways[] = {"6 key ctrl+z\n", "6 right 60 700\n6.1 click 80 563\n"};
    for (int i = 0; i < 2; i++) {
        char script[4000] = "0 type a letter to keep\n0.2 key ctrl+l\n0.3 key f3\n";
        draw_rows(script, 1, 100);
        strcat(script, "3 type my hand\n3.5 key ctrl+k\n5.9 state\n");
        strcat(script, ways[i]);
        strcat(script, "6.2 state\n6.3 key end\n6.4 state\n6.5 close\n");
        play(PLAIN, script);
        assert_string_equal(held(0, "mode"), "Write");
        assert_non_null(strstr(held(0, "text"), "This is my hand"));
        assert_string_equal(held(1, "text"), "a letter to keep");
        assert_string_equal(held(2, "text"), "a letter to keep");
        remove(in_folder("data/longhand/styles/own-0001.hand"));
    }
}

/* Moves what draw_rows drew down by so many pixels. */
static void draw_row_at(char *script, double from, int down)
{
    char rows[3000] = "", *at = rows;
    draw_rows(rows, from, 100);
    for (int x, y, used; *at; at += used + 1) {
        double time;
        char how[12];
        assert_int_equal(sscanf(at, "%lf %11s %d %d%n", &time, how, &x, &y, &used), 4);
        sprintf(script + strlen(script), "%.2f %s %d %d\n", time, how, x, y + down);
    }
}

static void rows_are_learnt_with_their_captions(void **state)
{
    (void)state;
    char script[9000] = "0 key f3\n0 key ctrl+h\n";
    draw_row_at(script, 1, -60);
    draw_row_at(script, 3, 100);
    strcat(script, "5 type my hand\\n\n5.1 state\n5.1 key ctrl+k\n5.3 state\n"
                   "5.4 type is this\n6 key ctrl+k\n8 state\n8 close\n");
    play(PLAIN, script);
    assert_non_null(strstr(held(1, "message"), "row 2")); /* whose caption is missing */
    assert_string_equal(held(2, "mode"), "Write");
    lh_style *style = lh_style_read(in_folder("data/longhand/styles/own-0001.hand"), NULL, &error);
    if (!style)
        fail_msg("%s", error.message);
    assert_int_equal(style->hand->lines, 1);
    assert_string_equal(style->hand->line[0].text,
                        strcmp(style->text, "my hand") == 0 ? "is this" : "my hand");
    lh_style_free(style);
    remove(in_folder("data/longhand/styles/own-0001.hand"));
}

static void learning_is_stopped_by_escape(void **state)
{
    (void)state;
    char script[4000] = "0 key f3\n";
    int before = own_files("");
    draw_rows(script, 1, 100);
    strcat(script, "3 type my hand\n3.5 key ctrl+k\n3.6 state\n3.6 shot learns\n"
                   "3.6 key ctrl+k\n3.61 state\n3.62 key escape\n4 state\n4 shot stopped\n"
                   "4 close\n");
    play(PLAIN, script);
    assert_in_range(whole(0, "learning"), 1, 11);
    assert_non_null(strstr(held(1, "message"), "Esc stops"));
    assert_int_equal(whole(2, "learning"), -1);
    assert_string_equal(held(2, "mode"), "Draw");
    assert_non_null(strstr(held(2, "message"), "stopped"));
    assert_int_equal(own_files(""), before);
    assert_true(difference("learns", "stopped", 12, 680, 1004, 705) > 100); /* in words */
}

static void one_can_draw_while_a_hand_is_learnt(void **state)
{
    (void)state;
    char script[4000] = "0 key f3\n";
    draw_rows(script, 1, 100);
    strcat(script, "3 type my hand\n3.5 key ctrl+k\n3.55 press 400 100\n3.57 move 420 110\n"
                   "3.6 move 440 100\n3.6 state\n4.5 move 460 110\n4.6 state\n"
                   "4.7 release 470 100\n5 state\n5 close\n");
    play(PLAIN, script);
    assert_in_range(whole(0, "learning"), 1, 11);
    assert_string_equal(held(1, "mode"), "Draw"); /* as long as the pen is down */
    assert_true(number(1, "drawn") > number(0, "drawn"));
    assert_string_equal(held(2, "mode"), "Write");
    assert_true(number(2, "drawn") > number(1, "drawn"));
    remove(in_folder("data/longhand/styles/own-0001.hand"));
}

static void ghosts_of_sentences_are_shown_and_hidden(void **state)
{
    (void)state;
    play(PLAIN, "0 state\n0 key ctrl+h\n0.1 state\n0.2 key f3\n1 shot ghosts\n1 key ctrl+h\n"
                "2 shot none\n2 state\n2 key ctrl+h\n2.5 shot again\n3 close\n");
    assert_non_null(strstr(held(1, "message"), "Draw only"));
    assert_true(difference("ghosts", "none", 0, 0, 1016, 300) > 500);
    assert_string_equal(held(2, "ghost"), "off");
    assert_int_equal(difference("ghosts", "again", 0, 0, 1016, 300), 0);
}

/* ---- kept hands -------------------------------------------------------------------------------
 */

/* Keeps a style as hands were kept before they were learnt, under this name. */
static void keep_line(const char *name)
{
    char path[100];
    lh_ink *ink = write_model_ink(60);
    snprintf(path, sizeof path, "data/longhand/styles/%s.xml", name);
    check_ok(lh_iam_write(ink, in_folder(path), &error), &error);
    strcpy(path + strlen(path) - 3, "txt");
    write_file(path, "a wave\n");
    lh_ink_free(ink);
}

static void kept_hands_are_renamed_with_their_texts(void **state)
{
    (void)state;
    keep_line("own-0002");
    play(PLAIN "--text words",
         "1 right 1225 85\n1.1 state\n1.1 shot form\n1.2 type wave\n1.2 key return\n1.3 state\n"
         "1.4 key ctrl+a\n1.4 type me/you\n1.4 key return\n1.5 state\n"
         "1.51 key ctrl+a\n1.51 type own\n1.51 key return\n1.55 state\n"
         "1.56 key ctrl+a\n1.56 type a:1\n1.56 key return\n1.58 state\n"
         "1.6 key ctrl+a\n1.6 type Me, slowly\n1.6 key return\n2 state\n"
         "2.1 click 1225 85\n3 state\n3.1 key ctrl+t\n3.2 state\n3.3 key escape\n3.4 close\n");
    assert_string_equal(held(0, "form"), "Your hand");
    assert_string_equal(held(0, "form_text"), "own-0002");
    assert_non_null(strstr(held(1, "form_note"), "called 'wave'")); /* one that is installed */
    assert_non_null(strstr(held(2, "form_note"), "slash"));
    assert_non_null(strstr(held(3, "form_note"), "drawn anew"));
    assert_non_null(strstr(held(4, "form_note"), "colon"));
    assert_string_equal(held(5, "form"), "");
    assert_non_null(strstr(held(5, "message"), "Me, slowly"));
    assert_int_equal(whole(6, "style"), 2); /* and is written in */
    assert_true(number(6, "points") > 20);
    assert_string_equal(held(7, "form_text"), "Me, slowly");
    assert_int_equal(own_files("Me, slowly.xml") + own_files("Me, slowly.txt"), 2);
    assert_int_equal(own_files(""), 4);
    remove(in_folder("data/longhand/styles/Me, slowly.xml"));
    remove(in_folder("data/longhand/styles/Me, slowly.txt"));
}

static void kept_hands_are_deleted_when_asked_twice(void **state)
{
    (void)state;
    keep_line("own-0001");
    keep_line("own-0002");
    play(PLAIN "--text words",
         "0 key alt+.\n0 key alt+.\n0 key alt+.\n2 state\n" /* own-0002 */
         "2.1 right 1225 85\n2.1 key tab\n2.1 key tab\n2.1 key return\n2.2 state\n"
         "2.3 key return\n3 state\n" /* own-0001 is gone */
         "3.1 key ctrl+t\n3.1 key tab\n3.1 key tab\n3.1 key return\n3.2 key escape\n3.2 state\n"
         "3.3 key ctrl+t\n3.3 key tab\n3.3 key tab\n3.3 key return\n3.3 key return\n5 state\n"
         "5 shot deleted\n5 close\n");
    double first = number(0, "style");
    assert_int_equal(whole(0, "styles"), 3);
    assert_int_equal(first, 3);
    assert_string_equal(held(1, "form"), "Your hand");
    assert_string_equal(held(1, "form_text"), "own-0001");
    assert_non_null(strstr(held(1, "form_note"), "once more"));
    assert_int_equal(whole(1, "styles"), 3);
    assert_int_equal(whole(2, "styles"), 2);
    assert_int_equal(whole(2, "style"), 2); /* the same hand is chosen still */
    assert_int_equal(whole(2, "points"), whole(0, "points"));
    assert_int_equal(whole(3, "styles"), 2); /* it was not asked twice */
    assert_int_equal(whole(4, "styles"), 1);
    assert_int_equal(whole(4, "style"), 0); /* there is no default hand here */
    assert_true(number(4, "points") > 20);
    assert_int_equal(own_files(""), 2);
}

/* Ctrl Z takes back what was done last, be it a hand or a letter. */
static void a_deleted_hand_comes_back_by_undo(void **state)
{
    (void)state;
    keep_line("own-0001");
    keep_line("own-0002");
    char *before = contents("data/longhand/styles/own-0001.xml");
    play(PLAIN "--text words",
         "0 key alt+.\n0 key alt+.\n2 state\n" /* own-0001 */
         "2.1 key ctrl+t\n2.1 key tab\n2.1 key tab\n2.1 key return\n2.1 state\n"
         "2.2 key return\n4 state\n4 shot gone\n4 type x\n4.1 key ctrl+z\n4.2 state\n"
         "4.3 key ctrl+z\n6 state\n6 shot back\n6 key ctrl+y\n7 state\n7 key ctrl+z\n"
         "8 state\n8 close\n");
    assert_int_equal(whole(0, "style"), 2);
    assert_non_null(strstr(held(1, "form_note"), "Ctrl Z"));
    assert_int_equal(whole(2, "styles"), 2);
    assert_non_null(strstr(held(2, "message"), "Ctrl Z"));
    assert_string_equal(held(3, "text"), "words"); /* the letter, not yet the hand */
    assert_int_equal(whole(3, "styles"), 2);
    assert_int_equal(whole(4, "styles"), 3);
    assert_int_equal(whole(4, "style"), 3); /* writes again, and stands last */
    assert_non_null(strstr(held(4, "message"), "own-0001"));
    assert_true(difference("gone", "back", 1016, 0, 1280, 160) > 20);
    assert_int_equal(whole(5, "styles"), 2);
    assert_int_equal(whole(6, "styles"), 3);
    char *after = contents("data/longhand/styles/own-0001.xml");
    assert_string_equal(before, after);
    assert_int_equal(own_files("own-0001.txt") + own_files("own-0002.txt"), 2);
    free(before);
    free(after);
    for (int i = 0; i < 4; i++) {
        static const char *const names[] = {"own-0001.xml", "own-0001.txt", "own-0002.xml",
                                            "own-0002.txt"};
        char path[60];
        snprintf(path, sizeof path, "data/longhand/styles/%s", names[i]);
        remove(in_folder(path));
    }
}

static void installed_hands_stay(void **state)
{
    (void)state;
    play(PLAIN, "0 right 1148 93\n0.1 state\n0.2 key alt+.\n0.3 key ctrl+t\n0.4 state\n"
                "0.5 right 1062 93\n0.6 state\n0.7 close\n");
    for (int i = 0; i < 3; i++) {
        assert_string_equal(held(i, "form"), "");
        assert_non_null(strstr(held(i, "message"), "of your own"));
    }
    assert_int_equal(access(in_folder("styles/wave.xml"), R_OK), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_hand_is_learnt_from_what_is_drawn),
        cmocka_unit_test(a_text_that_was_cleared_comes_back_behind_learning),
        cmocka_unit_test(rows_are_learnt_with_their_captions),
        cmocka_unit_test(learning_is_stopped_by_escape),
        cmocka_unit_test(one_can_draw_while_a_hand_is_learnt),
        cmocka_unit_test(ghosts_of_sentences_are_shown_and_hidden),
        cmocka_unit_test(kept_hands_are_renamed_with_their_texts),
        cmocka_unit_test(kept_hands_are_deleted_when_asked_twice),
        cmocka_unit_test(a_deleted_hand_comes_back_by_undo),
        cmocka_unit_test(installed_hands_stay),
    };
    if (without_screen())
        return 77;
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
