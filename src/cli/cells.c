/* `longhand cells`: what single cells of a network of characters keep in mind (Karpathy, Johnson
 * and Fei-Fei 2016, "Visualizing and understanding recurrent networks"). */
#include "cells.h"
#include "language.h"
#include "options.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct job {
    const char *model_path, *text_path, *picture;
    int characters, layer, cell;
    bool json, errors;
} job;

#define AT(member) offsetof(job, member)

/* What an option may need. */
enum { A_PICTURE = 1, A_CELL = 2 };

/* clang-format off */
static const cli_option rows[] = {
    {.name = "--model", .value = "FILE", .kind = CLI_INPUT, .at = AT(model_path), .help = "a network of characters (longhand learn text)"},
    {.name = "--text", .value = "FILE", .kind = CLI_INPUT, .at = AT(text_path),
     .help = "what it reads: a text in UTF-8, or the lines of a packed corpus (.lhc)"},
    {.name = "--output", .brief = "-o", .value = "FILE", .kind = CLI_OUTPUT, .at = AT(picture), .endings = "svg html",
     .help = "the text in the cells' colours, and how open their gates are"},
    {.name = "--json", .kind = CLI_FLAG, .at = AT(json), .help = "prints JSON"},
    {.name = "--errors", .kind = CLI_FLAG, .at = AT(errors),
     .help = "tells of which kind the network's errors are, in the text's last twentieth, which learn text only measures on"},
    {.name = "--characters", .value = "N", .kind = CLI_INT, .at = AT(characters), .low = 10, .high = 1e6, .help = "looks at the first so many"},
    {.name = "--layer", .value = "N", .kind = CLI_INT, .at = AT(layer), .low = 1, .high = LH_LAYERS_MAX, .needs = A_CELL, .help = "of --cell"},
    {.name = "--cell", .value = "N", .kind = CLI_INT, .at = AT(cell), .low = 1, .high = 8192, .fallback = "those easy to read",
     .needs = A_PICTURE, .help = "shows this cell"},
    {.kind = CLI_END},
};
/* clang-format on */

const cli_table cli_cells_table = {
    "cells", "--model FILE --text FILE [OPTION...]",
    "Lets a network of characters read a text and tells which of its cells are easy to\n"
    "read: for each of a few things that one sees in a text, the cell whose value goes\n"
    "best with it. The value is tanh(c) of LSTM, h of other cells. A gate that is under\n"
    "0.1 is closed, one over 0.9 open.\n",
    rows, NULL};

/* ---- what one sees in a text ---- */

static double inside_word(const lh_letters *l, size_t i, size_t since)
{
    (void)since;
    return cells_is_letter(lh_letters_at(l, i));
}

static double behind_word(const lh_letters *l, size_t i, size_t since)
{
    (void)since;
    return lh_letters_at(l, i) == ' ';
}

static double in_row(const lh_letters *l, size_t i, size_t since)
{
    (void)l;
    (void)i;
    return (double)since;
}

static double in_word(const lh_letters *l, size_t i, size_t since)
{
    size_t length = 0;
    (void)since;
    while (length <= i && cells_is_letter(lh_letters_at(l, i - length)))
        length++;
    return (double)length;
}

static double capital(const lh_letters *l, size_t i, size_t since)
{
    const uint32_t c = lh_letters_at(l, i);
    (void)since;
    return c >= 'A' && c <= 'Z';
}

/* Between the first and the second of two quotes of a stretch of text, and so on. */
static double inside_quotes(const lh_letters *l, size_t i, size_t since)
{
    enum { FAR = 400 };
    int quotes = 0;
    (void)since;
    for (size_t k = i < FAR ? 0 : i - FAR; k <= i; k++)
        quotes += lh_letters_at(l, k) == '"';
    return quotes % 2;
}

const cells_trait cells_traits[] = {
    {"inside a word", inside_word},
    {"behind a word", behind_word},
    {"place in the row", in_row},
    {"place in the word", in_word},
    {"a capital", capital},
    {"inside quotes", inside_quotes},
    {NULL, NULL},
};

/* ---- the network reads ---- */

static lh_status make_room(cells_run *run, lh_error *error)
{
    const size_t all = (size_t)run->layers * (size_t)run->cells;
    run->value = malloc(all * run->count * sizeof *run->value);
    run->closed = calloc(LH_GATE_COUNT * all, sizeof *run->closed);
    run->open = calloc(LH_GATE_COUNT * all, sizeof *run->open);
    return run->value && run->closed && run->open ? LH_OK
                                                  : lh_fail_memory(error, "what cells tell");
}

static void note_gates(cells_run *run, const lh_state *state, int layer)
{
    for (int g = 0; g < LH_GATE_COUNT; g++) {
        const lh_real *gate = lh_state_gate(state, 0, layer, (lh_gate)g);
        const size_t first = (size_t)(g * run->layers + layer) * (size_t)run->cells;
        run->gate[g] = gate != NULL;
        for (int i = 0; gate && i < run->cells; i++) {
            run->closed[first + (size_t)i] += (gate[i] < (lh_real)0.1) / (double)run->count;
            run->open[first + (size_t)i] += (gate[i] > (lh_real)0.9) / (double)run->count;
        }
    }
}

