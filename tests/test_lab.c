/* The tasks: what each asks for is found anew from what entered, by rules written down here alone;
 * and networks that learn them. */
#include "check.h"

#include "base/extremes.h"

#include <math.h>
#include <stdlib.h>
#include <unistd.h>

enum { DRAWN = 300 };

static lh_example draw(const lh_task *task, int shortest, int longest, uint64_t stream)
{
    lh_rng rng;
    lh_error error = {0};
    lh_example example;
    lh_rng_seed(&rng, 9, stream);
    check_ok(lh_example_draw(task, shortest, longest, &rng, &example, &error), &error);
    return example;
}

/* Nothing is asked before step `first`, and all outputs are from there on. */
static void check_asked(const lh_task *task, const lh_example *e, int first)
{
    for (int t = 0; t < e->steps; t++)
        for (int k = 0; k < task->outputs; k++)
            if (isnan(e->targets[t * task->outputs + k]) != (t < first))
                fail_msg("%s: output %d of step %d, of %d", task->name, k, t, e->steps);
}

static void a_sine_goes_on_as_sines_do(void **state)
{
    (void)state;
    const lh_task *task = lh_task_find("sine");
    for (int i = 0; i < DRAWN; i++) {
        lh_example e = draw(task, 40, 60, i);
        assert_true(e.steps >= 40 && e.steps <= 60);
        /* x_{t+1} + x_{t-1} = 2 cos(w) x_t */
        double up = 0, down = 0;
        for (int t = 1; t + 1 < e.steps; t++) {
            up += e.x[t] * ((double)e.x[t + 1] + e.x[t - 1]);
            down += (double)e.x[t] * e.x[t];
        }
        const double twice = up / down, period = 2 * acos(-1) / acos(twice / 2);
        assert_true(period > 9.99 && period < 40.01);
        check_asked(task, &e, e.steps / 4);
        for (int t = e.steps / 4; t < e.steps; t++)
            assert_true(fabs((double)e.targets[t] - (twice * e.x[t] - e.x[t - 1])) < 1e-4);
        lh_example_free(&e);
    }
}

static void a_latch_asks_for_the_class_that_its_first_values_tell(void **state)
{
    (void)state;
    const lh_task *task = lh_task_find("latch");
    double sum[2] = {0}, square = 0, rest = 0;
    int count[2] = {0}, values = 0;
    for (int i = 0; i < DRAWN; i++) {
        lh_example e = draw(task, 20, 20, i);
        assert_int_equal(e.steps, 20);
        for (int t = 0; t < 19; t++)
            assert_int_equal(e.symbols[t], -1);
        const int class = (int)e.symbols[19];
        assert_true(class == 0 || class == 1);
        for (int t = 0; t < 3; t++)
            sum[class] += e.x[t];
        count[class]++;
        for (int t = 3; t < 20; t++) {
            rest += e.x[t];
            square += (double)e.x[t] * e.x[t];
            values++;
        }
        lh_example_free(&e);
    }
    /* Bounds of five deviations of such means. */
    assert_true(count[0] > 100 && count[1] > 100);
    for (int class = 0; class < 2; class ++)
        assert_true(fabs(sum[class] / (3 * count[class]) - (class ? 1 : -1)) < 0.13);
    assert_true(fabs(rest / values) < 0.032 && fabs(square / values - 0.2) < 0.02);
}

static void adding_asks_for_the_sum_of_the_marked_values(void **state)
{
    (void)state;
    const lh_task *task = lh_task_find("adding");
    double error = 0;
    for (int i = 0; i < DRAWN; i++) {
        lh_example e = draw(task, 2, 31, i);
        double sum = 0;
        int marked[2] = {0};
        for (int t = 0; t < e.steps; t++) {
            const double value = (double)e.x[2 * t], marker = (double)e.x[2 * t + 1];
            assert_true(value >= 0 && value <= 1 && (marker == 0 || marker == 1));
            sum += value * marker;
            marked[t >= e.steps / 2] += marker == 1;
        }
        assert_true(marked[0] == 1 && marked[1] == 1);
        check_asked(task, &e, e.steps - 1);
        const double target = (double)e.targets[e.steps - 1];
        assert_true(fabs(target - sum) < 1e-6);
        error += (target - 1) * (target - 1) / DRAWN;
        lh_example_free(&e);
    }
    assert_true(fabs(error - 1.0 / 6) < 0.06);
}

