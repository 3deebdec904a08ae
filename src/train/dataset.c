/* Lines of a corpus as the sequences a network takes: offsets clipped and normalised in one array,
 * texts as alphabet indices in another. Which lines to take is decided here; how to batch them is
 * epoch.c's. */
#include "dataset.h"

#include "base/need.h"

#include <stdlib.h>
#include <string.h>

struct lh_dataset {
    size_t count, steps, left_out;
    lh_sequence *sequences; /* [count], views into x and text */
    size_t *line;           /* [count] index in the corpus */
    lh_real *x;             /* [steps][3], or with features [steps][LH_FEATURES] */
    int32_t *text;
    /* With features: */
    lh_reading_line *reading; /* [count], views into points */
    lh_point *points;
};

/* ---- which lines ---- */

/* The number of characters of `text`, or 0 when it is empty or has one outside the alphabet. */
static size_t writable_length(const char *text, const lh_alphabet *alphabet)
{
    size_t length = 0;
    for (uint32_t c; (c = lh_utf8_next(&text)) != 0; length++)
        if (c == UINT32_MAX || lh_alphabet_index(alphabet, c) < 0)
            return 0;
    return length;
}

/* Lists the fitting lines in `line` (room for all lines of the corpus). */
static void choose_lines(lh_dataset *dataset, const lh_corpus *corpus,
                         const lh_dataset_options *options)
{
    size_t lines = lh_corpus_count(corpus);
    for (size_t i = 0; i < lines; i++) {
        lh_corpus_line line = lh_corpus_get(corpus, i);
        if (!(options->splits >> line.split & 1) || line.count < 2)
            continue;
        if (options->alphabet && !(line.text && writable_length(line.text, options->alphabet)))
            dataset->left_out++;
        else
            dataset->line[dataset->count++] = i;
    }
}

/* Keeps `most` lines, evenly spread; 0: all. */
static void thin(lh_dataset *dataset, size_t most)
{
    if (most == 0 || dataset->count <= most)
        return;
    for (size_t i = 0; i < most; i++)
        dataset->line[i] = dataset->line[i * dataset->count / most];
    dataset->count = most;
}

/* ---- rare characters ---- */

/* A character is rare when fewer than one line in so many has it. */
enum { RARE_ONE_IN = 100 };

/* Which characters of the alphabet occur in a text that has no others. */
static void mark_characters(const char *text, const lh_alphabet *alphabet,
                            bool found[LH_ALPHABET_MAX])
{
    memset(found, 0, LH_ALPHABET_MAX * sizeof *found);
    for (uint32_t c; (c = lh_utf8_next(&text)) != 0;)
        found[lh_alphabet_index(alphabet, c)] = true;
}

/* How often to take a line for the sake of its rarest character. */
static size_t repeats_of(const lh_dataset *dataset, const size_t lines_with[LH_ALPHABET_MAX],
                         const bool found[LH_ALPHABET_MAX], int most)
{
    size_t repeats = 1;
    for (int c = 0; c < LH_ALPHABET_MAX; c++) {
        size_t wanted = found[c] ? dataset->count / RARE_ONE_IN / lines_with[c] : 0;
        repeats = wanted > repeats ? wanted : repeats;
    }
    return repeats < (size_t)most ? repeats : (size_t)most;
}

/* Lists lines with rare characters several times, one behind the other. */
static lh_status repeat_rare(lh_dataset *dataset, const lh_corpus *corpus,
                             const lh_dataset_options *options, lh_error *error)
{
    bool found[LH_ALPHABET_MAX];
    size_t lines_with[LH_ALPHABET_MAX] = {0}, count = 0;
    for (size_t i = 0; i < dataset->count; i++) {
        mark_characters(lh_corpus_get(corpus, dataset->line[i]).text, options->alphabet, found);
        for (int c = 0; c < LH_ALPHABET_MAX; c++)
            lines_with[c] += found[c];
    }
    size_t *line = malloc(dataset->count * (size_t)options->rare_weight * sizeof *line);
    if (!line)
        return lh_fail_memory(error, "a list of lines");
    for (size_t i = 0; i < dataset->count; i++) {
        mark_characters(lh_corpus_get(corpus, dataset->line[i]).text, options->alphabet, found);
        size_t repeats = repeats_of(dataset, lines_with, found, options->rare_weight);
        while (repeats-- > 0)
            line[count++] = dataset->line[i];
    }
    free(dataset->line);
    dataset->line = line;
    dataset->count = count;
    return LH_OK;
}

/* ---- conversion ---- */

