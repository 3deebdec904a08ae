/* `longhand prepare`: recordings to the packed corpus file. */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char help[] =
    "usage: longhand prepare SOURCE... [--splits DIR] -o corpus.lhc\n\n"
    "Reads IAM-OnDB and writes the packed corpus file that training reads. A SOURCE is a folder "
    "or\n"
    "an archive (.tar.gz, .tar.xz, .zip, ...) that holds lineStrokes, ascii, or both.\n\n"
    "  -o, --output FILE    the corpus file to write\n"
    "  --splits DIR         folder with trainset.txt, testset_v.txt, testset_t.txt and\n"
    "                       testset_f.txt (default: those found in the sources)\n"
    "  --strict             stop at the first bad file instead of naming and skipping it\n"
    "  --max-bytes N, --max-files N\n"
    "                       sources that unpack to more than this are refused; 0: no limit\n"
    "                       (default: %.0f and %.0f)\n"
    "  --threads N          (default: all cores)\n"
    "  --max-step N         at a longer step inside a stroke, in whiteboard units, the pen was\n"
    "                       lifted unseen, and the stroke ends; 0: never (default: %g)\n"
    "  --max-stride N       one or two readings further than this from those around them are\n"
    "                       removed; other longer steps have missing readings in them, which are\n"
    "                       interpolated; 0: neither (default: %g)\n"
    "  --max-gap S          readings of a stroke further apart than S seconds have missing ones\n"
    "                       between them as well; 0: not (default: %g)\n"
    "  --max-pen-lift N     a longer way between strokes is shortened to this; 0 keeps all\n"
    "                       (default: %g)\n"
    "  --min-points N, --max-points N\n"
    "                       lines with fewer or more points a character are ill-transcribed and\n"
    "                       lose their text, not their ink; 0: no limit (default: %g and %g)\n";

typedef struct job {
    lh_claims claims;
    const char **sources;
    size_t count;
    const char *output;
    lh_prepare_options options;
    double started, told;
    size_t skipped;
} job;

static void print_help(void)
{
    lh_prepare_options d = lh_prepare_defaults();
    printf(help, (double)d.max_bytes, (double)d.max_files, (double)d.cleaning.max_step,
           (double)d.cleaning.max_stride, (double)d.cleaning.max_gap,
           (double)d.cleaning.max_pen_lift, (double)d.min_points_per_character,
           (double)d.max_points_per_character);
}

static void tell_progress(void *user, size_t files, uint64_t bytes)
{
    job *j = user;
    double now = cli_seconds();
    bool terminal = cli_terminal();
    if (now - j->told < (terminal ? 0.1 : 2))
        return;
    j->told = now;
    double megabytes = (double)bytes / 1e6;
    fprintf(stderr, "%s%zu lines, %.0f MB, %.0f MB/s%s", terminal ? "\r" : "", files, megabytes,
            megabytes / (now - j->started), terminal ? "\x1b[K" : "\n");
}

static void tell_skip(void *user, const char *reason)
{
    job *j = user;
    j->skipped++;
    cli_clear_row();
    cli_tell("skipped: %s", reason);
}

/* Says what the corpus holds, and what training will miss in it. */
static int tell_corpus(const char *path)
{
    lh_error error;
    size_t texts = 0, train = 0, split[LH_SPLIT_COUNT] = {0};
    lh_corpus *corpus = lh_corpus_open(path, &error);
    if (!corpus)
        return cli_failed(&error);
    size_t count = lh_corpus_count(corpus);
    for (size_t i = 0; i < count; i++) {
        lh_corpus_line line = lh_corpus_get(corpus, i);
        texts += line.text != NULL;
        train += LH_SPLITS_PAPER_TRAINING >> line.split & 1;
        split[line.split]++;
    }
    lh_corpus_free(corpus);
    size_t valid = split[LH_SPLIT_V];
    visible_row(stdout,
                "%s: %zu lines, %zu with their text; %zu to train on, %zu to validate, %zu in no "
                "list",
                path, count, texts, train, valid, split[LH_SPLIT_NONE]);
    if (texts == 0)
        fputs("longhand: no transcription (ascii/*.txt) fits a line: a synthesis network needs "
              "them\n",
              stderr);
    if (train == 0 || valid == 0)
        fprintf(stderr,
                "longhand: no line is in a list of lines to %s: --splits names the folder of "
                "trainset.txt, testset_v.txt, ...\n",
                train > 0   ? "validate"
                : valid > 0 ? "train on"
                            : "train on or validate");
    return CLI_OK;
}