static void order_asks_which_two_symbols_came(void **state)
{
    (void)state;
    const lh_task *task = lh_task_find("order");
    int classes[4] = {0};
    for (int i = 0; i < DRAWN; i++) {
        lh_example e = draw(task, 10, 80, i);
        int found = 0, class = 0;
        for (int t = 0; t < e.steps; t++) {
            int symbol = -1;
            for (int k = 0; k < 6; k++)
                if (e.x[6 * t + k] == 1) {
                    assert_int_equal(symbol, -1);
                    symbol = k;
                } else
                    assert_true(e.x[6 * t + k] == 0);
            assert_true(symbol >= 0 && (t == e.steps - 1) == (e.symbols[t] >= 0));
            if (symbol >= 2)
                continue;
            const int from = found == 0 ? e.steps / 10 : 4 * e.steps / 10;
            assert_true(found < 2 && t >= from && t <= from + e.steps / 10 + 1);
            class = 2 * class + symbol;
            found++;
        }
        assert_int_equal(found, 2);
        assert_int_equal(class, e.symbols[e.steps - 1]);
        classes[class]++;
        lh_example_free(&e);
    }
    for (int k = 0; k < 4; k++)
        assert_true(classes[k] > DRAWN / 8);
}

/* The bits that enter at step `t`, as a number. */
static int entered(const lh_task *task, const lh_example *e, int t, int bits)
{
    int number = 0;
    for (int k = 0; k < bits; k++) {
        const lh_real bit = e->x[t * task->inputs + k];
        assert_true(bit == 0 || bit == 1);
        number |= (bit == 1) << k;
    }
    return number;
}

static int asked(const lh_task *task, const lh_example *e, int t, int bits)
{
    int number = 0;
    for (int k = 0; k < bits; k++) {
        const lh_real bit = e->targets[t * task->outputs + k];
        assert_true(bit == 0 || bit == 1);
        number |= (bit == 1) << k;
    }
    return number;
}

/* The first step at which input `k` is 1. */
static int find_mark(const lh_task *task, const lh_example *e, int from, int k)
{
    for (int t = from; t < e->steps; t++)
        if (e->x[t * task->inputs + k] == 1)
            return t;
    fail_msg("%s: no mark on input %d from step %d", task->name, k, from);
    return -1;
}

static void copy_asks_for_what_entered(void **state)
{
    (void)state;
    const lh_task *task = lh_task_find("copy");
    int lengths[7] = {0};
    for (int i = 0; i < DRAWN; i++) {
        lh_example e = draw(task, 1, 6, i);
        const int count = find_mark(task, &e, 0, 8);
        assert_int_equal(e.steps, 2 * count + 1);
        check_asked(task, &e, count + 1);
        for (int t = 0; t < count; t++) {
            assert_int_equal(entered(task, &e, t, 8), asked(task, &e, count + 1 + t, 8));
            assert_int_equal(entered(task, &e, count + 1 + t, 8), 0);
        }
        lengths[count]++;
        lh_example_free(&e);
    }
    for (int k = 1; k <= 6; k++)
        assert_true(lengths[k] > 0);
}

static void copies_ask_three_times_for_what_entered(void **state)
{
    (void)state;
    const lh_task *task = lh_task_find("copies");
    for (int i = 0; i < DRAWN; i++) {
        lh_example e = draw(task, 1, 6, i);
        int at = 0;
        for (int times = 0; times < 3; times++) {
            const int end = find_mark(task, &e, at, 8), count = end - at;
            assert_true(count >= 1 && count <= 6);
            for (int t = 0; t < count; t++) {
                assert_int_equal(entered(task, &e, at + t, 8), asked(task, &e, end + 1 + t, 8));
                assert_true(isnan(e.targets[(at + t) * task->outputs]));
                assert_int_equal(entered(task, &e, end + 1 + t, 8), 0);
            }
            at = end + 1 + count;
        }
        assert_int_equal(e.steps, at);
        lh_example_free(&e);
    }
}