static lh_real normalised(double difference, double limit, double scale)
{
    if (limit > 0)
        difference = difference > limit ? limit : difference < -limit ? -limit : difference;
    return (lh_real)(difference / scale);
}

static void convert_points(const lh_corpus_line *line, const lh_dataset_options *options,
                           lh_real *x)
{
    const lh_point *p = line->points;
    for (size_t t = 1; t < line->count; t++, x += LH_INPUTS) {
        x[0] = normalised((double)p[t].x - p[t - 1].x, options->max_offset, options->scale_x);
        x[1] = normalised((double)p[t].y - p[t - 1].y, options->max_offset, options->scale_y);
        x[2] = p[t].end ? 1 : 0;
    }
}

static void convert_text(const char *text, const lh_alphabet *alphabet, int32_t *indices)
{
    for (uint32_t c; (c = lh_utf8_next(&text)) != 0;)
        *indices++ = lh_alphabet_index(alphabet, c);
}

/* Copies the ink of the lines, which may outlive the corpus. */
static lh_status keep_ink(lh_dataset *dataset, const lh_corpus *corpus, lh_error *error)
{
    size_t count = 0;
    for (size_t i = 0; i < dataset->count; i++)
        count += lh_corpus_get(corpus, dataset->line[i]).count;
    dataset->points = malloc(count * sizeof *dataset->points);
    dataset->reading = calloc(dataset->count, sizeof *dataset->reading);
    if (!dataset->points || !dataset->reading)
        return lh_fail(error, LH_ERROR_MEMORY, "out of memory for %zu lines of %zu points",
                       dataset->count, count);
    lh_point *to = dataset->points;
    for (size_t i = 0; i < dataset->count; i++) {
        const lh_corpus_line line = lh_corpus_get(corpus, dataset->line[i]);
        memcpy(to, line.points, line.count * sizeof *to);
        dataset->reading[i] = (lh_reading_line){.points = to, .count = line.count};
        to += line.count;
    }
    return LH_OK;
}

/* The features of every line, found by all cores. */
static lh_status find_features(lh_dataset *dataset, lh_features *features, lh_error *error)
{
    lh_status status = LH_OK;
#pragma omp parallel for schedule(dynamic)
    for (size_t i = 0; i < dataset->count; i++) {
        lh_error own;
        lh_reading_line *line = &dataset->reading[i];
        *line = lh_reading_line_of(line->points, line->count);
        if (lh_reading_features(line, NULL, 0, &features[i], &own) != LH_OK) {
#pragma omp critical(lh_dataset_features)
            {
                status = own.status;
                if (error)
                    *error = own;
            }
        }
    }
    return status;
}

/* Puts features in the place of the offsets. Lines whose text does not fit them are left out. */
static lh_status use_features(lh_dataset *dataset, lh_features *features, lh_error *error)
{
    size_t steps = 0, kept = 0;
    for (size_t i = 0; i < dataset->count; i++)
        steps += features[i].count;
    lh_real *x = malloc((steps + 1) * LH_FEATURES * sizeof *x);
    if (!x)
        return lh_fail_memory(error, "the features of lines");
    free(dataset->x);
    dataset->x = x;
    dataset->steps = 0;
    for (size_t i = 0; i < dataset->count; i++) {
        lh_sequence *sequence = &dataset->sequences[kept];
        *sequence = dataset->sequences[i];
        if (lh_ctc_steps(sequence->text, sequence->characters) > (int)features[i].count) {
            dataset->left_out++;
            continue;
        }
        dataset->line[kept] = dataset->line[i];
        dataset->reading[kept++] = dataset->reading[i];
        sequence->x = x;
        sequence->steps = (int)features[i].count;
        for (size_t k = 0; k < features[i].count * LH_FEATURES; k++)
            *x++ = (lh_real)features[i].x[k];
        dataset->steps += features[i].count;
    }
    dataset->count = kept;
    return kept > 0 ? LH_OK
                    : lh_fail(error, LH_ERROR_ARGUMENT, "no line has enough ink for its text");
}

static lh_status convert_to_features(lh_dataset *dataset, const lh_corpus *corpus, lh_error *error)
{
    lh_features *features = calloc(dataset->count, sizeof *features);
    const size_t count = dataset->count;
    lh_status status = features ? keep_ink(dataset, corpus, error)
                                : lh_fail_memory(error, "the features of lines");
    if (status == LH_OK)
        status = find_features(dataset, features, error);
    if (status == LH_OK)
        status = use_features(dataset, features, error);
    for (size_t i = 0; features && i < count; i++)
        lh_features_free(&features[i]);
    free(features);
    return status;
}

