/* Long work that is stopped, killed, and gone on with: what is there then, and what is not. The
 * programs run beside the test, which waits for what it wants to see of them; where one is done
 * before that, it is given more to do. */
#define _XOPEN_SOURCE 700 /* for a terminal of our own */

#include "check.h"
#include "write_model.h"

#include "base/temporary.h"

#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PATIENCE_SECONDS = 200, ROUNDS = 6 };

static char folder[] = "/tmp/longhand-stop-XXXXXX";

static int make_model(void **state)
{
    (void)state;
    lh_error error;
    char path[100];
    if (!mkdtemp(folder))
        return -1;
    lh_model *model = write_model_new(&write_model_plain);
    snprintf(path, sizeof path, "%s/plain.safetensors", folder);
    check_ok(lh_model_save(model, path, LH_PRECISION_FLOAT32, &error), &error);
    lh_model_free(model);
    lh_ink *hand = write_model_ink(60);
    snprintf(path, sizeof path, "%s/hand.xml", folder);
    check_ok(lh_iam_write(hand, path, &error), &error);
    lh_ink_free(hand);
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    char command[100];
    snprintf(command, sizeof command, "rm -r %s", folder);
    return system(command);
}

/* ---- programs ---------------------------------------------------------------------------------
 */

/* The path of `name` in the folder of these tests. */
static const char *at(const char *name)
{
    static char paths[4][300];
    static int next;
    char *path = paths[next++ % 4];
    snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

static void shell(const char *format, const char *a, const char *b)
{
    char command[1000], words[900];
    snprintf(words, sizeof words, format, a, b);
    snprintf(command, sizeof command, "cd %s && %s", folder, words);
    if (system(command) != 0)
        fail_msg("%s failed", command);
}

/* Starts `longhand ARGUMENTS` in the folder `place` of these tests, which is made. What it says
 * goes to PLACE.err. */
static pid_t start(const char *place, const char *arguments)
{
    char command[1500], err[100];
    snprintf(err, sizeof err, "%s.err", place);
    mkdir(at(place), 0777);
    close(open(at(err), O_WRONLY | O_CREAT | O_TRUNC, 0666)); /* there when it is looked for */
    snprintf(command, sizeof command, "cd %s && exec '%s' %s >/dev/null 2>%s", at(place),
             getenv("LONGHAND_PROGRAM"), arguments, at(err));
    pid_t child = fork();
    assert_true(child >= 0);
    if (child > 0)
        return child;
    /* Threads that wait asleep: other tests want the cores. */
    setenv("OMP_WAIT_POLICY", "passive", 1);
    signal(SIGINT, SIG_DFL);
    execl("/bin/sh", "sh", "-c", command, (char *)NULL);
    _exit(127);
}

static void nap(void)
{
    const struct timespec pause = {0, 1000000};
    nanosleep(&pause, NULL);
}

static bool patient(time_t *end)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (*end == 0)
        *end = now.tv_sec + PATIENCE_SECONDS;
    return now.tv_sec <= *end;
}

