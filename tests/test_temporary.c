/* Unfinished files: those of killed runs go, those that others write stay, and none is left. */
#include "check.h"
#include "stop_run.h"

#include "base/temporary.h"

#include <pthread.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

/* A process that is writing the file, and goes on when `*go` is closed. */
static pid_t write_slowly(const char *path, int *go, void (*end)(lh_output *output))
{
    int ready[2], gate[2];
    char byte;
    assert_int_equal(pipe(ready), 0);
    assert_int_equal(pipe(gate), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        close(gate[1]);
        lh_output *output = lh_output_open(path, NULL);
        if (!output || fputs("whole", lh_output_stream(output)) < 0 || write(ready[1], "", 1) < 1)
            _exit(1);
        while (read(gate[0], &byte, 1) > 0) {
        }
        end(output);
        _exit(0);
    }
    close(ready[1]);
    close(gate[0]);
    assert_int_equal(read(ready[0], &byte, 1), 1);
    close(ready[0]);
    *go = gate[1];
    return child;
}

static void commit(lh_output *output)
{
    if (lh_output_commit(output, NULL) != LH_OK)
        _exit(1);
}

static void abandon(lh_output *output)
{
    (void)output;
    lh_temporaries_abandon();
}

static void what_killed_runs_left_goes_and_what_others_write_stays(void **state)
{
    (void)state;
    int go, never;
    mkdir(at("left"), 0777);
    mkdir(at("left/out"), 0777);
    pid_t live = write_slowly(at("left/out/live"), &go, commit);
    pid_t dead = write_slowly(at("left/out/dead"), &never, commit);
    kill(dead, SIGKILL);
    assert_int_equal(finish(dead), -SIGKILL);
    close(never);
    assert_int_equal(count_files("left/out", LH_TEMPORARY_NAME), 2);
    /* Not ours: no file, or no such name. */
    static const char *const others[] = {"left/out/" LH_TEMPORARY_NAME "short",
                                         "left/out/" LH_TEMPORARY_NAME "toolong",
                                         "left/out/" LH_TEMPORARY_NAME "with.x", "left/kept"};
    for (size_t i = 0; i < 4; i++)
        write_file(others[i], "mine");
    mkdir(at("left/out/" LH_TEMPORARY_NAME "folder"), 0777);
    assert_int_equal(symlink(at("left/kept"), at("left/out/" LH_TEMPORARY_NAME "linked")), 0);
    write_table(3);
    assert_int_equal(run("left", BATCH), 1);
    for (size_t i = 0; i < 4; i++)
        check_says(others[i], "mine");
    /* These five, and that of the live one; which then comes to its end. */
    assert_int_equal(count_files("left/out", LH_TEMPORARY_NAME), 6);
    close(go);
    assert_int_equal(finish(live), 0);
    check_says("left/out/live", "whole");
    assert_int_equal(count_files("left/out", LH_TEMPORARY_NAME), 5);
    assert_int_equal(count_files("left/out", "dead"), 0);
}

static void a_process_that_is_told_to_end_takes_its_unfinished_files_along(void **state)
{
    (void)state;
    int go;
    mkdir(at("told"), 0777);
    pid_t child = write_slowly(at("told/file"), &go, abandon);
    assert_int_equal(count_files("told", LH_TEMPORARY_NAME), 1);
    close(go);
    assert_int_equal(finish(child), 0);
    assert_int_equal(count_files("told", LH_TEMPORARY_NAME), 0);
    assert_int_equal(count_files("told", "file"), 0);
}

static void *make_files(void *path)
{
    for (;;)
        lh_output_end(lh_output_open(path, NULL), LH_OK, NULL);
    return NULL;
}

/* The process ends while its threads make one file after the other. */
static void none_is_left_of_those_that_are_just_being_made(void **state)
{
    (void)state;
    enum { THREADS = 4, TIMES = 100 };
    mkdir(at("many"), 0777);
    for (int i = 0; i < TIMES; i++) {
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            static char path[THREADS][300];
            pthread_t thread;
            for (int k = 0; k < THREADS; k++) {
                snprintf(path[k], sizeof path[k], "%s/many/%d", folder, k);
                if (pthread_create(&thread, NULL, make_files, path[k]) != 0)
                    _exit(1);
            }
            while (access(path[THREADS - 1], F_OK) != 0)
                nap();
            lh_temporaries_abandon();
            nap(); /* in which the others could make more */
            _exit(0);
        }
        assert_int_equal(finish(child), 0);
        assert_int_equal(count_files("many", LH_TEMPORARY_NAME), 0);
        shell("rm -f many/*", NULL, NULL);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_killed_runs_left_goes_and_what_others_write_stays),
        cmocka_unit_test(a_process_that_is_told_to_end_takes_its_unfinished_files_along),
        cmocka_unit_test(none_is_left_of_those_that_are_just_being_made),
    };
    return cmocka_run_group_tests_name("temporary", tests, make_model, remove_folder);
}
