/* `longhand train`: options to lh_train, progress on standard error, and a polite end on Ctrl-C. */
#include "cli.h"
#include "options.h"

#include <math.h>
#include <signal.h> /* SIGUSR1 */
#include <stdlib.h>
#include <string.h>

typedef struct request {
    const char *corpus;
    lh_train_files files;
    bool resume;
    int peepholes; /* of the choices of --peepholes */
    lh_train_options options;
} request;

#define AT(member) offsetof(request, member)
#define OPTION(member) offsetof(request, options.member)

/* clang-format off */
/* Ranges are those of training itself: see fill_ranges. */
static cli_option rows[] = {
    {.kind = CLI_HEADING, .help = "Files"},
    {.name = "--corpus", .value = "FILE", .kind = CLI_INPUT, .at = AT(corpus), .help = "the packed corpus"},
    {.name = "--output", .brief = "-o", .value = "MODEL", .kind = CLI_TEXT, .at = AT(files.model),
     .help = "the model file: the network with the best validation loss so far"},
    {.name = "--resume", .kind = CLI_FLAG, .at = AT(resume),
     .help = "go on where MODEL.state is, after Ctrl-C or a crash. Options are the run's; ones given now replace "
             "them, save those marked *"},
    {.name = "--from", .value = "MODEL", .kind = CLI_INPUT, .at = AT(files.from),
     .help = "begin with the weights of this model, to teach it other hands or train it further; a --lr of 1e-4 or "
             "so keeps what it knows. Sizes, alphabet and scale are the model's; --network prediction leaves its "
             "window out"},
    {.name = "--state", .value = "FILE", .kind = CLI_TEXT, .at = AT(files.state), .fallback = "MODEL.state",
     .help = "what is needed to go on"},
    {.name = "--log", .value = "FILE", .kind = CLI_TEXT, .at = AT(files.log), .fallback = "MODEL.log.jsonl",
     .help = "the course of the loss"},
    {.kind = CLI_HEADING, .help = "Network"},
    {.name = "--network", .value = "KIND", .kind = CLI_CHOICE, .at = OPTION(network), .choices = lh_network_choices,
     .help = "* one that foretells the pen, one that writes a text, or one that reads"},
    {.name = "--cell", .value = "KIND", .kind = CLI_CHOICE, .at = OPTION(cell), .choices = lh_cell_choices,
     .help = "* of its layers"},
    {.name = "--peepholes", .value = "WHICH", .kind = CLI_CHOICE, .at = AT(peepholes), .choices = lh_yes_choices,
     .help = "* of LSTM; no is --cell lstm_plain"},
    {.name = "--skips", .value = "WHICH", .kind = CLI_CHOICE, .at = OPTION(skips), .choices = lh_yes_choices,
     .help = "* skip connections: whether what enters feeds every layer, and every layer the output"},
    {.name = "--layers", .value = "N", .kind = CLI_INT, .at = OPTION(layers), .help = "* of cells"},
    {.name = "--cells", .value = "N", .kind = CLI_INT, .at = OPTION(cells), .help = "* in a layer"},
    {.name = "--mixtures", .value = "N", .kind = CLI_INT, .at = OPTION(mixtures), .help = "* Gaussians of the output"},
    {.name = "--windows", .value = "N", .kind = CLI_INT, .at = OPTION(windows), .help = "* Gaussians of the window"},
    {.kind = CLI_HEADING, .help = "Plan"},
    {.name = "--epochs", .value = "X", .kind = CLI_DOUBLE, .at = OPTION(epochs),
     .help = "passes over the training lines"},
    {.name = "--minutes", .value = "X", .kind = CLI_DOUBLE, .at = OPTION(minutes), .fallback = "",
     .help = "or this long; this cannot be repeated to the byte"},
    {.name = "--batch", .value = "N", .kind = CLI_INT, .at = OPTION(batch), .help = "* lines a step"},
    {.name = "--optimizer", .value = "NAME", .kind = CLI_CHOICE, .at = OPTION(optimizer),
     .choices = lh_optimizer_choices, .help = "* the second is the paper's, and sets --lr, --lr-final, --schedule, "
     "--warmup, --clip and --ema as there"},
    {.name = "--lr", .value = "X", .kind = CLI_DOUBLE, .at = OPTION(learning_rate),
     .help = "learning rate at first"},
    {.name = "--lr-final", .value = "X", .kind = CLI_DOUBLE, .at = OPTION(learning_rate_final), .help = "learning rate at last"},
    {.name = "--schedule", .value = "NAME", .kind = CLI_CHOICE, .at = OPTION(schedule), .choices = lh_schedule_choices,
     .help = "from first to last"},
    {.name = "--warmup", .value = "N", .kind = CLI_INT, .at = OPTION(warmup),
     .help = "steps in which the rate first rises (at most a tenth)"},
    {.name = "--clip", .value = "X", .kind = CLI_DOUBLE, .at = OPTION(clip),
     .help = "limit of the gradient's norm, in nats a line; 0: none"},
    {.name = "--clip-value", .value = "X", .kind = CLI_DOUBLE, .at = OPTION(clip_value),
     .help = "limit of each number of the gradient, before that of its norm; 0: none"},
    {.name = "--clip-output", .value = "X", .kind = CLI_DOUBLE, .at = OPTION(clipping.output),
     .help = "* limit of the derivative by each output, as in the paper; 0: none"},
    {.name = "--clip-cell", .value = "X", .kind = CLI_DOUBLE, .at = OPTION(clipping.cell),
     .help = "* limit of the derivative by what each cell is told, as in the paper; 0: none"},
    {.name = "--truncate", .value = "N", .kind = CLI_INT, .at = OPTION(clipping.steps),
     .help = "* truncated backpropagation: lines are cut every N steps, at which what the cells carry goes on and "
             "the gradient ends; 0: not"},
    {.name = "--ema", .value = "X", .kind = CLI_DOUBLE, .at = OPTION(ema),
     .help = "* decay of the averaged weights that are validated and kept; 0: none"},
    {.name = "--seed", .value = "N", .kind = CLI_SEED, .at = OPTION(seed), .low = 0, .high = 0x1p63,
     .help = "* of first weights and order of lines"},
    {.name = "--products", .value = "NAME", .kind = CLI_CHOICE, .at = OPTION(products), .choices = lh_products_choices,
     .help = "bfloat16 takes 0.7 to 0.8 of the time on processors with AVX512_BF16 and a third on those with AMX_BF16; "
             "arm64's with BF16 have it too; validation stays in float32"},
    {.kind = CLI_HEADING, .help = "Against learning by heart"},
    {.name = "--weight-noise", .value = "NAME", .kind = CLI_CHOICE, .at = OPTION(weight_noise),
     .choices = lh_noise_choices,
     .help = "fixed: normal noise on the weights, anew in each step; adaptive: its deviation is learned for each "
             "weight, by description length; the paper starts it on a trained network"},
    {.name = "--noise-deviation", .value = "X", .kind = CLI_DOUBLE, .at = OPTION(noise_deviation),
     .help = "of fixed noise; of adaptive noise at its start"},
    {.name = "--description-weight", .value = "X", .kind = CLI_DOUBLE, .at = OPTION(description_weight),
     .help = "of adaptive noise: how much it counts to describe the weights, in the paper 1; less is less noise"},
    {.name = "--slant", .value = "X", .kind = CLI_DOUBLE, .at = OPTION(slant),
     .help = "shear each line by a random amount of this deviation, anew in every epoch"},
    {.name = "--size", .value = "X", .kind = CLI_DOUBLE, .at = OPTION(size),
     .help = "likewise, make it larger or smaller: the deviation of the logarithm"},
    {.name = "--jitter", .value = "X", .kind = CLI_DOUBLE, .at = OPTION(jitter),
     .help = "of a network that reads: change each line in other ways as well, as much as hands vary if 1"},
    {.name = "--dropout", .value = "X", .kind = CLI_DOUBLE, .at = OPTION(dropout),
     .help = "share of what a layer tells that does not reach the layers above, drawn anew at each step"},
    {.kind = CLI_HEADING, .help = "Data"},
    {.name = "--train-splits", .value = "LIST", .kind = CLI_READ, .at = OPTION(train_splits), .read = cli_read_splits,
     .choices = cli_splits, .fallback = "trainset,testset_t,testset_f", .help = "* to train on"},
    {.name = "--valid-splits", .value = "LIST", .kind = CLI_READ, .at = OPTION(valid_splits), .read = cli_read_splits,
     .choices = cli_splits, .fallback = "testset_v", .help = "* to validate on"},
    {.name = "--max-train-lines", .value = "N", .kind = CLI_INT, .at = OPTION(max_train_lines),
     .help = "* train on this many lines, evenly spread; 0: all"},
    {.name = "--max-valid-lines", .value = "N", .kind = CLI_INT, .at = OPTION(max_valid_lines),
     .help = "* validate on this many; 0: all"},
    {.name = "--rare-weight", .value = "N", .kind = CLI_INT, .at = OPTION(rare_weight),
     .help = "* lines with rare characters (Q, X, Z, #) are used up to N times an epoch, so that one line in a "
             "hundred has each"},
    {.name = "--max-offset", .value = "X", .kind = CLI_DOUBLE, .at = OPTION(max_offset),
     .help = "* offsets are clipped to +-X whiteboard units; 0: not"},
    {.kind = CLI_HEADING, .help = "Validation"},
    {.name = "--validate-every", .value = "X", .kind = CLI_DOUBLE, .at = OPTION(validate_every),
     .help = "epochs between validations"},
    {.name = "--patience", .value = "N", .kind = CLI_INT, .at = OPTION(patience),
     .help = "stop after N validations without gain; 0: never"},
    {.kind = CLI_HEADING, .help = "Running"},
    {.name = "--threads", .value = "N", .kind = CLI_INT, .at = OPTION(threads), .fallback = "all cores",
     .help = "how many to use; another number rounds differently"},
    {.name = "--save-minutes", .value = "X", .kind = CLI_DOUBLE, .at = OPTION(save_minutes),
     .help = "minutes between saves of the state"},
    {.name = "--log-every", .value = "N", .kind = CLI_INT, .at = OPTION(log_every), .help = "steps a row of the log"},
    {.name = "--precision", .value = "NAME", .kind = CLI_CHOICE, .at = OPTION(precision),
     .choices = lh_precision_choices, .help = "of the weights in MODEL"},
    {.name = "--license-note", .value = "TEXT", .kind = CLI_TEXT, .at = OPTION(license),
     .fallback = "IAM-OnDB's, if trained on it", .help = "kept in MODEL"},
    {.kind = CLI_END},
};
/* clang-format on */

