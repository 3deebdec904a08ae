/* `longhand train`: stopped by Ctrl-C, killed outright, resumed; and what it refuses. */
#include "check.h"
#include "tiny_corpus.h"
#include "train_program.h"

#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

static const char plan[] = TRAIN_PLAN "--threads 2";

static void killed_and_resumed_ends_with_the_same_bytes(void **state)
{
    (void)state;
    room whole = room_open(), killed = room_open();
    assert_int_equal(run(&whole, "", plan), 0);
    assert_int_equal(steps_logged(&whole), 60);
    pid_t child = start(&killed, "", plan);
    int kills = 0;
    for (int steps = 7; steps < 50; steps += 14) {
        wait_for_steps(&killed, child, steps);
        kill(child, SIGKILL);
        kills += finish(child) == -SIGKILL;
        child = start(&killed, "", "--resume");
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
    assert_int_equal(run(&whole, "", plan), 0);
    pid_t child = start(&stopped, "", plan);
    wait_for_steps(&stopped, child, 5);
    kill(child, SIGINT);
    assert_int_equal(finish(child), 1);
    check_said(&stopped, "stopped after step");
    check_said(&stopped, "--resume");
    assert_in_range(steps_logged(&stopped), 5, 59);
    assert_int_equal(run(&stopped, "", "--resume"), 0);
    check_same_files(whole.model, stopped.model);
    room_close(&whole);
    room_close(&stopped);
}

/* What batch systems send when the time is almost up, and mpirun hands on to the ranks. */
static void user_signal_saves_like_control_c(void **state)
{
    (void)state;
    room r = room_open();
    pid_t child = start(&r, "", plan);
    wait_for_steps(&r, child, 3);
    kill(child, SIGUSR1);
    assert_int_equal(finish(child), 1);
    check_said(&r, "stopped after step");
    room_close(&r);
}

/* Two that know nothing of each other would write over each other's files. */
static void one_of_several_processes_needs_mpi(void **state)
{
    (void)state;
    if (getenv("LONGHAND_MPIRUN"))
        skip();
    room r = room_open();
    assert_int_equal(run(&r, "env OMPI_COMM_WORLD_SIZE=2 ", plan), 1);
    check_said(&r, "-Dmpi=enabled");
    assert_int_not_equal(access(r.state, F_OK), 0);
    room_close(&r);
}

/* The lock goes with the process, also when it is killed. */
static void a_second_training_on_one_model_is_refused(void **state)
{
    (void)state;
    room r = room_open();
    char *messages = r.messages, *other = tiny_path(r.folder, "other");
    char apart[800], same_state[800];
    snprintf(apart, sizeof apart, "%s --state %s/o.state --log %s/o.log", plan, r.folder, r.folder);
    snprintf(same_state, sizeof same_state, "%s --state %s", plan, r.state);
    const char *const others[] = {plan, "--resume", apart};
    pid_t child = start(&r, "", plan);
    wait_for_steps(&r, child, 3);
    kill(child, SIGSTOP);
    r.messages = other;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        assert_int_equal(run(&r, "", others[i]), 1);
        check_said(&r, "another process trains with it");
    }
    /* Another model, but the same state. */
    room elsewhere = r;
    elsewhere.model = tiny_path(r.folder, "model2");
    assert_int_equal(run(&elsewhere, "", same_state), 1);
    check_said(&elsewhere, "another process trains with it");
    kill(child, SIGKILL);
    assert_int_equal(finish(child), -SIGKILL);
    r.messages = messages;
    assert_int_equal(run(&r, "", "--resume"), 0);
    check_said(&r, "resuming");
    char *lock = tiny_path(r.folder, "model.lock");
    assert_int_not_equal(access(lock, F_OK), 0);
    free(lock);
    free(other);
    free(elsewhere.model);
    room_close(&r);
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
        {"--optimizer sgd", 2, "--optimizer takes adam or rmsprop-graves, not 'sgd'"},
        {"--train-splits morning", 2, "--train-splits"},
        {"--fast", 2, "--fast"},
        {"--epochs 0", 1, "epochs"},
        {"--train-splits testset_f", 1, "none of the corpus's"},
        {"--train-splits trainset --valid-splits trainset", 1, "overlap"},
        {"--resume", 1, "model.state: cannot open"},
        {"--resume --from old", 2, "not both"},
        {"--from old --layers 2", 2, "sizes of the network"},
        {"--from old --network synthesis", 2, "network's kind"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        int code = run(&r, "", wrong[i].arguments);
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
        cmocka_unit_test(user_signal_saves_like_control_c),
        cmocka_unit_test(one_of_several_processes_needs_mpi),
        cmocka_unit_test(a_second_training_on_one_model_is_refused),
        cmocka_unit_test(wrong_usage_is_named),
    };
    return cmocka_run_group_tests_name("train command", tests, NULL, NULL);
}
