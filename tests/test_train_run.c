/* Training runs on a tiny corpus: they learn, they can be stopped anywhere and go on to the same
 * bytes, and what goes wrong leaves good files behind. */
#include "check.h"
#include "tiny_corpus.h"

#include "nn/safetensors.h"
#include "train/loss.h"
#include "train/state.h"

#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

/* ---- what the tests share ---- */

typedef struct room {
    char *folder;
    lh_corpus *corpus;
    char *model, *state, *log;
    lh_train_files files;
} room;

/* 40 lines to learn, 12 to validate on, and names for a run's files. */
static room room_open(void)
{
    room r = {.folder = tiny_folder()};
    r.corpus = tiny_corpus(r.folder, 40, 12, 1);
    r.model = tiny_path(r.folder, "model");
    r.state = tiny_path(r.folder, "model.state");
    r.log = tiny_path(r.folder, "model.log.jsonl");
    r.files.model = r.model;
    return r;
}

static void room_close(room *r)
{
    lh_corpus_free(r->corpus);
    free(r->model);
    free(r->state);
    free(r->log);
    tiny_remove(r->folder);
}

static void forget_run(const room *r)
{
    unlink(r->model);
    unlink(r->state);
    unlink(r->log);
}

/* 2 layers of 16 cells, 8 lines a step: 5 steps an epoch, the last batch whole. */
static lh_train_options small_options(double epochs)
{
    lh_train_options o = lh_train_options_default(LH_ADAM);
    o.layers = 2;
    o.cells = 16;
    o.mixtures = 3;
    o.windows = 2;
    o.train_splits = 1u << LH_SPLIT_TRAIN;
    o.batch = 8;
    o.epochs = epochs;
    o.learning_rate = 1e-2;
    o.ema = 0.9;
    o.warmup = 4;
    o.threads = 1;
    o.log_every = 2;
    o.seed = 7;
    return o;
}

typedef struct bytes {
    char *data;
    size_t size;
} bytes;

static bytes read_all(const char *path)
{
    bytes b;
    lh_error error;
    b.data = lh_file_read(path, 1 << 26, &b.size, &error);
    if (!b.data)
        fail_msg("%s", error.message);
    return b;
}

static void write_all(const char *path, const bytes *b)
{
    FILE *stream = fopen(path, "wb");
    assert_non_null(stream);
    assert_int_equal(fwrite(b->data, 1, b->size, stream), b->size);
    fclose(stream);
}

/* The place of `text`, which must be there, among bytes. */
static char *find(const bytes *b, const char *text)
{
    size_t length = strlen(text);
    for (size_t i = 0; i + length <= b->size; i++)
        if (memcmp(b->data + i, text, length) == 0)
            return b->data + i;
    fail_msg("no \"%s\" in the file", text);
    return NULL;
}

static void check_same(const char *what, const bytes *a, const bytes *b)
{
    if (a->size != b->size)
        fail_msg("%s: %zu bytes, not %zu", what, b->size, a->size);
    for (size_t i = 0; i < a->size; i++)
        if (a->data[i] != b->data[i])
            fail_msg("%s: byte %zu of %zu differs", what, i, a->size);
}

/* All that a state file holds but the seconds. */
static void check_same_state(const lh_safetensors *a, const lh_safetensors *b)
{
    assert_int_equal(lh_safetensors_count(a), lh_safetensors_count(b));
    assert_true(lh_safetensors_count(a) > 0);
    for (size_t i = 0; i < lh_safetensors_count(a); i++) {
        const lh_stored *one = lh_safetensors_at(a, i);
        const lh_stored *other = lh_safetensors_find(b, one->name);
        if (!other || other->bytes != one->bytes || memcmp(one->data, other->data, one->bytes) != 0)
            fail_msg("tensor %s differs", one->name);
    }
}

/* Counts what it is told, and asks to stop once `until` steps were seen. */
typedef struct watcher {
    uint64_t until;
    uint64_t step, validations, saves;
    double first_validation, best;
    size_t weights;
} watcher;

