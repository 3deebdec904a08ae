/* `longhand train`: options to lh_train, progress on standard error, and a polite end on Ctrl-C. */
#include "cli.h"

#include <math.h>
#include <signal.h> /* SIGUSR1 */
#include <stdlib.h>
#include <string.h>

static const char help[] =
    "usage: longhand train --corpus CORPUS -o MODEL [OPTION...]\n\n"
    "Trains a network on a corpus made by `longhand prepare`. MODEL is the network with the best\n"
    "validation loss so far; MODEL.state holds what is needed to go on, MODEL.log.jsonl the "
    "course\n"
    "of the loss. Ctrl-C finishes the step and saves; so do SIGTERM and SIGUSR1.\n\n"
    "  --corpus FILE           the packed corpus\n"
    "  -o, --output MODEL      the model file\n"
    "  --resume                go on where MODEL.state is, after Ctrl-C or a crash. Options are\n"
    "                          the run's; ones given now replace them, save those marked *\n"
    "  --from MODEL            begin with the weights of this model, to teach it other hands\n"
    "                          or train it further; a --lr of 1e-4 or so keeps what it knows.\n"
    "                          Sizes, alphabet and scale are the model's; --network\n"
    "                          prediction leaves its window out\n"
    "  --state FILE, --log FILE  in place of MODEL.state and MODEL.log.jsonl\n\n"
    "network:\n"
    "  --network KIND        * synthesis (writes a text; default) or prediction\n"
    "  --layers N --cells N --mixtures N --windows N\n"
    "                        * sizes; default 3, 400, 20, 10\n"
    "plan:\n"
    "  --epochs X              passes over the training lines; default 30\n"
    "  --minutes X             or this long; this cannot be repeated to the byte\n"
    "  --batch N             * lines a step; default 32\n"
    "  --optimizer NAME      * adam (default) or rmsprop-graves, the paper's\n"
    "  --lr X, --lr-final X    learning rate, first and last; default 1e-3 and 1e-5\n"
    "                          (rmsprop-graves: 1e-4 throughout)\n"
    "  --schedule NAME         constant, linear or cosine (default) from first to last\n"
    "  --warmup N              steps in which the rate first rises (at most a tenth); default 100\n"
    "  --clip X                limit of the gradient's norm, in nats a line; 0: none; default 300\n"
    "  --ema X               * decay of the averaged weights that are validated and kept; 0: "
    "none;\n"
    "                          default 0.998\n"
    "  --seed N              * of first weights and order of lines; default 1\n"
    "  --products NAME         float32 (default), or bfloat16: 0.7 to 0.8 of the time on\n"
    "                          processors with AVX512_BF16; validation stays in float32\n"
    "against learning by heart:\n"
    "  --weight-noise NAME     none (default); fixed: normal noise on the weights, anew in each\n"
    "                          step; adaptive: its deviation is learned for each weight, by\n"
    "                          description length; the paper starts it on a trained network\n"
    "  --noise-deviation X     of fixed noise; of adaptive noise at its start; default 0.075\n"
    "  --description-weight X  of adaptive noise: how much it counts to describe the weights;\n"
    "                          less is less noise; default 1, the paper's\n"
    "  --slant X, --size X     shear and enlarge each line by random amounts of this deviation,\n"
    "                          anew in every epoch; size is a logarithm; default 0\n"
    "data:\n"
    "  --train-splits LIST   * default trainset,testset_t,testset_f\n"
    "  --valid-splits LIST   * default testset_v\n"
    "  --max-train-lines N, --max-valid-lines N\n"
    "                        * use this many, evenly spread\n"
    "  --rare-weight N       * lines with rare characters (Q, X, Z, #) are used up to N times an\n"
    "                          epoch, so that one line in a hundred has each; default 1\n"
    "  --max-offset X        * offsets are clipped to +-X whiteboard units; default 500; 0: none\n"
    "validation:\n"
    "  --validate-every X      epochs between validations; default 1\n"
    "  --patience N            stop after N validations without gain; default 0: never\n"
    "running:\n"
    "  --threads N             default: all cores. Another number rounds differently\n"
    "  mpirun -n N longhand train ... shares each batch among N processes, on one machine or\n"
    "                          several, where Longhand was built with -Dmpi=enabled\n"
    "  --save-minutes X        minutes between saves of the state; default 5\n"
    "  --log-every N           steps a row of the log; default 10\n"
    "  --precision NAME        float32 (default) or float16 weights in MODEL\n"
    "  --license-note TEXT     kept in MODEL; IAM-OnDB's, if trained on it\n";

/* ---- options ---- */

typedef struct request {
    lh_claims claims;
    const char *corpus;
    lh_train_files files;
    bool resume, help;
    bool sized; /* a size of the network was given */
    bool kind;  /* its kind was */
    lh_train_options options;
} request;

static bool kind_option(cli_arguments *a, lh_train_options *o)
{
    if (!cli_is(a, "--network", NULL))
        return false;
    o->network = (lh_network_kind)cli_choice(a, lh_network_choices);
    return true;
}

