/* `longhand sample`: handwriting of no text. */
#include "options.h"
#include "writing.h"

#include "page/making.h"

#include <stdlib.h>
#include <string.h>

typedef struct job {
    const char *output, *model_path, *trace;
    int points, lines, network, characters;
    const lh_format *format;
    lh_render_options render;
    lh_write_options options;
} job;

static lh_status read_look(void *at, const char *value, lh_error *error)
{
    lh_look *look = at;
    if (lh_look_parse(value, look, NULL) == LH_OK && *look != LH_LOOK_ATTENTION)
        return LH_OK;
    return lh_fail(error, LH_ERROR_ARGUMENT,
                   "takes ink, strokes, points, end, density or speed, not '%s'", value);
}

/* What may make it up. */
static const char *const networks[] = {"prediction", "text", NULL};
enum { A_TEXT = 1 };
/* What an option may need, beside a trait of the format. */
enum { NEEDS_INK = 1 << LH_FORMAT_TRAITS, NEEDS_TEXT = NEEDS_INK << 1 };

static const char *const looks[] = {"ink", "strokes", "points", "end", "density", "speed", NULL};

#define AT(member) offsetof(job, member)

/* clang-format off */
static const cli_option rows[] = {
    {.name = "--output", .brief = "-o", .value = "FILE", .kind = CLI_OUTPUT, .at = AT(output), .endings = "svg png", .needs = NEEDS_INK,
     .help = "the SVG, or PNG (.png), to write; - is standard output"},
    {.name = "--model", .value = "FILE", .kind = CLI_INPUT, .at = AT(model_path), .fallback = "the one installed",
     .help = "a prediction network"},
    {.name = "--network", .value = "KIND", .kind = CLI_CHOICE, .at = AT(network), .choices = networks,
     .help = "what the model is; text is a network of characters (longhand learn text), and what it makes up is printed"},
    {.name = "--characters", .value = "N", .kind = CLI_INT, .at = AT(characters), .low = 1, .high = 1e6, .needs = NEEDS_TEXT,
     .help = "of --network text"},
    {.name = "--points", .value = "N", .kind = CLI_INT, .at = AT(points), .low = 1, .high = 1e6, .needs = NEEDS_INK,
     .help = "pen points a line"},
    {.name = "--lines", .value = "N", .kind = CLI_INT, .at = AT(lines), .low = 1, .high = 1000, .needs = NEEDS_INK, .help = "lines"},
    {.name = "--draw", .value = "WAY", .kind = CLI_READ, .at = AT(render.look), .read = read_look, .choices = looks,
     .fallback = "ink", .needs = NEEDS_INK, .help = "what is shown, with a legend"},
    {.name = "--trace", .value = "FILE", .kind = CLI_OUTPUT, .at = AT(trace), .needs = NEEDS_INK,
     .help = "how each point came about, as JSON lines"},
    {.name = "--dpi", .value = "N", .kind = CLI_FLOAT, .at = AT(render.dpi), .low = 1, .high = 10000,
     .needs = LH_FORMAT_PIXELS, .help = "of PNG"},
    {.name = "--bias", .value = "B", .kind = CLI_DOUBLE, .at = AT(options.bias), .low = 0, .high = 100,
     .help = "0: as people vary; larger: neater"},
    {.name = "--seed", .value = "N", .kind = CLI_SEED, .at = AT(options.seed), .low = 0, .high = 0x1p63,
     .help = "another seed, other ink"},
    {.kind = CLI_END},
};
/* clang-format on */

const cli_table cli_sample_table = {
    "sample", "-o out.svg [OPTION...]",
    "Lets a prediction network draw freely: handwriting of no text.\n", rows, NULL};

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

static lh_status write_file(const job *j, const lh_page *page, const char *path, bool trace,
                            lh_error *error)
{
    lh_output *output = lh_output_open(path, error);
    if (!output)
        return error->status;
    FILE *stream = lh_output_stream(output);
    lh_status status = trace ? lh_trace_lines_write(&page, 1, stream, error)
                             : j->format->write(&page, 1, &j->render, stream, error);
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
        status = lh_page_note_number(page, "points", j->points, error);
    if (status == LH_OK)
        status = cli_note_making(page, lh_network_fingerprint(model->network), j->model_path,
                                 &j->options, error);
    if (status == LH_OK && j->trace)
        status = write_file(j, page, j->trace, true, error);
    return status == LH_OK ? write_file(j, page, j->output, false, error) : status;
}

static const char *who_has(unsigned traits)
{
    static char names[200];
    if (traits == NEEDS_INK || traits == NEEDS_TEXT)
        return traits == NEEDS_INK ? "--network prediction" : "--network text";
    return lh_format_names(traits, names, sizeof names);
}

/* Row by row: what others' networks may say is shown as what it is. */
static void print_rows(char *text)
{
    for (char *at = text, *next; at; at = next) {
        next = strchr(at, '\n');
        if (next)
            *next++ = '\0';
        visible_row(stdout, "%s", at);
    }
}

static int invent(const job *j, cli_given *given)
{
    lh_error error;
    lh_rng rng;
    if (!j->model_path)
        return cli_wrong_usage("sample", "--network text needs --model");
    if (!cli_all_apply(given, NEEDS_TEXT, "--network text", who_has))
        return CLI_USAGE;
    if (lh_claims_check(&given->claims, &error) != LH_OK)
        return cli_failed(&error);
    lh_model *model = lh_model_load(j->model_path, &error);
    lh_rng_seed(&rng, j->options.seed, 0);
    char *text =
        model ? lh_invent(model, j->characters, 1 / (1 + j->options.bias), &rng, &error) : NULL;
    if (text)
        print_rows(text);
    const bool made = text != NULL;
    free(text);
    lh_model_free(model);
    return made ? CLI_OK : cli_failed(&error);
}

static int run(void *job_of, cli_given *given)
{
    job *j = job_of;
    lh_error error;
    if (j->network == A_TEXT)
        return invent(j, given);
    if (!j->output)
        return cli_wrong_usage("sample", "needs -o FILE to write to");
    j->format = lh_format_find(cli_ends_in(j->output, "png") ? "png" : "svg", true);
    if (!cli_all_apply(given, NEEDS_INK | j->format->traits, j->format->name, who_has))
        return CLI_USAGE;
    if (!j->model_path)
        cli_claim_asset(&given->claims, NULL, "prediction.safetensors");
    if (lh_claims_check(&given->claims, &error) != LH_OK)
        return cli_failed(&error);
    lh_model *model = cli_model_load(j->model_path, "prediction.safetensors", &error);
    if (!model)
        return cli_failed(&error);
    lh_paper paper = lh_paper_default;
    paper.width = paper.height = 0;
    paper.left = paper.right = paper.top = paper.bottom = 5;
    lh_page *page = lh_page_new(&paper, &error);
    lh_status status = page ? draw_page(j, model, page, &error) : error.status;
    lh_page_free(page);
    lh_model_free(model);
    return status == LH_OK ? CLI_OK : cli_failed(&error);
}

int cli_sample(int argc, char **argv)
{
    job j = {.characters = 400,
             .points = 700,
             .lines = 1,
             .render = lh_render_defaults(),
             .options = lh_write_defaults};
    j.options.bias = 0;
    j.options.keep = LH_KEEP_OUTPUT;
    return cli_obey(&cli_sample_table, argc, argv, &j, run);
}