static void print_after(void)
{
    puts("mpirun -n N longhand train ... shares each batch among N processes, on one machine or\n"
         "several, where Longhand was built with -Dmpi=enabled.");
}

const cli_table cli_train_table = {
    "train", "--corpus CORPUS -o MODEL [OPTION...]",
    "Trains a network on a corpus made by `longhand prepare`. MODEL is the network\n"
    "with the best validation loss so far; MODEL.state holds what is needed to go on,\n"
    "MODEL.log.jsonl the course of the loss. Ctrl-C finishes the step and saves; so\n"
    "do SIGTERM and SIGUSR1.\n",
    rows, print_after};

/* Training knows what its options may be. */
static void fill_ranges(void)
{
    for (cli_option *row = rows; row->kind != CLI_END; row++)
        if (row->kind == CLI_INT || row->kind == CLI_DOUBLE)
            lh_train_option_range(row->at - AT(options), &row->low, &row->high);
}

/* MODEL with `ending` behind it; the caller frees. */
static char *beside_model(const request *r, const char *ending)
{
    size_t length = strlen(r->files.model) + strlen(ending) + 1;
    char *path = malloc(length);
    if (path)
        snprintf(path, length, "%s%s", r->files.model, ending);
    return path;
}

/* The three files that a run writes are no others', and can be written. A resumed run goes on with
 * its own state and log: they are none of what it is to spare. */