static bool size_option(cli_arguments *a, lh_train_options *o)
{
    if (cli_is(a, "--layers", NULL))
        o->layers = (int)cli_integer(a, 1, LH_LAYERS_MAX);
    else if (cli_is(a, "--cells", NULL))
        o->cells = (int)cli_integer(a, 1, 65536);
    else if (cli_is(a, "--mixtures", NULL))
        o->mixtures = (int)cli_integer(a, 1, LH_MIXTURES_MAX);
    else if (cli_is(a, "--windows", NULL))
        o->windows = (int)cli_integer(a, 1, 65536);
    else
        return false;
    return true;
}

static bool plan_option(cli_arguments *a, lh_train_options *o)
{
    if (cli_is(a, "--epochs", NULL)) {
        o->epochs = cli_number(a, 0, 1e9);
        o->minutes = 0;
    } else if (cli_is(a, "--minutes", NULL))
        o->minutes = cli_number(a, 0, 1e9);
    else if (cli_is(a, "--batch", NULL))
        o->batch = (int)cli_integer(a, 1, 65536);
    else if (cli_is(a, "--optimizer", NULL))
        cli_string(a); /* its defaults come first: see optimizer_asked */
    else if (cli_is(a, "--lr", NULL))
        o->learning_rate = cli_number(a, 0, 1e3);
    else if (cli_is(a, "--lr-final", NULL))
        o->learning_rate_final = cli_number(a, 0, 1e3);
    else if (cli_is(a, "--schedule", NULL))
        o->schedule = (lh_schedule)cli_choice(a, lh_schedule_choices);
    else if (cli_is(a, "--warmup", NULL))
        o->warmup = (int)cli_integer(a, 0, 1000000000);
    else if (cli_is(a, "--products", NULL))
        o->products = (lh_products)cli_choice(a, lh_products_choices);
    else if (cli_is(a, "--clip", NULL))
        o->clip = cli_number(a, 0, 1e30);
    else if (cli_is(a, "--ema", NULL))
        o->ema = cli_number(a, 0, 1);
    else if (cli_is(a, "--seed", NULL))
        o->seed = (uint64_t)cli_integer(a, 0, INT64_MAX);
    else if (cli_is(a, "--validate-every", NULL))
        o->validate_every = cli_number(a, 1e-6, 1e9);
    else if (cli_is(a, "--patience", NULL))
        o->patience = (int)cli_integer(a, 0, 1000000000);
    else
        return false;
    return true;
}

static bool regularisation_option(cli_arguments *a, lh_train_options *o)
{
    if (cli_is(a, "--weight-noise", NULL))
        o->weight_noise = (lh_noise_kind)cli_choice(a, lh_noise_choices);
    else if (cli_is(a, "--noise-deviation", NULL))
        o->noise_deviation = cli_number(a, 1e-6, 10);
    else if (cli_is(a, "--description-weight", NULL))
        o->description_weight = cli_number(a, 1e-6, 1e6);
    else if (cli_is(a, "--slant", NULL))
        o->slant = cli_number(a, 0, 1);
    else if (cli_is(a, "--size", NULL))
        o->size = cli_number(a, 0, 1);
    else
        return false;
    return true;
}

static bool data_option(cli_arguments *a, lh_train_options *o)
{
    if (cli_is(a, "--train-splits", NULL))
        o->train_splits = cli_splits(a);
    else if (cli_is(a, "--valid-splits", NULL))
        o->valid_splits = cli_splits(a);
    else if (cli_is(a, "--max-train-lines", NULL))
        o->max_train_lines = (int)cli_integer(a, 0, 1000000000);
    else if (cli_is(a, "--max-valid-lines", NULL))
        o->max_valid_lines = (int)cli_integer(a, 0, 1000000000);
    else if (cli_is(a, "--rare-weight", NULL))
        o->rare_weight = (int)cli_integer(a, 1, 1000);
    else if (cli_is(a, "--max-offset", NULL))
        o->max_offset = cli_number(a, 0, 1e9);
    else
        return false;
    return true;
}

static bool running_option(cli_arguments *a, lh_train_options *o)
{
    if (cli_is(a, "--threads", NULL))
        o->threads = (int)cli_integer(a, 0, 4096);
    else if (cli_is(a, "--save-minutes", NULL))
        o->save_minutes = cli_number(a, 0, 1e9);
    else if (cli_is(a, "--log-every", NULL))
        o->log_every = (int)cli_integer(a, 1, 1000000000);
    else if (cli_is(a, "--precision", NULL))
        o->precision = (lh_precision)cli_choice(a, lh_precision_choices);
    else if (cli_is(a, "--license-note", NULL))
        o->license = cli_string(a);
    else
        return false;
    return true;
}

