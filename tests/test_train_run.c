/* Training runs on a tiny corpus: they learn, keep the best network, and end when they should. */
#include "check.h"
#include "train_room.h"

#include "train/dataset_loss.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static double baseline(const lh_corpus *corpus)
{
    lh_scale scale = lh_corpus_scale(corpus);
    lh_dataset_options o = {.splits = 1u << LH_SPLIT_TRAIN,
                            .scale_x = scale.x,
                            .scale_y = scale.y,
                            .max_offset = LH_DEFAULT_MAX_OFFSET};
    lh_dataset *train = lh_dataset_new(corpus, &o, NULL);
    o.splits = 1u << LH_SPLIT_V;
    lh_dataset *valid = lh_dataset_new(corpus, &o, NULL);
    assert_true(train && valid);
    lh_null_model model;
    assert_int_equal(lh_null_model_fit(train, &model, NULL), LH_OK);
    double nats = 0;
    for (size_t i = 0; i < lh_dataset_count(valid); i++) {
        lh_loss loss = lh_null_model_loss(&model, &lh_dataset_sequences(valid)[i]);
        nats += loss.mixture + loss.end_of_stroke;
    }
    nats /= (double)lh_dataset_count(valid);
    lh_dataset_free(train);
    lh_dataset_free(valid);
    return nats;
}

static void learns_more_than_one_gaussian_and_one_coin(void **state)
{
    (void)state;
    room r = room_open();
    double gaussian = baseline(r.corpus);
    for (int kind = LH_PREDICTION; kind <= LH_SYNTHESIS; kind++) {
        lh_train_options o = small_options(16);
        o.network = (lh_train_network)kind;
        watcher w = {0};
        lh_error error;
        check_ok(run(&r, &o, false, &w, &error), &error);
        assert_int_equal(w.step, 80);
        assert_int_equal(w.validations, 16);
        if (!(w.best < 0.5 * gaussian))
            fail_msg("kind %d: %g nats a line; one Gaussian has %g", kind, w.best, gaussian);
        lh_model *model = lh_model_load(r.model, &error);
        if (!model)
            fail_msg("%s", error.message);
        assert_int_equal(lh_network_weight_count(model->network), w.weights);
        assert_non_null(strstr(model->history, "\"valid_nats_per_line\""));
        lh_model_free(model);
        forget_run(&r);
    }
    room_close(&r);
}

static void the_papers_optimiser_learns(void **state)
{
    (void)state;
    room r = room_open();
    lh_train_options o = small_options(8), paper = lh_train_options_default(LH_RMSPROP_GRAVES);
    o.optimizer = paper.optimizer;
    o.learning_rate = 1e-3;
    o.schedule = paper.schedule;
    o.ema = 0;
    watcher w = {0};
    lh_error error;
    check_ok(run(&r, &o, false, &w, &error), &error);
    if (!(w.best < w.first_validation - 10))
        fail_msg("from %g to %g nats a line", w.first_validation, w.best);
    room_close(&r);
}

static void the_model_kept_is_the_best_one(void **state)
{
    (void)state;
    room r = room_open();
    lh_train_options o = small_options(6);
    o.precision = LH_PRECISION_FLOAT32;
    watcher w = {0};
    lh_error error;
    check_ok(run(&r, &o, false, &w, &error), &error);
    lh_model *model = lh_model_load(r.model, &error);
    assert_non_null(model);
    lh_dataset_options d = {.splits = 1u << LH_SPLIT_V,
                            .alphabet = &model->alphabet,
                            .scale_x = model->scale_x,
                            .scale_y = model->scale_y,
                            .max_offset = LH_DEFAULT_MAX_OFFSET};
    lh_dataset *valid = lh_dataset_new(r.corpus, &d, &error);
    assert_non_null(valid);
    lh_loss losses[12];
    assert_int_equal(lh_dataset_count(valid), 12);
    check_ok(lh_dataset_loss(model->network, valid, 1, NULL, NULL, losses, &error), &error);
    lh_loss sum = lh_loss_sum(losses, 12);
    double nats = (sum.mixture + sum.end_of_stroke) / 12;
    if (fabs(nats - w.best) > 1e-4 * fabs(w.best))
        fail_msg("the file has %g nats a line, the run said %g", nats, w.best);
    lh_dataset_free(valid);
    lh_model_free(model);
    room_close(&r);
}

