/* Hands that were deleted come back as they were, with their texts, and take no other hand's place.
 */
#include "check.h"
#include "write_model.h"

#include "window/gone.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/longhand-gone-XXXXXX";
static lh_error error;

static const char *in_folder(const char *name)
{
    static char path[4][200];
    static int turn;
    turn = (turn + 1) % 4;
    snprintf(path[turn], sizeof path[turn], "%s/%s", folder, name);
    return path[turn];
}

static int begin_all(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int end_all(void **state)
{
    (void)state;
    return rmdir(folder); /* each test leaves nothing */
}

static void keep_line(const char *name, const char *text, size_t points)
{
    char path[100];
    lh_ink *ink = write_model_ink(points);
    snprintf(path, sizeof path, "%s.xml", name);
    check_ok(lh_iam_write(ink, in_folder(path), &error), &error);
    lh_ink_free(ink);
    strcpy(path + strlen(path) - 3, "txt");
    FILE *file = fopen(in_folder(path), "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static char *contents(const char *name)
{
    size_t size;
    char *text = lh_file_read(in_folder(name), 1 << 20, &size, &error);
    if (!text)
        fail_msg("%s", error.message);
    return text;
}

static bool is_there(const char *name)
{
    return access(in_folder(name), F_OK) == 0;
}

static void remove_line(const char *name)
{
    char path[100];
    snprintf(path, sizeof path, "%s.xml", name);
    assert_int_equal(unlink(in_folder(path)), 0);
    strcpy(path + strlen(path) - 3, "txt");
    assert_int_equal(unlink(in_folder(path)), 0);
}

static void a_hand_comes_back_byte_for_byte(void **state)
{
    (void)state;
    win_styles styles = {0};
    win_gone gone = {0};
    keep_line("me", "a wave\n", 60);
    char *line = contents("me.xml");
    win_styles_find(&styles, NULL, folder);
    assert_int_equal(styles.count, 1);
    assert_null(win_gone_past(&gone));
    check_ok(win_gone_delete(&gone, &styles, 0, true, 7, &error), &error);
    assert_int_equal(styles.count, 0);
    assert_false(is_there("me.xml"));
    assert_false(is_there("me.txt"));
    assert_int_equal(win_gone_past(&gone)->step, 7);
    assert_null(win_gone_future(&gone));
    assert_int_equal(win_gone_undo(&gone, &styles, &error), 0);
    assert_null(win_gone_past(&gone));
    assert_true(win_gone_future(&gone)->chosen);
    char *again = contents("me.xml"), *text = contents("me.txt");
    assert_string_equal(again, line);
    assert_string_equal(text, "a wave\n");
    assert_string_equal(styles.style[0]->name, "me");
    assert_int_equal(win_gone_redo(&gone, &styles, &error), 0);
    assert_int_equal(styles.count, 0);
    assert_false(is_there("me.xml"));
    assert_int_equal(win_gone_undo(&gone, &styles, &error), 0);
    remove_line("me");
    free(line);
    free(again);
    free(text);
    win_gone_clear(&gone);
    win_styles_clear(&styles);
}

/* Two windows may look for a number at once. */
static void a_number_is_given_once(void **state)
{
    (void)state;
    char *one = win_styles_next(folder, ".hand", &error);
    char *two = win_styles_next(folder, ".hand", &error);
    assert_string_equal(one, in_folder("own-0001.hand"));
    assert_string_equal(two, in_folder("own-0002.hand"));
    assert_int_equal(unlink(one), 0);
    assert_int_equal(unlink(two), 0);
    free(one);
    free(two);
    assert_null(win_styles_next(in_folder("nowhere"), ".hand", &error));
    assert_non_null(strstr(error.message, "own-0001.hand: cannot create"));
}

static void the_last_that_went_comes_first(void **state)
{
    (void)state;
    win_styles styles = {0};
    win_gone gone = {0};
    keep_line("a", "a\n", 60);
    keep_line("b", "b\n", 70);
    keep_line("c", "c\n", 80);
    win_styles_find(&styles, NULL, folder);
    check_ok(win_gone_delete(&gone, &styles, 1, false, 3, &error), &error);
    check_ok(win_gone_delete(&gone, &styles, 0, false, 4, &error), &error);
    assert_int_equal(win_gone_undo(&gone, &styles, &error), 1);
    assert_string_equal(styles.style[1]->name, "a");
    assert_int_equal(win_gone_past(&gone)->step, 3);
    assert_int_equal(win_gone_future(&gone)->step, 4);
    /* What was brought back and is deleted anew is the last again. */
    check_ok(win_gone_delete(&gone, &styles, 0, false, 5, &error), &error);
    assert_null(win_gone_future(&gone));
    assert_int_equal(win_gone_past(&gone)->step, 5);
    assert_int_equal(win_gone_undo(&gone, &styles, &error), 1);
    assert_string_equal(styles.style[1]->name, "c");
    assert_int_equal(win_gone_undo(&gone, &styles, &error), 2);
    assert_string_equal(styles.style[2]->name, "b");
    remove_line("a");
    remove_line("b");
    remove_line("c");
    win_gone_clear(&gone);
    win_styles_clear(&styles);
}

static void no_other_hand_is_replaced(void **state)
{
    (void)state;
    win_styles styles = {0};
    win_gone gone = {0};
    keep_line("own-0001", "mine\n", 60);
    win_styles_find(&styles, NULL, folder);
    check_ok(win_gone_delete(&gone, &styles, 0, false, 1, &error), &error);
    keep_line("own-0001", "another\n", 70); /* as one that was learnt meanwhile */
    assert_true(win_styles_add(&styles, in_folder("own-0001.xml"), &error) == 0);
    assert_int_equal(win_gone_undo(&gone, &styles, &error), 1);
    assert_string_equal(styles.style[1]->name, "own-0002");
    char *other = contents("own-0001.txt"), *mine = contents("own-0002.txt");
    assert_string_equal(other, "another\n");
    assert_string_equal(mine, "mine\n");
    assert_int_equal(win_gone_redo(&gone, &styles, &error), 1);
    assert_true(is_there("own-0001.xml"));
    assert_false(is_there("own-0002.xml"));
    remove_line("own-0001");
    free(other);
    free(mine);
    win_gone_clear(&gone);
    win_styles_clear(&styles);
}

static void what_cannot_be_kept_is_not_deleted(void **state)
{
    (void)state;
    win_styles styles = {0};
    win_gone gone = {0};
    keep_line("me", "a wave\n", 60);
    win_styles_find(&styles, NULL, folder);
    assert_int_equal(unlink(in_folder("me.txt")), 0);
    assert_int_equal(mkdir(in_folder("me.txt"), 0700), 0);
    check_fails(LH_ERROR_IO, win_gone_delete(&gone, &styles, 0, false, 1, &error), &error,
                "me.txt: is a folder");
    assert_int_equal(styles.count, 1);
    assert_true(is_there("me.xml"));
    assert_null(win_gone_past(&gone));
    assert_int_equal(rmdir(in_folder("me.txt")) + unlink(in_folder("me.xml")), 0);
    win_gone_clear(&gone);
    win_styles_clear(&styles);
}

static void what_cannot_be_written_stays_here(void **state)
{
    (void)state;
    win_styles styles = {0};
    win_gone gone = {0};
    keep_line("me", "a wave\n", 60);
    win_styles_find(&styles, NULL, folder);
    check_ok(win_gone_delete(&gone, &styles, 0, false, 1, &error), &error);
    assert_int_equal(rmdir(folder), 0);
    assert_int_equal(win_gone_undo(&gone, &styles, &error), -1);
    assert_non_null(strstr(error.message, "me"));
    assert_non_null(win_gone_past(&gone));
    assert_int_equal(mkdir(folder, 0700), 0);
    assert_int_equal(win_gone_undo(&gone, &styles, &error), 0);
    remove_line("me");
    assert_int_equal(win_gone_redo(&gone, &styles, &error), -1); /* somebody else took it away */
    assert_non_null(strstr(error.message, "me.xml"));
    win_gone_clear(&gone);
    win_styles_clear(&styles);
}

static void what_cannot_be_deleted_again_is_in_no_others_way(void **state)
{
    (void)state;
    win_styles styles = {0};
    win_gone gone = {0};
    keep_line("a", "a\n", 60);
    keep_line("b", "b\n", 70);
    win_styles_find(&styles, NULL, folder);
    check_ok(win_gone_delete(&gone, &styles, 1, false, 3, &error), &error);
    check_ok(win_gone_delete(&gone, &styles, 0, false, 4, &error), &error);
    assert_int_equal(win_gone_undo(&gone, &styles, &error), 0);
    assert_int_equal(win_gone_undo(&gone, &styles, &error), 1);
    check_ok(win_styles_rename(&styles, 1, "renamed", &error), &error);
    assert_int_equal(win_gone_redo(&gone, &styles, &error), -1);
    assert_non_null(strstr(error.message, "b.xml: is no longer there"));
    assert_true(is_there("renamed.xml"));
    assert_int_equal(win_gone_future(&gone)->step, 4);
    assert_int_equal(win_gone_redo(&gone, &styles, &error), 0);
    assert_false(is_there("a.xml"));
    assert_null(win_gone_future(&gone));
    assert_int_equal(win_gone_undo(&gone, &styles, &error), 1);
    assert_null(win_gone_past(&gone));
    remove_line("a");
    assert_int_equal(win_gone_redo(&gone, &styles, &error), -1); /* somebody took its file */
    assert_null(win_gone_future(&gone));
    remove_line("renamed");
    win_gone_clear(&gone);
    win_styles_clear(&styles);
}

static void what_the_list_has_no_room_for_is_back_as_a_file(void **state)
{
    (void)state;
    win_styles styles = {0};
    win_gone gone = {0};
    char name[20];
    keep_line("me", "a wave\n", 60);
    win_styles_find(&styles, NULL, folder);
    check_ok(win_gone_delete(&gone, &styles, 0, false, 1, &error), &error);
    for (int i = 0; i < WIN_STYLES_MAX; i++) {
        snprintf(name, sizeof name, "other-%02d", i);
        keep_line(name, "a wave\n", 20);
    }
    win_styles_find(&styles, NULL, folder);
    assert_int_equal(styles.count, WIN_STYLES_MAX);
    assert_int_equal(win_gone_undo(&gone, &styles, &error), -1);
    assert_non_null(strstr(error.message, "there is room for"));
    assert_true(is_there("me.xml") && is_there("me.txt"));
    assert_true(!win_gone_past(&gone) && !win_gone_future(&gone));
    remove_line("me");
    for (int i = 0; i < WIN_STYLES_MAX; i++) {
        snprintf(name, sizeof name, "other-%02d", i);
        remove_line(name);
    }
    win_gone_clear(&gone);
    win_styles_clear(&styles);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_number_is_given_once),
        cmocka_unit_test(a_hand_comes_back_byte_for_byte),
        cmocka_unit_test(the_last_that_went_comes_first),
        cmocka_unit_test(no_other_hand_is_replaced),
        cmocka_unit_test(what_cannot_be_kept_is_not_deleted),
        cmocka_unit_test(what_cannot_be_written_stays_here),
        cmocka_unit_test(what_cannot_be_deleted_again_is_in_no_others_way),
        cmocka_unit_test(what_the_list_has_no_room_for_is_back_as_a_file),
    };
    return cmocka_run_group_tests(tests, begin_all, end_all);
}
