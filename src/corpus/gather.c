/* Reads all files of all sources. One thread walks folders and archives and hands each line file to
 * the others as a task; OpenMP bounds how many wait, and thereby the memory. Transcriptions and
 * lists are few and small: the walking thread reads them itself. */
#include "gather.h"

#include "iam_name.h"
#include "splits.h"
#include "walk.h"

#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Progress is told after so many files. */
enum { PROGRESS_STEP = 64, MAX_TEXT_FILE = 1 << 20 };

typedef struct gatherer {
    gathering *all;
    const lh_prepare_options *options;
    bool lists_elsewhere; /* options->splits names the folder of lists: others are not read */
    source_budget budget;
    bool stopped; /* strict, and a file was bad: shared by the threads, atomic */
} gatherer;

/* ---- line files, on any thread --------------------------------------------------------------- */

static lh_ink *read_line(const gatherer *g, gathered *line, lh_error *error)
{
    if (!line->data)
        line->data = lh_file_read(line->path, IAM_MAX_FILE, &line->size, error);
    if (!line->data)
        return NULL;
    lh_ink *ink = iam_read_line(line->data, line->size, line->path, line->writer, error);
    if (!ink)
        return NULL;
    lh_error wrong;
    lh_status status = lh_ink_clean(ink, &g->options->cleaning, &line->cleaning, &wrong);
    if (status == LH_OK && ink->count >= 2)
        return ink;
    if (status == LH_OK)
        lh_fail(error, LH_ERROR_FORMAT, "%s: holds a single point", line->path);
    else
        lh_fail(error, status, "%s: %s", line->path, wrong.message);
    lh_ink_free(ink);
    return NULL;
}

/* Growing ink takes up to twice its room; a whole corpus of it should not. */
static void shrink(lh_ink *ink)
{
    lh_point *points = realloc(ink->points, ink->count * sizeof *points);
    if (!points)
        return;
    ink->points = points;
    ink->capacity = ink->count;
}

static void tell_progress(gatherer *g, size_t size)
{
    const lh_prepare_options *options = g->options;
#pragma omp critical(longhand_gather)
    {
        g->all->files++;
        g->all->bytes += size;
        if (options->progress && g->all->files % PROGRESS_STEP == 0)
            options->progress(options->user, g->all->files, g->all->bytes);
    }
}

static void note_wrong_line(gathered *line, const lh_error *wrong)
{
    line->kind = wrong->status;
    line->wrong = strdup(wrong->message);
}

static void read_gathered(gatherer *g, gathered *line)
{
    lh_error error;
    if (!line->wrong) {
        line->ink = read_line(g, line, &error);
        if (line->ink)
            shrink(line->ink);
        else
            note_wrong_line(line, &error);
    }
    if (!line->ink && g->options->strict) {
#pragma omp atomic write
        g->stopped = true;
    }
    tell_progress(g, line->size);
    free(line->data);
    line->data = NULL;
}

/* ---- walking, on one thread ------------------------------------------------------------------ */

static lh_status note_wrong(gatherer *g, const lh_error *wrong, lh_error *error)
{
    gathering *all = g->all;
    if (all->wrongs == all->wrong_capacity) {
        size_t capacity = 2 * all->wrong_capacity + 16;
        char **larger = realloc(all->wrong, capacity * sizeof *larger);
        if (!larger)
            return lh_fail_memory(error, "a message");
        all->wrong = larger;
        all->wrong_capacity = capacity;
    }
    char *copy = strdup(wrong->message);
    if (!copy)
        return lh_fail_memory(error, "a message");
    all->wrong[all->wrongs++] = copy;
    if (!g->options->strict)
        return LH_OK;
    *error = *wrong;
    return wrong->status;
}

static gathered *new_line(gathering *all, source_file *file, lh_error *error)
{
    if (all->lines == all->line_capacity) {
        size_t capacity = all->line_capacity ? 2 * all->line_capacity : 1024;
        gathered **larger = realloc(all->line, capacity * sizeof *larger);
        if (larger) {
            all->line = larger;
            all->line_capacity = capacity;
        }
    }
    gathered *line = calloc(1, sizeof *line);
    if (line)
        line->name = strndup(file->base, strlen(file->base) - 4);
    if (!line || !line->name || all->lines == all->line_capacity) {
        lh_fail_memory(error, "a line");
        free(line ? line->name : NULL);
        free(line);
        return NULL;
    }
    line->order = all->lines;
    line->path = file->path;
    line->data = file->data;
    line->size = file->size;
    *file = (source_file){0};
    all->line[all->lines++] = line;
    return line;
}

static lh_status take_line(gatherer *g, source_file *file, lh_error *error)
{
    lh_error message;
    char *wrong = file->wrong;
    const size_t length = strlen(file->base) - 4;
    if (iam_form_of(file->base, length, NULL) == length) {
        lh_fail(&message, LH_ERROR_FORMAT,
                "%s: is not named as a line file is, with its form and its number in it "
                "(a01-000u-01.xml)",
                file->path);
        return note_wrong(g, &message, error);
    }
    gathered *line = new_line(g->all, file, error);
    if (!line)
        return error->status;
    if (wrong) {
        lh_fail(&message, LH_ERROR_FORMAT, "%s: %s", line->path, wrong);
        note_wrong_line(line, &message);
        free(wrong);
    }
#pragma omp task firstprivate(g, line)
    read_gathered(g, line);
    return LH_OK;
}

