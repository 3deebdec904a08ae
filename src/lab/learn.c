/* A network learns a task. Each step takes a batch of new examples in two halves, one a thread, and
 * follows the mean of their gradients by Adam; a gradient longer than the limit is made that long:
 * if |g| > theta then g = g theta / |g| (Pascanu, Mikolov and Bengio 2012, arXiv 1211.5063, section
 * 3.2). */
#include "base/extremes.h"
#include "learn_setting.h"
#include "learn_state.h"
#include "score.h"

#include "base/clock.h"
#include "base/need.h"

#include <omp.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A batch is always cut so, whatever number of threads there are: the sums come out alike. */
enum { HALVES = 2 };

typedef struct half {
    lh_workspace *workspace;
    lh_real *gradient; /* [arena size] */
    lh_status status;
    lh_error error;
} half;

typedef struct learner {
    const lh_learn_options *options;
    lh_network *network;
    lh_optimizer *optimizer;
    size_t size; /* of the arena */
    half half[HALVES];
    lh_loss *losses; /* [batch] */
    double started;
    lh_real *best; /* [size] of a text: the weights of the best test; else NULL */
    double best_loss;
    lh_learn_sums since;
    size_t tested;     /* sequences at the last test that the run is judged by */
    lh_learn_row *row; /* [rows] told so far, where there is a state to keep */
    size_t rows, room;
    bool no_memory;
} learner;

/* ---- beginning and end ---- */

static lh_status begin(learner *l, lh_error *error)
{
    const lh_learn_options *o = l->options;
    l->network = lh_learn_network(o, error);
    if (!l->network)
        return error->status;
    l->size = lh_network_arena_size(l->network);
    l->optimizer = lh_optimizer_new(LH_ADAM, l->size, error);
    if (!l->optimizer)
        return error->status;
    l->losses = calloc((size_t)o->setting.batch, sizeof *l->losses);
    l->best_loss = INFINITY;
    l->best = o->task->text ? calloc(l->size, sizeof *l->best) : NULL;
    bool room = l->losses && (l->best || !o->task->text);
    for (int i = 0; i < HALVES && room; i++) {
        l->half[i].workspace = lh_workspace_new(error);
        if (!l->half[i].workspace)
            return error->status;
        l->half[i].gradient = calloc(l->size, sizeof *l->half[i].gradient);
        room = l->half[i].gradient != NULL;
    }
    l->started = lh_clock();
    return room ? LH_OK : lh_fail_memory(error, "a gradient");
}

static void end(learner *l)
{
    for (int i = 0; i < HALVES; i++) {
        lh_workspace_free(l->half[i].workspace);
        free(l->half[i].gradient);
    }
    lh_optimizer_free(l->optimizer);
    lh_network_free(l->network);
    free(l->losses);
    free(l->best);
    free(l->row);
}

/* The network, which is no longer the learner's, as a model. */
static lh_model *as_model(learner *l, size_t sequences, lh_error *error)
{
    const lh_learn_options *o = l->options;
    char history[256];
    lh_model *model = calloc(1, sizeof *model);
    snprintf(history, sizeof history,
             "{\"task\":\"%s\",\"shortest\":%d,\"length\":%d,\"sequences\":%zu}", o->task->name,
             o->setting.shortest, o->setting.length, sequences);
    if (model)
        model->history = strdup(history);
    if (!model || !model->history) {
        free(model);
        lh_fail_memory(error, "a model");
        return NULL;
    }
    if (o->task->text)
        model->alphabet = *lh_letters_alphabet(o->task->text);
    for (int k = 0; k < o->task->outputs && !o->task->text; k++)
        lh_alphabet_add(&model->alphabet, (uint32_t)('0' + k));
    model->scale_x = model->scale_y = 1;
    model->network = l->network;
    l->network = NULL;
    return model;
}

/* ---- a step ---- */

/* The gradient of a half of the batch; the first has one more of an odd number. */
static void work(learner *l, int index, const lh_examples *batch)
{
    half *h = &l->half[index];
    const int middle = (batch->count + 1) / 2, first = index ? middle : 0;
    const int count = index ? batch->count - middle : middle;
    const lh_clipping clipping = {.regulariser = l->options->regulariser};
    memset(h->gradient, 0, l->size * sizeof *h->gradient);
    h->status = count == 0
                    ? LH_OK
                    : lh_network_gradient(l->network, h->workspace, batch->sequence + first, count,
                                          &clipping, h->gradient, l->losses + first, &h->error);
}