static void repeat_asks_for_it_as_often_as_is_told(void **state)
{
    (void)state;
    const lh_task *task = lh_task_find("repeat");
    for (int i = 0; i < DRAWN; i++) {
        lh_example e = draw(task, 1, 10, i);
        const int count = find_mark(task, &e, 0, 8);
        const double number = (double)e.x[count * task->inputs + 9];
        const int times = (int)lround(number * sqrt(8.25) + 5.5);
        assert_int_equal(e.steps, count + 1 + count * times + 1);
        check_asked(task, &e, count + 1);
        for (int t = 0; t < count * times; t++)
            assert_int_equal(asked(task, &e, count + 1 + t, 9), entered(task, &e, t % count, 8));
        assert_int_equal(asked(task, &e, e.steps - 1, 9), 1 << 8);
        lh_example_free(&e);
    }
}

static void recall_asks_for_the_item_behind_the_one_shown(void **state)
{
    (void)state;
    const lh_task *task = lh_task_find("recall");
    for (int i = 0; i < DRAWN; i++) {
        lh_example e = draw(task, 2, 7, i);
        const int query = find_mark(task, &e, 0, 7), end = find_mark(task, &e, query + 1, 7);
        const int items = query / 4;
        bool found = false;
        assert_true(query == 4 * items && items >= 2 && items <= 7 && end == query + 4);
        assert_int_equal(e.steps, end + 4);
        check_asked(task, &e, end + 1);
        for (int item = 0; item < items; item++) {
            bool shown = true, follows = true;
            assert_int_equal(find_mark(task, &e, 4 * item, 6), 4 * item);
            for (int t = 1; t <= 3; t++) {
                shown =
                    shown && entered(task, &e, 4 * item + t, 6) == entered(task, &e, query + t, 6);
                follows = follows && item + 1 < items &&
                          entered(task, &e, 4 * (item + 1) + t, 6) == asked(task, &e, end + t, 6);
            }
            found = found || (shown && follows);
        }
        assert_true(found);
        lh_example_free(&e);
    }
}

static void the_same_stream_gives_the_same_example(void **state)
{
    (void)state;
    for (int i = 0; lh_task_at(i); i++) {
        const lh_task *task = lh_task_at(i);
        const int length = task->usual.length;
        lh_example one = draw(task, length, length, 3), same = draw(task, length, length, 3);
        lh_example other = draw(task, length, length, 4);
        const size_t size = (size_t)one.steps * (size_t)task->inputs * sizeof *one.x;
        assert_ptr_equal(lh_task_find(task->name), task);
        assert_int_equal(one.steps, same.steps);
        assert_memory_equal(one.x, same.x, size);
        assert_true(other.steps != one.steps || memcmp(one.x, other.x, size) != 0);
        lh_example_free(&one);
        lh_example_free(&same);
        lh_example_free(&other);
    }
}

static void outputs_are_right_that_give_what_is_asked(void **state)
{
    (void)state;
    for (int i = 0; lh_task_at(i); i++) {
        const lh_task *task = lh_task_at(i);
        lh_example e = draw(task, task->usual.length, task->usual.length, 5);
        const int count = e.steps * task->outputs, last = e.steps - 1;
        lh_real *y = calloc((size_t)count, sizeof *y);
        assert_non_null(y);
        for (int k = 0; k < count; k++)
            if (e.symbols)
                y[k] = e.symbols[k / task->outputs] == k % task->outputs;
            else
                y[k] = isnan(e.targets[k]) ? 77
                       : task->within > 0  ? e.targets[k] + (lh_real)(0.9 * task->within)
                                           : e.targets[k] - (lh_real)0.5;
        assert_true(lh_example_is_right(task, &e, y));
        /* One wrong number is enough. */
        if (e.symbols)
            y[last * task->outputs + (e.symbols[last] + 1) % task->outputs] = 2;
        else if (task->within > 0)
            y[count - 1] = e.targets[count - 1] - (lh_real)(1.1 * task->within);
        else
            y[count - 1] = -y[count - 1];
        assert_false(lh_example_is_right(task, &e, y));
        free(y);
        lh_example_free(&e);
    }
}

/* ---- a text ---- */

