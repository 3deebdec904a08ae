/* `longhand learn`: a network learns an artificial task. */
#include "learn.h"
#include "language.h"
#include "options.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

typedef struct job {
    const lh_task *task;
    const char *picture, *log, *save, *text_path, *state;
    lh_letters *letters; /* of a text */
    int cell, memory, slots, width, reads, layers, cells, length, shortest, batch, tests, threads;
    size_t sequences, test_every;
    double rate, clip, regulariser;
    uint64_t seed;
    learn_lengths lengths;
    bool on, json, resume;
    cli_progress progress;
    learn_run run;
} job;

/* ---- options ---- */

static lh_status read_task(void *at, const char *value, lh_error *error)
{
    const lh_task **task = at;
    char names[200] = "";
    *task = strcmp(value, lh_letters_kind()->name) == 0 ? lh_letters_kind() : lh_task_find(value);
    if (*task)
        return LH_OK;
    for (int i = 0; lh_task_at(i); i++) {
        const size_t length = strlen(names);
        snprintf(names + length, sizeof names - length, "%s%s", i ? ", " : "", lh_task_at(i)->name);
    }
    return lh_fail(error, LH_ERROR_ARGUMENT, "there is no task '%.100s'; there are %s", value,
                   names);
}

static bool is_text(const job *j)
{
    return j->task == lh_letters_kind();
}

static lh_status read_lengths(void *at, const char *value, lh_error *error)
{
    learn_lengths *lengths = at;
    lengths->count = 0;
    for (const char *from = value;; from++) {
        char *behind;
        const long length = isdigit((unsigned char)*from) ? strtol(from, &behind, 10) : 0;
        if (length < 1 || length > 100000 || (*behind && *behind != ',') ||
            lengths->count == LEARN_LENGTHS_MAX)
            return lh_fail(error, LH_ERROR_ARGUMENT,
                           "takes up to %d whole numbers with commas between, not '%.100s'",
                           LEARN_LENGTHS_MAX, value);
        lengths->length[lengths->count++] = (int)length;
        from = behind;
        if (!*from)
            return LH_OK;
    }
}

enum { A_MEMORY = 1, A_TEXT = 2, A_TANH = 4 }; /* what an option may need */

#define AT(member) offsetof(job, member)

