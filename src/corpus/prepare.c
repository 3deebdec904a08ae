/* Makes the packed corpus: joins what was gathered, lines with their text and split, counts it, and
 * writes it. */
#include <longhand/corpus.h>

#include "base/need.h"
#include "corpus_file.h"
#include "corpus_pack.h"
#include "gather.h"
#include "iam_name.h"
#include "report.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

lh_prepare_options lh_prepare_defaults(void)
{
    return (lh_prepare_options){
        .cleaning = lh_cleaning_default,
        .min_points_per_character = 7,
        .max_points_per_character = 60,
        .max_bytes = 4000000000, /* ten times IAM-OnDB */
        .max_files = 1000000,
    };
}

/* ---- which lines ----------------------------------------------------------------------------- */

static int by_name_and_order(const void *a, const void *b)
{
    const gathered *x = *(gathered *const *)a, *y = *(gathered *const *)b;
    int order = strcmp(x->name, y->name);
    return order != 0 ? order : (x->order > y->order) - (x->order < y->order);
}

/* Where sources hold a line more than once, the first that could be read stays. Frees the others.
 */
static void drop_doubles(gathering *all, prepare_counts *counts)
{
    size_t kept = 0;
    for (size_t i = 0; i < all->lines; i++) {
        gathered *line = all->line[i], *before = kept ? all->line[kept - 1] : NULL;
        if (!before || strcmp(before->name, line->name) != 0) {
            all->line[kept++] = line;
            continue;
        }
        counts->doubles++;
        if (!before->ink && line->ink) {
            all->line[kept - 1] = line;
            line = before;
        }
        gathered_free(line);
    }
    all->lines = kept;
}

/* Forms learn how many line files they have, the bad ones too: a line that cannot be read still has
 * its row of text. */
static lh_status count_lines_of_forms(gathering *all, lh_error *error)
{
    for (size_t i = 0; i < all->lines; i++) {
        size_t number,
            length = iam_form_of(all->line[i]->name, strlen(all->line[i]->name), &number);
        form *f = forms_get(&all->forms, all->line[i]->name, length, error);
        if (!f)
            return error->status;
        f->lines++;
        f->last = number > f->last ? number : f->last;
    }
    return LH_OK;
}

/* ---- one line -------------------------------------------------------------------------------- */

static size_t characters_of(const char *text)
{
    size_t count = 0;
    while (lh_utf8_next(&text) != 0)
        count++;
    return count;
}

static bool plausible(const lh_prepare_options *options, size_t points, const char *text)
{
    float rate = (float)points / (float)characters_of(text);
    return rate >= options->min_points_per_character &&
           (options->max_points_per_character <= 0 || rate <= options->max_points_per_character);
}

static const char *text_of(gathering *all, const gathered *line, const lh_prepare_options *options,
                           prepare_counts *counts)
{
    size_t number, length = iam_form_of(line->name, strlen(line->name), &number);
    const form *f = &all->forms.form[*names_find(&all->forms.index, line->name, length)];
    const char *text = form_text(f, number);
    if (f->rows == 0)
        counts->untranscribed++;
    else if (!text)
        counts->misfit++;
    else if (!plausible(options, line->ink->count, text)) {
        counts->implausible++;
        return NULL;
    }
    return text;
}

/* A list may name the line itself, or its form. */
static lh_split split_of(const gathering *all, const char *name)
{
    const size_t length = strlen(name);
    const size_t *split = names_find(&all->splits, name, length);
    if (!split)
        split = names_find(&all->splits, name, iam_form_of(name, length, NULL));
    return split ? (lh_split)*split : LH_SPLIT_NONE;
}

/* Lists of which no name is known here are lists of something else. */
static lh_status check_lists(const gathering *all, lh_error *error)
{
    const char *name = NULL;
    for (size_t i = 0; i < all->lines; i++)
        if (split_of(all, all->line[i]->name) != LH_SPLIT_NONE)
            return LH_OK;
    for (size_t i = 0; i < all->splits.slots && !name; i++)
        name = all->splits.slot[i].name;
    if (!name || all->lines == 0)
        return LH_OK;
    return lh_fail(
        error, LH_ERROR_FORMAT,
        "the lists of splits name %zu forms or lines, '%.64s' say, and none of them is in the "
        "sources, where there is '%.64s'",
        all->splits.count, name, all->line[0]->name);
}

static lh_status add_characters(lh_alphabet *alphabet, const char *text, lh_error *error)
{
    uint32_t codepoint;
    while ((codepoint = lh_utf8_next(&text)) != 0)
        if (!lh_alphabet_add(alphabet, codepoint))
            return lh_fail(error, LH_ERROR_FORMAT,
                           "the transcriptions have more than %d different characters",
                           LH_ALPHABET_MAX);
    return LH_OK;
}