static lh_status check_files(const request *r, lh_claims *claims, lh_error *error)
{
    char *state = beside_model(r, ".state"), *log = beside_model(r, ".log.jsonl");
    lh_claims_write(claims, r->files.model, "--output");
    lh_claims_write(claims, r->files.state ? r->files.state : state, "--state");
    lh_claims_write(claims, r->files.log ? r->files.log : log, "--log");
    lh_status status =
        state && log ? lh_claims_check(claims, error) : lh_fail_memory(error, "file names");
    free(state);
    free(log);
    return status;
}

/* The arguments once more, over other defaults than those they were read with: they were without
 * fault before. */
static void read_again(int argc, char **argv, request *r)
{
    cli_given given;
    cli_parse(&cli_train_table, argc, argv, r, &given);
    if (cli_was_given(&given, "--epochs") && !cli_was_given(&given, "--minutes"))
        r->options.minutes = 0; /* those of the run that is resumed */
    if (r->peepholes && r->options.cell == lh_cell_find("lstm"))
        r->options.cell = lh_cell_find("lstm_plain");
    cli_forget(&given, r);
}

/* The options of the run to resume, with what the arguments say now over them. */
static lh_status read_resumed(int argc, char **argv, request *r, lh_error *error)
{
    char *beside = beside_model(r, ".state");
    if (!beside)
        return lh_fail_memory(error, "a file name");
    lh_status status =
        lh_train_options_load(r->files.state ? r->files.state : beside, &r->options, error);
    free(beside);
    if (status == LH_OK)
        read_again(argc, argv, r);
    return status;
}

