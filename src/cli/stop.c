/* Signals that ask the program to end: SIGINT (Ctrl-C), SIGTERM and SIGHUP. They end it at once, as
 * they would anyway, but no unfinished file is left behind; long work can have the first of them
 * only asked for, and end when it has put things in order. */
#include "cli.h"

#include "base/temporary.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/* What a handler knows, for it has no arguments. */
static volatile sig_atomic_t gentle, asked;
static char answer[300];
static size_t answer_length;

static void on_signal(int number)
{
    const int reason = errno;
    if (gentle && !asked) {
        asked = number;
        if (answer_length > 0 && write(STDERR_FILENO, answer, answer_length) < 0) {
            /* Nobody listens; it stops all the same. */
        }
        errno = reason;
        return;
    }
    lh_temporaries_abandon();
    signal(number, SIG_DFL);
    raise(number); /* when this handler returns */
}

static void watch(int number)
{
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    sigaction(number, &action, NULL);
}

void cli_watch_signals(void)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        struct sigaction before;
        /* What runs in the background, or behind nohup, is not to hear them. */
        if (sigaction(numbers[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
            watch(numbers[i]);
    }
}

void cli_stop_gently(const char *words)
{
    if (words)
        snprintf(answer, sizeof answer, "%slonghand: %s\n", cli_terminal() ? "\r\x1b[K" : "",
                 words);
    answer_length = words ? strlen(answer) : 0;
    gentle = 1;
    watch(SIGINT);
    watch(SIGTERM);
}

void cli_stop_also_at(int number)
{
    watch(number);
}

void cli_stop_at_once(void)
{
    gentle = 0;
}

bool cli_asked_to_stop(void *user)
{
    (void)user;
    return asked != 0;
}

void cli_end_by_signal(void)
{
    if (!asked)
        return;
    fflush(stdout);
    fflush(stderr);
    signal(asked, SIG_DFL);
    raise(asked);
}