/* clang-format off */
static const cli_option rows[] = {
    {.value = "TASK", .kind = CLI_READ, .at = AT(task), .read = read_task, .help = "one of those below"},
    {.name = "--output", .brief = "-o", .value = "FILE", .kind = CLI_OUTPUT, .at = AT(picture), .endings = "svg",
     .help = "a picture of loss and success; - is standard output"},
    {.name = "--log", .value = "FILE", .kind = CLI_OUTPUT, .at = AT(log), .help = "all figures, as JSON lines"},
    {.name = "--save", .value = "FILE", .kind = CLI_OUTPUT, .at = AT(save), .help = "the network, as a model file"},
    {.name = "--state", .value = "FILE", .kind = CLI_TEXT, .at = AT(state), .help = "after each test, and where it stops, holds what is needed to go on"},
    {.name = "--resume", .kind = CLI_FLAG, .at = AT(resume),
     .help = "goes on where --state is, with the same options; --sequences may be more"},
    {.name = "--json", .kind = CLI_FLAG, .at = AT(json), .help = "the result as JSON"},
    {.kind = CLI_HEADING, .help = "the task:"},
    {.name = "--text", .value = "FILE", .kind = CLI_INPUT, .at = AT(text_path), .needs = A_TEXT,
     .help = "of the task text: a text in UTF-8, or a packed corpus (.lhc), of which the lines' texts are taken; the "
             "last tenth is held back for tests"},
    {.name = "--length", .value = "N", .kind = CLI_INT, .at = AT(length), .low = 1, .high = 100000, .fallback = "the task's",
     .help = "length of a sequence: steps, vectors or items, as the task counts"},
    {.name = "--shortest", .value = "N", .kind = CLI_INT, .at = AT(shortest), .low = 1, .high = 100000, .fallback = "the task's",
     .help = "lengths are drawn from this to --length"},
    {.name = "--lengths", .value = "LIST", .kind = CLI_READ, .at = AT(lengths), .read = read_lengths,
     .help = "tests the network in the end on each of these lengths (50,100,200), and draws success over length"},
    {.name = "--seed", .value = "N", .kind = CLI_SEED, .at = AT(seed), .low = 0, .high = 0x1p63,
     .help = "another seed, other sequences and another start"},
    {.kind = CLI_HEADING, .help = "the network and how it learns:"},
    {.name = "--cell", .value = "KIND", .kind = CLI_CHOICE, .at = AT(cell), .choices = lh_cell_choices, .help = "of cells"},
    {.name = "--memory", .value = "KIND", .kind = CLI_CHOICE, .at = AT(memory), .choices = lh_memory_choices,
     .help = "beside the cells: that of the Neural Turing Machine or of the Differentiable Neural Computer"},
    {.name = "--slots", .value = "N", .kind = CLI_INT, .at = AT(slots), .low = 1, .high = LH_SLOTS_MAX, .needs = A_MEMORY, .help = "of the memory"},
    {.name = "--width", .value = "N", .kind = CLI_INT, .at = AT(width), .low = 1, .high = LH_SLOT_WIDTH_MAX, .needs = A_MEMORY, .help = "numbers in a slot"},
    {.name = "--reads", .value = "N", .kind = CLI_INT, .at = AT(reads), .low = 1, .high = LH_READS_MAX, .needs = A_MEMORY,
     .help = "heads that read, beside the one that writes"},
    {.name = "--layers", .value = "N", .kind = CLI_INT, .at = AT(layers), .low = 1, .high = LH_LAYERS_MAX, .fallback = "the task's", .help = "of cells"},
    {.name = "--cells", .value = "N", .kind = CLI_INT, .at = AT(cells), .low = 1, .high = 8192, .fallback = "the task's", .help = "in a layer"},
    {.name = "--sequences", .value = "N", .kind = CLI_SIZE, .at = AT(sequences), .low = 1, .high = 1e9, .fallback = "the task's",
     .help = "learns from at most so many"},
    {.name = "--batch", .value = "N", .kind = CLI_INT, .at = AT(batch), .low = 1, .high = 10000, .fallback = "the task's", .help = "sequences a step"},
    {.name = "--lr", .value = "RATE", .kind = CLI_DOUBLE, .at = AT(rate), .low = 1e-9, .high = 10, .fallback = "the task's", .help = "learning rate of Adam"},
    {.name = "--clip", .value = "NORM", .kind = CLI_DOUBLE, .at = AT(clip), .low = 1e-9, .high = 1e12, .fallback = "the task's",
     .help = "a gradient longer than this is made that long (Pascanu, Mikolov and Bengio 2012); a large number: never"},
    {.name = "--regulariser", .value = "W", .kind = CLI_DOUBLE, .at = AT(regulariser), .low = 0, .high = 1e6, .needs = A_TANH,
     .help = "of tanh cells: weight of that paper's regulariser, which holds a gradient's length from step to step"},
    {.name = "--test-every", .value = "N", .kind = CLI_SIZE, .at = AT(test_every), .low = 1, .high = 1e9, .help = "sequences between two tests"},
    {.name = "--tests", .value = "N", .kind = CLI_INT, .at = AT(tests), .low = 1, .high = 1e6, .help = "sequences of a test"},
    {.name = "--on", .kind = CLI_FLAG, .at = AT(on),
     .help = "learns on to the last sequence, though two tests in a row had 99 % right"},
    {.name = "--threads", .value = "N", .kind = CLI_INT, .at = AT(threads), .low = 1, .high = 1024,
     .help = "at most two are of use in learning; the result is the same with any number"},
    {.kind = CLI_END},
};
/* clang-format on */

