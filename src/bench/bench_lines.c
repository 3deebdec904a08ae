/* Lines for the benchmark to learn: real ones, or made ones that cost the same. */
#include "bench/bench.h"

#include <stdlib.h>

const lh_architecture bench_network = {
    .kind = LH_SYNTHESIS,
    .layers = 3,
    .cells = 400,
    .mixtures = 20,
    .windows = 10,
    .alphabet = BENCH_ALPHABET,
};

/* Points of IAM-OnDB's lines: that share of the lines has no more, counted over all 12,195. */
static const struct {
    double share;
    int points;
} lengths[] = {{0, 31},     {0.01, 155}, {0.05, 310}, {0.1, 403},   {0.25, 507},   {0.5, 620},
               {0.75, 745}, {0.9, 872},  {0.95, 955}, {0.99, 1140}, {0.999, 1452}, {1, 1940}};

/* The length of the line that `share` of all lines are no longer than. */
static int length_at(double share)
{
    size_t i = 1;
    while (lengths[i].share < share)
        i++;
    double part = (share - lengths[i - 1].share) / (lengths[i].share - lengths[i - 1].share);
    return lengths[i - 1].points + (int)(part * (lengths[i].points - lengths[i - 1].points));
}

static void fill_line(lh_sequence *line, lh_real *x, int32_t *text, lh_rng *rng)
{
    static const double end_of_stroke = 0.04; /* IAM-OnDB: 303,666 strokes of 7,656,846 points */
    for (int t = 0; t < line->steps; t++) {
        x[LH_INPUTS * t] = (lh_real)lh_rng_normal(rng);
        x[LH_INPUTS * t + 1] = (lh_real)lh_rng_normal(rng);
        x[LH_INPUTS * t + 2] = lh_rng_uniform(rng) < end_of_stroke;
    }
    for (int u = 0; u < line->characters; u++)
        text[u] = (int32_t)lh_rng_below(rng, BENCH_ALPHABET);
    line->x = x;
    line->text = text;
}

lh_status bench_lines_make(bench_lines *lines, size_t count, int steps, lh_error *error)
{
    *lines = (bench_lines){.count = count, .alphabet = BENCH_ALPHABET};
    lines->made = calloc(count, sizeof *lines->made);
    if (!lines->made)
        return lh_fail_memory(error, "lines");
    size_t points = 0, characters = 0;
    for (size_t i = 0; i < count; i++) {
        lh_sequence *line = &lines->made[i];
        line->steps = steps ? steps : length_at(((double)i + 0.5) / (double)count);
        line->characters = 1 + line->steps / BENCH_POINTS_PER_CHARACTER;
        points += (size_t)line->steps;
        characters += (size_t)line->characters;
    }
    lines->x = calloc(points * LH_INPUTS, sizeof *lines->x);
    lines->text = calloc(characters, sizeof *lines->text);
    if (!lines->x || !lines->text) {
        bench_lines_free(lines);
        return lh_fail_memory(error, "lines");
    }
    lh_rng rng;
    lh_rng_seed(&rng, 1, 0);
    points = characters = 0;
    for (size_t i = 0; i < count; i++) {
        lh_sequence *line = &lines->made[i];
        fill_line(line, lines->x + points * LH_INPUTS, lines->text + characters, &rng);
        points += (size_t)line->steps;
        characters += (size_t)line->characters;
    }
    lines->sequences = lines->made;
    return LH_OK;
}

static lh_status read_lines(bench_lines *lines, const char *path, lh_error *error)
{
    lh_corpus *corpus = lh_corpus_open(path, error);
    if (!corpus)
        return error->status;
    lh_scale scale = lh_corpus_scale(corpus);
    lh_dataset_options options = {.splits = LH_SPLITS_PAPER_TRAINING,
                                  .alphabet = lh_corpus_alphabet(corpus),
                                  .scale_x = scale.x,
                                  .scale_y = scale.y,
                                  .max_offset = LH_DEFAULT_MAX_OFFSET};
    *lines = (bench_lines){.alphabet = options.alphabet->count};
    lines->dataset = lh_dataset_new(corpus, &options, error);
    lh_corpus_free(corpus);
    if (!lines->dataset)
        return error->status;
    lines->count = lh_dataset_count(lines->dataset);
    lines->sequences = lh_dataset_sequences(lines->dataset);
    return LH_OK;
}

lh_status bench_lines_get(bench_lines *lines, const bench *b, size_t count, lh_error *error)
{
    if (!b->corpus)
        return bench_lines_make(lines, count, 0, error);
    lh_status status = read_lines(lines, b->corpus, error);
    if (status == LH_OK && lines->count < count) {
        status = lh_fail(error, LH_ERROR_ARGUMENT, "%s: has %zu lines to learn, %zu are needed",
                         b->corpus, lines->count, count);
        bench_lines_free(lines);
    }
    return status;
}

void bench_lines_free(bench_lines *lines)
{
    free(lines->made);
    free(lines->x);
    free(lines->text);
    lh_dataset_free(lines->dataset);
    *lines = (bench_lines){0};
}
