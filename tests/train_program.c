/* `longhand train` as a program under test. */
#include "train_program.h"

#include "check.h"
#include "tiny_corpus.h"

#include "nn/safetensors.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

room room_open(void)
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

void room_close(room *r)
{
    free(r->corpus);
    free(r->model);
    free(r->state);
    free(r->log);
    free(r->messages);
    tiny_remove(r->folder);
}

/* ---- running it ---- */

enum { ARGUMENTS_MAX = 60, PATIENCE_SECONDS = 120 };

static void split_words(char *words, char **argv)
{
    for (char *word = strtok(words, " "); word; word = strtok(NULL, " "))
        *argv++ = word;
}

pid_t start(const room *r, const char *launcher, const char *more)
{
    const char *program = getenv("LONGHAND_PROGRAM");
    assert_non_null(program);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child > 0)
        return child;
    char command[2048], *argv[ARGUMENTS_MAX] = {NULL};
    snprintf(command, sizeof command, "%s%s train --corpus %s -o %s %s", launcher, program,
             r->corpus, r->model, more);
    split_words(command, argv);
    /* Threads that wait asleep: other tests want the cores. */
    setenv("OMP_WAIT_POLICY", "passive", 1);
    if (freopen(r->messages, "wb", stderr))
        execvp(argv[0], argv);
    _exit(127);
}

static void take_a_nap(void)
{
    const struct timespec pause = {0, 2000000};
    nanosleep(&pause, NULL);
}

int finish(pid_t child)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    time_t end = now.tv_sec + PATIENCE_SECONDS;
    int status;
    while (waitpid(child, &status, WNOHANG) != child) {
        take_a_nap();
        clock_gettime(CLOCK_MONOTONIC, &now);
        if (now.tv_sec > end) {
            kill(child, SIGKILL);
            waitpid(child, &status, 0);
            fail_msg("the program did not end");
        }
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

int run(const room *r, const char *launcher, const char *more)
{
    return finish(start(r, launcher, more));
}

void wait_for_steps(const room *r, pid_t child, int steps)
{
    siginfo_t ended = {0};
    while (steps_logged(r) < steps) {
        take_a_nap();
        waitid(P_PID, (id_t)child, &ended, WEXITED | WNOHANG | WNOWAIT);
        if (ended.si_pid == child)
            return;
    }
}

/* ---- what it says ---- */

static char *text_of(const char *path)
{
    size_t size;
    return lh_file_read(path, 1 << 24, &size, NULL);
}

int steps_logged(const room *r)
{
    char *text = text_of(r->log);
    int rows = 0;
    for (const char *at = text; at && (at = strstr(at, "\"train\"")) != NULL; at++)
        rows++;
    free(text);
    return rows;
}

int has_said(const room *r, const char *words)
{
    char *text = text_of(r->messages);
    int said = text && strstr(text, words);
    free(text);
    return said;
}

void check_said(const room *r, const char *words)
{
    if (has_said(r, words))
        return;
    char *text = text_of(r->messages);
    fail_msg("no \"%s\" in \"%s\"", words, text ? text : "");
}

/* ---- comparing ---- */

void check_same_files(const char *a, const char *b)
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

void check_same_tensors(const char *a, const char *b)
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