/* ---- all lines ------------------------------------------------------------------------------- */

static lh_status join(gathering *all, const lh_prepare_options *options, pack_line *lines,
                      lh_alphabet *alphabet, prepare_counts *counts, lh_error *error)
{
    for (size_t i = 0; i < all->lines; i++) {
        gathered *line = all->line[i];
        if (!line->ink && !line->wrong)
            return lh_fail_memory(error, "a line");
        if (!line->ink) {
            counts->skipped++;
            if (options->skip)
                options->skip(options->user, line->wrong);
            continue;
        }
        const char *text = text_of(all, line, options, counts);
        lh_status status = text ? add_characters(alphabet, text, error) : LH_OK;
        if (status != LH_OK)
            return status;
        cleaning_add(&counts->cleaning, &line->cleaning);
        lines[counts->lines++] =
            (pack_line){line->name, line->writer, text, split_of(all, line->name), line->ink};
    }
    return LH_OK;
}

/* Sums over the offsets of some lines. */
typedef struct moments {
    double n, x, y, xx, yy;
} moments;

static void add_moments(moments *m, const lh_ink *ink)
{
    for (size_t i = 1; i < ink->count; i++) {
        double dx = ink->points[i].x - ink->points[i - 1].x;
        double dy = ink->points[i].y - ink->points[i - 1].y;
        m->n++;
        m->x += dx;
        m->y += dy;
        m->xx += dx * dx;
        m->yy += dy * dy;
    }
}

/* 1 where nothing moves, so that it can be divided by. */
static double deviation(double n, double sum, double squares)
{
    double variance = n > 0 ? squares / n - sum / n * (sum / n) : 0;
    return variance > PACKED_SCALE_LEAST * PACKED_SCALE_LEAST ? sqrt(variance) : 1;
}

static lh_scale measure_scale(const pack_line *lines, size_t count)
{
    moments training = {0}, all = {0};
    for (size_t i = 0; i < count; i++) {
        add_moments(&all, lines[i].ink);
        if (LH_SPLITS_PAPER_TRAINING >> lines[i].split & 1)
            add_moments(&training, lines[i].ink);
    }
    const moments *m = training.n > 0 ? &training : &all;
    return (lh_scale){deviation(m->n, m->x, m->xx), deviation(m->n, m->y, m->yy)};
}

static lh_status finish(gathering *all, const lh_prepare_options *options, pack_line *lines,
                        const char *path, lh_error *error)
{
    lh_alphabet alphabet = {0};
    prepare_counts counts = {.files = all->files, .bytes = all->bytes};
    if (all->lines > 0)
        qsort(all->line, all->lines, sizeof *all->line, by_name_and_order);
    drop_doubles(all, &counts);
    lh_status status = count_lines_of_forms(all, error);
    if (status == LH_OK)
        status = check_lists(all, error);
    if (status == LH_OK)
        status = join(all, options, lines, &alphabet, &counts, error);
    if (status != LH_OK)
        return status;
    counts.skipped += all->wrongs;
    for (size_t i = 0; options->skip && i < all->wrongs; i++)
        options->skip(options->user, all->wrong[i]);
    if (counts.lines == 0)
        return lh_fail(error, LH_ERROR_FORMAT,
                       "no lines of writing in the sources (%zu files read, %zu passed over); what "
                       "is looked for, in any folder, are strokes in files as a01-000u-01.xml, and "
                       "their text in files as a01-000u.txt",
                       all->files, counts.skipped);
    char *report = report_json(&counts, options, all);
    if (!report)
        return lh_fail_memory(error, "the report");
    status = pack_write(lines, counts.lines, measure_scale(lines, counts.lines), &alphabet, report,
                        path, error);
    free(report);
    return status;
}

/* Limits that are numbers; lh_ink_clean looks at the cleaning's. */
static bool is_fit(const lh_prepare_options *options)
{
    return options->min_points_per_character >= 0 && options->max_points_per_character >= 0 &&
           options->threads >= 0;
}

static bool are_there(const char *const *sources, size_t count)
{
    bool all = sources && count > 0;
    for (size_t i = 0; all && i < count; i++)
        all = sources[i] != NULL;
    return all;
}

lh_status lh_corpus_prepare(const char *const *sources, size_t count,
                            const lh_prepare_options *options, const char *path, lh_error *error)
{
    LH_NEED(error, are_there(sources, count) && options && is_fit(options) && path,
            LH_ERROR_ARGUMENT);
    LH_OWN_ERROR(error);
    gathering all = {0};
    lh_status status = gather(&all, sources, count, options, error);
    if (status == LH_OK) {
        pack_line *lines = calloc(all.lines + 1, sizeof *lines);
        status =
            lines ? finish(&all, options, lines, path, error) : lh_fail_memory(error, "the lines");
        free(lines);
    }
    gathering_free(&all);
    return status;
}
