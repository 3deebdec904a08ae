/* `longhand read`: ink to text. */
#include "cli.h"
#include "json.h"
#include "language.h"
#include "names.h"
#include "options.h"
#include "writing.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct job {
    cli_texts files;
    const char *model, *corpus, *language_path;
    unsigned splits;
    lh_read_options options;
    bool json;
    lh_reader *reader;
    lh_language *language;
    size_t lines; /* told so far */
} job;

enum { A_CORPUS = 1, A_LANGUAGE = 2 }; /* what an option may need */

#define AT(member) offsetof(job, member)

/* clang-format off */
static const cli_option rows[] = {
    {.value = "FILE", .kind = CLI_INPUTS, .at = AT(files), .help = "writing as SVG of strokes, InkML, Xournal++, JSON lines, or IAM-OnDB has it (.xml); - is standard input"},
    {.name = "--model", .value = "FILE", .kind = CLI_INPUT, .at = AT(model), .fallback = "the one that is installed",
     .help = "a network that reads"},
    {.name = "--corpus", .value = "FILE", .kind = CLI_INPUT, .at = AT(corpus),
     .help = "reads the lines of a packed corpus instead of files"},
    {.name = "--split", .value = "LIST", .kind = CLI_READ, .at = AT(splits), .read = cli_read_splits,
     .choices = cli_splits, .fallback = "testset_v", .needs = A_CORPUS, .help = "those of these splits"},
    {.name = "--beam", .value = "N", .kind = CLI_INT, .at = AT(options.beam), .low = 1, .high = 1000,
     .help = "texts that are followed at once"},
    {.name = "--language", .value = "FILE", .kind = CLI_INPUT, .at = AT(language_path), .fallback = "none",
     .help = CLI_LANGUAGE_HELP},
    {.name = "--language-weight", .value = "X", .kind = CLI_DOUBLE, .at = AT(options.language_weight), .low = 0,
     .high = 10, .needs = A_LANGUAGE, .help = "how much that counts beside the ink"},
    {.name = "--json", .kind = CLI_FLAG, .at = AT(json),
     .help = "a JSON row a line: its text and how probable that is, its characters with the readings that they are "
             "made of and how sure each is, and the next best text"},
    {.kind = CLI_END},
};
/* clang-format on */

const cli_table cli_read_table = {
    "read", "FILE... [OPTION...]",
    "Reads handwriting from the movement of the pen, and prints what it says: a row a\n"
    "line of writing, of several files behind the file's name and a tab.\n",
    rows, NULL};

/* ---- telling ---- */

static bool add_characters(cJSON *row, const lh_reading *reading)
{
    cJSON *list = cJSON_AddArrayToObject(row, "characters");
    for (size_t i = 0; list && i < reading->count; i++) {
        const lh_read_character *c = &reading->character[i];
        char text[5];
        cJSON *object = cJSON_CreateObject();
        lh_utf8_encode(c->codepoint, text);
        if (!cJSON_AddItemToArray(list, object) || !cJSON_AddStringToObject(object, "text", text) ||
            !cJSON_AddNumberToObject(object, "from", (double)c->from) ||
            !cJSON_AddNumberToObject(object, "to", (double)c->to) ||
            !cJSON_AddNumberToObject(object, "probability", c->probability))
            return false;
    }
    return list != NULL;
}

static lh_status print_json(const char *name, const lh_reading *reading, lh_error *error)
{
    cJSON *row = cJSON_CreateObject();
    const bool whole =
        row && cJSON_AddStringToObject(row, "file", name) &&
        cJSON_AddStringToObject(row, "text", reading->text) &&
        cJSON_AddNumberToObject(row, "probability", exp(reading->log_probability)) &&
        add_characters(row, reading) &&
        (!reading->next ||
         (cJSON_AddStringToObject(row, "next", reading->next) &&
          cJSON_AddNumberToObject(row, "next_probability", exp(reading->next_log_probability))));
    if (whole)
        return cli_print_json(stdout, row, true, "what was read", error);
    cJSON_Delete(row);
    return lh_fail_memory(error, "what was read");
}

