/* `longhand write`: text to handwriting, as SVG. */
#include "writing.h"

#include <stdlib.h>
#include <string.h>

static const char help[] =
    "usage: longhand write TEXT -o out.svg [OPTION...]\n"
    "       longhand write --input FILE -o out.svg [OPTION...]\n\n"
    "Writes a text by hand. TEXT - is standard input. A line of the text is a line of writing, or\n"
    "several where it does not fit; an empty one is left empty.\n\n"
    "  -o, --output FILE   the SVG to write; - is standard output\n"
    "  --input FILE        the text, UTF-8; - is standard input\n"
    "  --model FILE        a synthesis network (default: the one that is installed)\n"
    "  --style STYLE       the hand: a name, or an IAM-OnDB line file (.xml) with its text in the\n"
    "                      .txt file beside it (default: one that the network finds for itself)\n"
    "  --style-text TEXT   what the style's ink says, instead of the file beside it\n"
    "  --bias B            0: as people vary; larger: neater (default: 0.75)\n"
    "  --seed N            another seed, other ink (default: 1)\n"
    "  --width MM          longest line of writing (default: 170)\n"
    "  --pitch MM          from line to line; sizes the letters too (default: 8)\n"
    "  --tries N           times that a word may be written anew when it goes wrong (default: 6)\n"
    "  --threads N         (default: all cores)\n"
    "  --strict            fail, and write nothing, when a word goes wrong in all its tries\n"
    "  --verbose           tell how many words were written anew, and why\n";

enum { TEXT_LIMIT = 64 << 20 };

typedef struct job {
    const char *output, *text, *input, *model_path, *style, *style_text;
    float width, pitch;
    bool strict, verbose;
    lh_write_options options;
} job;

/* A text as rows; blank rows are NULL in `row` and have no entry in `text`. */
typedef struct rows {
    char *text; /* owned; cut to rows in place */
    char **row; /* [rows], owned */
    size_t rows;
    char **filled; /* [count], owned: the rows with something to write */
    size_t count;
    lh_written **written; /* [count], owned */
} rows;

/* ---- text -------------------------------------------------------------------------------------
 */

static char *read_standard_input(lh_error *error)
{
    size_t size;
    return lh_file_read("/dev/stdin", TEXT_LIMIT, &size, error);
}

static char *read_text(const job *j, lh_error *error)
{
    size_t size;
    const char *input = j->input ? j->input : j->text;
    char *text;
    if (strcmp(input, "-") == 0)
        text = read_standard_input(error);
    else if (j->input)
        text = lh_file_read(j->input, TEXT_LIMIT, &size, error);
    else if (!(text = strdup(j->text)))
        lh_fail_memory(error, "the text");
    /* A byte order mark says nothing in UTF-8. */
    if (text && strncmp(text, "\xef\xbb\xbf", 3) == 0)
        memmove(text, text + 3, strlen(text + 3) + 1);
    return text;
}

static lh_status cut_rows(rows *r, lh_error *error)
{
    size_t breaks = 1;
    for (const char *c = r->text; *c; c++)
        breaks += *c == '\n';
    r->row = calloc(breaks, sizeof *r->row);
    r->filled = calloc(breaks, sizeof *r->filled);
    r->written = calloc(breaks, sizeof *r->written);
    if (!r->row || !r->filled || !r->written)
        return lh_fail_memory(error, "the text's lines");
    for (char *at = r->text, *next; at; at = next) {
        next = strchr(at, '\n');
        if (next)
            *next++ = '\0';
        bool blank = at[strspn(at, " \t\r\f\v")] == '\0';
        if (!blank)
            r->filled[r->count++] = at;
        r->row[r->rows++] = blank ? NULL : at;
    }
    while (r->rows > 0 && !r->row[r->rows - 1])
        r->rows--;
    return r->count > 0 ? LH_OK : lh_fail(error, LH_ERROR_ARGUMENT, "there is no text to write");
}

static void clear_rows(rows *r)
{
    for (size_t i = 0; r->written && i < r->count; i++)
        lh_written_free(r->written[i]);
    free(r->written);
    free(r->filled);
    free(r->row);
    free(r->text);
}

/* ---- writing ----------------------------------------------------------------------------------
 */

/* The file of the style: as named, or NAME.xml in assets/styles. */
static char *find_style(const char *style, lh_error *error)
{
    char name[300];
    FILE *file = fopen(style, "rb");
    if (file) {
        fclose(file);
        return strdup(style);
    }
    snprintf(name, sizeof name, "styles/%.250s.xml", style);
    char *path = strchr(style, '/') ? NULL : cli_asset(name);
    if (!path)
        lh_fail(error, LH_ERROR_IO, "no style '%s': neither a file nor one that is installed",
                style);
    return path;
}

static lh_writer *open_writer(const job *j, const lh_model *model, lh_error *error)
{
    if (!j->style)
        return lh_writer_new(model, NULL, error);
    char *path = find_style(j->style, error);
    lh_style *style = path ? lh_style_read(path, j->style_text, error) : NULL;
    lh_writer *writer = style ? lh_writer_new(model, style, error) : NULL;
    lh_style_free(style);
    free(path);
    return writer;
}