/* Adds the losses to those of the row; not finite: false. */
static bool note_losses(learner *l, int count)
{
    double total = 0;
    for (int i = 0; i < count; i++) {
        total += lh_loss_total(&l->losses[i]);
        l->since.vanishing += l->losses[i].vanishing;
        l->since.numbers += l->losses[i].points * (size_t)l->options->task->outputs;
    }
    l->since.total += total;
    l->since.count += (size_t)count;
    return isfinite(total);
}

/* The mean of the gradients, no longer than the limit, becomes a step of the optimiser. */
static bool follow(learner *l, int count)
{
    const lh_task_usual *s = &l->options->setting;
    lh_real *gradient = l->half[0].gradient;
    for (size_t i = 0; i < l->size; i++)
        gradient[i] = (gradient[i] + l->half[1].gradient[i]) / (lh_real)count;
    const double norm = lh_gradient_norm(gradient, l->size, 1);
    if (norm > s->clip)
        for (size_t i = 0; i < l->size; i++)
            gradient[i] *= (lh_real)(s->clip / norm);
    lh_raise(&l->since.norm, norm);
    lh_optimizer_step(l->optimizer, lh_network_parameters(l->network), gradient, s->rate, 1);
    lh_network_changed(l->network);
    return isfinite(norm);
}

static lh_status step(learner *l, size_t done, int count, lh_error *error)
{
    const lh_learn_options *o = l->options;
    lh_examples batch;
    lh_status status = lh_examples_draw(o->task, o->setting.shortest, o->setting.length, count,
                                        o->seed, done, &batch, error);
    if (status == LH_OK) {
#pragma omp parallel for num_threads(o->threads < HALVES ? o->threads : HALVES) schedule(static, 1)
        for (int i = 0; i < HALVES; i++)
            work(l, i, &batch);
    }
    for (int i = 0; i < HALVES && status == LH_OK; i++)
        if (l->half[i].status != LH_OK) {
            *error = l->half[i].error;
            status = error->status;
        }
    lh_examples_free(&batch);
    if (status == LH_OK && !(note_losses(l, count) && follow(l, count)))
        status = lh_fail(error, LH_ERROR_NUMERIC,
                         "after %zu sequences the loss or its gradient is no longer finite; a "
                         "smaller rate may help",
                         done + (size_t)count);
    return status;
}

/* ---- the run ---- */

/* A row for the state. */
static void keep_row(learner *l, const lh_learn_row *row)
{
    if (l->rows == l->room) {
        const size_t room = l->room ? 2 * l->room : 64;
        lh_learn_row *more = realloc(l->row, room * sizeof *more);
        l->no_memory = l->no_memory || !more;
        if (!more)
            return;
        l->row = more;
        l->room = room;
    }
    l->row[l->rows++] = *row;
}

static void tell(learner *l, const lh_learn_callbacks *callbacks, const lh_learn_row *row,
                 bool keep)
{
    lh_learn_row told = *row;
    told.seconds = lh_clock() - l->started;
    if (l->options->state && keep)
        keep_row(l, &told);
    if (callbacks && callbacks->row)
        callbacks->row(callbacks->user, &told);
}

/* Tells of the training since the last row, then of a test; `score` is what that gave. `keep`: for
 * the state as well. */
static lh_status take_stock(learner *l, const lh_learn_callbacks *callbacks, size_t done, bool keep,
                            lh_learn_score *score, lh_error *error)
{
    const lh_learn_options *o = l->options;
    const lh_learn_sums *since = &l->since;
    const lh_learn_score trained = {
        lh_task_loss(o->task, since->total, since->count, since->numbers), NAN};
    const double vanishing = since->vanishing / (double)since->count;
    tell(l, callbacks, &(lh_learn_row){done, 0, false, trained, since->norm, vanishing}, keep);
    l->since = (lh_learn_sums){0};
    const lh_status status =
        lh_learn_test(l->network, o->task, o->setting.shortest, o->setting.length, o->tests,
                      o->seed, o->threads, score, error);
    if (status == LH_OK)
        tell(l, callbacks, &(lh_learn_row){done, 0, true, *score, 0, 0}, keep);
    return status;
}

static void note_best(learner *l, double loss)
{
    if (!l->best || !(loss < l->best_loss))
        return;
    l->best_loss = loss;
    memcpy(l->best, lh_network_parameters(l->network), l->size * sizeof *l->best);
}

static void take_best(learner *l)
{
    if (!l->best)
        return;
    memcpy(lh_network_parameters(l->network), l->best, l->size * sizeof *l->best);
    lh_network_changed(l->network);
}