static void watch(void *user, const lh_train_event *e)
{
    watcher *w = user;
    w->step = e->step;
    w->saves += e->kind == LH_TRAIN_SAVED;
    if (e->kind == LH_TRAIN_STARTED)
        w->weights = e->weights;
    if (e->kind == LH_TRAIN_VALIDATED) {
        if (w->validations++ == 0)
            w->first_validation = e->nats_per_line;
        w->best = e->best;
    }
}

static bool wants_stop(void *user)
{
    const watcher *w = user;
    return w->until > 0 && w->step >= w->until;
}

static lh_status run(const room *r, const lh_train_options *o, bool resume, watcher *w,
                     lh_error *error)
{
    lh_train_callbacks callbacks = {watch, wants_stop, w};
    return lh_train(r->corpus, o, &r->files, resume, &callbacks, error);
}

/* ---- learning ---- */

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

/* ---- stopping and going on ---- */

static void check_resume(const lh_train_options *options)
{
    room r = room_open();
    lh_train_options o = *options;
    o.validate_every = 0.6;
    o.threads = 2;
    watcher whole = {0};
    lh_error error;
    check_ok(run(&r, &o, false, &whole, &error), &error);
    bytes model = read_all(r.model);
    lh_safetensors *last = lh_safetensors_read(r.state, &error);
    forget_run(&r);

    /* Stopped after 1, 3, 6, 7, 12 and 19 of 20 steps: before and after validations and epochs. */
    static const uint64_t stops[] = {1, 3, 6, 7, 12, 19};
    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++) {
        watcher w = {.until = stops[i]};
        assert_int_equal(run(&r, &o, i > 0, &w, &error), LH_ERROR_INTERRUPTED);
        assert_int_equal(w.step, stops[i]);
        assert_non_null(strstr(error.message, r.state));
    }
    watcher rest = {0};
    check_ok(run(&r, &o, true, &rest, &error), &error);
    assert_int_equal(rest.step, 20);
    bytes resumed = read_all(r.model);
    check_same("the model", &model, &resumed);
    lh_safetensors *end = lh_safetensors_read(r.state, &error);
    assert_true(last && end);
    check_same_state(last, end);
    lh_safetensors_free(last);
    lh_safetensors_free(end);
    free(model.data);
    free(resumed.data);
    room_close(&r);
}

static void resume_gives_the_same_bytes(void **state)
{
    (void)state;
    lh_train_options o = small_options(4);
    check_resume(&o);
}

static void resume_gives_the_same_bytes_with_noise_and_changed_lines(void **state)
{
    (void)state;
    lh_train_options o = small_options(4);
    o.weight_noise = LH_NOISE_ADAPTIVE;
    o.slant = 0.1;
    o.size = 0.1;
    check_resume(&o);
}

