/* `longhand cliff`: the error surface of a network of one unit, and gradient descent on it with and
 * without clipping (Pascanu, Mikolov and Bengio 2012, figure 6). */
#include "base/extremes.h"
#include "cli.h"
#include "json.h"
#include "options.h"

#include "page/chart.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct job {
    const char *picture;
    int steps, descents;
    double rate, clip;
    lh_cliff_point start;
    bool json;
} job;

static lh_status read_start(void *at, const char *value, lh_error *error)
{
    lh_cliff_point *start = at;
    char behind;
    if (sscanf(value, "%lf,%lf%c", &start->w, &start->b, &behind) == 2 && fabs(start->w) <= 100 &&
        fabs(start->b) <= 100)
        return LH_OK;
    return lh_fail(error, LH_ERROR_ARGUMENT,
                   "takes two numbers from -100 to 100 with a comma between, not '%.100s'", value);
}

#define AT(member) offsetof(job, member)

/* clang-format off */
static const cli_option rows[] = {
    {.name = "--output", .brief = "-o", .value = "FILE", .kind = CLI_OUTPUT, .at = AT(picture), .endings = "svg",
     .help = "the picture; - is standard output"},
    {.name = "--json", .kind = CLI_FLAG, .at = AT(json), .help = "prints both ways down as JSON"},
    {.name = "--steps", .value = "N", .kind = CLI_INT, .at = AT(steps), .low = 1, .high = 10000, .help = "after which the network is asked"},
    {.name = "--start", .value = "W,B", .kind = CLI_READ, .at = AT(start), .read = read_start, .fallback = "5.6,-2.3",
     .help = "where descent begins"},
    {.name = "--lr", .value = "RATE", .kind = CLI_DOUBLE, .at = AT(rate), .low = 1e-9, .high = 100, .help = "learning rate"},
    {.name = "--clip", .value = "NORM", .kind = CLI_DOUBLE, .at = AT(clip), .low = 1e-9, .high = 1e12,
     .help = "on one of the two ways a gradient longer than this is made that long"},
    {.name = "--descents", .value = "N", .kind = CLI_INT, .at = AT(descents), .low = 1, .high = 100000, .help = "steps of descent"},
    {.kind = CLI_END},
};
/* clang-format on */

const cli_table cli_cliff_table = {
    "cliff", "-o FILE [OPTION...]",
    "Draws the error surface of the smallest recurrent network, one unit that is to be\n"
    "0.7 after 50 steps, over its weight w and its bias b: the darker, the larger the\n"
    "error. It has a cliff, at which the gradient explodes. Gradient descent goes over\n"
    "it twice, once with the gradient as it is, once with its length clipped.\n",
    rows, NULL};

/* ---- the picture ---- */

static const double worst = 0.49; /* the largest error there can be */
enum { COLUMNS = 125, ROWS = 75, WAYS = 2, CHARTS = 3 };
static const char *const way_names[WAYS] = {"the gradient as it is", "clipped"};

/* What the map shows: where the clipped way goes, and around it. */
static void choose_place(const lh_cliff_point *way, int count, lh_chart *map)
{
    const double around = 0.3, least = 0.1;
    map->left = map->right = way[0].w;
    map->bottom = map->top = way[0].b;
    for (int i = 1; i < count; i++) {
        lh_lower(&map->left, way[i].w);
        lh_raise(&map->right, way[i].w);
        lh_lower(&map->bottom, way[i].b);
        lh_raise(&map->top, way[i].b);
    }
    const double x = around * (map->right - map->left) + least;
    const double y = around * (map->top - map->bottom) + least;
    map->left -= x;
    map->right += x;
    map->bottom -= y;
    map->top += y;
}

static void fill_map(const job *j, const lh_chart *map, double values[ROWS][COLUMNS])
{
    const double wide = (map->right - map->left) / COLUMNS;
    const double high = (map->top - map->bottom) / ROWS;
    for (int r = 0; r < ROWS; r++)
        for (int c = 0; c < COLUMNS; c++)
            values[r][c] = lh_cliff_error(j->steps, map->left + (c + 0.5) * wide,
                                          map->bottom + (r + 0.5) * high, NULL) /
                           worst;
}

/* x and y of a way [count] in each of the charts. */
static void fill_way(const lh_cliff_point *way, int count, double *x[CHARTS], double *y[CHARTS])
{
    const double least = 1e-12; /* drawn instead of less, of which there is no logarithm */
    for (int i = 0; i < count; i++) {
        x[0][i] = way[i].w;
        y[0][i] = way[i].b;
        x[1][i] = x[2][i] = i;
        y[1][i] = way[i].error;
        y[2][i] = log10(fmax(way[i].norm, least));
    }
}

static void frame(lh_chart charts[CHARTS], const job *j)
{
    double low = 0, high = 0;
    for (int way = 0; way < WAYS; way++)
        for (int i = 0; i < j->descents; i++) {
            lh_lower(&low, charts[2].series[way].y[i]);
            lh_raise(&high, charts[2].series[way].y[i]);
        }
    charts[0].x_label = "w";
    charts[0].y_label = "b";
    charts[1].y_label = "error E";
    charts[1].top = 0.6;
    charts[2].y_label = "log10 of |dE / d(w, b)|";
    charts[2].bottom = floor(low);
    charts[2].top = ceil(high) + 1; /* the legend's place */
    charts[1].x_label = charts[2].x_label = "steps of descent";
    charts[1].right = charts[2].right = j->descents;
}

