/* How well a network reads: see evaluate_reading.h. */
#include "evaluate_reading.h"

#include "cli.h"
#include "json.h"
#include "language.h"

#include "read/errors.h"

#include <omp.h>
#include <stdlib.h>
#include <string.h>

/* A line that is read. */
typedef struct read_line {
    size_t index; /* in the corpus */
    char *text;   /* owned: what was read */
    read_errors errors;
    double log_probability;
} read_line;

typedef struct evaluation {
    const evaluate_reading *asked;
    lh_reader *reader;
    lh_language *language;
    lh_corpus *corpus;
    read_line *line; /* [count] */
    size_t count, illegible, done;
    read_errors errors;
    double milliseconds; /* of one core, a line */
    cli_progress progress;
} evaluation;

/* ---- lines ---- */

/* IAM-OnDB writes # for what nobody could read. */
static bool is_legible(const lh_corpus_line *line)
{
    return !strchr(line->text, '#');
}

static lh_status choose_lines(evaluation *e, lh_error *error)
{
    const size_t all = lh_corpus_count(e->corpus), most = e->asked->max_lines;
    e->line = calloc(all + 1, sizeof *e->line);
    if (!e->line)
        return lh_fail_memory(error, "the lines of a corpus");
    for (size_t i = 0; i < all; i++) {
        const lh_corpus_line line = lh_corpus_get(e->corpus, i);
        if (!(e->asked->splits >> line.split & 1) || !line.text)
            continue;
        if (is_legible(&line))
            e->line[e->count++].index = i;
        else
            e->illegible++;
    }
    if (most > 0 && e->count > most) {
        for (size_t i = 0; i < most; i++)
            e->line[i].index = e->line[i * e->count / most].index;
        e->count = most;
    }
    return e->count > 0 ? LH_OK
                        : lh_fail(error, LH_ERROR_ARGUMENT,
                                  "%s: no line of the chosen splits has a text to compare with",
                                  e->asked->corpus);
}

/* ---- reading ---- */

static lh_status read_one(evaluation *e, read_line *to, lh_error *error)
{
    const lh_corpus_line line = lh_corpus_get(e->corpus, to->index);
    const lh_ink ink = {(lh_point *)line.points, line.count, line.count};
    lh_read_options options = lh_read_defaults;
    options.beam = e->asked->beam;
    options.language = e->language;
    lh_reading *reading = lh_read(e->reader, &ink, &options, error);
    if (!reading)
        return error->status;
    to->text = reading->text;
    to->log_probability = reading->log_probability;
    reading->text = NULL;
    lh_reading_free(reading);
    return read_errors_add(&to->errors, line.text, to->text, error);
}

static void note_done(evaluation *e, lh_status *status, lh_status own, const lh_error *own_error,
                      lh_error *error)
{
#pragma omp critical(evaluate_reading)
    {
        cli_progress_tell(&e->progress, e->done++);
        if (own != LH_OK && *status == LH_OK) {
            *status = own;
            *error = *own_error;
        }
    }
}

static void add_up(read_errors *sum, const read_errors *more)
{
    size_t *to = (size_t *)sum;
    const size_t *from = (const size_t *)more;
    for (size_t i = 0; i < sizeof *sum / sizeof *to; i++)
        to[i] += from[i];
}

static lh_status read_lines(evaluation *e, lh_error *error)
{
    lh_status status = LH_OK;
    const int threads = e->asked->threads > 0 ? e->asked->threads : omp_get_num_procs();
    const double begun = cli_seconds();
    e->progress = cli_progress_start("lines", e->count);
#pragma omp parallel for schedule(dynamic) num_threads(threads)
    for (size_t i = 0; i < e->count; i++) {
        lh_error own;
        note_done(e, &status, read_one(e, &e->line[i], &own), &own, error);
    }
    cli_progress_clear(&e->progress);
    e->milliseconds = 1e3 * threads * (cli_seconds() - begun) / (double)e->count;
    for (size_t i = 0; i < e->count; i++)
        add_up(&e->errors, &e->line[i].errors);
    return status;
}

/* ---- telling ---- */

static double share(size_t part, size_t all)
{
    return all > 0 ? (double)part / (double)all : 0;
}

