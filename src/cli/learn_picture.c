/* The picture of a run of `longhand learn`: charts one below the other. */
#include "base/extremes.h"
#include "learn.h"

#include "page/chart.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Loss and success, and success over length or a free run. */
enum { CHARTS = 3, SERIES = 2, FREE_STEPS_MAX = 400 };

typedef struct picture {
    lh_chart chart[CHARTS];
    lh_chart_series series[CHARTS][SERIES];
    double *values; /* x and y of all series; owned */
    size_t used;    /* of them */
    size_t charts;
} picture;

static void add_series(picture *p, size_t chart, const char *name, lh_chart_mark mark, int look,
                       size_t count, double **x, double **y)
{
    *x = p->values + p->used;
    *y = *x + count;
    p->used += 2 * count;
    p->series[chart][p->chart[chart].count++] = (lh_chart_series){
        .name = name, .mark = mark, .look = look, .x = *x, .y = *y, .count = count};
    p->chart[chart].series = p->series[chart];
}

static void take_rows(picture *p, size_t chart, const learn_run *run, bool test, const char *name)
{
    size_t count = 0;
    double *x, *y;
    for (size_t i = 0; i < run->count; i++)
        count += run->row[i].test == test;
    add_series(p, chart, name, test ? LH_CHART_DOTTED : LH_CHART_THIN, test, count, &x, &y);
    for (size_t i = 0, k = 0; i < run->count; i++)
        if (run->row[i].test == test) {
            x[k] = (double)run->row[i].sequences;
            y[k++] = chart == 0 ? run->row[i].score.loss : run->row[i].score.success;
        }
}

static void draw_learning(picture *p, const learn_run *run)
{
    const double right = (double)run->row[run->count - 1].sequences;
    double top = 0;
    for (size_t i = 0; i < run->count; i++)
        lh_raise(&top, run->row[i].score.loss);
    p->chart[0] = (lh_chart){.x_label = "sequences",
                             .y_label = learn_loss_unit(run->options->task),
                             .right = right,
                             .top = top > 0 ? 1.05 * top : 1};
    take_rows(p, 0, run, false, "training");
    take_rows(p, 0, run, true, "test");
    p->charts = 1;
    if (run->letters) /* of which no stretch is right to the last character */
        return;
    p->chart[1] = (lh_chart){.x_label = "sequences",
                             .y_label = "share of test sequences right",
                             .right = right,
                             .top = 1.05};
    take_rows(p, 1, run, true, NULL);
    p->charts = 2;
}

static int compare(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void draw_lengths(picture *p, const learn_run *run)
{
    const int count = run->lengths.count;
    double *x, *y, sorted[LEARN_LENGTHS_MAX];
    for (int i = 0; i < count; i++)
        sorted[i] = run->lengths.length[i];
    qsort(sorted, (size_t)count, sizeof *sorted, compare);
    p->chart[p->charts] = (lh_chart){.x_label = "length",
                                     .y_label = "share of sequences right",
                                     .right = 1.02 * sorted[count - 1],
                                     .top = 1.05};
    add_series(p, p->charts, NULL, LH_CHART_DOTTED, 1, (size_t)count, &x, &y);
    for (int k = 0; k < count; k++)
        for (int i = 0; i < count; i++)
            if (run->lengths.length[i] == (int)sorted[k]) {
                x[k] = sorted[k];
                y[k] = run->at_length[i].success;
            }
    p->charts++;
}

/* The network sees the first half of a series, and goes on alone. */
static lh_status draw_free_run(picture *p, const learn_run *run, lh_error *error)
{
    const lh_learn_options *o = run->options;
    const int half =
        o->setting.length < FREE_STEPS_MAX / 2 ? o->setting.length : FREE_STEPS_MAX / 2;
    const int steps = 2 * half;
    lh_real *y = malloc((size_t)steps * sizeof *y);
    lh_example example = {0};
    lh_rng rng;
    lh_rng_seed(&rng, o->seed, UINT64_MAX);
    lh_status status = y ? lh_example_draw(o->task, steps, steps, &rng, &example, error)
                         : lh_fail_memory(error, "a free run");
    if (status == LH_OK)
        status = lh_run_alone(run->model->network, example.x, half, steps, y, error);
    if (status == LH_OK) {
        double *of[4];
        p->chart[p->charts] =
            (lh_chart){.x_label = "steps; the network runs on alone in the right half",
                       .y_label = "value",
                       .right = steps,
                       .bottom = -1.5,
                       .top = 1.9};
        add_series(p, p->charts, "what is", LH_CHART_THIN, 0, (size_t)steps, &of[0], &of[1]);
        add_series(p, p->charts, "what the network foretold", LH_CHART_THIN, 2, (size_t)steps - 1,
                   &of[2], &of[3]);
        for (int t = 0; t < steps; t++) {
            of[0][t] = t;
            of[1][t] = (double)example.x[t];
            if (t > 0) {
                of[2][t - 1] = t;
                of[3][t - 1] = (double)y[t - 1];
            }
        }
        p->charts++;
    }
    lh_example_free(&example);
    free(y);
    return status;
}

/* Whether what the task foretells is what enters next. */
static bool runs_free(const lh_task *task)
{
    return strcmp(task->name, "sine") == 0;
}

lh_status learn_draw(const learn_run *run, const char *path, lh_error *error)
{
    char title[100];
    picture p = {.charts = 0};
    p.values =
        calloc(6 * run->count + 4 * FREE_STEPS_MAX + 2 * LEARN_LENGTHS_MAX, sizeof *p.values);
    if (!p.values)
        return lh_fail_memory(error, "a picture");
    snprintf(title, sizeof title, "A network learns the task %s", run->options->task->name);
    draw_learning(&p, run);
    lh_status status = LH_OK;
    if (run->lengths.count > 0)
        draw_lengths(&p, run);
    else if (runs_free(run->options->task))
        status = draw_free_run(&p, run, error);
    lh_output *output = status == LH_OK ? lh_output_open(path, error) : NULL;
    if (output)
        lh_charts_write(p.chart, p.charts, title, lh_output_stream(output));
    if (status == LH_OK)
        status = output ? lh_output_commit(output, error) : error->status;
    free(p.values);
    return status;
}
