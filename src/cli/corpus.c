/* `longhand corpus`: what a packed corpus holds, a line of it as a picture, all of it as files. */
#include "cli.h"

#include "corpus_export.h"
#include "corpus_summary.h"
#include "options.h"

#include <string.h>

typedef struct request {
    const char *corpus, *line, *output, *folder;
    bool json;
} request;

enum { A_LINE = 1 }; /* what an option may need */

#define AT(member) offsetof(request, member)

/* clang-format off */
static const cli_option rows[] = {
    {.value = "CORPUS", .kind = CLI_INPUT, .at = AT(corpus), .help = "a corpus file that longhand prepare made"},
    {.name = "--json", .kind = CLI_FLAG, .at = AT(json), .help = "tells the same as JSON"},
    {.name = "--line", .value = "NAME", .kind = CLI_TEXT, .at = AT(line),
     .help = "tells about one line (a01-000u-01), and its text"},
    {.name = "--output", .brief = "-o", .value = "FILE", .kind = CLI_OUTPUT, .at = AT(output), .needs = A_LINE,
     .endings = "svg xml",
     .help = "with --line: writes it as SVG, or as IAM-OnDB XML when FILE ends in .xml; - is standard output"},
    {.name = "--export", .value = "DIR", .kind = CLI_TEXT, .at = AT(folder),
     .help = "writes all lines as IAM-OnDB XML with their texts and the split lists"},
    {.kind = CLI_END},
};
/* clang-format on */

const cli_table cli_corpus_table = {
    "corpus", "CORPUS.lhc [--json | --line NAME [-o FILE] | --export DIR]",
    "Tells what a corpus made by `longhand prepare` holds: lines, points, characters,\n"
    "lengths, and what was skipped or changed when it was prepared.\n",
    rows, NULL};

static void tell(const lh_corpus_line *line)
{
    visible_row(stdout, "%s, %s, %zu points, %.1f s%s%s", line->name, lh_split_name(line->split),
                line->count, (double)line->points[line->count - 1].time,
                *line->writer ? ", writer " : "", line->writer);
    visible_row(stdout, "%s", line->text ? line->text : "(no text)");
}

static lh_status tell_line(const lh_corpus *corpus, const request *r, lh_error *error)
{
    size_t index = lh_corpus_find(corpus, r->line);
    if (index == SIZE_MAX)
        return lh_fail(error, LH_ERROR_ARGUMENT, "%s: holds no line '%s'", r->corpus, r->line);
    lh_corpus_line line = lh_corpus_get(corpus, index);
    lh_status status = r->output ? export_line(&line, r->output, error) : LH_OK;
    bool piped = r->output && lh_is_standard_output(r->output);
    if (status == LH_OK && !piped)
        tell(&line);
    return status;
}

static lh_status tell_summary(const lh_corpus *corpus, bool json, lh_error *error)
{
    summary s;
    lh_status status = summary_make(corpus, &s, error);
    if (status == LH_OK && json)
        status = summary_print_json(corpus, &s, stdout, error);
    else if (status == LH_OK)
        summary_print(corpus, &s, stdout);
    return status;
}

static const char *who_shows(unsigned needs)
{
    (void)needs;
    return "--line";
}

/* Says what does not fit together; false then. */
static bool usage_fits(const request *r, const cli_given *given)
{
    if (!r->corpus)
        cli_wrong_usage("corpus", "which corpus?");
    else if (r->folder && lh_is_standard_output(r->folder))
        cli_wrong_usage("corpus", "--export makes a folder, and - is none");
    else if ((r->line != NULL) + (r->folder != NULL) + r->json > 1)
        cli_wrong_usage("corpus", "only one of --json, --line and --export");
    else
        return cli_all_apply(given, r->line ? A_LINE : 0, "a whole corpus", who_shows);
    return false;
}

static int run(void *job, cli_given *given)
{
    request *r = job;
    lh_error error;
    if (!usage_fits(r, given))
        return CLI_USAGE;
    if (r->folder)
        export_claim(&given->claims, r->folder, "--export");
    bool fits = lh_claims_check(&given->claims, &error) == LH_OK;
    lh_corpus *corpus = fits ? lh_corpus_open(r->corpus, &error) : NULL;
    if (!corpus)
        return cli_failed(&error);
    lh_status status = r->line     ? tell_line(corpus, r, &error)
                       : r->folder ? export_all(corpus, r->folder, &error)
                                   : tell_summary(corpus, r->json, &error);
    lh_corpus_free(corpus);
    return status == LH_OK ? CLI_OK : cli_failed(&error);
}

int cli_corpus(int argc, char **argv)
{
    request r = {0};
    return cli_obey(&cli_corpus_table, argc, argv, &r, run);
}
