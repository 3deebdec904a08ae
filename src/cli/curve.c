/* `longhand curve`: draws the loss of training runs from their logs. */
#include "cli.h"
#include "options.h"

#include "base/extremes.h"
#include "page/chart.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The training loss is averaged over this share of the axis, to each side of a point. */
static const double smoothing = 0.01;
/* The choice of the vertical axis leaves out the training loss before this share of a run. */
static const double first_fall = 0.03;
enum { POINTS_MAX = 1000 };

typedef struct loss_curve {
    char *name;
    size_t count[2]; /* of training rows and of validations */
    double *x[2], *y[2];
} loss_curve;

typedef enum axis { EPOCHS, MINUTES } axis;

static const char *const axes[] = {"epochs", "minutes", NULL};

typedef struct curve_options {
    const char *out;
    axis x;
    double low, high; /* NAN: choose */
    cli_texts logs;
} curve_options;

#define AT(member) offsetof(curve_options, member)

/* clang-format off */
static const cli_option rows[] = {
    {.value = "LOG", .kind = CLI_INPUTS, .at = AT(logs), .help = "the log of a training run; several for one chart"},
    {.name = "--output", .brief = "-o", .value = "FILE", .kind = CLI_OUTPUT, .at = AT(out), .endings = "svg",
     .help = "the SVG; - is standard output"},
    {.name = "--x", .value = "WHAT", .kind = CLI_CHOICE, .at = AT(x), .choices = axes, .help = "along the axis"},
    {.name = "--low", .value = "NATS", .kind = CLI_DOUBLE, .at = AT(low), .low = -1e12, .high = 1e12, .fallback = "",
     .help = "lower end of the vertical axis; if not given, all but the first fall of the loss is shown"},
    {.name = "--high", .value = "NATS", .kind = CLI_DOUBLE, .at = AT(high), .low = -1e12, .high = 1e12, .fallback = "",
     .help = "its upper end"},
    {.kind = CLI_END},
};
/* clang-format on */

const cli_table cli_curve_table = {
    "curve", "LOG... -o OUT.svg [OPTION...]",
    "Draws the loss curves of training runs from their logs (MODEL.log.jsonl): the\n"
    "training loss, smoothed, as a thin line, the validations as a thick one with\n"
    "markers.\n",
    rows, NULL};

/* "runs/small.log.jsonl" -> "small". */
static char *short_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *name = strdup(slash ? slash + 1 : path);
    static const char *const endings[] = {".jsonl", ".log"};
    for (size_t i = 0; name && i < sizeof endings / sizeof *endings; i++) {
        size_t length = strlen(name), ending = strlen(endings[i]);
        if (length > ending && strcmp(name + length - ending, endings[i]) == 0)
            name[length - ending] = '\0';
    }
    return name;
}

static void curve_free(loss_curve *curve)
{
    free(curve->name);
    for (int kind = 0; kind < 2; kind++) {
        free(curve->x[kind]);
        free(curve->y[kind]);
    }
}

/* Replaces y by its mean over the points within `reach` of each. x ascends. */
static lh_status smooth(const double *x, double *y, size_t count, double reach, lh_error *error)
{
    double *sum = malloc((count + 1) * sizeof *sum);
    if (!sum)
        return lh_fail_memory(error, "a curve");
    sum[0] = 0;
    for (size_t i = 0; i < count; i++)
        sum[i + 1] = sum[i] + y[i];
    for (size_t i = 0, first = 0, end = 0; i < count; i++) {
        while (x[first] < x[i] - reach)
            first++;
        while (end < count && x[end] <= x[i] + reach)
            end++;
        y[i] = (sum[end] - sum[first]) / (double)(end - first);
    }
    free(sum);
    return LH_OK;
}

/* Keeps every k-th point, and the last, so that a long run makes no larger a picture. */
static size_t thin_out(double *x, double *y, size_t count)
{
    size_t step = (count + POINTS_MAX - 1) / POINTS_MAX, kept = 0;
    for (size_t i = 0; i < count; i++)
        if (i % step == 0 || i + 1 == count) {
            x[kept] = x[i];
            y[kept++] = y[i];
        }
    return kept;
}

static lh_status read_curve(loss_curve *curve, const char *path, bool minutes, lh_error *error)
{
    lh_training_log *log = lh_training_log_read(path, error);
    if (!log)
        return error->status;
    bool memory = (curve->name = short_name(path)) != NULL;
    for (int kind = 0; kind < 2; kind++) {
        curve->x[kind] = malloc((log->count + 1) * sizeof(double));
        curve->y[kind] = malloc((log->count + 1) * sizeof(double));
        memory = memory && curve->x[kind] && curve->y[kind];
    }
    lh_status status = memory ? LH_OK : lh_fail_memory(error, "a curve");
    for (size_t i = 0; i < log->count && status == LH_OK; i++) {
        const lh_training_row *row = &log->rows[i];
        size_t at = curve->count[row->valid]++;
        curve->x[row->valid][at] = minutes ? row->seconds / 60 : row->epoch;
        curve->y[row->valid][at] = row->nats_per_line;
    }
    if (status == LH_OK && log->count == 0)
        status = lh_fail(error, LH_ERROR_FORMAT, "%s: no row of a training run in it", path);
    lh_training_log_free(log);
    if (status == LH_OK && curve->count[0] > 0) {
        double span = curve->x[0][curve->count[0] - 1] - curve->x[0][0];
        status = smooth(curve->x[0], curve->y[0], curve->count[0], smoothing * span, error);
        curve->count[0] = thin_out(curve->x[0], curve->y[0], curve->count[0]);
    }
    return status;
}

