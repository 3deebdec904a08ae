/* `longhand memory`: what a network writes to its memory and reads from it while it does a task. */
#include "options.h"
#include "writing.h"

#include "page/raster.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct job {
    const char *model_path, *picture;
    const lh_task *task;
    int length;
    uint64_t seed;
} job;

#define AT(member) offsetof(job, member)

/* clang-format off */
static const cli_option rows[] = {
    {.name = "--model", .value = "FILE", .kind = CLI_INPUT, .at = AT(model_path), .help = "a network with a memory (longhand learn --memory)"},
    {.name = "--task", .value = "TASK", .kind = CLI_READ, .at = AT(task), .read = cli_read_task, .help = "what it has learnt"},
    {.name = "--output", .brief = "-o", .value = "FILE", .kind = CLI_OUTPUT, .at = AT(picture), .endings = "svg",
     .help = "the picture; - is standard output"},
    {.name = "--length", .value = "N", .kind = CLI_INT, .at = AT(length), .low = 1, .high = 100000, .fallback = "the task's", .help = "length of the sequence"},
    {.name = "--seed", .value = "N", .kind = CLI_SEED, .at = AT(seed), .low = 0, .high = 0x1p63, .help = "another seed, another sequence"},
    {.kind = CLI_END},
};
/* clang-format on */

const cli_table cli_memory_table = {
    "memory", "--model FILE --task TASK -o FILE [OPTION...]",
    "Draws one sequence of a task over time: what enters, what is asked for, what the\n"
    "network says, and the weights that its heads give to the slots of the memory when\n"
    "they write and read. Of \"dnc\" also how used the slots are, and which slot was\n"
    "written after which. Slots that no head ever looks at are left out.\n",
    rows, NULL};

/* ---- panels ---- */

enum { PANELS_MAX = 6 + LH_READS_MAX, TITLE = 100 };

typedef struct picture {
    lh_raster raster[PANELS_MAX];
    char title[PANELS_MAX][TITLE];
    size_t count;
    bool failed; /* no memory */
} picture;

/* A new panel, all 0, whose values the caller fills in. */
static double *add_panel(picture *p, const char *title, int rows_of, int columns)
{
    const size_t size = (size_t)rows_of * (size_t)columns;
    double *values = calloc(size, sizeof *values);
    snprintf(p->title[p->count], TITLE, "%s", title);
    p->raster[p->count] = (lh_raster){p->title[p->count], rows_of, columns, values};
    p->count += values != NULL;
    p->failed = p->failed || !values;
    return values;
}

/* The numbers [T][width] over time. */
static void add_series(picture *p, const char *title, const lh_real *of, int steps, int width,
                       double (*shown)(double))
{
    double *values = add_panel(p, title, width, steps);
    for (int t = 0; t < steps && values; t++)
        for (int k = 0; k < width; k++)
            values[k * steps + t] = shown((double)of[t * width + k]);
}

static double as_it_is(double x)
{
    return x;
}

static double as_bit(double x)
{
    return 1 / (1 + exp(-x));
}

static void add_symbols(picture *p, const lh_example *e, int count)
{
    double *values = add_panel(p, "asked for", count, e->steps);
    for (int t = 0; t < e->steps && values; t++)
        if (e->symbols[t] >= 0)
            values[e->symbols[t] * e->steps + t] = 1;
}

/* ---- the memory ---- */

/* What is looked at over the steps of one sequence. */
typedef struct view {
    const lh_network *network;
    lh_workspace *workspace;
    const lh_example *example;
    const lh_architecture *of;
    int first, shown; /* slots, around the end, that some head gives some weight */
} view;

static const double some = 0.05;

/* [T][N], or of links [T][N][N]; NULL on failure. */
static lh_real *look(const view *v, lh_memory_part part, int head, lh_error *error)
{
    const size_t slots = (size_t)v->of->slots;
    const size_t count = part == LH_MEMORY_LINKS ? slots * slots : slots;
    const lh_sequence sequence = lh_example_sequence(v->example);
    lh_real *values = malloc((size_t)v->example->steps * count * sizeof *values);
    if (!values)
        lh_fail_memory(error, "what a memory does");
    else if (lh_network_look(v->network, v->workspace, &sequence, part, head, values, error) !=
             LH_OK) {
        free(values);
        values = NULL;
    }
    return values;
}

/* All slots but the longest row of those that nobody looks at, going around the end. */
static void leave_unused(view *v, const bool *used)
{
    const int slots = v->of->slots;
    int longest = 0, begins = 0;
    for (int i = 0; i < slots; i++) {
        int length = 0;
        while (length < slots && !used[(i + length) % slots])
            length++;
        if (length > longest) {
            longest = length;
            begins = i;
        }
    }
    v->shown = longest < slots ? slots - longest : slots;
    v->first = longest < slots ? (begins + longest) % slots : 0;
}

static lh_status find_slots(view *v, lh_error *error)
{
    const int slots = v->of->slots;
    bool used[LH_SLOTS_MAX] = {false};
    for (int head = -1; head < v->of->reads; head++) {
        lh_real *w =
            look(v, head < 0 ? LH_MEMORY_WRITE : LH_MEMORY_READ, head < 0 ? 0 : head, error);
        if (!w)
            return error->status;
        for (int i = 0; i < v->example->steps * slots; i++)
            used[i % slots] = used[i % slots] || (double)w[i] > some;
        free(w);
    }
    leave_unused(v, used);
    return LH_OK;
}