static lh_status draw(const job *j, lh_cliff_point *const ways[WAYS], lh_error *error)
{
    static double map[ROWS][COLUMNS];
    const size_t count = (size_t)j->descents;
    double *values = calloc((size_t)2 * CHARTS * WAYS * count, sizeof *values), *at = values;
    lh_chart_series series[CHARTS][WAYS];
    const lh_chart_field field = {ROWS, COLUMNS, map[0]};
    lh_chart charts[CHARTS] = {{.field = &field}, {.title = NULL}, {.title = NULL}};
    if (!values)
        return lh_fail_memory(error, "a picture");
    for (int way = 0; way < WAYS; way++) {
        double *x[CHARTS], *y[CHARTS];
        for (int c = 0; c < CHARTS; c++, at += 2 * count) {
            x[c] = at;
            y[c] = at + count;
            series[c][way] = (lh_chart_series){
                .name = way_names[way],
                .mark = LH_CHART_THIN,
                .look = way,
                .x = x[c],
                .y = y[c],
                .count = count,
            };
            charts[c].series = series[c];
            charts[c].count = WAYS;
        }
        fill_way(ways[way], j->descents, x, y);
    }
    choose_place(ways[WAYS - 1], j->descents, &charts[0]);
    fill_map(j, &charts[0], map);
    frame(charts, j);
    lh_output *output = lh_output_open(j->picture, error);
    if (output)
        lh_charts_write(charts, CHARTS, "A cliff in the error of a network of one unit",
                        lh_output_stream(output));
    const lh_status status = output ? lh_output_commit(output, error) : error->status;
    free(values);
    return status;
}

/* ---- what is told ---- */

static int steepest(const lh_cliff_point *way, int count)
{
    int at = 0;
    for (int i = 1; i < count; i++)
        at = way[i].norm > way[at].norm ? i : at;
    return at;
}

static void print_table(const job *j, lh_cliff_point *const ways[WAYS])
{
    for (int way = 0; way < WAYS; way++) {
        const int at = steepest(ways[way], j->descents);
        const lh_cliff_point *end = &ways[way][j->descents - 1];
        printf(
            "%-22s  largest |dE / d(w, b)| %.3g, at step %d; in the end w %.2f, b %.2f, E %.4f\n",
            way_names[way], ways[way][at].norm, at + 1, end->w, end->b, end->error);
    }
}

static bool add_way(cJSON *object, const char *name, const lh_cliff_point *way, int count)
{
    cJSON *list = cJSON_AddArrayToObject(object, name);
    for (int i = 0; i < count && list; i++) {
        cJSON *point = cJSON_CreateObject();
        if (!cJSON_AddItemToArray(list, point) || !cJSON_AddNumberToObject(point, "w", way[i].w) ||
            !cJSON_AddNumberToObject(point, "b", way[i].b) ||
            !cJSON_AddNumberToObject(point, "error", way[i].error) ||
            !cJSON_AddNumberToObject(point, "gradient_norm", way[i].norm))
            return false;
    }
    return list != NULL;
}

static lh_status print_json(const job *j, lh_cliff_point *const ways[WAYS], lh_error *error)
{
    cJSON *object = cJSON_CreateObject();
    if (object && add_way(object, "free", ways[0], j->descents) &&
        add_way(object, "clipped", ways[1], j->descents))
        return cli_print_json(stdout, object, true, "a way down", error);
    cJSON_Delete(object);
    return lh_fail_memory(error, "a way down");
}

/* ---- the command ---- */

static lh_status descend(const job *j, lh_cliff_point *ways[WAYS], lh_error *error)
{
    lh_status status = LH_OK;
    for (int way = 0; way < WAYS && status == LH_OK; way++) {
        ways[way] = malloc((size_t)j->descents * sizeof *ways[way]);
        status = ways[way]
                     ? lh_cliff_descend(j->steps, j->start, j->rate, way == 0 ? INFINITY : j->clip,
                                        j->descents, ways[way], error)
                     : lh_fail_memory(error, "a way down");
    }
    return status;
}

static int run(void *job_of, cli_given *given)
{
    const job *j = job_of;
    lh_error error;
    lh_cliff_point *ways[WAYS] = {NULL};
    if (!j->picture && !j->json)
        return cli_wrong_usage("cliff", "needs -o FILE or --json");
    if (lh_claims_check(&given->claims, &error) != LH_OK)
        return cli_failed(&error);
    lh_status status = descend(j, ways, &error);
    if (status == LH_OK && j->picture)
        status = draw(j, ways, &error);
    if (status == LH_OK && j->json)
        status = print_json(j, ways, &error);
    else if (status == LH_OK && cli_prints_result(given))
        print_table(j, ways);
    for (int way = 0; way < WAYS; way++)
        free(ways[way]);
    return status == LH_OK ? CLI_OK : cli_failed(&error);
}

int cli_cliff(int argc, char **argv)
{
    job j = {.steps = 50, .descents = 200, .rate = 0.1, .clip = 1, .start = {.w = 5.6, .b = -2.3}};
    return cli_obey(&cli_cliff_table, argc, argv, &j, run);
}
