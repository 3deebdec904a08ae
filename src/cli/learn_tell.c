/* What a run of `longhand learn` tells: its log, and its result. */
#include "learn.h"

#include <math.h>
#include <string.h>

const char *learn_loss_unit(const lh_task *task)
{
    if (strcmp(task->head, "square") == 0)
        return "mean squared error";
    if (task->text)
        return "bits a character";
    return strcmp(task->head, "bits") == 0 ? "bits a sequence" : "nats a sequence";
}

/* What stands in the first row of a log and in the result. */
static bool add_setting(cJSON *row, const learn_run *run)
{
    const lh_learn_options *o = run->options;
    const lh_task_usual *s = &o->setting;
    return cJSON_AddStringToObject(row, "task", o->task->name) &&
           cJSON_AddStringToObject(row, "cell", lh_cell_name(o->cell)) &&
           (o->memory == 0 || (cJSON_AddStringToObject(row, "memory", lh_memory_name(o->memory)) &&
                               cJSON_AddNumberToObject(row, "slots", o->slots) &&
                               cJSON_AddNumberToObject(row, "width", o->width) &&
                               cJSON_AddNumberToObject(row, "reads", o->reads))) &&
           cJSON_AddNumberToObject(row, "layers", s->layers) &&
           cJSON_AddNumberToObject(row, "cells", s->cells) &&
           cJSON_AddNumberToObject(row, "weights",
                                   (double)lh_network_weight_count(run->model->network)) &&
           cJSON_AddNumberToObject(row, "shortest", s->shortest) &&
           cJSON_AddNumberToObject(row, "length", s->length) &&
           cJSON_AddNumberToObject(row, "batch", s->batch) &&
           cJSON_AddNumberToObject(row, "rate", s->rate) &&
           cJSON_AddNumberToObject(row, "clip", s->clip) &&
           cJSON_AddNumberToObject(row, "regulariser", o->regulariser) &&
           cJSON_AddNumberToObject(row, "seed", (double)o->seed);
}

static bool add_score(cJSON *row, const lh_learn_score *score)
{
    return cJSON_AddNumberToObject(row, "loss", score->loss) &&
           (isnan(score->success) || cJSON_AddNumberToObject(row, "success", score->success));
}

static bool add_row(cJSON *object, const lh_learn_row *row)
{
    return cJSON_AddStringToObject(object, "kind", row->test ? "test" : "train") &&
           cJSON_AddNumberToObject(object, "sequences", (double)row->sequences) &&
           cJSON_AddNumberToObject(object, "seconds", row->seconds) &&
           add_score(object, &row->score) &&
           (row->test || (cJSON_AddNumberToObject(object, "gradient_norm", row->gradient_norm) &&
                          cJSON_AddNumberToObject(object, "omega", row->vanishing)));
}

static bool add_length(cJSON *object, const learn_run *run, int index)
{
    return cJSON_AddNumberToObject(object, "length", run->lengths.length[index]) &&
           add_score(object, &run->at_length[index]);
}

/* Prints the row, if it is `whole`, and frees it. */
static bool print_row(FILE *stream, cJSON *row, bool whole)
{
    char *text = whole ? cJSON_PrintUnformatted(row) : NULL;
    if (text)
        visible_json(stream, text);
    cJSON_free(text);
    cJSON_Delete(row);
    return text != NULL;
}

static bool write_rows(const learn_run *run, FILE *stream)
{
    cJSON *row = cJSON_CreateObject();
    bool whole = print_row(
        stream, row, row && cJSON_AddStringToObject(row, "kind", "start") && add_setting(row, run));
    for (size_t i = 0; i < run->count && whole; i++) {
        row = cJSON_CreateObject();
        whole = print_row(stream, row, row && add_row(row, &run->row[i]));
    }
    for (int i = 0; i < run->lengths.count && whole; i++) {
        row = cJSON_CreateObject();
        whole = print_row(stream, row,
                          row && cJSON_AddStringToObject(row, "kind", "length") &&
                              add_length(row, run, i));
    }
    return whole;
}

lh_status learn_write_log(const learn_run *run, const char *path, lh_error *error)
{
    lh_output *output = lh_output_open(path, error);
    if (!output)
        return error->status;
    const lh_status status = write_rows(run, lh_output_stream(output))
                                 ? LH_OK
                                 : lh_fail_memory(error, "the log of a run");
    return lh_output_end(output, status, error);
}

/* ---- the result ---- */

static bool add_lengths(cJSON *row, const learn_run *run)
{
    cJSON *list = cJSON_AddArrayToObject(row, "lengths");
    for (int i = 0; list && i < run->lengths.count; i++) {
        cJSON *object = cJSON_CreateObject();
        if (!cJSON_AddItemToArray(list, object) || !add_length(object, run, i))
            return false;
    }
    return list != NULL;
}

/* Of a text: what it costs the network, and n-grams of order 1, 2, ... */
static bool add_text(cJSON *row, const learn_run *run)
{
    if (!run->letters)
        return true;
    cJSON *list = cJSON_AddNumberToObject(row, "bits_per_character", run->bits)
                      ? cJSON_AddArrayToObject(row, "ngram_bits_per_character")
                      : NULL;
    for (int i = 0; list && i < LEARN_ORDERS; i++)
        if (!cJSON_AddItemToArray(list, cJSON_CreateNumber(run->ngram_bits[i])))
            return false;
    return list != NULL;
}

static bool print_json(const learn_run *run, const lh_learn_row *last)
{
    cJSON *row = cJSON_CreateObject();
    return print_row(stdout, row,
                     row && add_setting(row, run) &&
                         cJSON_AddNumberToObject(row, "sequences", (double)last->sequences) &&
                         cJSON_AddNumberToObject(row, "seconds", last->seconds) &&
                         add_score(row, &last->score) && add_lengths(row, run) &&
                         add_text(row, run));
}

static void print_text(const learn_run *run, const lh_learn_row *last)
{
    const lh_task *task = run->options->task;
    const lh_task_usual *s = &run->options->setting;
    const lh_learn_options *o = run->options;
    printf("%s of %d to %d %s: %s, %d x %d cells, ", task->name, s->shortest, s->length, task->unit,
           lh_cell_name(o->cell), s->layers, s->cells);
    if (o->memory)
        printf("memory %s of %d x %d, ", lh_memory_name(o->memory), o->slots, o->width);
    printf("%zu weights\n", lh_network_weight_count(run->model->network));
    printf("%zu sequences in %.1f seconds: %s %.4g", last->sequences, last->seconds,
           learn_loss_unit(task), last->score.loss);
    if (!run->letters)
        printf(", %.1f %% right", 100 * last->score.success);
    putchar('\n');
    if (run->letters) {
        printf("what was held back: %.3f bits a character; n-grams of order 1 to %d:", run->bits,
               LEARN_ORDERS);
        for (int i = 0; i < LEARN_ORDERS; i++)
            printf(" %.3f", run->ngram_bits[i]);
        putchar('\n');
    }
    for (int i = 0; i < run->lengths.count; i++)
        printf("length %-6d %s %.4g, %.1f %% right\n", run->lengths.length[i],
               learn_loss_unit(task), run->at_length[i].loss, 100 * run->at_length[i].success);
}

lh_status learn_print_result(const learn_run *run, bool json, lh_error *error)
{
    /* Every run ends with a test. */
    const lh_learn_row *last = &run->row[run->count - 1];
    if (!json)
        print_text(run, last);
    else if (!print_json(run, last))
        return lh_fail_memory(error, "a result");
    return LH_OK;
}