static lh_status convert_lines(lh_dataset *dataset, const lh_corpus *corpus,
                               const lh_dataset_options *options, lh_error *error)
{
    size_t characters = 0;
    for (size_t i = 0; i < dataset->count; i++) {
        lh_corpus_line line = lh_corpus_get(corpus, dataset->line[i]);
        dataset->steps += line.count - 1;
        if (options->alphabet)
            characters += writable_length(line.text, options->alphabet);
    }
    dataset->sequences = calloc(dataset->count, sizeof *dataset->sequences);
    dataset->x = malloc(dataset->steps * LH_INPUTS * sizeof *dataset->x);
    dataset->text = malloc((characters + 1) * sizeof *dataset->text);
    if (!dataset->sequences || !dataset->x || !dataset->text)
        return lh_fail(error, LH_ERROR_MEMORY, "out of memory for %zu lines of %zu points",
                       dataset->count, dataset->steps);
    lh_real *x = dataset->x;
    int32_t *text = dataset->text;
    for (size_t i = 0; i < dataset->count; i++) {
        lh_corpus_line line = lh_corpus_get(corpus, dataset->line[i]);
        lh_sequence *sequence = &dataset->sequences[i];
        sequence->x = x;
        sequence->steps = (int)(line.count - 1);
        sequence->limit[0] = (lh_real)(options->max_offset / options->scale_x);
        sequence->limit[1] = (lh_real)(options->max_offset / options->scale_y);
        if (!options->features) {
            convert_points(&line, options, x);
            x += (size_t)sequence->steps * LH_INPUTS;
        }
        if (options->alphabet) {
            sequence->text = text;
            sequence->characters = (int)writable_length(line.text, options->alphabet);
            convert_text(line.text, options->alphabet, text);
            text += sequence->characters;
        }
    }
    return LH_OK;
}

/* ---- the object ---- */

lh_dataset *lh_dataset_new(const lh_corpus *corpus, const lh_dataset_options *options,
                           lh_error *error)
{
    LH_NEED(error, corpus && options, NULL);
    LH_NEED(error, options->max_offset >= 0 && options->rare_weight >= 0, NULL);
    LH_NEED(error, options->alphabet || !options->features, NULL);
    if (!(options->scale_x > 0 && options->scale_y > 0)) {
        lh_fail(error, LH_ERROR_ARGUMENT, "the scale of offsets must be above 0, not %g, %g",
                options->scale_x, options->scale_y);
        return NULL;
    }
    lh_dataset *dataset = calloc(1, sizeof *dataset);
    size_t lines = lh_corpus_count(corpus);
    if (dataset)
        dataset->line = malloc((lines + 1) * sizeof *dataset->line);
    if (!dataset || !dataset->line) {
        lh_fail_memory(error, "a list of lines");
        lh_dataset_free(dataset);
        return NULL;
    }
    choose_lines(dataset, corpus, options);
    lh_status status = LH_OK;
    if (dataset->count == 0)
        status = lh_fail(error, LH_ERROR_ARGUMENT,
                         "none of the corpus's %zu lines is in the chosen splits%s", lines,
                         options->alphabet ? " with a text the network knows" : "");
    thin(dataset, options->max_lines);
    if (status == LH_OK && options->alphabet && options->rare_weight > 1)
        status = repeat_rare(dataset, corpus, options, error);
    if (status == LH_OK)
        status = convert_lines(dataset, corpus, options, error);
    if (status == LH_OK && options->features)
        status = convert_to_features(dataset, corpus, error);
    if (status == LH_OK)
        return dataset;
    lh_dataset_free(dataset);
    return NULL;
}

void lh_dataset_free(lh_dataset *dataset)
{
    if (!dataset)
        return;
    free(dataset->sequences);
    free(dataset->line);
    free(dataset->x);
    free(dataset->text);
    free(dataset->reading);
    free(dataset->points);
    free(dataset);
}

size_t lh_dataset_count(const lh_dataset *dataset)
{
    return dataset ? dataset->count : 0;
}

size_t lh_dataset_points(const lh_dataset *dataset)
{
    return dataset ? dataset->steps : 0;
}

const lh_sequence *lh_dataset_sequences(const lh_dataset *dataset)
{
    return dataset ? dataset->sequences : NULL;
}

const lh_reading_line *lh_dataset_reading_line(const lh_dataset *dataset, size_t index)
{
    return &dataset->reading[index];
}

size_t lh_dataset_line(const lh_dataset *dataset, size_t index)
{
    return dataset && index < dataset->count ? dataset->line[index] : SIZE_MAX;
}

size_t lh_dataset_left_out(const lh_dataset *dataset)
{
    return dataset ? dataset->left_out : 0;
}
