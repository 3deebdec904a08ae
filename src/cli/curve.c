/* `longhand curve`: draws the loss of training runs from their logs. */
#include "cli.h"

#include "base/extremes.h"
#include "page/chart.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char help[] =
    "usage: longhand curve LOG... -o OUT.svg [OPTION...]\n\n"
    "Draws the loss curves of training runs from their logs (MODEL.log.jsonl): the training loss,\n"
    "smoothed, as a thin line, the validations as a thick one with markers.\n\n"
    "  -o FILE           the SVG; - is standard output\n"
    "  --x WHAT          epochs (the default) or minutes along the axis\n"
    "  --low NATS        the lower and\n"
    "  --high NATS       the upper end of the vertical axis; chosen to show all but the first\n"
    "                    fall of the loss when not given\n";

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

typedef struct curve_options {
    lh_claims claims;
    const char *out;
    bool minutes;
    double low, high; /* NAN: choose */
    const char *logs[LH_CHART_LOOKS];
    int count;
} curve_options;

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
        .x_label = options->minutes ? "minutes" : "epochs",
        .y_label = "loss, nats a line",
        .series = series,
        .count = make_series(series, curves, options->count),
    };
    choose_frame(&chart, curves, options->count, options);
    if (!(chart.bottom < chart.top))
        return lh_fail(error, LH_ERROR_ARGUMENT, "nothing lies between %g and %g nats",
                       chart.bottom, chart.top);
    lh_output *output = lh_output_open(options->out, error);
    if (!output)
        return error->status;
    lh_chart_write(&chart, lh_output_stream(output));
    return lh_output_commit(output, error);
}

static int read_options(curve_options *options, int argc, char **argv)
{
    cli_arguments a = cli_start(argc, argv);
    while (cli_next(&a)) {
        if (cli_is(&a, "--help", "-h")) {
            fputs(help, stdout);
            cli_end(&a);
            return -1;
        }
        if (!a.option && options->count == LH_CHART_LOOKS) {
            cli_wrong_usage(a.command, "one chart holds at most %d logs", LH_CHART_LOOKS);
            a.failed = true;
        } else if (!a.option) {
            options->logs[options->count++] = cli_input(&a, &options->claims);
        } else if (cli_is(&a, "--output", "-o")) {
            options->out = cli_picture(&a, NULL, &options->claims);
        } else if (cli_is(&a, "--low", NULL)) {
            options->low = cli_number(&a, -1e12, 1e12);
        } else if (cli_is(&a, "--high", NULL)) {
            options->high = cli_number(&a, -1e12, 1e12);
        } else if (cli_is(&a, "--x", NULL)) {
            const char *what = cli_string(&a);
            options->minutes = what && strcmp(what, "minutes") == 0;
            if (what && !options->minutes && strcmp(what, "epochs") != 0) {
                cli_wrong_usage(a.command, "--x is epochs or minutes, not '%s'", what);
                a.failed = true;
            }
        } else {
            cli_unknown(&a);
        }
    }
    bool failed = a.failed;
    cli_end(&a);
    if (failed)
        return CLI_USAGE;
    if (options->count == 0 || !options->out)
        return cli_wrong_usage(argv[0], "needs %s",
                               options->count ? "-o OUT.svg" : "the log of a training run");
    return CLI_OK;
}

int cli_curve(int argc, char **argv)
{
    curve_options options = {.low = NAN, .high = NAN};
    int code = read_options(&options, argc, argv);
    lh_error error = {0};
    lh_status status = code == CLI_OK ? lh_claims_check(&options.claims, &error) : LH_OK;
    lh_claims_free(&options.claims);
    if (code != CLI_OK)
        return code < 0 ? CLI_OK : code;
    loss_curve curves[LH_CHART_LOOKS] = {{0}};
    for (int i = 0; i < options.count && status == LH_OK; i++)
        status = read_curve(&curves[i], options.logs[i], options.minutes, &error);
    if (status == LH_OK)
        status = draw(curves, &options, &error);
    for (int i = 0; i < options.count; i++)
        curve_free(&curves[i]);
    return status == LH_OK ? CLI_OK : cli_failed(&error);
}
