/* `longhand styles`: the hands that are installed, with what they look like. */
#include "writing.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

static const char help[] =
    "usage: longhand styles [-o out.svg] [OPTION...]\n\n"
    "Lists the styles that `longhand write --style NAME` knows, and measures each: the slant of "
    "its\n"
    "letters in degrees, their height against an ordinary hand's, the width of a character in "
    "such\n"
    "heights, letters to a stroke (more than one where they are joined), and the ink spent "
    "against\n"
    "an ordinary hand's (less in a hurry). With -o each style writes a line as a sample.\n\n"
    "  -o, --output FILE   the picture to write, SVG; - is standard output\n"
    "  --text TEXT         what each style writes (default: its name and a pangram)\n"
    "  --model FILE        a synthesis network (default: the one that is installed)\n"
    "  --bias B            0: as people vary; larger: neater (default: 1)\n"
    "  --seed N            another seed, other ink (default: 1)\n"
    "  --folder FOLDER     styles of your own: IAM-OnDB line files (.xml), each with its text in\n"
    "                      the .txt file beside it\n";

enum { STYLES_MAX = 1000, ORDINARY_HEIGHT = 118 };

typedef struct job {
    lh_claims claims;
    const char *output, *text, *model_path, *folder;
    lh_write_options options;
    char *name[STYLES_MAX]; /* owned: file names */
    lh_style *style[STYLES_MAX];
    size_t count;
} job;

/* ---- reading ----------------------------------------------------------------------------------
 */

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static lh_status list_styles(job *j, const char *folder, lh_error *error)
{
    DIR *directory = opendir(folder);
    if (!directory)
        return lh_fail(error, LH_ERROR_IO, "%s: no such folder of styles", folder);
    for (struct dirent *entry; (entry = readdir(directory)) && j->count < STYLES_MAX;) {
        size_t length = strlen(entry->d_name);
        if (length > 4 && strcmp(entry->d_name + length - 4, ".xml") == 0 &&
            (j->name[j->count] = strdup(entry->d_name)) != NULL)
            j->count++;
    }
    closedir(directory);
    qsort(j->name, j->count, sizeof *j->name, compare_names);
    return j->count > 0 ? LH_OK : lh_fail(error, LH_ERROR_IO, "%s: no styles in it", folder);
}

static lh_status read_styles(job *j, const char *folder, lh_error *error)
{
    lh_status status = list_styles(j, folder, error);
    for (size_t i = 0; i < j->count && status == LH_OK; i++) {
        char path[4096];
        snprintf(path, sizeof path, "%.3000s/%.1000s", folder, j->name[i]);
        j->style[i] = lh_style_read(path, NULL, error);
        status = j->style[i] ? LH_OK : error->status;
    }
    return status;
}

static lh_status print_styles(const job *j, lh_error *error)
{
    printf("%-12s %8s %8s %8s %8s %8s  says\n", "style", "slant", "height", "width", "joined",
           "care");
    for (size_t i = 0; i < j->count; i++) {
        const lh_style *style = j->style[i];
        lh_ink *ink = lh_ink_copy(style->ink, error);
        if (!ink || lh_ink_level(ink, error) != LH_OK) {
            lh_ink_free(ink);
            return error->status;
        }
        lh_measures m = lh_measure_hand(ink, style->text);
        visible_row(stdout, "%-12s %8.0f %8.2f %8.2f %8.2f %8.2f  %s", style->name, m.slant,
                    m.height / ORDINARY_HEIGHT, m.width, m.joined, m.care, style->text);
        lh_ink_free(ink);
    }
    return LH_OK;
}

/* ---- the picture ------------------------------------------------------------------------------
 */

/* What a style is shown by: its name, as far as the network can write it, and a pangram. */
static void name_line(const char *name, const lh_alphabet *alphabet, char *line, size_t size)
{
    enum { NAME_BYTES = 60 };
    size_t length = 0;
    for (const char *at = name; *at;) {
        const char *from = at;
        bool known = lh_can_write(alphabet, lh_utf8_next(&at));
        size_t bytes = known ? (size_t)(at - from) : 1;
        if (length + bytes > NAME_BYTES)
            break;
        memcpy(line + length, known ? from : " ", bytes);
        length += bytes;
    }
    snprintf(line + length, size - length, " - the quick brown fox jumps over a lazy dog");
}

