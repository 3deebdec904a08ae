/* `longhand sample`: handwriting of no text. */
#include "writing.h"

#include <stdlib.h>
#include <string.h>

static const char help[] =
    "usage: longhand sample -o out.svg [OPTION...]\n\n"
    "Lets a prediction network draw freely: handwriting of no text.\n\n"
    "  -o, --output FILE   the SVG, or PNG (.png), to write; - is standard output\n"
    "  --model FILE        a prediction network (default: the one that is installed)\n"
    "  --points N          pen points a line (default: 700)\n"
    "  --lines N           lines (default: 1)\n"
    "  --draw WAY          ink, strokes, points, end, density or speed, with a legend\n"
    "  --trace FILE        how each point came about, as JSON lines\n"
    "  --dpi N             of PNG (default: 150)\n"
    "  --bias B            0: as people vary; larger: neater (default: 0)\n"
    "  --seed N            another seed, other ink (default: 1)\n";

typedef struct job {
    lh_claims claims;
    const char *output, *model_path, *trace;
    int points, lines;
    float dpi;
    lh_look look;
    lh_write_options options;
} job;

/* `scale` is that of all rows, which the first decides; `below` is where the rows so far end, in
 * mm: a hand without a text strays from its row. */
static lh_status add_line(const job *j, const lh_model *model, lh_page *page, int row, float *scale,
                          float *below, lh_error *error)
{
    lh_written *drawn =
        lh_sample(model, NULL, &j->options, (size_t)j->points, (uint64_t)row, error);
    if (!drawn)
        return error->status;
    if (row == 0)
        *scale = lh_paper_scale(lh_page_paper(page), cli_letter_height(drawn->ink));
    const lh_box box = lh_ink_bounds(drawn->ink);
    const float gap = row > 0 ? lh_page_paper(page)->pitch / 3 : 0;
    lh_placing placing = {.y = *below + gap - box.top * *scale, .scale = *scale};
    *below = placing.y + box.bottom * *scale;
    lh_status status = lh_page_add_line(page, drawn->ink, "", placing, error);
    const lh_steps steps = lh_steps_of(drawn);
    if (status == LH_OK)
        status = lh_page_set_steps(page, lh_page_count(page) - 1, &steps, error);
    lh_written_free(drawn);
    return status;
}

static lh_status render(const job *j, const lh_page *page, const char *path, FILE *stream,
                        lh_error *error)
{
    const bool png = cli_ends_in(path, "png");
    if (j->look == LH_LOOK_INK)
        return png ? lh_png_write(page, j->dpi, &lh_paint_defaults, stream, error)
                   : lh_svg_write(&page, 1, &lh_svg_defaults, stream, error);
    return png ? lh_look_write_png(page, j->look, j->dpi, stream, error)
               : lh_look_write_svg(page, j->look, stream, error);
}

static lh_status write_file(const job *j, const lh_page *page, const char *path, bool trace,
                            lh_error *error)
{
    lh_output *output = lh_output_open(path, error);
    if (!output)
        return error->status;
    FILE *stream = lh_output_stream(output);
    lh_status status = trace ? lh_trace_lines_write(&page, 1, stream, error)
                             : render(j, page, path, stream, error);
    return lh_output_end(output, status, error);
}

static lh_status draw_page(const job *j, const lh_model *model, lh_page *page, lh_error *error)
{
    float scale = 1, below = 0;
    lh_status status = LH_OK;
    for (int row = 0; row < j->lines && status == LH_OK; row++)
        status = add_line(j, model, page, row, &scale, &below, error);
    if (status != LH_OK)
        return status;
    lh_page_fit(page);
    status = lh_page_set_title(page, "Handwriting of no text", error);
    if (status == LH_OK)
        status = cli_note_number(page, "points", j->points, error);
    if (status == LH_OK)
        status = cli_note_making(page, lh_network_fingerprint(model->network), j->model_path,
                                 &j->options, error);
    if (status == LH_OK && j->trace)
        status = write_file(j, page, j->trace, true, error);
    return status == LH_OK ? write_file(j, page, j->output, false, error) : status;
}

static int run(job *j)
{
    lh_error error;
    if (!j->model_path)
        cli_claim_asset(&j->claims, NULL, "prediction.safetensors");
    if (lh_claims_check(&j->claims, &error) != LH_OK)
        return cli_failed(&error);
    lh_model *model = cli_model_load(j->model_path, "prediction.safetensors");
    if (!model)
        return CLI_FAILED;
    lh_paper paper = lh_paper_default;
    paper.width = paper.height = 0;
    paper.left = paper.right = paper.top = paper.bottom = 5;
    lh_page *page = lh_page_new(&paper, &error);
    lh_status status = page ? draw_page(j, model, page, &error) : error.status;
    lh_page_free(page);
    lh_model_free(model);
    return status == LH_OK ? CLI_OK : cli_failed(&error);
}

static void read_look(job *j, cli_arguments *a)
{
    lh_error error;
    const char *value = cli_string(a);
    if (!value)
        return;
    if (lh_look_parse(value, &j->look, &error) != LH_OK || j->look == LH_LOOK_ATTENTION) {
        cli_wrong_usage(a->command,
                        "--draw takes ink, strokes, points, end, density or speed, not '%s'",
                        value);
        a->failed = true;
    }
}

static void read_option(job *j, cli_arguments *a)
{
    if (cli_is(a, "--output", "-o"))
        j->output = cli_picture(a, "png", &j->claims);
    else if (cli_is(a, "--model", NULL))
        j->model_path = cli_input(a, &j->claims);
    else if (cli_is(a, "--points", NULL))
        j->points = (int)cli_integer(a, 1, 1000000);
    else if (cli_is(a, "--lines", NULL))
        j->lines = (int)cli_integer(a, 1, 1000);
    else if (cli_is(a, "--draw", NULL))
        read_look(j, a);
    else if (cli_is(a, "--trace", NULL))
        j->trace = cli_output(a, &j->claims);
    else if (cli_is(a, "--dpi", NULL))
        j->dpi = (float)cli_number(a, 1, 10000);
    else if (cli_is(a, "--bias", NULL))
        j->options.bias = cli_number(a, 0, 100);
    else if (cli_is(a, "--seed", NULL))
        j->options.seed = (uint64_t)cli_integer(a, 0, INT64_MAX);
    else
        cli_unknown(a);
}

int cli_sample(int argc, char **argv)
{
    job j = {.points = 700, .lines = 1, .dpi = 150, .options = lh_write_defaults};
    j.options.bias = 0;
    j.options.keep = LH_KEEP_OUTPUT;
    bool helped = false;
    cli_arguments a = cli_start(argc, argv);
    while (!helped && cli_next(&a)) {
        helped = cli_is(&a, "--help", "-h");
        if (!helped)
            read_option(&j, &a);
    }
    int code = CLI_USAGE;
    if (helped) {
        fputs(help, stdout);
        code = CLI_OK;
    } else if (!a.failed && !j.output) {
        cli_wrong_usage(a.command, "needs -o FILE to write to");
    } else if (!a.failed) {
        code = run(&j);
    }
    cli_end(&a);
    lh_claims_free(&j.claims);
    return code;
}
