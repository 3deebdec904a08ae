/* A learner's state as a safetensors file: see learn_state.h. Weights, moments and the weights of
 * the best test are tensors [1][arena size]; the rows that were told are a tensor [rows][NUMBERS].
 * "run" in its metadata says what was asked for, "place" how far the run is. */
#include "learn_state.h"

#include "nn/bounds.h"
#include "nn/safetensors.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char file_kind[] = "learning 3";

enum { NUMBERS = 7, RUN = 400, PLACE = 300 };
/* Sequences of a run; no size_t is so small that twice as many do not fit. */
static const long long done_most = sizeof(size_t) > 4 ? 1000000000000 : 1000000000;

/* All that the weights depend on. How long to go on may change. */
static void name_run(const lh_learn_options *o, char text[RUN])
{
    const lh_task_usual *s = &o->setting;
    snprintf(text, RUN,
             "%s, %d to %d of %zu (%016llx); cell %s, %d x %d; memory %s, %d x %d, %d; batch %d, "
             "rate %.17g, "
             "clip %.17g, regulariser %.17g, seed %llu",
             o->task->name, s->shortest, s->length, lh_letters_count(o->task->text),
             (unsigned long long)lh_letters_fingerprint(o->task->text), lh_cell_name(o->cell),
             s->layers, s->cells, lh_memory_name(o->memory), o->memory ? o->slots : 0,
             o->memory ? o->width : 0, o->memory ? o->reads : 0, s->batch, s->rate, s->clip,
             o->regulariser, (unsigned long long)o->seed);
}

/* ---- writing ---- */

static lh_status add_arena(lh_safetensors_writer *writer, const char *name, const lh_real *values,
                           size_t size, lh_error *error)
{
    return lh_safetensors_add(writer, name, LH_DTYPE_REAL, 2, (size_t[]){1, size}, values, error);
}

static void flatten(const lh_learn_state *state, double *numbers)
{
    for (size_t i = 0; i < state->rows; i++, numbers += NUMBERS) {
        const lh_learn_row *row = &state->row[i];
        const double of[NUMBERS] = {(double)row->sequences, row->seconds,       row->test,
                                    row->score.loss,        row->score.success, row->gradient_norm,
                                    row->vanishing};
        memcpy(numbers, of, sizeof of);
    }
}

static lh_status add_all(lh_safetensors_writer *writer, const lh_learn_options *o,
                         const lh_learn_state *state, const double *numbers, lh_error *error)
{
    const size_t size = lh_network_arena_size(state->network);
    const lh_learn_sums *since = &state->since;
    char run[RUN], place[PLACE];
    name_run(o, run);
    snprintf(place, sizeof place, "%zu %zu %d %.17g %.17g %.17g %.17g %.17g %zu %zu", state->done,
             state->tested, state->reached, isfinite(state->best_loss) ? state->best_loss : -1,
             state->seconds, since->total, since->norm, since->vanishing, since->count,
             since->numbers);
    lh_status status = lh_safetensors_add_metadata(writer, "longhand", file_kind, error);
    if (status == LH_OK)
        status = lh_safetensors_add_metadata(writer, "run", run, error);
    if (status == LH_OK)
        status = lh_safetensors_add_metadata(writer, "place", place, error);
    if (status == LH_OK)
        status = add_arena(writer, "weights", lh_network_parameters(state->network), size, error);
    for (int i = 0; i < lh_optimizer_moment_count(state->optimizer) && status == LH_OK; i++)
        status = add_arena(writer, lh_optimizer_moment_name(state->optimizer, i),
                           lh_optimizer_moment(state->optimizer, i), size, error);
    if (status == LH_OK && state->best)
        status = add_arena(writer, "best", state->best, size, error);
    if (status == LH_OK)
        status = lh_safetensors_add(writer, "rows", LH_DTYPE_F64, 2,
                                    (size_t[]){state->rows, NUMBERS}, numbers, error);
    return status == LH_OK ? lh_safetensors_write(writer, error) : status;
}

lh_status lh_learn_state_save(const lh_learn_options *o, const lh_learn_state *state,
                              lh_error *error)
{
    lh_safetensors_writer *writer = lh_safetensors_writer_new(o->state, error);
    if (!writer)
        return error->status;
    double *numbers = malloc((state->rows + 1) * NUMBERS * sizeof *numbers);
    lh_status status = LH_OK;
    if (numbers)
        flatten(state, numbers);
    else
        status = lh_fail_memory(error, "the state of a run");
    if (status == LH_OK)
        status = add_all(writer, o, state, numbers, error);
    free(numbers);
    lh_safetensors_writer_free(writer);
    return status;
}

/* ---- reading ---- */

/* What numbers of a tensor may be. */
typedef struct range {
    double least, most;
} range;

/* What belongs to a tensor of the network; the rest stays 0. */
static lh_status read_arena(const lh_safetensors *file, const char *name, const lh_network *network,
                            lh_real *values, range within, lh_error *error)
{
    const size_t size = lh_network_arena_size(network);
    const lh_stored *stored =
        lh_safetensors_require(file, name, LH_DTYPE_REAL, 2, (size_t[]){1, size}, error);
    if (!stored)
        return error->status;
    for (size_t i = 0; i < lh_network_tensor_count(network); i++) {
        const lh_tensor *tensor = lh_network_tensor(network, i);
        const size_t count = (size_t)tensor->rows * (size_t)tensor->columns;
        lh_real *own = values + tensor->offset;
        memcpy(own, (const char *)stored->data + tensor->offset * sizeof *own, count * sizeof *own);
        for (size_t k = 0; k < count; k++)
            if (!((double)own[k] >= within.least && (double)own[k] <= within.most))
                return lh_fail(error, LH_ERROR_FORMAT,
                               "%s: tensor \"%s\": number %zu is %g, which is not from %g to %g",
                               lh_safetensors_path(file), name, tensor->offset + k + 1,
                               (double)own[k], within.least, within.most);
    }
    return LH_OK;
}