static lh_status add_slots(picture *p, const view *v, const char *title, lh_memory_part part,
                           int head, lh_error *error)
{
    const int steps = v->example->steps, slots = v->of->slots;
    lh_real *w = look(v, part, head, error);
    if (!w)
        return error->status;
    double *values = add_panel(p, title, v->shown, steps);
    for (int i = 0; i < v->shown && values; i++)
        for (int t = 0; t < steps; t++)
            values[i * steps + t] = (double)w[t * slots + (v->first + i) % slots];
    free(w);
    return LH_OK;
}

/* L after the last step: a row is the slot that was written after that of the column. */
static lh_status add_links(picture *p, const view *v, lh_error *error)
{
    const int slots = v->of->slots, shown = v->shown;
    lh_real *w = look(v, LH_MEMORY_LINKS, 0, error);
    if (!w)
        return error->status;
    const lh_real *last = w + (size_t)(v->example->steps - 1) * (size_t)(slots * slots);
    double *values =
        add_panel(p, "links: the row's slot was written after the column's", shown, shown);
    for (int i = 0; i < shown && values; i++)
        for (int k = 0; k < shown; k++)
            values[i * shown + k] =
                (double)last[(v->first + i) % slots * slots + (v->first + k) % slots];
    free(w);
    return LH_OK;
}

static lh_status add_memory(picture *p, view *v, lh_error *error)
{
    char title[TITLE];
    lh_status status = find_slots(v, error);
    if (status != LH_OK)
        return status;
    snprintf(title, sizeof title, "where it writes: %d slots from slot %d on", v->shown,
             v->first + 1);
    status = add_slots(p, v, title, LH_MEMORY_WRITE, 0, error);
    for (int head = 0; head < v->of->reads && status == LH_OK; head++) {
        snprintf(title, sizeof title, v->of->reads > 1 ? "where head %d reads" : "where it reads",
                 head + 1);
        status = add_slots(p, v, title, LH_MEMORY_READ, head, error);
    }
    if (status == LH_OK && v->of->memory == lh_memory_find("dnc")) {
        status = add_slots(p, v, "how used the slots are", LH_MEMORY_USAGE, 0, error);
        if (status == LH_OK)
            status = add_links(p, v, error);
    }
    return status;
}

/* ---- the command ---- */

static lh_status add_task(picture *p, const view *v, const lh_task *task, lh_error *error)
{
    const lh_example *e = v->example;
    const lh_sequence sequence = lh_example_sequence(e);
    lh_real *y = malloc((size_t)e->steps * (size_t)task->outputs * sizeof *y);
    lh_status status = y ? lh_network_outputs(v->network, v->workspace, &sequence, 1, &y, error)
                         : lh_fail_memory(error, "outputs of a network");
    add_series(p, "what enters", e->x, e->steps, task->inputs, as_it_is);
    if (e->symbols)
        add_symbols(p, e, task->outputs);
    else
        add_series(p, "what is asked for", e->targets, e->steps, task->outputs, as_it_is);
    if (status == LH_OK)
        add_series(p, "what the network says", y, e->steps, task->outputs,
                   strcmp(task->head, "square") == 0 ? as_it_is : as_bit);
    free(y);
    return status;
}

static lh_status write_picture(const job *j, picture *p, lh_error *error)
{
    char title[TITLE];
    if (p->failed)
        return lh_fail_memory(error, "a picture");
    lh_output *output = lh_output_open(j->picture, error);
    if (!output)
        return error->status;
    snprintf(title, sizeof title, "A memory at work: %s", j->task->name);
    lh_rasters_write(p->raster, p->count, title, lh_output_stream(output));
    return lh_output_commit(output, error);
}

static lh_status draw(const job *j, const lh_model *model, lh_error *error)
{
    const int length = j->length ? j->length : j->task->usual.length;
    lh_example example = {0};
    picture p = {.count = 0};
    view v = {.network = model->network,
              .of = lh_network_architecture(model->network),
              .example = &example};
    lh_rng rng;
    if (v.of->memory == 0)
        return lh_fail(error, LH_ERROR_ARGUMENT, "%s: a network without a memory", j->model_path);
    lh_rng_seed(&rng, j->seed, 0);
    lh_status status = lh_task_fits(j->task, model->network, error);
    if (status == LH_OK)
        status = lh_example_draw(j->task, length, length, &rng, &example, error);
    if (status == LH_OK)
        v.workspace = lh_workspace_new(error);
    if (status == LH_OK && !v.workspace)
        status = error->status;
    if (status == LH_OK)
        status = add_task(&p, &v, j->task, error);
    if (status == LH_OK)
        status = add_memory(&p, &v, error);
    if (status == LH_OK)
        status = write_picture(j, &p, error);
    for (size_t i = 0; i < p.count; i++)
        free((void *)p.raster[i].values);
    lh_workspace_free(v.workspace);
    lh_example_free(&example);
    return status;
}

static int run(void *job_of, cli_given *given)
{
    job *j = job_of;
    lh_error error;
    if (!j->model_path || !j->task || !j->picture)
        return cli_wrong_usage("memory", "needs --model, --task and --output");
    if (lh_claims_check(&given->claims, &error) != LH_OK)
        return cli_failed(&error);
    lh_model *model = lh_model_load(j->model_path, &error);
    const lh_status status = model ? draw(j, model, &error) : error.status;
    lh_model_free(model);
    return status == LH_OK ? CLI_OK : cli_failed(&error);
}

int cli_memory(int argc, char **argv)
{
    job j = {.seed = 1};
    return cli_obey(&cli_memory_table, argc, argv, &j, run);
}