/* All of the text in one hand: without a style, that of its first words. */
static lh_status write_rows(const job *j, const lh_model *model, rows *r, lh_error *error)
{
    lh_writer *writer = open_writer(j, model, error);
    if (!writer)
        return error->status;
    lh_status status = LH_OK;
    if (!j->style && r->count > 1) {
        char first[200];
        int length = 0;
        for (size_t i = 0; i < r->count && length < 60; i++)
            length +=
                snprintf(first + length, sizeof first - (size_t)length, "%.70s ", r->filled[i]);
        status = lh_writer_find_hand(writer, &j->options, first, UINT64_MAX, error);
    }
    if (status == LH_OK)
        status = lh_write_texts(writer, &j->options, (const char *const *)r->filled, r->count, 0,
                                r->written, error);
    lh_writer_free(writer);
    return status;
}

/* ---- the page ---------------------------------------------------------------------------------
 */

/* How many of the words from `first` on go in `room` units; at least one. */
static size_t fitting_words(const lh_written *written, size_t first, float room)
{
    size_t count = 1;
    float left = lh_written_bounds(written, first, 1).left;
    while (first + count < written->words &&
           lh_written_bounds(written, first + count, 1).right - left <= room)
        count++;
    return count;
}

static lh_status add_words(lh_page *page, const lh_written *written, size_t first, size_t count,
                           lh_placing placing, lh_error *error)
{
    const lh_word *from = &written->word[first], *last = from + count - 1;
    lh_ink *ink = lh_written_words(written, first, count, error);
    char *text = strndup(written->text + from->byte, last->byte + last->bytes - from->byte);
    lh_status status = !ink    ? error->status
                       : !text ? lh_fail_memory(error, "a line's text")
                               : lh_page_add_line(page, ink, text, placing, error);
    free(text);
    lh_ink_free(ink);
    return status;
}

/* The height of the small letters: of the row with most ink, which shows it best. */
static float letter_height(const rows *r)
{
    const lh_ink *most = r->written[0]->ink;
    for (size_t i = 1; i < r->count; i++)
        if (r->written[i]->ink->count > most->count)
            most = r->written[i]->ink;
    return cli_letter_height(most);
}

static lh_status fill_page(const job *j, lh_page *page, const rows *r, lh_error *error)
{
    lh_placing placing = {.scale = lh_paper_scale(lh_page_paper(page), letter_height(r))};
    lh_status status = LH_OK;
    size_t next = 0;
    for (size_t i = 0; i < r->rows && status == LH_OK; i++) {
        const lh_written *written = r->row[i] ? r->written[next++] : NULL;
        size_t words = written ? written->words : 0;
        if (!written)
            placing.y += j->pitch;
        for (size_t at = 0, count; at < words && status == LH_OK; at += count) {
            count = fitting_words(written, at, j->width / placing.scale);
            status = add_words(page, written, at, count, placing, error);
            placing.y += j->pitch;
        }
    }
    lh_page_fit(page);
    return status;
}

static lh_status note(const job *j, lh_page *page, const lh_model *model, const rows *r,
                      lh_error *error)
{
    lh_status status = lh_page_set_title(page, r->written[0]->text, error);
    size_t length = 0;
    for (size_t i = 0; i < r->rows; i++)
        length += r->row[i] ? strlen(r->row[i]) + 1 : 1;
    char *text = calloc(length + 1, 1), *end = text;
    if (!text)
        return lh_fail_memory(error, "the text");
    for (size_t i = 0; i < r->rows; i++)
        end += snprintf(end, length + 1 - (size_t)(end - text), "%s%s", i > 0 ? "\n" : "",
                        r->row[i] ? r->row[i] : "");
    if (status == LH_OK)
        status = lh_page_note(page, "text", text, error);
    free(text);
    if (status == LH_OK)
        status = lh_page_note(page, "style", j->style ? j->style : "none", error);
    if (status == LH_OK && j->style_text)
        status = lh_page_note(page, "style text", j->style_text, error);
    if (status == LH_OK)
        status = cli_note_making(page, model, j->model_path, &j->options, error);
    if (status == LH_OK)
        status = cli_note_number(page, "tries", j->options.tries, error);
    if (status == LH_OK)
        status = cli_note_number(page, "width", (double)j->width, error);
    return status == LH_OK ? cli_note_number(page, "pitch", (double)j->pitch, error) : status;
}

static lh_status make_page(const job *j, const lh_model *model, const rows *r, lh_error *error)
{
    lh_paper paper = lh_paper_default;
    paper.width = paper.height = 0;
    paper.left = paper.right = paper.top = paper.bottom = 5;
    paper.pitch = j->pitch;
    lh_page *page = lh_page_new(&paper, error);
    lh_status status = page ? fill_page(j, page, r, error) : error->status;
    if (status == LH_OK)
        status = note(j, page, model, r, error);
    if (status == LH_OK)
        status = cli_write_svg(page, j->output, error);
    lh_page_free(page);
    return status;
}

