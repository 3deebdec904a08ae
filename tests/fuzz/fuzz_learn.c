/* Feeds the reader of the states of `longhand learn` with anything in the place of what a run says
 * of itself: an input is the place in the run, a NUL, then the numbers of its rows (up to ROWS of
 * NUMBERS float64) and weights (float32) for the rest. The remainder of the file is that of a small
 * network; fuzz_model is for the format underneath. What opens must be within the bounds that
 * networks are made for, and save as it was. */
#include "fuzz.h"

#include <lab/learn_state.h>
#include <nn/bounds.h>
#include <nn/safetensors.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const fuzz_goals[] = {"a state opens", "of a text, with its best weights", NULL};

enum { NUMBERS = 7, ROWS = 2 };

static lh_letters *letters;
static lh_learn_options options[2]; /* of a task and of a text */
static lh_network *network[2];

/* ---- seeds ---- */

static void take_place(fuzz_take *take, void *user, const char *place, double sequences,
                       size_t weights)
{
    const double rows[ROWS][NUMBERS] = {{sequences, 1.5, 0, 1.25, NAN, 3, 0},
                                        {sequences, 1.5, 1, 1.25, 0.5, 0, 0}};
    const float weight[3] = {0.5f, -2, 60000};
    char input[400];
    const size_t length = strlen(place) + 1;
    memcpy(input, place, length);
    memcpy(input + length, rows, sizeof rows);
    memcpy(input + length + sizeof rows, weight, weights * sizeof *weight);
    take(user, input, length + sizeof rows + weights * sizeof *weight);
}

void fuzz_seeds(fuzz_take *take, void *user)
{
    take_place(take, user, "40 40 1 -1 2.5 0 0 0 0 0", 40, 3);
    take_place(take, user, "2000 1500 0 1.25 2.5 1 2 3 500 700", 20, 0);
    take_place(take, user, "7 0 0 0.5 1 0.25 1 0 7 7", 7, 1);
}

/* ---- what stands beside the input ---- */

static void forget(void)
{
    for (int i = 0; i < 2; i++)
        lh_network_free(network[i]);
    lh_letters_free(letters);
}

static void make_networks(void)
{
    letters = lh_letters_new("abcabcabcaabbccbabcabc", NULL, 0.5, NULL);
    if (!letters)
        abort();
    atexit(forget);
    options[0] = lh_learn_usual(lh_task_find("latch"), 0);
    options[1] = lh_learn_usual(lh_letters_task(letters), 0);
    for (int i = 0; i < 2; i++) {
        const lh_architecture a = {.layers = 1,
                                   .cells = 2,
                                   .inputs = options[i].task->inputs,
                                   .alphabet = options[i].task->outputs,
                                   .head = lh_head_find(options[i].task->head)};
        network[i] = lh_network_new(&a, NULL);
        if (!network[i])
            abort();
    }
}

static lh_learn_state new_state(int which)
{
    const size_t size = lh_network_arena_size(network[which]);
    lh_learn_state state = {.network = network[which],
                            .optimizer = lh_optimizer_new(LH_ADAM, size, NULL),
                            .best = which ? calloc(size, sizeof(lh_real)) : NULL};
    if (!state.optimizer || (which && !state.best))
        abort();
    memset(lh_network_parameters(network[which]), 0, size * sizeof(lh_real));
    return state;
}

static void clear(lh_learn_state *state)
{
    lh_optimizer_free(state->optimizer);
    free(state->best);
    free(state->row);
}

/* A state as the program writes it, whose "run" and moments are of use. */
static void put_model_state(int which, const char *path)
{
    lh_learn_state state = new_state(which);
    lh_learn_row row = {.sequences = 1};
    state.row = &row;
    state.rows = state.done = 1;
    options[which].state = path;
    if (lh_learn_state_save(&options[which], &state, NULL) != LH_OK)
        abort();
    state.row = NULL;
    clear(&state);
}

static lh_status copy_tensors(lh_safetensors_writer *writer, const lh_safetensors *file,
                              const void *rows, size_t count, const lh_real *weights)
{
    lh_status status = LH_OK;
    for (size_t i = 0; i < lh_safetensors_count(file) && status == LH_OK; i++) {
        const lh_stored *t = lh_safetensors_at(file, i);
        const bool is_rows = strcmp(t->name, "rows") == 0,
                   is_weights = strcmp(t->name, "weights") == 0;
        status = lh_safetensors_add(writer, t->name, t->dtype, 2,
                                    is_rows ? (size_t[]){count, NUMBERS} : t->shape,
                                    is_rows      ? rows
                                    : is_weights ? weights
                                                 : t->data,
                                    NULL);
    }
    return status;
}

