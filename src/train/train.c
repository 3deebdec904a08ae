/* The training loop: steps, validations, saves, until the plan is done or patience runs out. Ranks
 * that train together all go through it in the same steps. */
#include "base/need.h"
#include "dataset_loss.h"
#include "random_streams.h"
#include "run_setup.h"
#include "schedule.h"
#include "train_options.h"
#include "update.h"

#include <math.h>
#include <string.h>
#include <time.h>

/* The deviations of adaptive noise have as far to go as the weights, but on a logarithmic scale. */
static const double NOISE_RATE = 10;

/* Sums since the last row of the log. */
typedef struct meter {
    int steps;
    size_t lines, points;
    double nats, norm, seconds;
} meter;

typedef struct loop {
    lh_run *run;
    const lh_train_callbacks *callbacks;
    double begun;                              /* clock at which place.seconds was 0 */
    double saved;                              /* clock of the last save */
    uint64_t last_step;                        /* of the plan; UINT64_MAX when it goes by time */
    uint64_t valid_step;                       /* steps between validations */
    bool stop;                                 /* a rank was asked to */
    double batch_nats, batch_norm, batch_rate; /* of the last step */
    size_t batch_lines, batch_points;
    meter meter;
} loop;

static double clock_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* ---- where the run is ---- */

static void update_seconds(loop *l)
{
    l->run->place.seconds = clock_seconds() - l->begun;
}

static double fraction_done(const loop *l)
{
    const lh_run *run = l->run;
    double fraction = run->options.minutes > 0 ? run->place.seconds / (60 * run->options.minutes)
                                               : (double)run->place.step / (double)l->last_step;
    return fraction < 1 ? fraction : 1;
}

static bool is_over(const loop *l)
{
    const lh_train_options *o = &l->run->options;
    const lh_place *place = &l->run->place;
    return fraction_done(l) >= 1 || (o->patience > 0 && place->waited >= o->patience);
}

static bool validation_is_due(const loop *l)
{
    const lh_place *place = &l->run->place;
    bool fresh = place->validations == 0 || place->validated != place->step;
    return fresh && (is_over(l) || (place->step > 0 && place->step % l->valid_step == 0));
}

static lh_train_event event_now(const loop *l, lh_train_event_kind kind)
{
    const lh_run *run = l->run;
    return (lh_train_event){
        .kind = kind,
        .step = run->place.step,
        .epoch = (double)run->place.step / (double)run->batches,
        .fraction = fraction_done(l),
        .seconds = run->place.seconds,
        .learning_rate = l->batch_rate,
        .best = run->place.validations ? run->place.best : INFINITY,
    };
}

static void tell(const loop *l, const lh_train_event *event)
{
    if (l->callbacks && l->callbacks->watch && lh_run_has_files(l->run))
        l->callbacks->watch(l->callbacks->user, event);
}

static bool asked_to_stop(const loop *l)
{
    return l->callbacks && l->callbacks->stop && l->callbacks->stop(l->callbacks->user);
}

/* Where the ranks meet between one thing and the next: each tells how it fares (`status`) and
 * whether it was asked to stop; the clock of rank 0 goes for all, for plans go by it. */
static lh_status meet(loop *l, lh_status status, lh_error *error)
{
    lh_ranks *ranks = l->run->workers.ranks;
    double *seconds = &l->run->place.seconds;
    lh_real stop = status == LH_OK && asked_to_stop(l) ? 1 : 0;
    status = lh_ranks_agree(ranks, status, error);
    if (status == LH_OK)
        status = lh_ranks_sum(ranks, &stop, 1, error);
    if (status == LH_OK)
        status = lh_ranks_spread(ranks, seconds, sizeof *seconds, error);
    l->stop = stop > 0;
    return status;
}

/* ---- a step ---- */