static void print_tasks(void)
{
    puts("tasks:");
    bool text = false; /* which comes last */
    for (int i = 0; !text; i++) {
        const lh_task *task = lh_task_at(i);
        text = !task;
        task = text ? lh_letters_kind() : task;
        printf("  %-8s %s\n           (%s);\n           length %d to %d %s\n", task->name,
               task->about, task->paper, task->usual.shortest, task->usual.length, task->unit);
    }
}

const cli_table cli_learn_table = {
    "learn", "TASK [OPTION...]",
    "Lets a network learn one of the artificial tasks on which recurrent networks are\n"
    "studied. Its sequences are made on the fly. The network is tested now and then, and\n"
    "stops early when it can do the task; Ctrl-C stops it as well, and what it has\n"
    "learnt is tested and drawn. docs/course.md goes through the tasks.\n",
    rows, print_tasks};

/* ---- the run ---- */

static void keep_row(void *user, const lh_learn_row *row)
{
    job *j = user;
    learn_run *run = &j->run;
    if (run->count == run->capacity) {
        const size_t capacity = run->capacity ? 2 * run->capacity : 64;
        lh_learn_row *more = realloc(run->row, capacity * sizeof *more);
        if (!more) {
            run->no_memory = true;
            return;
        }
        run->row = more;
        run->capacity = capacity;
    }
    run->row[run->count++] = *row;
    if (!row->test)
        return;
    cli_progress_clear(&j->progress);
    fprintf(stderr, "longhand: after %zu sequences %s %.4g", row->sequences,
            learn_loss_unit(j->task), row->score.loss);
    if (!j->letters)
        fprintf(stderr, ", %.1f %% right", 100 * row->score.success);
    fputc('\n', stderr);
}

static void show_step(void *user, size_t sequences)
{
    job *j = user;
    cli_progress_tell(&j->progress, sequences);
}

static bool asks_to_stop(void *user)
{
    (void)user;
    return cli_asked_to_stop(NULL);
}

static lh_learn_options options_of(const job *j)
{
    lh_learn_options o = lh_learn_usual(j->task, j->memory);
    lh_task_usual *s = &o.setting;
    o.cell = j->cell;
    o.slots = j->slots;
    o.width = j->width;
    o.reads = j->reads;
    if (j->length && !j->shortest && s->shortest == s->length)
        s->shortest = j->length;
    s->length = j->length ? j->length : s->length;
    s->shortest = j->shortest ? j->shortest : s->shortest;
    s->layers = j->layers ? j->layers : s->layers;
    s->cells = j->cells ? j->cells : s->cells;
    s->batch = j->batch ? j->batch : s->batch;
    s->sequences = j->sequences ? j->sequences : s->sequences;
    s->rate = j->rate > 0 ? j->rate : s->rate;
    s->clip = j->clip > 0 ? j->clip : s->clip;
    o.regulariser = j->regulariser;
    o.test_every = j->test_every;
    o.tests = j->tests;
    o.goal = j->on ? 2 : o.goal;
    o.seed = j->seed;
    o.threads = j->threads;
    o.state = j->state;
    o.resume = j->resume;
    return o;
}

/* Lengths that the task has not are refused before anything is learnt. */
static lh_status check_lengths(const job *j, lh_error *error)
{
    for (int i = 0; i < j->lengths.count; i++)
        if (j->lengths.length[i] < j->task->least || j->lengths.length[i] > j->task->most)
            return lh_fail(error, LH_ERROR_ARGUMENT, "%s has lengths of %d to %d %s, not %d",
                           j->task->name, j->task->least, j->task->most, j->task->unit,
                           j->lengths.length[i]);
    return LH_OK;
}

