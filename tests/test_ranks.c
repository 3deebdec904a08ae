/* Training on several processes with MPI: `mpirun -n N longhand train`. Does as one process does,
 * stops when any of them is told to, ends when one of them dies, goes on with other numbers. */
#include "check.h"
#include "train_program.h"

#include <ctype.h>
#include <dirent.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char plan[] = TRAIN_PLAN "--threads 1";

/* The launcher for so many ranks, on a machine that may have fewer cores, and as root, as in
 * containers. */
static const char *ranks(int count)
{
    static char text[512];
    snprintf(text, sizeof text, "%s --allow-run-as-root --oversubscribe --bind-to none -n %d ",
             getenv("LONGHAND_MPIRUN"), count);
    return text;
}

/* ---- finding a rank ---- */

/* The text of a file of /proc, NULs as newlines; "" when it is gone. */
static void read_proc(const char *process, const char *name, char *text, size_t size)
{
    char path[300];
    snprintf(path, sizeof path, "/proc/%.100s/%s", process, name);
    FILE *stream = fopen(path, "rb");
    size_t length = stream ? fread(text, 1, size - 1, stream) : 0;
    if (stream)
        fclose(stream);
    for (size_t i = 0; i < length; i++)
        text[i] = text[i] ? text[i] : '\n';
    text[length] = '\0';
}

static bool is_rank(const char *process, pid_t launcher, int rank)
{
    char text[1 << 15], wanted[64];
    read_proc(process, "stat", text, sizeof text);
    const char *behind_name = strrchr(text, ')');
    int parent = 0;
    if (!behind_name || sscanf(behind_name, ") %*c %d", &parent) != 1 || parent != launcher)
        return false;
    read_proc(process, "environ", text, sizeof text);
    snprintf(wanted, sizeof wanted, "\nOMPI_COMM_WORLD_RANK=%d\n", rank);
    return strstr(text, wanted) != NULL;
}

/* The process that mpirun started as this rank. */
static pid_t process_of(pid_t launcher, int rank)
{
    pid_t found = 0;
    DIR *folder = opendir("/proc");
    assert_non_null(folder);
    for (const struct dirent *entry; !found && (entry = readdir(folder)) != NULL;)
        if (isdigit((unsigned char)*entry->d_name) && is_rank(entry->d_name, launcher, rank))
            found = (pid_t)atoi(entry->d_name);
    closedir(folder);
    assert_int_not_equal(found, 0);
    return found;
}

/* ---- losses ---- */

static void check_same_losses(const char *a, const char *b)
{
    lh_error error;
    lh_training_log *one = lh_training_log_read(a, &error);
    lh_training_log *other = one ? lh_training_log_read(b, &error) : NULL;
    if (!other)
        fail_msg("%s", error.message);
    assert_int_equal(one->count, other->count);
    for (size_t i = 0; i < one->count; i++) {
        double x = one->rows[i].nats_per_line, y = other->rows[i].nats_per_line;
        assert_true(one->rows[i].step == other->rows[i].step);
        if (!(fabs(x - y) < 1e-3 * (1 + fabs(x))))
            fail_msg("row %zu: %g and %g nats a line", i, x, y);
    }
    lh_training_log_free(one);
    lh_training_log_free(other);
}

/* ---- the promises ---- */

/* Batches of 8 lines: dividing sums by that rounds nothing. */
static void ranks_do_as_the_threads_of_one_process(void **state)
{
    (void)state;
    room one = room_open(), two = room_open();
    assert_int_equal(run(&one, "", TRAIN_PLAN "--threads 2"), 0);
    assert_int_equal(run(&two, ranks(2), plan), 0);
    check_said(&two, "2 processes");
    check_same_files(one.model, two.model);
    check_same_tensors(one.state, two.state);
    room_close(&one);
    room_close(&two);
}

static void any_number_of_ranks_gives_the_same_losses(void **state)
{
    (void)state;
    room one = room_open(), three = room_open();
    assert_int_equal(run(&one, "", plan), 0);
    assert_int_equal(run(&three, ranks(3), plan), 0);
    check_same_losses(one.log, three.log);
    room_close(&one);
    room_close(&three);
}

