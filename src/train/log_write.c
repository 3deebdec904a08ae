/* The log of a training run. */
#include "log_write.h"

#include <cJSON.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LOG_MAX = 1 << 28 }; /* bytes a log is expected to stay below: millions of rows */

struct lh_log_writer {
    FILE *stream;
    char *path;
};

/* Whether a row is whole and of a step that is not after `step`. */
static bool row_stays(const char *row, uint64_t step)
{
    cJSON *json = cJSON_Parse(row);
    const cJSON *of = cJSON_GetObjectItemCaseSensitive(json, "step");
    bool stays = cJSON_IsNumber(of) && of->valuedouble <= (double)step;
    cJSON_Delete(json);
    return stays;
}

/* Copies the rows that stay from `text` to a new file in the place of the old. */
static lh_status keep_rows(const char *path, char *text, uint64_t step, lh_error *error)
{
    lh_output *output = lh_output_open(path, error);
    if (!output)
        return error->status;
    for (char *row = text, *end; (end = strchr(row, '\n')) != NULL; row = end + 1) {
        *end = '\0';
        if (row_stays(row, step))
            fprintf(lh_output_stream(output), "%s\n", row);
    }
    return lh_output_commit(output, error);
}

lh_log_writer *lh_log_writer_open(const char *path, uint64_t step, lh_error *error)
{
    if (step > 0 && access(path, F_OK) == 0) {
        size_t size;
        char *text = lh_file_read(path, LOG_MAX, &size, error);
        lh_status status = text ? keep_rows(path, text, step, error) : error->status;
        free(text);
        if (status != LH_OK)
            return NULL;
    }
    lh_log_writer *log = calloc(1, sizeof *log);
    if (log)
        log->path = strdup(path);
    if (!log || !log->path) {
        lh_fail_memory(error, "a log");
        lh_log_writer_close(log);
        return NULL;
    }
    log->stream = fopen(path, step > 0 ? "ab" : "wb");
    if (log->stream)
        return log;
    lh_fail(error, LH_ERROR_IO, "%s: cannot write the log: %s", path, strerror(errno));
    lh_log_writer_close(log);
    return NULL;
}

static void print_common(FILE *stream, const char *kind, const lh_train_event *e)
{
    fprintf(stream,
            "{\"kind\":\"%s\",\"step\":%llu,\"epoch\":%.4f,\"seconds\":%.1f,"
            "\"nats_per_line\":%.4f,\"nats_per_point\":%.6f",
            kind, (unsigned long long)e->step, e->epoch, e->seconds, e->nats_per_line,
            e->nats_per_point);
}

lh_status lh_log_write(lh_log_writer *log, const lh_train_event *e, lh_error *error)
{
    if (e->kind == LH_TRAIN_VALIDATED) {
        print_common(log->stream, "valid", e);
        fprintf(log->stream,
                ",\"nats_per_line_raw\":%.4f,\"sse_per_point\":%.6f,\"best\":%.4f,"
                "\"is_best\":%s",
                e->nats_per_line_raw, e->sse_per_point, e->best, e->is_best ? "true" : "false");
        if (e->description > 0)
            fprintf(log->stream, ",\"description\":%.4f", e->description);
        fputs("}\n", log->stream);
    } else {
        print_common(log->stream, "train", e);
        fprintf(log->stream,
                ",\"gradient_norm\":%.4f,\"learning_rate\":%.6g,\"points_per_second\":%.1f}\n",
                e->gradient_norm, e->learning_rate, e->points_per_second);
    }
    if (fflush(log->stream) != 0 || ferror(log->stream))
        return lh_fail(error, LH_ERROR_IO, "%s: cannot write the log: %s", log->path,
                       strerror(errno));
    return LH_OK;
}

void lh_log_writer_close(lh_log_writer *log)
{
    if (!log)
        return;
    if (log->stream)
        fclose(log->stream);
    free(log->path);
    free(log);
}