/* ---- the state ---- */

static lh_learn_state state_of(const learner *l, size_t done, int reached)
{
    return (lh_learn_state){.network = l->network,
                            .optimizer = l->optimizer,
                            .best = l->best,
                            .best_loss = l->best_loss,
                            .done = done,
                            .tested = l->tested,
                            .seconds = lh_clock() - l->started,
                            .since = l->since,
                            .reached = reached,
                            .row = l->row,
                            .rows = l->rows};
}

static lh_status save(const learner *l, size_t done, int reached, lh_error *error)
{
    const lh_learn_state state = state_of(l, done, reached);
    if (!l->options->state)
        return LH_OK;
    return l->no_memory ? lh_fail_memory(error, "the state of a run")
                        : lh_learn_state_save(l->options, &state, error);
}

/* Goes on where the state is, or sees that there is none. */
static lh_status resume(learner *l, const lh_learn_callbacks *callbacks, size_t *done, int *reached,
                        lh_error *error)
{
    const lh_learn_options *o = l->options;
    if (!o->resume)
        return o->state && access(o->state, F_OK) == 0
                   ? lh_fail(error, LH_ERROR_ARGUMENT,
                             "%s: the state of a run is there: resume it, or remove the file",
                             o->state)
                   : LH_OK;
    lh_learn_state state = state_of(l, 0, 0);
    const lh_status status = lh_learn_state_load(o, &state, error);
    l->row = state.row;
    l->rows = l->room = state.rows;
    if (status != LH_OK)
        return status;
    *done = state.done;
    *reached = state.reached;
    l->tested = state.tested;
    l->since = state.since;
    l->best_loss = state.best_loss;
    l->started = lh_clock() - state.seconds;
    for (size_t i = 0; i < state.rows && callbacks && callbacks->row; i++)
        callbacks->row(callbacks->user, &state.row[i]);
    return LH_OK;
}

/* A run that ends here is tested, but one that goes on from the state does not know of that test:
 * it is to end as if it had never stopped. */
static lh_status end_between_tests(learner *l, const lh_learn_callbacks *callbacks, size_t done,
                                   int reached, lh_error *error)
{
    lh_learn_score score;
    lh_status status = save(l, done, reached, error);
    if (status == LH_OK)
        status = take_stock(l, callbacks, done, false, &score, error);
    if (status == LH_OK)
        note_best(l, score.loss);
    return status;
}

static lh_status run(learner *l, const lh_learn_callbacks *callbacks, size_t *done, lh_error *error)
{
    const lh_learn_options *o = l->options;
    int reached = 0; /* tests in a row that reached the goal */
    const lh_status begun = resume(l, callbacks, done, &reached, error);
    if (begun != LH_OK)
        return begun;
    lh_learn_score score;
    bool stops = false;
    while (*done < o->setting.sequences && reached < 2 && !stops) {
        const size_t left = o->setting.sequences - *done;
        const int count = left < (size_t)o->setting.batch ? (int)left : o->setting.batch;
        const lh_status status = step(l, *done, count, error);
        if (status != LH_OK)
            return status;
        *done += (size_t)count;
        if (callbacks && callbacks->step)
            callbacks->step(callbacks->user, *done);
        stops = callbacks && callbacks->stop && callbacks->stop(callbacks->user);
        if (*done - l->tested < o->test_every)
            continue;
        const lh_status told = take_stock(l, callbacks, *done, true, &score, error);
        if (told != LH_OK)
            return told;
        l->tested = *done;
        note_best(l, score.loss);
        reached = score.success >= o->goal ? reached + 1 : 0;
        const lh_status saved = save(l, *done, reached, error);
        if (saved != LH_OK)
            return saved;
    }
    return *done > l->tested ? end_between_tests(l, callbacks, *done, reached, error) : LH_OK;
}

lh_model *lh_learn(const lh_learn_options *options, const lh_learn_callbacks *callbacks,
                   lh_error *error)
{
    LH_NEED(error, options && options->task, NULL);
    LH_OWN_ERROR(error);
    if (lh_learn_check(options, error) != LH_OK)
        return NULL;
    learner l = {.options = options};
    size_t done = 0;
    lh_status status = begin(&l, error);
    if (status == LH_OK)
        status = run(&l, callbacks, &done, error);
    if (status == LH_OK)
        take_best(&l);
    lh_model *model = status == LH_OK ? as_model(&l, done, error) : NULL;
    end(&l);
    return model;
}