static void note(cells_run *run, const lh_state *state, size_t at)
{
    for (int layer = 0; layer < run->layers; layer++) {
        const lh_real *c = lh_state_cell(state, 0, layer), *h = lh_state_hidden(state, 0, layer);
        for (int i = 0; i < run->cells; i++)
            run->value[((size_t)layer * (size_t)run->cells + (size_t)i) * run->count + at] =
                c ? tanhf((float)c[i]) : (float)h[i];
        note_gates(run, state, layer);
    }
}

static lh_status read_text(cells_run *run, lh_error *error)
{
    const lh_network *network = run->model->network;
    lh_real x[LH_ALPHABET_MAX] = {0};
    lh_status status = make_room(run, error);
    lh_state *state = status == LH_OK ? lh_state_new(network, 1, error) : NULL;
    if (status == LH_OK && !state)
        status = error->status;
    for (size_t at = 0; status == LH_OK && at < run->count; at++) {
        const int symbol =
            lh_alphabet_index(&run->model->alphabet, lh_letters_at(run->letters, at));
        x[symbol] = 1;
        lh_network_step(network, state, x, 1);
        x[symbol] = 0;
        note(run, state, at);
    }
    lh_state_free(state);
    return status;
}

/* ---- cells that are easy to read ---- */

/* Mean 0 and length 1; false: it is the same everywhere. */
static bool normalise(double *values, size_t count)
{
    double mean = 0, square = 0;
    for (size_t i = 0; i < count; i++)
        mean += values[i] / (double)count;
    for (size_t i = 0; i < count; i++) {
        values[i] -= mean;
        square += values[i] * values[i];
    }
    for (size_t i = 0; i < count && square > 0; i++)
        values[i] /= sqrt(square);
    return square > 1e-9;
}

static void find_cell(cells_run *run, const cells_trait *trait, double *wanted, double *own)
{
    cells_found best = {.name = trait->name};
    size_t since = 0;
    for (size_t i = 0; i < run->count; i++) {
        wanted[i] = trait->of(run->letters, i, since);
        since = lh_letters_at(run->letters, i) == '\n' ? 0 : since + 1;
    }
    if (!normalise(wanted, run->count))
        return;
    for (int k = 0; k < run->layers * run->cells; k++) {
        const float *value = cells_values(run, k / run->cells, k % run->cells);
        double product = 0;
        for (size_t i = 0; i < run->count; i++)
            own[i] = (double)value[i];
        if (!normalise(own, run->count))
            continue;
        for (size_t i = 0; i < run->count; i++)
            product += own[i] * wanted[i];
        if (fabs(product) > fabs(best.correlation)) {
            best.layer = k / run->cells;
            best.cell = k % run->cells;
            best.correlation = product;
        }
    }
    run->found[run->found_count++] = best;
}

static lh_status find_cells(cells_run *run, lh_error *error)
{
    double *room = malloc(2 * run->count * sizeof *room);
    if (!room)
        return lh_fail_memory(error, "what cells tell");
    for (const cells_trait *trait = cells_traits; trait->name; trait++)
        find_cell(run, trait, room, room + run->count);
    free(room);
    return LH_OK;
}

/* ---- telling ---- */

const char *const cells_gates[LH_GATE_COUNT] = {"input", "forget", "output"};

static double mean_of(const cells_run *run, const double *shares, int gate, int layer)
{
    double sum = 0;
    for (int i = 0; i < run->cells; i++)
        sum += shares[(size_t)(gate * run->layers + layer) * (size_t)run->cells + (size_t)i];
    return sum / run->cells;
}

static void print_table(const cells_run *run)
{
    printf("%zu characters\n%-20s layer  cell  correlation\n", run->count, "");
    for (int i = 0; i < run->found_count; i++)
        printf("%-20s %5d %5d  %11.2f\n", run->found[i].name, run->found[i].layer + 1,
               run->found[i].cell + 1, run->found[i].correlation);
    for (int g = 0; g < LH_GATE_COUNT; g++)
        for (int layer = 0; layer < run->layers && run->gate[g]; layer++)
            printf("%s gates of layer %d: closed in %.1f %% of steps, open in %.1f %%\n",
                   cells_gates[g], layer + 1, 100 * mean_of(run, run->closed, g, layer),
                   100 * mean_of(run, run->open, g, layer));
}

static bool add_found(cJSON *list, const cells_found *found)
{
    cJSON *object = cJSON_CreateObject();
    return cJSON_AddItemToArray(list, object) &&
           cJSON_AddStringToObject(object, "trait", found->name) &&
           cJSON_AddNumberToObject(object, "layer", found->layer + 1) &&
           cJSON_AddNumberToObject(object, "cell", found->cell + 1) &&
           cJSON_AddNumberToObject(object, "correlation", found->correlation);
}