/* The lines of the next batch. */
static size_t *next_batch(lh_run *run, int *count)
{
    uint64_t epoch = run->place.step / run->batches;
    size_t lines = lh_dataset_count(run->train), size = (size_t)run->options.batch;
    if (run->planned != epoch)
        lh_plan_epoch(lh_dataset_sequences(run->train), lines, run->options.batch,
                      run->options.seed, epoch, run->order);
    run->planned = epoch;
    size_t start = (size_t)(run->place.step % run->batches) * size;
    *count = (int)(lines - start < size ? lines - start : size);
    return run->order + start;
}

/* Takes the weights one step along the gradient of the batch. */
static lh_status update_weights(loop *l, lh_error *error)
{
    lh_run *run = l->run;
    const lh_train_options *o = &run->options;
    l->batch_rate = lh_learning_rate(o, run->place.step, fraction_done(l));
    const lh_update update = {
        .network = run->network,
        .average = run->average,
        .optimizer = run->optimizer,
        .clip_value = o->clip_value,
        .clip = o->clip,
        .rate = l->batch_rate,
        .decay = lh_average_decay(o, run->place.step),
        .threads = o->threads,
    };
    lh_real *gradient = lh_batch_gradient_values(run->gradient);
    if (run->noise && isfinite(l->batch_nats))
        lh_weight_noise_learn(run->noise, run->network, gradient, (double)l->batch_lines,
                              (double)lh_dataset_count(run->train) / o->description_weight,
                              NOISE_RATE * l->batch_rate, o->threads);
    l->batch_norm = isfinite(l->batch_nats) ? lh_update_weights(&update, gradient) : NAN;
    if (!isfinite(l->batch_norm))
        return lh_fail(error, LH_ERROR_NUMERIC,
                       "training came apart at step %llu: the loss is %g, the gradient's norm %g; "
                       "model and state are as last saved (a lower learning rate may help)",
                       (unsigned long long)run->place.step + 1, l->batch_nats, l->batch_norm);
    return LH_OK;
}

/* The lines of a batch as they are learnt from in this epoch. */
static lh_sequence *changed_lines(lh_run *run, const size_t *batch, int count, lh_error *error)
{
    const lh_train_options *o = &run->options;
    const uint64_t epoch = run->place.step / run->batches;
    if (run->reading_augmenter) {
        const lh_reading_change how = {o->slant, o->size, o->jitter, o->seed};
        return lh_reading_augment(run->reading_augmenter, &how, run->train, batch, count, epoch,
                                  o->threads, error);
    }
    const lh_augmentation how = {
        .slant = o->slant, .size = o->size, .aspect = run->scale.y / run->scale.x, .seed = o->seed};
    return lh_augment(run->augmenter, &how, lh_dataset_sequences(run->train), batch, count, epoch,
                      error);
}

static void drop_out(const lh_run *run, const size_t *batch, int count, lh_sequence *sequences)
{
    const uint64_t epoch = run->place.step / run->batches;
    for (int i = 0; i < count; i++) {
        sequences[i].dropout = run->options.dropout;
        lh_rng_seed(&sequences[i].dropped, run->options.seed, lh_stream_dropout(epoch, batch[i]));
    }
}

/* The loss of a batch and its gradient, with changed lines and noise on the weights if wanted. */
static lh_status learn_batch(lh_run *run, size_t *batch, int count, lh_loss *loss, lh_error *error)
{
    const lh_train_options *o = &run->options;
    const lh_sequence *sequences = lh_dataset_sequences(run->train);
    if (run->augmenter || run->reading_augmenter) {
        lh_sequence *changed = changed_lines(run, batch, count, error);
        lh_status status =
            lh_ranks_agree(run->workers.ranks, changed ? LH_OK : LH_ERROR_MEMORY, error);
        if (status != LH_OK)
            return status;
        drop_out(run, batch, count, changed);
        sequences = changed;
        for (int i = 0; i < count; i++) /* this part of the epoch's order is not needed again */
            batch[i] = (size_t)i;
    }
    if (run->noise)
        lh_weight_noise_add(run->noise, run->network, o->seed, run->place.step, o->threads);
    lh_status status = lh_batch_gradient_compute(run->gradient, run->network, sequences, batch,
                                                 count, &o->clipping, loss, error);
    if (run->noise)
        lh_weight_noise_remove(run->noise, run->network);
    return status;
}