static void a_signal_to_any_rank_stops_all_and_another_number_goes_on(void **state)
{
    (void)state;
    room whole = room_open(), stopped = room_open();
    assert_int_equal(run(&whole, "", plan), 0);
    pid_t child = start(&stopped, ranks(2), plan);
    wait_for_steps(&stopped, child, 5);
    kill(process_of(child, 1), SIGINT);
    assert_int_equal(finish(child), 1);
    check_said(&stopped, "stopped after step");
    check_said(&stopped, "--resume");
    child = start(&stopped, ranks(3), "--resume");
    wait_for_steps(&stopped, child, 20);
    kill(child, SIGUSR1);
    assert_int_equal(finish(child), 1);
    check_said(&stopped, "stopped after step");
    assert_in_range(steps_logged(&stopped), 20, 59);
    assert_int_equal(run(&stopped, "", "--resume --threads 1"), 0);
    assert_int_equal(steps_logged(&stopped), 60);
    check_same_losses(whole.log, stopped.log);
    room_close(&whole);
    room_close(&stopped);
}

static void a_dead_rank_ends_the_run_and_the_last_save_goes_on(void **state)
{
    (void)state;
    /* Adaptive noise has moments of its own to be handed on. */
    static const char one[] = TRAIN_PLAN "--threads 2 --weight-noise adaptive --slant 0.1";
    static const char two[] = TRAIN_PLAN "--threads 1 --weight-noise adaptive --slant 0.1";
    room whole = room_open(), killed = room_open();
    assert_int_equal(run(&whole, "", one), 0);
    pid_t child = start(&killed, ranks(2), two);
    for (int rank = 1; rank >= 0; rank--) {
        wait_for_steps(&killed, child, 10 + 10 * (1 - rank));
        kill(process_of(child, rank), SIGKILL);
        assert_int_not_equal(finish(child), 0);
        check_said(&killed, "signal 9");
        child = start(&killed, ranks(2), "--resume --threads 1");
    }
    assert_int_equal(finish(child), 0);
    assert_int_equal(steps_logged(&killed), 60);
    check_same_files(whole.model, killed.model);
    check_same_tensors(whole.state, killed.state);
    room_close(&whole);
    room_close(&killed);
}

/* One that hangs is not noticed by mpirun. */
static void a_silent_rank_is_given_up_on(void **state)
{
    (void)state;
    room r = room_open();
    pid_t child = start(&r, ranks(2), plan);
    wait_for_steps(&r, child, 3);
    pid_t silent = process_of(child, 1);
    kill(silent, SIGSTOP);
    kill(process_of(child, 0), SIGINT);
    assert_int_not_equal(finish(child), 0);
    check_said(&r, "lost the other processes");
    check_said(&r, "--resume");
    assert_int_equal(run(&r, "", "--resume --threads 1"), 0);
    room_close(&r);
}

static void failures_are_told_once_by_the_rank_that_knows(void **state)
{
    (void)state;
    room r = room_open();
    /* A second program after the colon of mpirun: rank 1 with no corpus. */
    char more[1024];
    const char *program = getenv("LONGHAND_PROGRAM");
    snprintf(more, sizeof more, ": -n 1 %s train --corpus %s/none.lhc -o %s", program, r.folder,
             r.model);
    assert_int_equal(run(&r, ranks(1), more), 1);
    check_said(&r, "process 2 of 2: ");
    check_said(&r, "none.lhc: cannot open");
    assert_int_not_equal(access(r.state, F_OK), 0);
    assert_int_equal(run(&r, ranks(2), "--resume"), 1);
    check_said(&r, "longhand: ");
    check_said(&r, "model.state: cannot open");
    room_close(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ranks_do_as_the_threads_of_one_process),
        cmocka_unit_test(any_number_of_ranks_gives_the_same_losses),
        cmocka_unit_test(a_signal_to_any_rank_stops_all_and_another_number_goes_on),
        cmocka_unit_test(a_dead_rank_ends_the_run_and_the_last_save_goes_on),
        cmocka_unit_test(a_silent_rank_is_given_up_on),
        cmocka_unit_test(failures_are_told_once_by_the_rank_that_knows),
    };
    return cmocka_run_group_tests_name("ranks", tests, NULL, NULL);
}