static bool file_option(cli_arguments *a, request *r)
{
    if (cli_is(a, "--corpus", NULL))
        r->corpus = cli_input(a, &r->claims);
    else if (cli_is(a, "--output", "-o"))
        r->files.model = cli_string(a);
    else if (cli_is(a, "--state", NULL))
        r->files.state = cli_string(a);
    else if (cli_is(a, "--log", NULL))
        r->files.log = cli_string(a);
    else if (cli_is(a, "--from", NULL))
        r->files.from = cli_input(a, &r->claims);
    else if (cli_is(a, "--resume", NULL))
        r->resume = true;
    else if (cli_is(a, "--help", "-h"))
        r->help = true;
    else
        return false;
    return true;
}

/* Reads all arguments over what `request` has. False when a message was printed. */
static bool read_arguments(int argc, char **argv, request *r)
{
    cli_arguments a = cli_start(argc, argv);
    while (cli_next(&a)) {
        lh_train_options *o = &r->options;
        if (size_option(&a, o))
            r->sized = true;
        else if (kind_option(&a, o))
            r->kind = true;
        else if (!file_option(&a, r) && !plan_option(&a, o) && !regularisation_option(&a, o) &&
                 !data_option(&a, o) && !running_option(&a, o))
            cli_unknown(&a);
    }
    cli_end(&a);
    return !a.failed;
}

/* The optimiser asked for, which decides the defaults of the rest; -1 when none is. */
static bool optimizer_asked(int argc, char **argv, int *asked)
{
    cli_arguments a = cli_start(argc, argv);
    while (cli_next(&a))
        if (cli_is(&a, "--optimizer", NULL))
            *asked = cli_choice(&a, lh_optimizer_choices);
    cli_end(&a);
    return !a.failed;
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
static lh_status check_files(request *r, lh_error *error)
{
    char *state = beside_model(r, ".state"), *log = beside_model(r, ".log.jsonl");
    lh_claims_write(&r->claims, r->files.model, "--output");
    lh_claims_write(&r->claims, r->files.state ? r->files.state : state, "--state");
    lh_claims_write(&r->claims, r->files.log ? r->files.log : log, "--log");
    lh_status status =
        state && log ? lh_claims_check(&r->claims, error) : lh_fail_memory(error, "file names");
    free(state);
    free(log);
    return status;
}

/* The options of the run to resume, with what the arguments say now over them. */
static lh_status read_resumed(int argc, char **argv, int asked, request *r, lh_error *error)
{
    char *beside = beside_model(r, ".state");
    if (!beside)
        return lh_fail_memory(error, "a file name");
    lh_status status =
        lh_train_options_load(r->files.state ? r->files.state : beside, &r->options, error);
    free(beside);
    if (status != LH_OK)
        return status;
    if (asked >= 0)
        r->options.optimizer = (lh_optimizer_kind)asked;
    read_arguments(argc, argv, r); /* which were without fault before */
    return LH_OK;
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
    return path && strcmp(path, "-") == 0;
}

/* CLI_OK, or that of a message. */
static int check_usage(const char *command, const request *r)
{
    if (!r->corpus || !r->files.model)
        return cli_wrong_usage(command, "needs --corpus and -o");
    if (is_standard(r->files.model) || is_standard(r->files.state) || is_standard(r->files.log))
        return cli_wrong_usage(command, "writes its files anew again and again: they cannot be "
                                        "standard output");
    if (r->files.from && r->resume)
        return cli_wrong_usage(command, "takes --from or --resume, not both");
    if (r->files.from && (r->sized || (r->kind && r->options.network == LH_SYNTHESIS)))
        return cli_wrong_usage(command, r->sized ? "takes sizes of the network from --from"
                                                 : "takes the network's kind from --from, but for "
                                                   "--network prediction");
    return CLI_OK;
}

/* Of several processes the first alone knows the files. */
static int join_and_run(int argc, char **argv, int asked, request *r)
{
    lh_error error = {0};
    lh_ranks *ranks;
    lh_status status = lh_ranks_join(&ranks, &error);
    if (status != LH_OK)
        return cli_failed(&error);
    if (lh_ranks_rank(ranks) == 0)
        status = check_files(r, &error);
    if (status == LH_OK && r->resume && lh_ranks_rank(ranks) == 0)
        status = read_resumed(argc, argv, asked, r, &error);
    int code = run_training(ranks, r, status, &error);
    lh_ranks_leave(ranks);
    return code;
}

int cli_train(int argc, char **argv)
{
    int asked = -1;
    if (!optimizer_asked(argc, argv, &asked))
        return CLI_USAGE;
    request r = {.options = lh_train_options_default(asked < 0 ? LH_ADAM : asked)};
    int code = CLI_USAGE;
    if (read_arguments(argc, argv, &r)) {
        if (r.help)
            fputs(help, stdout);
        code = r.help ? CLI_OK : check_usage(argv[0], &r);
        if (!r.help && code == CLI_OK)
            code = join_and_run(argc, argv, asked, &r);
    }
    lh_claims_free(&r.claims);
    return code;
}
