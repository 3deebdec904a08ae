/* `longhand train`: stopped by Ctrl-C, killed outright, resumed; and what it refuses. */
#include "check.h"
#include "tiny_corpus.h"

#include "nn/safetensors.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

typedef struct room {
    char *folder, *corpus, *model, *state, *log, *messages;
} room;

static room room_open(void)
{
    room r = {.folder = tiny_folder()};
    lh_corpus_free(tiny_corpus(r.folder, 40, 8, 1));
    r.corpus = tiny_path(r.folder, "corpus.lhc");
    r.model = tiny_path(r.folder, "model");
    r.state = tiny_path(r.folder, "model.state");
    r.log = tiny_path(r.folder, "model.log.jsonl");
    r.messages = tiny_path(r.folder, "messages");
    return r;
}

static void room_close(room *r)
{
    free(r->corpus);
    free(r->model);
    free(r->state);
    free(r->log);
    free(r->messages);
    tiny_remove(r->folder);
}

/* ---- running it ---- */

enum { ARGUMENTS_MAX = 40 };

static void split_words(char *words, char **argv)
{
    for (char *word = strtok(words, " "); word; word = strtok(NULL, " "))
        *argv++ = word;
}

/* Starts `longhand train` on the corpus with `more` arguments, parted by blanks. */
static pid_t start(const room *r, const char *more)
{
    const char *program = getenv("LONGHAND_PROGRAM");
    assert_non_null(program);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child > 0)
        return child;
    char command[1024], *argv[ARGUMENTS_MAX] = {strdup(program)};
    snprintf(command, sizeof command, "train --corpus %s -o %s %s", r->corpus, r->model, more);
    split_words(command, argv + 1);
    /* Threads that wait asleep: other tests want the cores. */
    setenv("OMP_WAIT_POLICY", "passive", 1);
    if (freopen(r->messages, "wb", stderr))
        execv(argv[0], argv);
    _exit(127);
}