/* ---- progress ---- */

typedef struct progress {
    bool terminal, open_row; /* a row on the terminal is being rewritten */
    double begun, begun_fraction;
    double shown;
} progress;

enum { ROW_SECONDS = 30 };

static void print_duration(char *text, size_t size, double seconds)
{
    long minutes = lround(seconds / 60);
    if (!isfinite(seconds))
        snprintf(text, size, "?");
    else if (minutes >= 60)
        snprintf(text, size, "%ld h %02ld min", minutes / 60, minutes % 60);
    else
        snprintf(text, size, "%ld min %02ld s", (long)seconds / 60, (long)seconds % 60);
}

/* Whole rows go below the one that is being rewritten. */
static void end_row(progress *p)
{
    if (p->open_row)
        fputc('\n', stderr);
    p->open_row = false;
}

static void show_start(progress *p, const lh_train_event *e)
{
    p->begun = e->seconds;
    p->begun_fraction = e->fraction;
    fprintf(stderr,
            "%s %zu weights on %zu lines (%zu points), validating on %zu; %zu lines left out for "
            "want of a text; %d threads, %s kernels",
            e->step > 0 ? "resuming:" : "training", e->weights, e->train_lines, e->train_points,
            e->valid_lines, e->left_out, e->threads, lh_kernels_name());
    if (e->processes > 1)
        fprintf(stderr, "; %d processes", e->processes);
    fputc('\n', stderr);
    if (e->step > 0)
        fprintf(stderr, "at step %llu, epoch %.2f, after %.0f s\n", (unsigned long long)e->step,
                e->epoch, e->seconds);
}

static void show_step(progress *p, const lh_train_event *e)
{
    double now = cli_seconds();
    if (now - p->shown < (p->terminal ? 0.2 : ROW_SECONDS))
        return;
    p->shown = now;
    double done = e->fraction - p->begun_fraction;
    char left[64];
    print_duration(left, sizeof left, (e->seconds - p->begun) * (1 - e->fraction) / done);
    fprintf(stderr,
            "%sepoch %.2f  step %llu  %.1f nats/line  %.3f nats/point  %.0f points/s  %s left%s",
            p->terminal ? "\r" : "", e->epoch, (unsigned long long)e->step, e->nats_per_line,
            e->nats_per_point, e->points_per_second, left, p->terminal ? "\033[K" : "\n");
    p->open_row = p->terminal;
}

static void show_event(void *user, const lh_train_event *e)
{
    progress *p = user;
    if (e->kind == LH_TRAIN_STEP)
        show_step(p, e);
    if (e->kind == LH_TRAIN_STARTED)
        show_start(p, e);
    if (e->kind != LH_TRAIN_VALIDATED)
        return;
    end_row(p);
    fprintf(stderr,
            "epoch %.2f  step %llu  validation: %.1f nats/line (raw %.1f), %.4f nats/point, SSE "
            "%.3f%s\n",
            e->epoch, (unsigned long long)e->step, e->nats_per_line, e->nats_per_line_raw,
            e->nats_per_point, e->sse_per_point, e->is_best ? ", the best" : "");
    if (e->description > 0)
        fprintf(stderr, "    the weights take %.1f nats/line to describe\n", e->description);
}

/* ---- the command ---- */

/* Of several processes that train together one speaks; any, when it has lost the others. */
static bool speaks(const lh_ranks *ranks)
{
    return lh_ranks_rank(ranks) == 0 || lh_ranks_lost(ranks);
}