static lh_status print_json(const evaluation *e, lh_error *error)
{
    const read_errors *s = &e->errors;
    cJSON *object = cJSON_CreateObject();
    cJSON_AddStringToObject(object, "model", e->asked->model);
    cJSON_AddStringToObject(object, "corpus", e->asked->corpus);
    cJSON_AddNumberToObject(object, "lines", (double)s->lines);
    cJSON_AddNumberToObject(object, "illegible", (double)e->illegible);
    cJSON_AddNumberToObject(object, "cer", share(s->edits, s->characters));
    cJSON_AddNumberToObject(object, "cer_without_blanks", share(s->solid_edits, s->solid));
    cJSON_AddNumberToObject(object, "wer", share(s->word_edits, s->words));
    cJSON_AddNumberToObject(object, "wrong_lines", share(s->wrong_lines, s->lines));
    cJSON_AddNumberToObject(object, "added", share(s->added, s->characters));
    cJSON_AddNumberToObject(object, "ms_per_line", e->milliseconds);
    cJSON *kinds = cJSON_AddObjectToObject(object, "kinds");
    for (int k = 0; k < READ_KINDS; k++) {
        cJSON *kind = cJSON_AddObjectToObject(kinds, read_kind_name(k));
        cJSON_AddNumberToObject(kind, "characters", (double)s->of_kind[k]);
        cJSON_AddNumberToObject(kind, "wrong", share(s->lost_of_kind[k], s->of_kind[k]));
    }
    return cli_print_json(stdout, object, false, "the result", error);
}

static void print_table(const evaluation *e)
{
    const read_errors *s = &e->errors;
    printf("%zu lines", s->lines);
    if (e->illegible > 0)
        printf(" (%zu with # for what nobody could read left out)", e->illegible);
    printf(", %.1f ms of a core a line\n\n", e->milliseconds);
    printf("%-34s %8.2f %%\n", "characters wrong (CER)", 100 * share(s->edits, s->characters));
    printf("%-34s %8.2f %%\n", "  without blanks", 100 * share(s->solid_edits, s->solid));
    printf("%-34s %8.2f %%\n", "words wrong (WER)", 100 * share(s->word_edits, s->words));
    printf("%-34s %8.2f %%\n\n", "lines not right to the character",
           100 * share(s->wrong_lines, s->lines));
    printf("%-34s %10s %10s\n", "", "characters", "wrong");
    for (int k = 0; k < READ_KINDS; k++)
        if (s->of_kind[k] > 0)
            printf("%-34s %10zu %8.2f %%\n", read_kind_name(k), s->of_kind[k],
                   100 * share(s->lost_of_kind[k], s->of_kind[k]));
    printf("%-34s %10s %8.2f %%\n", "read, and not there", "",
           100 * share(s->added, s->characters));
}

static int worse_first(const void *a, const void *b)
{
    const read_line *x = a, *y = b;
    const double more =
        share(x->errors.edits, x->errors.characters) - share(y->errors.edits, y->errors.characters);
    return more > 0 ? -1 : more < 0 ? 1 : x->index < y->index ? -1 : x->index > y->index;
}

static lh_status write_lines(const evaluation *e, lh_error *error)
{
    lh_output *output = lh_output_open(e->asked->per_line, error);
    if (!output)
        return error->status;
    lh_status status = LH_OK;
    qsort(e->line, e->count, sizeof *e->line, worse_first);
    for (size_t i = 0; i < e->count && status == LH_OK; i++) {
        const read_line *line = &e->line[i];
        const lh_corpus_line of = lh_corpus_get(e->corpus, line->index);
        cJSON *row = cJSON_CreateObject();
        cJSON_AddStringToObject(row, "name", of.name);
        cJSON_AddNumberToObject(row, "edits", (double)line->errors.edits);
        cJSON_AddNumberToObject(row, "nats", -line->log_probability);
        cJSON_AddStringToObject(row, "text", of.text);
        cJSON_AddStringToObject(row, "read", line->text);
        status = cli_print_json(lh_output_stream(output), row, true, "the result", error);
    }
    return lh_output_end(output, status, error);
}

lh_status evaluate_reading_run(const evaluate_reading *asked, lh_error *error)
{
    evaluation e = {.asked = asked};
    e.reader = lh_reader_load(asked->model, error);
    e.corpus = e.reader ? lh_corpus_open(asked->corpus, error) : NULL;
    lh_status status = e.corpus ? choose_lines(&e, error) : error->status;
    if (status == LH_OK && asked->language &&
        !(e.language = cli_language_load(asked->language, error)))
        status = error->status;
    if (status == LH_OK)
        status = read_lines(&e, error);
    if (status == LH_OK && asked->per_line)
        status = write_lines(&e, error);
    if (status == LH_OK && asked->json)
        status = print_json(&e, error);
    else if (status == LH_OK && asked->prints)
        print_table(&e);
    for (size_t i = 0; i < e.count; i++)
        free(e.line[i].text);
    free(e.line);
    lh_corpus_free(e.corpus);
    lh_language_free(e.language);
    lh_reader_free(e.reader);
    return status;
}