static void adaptive_noise_can_begin_on_a_trained_network(void **state)
{
    (void)state;
    room r = room_open();
    lh_train_options o = small_options(4);
    watcher before = {0}, after = {0};
    lh_error error;
    check_ok(run(&r, &o, false, &before, &error), &error);
    o.epochs = 8;
    o.weight_noise = LH_NOISE_ADAPTIVE;
    check_ok(run(&r, &o, true, &after, &error), &error);
    assert_int_equal(after.step, 40);
    lh_safetensors *end = lh_safetensors_read(r.state, &error);
    assert_non_null(end);
    const lh_stored *sigma = lh_safetensors_find(end, "noise.log_sigma/layer1.recurrent");
    assert_non_null(sigma);
    assert_true(fabs((double)((const lh_real *)sigma->data)[0] - log(0.075)) > 1e-3);
    lh_safetensors_free(end);
    bytes log = read_all(r.log);
    find(&log, "\"description\":");
    free(log.data);
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

static void the_log_of_a_resumed_run_has_each_step_once(void **state)
{
    (void)state;
    room r = room_open();
    lh_train_options o = small_options(3);
    watcher first = {.until = 8}, second = {.until = 4}, rest = {0};
    lh_error error;
    /* The state of step 4 with the log of step 8, as after a crash. */
    assert_int_equal(run(&r, &o, false, &second, &error), LH_ERROR_INTERRUPTED);
    bytes early = read_all(r.state);
    assert_int_equal(run(&r, &o, true, &first, &error), LH_ERROR_INTERRUPTED);
    write_all(r.state, &early);
    FILE *stream = fopen(r.log, "ab");
    fputs("{\"kind\":\"train\",\"step\":9,\"ep", stream);
    fclose(stream);
    check_ok(run(&r, &o, true, &rest, &error), &error);
    lh_training_log *log = lh_training_log_read(r.log, &error);
    if (!log)
        fail_msg("%s", error.message);
    bytes text = read_all(r.log);
    size_t rows = 0;
    for (size_t i = 0; i < text.size; i++)
        rows += text.data[i] == '\n';
    /* Steps 2, 4, .. 14 and validations after 5, 10 and 15. */
    assert_int_equal(rows, 10);
    assert_int_equal(log->count, 10);
    lh_training_log_free(log);
    free(text.data);
    free(early.data);
    room_close(&r);
}

static void what_is_fixed_cannot_change_on_resuming(void **state)
{
    (void)state;
    room r = room_open();
    lh_train_options o = small_options(3), other = o;
    watcher w = {.until = 2};
    lh_error error;
    assert_int_equal(run(&r, &o, false, &w, &error), LH_ERROR_INTERRUPTED);
    bytes before = read_all(r.state);
    other.seed = 8;
    assert_int_equal(run(&r, &other, true, &w, &error), LH_ERROR_ARGUMENT);
    assert_non_null(strstr(error.message, "seed 7, which cannot become 8"));
    other = o;
    other.cells = 24;
    assert_int_equal(run(&r, &other, true, &w, &error), LH_ERROR_ARGUMENT);
    assert_non_null(strstr(error.message, "cells"));
    /* A new run over the state of an old one. */
    assert_int_equal(run(&r, &o, false, &w, &error), LH_ERROR_ARGUMENT);
    assert_non_null(strstr(error.message, r.state));
    /* Another corpus. */
    lh_corpus *mine = r.corpus;
    char *folder = tiny_folder();
    r.corpus = tiny_corpus(folder, 40, 12, 2);
    assert_int_equal(run(&r, &o, true, &w, &error), LH_ERROR_ARGUMENT);
    assert_non_null(strstr(error.message, "another corpus"));
    lh_corpus_free(r.corpus);
    tiny_remove(folder);
    r.corpus = mine;
    bytes after = read_all(r.state);
    check_same("the state", &before, &after);
    /* The plan may change. */
    other = o;
    other.epochs = 1;
    watcher rest = {0};
    check_ok(run(&r, &other, true, &rest, &error), &error);
    assert_int_equal(rest.step, 5);
    free(before.data);
    free(after.data);
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

/* ---- what goes wrong ---- */

/* Makes number `at` of tensor `name` of the saved state another. */
static void spoil_state(const char *path, const char *name, size_t at, float number)
{
    bytes b = read_all(path);
    lh_error error;
    lh_safetensors *file = lh_safetensors_read(path, &error);
    assert_non_null(file);
    const lh_stored *found = lh_safetensors_find(file, name);
    if (!found)
        fail_msg("the state has no %s", name);
    size_t data = 0;
    for (size_t i = 0; i < lh_safetensors_count(file); i++)
        data += lh_safetensors_at(file, i)->bytes;
    const char *first = lh_safetensors_at(file, 0)->data;
    size_t place = (size_t)((const char *)found->data - first) + at * sizeof number;
    memcpy(b.data + b.size - data + place, &number, sizeof number);
    lh_safetensors_free(file);
    write_all(path, &b);
    free(b.data);
}

/* The largest moment there can be takes the weights out of all numbers: that is seen when they are
 * to be saved, or else when the next loss is none. */
static void not_a_number_stops_the_run_and_keeps_the_model(void **state)
{
    (void)state;
    static const char *const words[] = {"tensor \"weight/output.bias\"", "step 9"};
    for (int later = 0; later < 2; later++) {
        room r = room_open();
        lh_train_options o = small_options(3);
        o.save_minutes = later ? 60 : 0;
        watcher w = {.until = 7}, rest = {0};
        lh_error error;
        assert_int_equal(run(&r, &o, false, &w, &error), LH_ERROR_INTERRUPTED);
        spoil_state(r.state, "adam.m/output.bias", 1 + (size_t)o.mixtures, 3e38f); /* of mu */
        bytes model = read_all(r.model), saved = read_all(r.state);
        assert_int_equal(run(&r, &o, true, &rest, &error), LH_ERROR_NUMERIC);
        if (!strstr(error.message, words[later]))
            fail_msg("'%s' lacks '%s'", error.message, words[later]);
        bytes model_after = read_all(r.model), saved_after = read_all(r.state);
        check_same("the model", &model, &model_after);
        check_same("the state", &saved, &saved_after);
        free(model.data);
        free(saved.data);
        free(model_after.data);
        free(saved_after.data);
        room_close(&r);
    }
}

static void a_state_with_numbers_of_no_training_is_refused_by_name(void **state)
{
    (void)state;
    static const struct {
        const char *tensor;
        float number;
    } bad[] = {
        {"weight/layer1.bias", NAN},         {"weight/output.weight", 1e10f},
        {"weight/layer1.input", -65505},     {"average/output.bias", INFINITY},
        {"average/layer1.bias", 7e4f},       {"adam.m/layer1.recurrent", NAN},
        {"adam.v/layer1.peephole", -1},      {"adam.v/layer1.bias", INFINITY},
        {"noise.log_sigma/layer1.bias", 12}, {"noise.m/layer1.bias", -INFINITY},
        {"noise.v/output.bias", -1e-30f},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        room r = room_open();
        lh_train_options o = small_options(3);
        o.ema = 0.9;
        o.weight_noise = LH_NOISE_ADAPTIVE;
        watcher w = {.until = 2}, rest = {0};
        lh_error error;
        assert_int_equal(run(&r, &o, false, &w, &error), LH_ERROR_INTERRUPTED);
        spoil_state(r.state, bad[i].tensor, 0, bad[i].number);
        assert_int_equal(run(&r, &o, true, &rest, &error), LH_ERROR_FORMAT);
        if (!strstr(error.message, r.state) || !strstr(error.message, bad[i].tensor) ||
            !strstr(error.message, "number [0, 0]"))
            fail_msg("%s does not name %s", error.message, bad[i].tensor);
        room_close(&r);
    }
}

/* A limit on the size of files stands for a full disk: write fails the same way. */
static void a_full_disk_is_reported_and_the_old_state_stays(void **state)
{
    (void)state;
    room r = room_open();
    lh_train_options o = small_options(3);
    watcher w = {.until = 2}, next = {.until = 4};
    lh_error error;
    assert_int_equal(run(&r, &o, false, &w, &error), LH_ERROR_INTERRUPTED);
    bytes before = read_all(r.state);
    assert_true(before.size > 8192);
    struct rlimit old, tight;
    getrlimit(RLIMIT_FSIZE, &old);
    tight = (struct rlimit){8192, old.rlim_max};
    void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &tight);
    lh_status status = run(&r, &o, true, &next, &error);
    setrlimit(RLIMIT_FSIZE, &old);
    signal(SIGXFSZ, handler);
    assert_int_equal(status, LH_ERROR_IO);
    if (!strstr(error.message, r.state))
        fail_msg("no word of the file in \"%s\"", error.message);
    bytes after = read_all(r.state);
    check_same("the state", &before, &after);
    free(before.data);
    free(after.data);
    forget_run(&r);
    r.files.log = "/dev/full";
    assert_int_equal(run(&r, &o, false, &next, &error), LH_ERROR_IO);
    assert_non_null(strstr(error.message, "/dev/full"));
    room_close(&r);
}

static void broken_states_are_refused_by_name(void **state)
{
    (void)state;
    room r = room_open();
    lh_train_options o = small_options(3), loaded;
    watcher w = {.until = 2};
    lh_error error;
    assert_int_equal(lh_train_options_load(r.state, &loaded, &error), LH_ERROR_IO);
    assert_int_equal(run(&r, &o, false, &w, &error), LH_ERROR_INTERRUPTED);
    bytes b = read_all(r.state);
    static const char *const marks[] = {
        "step\\\":",          "layers\\\":",         "training state 1",
        "weight/layer1.bias", "average/layer2.bias", "validations\\\":0"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        char *place = find(&b, marks[i]) + strlen(marks[i]) - 1;
        *place ^= 1;
        write_all(r.state, &b);
        *place ^= 1;
        assert_int_equal(run(&r, &o, true, &w, &error), LH_ERROR_FORMAT);
        assert_non_null(strstr(error.message, r.state));
    }
    for (size_t size = 0; size < b.size; size += 1 + b.size / 50) {
        write_all(r.state, &(bytes){b.data, size});
        assert_int_equal(run(&r, &o, true, &w, &error), LH_ERROR_FORMAT);
        assert_non_null(strstr(error.message, r.state));
    }
    free(b.data);
    room_close(&r);
}

/* Of a file that is not there, of one that cannot be made, of no lines; and without an error to
 * fill. */
static void an_error_keeps_the_kind_that_it_had_where_it_arose(void **state)
{
    (void)state;
    room r = room_open();
    lh_train_options o = small_options(1);
    watcher w = {.until = 0};
    lh_error error;
    for (int i = 0; i < 2; i++) {
        lh_error *filled = i == 0 ? &error : NULL;
        assert_int_equal(run(&r, &o, true, &w, filled), LH_ERROR_IO);
        r.files.from = "/nowhere/model";
        assert_int_equal(run(&r, &o, false, &w, filled), LH_ERROR_IO);
        r.files.from = NULL;
        r.files.log = "/nowhere/log";
        assert_int_equal(run(&r, &o, false, &w, filled), LH_ERROR_IO);
        r.files.log = NULL;
        o.valid_splits = 1u << LH_SPLIT_F;
        assert_int_equal(run(&r, &o, false, &w, filled), LH_ERROR_ARGUMENT);
        o.valid_splits = small_options(1).valid_splits;
        if (filled)
            assert_int_equal(error.status, LH_ERROR_ARGUMENT);
    }
    room_close(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(learns_more_than_one_gaussian_and_one_coin),
        cmocka_unit_test(the_papers_optimiser_learns),
        cmocka_unit_test(the_model_kept_is_the_best_one),
        cmocka_unit_test(resume_gives_the_same_bytes),
        cmocka_unit_test(resume_gives_the_same_bytes_with_noise_and_changed_lines),
        cmocka_unit_test(adaptive_noise_can_begin_on_a_trained_network),
        cmocka_unit_test(weights_are_noisier_the_more_their_description_counts),
        cmocka_unit_test(the_log_of_a_resumed_run_has_each_step_once),
        cmocka_unit_test(what_is_fixed_cannot_change_on_resuming),
        cmocka_unit_test(a_run_by_the_clock_ends_on_time_and_counts_on),
        cmocka_unit_test(patience_ends_a_run_that_gains_nothing),
        cmocka_unit_test(not_a_number_stops_the_run_and_keeps_the_model),
        cmocka_unit_test(a_state_with_numbers_of_no_training_is_refused_by_name),
        cmocka_unit_test(a_full_disk_is_reported_and_the_old_state_stays),
        cmocka_unit_test(broken_states_are_refused_by_name),
        cmocka_unit_test(an_error_keeps_the_kind_that_it_had_where_it_arose),
    };
    return cmocka_run_group_tests_name("train runs", tests, NULL, NULL);
}
