/* Commands other than batches that are stopped end at once, and leave nothing behind. */
#include "check.h"
#include "stop_run.h"

#include "base/temporary.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* One document, or one file: there is nothing to keep. */
static void control_c_ends_a_long_document_between_its_words(void **state)
{
    (void)state;
    static const char *const commands[] = {
        "write --input ../long.txt -o x.svg" MODEL,
        "write --input ../long.txt ../long.txt -o x.svg --together" MODEL};
    for (size_t i = 0; i < 2; i++) {
        bool answered = false;
        struct timespec wait = {0, 20000000};
        for (size_t words = 4000; words < 200000 && !answered; words *= 2) {
            FILE *file = fopen(at("long.txt"), "w");
            assert_non_null(file);
            for (size_t k = 0; k < words; k++)
                fputs(k % 100 ? "words " : "words\n", file);
            fclose(file);
            pid_t child = start("long", commands[i]);
            /* It has read its text by then, or else is given more time. */
            nanosleep(&wait, NULL);
            kill(child, SIGINT);
            int code = finish(child);
            answered = says("long.err", "longhand: stopping; nothing is written");
            if (answered)
                assert_int_equal(code, -SIGINT);
            long longer = 4 * wait.tv_nsec + 1000000000 * wait.tv_sec * 4;
            wait = (struct timespec){longer / 1000000000, longer % 1000000000};
        }
        assert_true(answered);
        assert_int_equal(count_files("long", "x"), 0);
        assert_int_equal(count_files("long", LH_TEMPORARY_NAME), 0);
    }
}

static void other_commands_end_at_once(void **state)
{
    (void)state;
    mkfifo(at("fifo"), 0666);
    pid_t child = start("waiting", "write --input ../fifo -o x.svg" MODEL);
    int writing = -1; /* can be opened when the program has begun to read */
    for (time_t end = 0; writing < 0 && !has_ended(child) && patient(&end); nap())
        writing = open(at("fifo"), O_WRONLY | O_NONBLOCK);
    assert_true(writing >= 0);
    kill(child, SIGTERM);
    assert_int_equal(finish(child), -SIGTERM);
    close(writing);
    assert_int_equal(count_files("waiting", "x"), 0);
}

#define BENCH "bench --only prepare --repeats 1"

/* Starts it until its folder is seen. */
static pid_t catch_bench(void)
{
    for (int round = 0; round < ROUNDS; round++) {
        pid_t child = start("bench", BENCH);
        for (time_t end = 0; !has_ended(child) && patient(&end); nap())
            if (count_files("temporary", "longhand-bench-") > 0) {
                kill(child, SIGSTOP);
                if (!has_ended(child) && count_files("temporary", "longhand-bench-") > 0)
                    return child;
                kill(child, SIGCONT);
            }
        finish(child);
    }
    fail_msg("the benchmark's folder is never seen");
    return 0;
}

static void the_benchmark_leaves_no_folder(void **state)
{
    (void)state;
    mkdir(at("temporary"), 0777);
    setenv("TMPDIR", at("temporary"), 1);
    pid_t child = catch_bench();
    kill(child, SIGINT);
    kill(child, SIGCONT);
    assert_int_equal(finish(child), -SIGINT);
    check_says("bench.err", "longhand: stopping");
    assert_int_equal(count_files("temporary", "longhand-bench-"), 0);
    child = catch_bench();
    kill(child, SIGKILL);
    finish(child);
    assert_int_equal(count_files("temporary", "longhand-bench-"), 1);
    assert_int_equal(run("bench", BENCH), 0);
    assert_int_equal(count_files("temporary", "longhand-bench-"), 0);
    unsetenv("TMPDIR");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(control_c_ends_a_long_document_between_its_words),
        cmocka_unit_test(other_commands_end_at_once),
        cmocka_unit_test(the_benchmark_leaves_no_folder),
    };
    return cmocka_run_group_tests_name("stop", tests, make_model, remove_folder);
}