/* Waits for the program's end: its exit code, or minus the signal that ended it. */
static int finish(pid_t child)
{
    int status;
    while (waitpid(child, &status, 0) < 0)
        assert_int_equal(errno, EINTR);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

static int run(const room *r, const char *more)
{
    return finish(start(r, more));
}

static char *text_of(const char *path)
{
    size_t size;
    return lh_file_read(path, 1 << 24, &size, NULL);
}

static void check_said(const room *r, const char *words)
{
    char *text = text_of(r->messages);
    if (!text || !strstr(text, words))
        fail_msg("no \"%s\" in \"%s\"", words, text ? text : "");
    free(text);
}

/* Rows of training in the log: a step each. */
static int steps_logged(const room *r)
{
    char *text = text_of(r->log);
    int rows = 0;
    for (const char *at = text; at && (at = strstr(at, "\"train\"")) != NULL; at++)
        rows++;
    free(text);
    return rows;
}

/* Waits until the run has logged `steps` steps; a run that ends before is waited for no longer. */
static void wait_for_steps(const room *r, pid_t child, int steps)
{
    const struct timespec pause = {0, 2000000};
    siginfo_t ended = {0};
    while (steps_logged(r) < steps) {
        nanosleep(&pause, NULL);
        waitid(P_PID, (id_t)child, &ended, WEXITED | WNOHANG | WNOWAIT);
        if (ended.si_pid == child)
            return;
    }
}

/* 12 epochs of 5 steps, each step logged and saved. */
static const char plan[] = "--layers 1 --cells 12 --mixtures 2 --windows 2 --batch 8 --epochs 12 "
                           "--train-splits trainset --valid-splits testset_v --threads 2 "
                           "--log-every 1 --save-minutes 0 --lr 0.01 --warmup 3 --ema 0.9";

/* ---- comparing ---- */

static void check_same_files(const char *a, const char *b)
{
    size_t size, other_size = 0;
    lh_error error;
    char *one = lh_file_read(a, 1 << 26, &size, &error);
    char *other = one ? lh_file_read(b, 1 << 26, &other_size, &error) : NULL;
    if (!one || !other)
        fail_msg("%s", error.message);
    if (size != other_size || memcmp(one, other, size) != 0)
        fail_msg("%s and %s differ", a, b);
    free(one);
    free(other);
}

static void check_same_tensors(const char *a, const char *b)
{
    lh_error error;
    lh_safetensors *one = lh_safetensors_read(a, &error);
    lh_safetensors *other = one ? lh_safetensors_read(b, &error) : NULL;
    if (!one || !other)
        fail_msg("%s", error.message);
    assert_int_equal(lh_safetensors_count(one), lh_safetensors_count(other));
    for (size_t i = 0; i < lh_safetensors_count(one); i++) {
        const lh_stored *x = lh_safetensors_at(one, i);
        const lh_stored *y = lh_safetensors_find(other, x->name);
        if (!y || x->bytes != y->bytes || memcmp(x->data, y->data, x->bytes) != 0)
            fail_msg("tensor %s differs", x->name);
    }
    lh_safetensors_free(one);
    lh_safetensors_free(other);
}

/* ---- the promises ---- */

static void killed_and_resumed_ends_with_the_same_bytes(void **state)
{
    (void)state;
    room whole = room_open(), killed = room_open();
    assert_int_equal(run(&whole, plan), 0);
    assert_int_equal(steps_logged(&whole), 60);
    pid_t child = start(&killed, plan);
    int kills = 0;
    for (int steps = 7; steps < 50; steps += 14) {
        wait_for_steps(&killed, child, steps);
        kill(child, SIGKILL);
        kills += finish(child) == -SIGKILL;
        child = start(&killed, "--resume");
    }
    assert_int_equal(finish(child), 0);
    /* A fast machine may have been done before the last kill, not before all of them. */
    assert_in_range(kills, 1, 4);
    check_said(&killed, "resuming");
    check_same_files(whole.model, killed.model);
    check_same_tensors(whole.state, killed.state);
    assert_int_equal(steps_logged(&killed), 60);
    room_close(&whole);
    room_close(&killed);
}

static void control_c_saves_and_says_how_to_go_on(void **state)
{
    (void)state;
    room whole = room_open(), stopped = room_open();
    assert_int_equal(run(&whole, plan), 0);
    pid_t child = start(&stopped, plan);
    wait_for_steps(&stopped, child, 5);
    kill(child, SIGINT);
    assert_int_equal(finish(child), 1);
    check_said(&stopped, "stopped after step");
    check_said(&stopped, "--resume");
    assert_in_range(steps_logged(&stopped), 5, 59);
    assert_int_equal(run(&stopped, "--resume"), 0);
    check_same_files(whole.model, stopped.model);
    room_close(&whole);
    room_close(&stopped);
}

static void wrong_usage_is_named(void **state)
{
    (void)state;
    room r = room_open();
    static const struct {
        const char *arguments;
        int code;
        const char *said;
    } wrong[] = {
        {"--cells many", 2, "--cells takes a whole number"},
        {"--optimizer sgd", 2, "--optimizer does not know 'sgd'"},
        {"--train-splits morning", 2, "--train-splits"},
        {"--fast", 2, "--fast"},
        {"--epochs 0", 1, "epochs"},
        {"--train-splits testset_f", 1, "none of the corpus's"},
        {"--train-splits trainset --valid-splits trainset", 1, "overlap"},
        {"--resume", 1, "model.state: cannot open"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        int code = run(&r, wrong[i].arguments);
        if (code != wrong[i].code)
            fail_msg("%s: exit code %d, not %d", wrong[i].arguments, code, wrong[i].code);
        check_said(&r, wrong[i].said);
    }
    assert_int_not_equal(access(r.state, F_OK), 0);
    assert_int_not_equal(access(r.model, F_OK), 0);
    room_close(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(killed_and_resumed_ends_with_the_same_bytes),
        cmocka_unit_test(control_c_saves_and_says_how_to_go_on),
        cmocka_unit_test(wrong_usage_is_named),
    };
    return cmocka_run_group_tests_name("train command", tests, NULL, NULL);
}