/* Numbers [NUMBERS] that a row of a run of `done` sequences can have. */
static bool row_fits(const double *of, size_t done)
{
    const double most = DBL_MAX;
    return of[0] >= 0 && of[0] <= (double)done && of[0] == floor(of[0]) && of[1] >= 0 &&
           of[1] <= most && (of[2] == 0 || of[2] == 1) && fabs(of[3]) <= most &&
           (isnan(of[4]) || (of[4] >= 0 && of[4] <= 1)) && of[5] >= 0 && of[5] <= most &&
           of[6] >= 0 && of[6] <= most;
}

static lh_status read_rows(const lh_safetensors *file, lh_learn_state *state, lh_error *error)
{
    const lh_stored *stored = lh_safetensors_find(file, "rows");
    if (!stored || stored->dtype != LH_DTYPE_F64 || stored->rank != 2 ||
        stored->shape[1] != NUMBERS)
        return lh_fail(error, LH_ERROR_FORMAT, "%s: has no tensor \"rows\" of float64 [n, %d]",
                       lh_safetensors_path(file), NUMBERS);
    state->row = calloc(stored->shape[0] + 1, sizeof *state->row);
    if (!state->row)
        return lh_fail_memory(error, "the state of a run");
    for (; state->rows < stored->shape[0]; state->rows++) {
        double of[NUMBERS];
        memcpy(of, (const char *)stored->data + state->rows * sizeof of, sizeof of);
        if (!row_fits(of, state->done))
            return lh_fail(error, LH_ERROR_FORMAT,
                           "%s: row %zu cannot be of a run, as of %g sequences",
                           lh_safetensors_path(file), state->rows + 1, of[0]);
        state->row[state->rows] =
            (lh_learn_row){(size_t)of[0], of[1], of[2] == 1, {of[3], of[4]}, of[5], of[6]};
    }
    return LH_OK;
}

static lh_status read_metadata(const lh_learn_options *o, const lh_safetensors *file,
                               lh_learn_state *state, lh_error *error)
{
    char run[RUN];
    const char *path = lh_safetensors_path(file), *kind = lh_safetensors_metadata(file, "longhand");
    const char *of = lh_safetensors_metadata(file, "run");
    const char *place = lh_safetensors_metadata(file, "place");
    if (!kind || strcmp(kind, file_kind) != 0 || !of || !place)
        return lh_fail(error, LH_ERROR_FORMAT, "%s: not the state of a run of learn", path);
    name_run(o, run);
    if (strcmp(run, of) != 0)
        return lh_fail(error, LH_ERROR_ARGUMENT, "%s: the state of another run: %.300s", path, of);
    lh_learn_sums *since = &state->since;
    long long whole[4]; /* sequences, those at the last test, and what the sums are of */
    char behind;
    const int found =
        sscanf(place, "%lld %lld %d %lf %lf %lf %lf %lf %lld %lld%c", &whole[0], &whole[1],
               &state->reached, &state->best_loss, &state->seconds, &since->total, &since->norm,
               &since->vanishing, &whole[2], &whole[3], &behind);
    bool good = found == 10 && state->reached >= 0 && whole[0] >= 1 && whole[1] <= whole[0] &&
                state->seconds >= 0 && state->seconds <= DBL_MAX && isfinite(since->total) &&
                isfinite(since->norm) && isfinite(since->vanishing);
    for (int i = 0; i < 4 && good; i++)
        good = whole[i] >= 0 && whole[i] <= done_most;
    if (!good)
        return lh_fail(error, LH_ERROR_FORMAT, "%s: its \"place\" is %.100s", path, place);
    state->done = (size_t)whole[0];
    state->tested = (size_t)whole[1];
    since->count = (size_t)whole[2];
    since->numbers = (size_t)whole[3];
    if (!(state->best_loss >= 0))
        state->best_loss = INFINITY;
    return LH_OK;
}

static lh_status read_all(const lh_learn_options *o, const lh_safetensors *file,
                          lh_learn_state *state, lh_error *error)
{
    const range weights = {-LH_WEIGHT_MOST, LH_WEIGHT_MOST};
    const lh_network *n = state->network;
    lh_real *parameters = lh_network_parameters(state->network);
    lh_status status = read_metadata(o, file, state, error);
    if (status == LH_OK)
        status = read_arena(file, "weights", n, parameters, weights, error);
    lh_network_changed(state->network);
    for (int i = 0; i < lh_optimizer_moment_count(state->optimizer) && status == LH_OK; i++) {
        const bool square = lh_optimizer_moment_is_square(state->optimizer, i);
        status = read_arena(file, lh_optimizer_moment_name(state->optimizer, i), n,
                            lh_optimizer_moment(state->optimizer, i),
                            (range){square ? 0 : -DBL_MAX, DBL_MAX}, error);
    }
    if (status == LH_OK && state->best)
        status = read_arena(file, "best", n, state->best, weights, error);
    /* A step is a batch, but for the last of a plan, which is never gone on from. */
    lh_optimizer_set_steps(state->optimizer,
                           (state->done + (size_t)o->setting.batch - 1) / (size_t)o->setting.batch);
    return status == LH_OK ? read_rows(file, state, error) : status;
}

lh_status lh_learn_state_load(const lh_learn_options *o, lh_learn_state *state, lh_error *error)
{
    lh_safetensors *file = lh_safetensors_read(o->state, error);
    const lh_status status = file ? read_all(o, file, state, error) : error->status;
    lh_safetensors_free(file);
    return status;
}
