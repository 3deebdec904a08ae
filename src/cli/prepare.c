/* `longhand prepare`: recordings to the packed corpus file. */
#include "cli.h"
#include "options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct job {
    cli_texts sources;
    const char *output;
    lh_prepare_options options;
    double started, told;
    size_t skipped;
} job;

#define AT(member) offsetof(job, member)
#define CLEANING(member) offsetof(job, options.cleaning.member)

/* clang-format off */
static const cli_option rows[] = {
    {.value = "SOURCE", .kind = CLI_INPUTS, .at = AT(sources),
     .help = "a folder or an archive (.tar.gz, .tar.xz, .zip, ...) that holds lineStrokes, ascii, or both"},
    {.name = "--output", .brief = "-o", .value = "FILE", .kind = CLI_OUTPUT, .at = AT(output),
     .help = "the corpus file to write"},
    {.name = "--splits", .value = "DIR", .kind = CLI_INPUT, .at = AT(options.splits),
     .fallback = "those found in the sources",
     .help = "folder with trainset.txt, testset_v.txt, testset_t.txt and testset_f.txt"},
    {.name = "--strict", .kind = CLI_FLAG, .at = AT(options.strict),
     .help = "stop at the first bad file instead of naming and skipping it"},
    {.name = "--max-bytes", .value = "N", .kind = CLI_SEED, .at = AT(options.max_bytes), .low = 0, .high = 0x1p63,
     .help = "sources that unpack to more than this are refused; 0: no limit"},
    {.name = "--max-files", .value = "N", .kind = CLI_SEED, .at = AT(options.max_files), .low = 0, .high = 0x1p63,
     .help = "likewise, those that hold more files"},
    {.name = "--threads", .value = "N", .kind = CLI_INT, .at = AT(options.threads), .low = 1, .high = 1024,
     .fallback = "all cores", .help = "how many to use"},
    {.name = "--max-step", .value = "N", .kind = CLI_FLOAT, .at = CLEANING(max_step), .low = 0, .high = 1e6,
     .help = "at a longer step inside a stroke, in whiteboard units, the pen was lifted unseen, and the stroke "
             "ends; 0: never"},
    {.name = "--max-stride", .value = "N", .kind = CLI_FLOAT, .at = CLEANING(max_stride), .low = 0, .high = 1e6,
     .help = "one or two readings further than this from those around them are removed; other longer steps have "
             "missing readings in them, which are interpolated; 0: neither"},
    {.name = "--max-gap", .value = "S", .kind = CLI_FLOAT, .at = CLEANING(max_gap), .low = 0, .high = 1e6,
     .help = "readings of a stroke further apart than S seconds have missing ones between them as well; 0: not"},
    {.name = "--max-pen-lift", .value = "N", .kind = CLI_FLOAT, .at = CLEANING(max_pen_lift), .low = 0, .high = 1e6,
     .help = "a longer way between strokes is shortened to this; 0 keeps all"},
    {.name = "--min-points", .value = "N", .kind = CLI_FLOAT, .at = AT(options.min_points_per_character), .low = 0,
     .high = 1e6,
     .help = "lines with fewer points a character are ill-transcribed and lose their text, not their ink; 0: no "
             "limit"},
    {.name = "--max-points", .value = "N", .kind = CLI_FLOAT, .at = AT(options.max_points_per_character), .low = 0,
     .high = 1e6, .help = "likewise, those with more"},
    {.kind = CLI_END},
};
/* clang-format on */

const cli_table cli_prepare_table = {
    "prepare", "SOURCE... [--splits DIR] -o corpus.lhc",
    "Reads IAM-OnDB and writes the packed corpus file that training reads.\n", rows, NULL};

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
                "trainset.txt, testset_v.txt, ...%s\n",
                train > 0   ? "validate"
                : valid > 0 ? "train on"
                            : "train on or validate",
                train > 0
                    ? "; to have some, move rows of trainset.txt (each is a line or a form) to "
                      "testset_v.txt there"
                    : "");
    return CLI_OK;
}

static int run(void *job_of, cli_given *given)
{
    job *j = job_of;
    lh_error error;
    if (j->sources.count == 0)
        return cli_wrong_usage("prepare", "which folder or archive?");
    if (!j->output)
        return cli_wrong_usage("prepare", "-o, the file to write, is missing");
    j->started = j->told = cli_seconds();
    j->options.user = j;
    j->options.progress = tell_progress;
    j->options.skip = tell_skip;
    lh_status status = lh_claims_check(&given->claims, &error);
    if (status == LH_OK)
        status =
            lh_corpus_prepare(j->sources.text, j->sources.count, &j->options, j->output, &error);
    cli_clear_row();
    if (status != LH_OK)
        return cli_failed(&error);
    if (j->skipped > 0)
        fprintf(stderr, "longhand: %zu %s skipped\n", j->skipped,
                j->skipped == 1 ? "file" : "files");
    return lh_is_standard_output(j->output) ? CLI_OK : tell_corpus(j->output);
}

int cli_prepare(int argc, char **argv)
{
    job j = {.options = lh_prepare_defaults()};
    return cli_obey(&cli_prepare_table, argc, argv, &j, run);
}