static void a_text_is_asked_for_character_by_character(void **state)
{
    (void)state;
    lh_error error = {0};
    const char text[] = "ab\u00e9 ab\n\u00e9ba abb ba bb aa\n";
    lh_letters *letters = lh_letters_new(text, NULL, 0.4, &error);
    assert_non_null(letters);
    const lh_task *task = lh_letters_task(letters);
    const lh_alphabet *alphabet = lh_letters_alphabet(letters);
    assert_int_equal(alphabet->count, 5); /* newline, space, a, b, e with an accent */
    assert_int_equal(task->inputs, 5);
    assert_int_equal(lh_letters_at(letters, 2), 0xe9);
    const size_t held = lh_letters_held(letters), count = lh_letters_count(letters);
    const size_t last = lh_letters_last(letters);
    assert_true(count == 24 && held == 15 && last == 19);
    for (int i = 0; i < DRAWN; i++) {
        /* What is learnt from is all before, what is tested all behind the place of the cut. */
        const lh_task *which = i % 2 ? task : task->tests;
        lh_example e = draw(which, 2, 3, (uint64_t)i);
        bool somewhere = false;
        for (size_t from = i % 2 ? 0 : held; from + (size_t)e.steps < (i % 2 ? held : last);
             from++) {
            bool here = true;
            for (int t = 0; t < e.steps; t++)
                here = here &&
                       e.x[t * 5 + lh_alphabet_index(alphabet, lh_letters_at(letters, from + t))] ==
                           1 &&
                       e.symbols[t] ==
                           lh_alphabet_index(alphabet, lh_letters_at(letters, from + t + 1));
            somewhere = somewhere || here;
        }
        assert_true(somewhere);
        lh_example_free(&e);
    }
    lh_letters_free(letters);
    assert_null(lh_letters_new("ab\xff", NULL, 0.1, &error));
    assert_non_null(strstr(error.message, "no UTF-8: character 3"));
    assert_null(lh_letters_new("a", NULL, 0.1, &error));
}

/* ---- learning ---- */

typedef struct told {
    int rows, tests;
    lh_learn_row first, last; /* tests */
} told;

static void note(void *user, const lh_learn_row *row)
{
    told *t = user;
    t->rows++;
    if (!row->test)
        return;
    if (t->tests++ == 0)
        t->first = *row;
    t->last = *row;
}

static lh_learn_options small(const char *task, int length, size_t sequences)
{
    lh_learn_options o = lh_learn_usual(lh_task_find(task), 0);
    o.setting.shortest = o.setting.length = length;
    o.setting.sequences = sequences;
    o.setting.cells = 12;
    o.test_every = 500;
    o.tests = 120;
    return o;
}

/* A run that is told of, and stopped after so many sequences; 0: never. */
typedef struct stopped {
    told told;
    lh_learn_row row[60];
    size_t after, done;
} stopped;

static void note_row(void *user, const lh_learn_row *row)
{
    stopped *s = user;
    assert_true(s->told.rows < 60);
    s->row[s->told.rows] = *row;
    note(&s->told, row);
}

static void note_step(void *user, size_t sequences)
{
    ((stopped *)user)->done = sequences;
}

static bool is_enough(void *user)
{
    const stopped *s = user;
    return s->after > 0 && s->done >= s->after;
}

static lh_model *learn_until(const lh_learn_options *o, stopped *s, size_t after)
{
    const lh_learn_callbacks callbacks = {note_row, note_step, is_enough, s};
    lh_error error = {0};
    *s = (stopped){.after = after};
    lh_model *model = lh_learn(o, &callbacks, &error);
    if (!model)
        fail_msg("%s", error.message);
    return model;
}

static void check_same_run(const stopped *s, const lh_model *model, const stopped *whole,
                           const lh_model *other)
{
    const size_t size = lh_network_arena_size(model->network);
    assert_memory_equal(lh_network_parameters(model->network),
                        lh_network_parameters(other->network), size * sizeof(lh_real));
    assert_int_equal(s->told.rows, whole->told.rows);
    for (int i = 0; i < whole->told.rows; i++) {
        lh_learn_row a = s->row[i], b = whole->row[i];
        assert_true(a.sequences == b.sequences && a.test == b.test &&
                    a.score.loss == b.score.loss && a.gradient_norm == b.gradient_norm &&
                    a.vanishing == b.vanishing);
    }
}

/* Wherever it stops, before its first test, between two or at one, and where it was to end: a run
 * that goes on ends as one that never stopped. */
