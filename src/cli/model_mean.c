/* The mean of several models: see model_mean.h. Networks that were trained on from the same weights
 * lie in one basin of the loss, and their mean is often lower in it than each of them (Izmailov et
 * al., "Averaging weights leads to wider optima and better generalization", 2018). */
#include "model_mean.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

static lh_status check_alike(const lh_model *first, const lh_model *other, const char *path,
                             const char *first_path, lh_error *error)
{
    const lh_architecture *a = lh_network_architecture(first->network),
                          *b = lh_network_architecture(other->network);
    lh_architecture but_for_alphabet = *b;
    but_for_alphabet.alphabet = a->alphabet;
    const char *differs = NULL;
    if (!lh_architecture_same(a, &but_for_alphabet))
        differs = "architecture";
    else if (first->alphabet.count != other->alphabet.count ||
             memcmp(first->alphabet.codepoint, other->alphabet.codepoint,
                    (size_t)first->alphabet.count * sizeof *first->alphabet.codepoint) != 0)
        differs = "alphabet";
    else if (first->scale_x != other->scale_x || first->scale_y != other->scale_y)
        differs = "scale";
    else if (strcmp(first->license ? first->license : "", other->license ? other->license : "") !=
             0)
        differs = "licence";
    return differs ? lh_fail(error, LH_ERROR_ARGUMENT, "%s: its %s is not that of %s", path,
                             differs, first_path)
                   : LH_OK;
}

/* Runs that a history tells of, as text; all owned. */
typedef struct told {
    char **run;
    size_t count;
} told;

/* Was this run, but for what it began from, told of before? It is from now on. False: no memory. */
static bool tell_run(told *runs, const cJSON *run, bool *before)
{
    cJSON *own = cJSON_Duplicate(run, true);
    cJSON_DeleteItemFromObject(own, "from");
    char *text = cJSON_PrintUnformatted(own);
    cJSON_Delete(own);
    *before = false;
    for (size_t i = 0; text && i < runs->count && !*before; i++)
        *before = strcmp(runs->run[i], text) == 0;
    char **larger = text ? realloc(runs->run, (runs->count + 1) * sizeof *larger) : NULL;
    if (!larger) {
        cJSON_free(text);
        return false;
    }
    runs->run = larger;
    runs->run[runs->count++] = text;
    return true;
}

/* Models whose mean is taken have runs in common, and their means again: of a run that was told of
 * before only the figures are kept. False: no memory. */
static bool tell_once(told *runs, cJSON *run)
{
    cJSON *from = cJSON_GetObjectItem(run, "from"), *means = cJSON_GetObjectItem(run, "mean_of"),
          *item;
    bool before = false;
    if (!means && !tell_run(runs, run, &before))
        return false;
    if (before) {
        cJSON_DeleteItemFromObject(run, "options");
        cJSON_DeleteItemFromObject(run, "from");
        return true;
    }
    if (cJSON_IsObject(from) && !tell_once(runs, from))
        return false;
    cJSON_ArrayForEach(item, means)
    {
        if (cJSON_IsObject(item) && !tell_once(runs, item))
            return false;
    }
    return true;
}

/* {"mean_of": [the history of each]}; NULL: no memory. */
static char *list_histories(lh_model *const *model, size_t count)
{
    cJSON *json = cJSON_CreateObject(), *list = cJSON_AddArrayToObject(json, "mean_of");
    bool listed = list != NULL;
    for (size_t i = 0; i < count && listed; i++) {
        cJSON *history = model[i]->history ? cJSON_Parse(model[i]->history) : cJSON_CreateObject();
        listed = history && cJSON_AddItemToArray(list, history);
    }
    told runs = {0};
    listed = listed && tell_once(&runs, json);
    for (size_t i = 0; i < runs.count; i++)
        cJSON_free(runs.run[i]);
    free(runs.run);
    char *text = listed ? cJSON_PrintUnformatted(json) : NULL;
    cJSON_Delete(json);
    return text;
}

lh_status model_mean(lh_model *const *model, const char *const *path, size_t count, lh_error *error)
{
    lh_real *mean = lh_network_parameters(model[0]->network);
    const size_t size = lh_network_arena_size(model[0]->network);
    for (size_t k = 1; k < count; k++) {
        lh_status status = check_alike(model[0], model[k], path[k], path[0], error);
        if (status != LH_OK)
            return status;
    }
    char *history = list_histories(model, count);
    if (!history)
        return lh_fail_memory(error, "the history of a mean");
    for (size_t i = 0; i < size; i++) {
        double sum = 0;
        for (size_t k = 0; k < count; k++)
            sum += (double)lh_network_parameters_const(model[k]->network)[i];
        mean[i] = (lh_real)(sum / (double)count);
    }
    lh_network_changed(model[0]->network);
    free(model[0]->history);
    model[0]->history = history;
    return LH_OK;
}