/* The exit code, or the signal that ended it, negative. */
static int finish(pid_t child)
{
    int status;
    time_t end = 0;
    while (waitpid(child, &status, WNOHANG) != child) {
        nap();
        if (!patient(&end)) {
            kill(child, SIGKILL);
            waitpid(child, &status, 0);
            fail_msg("the program does not end");
        }
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

static bool has_ended(pid_t child)
{
    siginfo_t info = {0};
    waitid(P_PID, (id_t)child, &info, WEXITED | WNOHANG | WNOWAIT);
    return info.si_pid == child;
}

static int run(const char *place, const char *arguments)
{
    return finish(start(place, arguments));
}

/* ---- files ------------------------------------------------------------------------------------
 */

/* NULL: there is none. */
static char *contents(const char *name)
{
    size_t size;
    return lh_file_read(at(name), 8 << 20, &size, NULL);
}

static bool says(const char *name, const char *words)
{
    char *text = contents(name);
    bool found = text && strstr(text, words);
    free(text);
    return found;
}

static void check_says(const char *name, const char *words)
{
    char *text = contents(name);
    if (!text || !strstr(text, words))
        fail_msg("%s does not say '%s' but: %s", name, words, text ? text : "(it is not there)");
    free(text);
}

static void write_file(const char *name, const char *text)
{
    FILE *file = fopen(at(name), "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static size_t count_rows(const char *name)
{
    char *text = contents(name);
    size_t rows = 0;
    for (const char *c = text; c && *c; c++)
        rows += *c == '\n';
    free(text);
    return rows;
}

/* Files in the folder whose names begin so. */
static size_t count_files(const char *name, const char *prefix)
{
    size_t count = 0;
    DIR *directory = opendir(at(name));
    for (struct dirent *entry; directory && (entry = readdir(directory)) != NULL;)
        count += strncmp(entry->d_name, prefix, strlen(prefix)) == 0;
    if (directory)
        closedir(directory);
    return count;
}

/* ---- batches ----------------------------------------------------------------------------------
 */

#define MODEL " --model ../plain.safetensors --no-proofread "
#define BATCH                                                                          \
    "write --merge ../texts.csv --template ../letter.txt -o out/ --style ../hand.xml " \
    "--style-text primer" MODEL
#define RESUMED BATCH " --resume"

/* A table of `count` texts, some short, some long, some in a hand of their own, and one that fails.
 * Rows are short: such are not levelled, which takes longer than all else with ink as even as that
 * of this model. */
static void write_table(size_t count)
{
    FILE *file = fopen(at("texts.csv"), "w");
    assert_non_null(file);
    fputs("name,hand,text\n", file);
    for (size_t i = 0; i < count; i++) {
        fprintf(file, "d%zu,%s,\"", i, i % 10 == 3 ? "own" : "");
        for (size_t k = 0; k <= i * 7 % 12; k++)
            fprintf(file, "%s\n", i == 2 ? "5" : k % 3 ? "some words" : "and more");
        fputs("\"\n", file);
    }
    fclose(file);
    file = fopen(at("letter.txt"), "w");
    assert_non_null(file);
    fputs("@style {hand}\n{text}\n", file);
    fclose(file);
}

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

/* ---- unfinished files -------------------------------------------------------------------------
 */

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

/* ---- progress ---------------------------------------------------------------------------------
 */

static void progress_is_one_row_that_is_rewritten(void **state)
{
    (void)state;
    char said[1 << 16], command[1200];
    size_t length = 0;
    int terminal = posix_openpt(O_RDWR | O_NOCTTY);
    if (terminal < 0 || grantpt(terminal) != 0 || unlockpt(terminal) != 0)
        skip();
    write_table(12);
    shell("rm -rf shown && mkdir shown", NULL, NULL);
    snprintf(command, sizeof command, "cd %s && exec '%s' " BATCH " 2>%s", at("shown"),
             getenv("LONGHAND_PROGRAM"), ptsname(terminal));
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        execl("/bin/sh", "sh", "-c", command, (char *)NULL);
        _exit(127);
    }
    /* Ends with an error when the program has closed its side. */
    for (ssize_t got; length < sizeof said - 1; length += (size_t)got) {
        got = read(terminal, said + length, sizeof said - 1 - length);
        if (got <= 0 && !has_ended(child)) {
            nap();
            got = 0;
        } else if (got <= 0) {
            break;
        }
    }
    said[length] = '\0';
    close(terminal);
    assert_int_equal(finish(child), 1);
    static const char *const rows[] = {"\r\x1b[Klonghand: 0 of 12 documents",
                                       "\r\x1b[Klonghand: d2: row 2, column 1",
                                       "\r\x1b[Klonghand: 12 of 12 documents, "};
    for (size_t i = 0; i < 3; i++)
        if (!strstr(said, rows[i]))
            fail_msg("row %zu of progress is missing: %s", i, said);
}

/* ---- the benchmark ----------------------------------------------------------------------------
 */

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
        cmocka_unit_test(a_killed_batch_goes_on_to_the_same_bytes),
        cmocka_unit_test(a_batch_is_the_same_with_any_number_of_threads),
        cmocka_unit_test(control_c_ends_a_batch_after_the_documents_under_way),
        cmocka_unit_test(a_second_control_c_ends_it_at_once),
        cmocka_unit_test(control_c_ends_a_long_document_between_its_words),
        cmocka_unit_test(other_commands_end_at_once),
        cmocka_unit_test(what_killed_runs_left_goes_and_what_others_write_stays),
        cmocka_unit_test(a_process_that_is_told_to_end_takes_its_unfinished_files_along),
        cmocka_unit_test(none_is_left_of_those_that_are_just_being_made),
        cmocka_unit_test(progress_is_one_row_that_is_rewritten),
        cmocka_unit_test(the_benchmark_leaves_no_folder),
    };
    return cmocka_run_group_tests_name("stop", tests, make_model, remove_folder);
}