static void a_run_that_goes_on_ends_as_if_it_had_never_stopped(void **state)
{
    (void)state;
    char folder[] = "/tmp/longhand-learn-XXXXXX", path[100];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/state", folder);
    lh_learn_options o = small("latch", 10, 900);
    o.test_every = 200;
    o.goal = 2;
    stopped whole, s;
    lh_model *model = learn_until(&o, &whole, 0);
    assert_int_equal(whole.told.tests, 5); /* the last is of its end */
    o.state = path;
    static const size_t stops[] = {60, 200, 540, 900};
    for (int i = 0; i < 4; i++) {
        o.resume = false;
        lh_model_free(learn_until(&o, &s, stops[i]));
        o.resume = true;
        lh_model *again = learn_until(&o, &s, 0);
        check_same_run(&s, again, &whole, model);
        lh_model_free(again);
        assert_int_equal(unlink(path), 0);
    }
    /* One that was to be shorter. */
    o.resume = false;
    o.setting.sequences = 500;
    lh_model_free(learn_until(&o, &s, 0));
    o.resume = true;
    o.setting.sequences = 900;
    lh_model *again = learn_until(&o, &s, 0);
    check_same_run(&s, again, &whole, model);
    lh_model_free(again);
    lh_model_free(model);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(folder), 0);
}

static lh_model *learn(const lh_learn_options *o, told *t)
{
    lh_error error = {0};
    *t = (told){0};
    lh_model *model = lh_learn(o, &(lh_learn_callbacks){.row = note, .user = t}, &error);
    if (!model)
        fail_msg("%s: %s", o->task->name, error.message);
    return model;
}

static void a_latch_of_a_short_lag_is_learnt_by_every_cell_that_looks_back(void **state)
{
    (void)state;
    for (int cell = 0; lh_cell_name(cell); cell++) {
        lh_learn_options o = small("latch", 10, 6000);
        told t;
        o.cell = cell;
        lh_model *model = learn(&o, &t);
        const bool looks_back = strcmp(lh_cell_name(cell), "feed") != 0;
        if (looks_back ? !(t.last.score.success >= 0.95) : !(t.last.score.success < 0.7))
            fail_msg("%s: %.3f right", lh_cell_name(cell), t.last.score.success);
        lh_model_free(model);
    }
}

static void every_task_gets_easier(void **state)
{
    (void)state;
    for (int i = 0; lh_task_at(i); i++) {
        const lh_task *task = lh_task_at(i);
        lh_learn_options o = small(task->name, task->least < 3 ? 3 : task->least, 4000);
        told t;
        o.setting.cells = 32;
        o.goal = 2;
        lh_model *model = learn(&o, &t);
        assert_int_equal(t.tests, 8);
        assert_int_equal(t.rows, 16);
        assert_true(t.last.sequences == 4000);
        if (!(t.last.score.loss < 0.97 * t.first.score.loss))
            fail_msg("%s: from %g to %g", task->name, t.first.score.loss, t.last.score.loss);
        lh_model_free(model);
    }
}

/* One to four vectors: in so few sequences cells alone get half of them right at best. */
static void a_memory_learns_to_copy_sooner_than_cells_alone(void **state)
{
    (void)state;
    double loss[8];
    for (int memory = 0; lh_memory_name(memory); memory++) {
        lh_learn_options o = small("copy", 4, 5000);
        told t;
        o.setting.shortest = 1;
        o.memory = memory;
        o.slots = 12;
        o.width = 10;
        o.setting.cells = 40;
        o.setting.batch = 8;
        o.setting.rate = 1e-2;
        o.setting.clip = 10;
        lh_model *model = learn(&o, &t);
        loss[memory] = t.last.score.loss;
        assert_int_equal(lh_network_architecture(model->network)->memory, memory);
        if (memory > 0 && !(loss[memory] < 0.5 * loss[0]))
            fail_msg("%s: %g bits, without %g", lh_memory_name(memory), loss[memory], loss[0]);
        lh_model_free(model);
    }
}

/* Of "abcabc..." every next character is certain, and so is what is made up. */
static void a_text_that_repeats_is_learnt_and_made_up(void **state)
{
    (void)state;
    char text[900];
    for (int i = 0; i < 899; i++)
        text[i] = "abc"[i % 3];
    text[899] = '\0';
    lh_error error = {0};
    lh_letters *letters = lh_letters_new(text, NULL, 0.2, &error);
    assert_non_null(letters);
    lh_learn_options o = lh_learn_usual(lh_letters_task(letters), 0);
    o.setting = (lh_task_usual){12, 12, 1, 12, 1500, 10, 1e-2, 5};
    o.test_every = 1500;
    o.tests = 20;
    told t;
    lh_model *model = learn(&o, &t);
    double bits = 9;
    check_ok(lh_letters_loss(letters, model->network, 50, &bits, &error), &error);
    assert_true(bits < 0.1 && t.last.score.loss < 0.1);
    lh_rng rng;
    lh_rng_seed(&rng, 3, 3);
    char *made = lh_invent(model, 30, 0.5, &rng, &error);
    assert_non_null(made);
    assert_int_equal(strlen(made), 30);
    assert_non_null(strstr(text, made));
    free(made);
    lh_model_free(model);
    lh_letters_free(letters);
}