static bool add_gate(cJSON *list, const cells_run *run, int gate, int layer)
{
    cJSON *object = cJSON_CreateObject();
    return cJSON_AddItemToArray(list, object) &&
           cJSON_AddStringToObject(object, "gate", cells_gates[gate]) &&
           cJSON_AddNumberToObject(object, "layer", layer + 1) &&
           cJSON_AddNumberToObject(object, "closed", mean_of(run, run->closed, gate, layer)) &&
           cJSON_AddNumberToObject(object, "open", mean_of(run, run->open, gate, layer));
}

static lh_status print_json(const cells_run *run, const cells_errors *errors, lh_error *error)
{
    cJSON *row = cJSON_CreateObject();
    bool whole = row && cJSON_AddNumberToObject(row, "characters", (double)run->count);
    cJSON *list = whole ? cJSON_AddArrayToObject(row, "cells") : NULL;
    whole = list != NULL;
    for (int i = 0; i < run->found_count && whole; i++)
        whole = add_found(list, &run->found[i]);
    list = whole ? cJSON_AddArrayToObject(row, "gates") : NULL;
    whole = list != NULL;
    for (int g = 0; g < LH_GATE_COUNT; g++)
        for (int layer = 0; layer < run->layers && run->gate[g] && whole; layer++)
            whole = add_gate(list, run, g, layer);
    whole = whole && (!errors || cells_add_errors(row, errors));
    char *text = whole ? cJSON_PrintUnformatted(row) : NULL;
    cJSON_Delete(row);
    if (!text)
        return lh_fail_memory(error, "a result");
    visible_json(stdout, text);
    cJSON_free(text);
    return LH_OK;
}

/* ---- the command ---- */

static lh_status look(const job *j, cells_run *run, bool prints, lh_error *error)
{
    const lh_architecture *a = lh_network_architecture(run->model->network);
    cells_errors errors;
    run->layers = a->layers;
    run->cells = a->cells;
    run->count = lh_letters_count(run->letters);
    if (run->count > (size_t)j->characters)
        run->count = (size_t)j->characters;
    lh_status status = lh_task_fits(lh_letters_task(run->letters), run->model->network, error);
    if (status == LH_OK && (j->cell > a->cells || j->layer > a->layers))
        status = lh_fail(error, LH_ERROR_ARGUMENT, "%s: has %d layers of %d cells", j->model_path,
                         a->layers, a->cells);
    if (status == LH_OK)
        status = read_text(run, error);
    if (status == LH_OK)
        status = find_cells(run, error);
    if (status == LH_OK && j->errors)
        status = cells_count_errors(run, &errors, error);
    if (status == LH_OK && j->json)
        status = print_json(run, j->errors ? &errors : NULL, error);
    else if (status == LH_OK && prints)
        print_table(run);
    if (status == LH_OK && j->errors && !j->json && prints)
        cells_print_errors(&errors);
    if (j->cell > 0) {
        run->found[0] = (cells_found){.layer = j->layer - 1, .cell = j->cell - 1};
        run->found_count = 1;
    }
    return status == LH_OK && j->picture ? cells_draw(run, j->picture, error) : status;
}

static const char *who_takes(unsigned needs)
{
    return needs == A_CELL ? "--cell" : "-o";
}

static int run(void *job_of, cli_given *given)
{
    job *j = job_of;
    lh_error error, reason;
    cells_run r = {NULL};
    if (!j->model_path || !j->text_path)
        return cli_wrong_usage("cells", "needs --model and --text");
    if (!cli_all_apply(given, (j->picture ? A_PICTURE : 0) | (j->cell > 0 ? A_CELL : 0), NULL,
                       who_takes))
        return CLI_USAGE;
    if (lh_claims_check(&given->claims, &error) != LH_OK)
        return cli_failed(&error);
    lh_model *model = lh_model_load(j->model_path, &error);
    char *text = model ? cli_text_load(j->text_path, &error) : NULL;
    lh_letters *letters =
        text ? lh_letters_new(text, &model->alphabet, LH_LETTERS_HELD, &reason) : NULL;
    lh_status status =
        letters ? LH_OK
        : text  ? lh_fail(&error, reason.status, "%s: %.400s", j->text_path, reason.message)
                : error.status;
    r.model = model;
    r.letters = letters;
    if (status == LH_OK)
        status = look(j, &r, cli_prints_result(given), &error);
    free(r.value);
    free(r.closed);
    free(r.open);
    lh_letters_free(letters);
    free(text);
    lh_model_free(model);
    return status == LH_OK ? CLI_OK : cli_failed(&error);
}

int cli_cells(int argc, char **argv)
{
    job j = {.characters = 5000, .layer = 1};
    return cli_obey(&cli_cells_table, argc, argv, &j, run);
}