/* The state at `path` with what the input has in place of its own; false when that is no clean
 * text. */
static bool put_input(int which, const char *path, const uint8_t *data, size_t size)
{
    const uint8_t *end = memchr(data, '\0', size);
    const size_t arena = lh_network_arena_size(network[which]);
    if (!end)
        return false;
    char *place = fuzz_text(data, size);
    const uint8_t *rest = end + 1;
    const size_t left = size - (size_t)(rest - data), row = NUMBERS * sizeof(double);
    const size_t count = left / row < ROWS ? left / row : ROWS;
    double rows[ROWS * NUMBERS] = {0};
    lh_real *weights = calloc(arena, sizeof *weights);
    lh_safetensors *file = lh_safetensors_read(path, NULL);
    lh_safetensors_writer *writer = lh_safetensors_writer_new(fuzz_path("input"), NULL);
    if (!weights || !file || !writer)
        abort();
    if (count > 0)
        memcpy(rows, rest, count * row);
    const size_t bytes = left - count * row;
    if (bytes > 0)
        memcpy(weights, rest + count * row,
               bytes < arena * sizeof *weights ? bytes : arena * sizeof *weights);
    const bool clean =
        lh_safetensors_add_metadata(writer, "longhand", lh_safetensors_metadata(file, "longhand"),
                                    NULL) == LH_OK &&
        lh_safetensors_add_metadata(writer, "run", lh_safetensors_metadata(file, "run"), NULL) ==
            LH_OK &&
        lh_safetensors_add_metadata(writer, "place", place, NULL) == LH_OK &&
        copy_tensors(writer, file, rows, count, weights) == LH_OK &&
        lh_safetensors_write(writer, NULL) == LH_OK;
    lh_safetensors_writer_free(writer);
    lh_safetensors_free(file);
    free(weights);
    free(place);
    return clean;
}

/* ---- what must hold ---- */

static void check_weights(const lh_network *of, const lh_real *arena)
{
    double inside = 0, all = 0;
    for (size_t i = 0; i < lh_network_tensor_count(of); i++) {
        const lh_tensor *t = lh_network_tensor(of, i);
        for (int k = 0; k < t->rows * t->columns; k++) {
            if (!(fabs((double)arena[t->offset + (size_t)k]) <= LH_WEIGHT_MOST))
                abort();
            inside += fabs((double)arena[t->offset + (size_t)k]);
        }
    }
    for (size_t i = 0; i < lh_network_arena_size(of); i++)
        all += fabs((double)arena[i]);
    if (fabs(all - inside) > 1e-9 * all) /* what belongs to no tensor stays 0 */
        abort();
}

static void check_same(const char *a, const char *b)
{
    size_t size[2];
    char *bytes[2] = {lh_file_read(a, 1 << 20, &size[0], NULL),
                      lh_file_read(b, 1 << 20, &size[1], NULL)};
    if (!bytes[0] || !bytes[1] || size[0] != size[1] || memcmp(bytes[0], bytes[1], size[0]) != 0)
        abort();
    free(bytes[0]);
    free(bytes[1]);
}

/* Saves it, reads that, and saves it again. */
static void check_copy(int which, const lh_learn_state *state)
{
    lh_learn_options to = options[which], again = to;
    to.state = fuzz_path("copy");
    again.state = fuzz_path("again");
    if (lh_learn_state_save(&to, state, NULL) != LH_OK)
        abort();
    lh_learn_state copy = new_state(which);
    if (lh_learn_state_load(&to, &copy, NULL) != LH_OK ||
        lh_learn_state_save(&again, &copy, NULL) != LH_OK)
        abort();
    clear(&copy);
    check_same(to.state, again.state);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!letters)
        make_networks();
    for (int which = 0; which < 2; which++) {
        const char *path = fuzz_path("whole");
        put_model_state(which, path);
        if (!put_input(which, path, data, size))
            continue;
        lh_error error;
        lh_learn_options from = options[which];
        from.state = fuzz_path("input");
        lh_learn_state state = new_state(which);
        if (lh_learn_state_load(&from, &state, &error) == LH_OK) {
            fuzz_reach(which);
            check_weights(state.network, lh_network_parameters_const(state.network));
            for (size_t i = 0; i < state.rows; i++)
                if (state.row[i].sequences > state.done || !isfinite(state.row[i].seconds))
                    abort();
            check_copy(which, &state);
        }
        clear(&state);
    }
    return 0;
}
