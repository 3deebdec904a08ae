/* `longhand styles`: the hands that are installed, with what they look like. */
#include "options.h"
#include "style_name.h"
#include "writing.h"

#include "write/style.h"

#include <dirent.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { STYLES_MAX = 1000 };

enum { A_PICTURE = 1 }; /* what an option may need */

typedef struct job {
    cli_texts names;
    const char *output, *text, *model_path, *folder;
    lh_write_options options;
    lh_reader *reader;
    char *path[STYLES_MAX]; /* owned */
    lh_style *style[STYLES_MAX];
    size_t count;
} job;

#define AT(member) offsetof(job, member)

/* clang-format off */
static const cli_option rows[] = {
    {.value = "STYLE", .kind = CLI_TEXTS, .at = AT(names),
     .help = "these alone, names or files; of hands, who made them, their licence and the lines that they were learnt from are told"},
    {.name = "--output", .brief = "-o", .value = "FILE", .kind = CLI_OUTPUT, .at = AT(output), .endings = "svg",
     .help = "the picture to write, SVG; - is standard output"},
    {.name = "--text", .value = "TEXT", .kind = CLI_TEXT, .at = AT(text), .needs = A_PICTURE,
     .fallback = "its name and a pangram", .help = "what each style writes"},
    {.name = "--model", .value = "FILE", .kind = CLI_INPUT, .at = AT(model_path), .needs = A_PICTURE,
     .fallback = "the one that is installed", .help = "a synthesis network"},
    {.name = "--bias", .value = "B", .kind = CLI_DOUBLE, .at = AT(options.bias), .low = 0, .high = 100,
     .needs = A_PICTURE, .help = "0: as people vary; larger: neater"},
    {.name = "--seed", .value = "N", .kind = CLI_SEED, .at = AT(options.seed), .low = 0, .high = 0x1p63,
     .needs = A_PICTURE, .help = "another seed, other ink"},
    {.name = "--folder", .value = "FOLDER", .kind = CLI_INPUT, .at = AT(folder),
     .help = "hands of your own: .hand files, or IAM-OnDB line files (.xml), each with its text in the .txt file beside it"},
    {.kind = CLI_END},
};
/* clang-format on */

const cli_table cli_styles_table = {
    "styles", "[STYLE...] [-o out.svg] [OPTION...]",
    "Lists the styles that `longhand write --style NAME` knows, the hands that\n"
    "longhand-window keeps among them, and measures each: the slant of its letters in\n"
    "degrees, their height against an ordinary hand's, the width of a character in\n"
    "such heights, letters to a stroke (more than one where they are joined), and the\n"
    "ink spent against an ordinary hand's (less in a hurry). With -o each style writes\n"
    "a line as a sample.\n",
    rows, NULL};

/* ---- reading ----------------------------------------------------------------------------------
 */

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Adds the paths of the styles in the folder, in the order of their names. */
static lh_status list_styles(job *j, const char *folder, lh_error *error)
{
    const size_t first = j->count;
    DIR *directory = opendir(folder);
    if (!directory)
        return lh_fail(error, LH_ERROR_IO, "%s: no such folder of styles", folder);
    for (struct dirent *entry; (entry = readdir(directory)) && j->count < STYLES_MAX;) {
        char path[4096];
        snprintf(path, sizeof path, "%.3000s/%.1000s", folder, entry->d_name);
        if ((cli_ends_in(path, "xml") || cli_ends_in(path, "hand")) &&
            (j->path[j->count] = strdup(path)) != NULL)
            j->count++;
    }
    closedir(directory);
    qsort(j->path + first, j->count - first, sizeof *j->path, compare_names);
    return j->count > first ? LH_OK : lh_fail(error, LH_ERROR_IO, "%s: no styles in it", folder);
}

static lh_status list_named(job *j, lh_error *error)
{
    for (size_t i = 0; i < j->names.count && j->count < STYLES_MAX; i++)
        if (!(j->path[j->count++] = cli_style_file(j->names.text[i], error)))
            return error->status
                       ? error->status
                       : lh_fail(error, LH_ERROR_ARGUMENT,
                                 "%s: what is mixed is no style of its own", j->names.text[i]);
    return LH_OK;
}