static void the_same_seed_gives_the_same_network_on_any_threads(void **state)
{
    (void)state;
    lh_learn_options o = small("copy", 2, 210);
    told t[3];
    lh_model *model[3];
    for (int i = 0; i < 3; i++) {
        o.threads = i == 0 ? 2 : 1;
        o.seed = i == 2 ? 8 : 1;
        model[i] = learn(&o, &t[i]);
    }
    const size_t bytes = lh_network_arena_size(model[0]->network) * sizeof(lh_real);
    const lh_real *weights = lh_network_parameters_const(model[0]->network);
    assert_memory_equal(weights, lh_network_parameters_const(model[1]->network), bytes);
    assert_true(memcmp(weights, lh_network_parameters_const(model[2]->network), bytes) != 0);
    assert_true(t[0].last.score.loss == t[1].last.score.loss);
    for (int i = 0; i < 3; i++)
        lh_model_free(model[i]);
}

/* The squared error of numbers, from the outputs. */
static void a_score_is_what_the_outputs_say(void **state)
{
    (void)state;
    enum { COUNT = 70 };
    lh_learn_options o = small("adding", 12, 400);
    told t;
    lh_error error = {0};
    lh_learn_score score, same;
    lh_model *model = learn(&o, &t);
    lh_state *one = lh_state_new(model->network, 1, &error);
    assert_non_null(one);
    double squares = 0;
    int right = 0;
    for (uint64_t i = 0; i < COUNT; i++) {
        lh_rng rng;
        lh_example e;
        lh_rng_seed(&rng, 5, ((uint64_t)1 << 62) + i);
        check_ok(lh_example_draw(o.task, 12, 12, &rng, &e, &error), &error);
        lh_state_reset(one, 0);
        for (int step = 0; step < e.steps; step++)
            lh_network_step(model->network, one, e.x + 2 * step, 1);
        const double off = (double)*lh_state_output(one, 0) - (double)e.targets[e.steps - 1];
        squares += off * off;
        right += fabs(off) <= 0.04;
        lh_example_free(&e);
    }
    check_ok(lh_learn_test(model->network, o.task, 12, 12, COUNT, 5, 1, &score, &error), &error);
    check_ok(lh_learn_test(model->network, o.task, 12, 12, COUNT, 5, 2, &same, &error), &error);
    assert_true(score.loss == same.loss && score.success == same.success);
    /* A step at a time reads weights as float16. */
    assert_true(fabs(score.loss - squares / COUNT) < 2e-3);
    assert_true(fabs(score.success - (double)right / COUNT) < 0.06);
    lh_state_free(one);
    lh_model_free(model);
}

static void a_free_run_feeds_itself(void **state)
{
    (void)state;
    enum { SHOWN = 9, STEPS = 25 };
    lh_learn_options o = small("sine", 20, 300);
    told t;
    lh_error error = {0};
    lh_model *model = learn(&o, &t);
    lh_example e = draw(o.task, SHOWN, SHOWN, 1);
    lh_real y[STEPS], fed[STEPS], again[STEPS];
    check_ok(lh_run_alone(model->network, e.x, SHOWN, STEPS, y, &error), &error);
    for (int i = 0; i < STEPS; i++)
        fed[i] = i < SHOWN ? e.x[i] : y[i - 1];
    check_ok(lh_run_alone(model->network, fed, STEPS, STEPS, again, &error), &error);
    assert_memory_equal(y, again, sizeof y);
    lh_model_free(model);
    o = small("adding", 10, 20);
    model = learn(&o, &t);
    check_fails(LH_ERROR_ARGUMENT, lh_run_alone(model->network, e.x, 2, 3, y, &error), &error,
                "takes and foretells one number");
    lh_model_free(model);
    lh_example_free(&e);
}

