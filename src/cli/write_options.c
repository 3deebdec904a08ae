/* The options of `longhand write`. */
#include "write.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- values -----------------------------------------------------------------------------------
 */

/* Says that the option just read has a value that is none. */
static void refuse_value(cli_arguments *a, const char *expected)
{
    cli_wrong_usage(a->command, "%s: %s", a->option, expected);
    a->failed = true;
}

static void check_value(cli_arguments *a, lh_status status, const lh_error *error)
{
    if (status != LH_OK)
        refuse_value(a, error->message);
}

/* One to `most` numbers with commas between; returns how many. */
static int read_numbers(cli_arguments *a, float *values, int most)
{
    const char *text = cli_string(a);
    int count = 0;
    while (text) {
        char *end;
        values[count] = strtof(text, &end);
        bool number = end != text && values[count] > -1e5f && values[count] < 1e5f;
        text = *end == ',' ? end + 1 : NULL;
        count++;
        if (!number || (!text && *end) || (text && count == most)) {
            refuse_value(a, "takes numbers with commas between");
            return 0;
        }
    }
    return count;
}

static void read_margin(write_job *j, cli_arguments *a)
{
    lh_paper *paper = &j->document.paper;
    float v[4];
    int count = read_numbers(a, v, 4);
    if (count == 1)
        v[1] = v[2] = v[3] = v[0];
    else if (count != 4 && !a->failed)
        refuse_value(a, "takes one number, or four: top,right,bottom,left");
    if (a->failed)
        return;
    paper->top = v[0];
    paper->right = v[1];
    paper->bottom = v[2];
    paper->left = v[3];
}

static void read_paper_colour(write_job *j, cli_arguments *a)
{
    lh_error error;
    const char *value = cli_string(a);
    if (!value)
        return;
    j->document.paper.transparent = strcmp(value, "none") == 0;
    if (!j->document.paper.transparent)
        check_value(a, lh_colour_parse(value, &j->document.paper.colour, &error), &error);
}

/* ---- groups -----------------------------------------------------------------------------------
 */

static bool read_text_option(write_job *j, cli_arguments *a)
{
    if (cli_is(a, "--input", NULL))
        j->input[j->inputs++] = cli_string(a);
    else if (cli_is(a, "--merge", NULL))
        j->merge = cli_string(a);
    else if (cli_is(a, "--template", NULL))
        j->template = cli_string(a);
    else if (cli_is(a, "--only", NULL))
        j->only = cli_string(a);
    else if (cli_is(a, "--reflow", NULL))
        j->document.reflow = true;
    else if (cli_is(a, "--signs", NULL))
        j->signs = cli_string(a);
    else if (cli_is(a, "--skip-unknown", NULL))
        j->document.skip_unknown = true;
    else
        return false;
    return true;
}

/* A file even where its name might be that of a style: `line` is then ./line. */
static void read_style_file(write_job *j, cli_arguments *a)
{
    const char *path = j->style = cli_string(a);
    if (!path || strchr(path, '/') || cli_ending(path))
        return;
    free(j->style_file);
    j->style = j->style_file = malloc(strlen(path) + 3);
    if (j->style_file)
        sprintf(j->style_file, "./%s", path);
    else
        a->failed = true;
}

static bool read_hand_option(write_job *j, cli_arguments *a)
{
    lh_write_options *write = &j->document.write;
    if (cli_is(a, "--model", NULL))
        j->model_path = cli_string(a);
    else if (cli_is(a, "--style", NULL))
        j->style = cli_string(a);
    else if (cli_is(a, "--style-from", NULL))
        read_style_file(j, a);
    else if (cli_is(a, "--style-text", NULL))
        j->style_text = cli_string(a);
    else if (cli_is(a, "--bias", NULL))
        write->bias = cli_number(a, 0, 100);
    else if (cli_is(a, "--seed", NULL))
        write->seed = (uint64_t)cli_integer(a, 0, INT64_MAX);
    else if (cli_is(a, "--no-proofread", NULL))
        write->proofread = false;
    else if (cli_is(a, "--tries", NULL))
        write->tries = (int)cli_integer(a, 0, 200);
    else if (cli_is(a, "--drift", NULL))
        j->document.drift = (float)cli_number(a, 0, 100);
    else
        return false;
    return true;
}

static bool read_paper_option(write_job *j, cli_arguments *a)
{
    lh_error error;
    lh_document_options *document = &j->document;
    lh_paper *paper = &document->paper;
    const char *value;
    if (cli_is(a, "--paper", NULL)) {
        if ((value = cli_string(a)) != NULL)
            check_value(a, lh_paper_set_size(paper, value, &error), &error);
        j->paper_given = true;
    } else if (cli_is(a, "--ruling", NULL)) {
        if ((value = cli_string(a)) != NULL)
            check_value(a, lh_paper_set_ruling(paper, value, &error), &error);
    } else if (cli_is(a, "--margin", NULL))
        read_margin(j, a);
    else if (cli_is(a, "--paper-colour", NULL))
        read_paper_colour(j, a);
    else if (cli_is(a, "--pitch", NULL))
        paper->pitch = (float)cli_number(a, 0.6, 1000);
    else if (cli_is(a, "--width", NULL))
        document->width = (float)cli_number(a, 1, 10000);
    else if (cli_is(a, "--columns", NULL))
        document->columns = (int)cli_integer(a, 1, 12);
    else if (cli_is(a, "--gap", NULL))
        document->gap = (float)cli_number(a, 0, 1000);
    else if (cli_is(a, "--page-numbers", NULL))
        document->numbers = true;
    else if (cli_is(a, "--pen", NULL))
        document->pen = (float)cli_number(a, 0.01, 100);
    else if (cli_is(a, "--ink", NULL)) {
        if ((value = cli_string(a)) != NULL)
            check_value(a, lh_colour_parse(value, &document->ink, &error), &error);
    } else
        return false;
    return true;
}