static int run(job *j)
{
    lh_error error;
    j->started = j->told = cli_seconds();
    j->options.user = j;
    j->options.progress = tell_progress;
    j->options.skip = tell_skip;
    lh_status status = lh_claims_check(&j->claims, &error);
    if (status == LH_OK)
        status = lh_corpus_prepare(j->sources, j->count, &j->options, j->output, &error);
    cli_clear_row();
    if (status != LH_OK)
        return cli_failed(&error);
    if (j->skipped > 0)
        fprintf(stderr, "longhand: %zu %s skipped\n", j->skipped,
                j->skipped == 1 ? "file" : "files");
    return strcmp(j->output, "-") == 0 ? CLI_OK : tell_corpus(j->output);
}

static void read_option(job *j, cli_arguments *a)
{
    lh_prepare_options *o = &j->options;
    if (!a->option)
        j->sources[j->count++] = cli_input(a, &j->claims);
    else if (cli_is(a, "--output", "-o"))
        j->output = cli_output(a, &j->claims);
    else if (cli_is(a, "--splits", NULL))
        o->splits = cli_input(a, &j->claims);
    else if (cli_is(a, "--strict", NULL))
        o->strict = true;
    else if (cli_is(a, "--max-bytes", NULL))
        o->max_bytes = (uint64_t)cli_integer(a, 0, INT64_MAX);
    else if (cli_is(a, "--max-files", NULL))
        o->max_files = (uint64_t)cli_integer(a, 0, INT64_MAX);
    else if (cli_is(a, "--threads", NULL))
        o->threads = (int)cli_integer(a, 1, 1024);
    else if (cli_is(a, "--max-step", NULL))
        o->cleaning.max_step = (float)cli_number(a, 0, 1e6);
    else if (cli_is(a, "--max-stride", NULL))
        o->cleaning.max_stride = (float)cli_number(a, 0, 1e6);
    else if (cli_is(a, "--max-gap", NULL))
        o->cleaning.max_gap = (float)cli_number(a, 0, 1e6);
    else if (cli_is(a, "--max-pen-lift", NULL))
        o->cleaning.max_pen_lift = (float)cli_number(a, 0, 1e6);
    else if (cli_is(a, "--min-points", NULL))
        o->min_points_per_character = (float)cli_number(a, 0, 1e6);
    else if (cli_is(a, "--max-points", NULL))
        o->max_points_per_character = (float)cli_number(a, 0, 1e6);
    else
        cli_unknown(a);
}

int cli_prepare(int argc, char **argv)
{
    job j = {.options = lh_prepare_defaults()};
    j.sources = calloc((size_t)argc, sizeof *j.sources);
    if (!j.sources)
        return CLI_FAILED;
    bool helped = false;
    cli_arguments a = cli_start(argc, argv);
    while (!helped && cli_next(&a)) {
        helped = cli_is(&a, "--help", "-h");
        if (!helped)
            read_option(&j, &a);
    }
    int code = CLI_USAGE;
    if (helped) {
        print_help();
        code = CLI_OK;
    } else if (!a.failed && j.count == 0) {
        cli_wrong_usage(a.command, "which folder or archive?");
    } else if (!a.failed && !j.output) {
        cli_wrong_usage(a.command, "-o, the file to write, is missing");
    } else if (!a.failed) {
        code = run(&j);
    }
    cli_end(&a);
    lh_claims_free(&j.claims);
    free(j.sources);
    return code;
}
