/* Reads the log that a training run writes: one JSON object a row. */
#include "log_read.h"

#include "base/need.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LOG_BYTES_MAX = 1 << 28 };

/* No number of a training run is larger; what is would only make a chart of nothing. */
static const double number_max = 1e12;

static const char *const number_names[] = {"step", "epoch", "seconds", "nats_per_line"};

/* Row `number` of the log `name` is the NUL-terminated `text`. `*known` is false for a row of
 * another kind. */
static lh_status parse_row(const cJSON *object, const char *name, size_t number,
                           lh_training_row *row, bool *known, lh_error *error)
{
    const char *kind = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, "kind"));
    if (!kind)
        return lh_fail(error, LH_ERROR_FORMAT,
                       "%s: line %zu: expected a JSON object with \"kind\", as in a training log",
                       name, number);
    row->valid = strcmp(kind, "valid") == 0;
    *known = row->valid || strcmp(kind, "train") == 0;
    double *const value[] = {&row->step, &row->epoch, &row->seconds, &row->nats_per_line};
    for (size_t i = 0; *known && i < sizeof value / sizeof *value; i++) {
        const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, number_names[i]);
        if (!cJSON_IsNumber(item) || !(fabs(item->valuedouble) <= number_max))
            return lh_fail(error, LH_ERROR_FORMAT,
                           "%s: line %zu: expected a number \"%s\" of at most %g", name, number,
                           number_names[i], number_max);
        *value[i] = item->valuedouble;
    }
    return LH_OK;
}

static lh_status check_order(const lh_training_row *last, const lh_training_row *row,
                             const char *name, size_t number, lh_error *error)
{
    if (row->step >= last->step && row->epoch >= last->epoch && row->seconds >= last->seconds)
        return LH_OK;
    return lh_fail(error, LH_ERROR_FORMAT,
                   "%s: line %zu: goes back, from step %.0f, epoch %g, %g seconds to %.0f, %g, %g",
                   name, number, last->step, last->epoch, last->seconds, row->step, row->epoch,
                   row->seconds);
}

static lh_status add_row(lh_training_log *log, size_t *capacity, const lh_training_row *row,
                         lh_error *error)
{
    if (log->count == *capacity) {
        size_t larger = *capacity ? 2 * *capacity : 256;
        lh_training_row *rows = realloc(log->rows, larger * sizeof *rows);
        if (!rows)
            return lh_fail_memory(error, "a training log");
        log->rows = rows;
        *capacity = larger;
    }
    log->rows[log->count++] = *row;
    return LH_OK;
}

/* One row [length] of text, NUL behind it. `whole` says that a newline ended it. */
static lh_status read_row(lh_training_log *log, size_t *capacity, const char *text, size_t length,
                          bool whole, const char *name, size_t number, lh_error *error)
{
    if (strspn(text, " \t\r") == length)
        return LH_OK;
    const char *end = NULL;
    cJSON *object = cJSON_ParseWithLengthOpts(text, length + 1, &end, true);
    /* cJSON takes a NUL for a blank. */
    if (!object || memchr(text, '\0', length)) {
        cJSON_Delete(object);
        if (!whole)
            return LH_OK;
        size_t place = end && end >= text ? (size_t)(end - text) + 1 : 1;
        return lh_fail(error, LH_ERROR_FORMAT, "%s: line %zu: not JSON (at character %zu)", name,
                       number, place);
    }
    lh_training_row row;
    bool known = false;
    lh_status status = parse_row(object, name, number, &row, &known, error);
    if (status == LH_OK && known && log->count > 0)
        status = check_order(&log->rows[log->count - 1], &row, name, number, error);
    if (status == LH_OK && known)
        status = add_row(log, capacity, &row, error);
    cJSON_Delete(object);
    return status;
}

lh_training_log *lh_training_log_parse(char *data, size_t size, const char *name, lh_error *error)
{
    LH_NEED(error, data && name, NULL);
    lh_training_log *log = calloc(1, sizeof *log);
    if (!log) {
        lh_fail_memory(error, "a training log");
        return NULL;
    }
    size_t capacity = 0, number = 0;
    for (size_t start = 0; start < size;) {
        char *newline = memchr(data + start, '\n', size - start);
        size_t end = newline ? (size_t)(newline - data) : size;
        data[end] = '\0';
        if (read_row(log, &capacity, data + start, end - start, newline != NULL, name, ++number,
                     error) != LH_OK) {
            lh_training_log_free(log);
            return NULL;
        }
        start = end + 1;
    }
    return log;
}

lh_training_log *lh_training_log_read(const char *path, lh_error *error)
{
    LH_NEED(error, path, NULL);
    size_t size;
    char *data = lh_file_read(path, LOG_BYTES_MAX, &size, error);
    if (!data)
        return NULL;
    lh_training_log *log = lh_training_log_parse(data, size, path, error);
    free(data);
    return log;
}

void lh_training_log_free(lh_training_log *log)
{
    if (!log)
        return;
    free(log->rows);
    free(log);
}