static lh_status take_step(loop *l, lh_error *error)
{
    lh_run *run = l->run;
    double before = clock_seconds();
    int count;
    size_t *batch = next_batch(run, &count);
    lh_loss loss;
    lh_status status = learn_batch(run, batch, count, &loss, error);
    if (status != LH_OK)
        return status;
    l->batch_nats = lh_loss_total(&loss);
    l->batch_lines = (size_t)count;
    l->batch_points = loss.points;
    status = update_weights(l, error);
    if (status != LH_OK)
        return status;
    run->place.step++;
    update_seconds(l);
    l->meter.steps++;
    l->meter.lines += l->batch_lines;
    l->meter.points += l->batch_points;
    l->meter.nats += l->batch_nats;
    l->meter.norm += l->batch_norm;
    l->meter.seconds += clock_seconds() - before;
    return LH_OK;
}

/* Tells of the step, and adds a row to the log when it is time. */
static lh_status report_step(loop *l, lh_error *error)
{
    lh_run *run = l->run;
    meter *m = &l->meter;
    lh_train_event event = event_now(l, LH_TRAIN_STEP);
    event.nats_per_line = l->batch_nats / (double)l->batch_lines;
    event.nats_per_point = l->batch_nats / (double)l->batch_points;
    event.gradient_norm = l->batch_norm;
    event.points_per_second = (double)m->points / m->seconds;
    tell(l, &event);
    if (run->place.step % (uint64_t)run->options.log_every != 0)
        return LH_OK;
    event.nats_per_line = m->nats / (double)m->lines;
    event.nats_per_point = m->nats / (double)m->points;
    event.gradient_norm = m->norm / m->steps;
    *m = (meter){0};
    return lh_run_log(run, &event, error);
}

/* ---- validation and saving ---- */

static lh_status save_state(loop *l, lh_error *error)
{
    update_seconds(l);
    lh_status status = lh_run_save_state(l->run, error);
    l->saved = clock_seconds();
    if (status == LH_OK && lh_run_has_files(l->run)) {
        lh_train_event event = event_now(l, LH_TRAIN_SAVED);
        tell(l, &event);
    }
    return status;
}

/* Enters the validation's loss in the place of the run. */
static bool note_validation(lh_place *place, double nats_per_line)
{
    bool better = place->validations == 0 || nats_per_line < place->best;
    place->validated = place->step;
    place->validations++;
    place->waited = better ? 0 : place->waited + 1;
    if (better) {
        place->best = nats_per_line;
        place->best_step = place->step;
    }
    return better;
}

static lh_status validate(loop *l, lh_error *error)
{
    lh_run *run = l->run;
    size_t lines = lh_dataset_count(run->valid);
    lh_status status = lh_run_align(run, error);
    lh_network_changed(lh_run_kept(run));
    if (status == LH_OK)
        status = lh_ranks_loss(run->workers.ranks, lh_run_kept(run), run->valid,
                               run->options.threads, l->callbacks ? l->callbacks->stop : NULL,
                               l->callbacks ? l->callbacks->user : NULL, run->losses, error);
    if (status != LH_OK)
        return status;
    lh_score score = lh_score_of(run->losses, lines, run->scale.x, run->scale.y);
    if (!isfinite(score.nats_per_line))
        return lh_fail(error, LH_ERROR_NUMERIC,
                       "the validation loss is %g after step %llu; model and state are as last "
                       "saved",
                       score.nats_per_line, (unsigned long long)run->place.step);
    update_seconds(l);
    lh_train_event event = event_now(l, LH_TRAIN_VALIDATED);
    event.nats_per_line = score.nats_per_line;
    event.nats_per_point = score.nats_per_point;
    event.nats_per_line_raw = score.nats_per_line_raw;
    event.sse_per_point = score.sse_per_point;
    if (run->noise)
        event.description =
            lh_weight_noise_description(run->noise, run->network, run->options.threads) /
            (double)lh_dataset_count(run->train);
    event.is_best = note_validation(&run->place, event.nats_per_line);
    event.best = run->place.best;
    if (event.is_best)
        status = lh_run_save_model(run, &event, error);
    if (status == LH_OK)
        status = lh_run_log(run, &event, error);
    tell(l, &event);
    return status == LH_OK ? save_state(l, error) : status;
}