static void what_cannot_be_is_refused(void **state)
{
    (void)state;
    lh_error error = {0};
    const struct {
        int shortest, length, cells, batch;
        double rate;
        const char *words;
    } wrong[] = {
        {1, 5, 12, 20, 0.01, "latch has lengths of 4 to 10000 steps"},
        {5, 10001, 12, 20, 0.01, "not of 5 to 10001"},
        {9, 8, 12, 20, 0.01, "the shortest first, not of 9 to 8"},
        {9, 9, 0, 20, 0.01, "1 to 8192 cells, not 0"},
        {9, 9, 12, 0, 0.01, "in batches of 1 to 10000"},
        {9, 9, 12, 20, NAN, "a rate of nan"},
        {9, 9, 12, 20, 1e300, "no longer finite"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        lh_learn_options o = small("latch", 9, 200);
        o.setting.shortest = wrong[i].shortest;
        o.setting.length = wrong[i].length;
        o.setting.cells = wrong[i].cells;
        o.setting.batch = wrong[i].batch;
        o.setting.rate = wrong[i].rate;
        lh_model *model = lh_learn(&o, NULL, &error);
        if (model || !strstr(error.message, wrong[i].words))
            fail_msg("case %zu: '%s' does not say '%s'", i, error.message, wrong[i].words);
    }
    told t;
    lh_learn_score score;
    lh_learn_options o = small("latch", 9, 20);
    lh_model *model = learn(&o, &t);
    check_fails(
        LH_ERROR_ARGUMENT,
        lh_learn_test(model->network, lh_task_find("order"), 10, 10, 5, 1, 1, &score, &error),
        &error, "a network for order takes 6 numbers");
    lh_model_free(model);
}

/* ---- gradients over time ---- */

static int compare(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* More sequences than are taken at once. */
static void reach_is_the_median_of_the_norms(void **state)
{
    (void)state;
    enum { COUNT = 21, LAGS = 6, STEPS = 11 };
    lh_learn_options o = small("order", STEPS, 20);
    told t;
    lh_error error = {0};
    o.setting.layers = 2;
    lh_model *model = learn(&o, &t);
    lh_example e[COUNT];
    lh_sequence sequence[COUNT];
    int at[COUNT];
    for (int i = 0; i < COUNT; i++) {
        e[i] = draw(o.task, STEPS, STEPS, (uint64_t)i);
        sequence[i] = lh_example_sequence(&e[i]);
        at[i] = STEPS - 1;
    }
    lh_workspace *workspace = lh_workspace_new(&error);
    lh_reach *reach = lh_reach_over(model->network, sequence, at, COUNT, LAGS, &error);
    assert_true(workspace && reach);
    assert_true(reach->layers == 2 && reach->lags == LAGS && reach->count == COUNT);
    static double norms[COUNT][2 * STEPS];
    for (int i = 0; i < COUNT; i++) {
        double *own[] = {norms[i]};
        check_ok(lh_network_reach(model->network, workspace, &sequence[i], &at[i], 1, own, &error),
                 &error);
    }
    for (int n = 0; n < 2; n++)
        for (int k = 0; k <= LAGS; k++) {
            double all[COUNT];
            for (int i = 0; i < COUNT; i++)
                all[i] = norms[i][n * STEPS + STEPS - 1 - k];
            qsort(all, COUNT, sizeof *all, compare);
            const int place = n * (LAGS + 1) + k;
            assert_true(fabs(reach->median[place] / all[10] - 1) < 1e-4);
            assert_true(fabs(reach->low[place] / all[5] - 1) < 1e-4);
            assert_true(fabs(reach->high[place] / all[15] - 1) < 1e-4);
            assert_true(all[10] > 0);
        }
    lh_reach_free(reach);
    check_none(LH_ERROR_ARGUMENT, lh_reach_over(model->network, sequence, at, COUNT, STEPS, &error),
               &error, "has no step 11 with 11 before it");
    lh_workspace_free(workspace);
    for (int i = 0; i < COUNT; i++)
        lh_example_free(&e[i]);
    lh_model_free(model);
}

/* ---- the cliff ---- */

static void a_cliffs_gradient_is_the_slope_of_its_error(void **state)
{
    (void)state;
    static const double places[][2] = {{5.6, -2.3}, {5.1, -2.6}, {4, -1}, {-3, 0.5}, {0, 0}};
    for (int steps = 1; steps <= 50; steps += 7)
        for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
            const double w = places[i][0], b = places[i][1], by = 1e-5;
            double g[2];
            lh_cliff_error(steps, w, b, g);
            const double slope[] = {
                (lh_cliff_error(steps, w + by, b, NULL) - lh_cliff_error(steps, w - by, b, NULL)) /
                    (2 * by),
                (lh_cliff_error(steps, w, b + by, NULL) - lh_cliff_error(steps, w, b - by, NULL)) /
                    (2 * by)};
            for (int k = 0; k < 2; k++)
                if (!(fabs(g[k] - slope[k]) <= 1e-6 * (0.01 + fabs(slope[k]))))
                    fail_msg("%d steps, place %zu: %.9g, the slope is %.9g", steps, i, g[k],
                             slope[k]);
        }
    /* Of no weight only the last step counts: x = b. */
    assert_true(fabs(lh_cliff_error(9, 0, 0, NULL) - 0.04) < 1e-15);
}

static void clipping_takes_the_jump_at_the_cliff(void **state)
{
    (void)state;
    enum { COUNT = 200 };
    const lh_cliff_point start = {.w = 5.6, .b = -2.3};
    lh_cliff_point wild[COUNT], tame[COUNT];
    lh_error error;
    double jump[2] = {0, 0};
    check_ok(lh_cliff_descend(50, start, 0.1, INFINITY, COUNT, wild, &error), &error);
    check_ok(lh_cliff_descend(50, start, 0.1, 1, COUNT, tame, &error), &error);
    for (int i = 0; i + 1 < COUNT; i++) {
        lh_raise(&jump[0], hypot(wild[i + 1].w - wild[i].w, wild[i + 1].b - wild[i].b));
        lh_raise(&jump[1], hypot(tame[i + 1].w - tame[i].w, tame[i + 1].b - tame[i].b));
    }
    assert_true(wild[0].w == 5.6 && wild[0].b == -2.3 && tame[0].error == wild[0].error);
    assert_true(jump[0] > 10 && fabs(jump[1] - 0.1) < 1e-9);
    assert_true(wild[COUNT - 1].error > 0.4 && tame[COUNT - 1].error < 0.02);
    check_fails(LH_ERROR_NUMERIC,
                lh_cliff_descend(50, start, INFINITY, INFINITY, COUNT, wild, &error), &error,
                "numbers overflow");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sine_goes_on_as_sines_do),
        cmocka_unit_test(a_latch_asks_for_the_class_that_its_first_values_tell),
        cmocka_unit_test(adding_asks_for_the_sum_of_the_marked_values),
        cmocka_unit_test(order_asks_which_two_symbols_came),
        cmocka_unit_test(copy_asks_for_what_entered),
        cmocka_unit_test(copies_ask_three_times_for_what_entered),
        cmocka_unit_test(repeat_asks_for_it_as_often_as_is_told),
        cmocka_unit_test(recall_asks_for_the_item_behind_the_one_shown),
        cmocka_unit_test(the_same_stream_gives_the_same_example),
        cmocka_unit_test(outputs_are_right_that_give_what_is_asked),
        cmocka_unit_test(a_run_that_goes_on_ends_as_if_it_had_never_stopped),
        cmocka_unit_test(a_latch_of_a_short_lag_is_learnt_by_every_cell_that_looks_back),
        cmocka_unit_test(every_task_gets_easier),
        cmocka_unit_test(a_text_is_asked_for_character_by_character),
        cmocka_unit_test(a_text_that_repeats_is_learnt_and_made_up),
        cmocka_unit_test(a_memory_learns_to_copy_sooner_than_cells_alone),
        cmocka_unit_test(the_same_seed_gives_the_same_network_on_any_threads),
        cmocka_unit_test(a_score_is_what_the_outputs_say),
        cmocka_unit_test(a_free_run_feeds_itself),
        cmocka_unit_test(what_cannot_be_is_refused),
        cmocka_unit_test(reach_is_the_median_of_the_norms),
        cmocka_unit_test(a_cliffs_gradient_is_the_slope_of_its_error),
        cmocka_unit_test(clipping_takes_the_jump_at_the_cliff),
    };
    return cmocka_run_group_tests_name("lab", tests, NULL, NULL);
}