/* Reads a line and tells it; `named`: behind its name. */
static lh_status read_line(job *j, const char *name, const lh_ink *ink, bool named, lh_error *error)
{
    lh_reading *reading = lh_read(j->reader, ink, &j->options, error);
    if (!reading)
        return error->status;
    lh_status status = LH_OK;
    if (named && !j->json) {
        visible_print(stdout, "%s", name);
        putchar('\t');
    }
    if (j->json)
        status = print_json(name, reading, error);
    else
        visible_row(stdout, "%s", reading->text);
    lh_reading_free(reading);
    j->lines++;
    return status;
}

/* ---- lines ---- */

static lh_status read_file(job *j, const char *path, lh_error *error)
{
    lh_recording *recording = lh_recording_read(path, error);
    lh_status status = recording ? LH_OK : error->status;
    for (size_t i = 0; recording && i < recording->count && status == LH_OK; i++)
        status = read_line(j, path, recording->line[i].ink, j->files.count > 1, error);
    lh_recording_free(recording);
    return status;
}

/* Of several files one that cannot be read is told, and the others are read. */
static lh_status read_files(job *j, lh_error *error)
{
    cli_names failed = {.count = 0};
    if (j->files.count == 1)
        return read_file(j, j->files.text[0], error);
    for (size_t i = 0; i < j->files.count; i++)
        if (read_file(j, j->files.text[i], error) != LH_OK) {
            cli_failed(error);
            cli_names_add(&failed, j->files.text[i]);
        }
    char *names = cli_names_list(&failed);
    if (failed.count > 0)
        lh_fail(error, LH_ERROR_FORMAT, "%zu of %zu files could not be read%s%s", failed.count,
                j->files.count, names ? ": " : "", names ? names : "");
    const lh_status status = failed.count > 0 ? error->status : LH_OK;
    free(names);
    cli_names_clear(&failed);
    return status;
}

static lh_status read_corpus(job *j, lh_error *error)
{
    lh_corpus *corpus = lh_corpus_open(j->corpus, error);
    lh_status status = corpus ? LH_OK : error->status;
    for (size_t i = 0; i < lh_corpus_count(corpus) && status == LH_OK; i++) {
        const lh_corpus_line line = lh_corpus_get(corpus, i);
        const lh_ink ink = {(lh_point *)line.points, line.count, line.count};
        if (j->splits >> line.split & 1)
            status = read_line(j, line.name, &ink, true, error);
    }
    if (status == LH_OK && j->lines == 0)
        status = lh_fail(error, LH_ERROR_ARGUMENT, "%s: has no line in these splits", j->corpus);
    lh_corpus_free(corpus);
    return status;
}

/* ---- the command ---- */

static const char *who_reads(unsigned needs)
{
    return needs == A_LANGUAGE ? "--language" : "--corpus";
}

static lh_status load(job *j, lh_error *error)
{
    j->reader = cli_reader_load(j->model, "--model", error);
    if (j->reader && j->language_path &&
        !(j->language = cli_language_load(j->language_path, error)))
        return error->status;
    j->options.language = j->language;
    return j->reader ? LH_OK : error->status;
}

static int run(void *job_of, cli_given *given)
{
    job *j = job_of;
    lh_error error = {0};
    if ((j->files.count > 0) == (j->corpus != NULL))
        return cli_wrong_usage("read", "needs files, or a --corpus");
    const unsigned have = (j->corpus ? A_CORPUS : 0) | (j->language_path ? A_LANGUAGE : 0);
    if (!cli_all_apply(given, have, NULL, who_reads))
        return CLI_USAGE;
    if (!j->model)
        cli_claim_asset(&given->claims, NULL, cli_reader_asset);
    lh_status status = lh_claims_check(&given->claims, &error);
    if (status == LH_OK)
        status = load(j, &error);
    if (status == LH_OK)
        status = j->corpus ? read_corpus(j, &error) : read_files(j, &error);
    lh_language_free(j->language);
    lh_reader_free(j->reader);
    return status == LH_OK ? CLI_OK : cli_failed(&error);
}

int cli_read(int argc, char **argv)
{
    job j = {.splits = 1u << LH_SPLIT_V, .options = lh_read_defaults};
    return cli_obey(&cli_read_table, argc, argv, &j, run);
}