/* The frame around all curves: x from 0, y around what is left after the first fall. */
static void choose_frame(lh_chart *chart, const loss_curve *curves, int count,
                         const curve_options *options)
{
    double right = 0, low = INFINITY, high = -INFINITY;
    for (int i = 0; i < count; i++)
        for (int kind = 0; kind < 2; kind++)
            for (size_t j = 0; j < curves[i].count[kind]; j++)
                lh_raise(&right, curves[i].x[kind][j]);
    for (int i = 0; i < count; i++)
        for (int kind = 0; kind < 2; kind++)
            for (size_t j = 0; j < curves[i].count[kind]; j++)
                if (curves[i].x[kind][j] >= first_fall * right) {
                    lh_lower(&low, curves[i].y[kind][j]);
                    lh_raise(&high, curves[i].y[kind][j]);
                }
    double margin = fmax(0.04 * (high - low), 1e-6 * fmax(1, fabs(high)));
    chart->left = 0;
    chart->right = right > 0 ? right : 1;
    chart->bottom = isnan(options->low) ? low - margin : options->low;
    chart->top = isnan(options->high) ? high + margin : options->high;
}

/* One run has its two series named; of several, each run is named, and one row tells the rest. */
static size_t make_series(lh_chart_series *series, const loss_curve *curves, int count)
{
    size_t made = 0;
    for (int i = 0; i < count; i++)
        for (int kind = 0; kind < 2; kind++) {
            bool named = kind == 1 || curves[i].count[1] == 0;
            const char *several = named ? curves[i].name : NULL;
            const char *one = kind ? "validation" : "training, smoothed";
            if (curves[i].count[kind] > 0)
                series[made++] = (lh_chart_series){
                    .name = count == 1 ? one : several,
                    .mark = kind ? LH_CHART_DOTTED : LH_CHART_THIN,
                    .look = i,
                    .x = curves[i].x[kind],
                    .y = curves[i].y[kind],
                    .count = curves[i].count[kind],
                };
        }
    if (count > 1)
        series[made++] = (lh_chart_series){.name = "thin: training, smoothed"};
    return made;
}

static lh_status draw(const loss_curve *curves, const curve_options *options, lh_error *error)
{
    lh_chart_series series[2 * LH_CHART_LOOKS + 1];
    lh_chart chart = {
        .title = "Loss of handwriting networks in training",
        .x_label = options->x == MINUTES ? "minutes" : "epochs",
        .y_label = "loss, nats a line",
        .series = series,
        .count = make_series(series, curves, (int)options->logs.count),
    };
    choose_frame(&chart, curves, (int)options->logs.count, options);
    if (!(chart.bottom < chart.top))
        return lh_fail(error, LH_ERROR_ARGUMENT, "nothing lies between %g and %g nats",
                       chart.bottom, chart.top);
    lh_output *output = lh_output_open(options->out, error);
    if (!output)
        return error->status;
    lh_chart_write(&chart, lh_output_stream(output));
    return lh_output_commit(output, error);
}

static int run(void *job, cli_given *given)
{
    const curve_options *options = job;
    lh_error error = {0};
    if (options->logs.count > LH_CHART_LOOKS)
        return cli_wrong_usage("curve", "one chart holds at most %d logs", LH_CHART_LOOKS);
    if (options->logs.count == 0 || !options->out)
        return cli_wrong_usage("curve", "needs %s",
                               options->logs.count ? "-o OUT.svg" : "the log of a training run");
    lh_status status = lh_claims_check(&given->claims, &error);
    const int count = (int)options->logs.count;
    loss_curve curves[LH_CHART_LOOKS] = {{0}};
    for (int i = 0; i < count && status == LH_OK; i++)
        status = read_curve(&curves[i], options->logs.text[i], options->x == MINUTES, &error);
    if (status == LH_OK)
        status = draw(curves, options, &error);
    for (int i = 0; i < count; i++)
        curve_free(&curves[i]);
    return status == LH_OK ? CLI_OK : cli_failed(&error);
}

int cli_curve(int argc, char **argv)
{
    curve_options options = {.low = NAN, .high = NAN};
    return cli_obey(&cli_curve_table, argc, argv, &options, run);
}
