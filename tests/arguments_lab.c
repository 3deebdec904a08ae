/* Tasks and learning: see arguments_rooms.h. */
#include "arguments_rooms.h"

void tasks_refuse(void **state)
{
    (void)state;
    const lh_task *task = lh_task_find("latch");
    lh_rng rng;
    lh_example example;
    const lh_real y[1] = {0};
    lh_rng_seed(&rng, 1, 1);
    arguments_note("lh_task_at(0)");
    assert_non_null(lh_task_at(0));
    assert_null(lh_task_at(-1));
    GIVES(NULL, lh_task_find(NULL));
    REFUSES(lh_task_fits(NULL, prediction->network, error));
    REFUSES(lh_task_fits(task, NULL, error));
    REFUSES(lh_example_draw(NULL, 5, 5, &rng, &example, error));
    REFUSES(lh_example_draw(task, 5, 4, &rng, &example, error));
    REFUSES(lh_example_draw(task, 5, 5, NULL, &example, error));
    REFUSES(lh_example_draw(task, 5, 5, &rng, NULL, error));
    check_ok(lh_example_draw(task, 5, 5, &rng, &example, NULL), &(lh_error){0});
    assert_int_equal(lh_example_sequence(&example).steps, 5);
    arguments_note("lh_example_sequence(NULL)");
    assert_int_equal(lh_example_sequence(NULL).steps, 0);
    GIVES(false, lh_example_is_right(NULL, &example, y));
    GIVES(false, lh_example_is_right(task, NULL, y));
    GIVES(false, lh_example_is_right(task, &example, NULL));
    IGNORES(lh_example_free(NULL));
    lh_example_free(&example);
}

void texts_refuse(void **state)
{
    (void)state;
    lh_alphabet digits = {0};
    lh_alphabet_add(&digits, '0');
    MAKES_NOTHING(lh_letters_new(NULL, &digits, 0.1, error));
    MAKES_NOTHING(lh_letters_new("abcabc", &digits, 0.1, error));
    arguments_note("lh_letters_new(text, NULL, held, error)");
    lh_letters *letters = lh_letters_new("abcabcabcabcabcabcab", NULL, 0.5, NULL);
    assert_non_null(letters);
    IGNORES(lh_letters_free(NULL));
    GIVES(NULL, lh_letters_task(NULL));
    assert_non_null(lh_letters_kind());
    GIVES(NULL, lh_letters_alphabet(NULL));
    GIVES(0, lh_letters_count(NULL));
    GIVES(0, lh_letters_held(NULL));
    GIVES(0, lh_letters_last(NULL));
    GIVES(0, lh_letters_fingerprint(NULL));
    GIVES(0, lh_letters_at(NULL, 0));
    GIVES(0, lh_letters_at(letters, 20));
    double bits = 7;
    lh_rng rng;
    lh_rng_seed(&rng, 1, 1);
    REFUSES(lh_letters_loss(NULL, prediction->network, 5, &bits, error));
    REFUSES(lh_letters_loss(letters, NULL, 5, &bits, error));
    REFUSES(lh_letters_loss(letters, prediction->network, 5, &bits, error));
    REFUSES(lh_letters_loss(letters, prediction->network, 5, NULL, error));
    MAKES_NOTHING(lh_invent(NULL, 5, 1, &rng, error));
    MAKES_NOTHING(lh_invent(prediction, 5, 1, &rng, error));
    MAKES_NOTHING(lh_invent(prediction, 5, 1, NULL, error));
    assert_true(bits == 7);
    lh_letters_free(letters);
}

void learning_refuses(void **state)
{
    (void)state;
    const lh_task *task = lh_task_find("sine");
    arguments_note("lh_learn_usual(NULL, memory)");
    assert_null(lh_learn_usual(NULL, 0).task);
    const lh_learn_callbacks none = {NULL};
    lh_learn_options options = lh_learn_usual(task, 0), odd = options;
    odd.cell = -1;
    options.setting = (lh_task_usual){8, 8, 1, 2, 4, 2, 0.01, 1};
    MAKES_NOTHING(lh_learn(NULL, &none, error));
    MAKES_NOTHING(lh_learn(&odd, &none, error));
    odd = options;
    odd.regulariser = -1;
    MAKES_NOTHING(lh_learn(&odd, &none, error));
    arguments_note("lh_learn(&options, NULL, error)");
    lh_model *learnt = lh_learn(&options, NULL, NULL);
    assert_non_null(learnt);
    const lh_network *network = learnt->network;
    lh_learn_score score;
    REFUSES(lh_learn_test(NULL, task, 8, 8, 1, 1, 1, &score, error));
    REFUSES(lh_learn_test(network, NULL, 8, 8, 1, 1, 1, &score, error));
    REFUSES(lh_learn_test(network, task, 7, 8, 1, 1, 1, &score, error));
    REFUSES(lh_learn_test(network, task, 8, 8, 0, 1, 1, &score, error));
    REFUSES(lh_learn_test(network, task, 8, 8, 1, 1, 0, &score, error));
    REFUSES(lh_learn_test(network, task, 8, 8, 1, 1, 1, NULL, error));
    const lh_real x[2] = {0};
    lh_real y[2];
    REFUSES(lh_run_alone(NULL, x, 1, 2, y, error));
    REFUSES(lh_run_alone(network, NULL, 1, 2, y, error));
    REFUSES(lh_run_alone(network, x, 0, 2, y, error));
    REFUSES(lh_run_alone(network, x, 2, 1, y, error));
    REFUSES(lh_run_alone(network, x, 1, 2, NULL, error));
    const lh_real targets[2] = {0};
    const lh_sequence sequence = {.x = x, .steps = 2, .targets = targets};
    const int at[] = {1};
    MAKES_NOTHING(lh_reach_over(NULL, &sequence, at, 1, 1, error));
    MAKES_NOTHING(lh_reach_over(network, NULL, at, 1, 1, error));
    MAKES_NOTHING(lh_reach_over(network, &sequence, NULL, 1, 1, error));
    MAKES_NOTHING(lh_reach_over(network, &sequence, at, 0, 1, error));
    MAKES_NOTHING(lh_reach_over(network, &sequence, at, 1, 2, error));
    IGNORES(lh_reach_free(NULL));
    double slope[2];
    arguments_note("lh_cliff_error(steps, w, b, NULL)");
    assert_true(lh_cliff_error(5, 1, 0, NULL) == lh_cliff_error(5, 1, 0, slope));
    const lh_cliff_point from = {.w = 1};
    lh_cliff_point path[2];
    REFUSES(lh_cliff_descend(0, from, 0.1, 1, 2, path, error));
    REFUSES(lh_cliff_descend(5, from, 0, 1, 2, path, error));
    REFUSES(lh_cliff_descend(5, from, 0.1, 0, 2, path, error));
    REFUSES(lh_cliff_descend(5, from, 0.1, 1, 0, path, error));
    REFUSES(lh_cliff_descend(5, from, 0.1, 1, 2, NULL, error));
    lh_model_free(learnt);
}
