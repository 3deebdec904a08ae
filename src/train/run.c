/* A training run in memory: its files, and its ranks. See run.h. */
#include "run.h"

#include "history.h"

#include <cJSON.h>
#include <stdlib.h>
#include <string.h>

bool lh_run_has_files(const lh_run *run)
{
    return lh_ranks_rank(run->workers.ranks) == 0;
}

/* ---- state ---- */

static lh_training_state state_of(lh_run *run)
{
    return (lh_training_state){
        .layout = run->network,
        .weights = lh_network_parameters(run->network),
        .average = run->average ? lh_network_parameters(run->average) : NULL,
        .optimizer = run->optimizer,
        .noise = run->options.weight_noise == LH_NOISE_ADAPTIVE ? run->noise : NULL,
        .place = run->place,
        .corpus = run->corpus,
        .alphabet = &run->alphabet,
        .scale = run->scale,
        .from = run->from,
        .license = *run->license ? run->license : NULL,
    };
}

lh_status lh_run_restore(lh_run *run, const lh_checkpoint *saved, lh_error *error)
{
    lh_training_state state = state_of(run);
    lh_status status = lh_checkpoint_restore(saved, &state, error);
    run->place = state.place;
    return status;
}

lh_status lh_run_save_state(lh_run *run, lh_error *error)
{
    if (!lh_run_has_files(run))
        return LH_OK;
    lh_training_state state = state_of(run);
    return lh_checkpoint_save(&state, &run->options, run->state_path, error);
}

lh_status lh_run_align(lh_run *run, lh_error *error)
{
    lh_training_state state = state_of(run);
    lh_status status = lh_training_state_spread(run->workers.ranks, &state, error);
    run->place = state.place;
    lh_network_changed(run->network);
    return status;
}

/* ---- model and log ---- */

lh_network *lh_run_kept(lh_run *run)
{
    return run->average ? run->average : run->network;
}

lh_status lh_run_save_model(lh_run *run, const lh_train_event *validated, lh_error *error)
{
    if (!lh_run_has_files(run))
        return LH_OK;
    const lh_history history = {
        .options = &run->options,
        .corpus = run->corpus,
        .train = run->train,
        .valid = run->valid,
        .validated = validated,
        .from = run->from,
    };
    lh_model model = {.network = lh_run_kept(run),
                      .alphabet = run->alphabet,
                      .scale_x = run->scale.x,
                      .scale_y = run->scale.y,
                      .history = lh_history_write(&history),
                      .license = *run->license ? run->license : NULL};
    if (!model.history)
        return lh_fail_memory(error, "the history of the model");
    lh_status status = lh_model_save(&model, run->model_path, run->options.precision, error);
    cJSON_free(model.history);
    return status;
}

lh_status lh_run_log(lh_run *run, const lh_train_event *event, lh_error *error)
{
    return lh_run_has_files(run) ? lh_log_write(run->log, event, error) : LH_OK;
}

/* ---- the end ---- */

void lh_run_free(lh_run *run)
{
    if (!run)
        return;
    lh_log_writer_close(run->log);
    for (int i = 0; i < 3; i++)
        lh_lock_release(run->lock[i]);
    lh_batch_gradient_free(run->gradient);
    lh_optimizer_free(run->optimizer);
    lh_weight_noise_free(run->noise);
    lh_augmenter_free(run->augmenter);
    lh_reading_augmenter_free(run->reading_augmenter);
    lh_network_free(run->average);
    lh_network_free(run->network);
    lh_dataset_free(run->train);
    lh_dataset_free(run->valid);
    free(run->losses);
    free(run->order);
    free(run->license);
    free(run->from);
    free(run->model_path);
    free(run->state_path);
    free(run->log_path);
    free(run);
}