static void read_order(write_job *j, cli_arguments *a)
{
    const char *value = cli_string(a);
    if (value && strcmp(value, "short") != 0 && strcmp(value, "written") != 0)
        refuse_value(a, "takes written or short");
    j->render.gcode.order =
        value && strcmp(value, "short") == 0 ? LH_ORDER_SHORT : LH_ORDER_WRITTEN;
}

static bool read_plotter_option(write_job *j, cli_arguments *a)
{
    lh_gcode_options *gcode = &j->render.gcode;
    float origin[2];
    if (cli_is(a, "--machine", NULL))
        j->machine = cli_string(a);
    else if (cli_is(a, "--order", NULL))
        read_order(j, a);
    else if (cli_is(a, "--draw-feed", NULL))
        gcode->draw_feed = (float)cli_number(a, 1, 100000);
    else if (cli_is(a, "--travel-feed", NULL))
        gcode->travel_feed = (float)cli_number(a, 1, 100000);
    else if (cli_is(a, "--lift-feed", NULL))
        gcode->lift_feed = (float)cli_number(a, 1, 100000);
    else if (cli_is(a, "--pen-up", NULL))
        gcode->pen_up = cli_string(a);
    else if (cli_is(a, "--pen-down", NULL))
        gcode->pen_down = cli_string(a);
    else if (cli_is(a, "--up", NULL))
        gcode->up = (float)cli_number(a, -1000, 1000);
    else if (cli_is(a, "--down", NULL))
        gcode->down = (float)cli_number(a, -1000, 1000);
    else if (cli_is(a, "--inches", NULL))
        gcode->inches = true;
    else if (cli_is(a, "--origin", NULL)) {
        if (read_numbers(a, origin, 2) == 2) {
            gcode->x = origin[0];
            gcode->y = origin[1];
        } else if (!a->failed) {
            refuse_value(a, "takes two numbers, X,Y");
        }
    } else
        return false;
    return true;
}

static void read_look(write_job *j, cli_arguments *a)
{
    lh_error error;
    const char *value = cli_string(a);
    if (value)
        check_value(a, lh_look_parse(value, &j->render.look, &error), &error);
    j->document.steps = true;
}

static bool read_file_option(write_job *j, cli_arguments *a)
{
    if (cli_is(a, "--output", "-o"))
        j->output = cli_string(a);
    else if (cli_is(a, "--format", NULL))
        j->format_name = cli_string(a);
    else if (cli_is(a, "--animate", NULL))
        j->render.svg.speed = (float)cli_number(a, 0.01, 1000);
    else if (cli_is(a, "--draw", NULL))
        read_look(j, a);
    else if (cli_is(a, "--trace", NULL)) {
        j->trace = cli_string(a);
        j->document.steps = true;
    } else if (cli_is(a, "--dpi", NULL))
        j->render.dpi = (float)cli_number(a, 1, 10000);
    else if (cli_is(a, "--by-speed", NULL))
        j->render.paint.by_speed = true;
    else if (cli_is(a, "--jobs", NULL) || cli_is(a, "--threads", NULL))
        j->document.write.threads = (int)cli_integer(a, 1, 1024);
    else if (cli_is(a, "--together", NULL))
        j->together = true;
    else if (cli_is(a, "--resume", NULL))
        j->resume = true;
    else if (cli_is(a, "--strict", NULL))
        j->strict = true;
    else if (cli_is(a, "--verbose", "-v"))
        j->verbose = true;
    else
        return false;
    return true;
}

/* ---- all of them ------------------------------------------------------------------------------
 */

bool write_read_options(write_job *j, int argc, char **argv, bool *help)
{
    *j = (write_job){.document = lh_document_defaults()};
    j->render = lh_render_defaults();
    j->document.paper.top = NAN; /* not given */
    j->input = calloc((size_t)argc, sizeof *j->input);
    *help = false;
    cli_arguments a = cli_start(argc, argv);
    while (j->input && cli_next(&a)) {
        if (cli_is(&a, "--help", "-h")) {
            *help = true;
            break;
        }
        if (!a.option && j->inputs > 0)
            j->input[j->inputs++] = a.value;
        else if (!a.option && !j->text)
            j->text = a.value;
        else if (!read_text_option(j, &a) && !read_hand_option(j, &a) &&
                 !read_paper_option(j, &a) && !read_file_option(j, &a) &&
                 !read_plotter_option(j, &a))
            cli_unknown(&a);
    }
    cli_end(&a);
    if (isnan(j->document.paper.top)) {
        float set = j->paper_given ? lh_paper_default.top : 5;
        lh_paper *paper = &j->document.paper;
        paper->left = paper->top = paper->right = paper->bottom = set;
    }
    if (*help)
        return true;
    return !a.failed && write_check_options(j);
}