static int report_failure(const lh_ranks *ranks, const request *r, const lh_error *error)
{
    /* mpirun ends all at the first process that fails, and might before the first has spoken. */
    if (!speaks(ranks))
        return CLI_OK;
    cli_failed(error);
    if (error->status == LH_ERROR_INTERRUPTED || lh_ranks_lost(ranks))
        visible_row(stderr, "go on with: longhand train --corpus %s -o %s%s%s%s%s --resume",
                    r->corpus, r->files.model, r->files.state ? " --state " : "",
                    r->files.state ? r->files.state : "", r->files.log ? " --log " : "",
                    r->files.log ? r->files.log : "");
    return CLI_FAILED;
}

/* Training as one of the ranks, with the options read. */
static int run_training(lh_ranks *ranks, const request *r, lh_status read, lh_error *error)
{
    lh_corpus *corpus = read == LH_OK ? lh_corpus_open(r->corpus, error) : NULL;
    lh_status status = lh_ranks_agree(ranks, corpus ? LH_OK : error->status, error);
    progress p = {.terminal = cli_terminal()};
    if (status == LH_OK) {
        cli_stop_gently(speaks(ranks) ? "stopping after this step; it will be saved" : NULL);
        cli_stop_also_at(SIGUSR1); /* mpirun and batch systems hand this one on */
        lh_ranks_set_stop(ranks, cli_asked_to_stop, NULL);
        lh_train_callbacks callbacks = {show_event, cli_asked_to_stop, &p};
        status =
            lh_train_together(ranks, corpus, &r->options, &r->files, r->resume, &callbacks, error);
    }
    lh_corpus_free(corpus);
    end_row(&p);
    return status == LH_OK ? CLI_OK : report_failure(ranks, r, error);
}

static bool is_standard(const char *path)
{
    return path && lh_is_standard_output(path);
}

/* CLI_OK, or that of a message. */
static int check_usage(const request *r, const cli_given *given)
{
    static const char *const sizes[] = {"--layers", "--cells", "--mixtures", "--windows",
                                        "--cell",   "--skips", "--peepholes"};
    if (!r->corpus || !r->files.model)
        return cli_wrong_usage("train", "needs --corpus and -o");
    if (is_standard(r->files.model) || is_standard(r->files.state) || is_standard(r->files.log))
        return cli_wrong_usage("train", "writes its files anew again and again: they cannot be "
                                        "standard output");
    if (cli_was_given(given, "--epochs") && cli_was_given(given, "--minutes"))
        return cli_wrong_usage("train", "takes --epochs or --minutes, not both");
    if (r->files.from && r->resume)
        return cli_wrong_usage("train", "takes --from or --resume, not both");
    for (size_t i = 0; r->files.from && i < sizeof sizes / sizeof *sizes; i++)
        if (cli_was_given(given, sizes[i]))
            return cli_wrong_usage("train", "takes sizes of the network from --from");
    if (r->files.from && cli_was_given(given, "--network") &&
        r->options.network == LH_TRAIN_SYNTHESIS)
        return cli_wrong_usage("train", "takes the network's kind from --from, but for --network "
                                        "prediction");
    return CLI_OK;
}

/* Of several processes the first alone knows the files. */
static int join_and_run(int argc, char **argv, request *r, lh_claims *claims)
{
    lh_error error = {0};
    lh_ranks *ranks;
    lh_status status = lh_ranks_join(&ranks, &error);
    if (status != LH_OK)
        return cli_failed(&error);
    if (lh_ranks_rank(ranks) == 0)
        status = check_files(r, claims, &error);
    if (status == LH_OK && r->resume && lh_ranks_rank(ranks) == 0)
        status = read_resumed(argc, argv, r, &error);
    int code = run_training(ranks, r, status, &error);
    lh_ranks_leave(ranks);
    return code;
}

int cli_train(int argc, char **argv)
{
    request r = {.options = lh_train_options_default(LH_ADAM)};
    cli_given given;
    fill_ranges();
    int code = CLI_USAGE;
    if (cli_says(argc, argv, "--network", "text"))
        return cli_wrong_usage("train", "learns pens; a network of characters is made by: longhand "
                                        "learn text --text CORPUS --save MODEL");
    if (cli_parse(&cli_train_table, argc, argv, &r, &given))
        code = given.help ? CLI_OK : check_usage(&r, &given);
    if (code == CLI_OK && !given.help) {
        /* Network and optimiser decide the defaults of the rest. */
        r.options = lh_train_options_for(r.options.network, r.options.optimizer);
        read_again(argc, argv, &r);
        code = join_and_run(argc, argv, &r, &given.claims);
    }
    cli_forget(&given, &r);
    return code;
}