static lh_status learn(job *j, lh_model **model, lh_error *error)
{
    const lh_learn_options *o = j->run.options;
    const lh_learn_callbacks callbacks = {keep_row, show_step, asks_to_stop, j};
    j->progress = cli_progress_start("sequences", o->setting.sequences);
    cli_stop_gently("stopping; what has been learnt so far is kept");
    *model = lh_learn(o, &callbacks, error);
    cli_progress_clear(&j->progress);
    cli_stop_at_once();
    lh_status status = *model ? LH_OK : error->status;
    if (status == LH_OK && j->run.no_memory)
        status = lh_fail_memory(error, "the figures of a run");
    j->run.model = *model;
    j->run.lengths = j->lengths;
    for (int i = 0; i < j->lengths.count && status == LH_OK; i++)
        status =
            lh_learn_test((*model)->network, o->task, j->lengths.length[i], j->lengths.length[i],
                          o->tests, o->seed, o->threads, &j->run.at_length[i], error);
    return status;
}

static const char *who_takes(unsigned needs)
{
    return needs == A_TEXT   ? "the task text"
           : needs == A_TANH ? "--cell tanh, and no --memory"
                             : "--memory";
}

/* What options may need, of this job. */
static unsigned traits_of(const job *j)
{
    return (j->memory ? A_MEMORY : 0) | (is_text(j) ? A_TEXT : 0) |
           (j->cell == lh_cell_find("tanh") && !j->memory ? A_TANH : 0);
}

static lh_status load_text(job *j, lh_error *error)
{
    lh_error reason;
    char *text = cli_text_load(j->text_path, error);
    if (!text)
        return error->status;
    j->letters = lh_letters_new(text, NULL, LH_LETTERS_HELD, &reason);
    free(text);
    if (!j->letters)
        return lh_fail(error, reason.status, "%s: %.400s", j->text_path, reason.message);
    j->task = lh_letters_task(j->letters);
    j->run.letters = j->letters;
    return LH_OK;
}

static int run(void *job_of, cli_given *given)
{
    job *j = job_of;
    lh_error error;
    lh_model *model = NULL;
    if (!j->task)
        return cli_wrong_usage("learn", "needs a task; --help tells which there are");
    if (!cli_all_apply(given, traits_of(j), NULL, who_takes))
        return CLI_USAGE;
    if (j->resume && !j->state)
        return cli_wrong_usage("learn", "--resume needs --state");
    if (is_text(j) && !j->text_path)
        return cli_wrong_usage("learn", "the task text needs --text");
    if (j->state)
        lh_claims_write(&given->claims, j->state, "--state");
    lh_status status = lh_claims_check(&given->claims, &error);
    if (status == LH_OK && is_text(j))
        status = load_text(j, &error);
    if (status != LH_OK)
        return cli_failed(&error);
    const lh_learn_options options = options_of(j);
    j->run.options = &options;
    if (status == LH_OK)
        status = check_lengths(j, &error);
    if (status == LH_OK)
        status = learn(j, &model, &error);
    if (status == LH_OK && j->letters)
        status = learn_measure_text(&j->run, &error);
    if (status == LH_OK && j->log)
        status = learn_write_log(&j->run, j->log, &error);
    if (status == LH_OK && j->save)
        status = lh_model_save(model, j->save, LH_PRECISION_FLOAT32, &error);
    if (status == LH_OK && j->picture)
        status = learn_draw(&j->run, j->picture, &error);
    if (status == LH_OK && cli_prints_result(given))
        status = learn_print_result(&j->run, j->json, &error);
    lh_model_free(model);
    lh_letters_free(j->letters);
    free(j->run.row);
    return status == LH_OK ? CLI_OK : cli_failed(&error);
}

int cli_learn(int argc, char **argv)
{
    job j = {.slots = 128,
             .width = 20,
             .reads = 1,
             .seed = 1,
             .threads = 2,
             .tests = 200,
             .test_every = 2000};
    return cli_obey(&cli_learn_table, argc, argv, &j, run);
}
