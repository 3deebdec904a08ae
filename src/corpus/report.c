/* The JSON object in a corpus file that tells how it was made. */
#include "report.h"

#include "iam_name.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <string.h>

/* So many files passed over are named; all are counted. */
enum { MAX_NAMED = 100 };

void cleaning_add(lh_cleaning_report *sum, const lh_cleaning_report *more)
{
    sum->points += more->points;
    sum->removed += more->removed;
    sum->split += more->split;
    sum->interpolated += more->interpolated;
    sum->lifts_limited += more->lifts_limited;
    sum->time_reversed += more->time_reversed;
    sum->pauses_cut += more->pauses_cut;
}

static void add_count(cJSON *object, const char *key, uint64_t count)
{
    cJSON_AddNumberToObject(object, key, (double)count);
}

static void add_cleaning(cJSON *root, const lh_cleaning_report *report, const lh_cleaning *cleaning)
{
    cJSON *object = cJSON_AddObjectToObject(root, "cleaning");
    cJSON_AddNumberToObject(object, "max_step", (double)cleaning->max_step);
    cJSON_AddNumberToObject(object, "max_stride", (double)cleaning->max_stride);
    cJSON_AddNumberToObject(object, "max_gap", (double)cleaning->max_gap);
    cJSON_AddNumberToObject(object, "interval", (double)cleaning->interval);
    cJSON_AddNumberToObject(object, "max_pen_lift", (double)cleaning->max_pen_lift);
    add_count(object, "points_read", report->points);
    add_count(object, "points_removed", report->removed);
    add_count(object, "strokes_split", report->split);
    add_count(object, "points_interpolated", report->interpolated);
    add_count(object, "lifts_limited", report->lifts_limited);
    add_count(object, "times_mended", report->time_reversed);
    add_count(object, "pauses_cut", report->pauses_cut);
}

static void add_skipped(cJSON *root, const gathering *all)
{
    cJSON *list = cJSON_AddArrayToObject(root, "skipped_files");
    int named = 0;
    for (size_t i = 0; i < all->lines && named < MAX_NAMED; i++) {
        const char *wrong = all->line[i]->ink ? NULL : all->line[i]->wrong;
        named += wrong && cJSON_AddItemToArray(list, cJSON_CreateString(wrong));
    }
    for (size_t i = 0; i < all->wrongs && named < MAX_NAMED; i++, named++)
        cJSON_AddItemToArray(list, cJSON_CreateString(all->wrong[i]));
}

/* Forms that have strokes and rows of text which do not fit each other, in the order of names. */
static void add_misfits(cJSON *root, const gathering *all)
{
    cJSON *list = cJSON_AddArrayToObject(root, "misfit_forms");
    const form *before = NULL;
    for (size_t i = 0; i < all->lines && cJSON_GetArraySize(list) < MAX_NAMED; i++) {
        const char *name = all->line[i]->name;
        const size_t length = iam_form_of(name, strlen(name), NULL);
        const form *f = &all->forms.form[*names_find(&all->forms.index, name, length)];
        if (f != before && f->rows > 0 && !form_text(f, 1)) {
            char copy[64];
            snprintf(copy, sizeof copy, "%.*s", (int)length, name);
            cJSON_AddItemToArray(list, cJSON_CreateString(copy));
        }
        before = f;
    }
}

char *report_json(const prepare_counts *counts, const lh_prepare_options *options,
                  const gathering *all)
{
    cJSON *root = cJSON_CreateObject();
    add_count(root, "files", counts->files);
    add_count(root, "bytes", counts->bytes);
    add_count(root, "lines", counts->lines);
    add_count(root, "skipped", counts->skipped);
    add_count(root, "doubles", counts->doubles);
    add_count(root, "lines_untranscribed", counts->untranscribed);
    add_count(root, "lines_misfit", counts->misfit);
    add_count(root, "lines_implausible", counts->implausible);
    cJSON_AddNumberToObject(root, "min_points_per_character",
                            (double)options->min_points_per_character);
    cJSON_AddNumberToObject(root, "max_points_per_character",
                            (double)options->max_points_per_character);
    add_cleaning(root, &counts->cleaning, &options->cleaning);
    add_skipped(root, all);
    add_misfits(root, all);
    char *text = cJSON_PrintUnformatted(root);
    cJSON_Delete(root);
    return text;
}
