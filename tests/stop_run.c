/* Programs that run beside the test: see stop_run.h. */
#include "stop_run.h"

#include "check.h"
#include "write_model.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PATIENCE_SECONDS = 200 };

char folder[] = "/tmp/longhand-stop-XXXXXX";

int make_model(void **state)
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

int remove_folder(void **state)
{
    (void)state;
    char command[100];
    snprintf(command, sizeof command, "rm -r %s", folder);
    return system(command);
}

const char *at(const char *name)
{
    static char paths[4][300];
    static int next;
    char *path = paths[next++ % 4];
    snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

void shell(const char *format, const char *a, const char *b)
{
    char command[1000], words[900];
    snprintf(words, sizeof words, format, a, b);
    snprintf(command, sizeof command, "cd %s && %s", folder, words);
    if (system(command) != 0)
        fail_msg("%s failed", command);
}

pid_t start(const char *place, const char *arguments)
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

void nap(void)
{
    const struct timespec pause = {0, 1000000};
    nanosleep(&pause, NULL);
}

bool patient(time_t *end)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (*end == 0)
        *end = now.tv_sec + PATIENCE_SECONDS;
    return now.tv_sec <= *end;
}

int finish(pid_t child)
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

bool has_ended(pid_t child)
{
    siginfo_t info = {0};
    waitid(P_PID, (id_t)child, &info, WEXITED | WNOHANG | WNOWAIT);
    return info.si_pid == child;
}

int run(const char *place, const char *arguments)
{
    return finish(start(place, arguments));
}

char *contents(const char *name)
{
    size_t size;
    return lh_file_read(at(name), 8 << 20, &size, NULL);
}

bool says(const char *name, const char *words)
{
    char *text = contents(name);
    bool found = text && strstr(text, words);
    free(text);
    return found;
}

void check_says(const char *name, const char *words)
{
    char *text = contents(name);
    if (!text || !strstr(text, words))
        fail_msg("%s does not say '%s' but: %s", name, words, text ? text : "(it is not there)");
    free(text);
}

void write_file(const char *name, const char *text)
{
    FILE *file = fopen(at(name), "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

size_t count_rows(const char *name)
{
    char *text = contents(name);
    size_t rows = 0;
    for (const char *c = text; c && *c; c++)
        rows += *c == '\n';
    free(text);
    return rows;
}

size_t count_files(const char *name, const char *prefix)
{
    size_t count = 0;
    DIR *directory = opendir(at(name));
    if (!directory)
        fail_msg("there is no folder %s", name);
    for (struct dirent *entry; (entry = readdir(directory)) != NULL;)
        count += strncmp(entry->d_name, prefix, strlen(prefix)) == 0;
    closedir(directory);
    return count;
}

void write_table(size_t count)
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