/* ---- the loop ---- */

static lh_status stop_here(loop *l, lh_error *error)
{
    lh_status status = save_state(l, error);
    if (status != LH_OK)
        return status;
    return lh_fail(error, LH_ERROR_INTERRUPTED, "stopped after step %llu; %s holds what to resume",
                   (unsigned long long)l->run->place.step, l->run->state_path);
}

static lh_status train(loop *l, lh_error *error)
{
    const double between_saves = 60 * l->run->options.save_minutes;
    lh_status status = LH_OK;
    while ((status = meet(l, status, error)) == LH_OK) {
        if (validation_is_due(l))
            status = validate(l, error);
        else if (is_over(l))
            return LH_OK;
        else if (l->stop)
            status = lh_fail(error, LH_ERROR_INTERRUPTED, "stopped");
        else if ((status = take_step(l, error)) == LH_OK)
            status = report_step(l, error);
        if (status == LH_OK && clock_seconds() - l->saved > between_saves)
            status = save_state(l, error);
    }
    return status == LH_ERROR_INTERRUPTED ? stop_here(l, error) : status;
}

static loop start_loop(lh_run *run, const lh_train_callbacks *callbacks)
{
    const lh_train_options *o = &run->options;
    double now = clock_seconds(), batches = (double)run->batches;
    double valid = round(o->validate_every * batches);
    return (loop){
        .run = run,
        .callbacks = callbacks,
        .begun = now - run->place.seconds,
        .saved = now,
        .last_step = o->minutes > 0 ? UINT64_MAX : (uint64_t)ceil(o->epochs * batches),
        .valid_step = valid > 1 ? (uint64_t)valid : 1,
    };
}

static void tell_start(const loop *l)
{
    const lh_run *run = l->run;
    lh_train_event event = event_now(l, LH_TRAIN_STARTED);
    event.train_lines = lh_dataset_count(run->train);
    event.train_points = lh_dataset_points(run->train);
    event.valid_lines = lh_dataset_count(run->valid);
    event.left_out = lh_dataset_left_out(run->train) + lh_dataset_left_out(run->valid);
    event.weights = lh_network_weight_count(run->network);
    event.threads = run->workers.all;
    event.processes = lh_ranks_count(run->workers.ranks);
    tell(l, &event);
}

lh_status lh_train_together(lh_ranks *ranks, const lh_corpus *corpus,
                            const lh_train_options *options, const lh_train_files *files,
                            bool resume, const lh_train_callbacks *callbacks, lh_error *error)
{
    LH_NEED(error, corpus && options && files && files->model, LH_ERROR_ARGUMENT);
    LH_OWN_ERROR(error);
    lh_run *run = lh_run_new(ranks, corpus, options, files, resume, error);
    if (!run)
        return error->status;
    loop l = start_loop(run, callbacks);
    tell_start(&l);
    lh_status status = train(&l, error);
    lh_run_free(run);
    return status;
}

lh_status lh_train(const lh_corpus *corpus, const lh_train_options *options,
                   const lh_train_files *files, bool resume, const lh_train_callbacks *callbacks,
                   lh_error *error)
{
    LH_NEED(error, corpus && options && files && files->model, LH_ERROR_ARGUMENT);
    return lh_train_together(NULL, corpus, options, files, resume, callbacks, error);
}