/* Those of `folder`, and of what longhand-window keeps; only the folder's if it is the user's. */
static lh_status list_all(job *j, const char *folder, lh_error *error)
{
    if (!folder)
        return lh_fail(error, LH_ERROR_IO, "no styles are installed; name a --folder of them");
    lh_status status = list_styles(j, folder, error);
    char *kept = j->folder ? NULL : lh_style_kept(NULL);
    lh_error none; /* who has not learnt a hand has no such folder */
    if (kept && status == LH_OK)
        list_styles(j, kept, &none);
    free(kept);
    return status;
}

static lh_status read_styles(job *j, lh_error *error)
{
    lh_status status = LH_OK;
    for (size_t i = 0; i < j->count && status == LH_OK; i++) {
        j->style[i] = lh_style_read(j->path[i], NULL, error);
        status = j->style[i] ? LH_OK : error->status;
    }
    return status;
}

static void print_notes(const lh_style *style)
{
    const lh_hand *hand = style->hand;
    if (!hand)
        return;
    visible_row(stdout, "  made by      %s", hand->maker ? hand->maker : "nobody named");
    visible_row(stdout, "  licence      %s", hand->license ? hand->license : "none named");
    visible_row(stdout, "  learnt       %zu numbers, rank %d, beside the network %016" PRIx64,
                hand->count, hand->rank, hand->network);
    visible_row(stdout, "  from         %s", style->text);
    for (size_t i = 0; i < hand->lines; i++)
        visible_row(stdout, "               %s", hand->line[i].text);
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
                    m.height / LH_HEIGHT_ORDINARY, m.width, m.joined, m.care, style->text);
        if (j->names.count > 0)
            print_notes(style);
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
                              .scale = lh_paper_scale(paper, LH_HEIGHT_ORDINARY) / 2};
        status = lh_page_add_line(page, written->ink, written->text, placing, error);
    }
    lh_written_free(written);
    lh_writer_free(writer);
    return status;
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
        status = cli_page_write(page, j->output, error);
    lh_page_free(page);
    return status;
}

/* ---- the command -------------------------------------------------------------------------------
 */

static const char *who_draws(unsigned needs)
{
    (void)needs;
    return "-o";
}

/* Lists, and with a model draws, the styles in `folder`. */
static lh_status show_styles(job *j, const char *folder, lh_error *error)
{
    lh_status status = j->names.count > 0 ? LH_OK : list_all(j, folder, error);
    if (status == LH_OK)
        status = read_styles(j, error);
    char *reader = j->output ? cli_asset(cli_reader_asset) : NULL;
    if (status == LH_OK && reader && !(j->reader = lh_reader_load(reader, error)))
        status = error->status;
    free(reader);
    j->options.reader = j->reader; /* where none is installed nothing is read over */
    lh_model *model = status == LH_OK && j->output
                          ? cli_model_load(j->model_path, "longhand.safetensors", error)
                          : NULL;
    if (status == LH_OK && j->output && !model)
        status = error->status;
    if (status == LH_OK && !(j->output && lh_is_standard_output(j->output)))
        status = print_styles(j, error);
    if (status == LH_OK && model)
        status = draw_styles(j, model, error);
    lh_model_free(model);
    lh_reader_free(j->reader);
    return status;
}

static int run(void *job_of, cli_given *given)
{
    job *j = job_of;
    lh_error error = {0};
    if (!cli_all_apply(given, j->output ? A_PICTURE : 0, "a list", who_draws))
        return CLI_USAGE;
    if (j->names.count > 0 && j->folder)
        return cli_wrong_usage("styles", "takes names of styles, or --folder with all in it");
    char *found = j->folder ? NULL : cli_asset("styles");
    lh_claims_read(&given->claims, found, "the styles");
    if (j->output && !j->model_path)
        cli_claim_asset(&given->claims, NULL, "longhand.safetensors");
    if (j->output)
        cli_claim_asset(&given->claims, NULL, cli_reader_asset);
    lh_status status = list_named(j, &error);
    for (size_t i = 0; i < j->count && status == LH_OK; i++)
        lh_claims_read(&given->claims, j->path[i], j->names.text[i]);
    if (status == LH_OK)
        status = lh_claims_check(&given->claims, &error);
    if (status == LH_OK)
        status = show_styles(j, j->folder ? j->folder : found, &error);
    for (size_t i = 0; i < j->count; i++) {
        lh_style_free(j->style[i]);
        free(j->path[i]);
    }
    free(found);
    return status == LH_OK ? CLI_OK : cli_failed(&error);
}

int cli_styles(int argc, char **argv)
{
    static job j;
    j = (job){.options = lh_write_defaults};
    return cli_obey(&cli_styles_table, argc, argv, &j, run);
}