static lh_status add_sample(const job *j, const lh_model *model, lh_page *page, size_t i,
                            lh_error *error)
{
    char own[400];
    name_line(j->style[i]->name, &model->alphabet, own, sizeof own);
    lh_writer *writer = lh_writer_new(model, j->style[i], error);
    lh_written *written =
        writer ? lh_write_text(writer, &j->options, j->text ? j->text : own, error) : NULL;
    lh_status status = written ? LH_OK : error->status;
    if (status == LH_OK) {
        const lh_paper *paper = lh_page_paper(page);
        /* All at one scale: a large hand is one that looks large. */
        lh_placing placing = {.y = paper->pitch * (float)i,
                              .scale = lh_paper_scale(paper, ORDINARY_HEIGHT) / 2};
        status = lh_page_add_line(page, written->ink, written->text, placing, error);
    }
    lh_written_free(written);
    lh_writer_free(writer);
    return status;
}

static lh_status write_svg(const lh_page *page, const char *path, lh_error *error)
{
    lh_output *output = lh_output_open(path, error);
    if (!output)
        return error->status;
    lh_status status = lh_svg_write(&page, 1, &lh_svg_defaults, lh_output_stream(output), error);
    return lh_output_end(output, status, error);
}

static lh_status draw_styles(const job *j, const lh_model *model, lh_error *error)
{
    lh_paper paper = lh_paper_default;
    paper.width = paper.height = 0;
    paper.left = paper.right = paper.top = paper.bottom = 5;
    paper.pitch = 14;
    lh_page *page = lh_page_new(&paper, error);
    lh_status status = page ? LH_OK : error->status;
    cli_progress progress = cli_progress_start("styles", j->count);
    for (size_t i = 0; i < j->count && status == LH_OK; i++) {
        cli_progress_tell(&progress, i);
        status = add_sample(j, model, page, i, error);
    }
    cli_progress_clear(&progress);
    if (status == LH_OK) {
        lh_page_fit(page);
        status = lh_page_set_title(page, "Styles", error);
    }
    if (status == LH_OK)
        status = cli_note_making(page, lh_network_fingerprint(model->network), j->model_path,
                                 &j->options, error);
    if (status == LH_OK)
        status = write_svg(page, j->output, error);
    lh_page_free(page);
    return status;
}

/* ---- the command -------------------------------------------------------------------------------
 */

static int run(job *j)
{
    lh_error error;
    char *found = j->folder ? NULL : cli_asset("styles");
    lh_claims_read(&j->claims, found, "the styles");
    if (j->output && !j->model_path)
        cli_claim_asset(&j->claims, NULL, "longhand.safetensors");
    lh_status status = lh_claims_check(&j->claims, &error);
    if (status == LH_OK)
        status = j->folder || found ? read_styles(j, j->folder ? j->folder : found, &error)
                                    : lh_fail(&error, LH_ERROR_IO,
                                              "no styles are installed; name a --folder of them");
    if (status == LH_OK && !(j->output && strcmp(j->output, "-") == 0))
        status = print_styles(j, &error);
    lh_model *model = NULL;
    bool told = false;
    if (status == LH_OK && j->output) {
        model = cli_model_load(j->model_path, "longhand.safetensors");
        told = !model;
        status = model ? draw_styles(j, model, &error) : LH_ERROR_IO;
    }
    if (status != LH_OK && !told)
        cli_failed(&error);
    for (size_t i = 0; i < j->count; i++) {
        lh_style_free(j->style[i]);
        free(j->name[i]);
    }
    lh_model_free(model);
    free(found);
    return status == LH_OK ? CLI_OK : CLI_FAILED;
}

static void read_option(job *j, cli_arguments *a)
{
    if (cli_is(a, "--output", "-o"))
        j->output = cli_picture(a, NULL, &j->claims);
    else if (cli_is(a, "--text", NULL))
        j->text = cli_string(a);
    else if (cli_is(a, "--model", NULL))
        j->model_path = cli_input(a, &j->claims);
    else if (cli_is(a, "--bias", NULL))
        j->options.bias = cli_number(a, 0, 100);
    else if (cli_is(a, "--seed", NULL))
        j->options.seed = (uint64_t)cli_integer(a, 0, INT64_MAX);
    else if (cli_is(a, "--folder", NULL))
        j->folder = cli_input(a, &j->claims);
    else
        cli_unknown(a);
}

int cli_styles(int argc, char **argv)
{
    static job j;
    j = (job){.options = lh_write_defaults};
    bool helped = false;
    cli_arguments a = cli_start(argc, argv);
    while (!helped && cli_next(&a)) {
        helped = cli_is(&a, "--help", "-h");
        if (!helped)
            read_option(&j, &a);
    }
    cli_end(&a);
    int code = a.failed ? CLI_USAGE : CLI_OK;
    if (helped)
        fputs(help, stdout);
    else if (!a.failed)
        code = run(&j);
    lh_claims_free(&j.claims);
    return code;
}