/* Mean ln sigma of a layer's recurrent weights after a run with this description weight. */
static double noise_learnt(const room *r, double weight)
{
    lh_train_options o = small_options(12);
    watcher w = {0};
    lh_error error;
    o.weight_noise = LH_NOISE_ADAPTIVE;
    o.noise_deviation = 0.01;
    o.description_weight = weight;
    forget_run(r);
    check_ok(run(r, &o, false, &w, &error), &error);
    lh_safetensors *end = lh_safetensors_read(r->state, &error);
    assert_non_null(end);
    const lh_stored *sigma = lh_safetensors_find(end, "noise.log_sigma/layer1.recurrent");
    assert_non_null(sigma);
    const size_t count = sigma->bytes / sizeof(lh_real);
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += (double)((const lh_real *)sigma->data)[i];
    lh_safetensors_free(end);
    return sum / (double)count;
}

static void weights_are_noisier_the_more_their_description_counts(void **state)
{
    (void)state;
    room r = room_open();
    double least = noise_learnt(&r, 0.01), less = noise_learnt(&r, 0.1),
           paper = noise_learnt(&r, 1);
    if (!(least < less - 0.1 && less < paper - 0.1))
        fail_msg("mean ln sigma %g, %g and %g", least, less, paper);
    room_close(&r);
}

static double saved_seconds(const char *path)
{
    lh_error error;
    lh_safetensors *file = lh_safetensors_read(path, &error);
    assert_non_null(file);
    const char *seconds = strstr(lh_safetensors_metadata(file, "place"), "\"seconds\":");
    assert_non_null(seconds);
    double value = strtod(strchr(seconds, ':') + 1, NULL);
    lh_safetensors_free(file);
    return value;
}

static void a_run_by_the_clock_ends_on_time_and_counts_on(void **state)
{
    (void)state;
    room r = room_open();
    lh_train_options o = small_options(1);
    o.minutes = 5;
    watcher w = {.until = 3}, rest = {0};
    lh_error error;
    assert_int_equal(run(&r, &o, false, &w, &error), LH_ERROR_INTERRUPTED);
    /* One second more than it has had. */
    o.minutes = (saved_seconds(r.state) + 1) / 60;
    check_ok(run(&r, &o, true, &rest, &error), &error);
    assert_true(rest.step > 3);
    double seconds = saved_seconds(r.state);
    if (!(seconds >= 60 * o.minutes && seconds < 60 * o.minutes + 60))
        fail_msg("%g s trained, %g s asked", seconds, 60 * o.minutes);
    room_close(&r);
}

static void patience_ends_a_run_that_gains_nothing(void **state)
{
    (void)state;
    room r = room_open();
    lh_train_options o = small_options(50);
    o.learning_rate = o.learning_rate_final = 0;
    o.patience = 3;
    watcher w = {0};
    lh_error error;
    check_ok(run(&r, &o, false, &w, &error), &error);
    assert_int_equal(w.validations, 4);
    assert_int_equal(w.step, 20);
    room_close(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(learns_more_than_one_gaussian_and_one_coin),
        cmocka_unit_test(the_papers_optimiser_learns),
        cmocka_unit_test(the_model_kept_is_the_best_one),
        cmocka_unit_test(weights_are_noisier_the_more_their_description_counts),
        cmocka_unit_test(a_run_by_the_clock_ends_on_time_and_counts_on),
        cmocka_unit_test(patience_ends_a_run_that_gains_nothing),
    };
    return cmocka_run_group_tests_name("train_run", tests, NULL, NULL);
}
