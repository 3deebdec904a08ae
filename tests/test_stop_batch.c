/* Batches that are stopped and killed go on to the same bytes. */
#include "check.h"
#include "stop_run.h"

#include "base/temporary.h"

#include <signal.h>

/* Starts the batch over again until it is seen when some of its documents are recorded and others
 * are not; it is stopped (SIGSTOP) then. */
static pid_t catch_in_midst(const char *place, const char *arguments, size_t least, size_t *count)
{
    char record[100];
    snprintf(record, sizeof record, "%s/out/longhand-batch.jsonl", place);
    for (int round = 0; round < ROUNDS; round++, *count *= 2) {
        write_table(*count);
        shell("rm -rf %s", place, NULL);
        pid_t child = start(place, arguments);
        for (time_t end = 0; count_rows(record) < least && !has_ended(child) && patient(&end);)
            nap();
        kill(child, SIGSTOP);
        size_t rows = count_rows(record);
        if (!has_ended(child) && rows >= least && rows < *count)
            return child;
        kill(child, SIGKILL);
        finish(child);
    }
    fail_msg("a batch of %zu documents is never seen half done", *count);
    return 0;
}

/* The same batch in `place` and, without any interruption, in whole/: the same bytes. */
static void check_same_as_whole(const char *place)
{
    shell("rm -rf whole", NULL, NULL);
    assert_int_equal(run("whole", BATCH), 1); /* one fails */
    shell("diff -r whole/out %s/out >&2", place, NULL);
    assert_int_equal(count_files("whole/out", LH_TEMPORARY_NAME), 0);
}

static void a_killed_batch_goes_on_to_the_same_bytes(void **state)
{
    (void)state;
    size_t count = 40, made;
    pid_t child = catch_in_midst("killed", BATCH, 3, &count);
    kill(child, SIGKILL);
    assert_int_equal(finish(child), -SIGKILL);
    /* What is recorded is there, while others have not been begun. */
    made = count_files("killed/out", "d");
    assert_in_range(made, count_rows("killed/out/longhand-batch.jsonl") - 1, count - 1);
    /* As if the last row had not come to its end. */
    shell("printf '{\"name\":\"d' >>killed/out/longhand-batch.jsonl", NULL, NULL);
    child = start("killed", RESUMED);
    for (time_t end = 0; count_files("killed/out", "d") <= made && !has_ended(child);) {
        nap();
        assert_true(patient(&end));
    }
    kill(child, SIGKILL);
    finish(child);
    assert_int_equal(run("killed", RESUMED), 1);
    check_says("killed.err", "documents were there already");
    check_same_as_whole("killed");
}

static void a_batch_is_the_same_with_any_number_of_threads(void **state)
{
    (void)state;
    write_table(20);
    shell("rm -rf one three", NULL, NULL);
    assert_int_equal(run("one", BATCH " --jobs 1"), 1);
    assert_int_equal(run("three", BATCH " --jobs 3"), 1);
    shell("diff -r one/out three/out >&2", NULL, NULL);
    check_same_as_whole("three");
    /* Of a record the rows of other texts stay. */
    write_file("other.txt", "another");
    assert_int_equal(run("three", "write --input ../other.txt ../other.txt -o out/ --resume" MODEL),
                     0);
    assert_int_equal(count_rows("three/out/longhand-batch.jsonl"), 22);
    assert_int_equal(run("three", RESUMED), 1);
    check_says("three.err", "19 documents were there already");
    assert_int_equal(count_rows("three/out/longhand-batch.jsonl"), 22);
}

/* Waits until the program has said so, or has ended. */
static bool wait_for_words(pid_t child, const char *name, const char *words)
{
    bool ended = false;
    for (time_t end = 0; !says(name, words) && !ended && patient(&end);) {
        ended = has_ended(child);
        nap();
    }
    return says(name, words);
}

static void control_c_ends_a_batch_after_the_documents_under_way(void **state)
{
    (void)state;
    static const int signals[] = {SIGINT, SIGTERM};
    for (size_t i = 0; i < 2; i++) {
        size_t count = 40, rows = 0;
        bool midst = false;
        for (int round = 0; round < ROUNDS && !midst; round++) {
            pid_t child = catch_in_midst("stopped", BATCH, 1, &count);
            kill(child, signals[i]);
            kill(child, SIGCONT);
            if (!wait_for_words(child, "stopped.err", "longhand: stopping after this document"))
                fail_msg("nothing is answered");
            assert_int_equal(finish(child), 1);
            rows = count_rows("stopped/out/longhand-batch.jsonl");
            midst = rows < count; /* else all were under way */
            count *= 2;
        }
        assert_true(midst);
        check_says("stopped.err", "the same command with --resume goes on");
        assert_int_equal(count_files("stopped/out", LH_TEMPORARY_NAME), 0);
        /* Those under way are done and recorded. */
        assert_in_range(count_files("stopped/out", "d"), rows - 1, rows);
        assert_int_equal(run("stopped", RESUMED), 1);
        check_same_as_whole("stopped");
    }
}

static void a_second_control_c_ends_it_at_once(void **state)
{
    (void)state;
    size_t count = 40;
    int code = 0;
    for (int round = 0; round < ROUNDS && code != -SIGINT; round++, count *= 2) {
        pid_t child = catch_in_midst("twice", BATCH, 1, &count);
        kill(child, SIGINT);
        kill(child, SIGCONT);
        wait_for_words(child, "twice.err", "Ctrl-C again stops at once");
        kill(child, SIGINT);
        code = finish(child);
    }
    assert_int_equal(code, -SIGINT); /* for a shell, 130 */
    assert_int_equal(count_files("twice/out", LH_TEMPORARY_NAME), 0);
    write_table(count /= 2);
    assert_int_equal(run("twice", RESUMED), 1);
    check_same_as_whole("twice");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_killed_batch_goes_on_to_the_same_bytes),
        cmocka_unit_test(a_batch_is_the_same_with_any_number_of_threads),
        cmocka_unit_test(control_c_ends_a_batch_after_the_documents_under_way),
        cmocka_unit_test(a_second_control_c_ends_it_at_once),
    };
    return cmocka_run_group_tests_name("stop_batch", tests, make_model, remove_folder);
}