/* ---- what the guard saw ------------------------------------------------------------------------
 */

static lh_guard_report sum_reports(const rows *r)
{
    lh_guard_report sum = {0};
    for (size_t i = 0; i < r->count; i++)
        lh_guard_report_add(&sum, &r->written[i]->report);
    return sum;
}

static void print_report(const lh_guard_report *report)
{
    fprintf(stderr, "longhand: %d words, %d written anew, %d flawed; %zu points drawn, %zu kept\n",
            report->words, report->retried, report->flawed, report->points_drawn,
            report->points_kept);
    for (int i = 0; i < LH_FAULT_COUNT; i++)
        if (report->fault[i] > 0)
            fprintf(stderr, "longhand: %d tries given up: %s\n", report->fault[i],
                    lh_fault_name((lh_fault)i));
}

static void print_flawed(const rows *r)
{
    for (size_t i = 0; i < r->count; i++)
        for (size_t w = 0; w < r->written[i]->words; w++) {
            const lh_word *word = &r->written[i]->word[w];
            if (word->flawed)
                fprintf(stderr,
                        "longhand: '%.*s' did not come out well in any try; another --seed may "
                        "help\n",
                        (int)word->bytes, r->written[i]->text + word->byte);
        }
}

/* ---- the command -------------------------------------------------------------------------------
 */

static lh_status write_all(const job *j, const lh_model *model, rows *r, lh_error *error)
{
    lh_status status = cut_rows(r, error);
    if (status == LH_OK)
        status = write_rows(j, model, r, error);
    if (status != LH_OK)
        return status;
    lh_guard_report report = sum_reports(r);
    if (j->verbose)
        print_report(&report);
    print_flawed(r);
    if (j->strict && report.flawed > 0)
        return lh_fail(error, LH_ERROR_NUMERIC, "%d of %d words went wrong; nothing is written",
                       report.flawed, report.words);
    return make_page(j, model, r, error);
}

static int run(const job *j)
{
    lh_error error;
    rows r = {.text = read_text(j, &error)};
    if (!r.text)
        return cli_failed(&error);
    lh_status status = LH_ERROR_IO;
    lh_model *model = cli_model_load(j->model_path, "longhand.safetensors");
    if (model) {
        status = write_all(j, model, &r, &error);
        if (status != LH_OK)
            cli_failed(&error);
    }
    clear_rows(&r);
    lh_model_free(model);
    return status == LH_OK ? CLI_OK : CLI_FAILED;
}

static void read_option(job *j, cli_arguments *a)
{
    if (!a->option && !j->text)
        j->text = a->value;
    else if (cli_is(a, "--output", "-o"))
        j->output = cli_string(a);
    else if (cli_is(a, "--input", NULL))
        j->input = cli_string(a);
    else if (cli_is(a, "--model", NULL))
        j->model_path = cli_string(a);
    else if (cli_is(a, "--style", NULL))
        j->style = cli_string(a);
    else if (cli_is(a, "--style-text", NULL))
        j->style_text = cli_string(a);
    else if (cli_is(a, "--bias", NULL))
        j->options.bias = cli_number(a, 0, 100);
    else if (cli_is(a, "--seed", NULL))
        j->options.seed = (uint64_t)cli_integer(a, 0, INT64_MAX);
    else if (cli_is(a, "--width", NULL))
        j->width = (float)cli_number(a, 1, 10000);
    else if (cli_is(a, "--pitch", NULL))
        j->pitch = (float)cli_number(a, 0.5, 1000);
    else if (cli_is(a, "--tries", NULL))
        j->options.tries = (int)cli_integer(a, 0, 200);
    else if (cli_is(a, "--threads", NULL))
        j->options.threads = (int)cli_integer(a, 1, 1024);
    else if (cli_is(a, "--strict", NULL))
        j->strict = true;
    else if (cli_is(a, "--verbose", "-v"))
        j->verbose = true;
    else
        cli_unknown(a);
}

int cli_write(int argc, char **argv)
{
    job j = {.width = 170, .pitch = lh_paper_default.pitch, .options = lh_write_defaults};
    cli_arguments a = cli_start(argc, argv);
    while (cli_next(&a)) {
        if (cli_is(&a, "--help", "-h")) {
            cli_end(&a);
            fputs(help, stdout);
            return CLI_OK;
        }
        read_option(&j, &a);
    }
    cli_end(&a);
    if (a.failed)
        return CLI_USAGE;
    if (!j.text == !j.input)
        return cli_wrong_usage("write", "needs a text or --input FILE, one of them");
    if (!j.output)
        return cli_wrong_usage("write", "needs -o FILE to write to");
    if (j.style_text && !j.style)
        return cli_wrong_usage("write", "--style-text goes with --style");
    return run(&j);
}
