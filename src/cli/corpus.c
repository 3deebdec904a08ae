/* `longhand corpus`: what a packed corpus holds, a line of it as a picture, all of it as files. */
#include "cli.h"

#include "corpus_export.h"
#include "corpus_summary.h"

#include <string.h>

static const char help[] =
    "usage: longhand corpus CORPUS.lhc [--json]\n"
    "       longhand corpus CORPUS.lhc --line NAME [-o FILE]\n"
    "       longhand corpus CORPUS.lhc --export DIR\n\n"
    "Tells what a corpus made by `longhand prepare` holds: lines, points, characters, lengths, "
    "and\n"
    "what was skipped or changed when it was prepared.\n\n"
    "  --json             the same as JSON\n"
    "  --line NAME        tells about one line (a01-000u-01), and its text\n"
    "  -o, --output FILE  with --line: writes it as SVG, or as IAM-OnDB XML when FILE ends in "
    ".xml\n"
    "  --export DIR       writes all lines as IAM-OnDB XML with their texts and the split lists\n";

typedef struct request {
    lh_claims claims;
    const char *corpus, *line, *output, *folder;
    bool json, help;
} request;

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
    bool piped = r->output && strcmp(r->output, "-") == 0;
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

static int run(request *r)
{
    lh_error error;
    if (r->folder)
        export_claim(&r->claims, r->folder, "--export");
    bool fits = lh_claims_check(&r->claims, &error) == LH_OK;
    lh_corpus *corpus = fits ? lh_corpus_open(r->corpus, &error) : NULL;
    if (!corpus)
        return cli_failed(&error);
    lh_status status = r->line     ? tell_line(corpus, r, &error)
                       : r->folder ? export_all(corpus, r->folder, &error)
                                   : tell_summary(corpus, r->json, &error);
    lh_corpus_free(corpus);
    return status == LH_OK ? CLI_OK : cli_failed(&error);
}

static void read_option(request *r, cli_arguments *a)
{
    if (cli_is(a, "--help", "-h"))
        r->help = true;
    else if (cli_is(a, "--json", NULL))
        r->json = true;
    else if (cli_is(a, "--line", NULL))
        r->line = cli_string(a);
    else if (cli_is(a, "--output", "-o"))
        r->output = cli_picture(a, "xml", &r->claims);
    else if (cli_is(a, "--export", NULL))
        r->folder = cli_string(a);
    else if (!a->option && !r->corpus)
        r->corpus = cli_input(a, &r->claims);
    else
        cli_unknown(a);
}

int cli_corpus(int argc, char **argv)
{
    request r = {0};
    cli_arguments a = cli_start(argc, argv);
    while (!r.help && cli_next(&a))
        read_option(&r, &a);
    int code = CLI_USAGE;
    if (r.help) {
        fputs(help, stdout);
        code = CLI_OK;
    } else if (!a.failed && !r.corpus) {
        cli_wrong_usage(a.command, "which corpus?");
    } else if (!a.failed && r.output && !r.line) {
        cli_wrong_usage(a.command, "-o is for --line");
    } else if (!a.failed && r.folder && strcmp(r.folder, "-") == 0) {
        cli_wrong_usage(a.command, "--export makes a folder, and - is none");
    } else if (!a.failed && (r.line != NULL) + (r.folder != NULL) + r.json > 1) {
        cli_wrong_usage(a.command, "only one of --json, --line and --export");
    } else if (!a.failed) {
        code = run(&r);
    }
    lh_claims_free(&r.claims);
    cli_end(&a);
    return code;
}
