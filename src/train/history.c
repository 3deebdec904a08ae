/* What a model file says of its training: see history.h. */
#include "history.h"

#include "train_options.h"

#include <inttypes.h>

char *lh_history_write(const lh_history *h)
{
    const lh_train_event *e = h->validated;
    char corpus[17];
    snprintf(corpus, sizeof corpus, "%016" PRIx64, h->corpus);
    cJSON *json = cJSON_CreateObject();
    cJSON *options = lh_train_options_write(h->options, true);
    bool done = json && options && cJSON_AddStringToObject(json, "corpus", corpus) &&
                cJSON_AddNumberToObject(json, "lines", (double)lh_dataset_count(h->train)) &&
                cJSON_AddNumberToObject(json, "points", (double)lh_dataset_points(h->train)) &&
                cJSON_AddNumberToObject(json, "step", (double)e->step) &&
                cJSON_AddNumberToObject(json, "epoch", e->epoch) &&
                cJSON_AddNumberToObject(json, "valid_lines", (double)lh_dataset_count(h->valid)) &&
                cJSON_AddNumberToObject(json, "valid_nats_per_line", e->nats_per_line) &&
                cJSON_AddNumberToObject(json, "valid_nats_per_line_raw", e->nats_per_line_raw) &&
                cJSON_AddNumberToObject(json, "valid_sse_per_point", e->sse_per_point) &&
                (!h->from || cJSON_AddRawToObject(json, "from", h->from)) &&
                cJSON_AddItemToObject(json, "options", options);
    if (!done)
        cJSON_Delete(options);
    char *text = done ? cJSON_PrintUnformatted(json) : NULL;
    cJSON_Delete(json);
    return text;
}
