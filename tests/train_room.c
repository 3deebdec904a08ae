/* Training runs in tests: see train_room.h. */
#include "train_room.h"

#include "check.h"
#include "tiny_corpus.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

room room_open(void)
{
    room r = {.folder = tiny_folder()};
    r.corpus = tiny_corpus(r.folder, 40, 12, 1);
    r.model = tiny_path(r.folder, "model");
    r.state = tiny_path(r.folder, "model.state");
    r.log = tiny_path(r.folder, "model.log.jsonl");
    r.files.model = r.model;
    return r;
}

void room_close(room *r)
{
    lh_corpus_free(r->corpus);
    free(r->model);
    free(r->state);
    free(r->log);
    tiny_remove(r->folder);
}

void forget_run(const room *r)
{
    unlink(r->model);
    unlink(r->state);
    unlink(r->log);
}

lh_train_options small_options(double epochs)
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

bytes read_all(const char *path)
{
    bytes b;
    lh_error error;
    b.data = lh_file_read(path, 1 << 26, &b.size, &error);
    if (!b.data)
        fail_msg("%s", error.message);
    return b;
}

void write_all(const char *path, const bytes *b)
{
    FILE *stream = fopen(path, "wb");
    assert_non_null(stream);
    assert_int_equal(fwrite(b->data, 1, b->size, stream), b->size);
    fclose(stream);
}

char *find(const bytes *b, const char *text)
{
    size_t length = strlen(text);
    for (size_t i = 0; i + length <= b->size; i++)
        if (memcmp(b->data + i, text, length) == 0)
            return b->data + i;
    fail_msg("no \"%s\" in the file", text);
    return NULL;
}

void check_same(const char *what, const bytes *a, const bytes *b)
{
    if (a->size != b->size)
        fail_msg("%s: %zu bytes, not %zu", what, b->size, a->size);
    for (size_t i = 0; i < a->size; i++)
        if (a->data[i] != b->data[i])
            fail_msg("%s: byte %zu of %zu differs", what, i, a->size);
}

void check_same_state(const lh_safetensors *a, const lh_safetensors *b)
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

lh_status run(const room *r, const lh_train_options *o, bool resume, watcher *w, lh_error *error)
{
    lh_train_callbacks callbacks = {watch, wants_stop, w};
    return lh_train(r->corpus, o, &r->files, resume, &callbacks, error);
}