static lh_status take_list(gatherer *g, const source_file *file, lh_split split, lh_error *error)
{
    size_t doubles = 0;
    g->all->lists = true;
    lh_status status = split_read_list(&g->all->splits, split, file->data, &doubles, error);
    if (status != LH_OK || doubles == 0)
        return status;
    lh_error message;
    lh_fail(&message, LH_ERROR_FORMAT, "%s: %zu names in it stand in another list as well",
            file->path, doubles);
    return note_wrong(g, &message, error);
}

static lh_status take_form(gatherer *g, const source_file *file, size_t length, lh_error *error)
{
    form *f = forms_get(&g->all->forms, file->base, length, error);
    if (!f)
        return error->status;
    if (f->rows > 0) /* the first one counts, as with lines */
        return LH_OK;
    lh_error wrong;
    lh_status status = form_read_text(f, file->data, file->size, file->path, &wrong);
    if (status == LH_ERROR_FORMAT)
        return note_wrong(g, &wrong, error);
    if (status != LH_OK)
        *error = wrong;
    return status;
}

static lh_status take_text(gatherer *g, source_file *file, lh_error *error)
{
    size_t length = strlen(file->base) - 4;
    lh_split split = split_of_list(file->base);
    if (split == LH_SPLIT_NONE ? !iam_form_fits(file->base, length) : g->lists_elsewhere)
        return LH_OK; /* some other text */
    lh_error wrong;
    if (file->wrong)
        lh_fail(&wrong, LH_ERROR_FORMAT, "%s: %s", file->path, file->wrong);
    else if (!file->data)
        file->data = lh_file_read(file->path, MAX_TEXT_FILE, &file->size, &wrong);
    if (!file->data)
        return note_wrong(g, &wrong, error);
    return split != LH_SPLIT_NONE ? take_list(g, file, split, error)
                                  : take_form(g, file, length, error);
}

/* Of an archive, something of which cannot be read. */
static lh_status take_archive(gatherer *g, const source_file *file, lh_error *error)
{
    lh_error message;
    lh_fail(&message, LH_ERROR_FORMAT, "%s: %s", file->path, file->wrong);
    return note_wrong(g, &message, error);
}

static lh_status take_file(void *user, source_file file, lh_error *error)
{
    gatherer *g = user;
    bool stopped;
#pragma omp atomic read
    stopped = g->stopped;
    lh_status status = LH_OK;
    if (stopped)
        status = lh_fail(error, LH_ERROR_FORMAT, "%s: not read, a file before was bad", file.path);
    else if (!file.base)
        status = take_archive(g, &file, error);
    else if (strcmp(file.base + strlen(file.base) - 4, ".xml") == 0)
        status = take_line(g, &file, error);
    else
        status = take_text(g, &file, error);
    free(file.path);
    free(file.data);
    free(file.wrong);
    return status;
}

static lh_status take_lists_folder(gatherer *g, const char *folder, lh_error *error)
{
    for (int split = LH_SPLIT_TRAIN; split < LH_SPLIT_COUNT; split++) {
        char path[4096];
        int length = snprintf(path, sizeof path, "%s/%s.txt", folder, lh_split_name(split));
        if (length >= (int)sizeof path)
            return lh_fail(error, LH_ERROR_ARGUMENT, "%.64s...: the path is too long", folder);
        source_file file = {.path = path};
        file.data = lh_file_read(path, MAX_TEXT_FILE, &file.size, error);
        if (!file.data)
            return error->status;
        lh_status status = take_list(g, &file, split, error);
        free(file.data);
        if (status != LH_OK)
            return status;
    }
    return LH_OK;
}

static lh_status walk_all(gatherer *g, const char *const *sources, size_t count, lh_error *error)
{
    lh_status status = LH_OK;
    if (g->lists_elsewhere)
        status = take_lists_folder(g, g->options->splits, error);
    for (size_t i = 0; i < count && status == LH_OK; i++)
        status = source_walk(sources[i], &g->budget, take_file, g, error);
    return status;
}

lh_status gather(gathering *all, const char *const *sources, size_t count,
                 const lh_prepare_options *options, lh_error *error)
{
    gatherer g = {.all = all,
                  .options = options,
                  .lists_elsewhere = options->splits != NULL,
                  .budget = {.max_bytes = options->max_bytes, .max_files = options->max_files}};
    int threads = options->threads > 0 ? options->threads : omp_get_num_procs();
    lh_status status = LH_OK;
    lh_error failure = {0};
#pragma omp parallel num_threads(threads)
#pragma omp single
    status = walk_all(&g, sources, count, &failure);
    for (size_t i = 0; g.stopped && i < all->lines; i++)
        if (all->line[i]->wrong)
            return lh_fail(error, all->line[i]->kind, "%s", all->line[i]->wrong);
    if (status != LH_OK) {
        *error = failure;
        return status;
    }
    if (options->progress)
        options->progress(options->user, all->files, all->bytes);
    return LH_OK;
}

void gathered_free(gathered *line)
{
    lh_ink_free(line->ink);
    free(line->path);
    free(line->name);
    free(line->wrong);
    free(line->data);
    free(line);
}

void gathering_free(gathering *all)
{
    for (size_t i = 0; i < all->lines; i++)
        gathered_free(all->line[i]);
    free(all->line);
    for (size_t i = 0; i < all->wrongs; i++)
        free(all->wrong[i]);
    free(all->wrong);
    forms_free(&all->forms);
    names_free(&all->splits);
}
