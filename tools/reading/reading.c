/* Writes sentences as pages for a person to read: does every word stand there, once and in order?
 *
 *     reading [--model M] [--input FILE] [--style FILE|own] [--bias B] [--seed N] [--tries N]
 *             [--reader MODEL|none] [--captions 0|1] [--count N] -o PREFIX
 *
 * makes PREFIX-01.svg, PREFIX-02.svg, ... with ten sentences each. Below each stands in print what
 * it is meant to say, the number of the text (its random streams are those of seed and number), and
 * what the guard found; or nothing, with --captions 0, for a reader who must not know it. The
 * guard's counts over all go to standard output. */
#include "../given.h"
#include "../lines.h"
#include "captioned.h"

#include "base/asset.h"
#include "page/page_xml.h"
#include "write/hand_pool.h"

#include <longhand/document.h>

#include <stdlib.h>
#include <string.h>

enum { A_PAGE = 10, TEXTS_MAX = 2000, INPUT_LIMIT = 1 << 20 };

static const char usage[] =
    "usage: reading [--model M] [--input FILE] [--style FILE|own] [--bias B] [--seed N] "
    "[--tries N]\n"
    "               [--reader MODEL|none] [--captions 0|1] [--count N] -o PREFIX\n";

typedef struct job {
    const char *model, *reader, *input, *style, *prefix;
    size_t most;
    int captions; /* 0: none */
    lh_write_options options;
    char *text; /* owned */
    const char *line[TEXTS_MAX];
    lh_written *written[TEXTS_MAX]; /* owned */
    size_t count;
} job;

/* ---- pages ------------------------------------------------------------------------------------
 */

/* Millimetres from line to line. */
static const float pitch = 25;

typedef struct captions {
    const job *job;
    size_t first, count;
} captions;

/* "no. 17  The text.  stuck 1, back 2" below each line. */
static void print_captions(FILE *stream, const void *from)
{
    const captions *c = from;
    for (size_t i = 0; c->job->captions && i < c->count; i++) {
        const lh_written *written = c->job->written[c->first + i];
        begin_caption(stream, 10, pitch * ((float)i + 1.2F), 2.6F);
        fprintf(stream, "no. %zu&#160;&#160; ", c->first + i + 1);
        lh_xml_text(stream, written->text);
        for (int f = 0; f < LH_FAULT_COUNT; f++)
            if (written->report.fault[f] > 0)
                fprintf(stream, "&#160;&#160; %s %d", lh_fault_name((lh_fault)f),
                        written->report.fault[f]);
        fputs(written->report.flawed ? "&#160;&#160; FLAWED" : "", stream);
        end_caption(stream);
    }
}

static lh_status make_page(const job *j, size_t first, lh_error *error)
{
    size_t count = j->count - first < A_PAGE ? j->count - first : A_PAGE;
    float wide = 0;
    lh_paper paper = lh_paper_default;
    paper.pitch = 12;
    /* One scale for the page, so that hands keep their size beside each other. */
    float scale = lh_paper_scale(&paper, 118);
    for (size_t i = 0; i < count; i++) {
        float right = lh_ink_bounds(j->written[first + i]->ink).right * scale;
        wide = right > wide ? right : wide;
    }
    paper.width = wide + 20;
    paper.height = pitch * ((float)count + 0.5F);
    paper.left = paper.top = paper.right = paper.bottom = 0;
    lh_page *page = lh_page_new(&paper, error);
    lh_status status = page ? LH_OK : error->status;
    for (size_t i = 0; i < count && status == LH_OK; i++) {
        const lh_written *w = j->written[first + i];
        lh_placing place = {.x = 10, .y = pitch * ((float)i + 0.8F), .scale = scale};
        status = lh_page_add_line(page, w->ink, w->text, place, error);
    }
    if (status == LH_OK) {
        char path[1000];
        snprintf(path, sizeof path, "%.900s-%02zu.svg", j->prefix, first / A_PAGE + 1);
        captions under = {.job = j, .first = first, .count = count};
        status = save_captioned(page, path, print_captions, &under, error);
    }
    lh_page_free(page);
    return status;
}

/* ---- writing ----------------------------------------------------------------------------------
 */

/* Was a word written anew for another reason than how it reads? */
static bool needed_guard(const lh_guard_report *report)
{
    for (int f = 0; f < LH_FAULT_COUNT; f++)
        if (f != LH_FAULT_MISREAD && report->fault[f] > 0)
            return true;
    return false;
}

static void print_report(const job *j)
{
    lh_guard_report sum = {0};
    size_t lines_guarded = 0, lines_flawed = 0, lines_doubtful = 0;
    for (size_t i = 0; i < j->count; i++) {
        const lh_guard_report *report = &j->written[i]->report;
        lh_guard_report_add(&sum, report);
        lines_guarded += needed_guard(report);
        lines_flawed += report->flawed > 0;
        lines_doubtful += report->doubtful > 0;
    }
    printf("%zu lines: %zu needed the guard (%.1f %%), %zu are flawed, %zu might be misread\n"
           "%d words: %d written anew, %d are flawed, %d might be misread; %zu points drawn, %zu "
           "kept\n",
           j->count, lines_guarded, 100.0 * (double)lines_guarded / (double)j->count, lines_flawed,
           lines_doubtful, sum.words, sum.retried, sum.flawed, sum.doubtful, sum.points_drawn,
           sum.points_kept);
    for (int f = 0; f < LH_FAULT_COUNT; f++)
        if (sum.fault[f] > 0)
            printf("  %s: %d\n", lh_fault_name((lh_fault)f), sum.fault[f]);
}

static lh_status write_in_style(job *j, const lh_model *model, lh_error *error)
{
    lh_style *style = lh_style_read(j->style, NULL, error);
    lh_writer *writer = style ? lh_writer_new(model, style, error) : NULL;
    const lh_status status =
        writer ? lh_write_texts(writer, &j->options, j->line, j->count, 0, j->written, error)
               : error->status;
    lh_writer_free(writer);
    lh_style_free(style);
    return status;
}

/* A writer in a hand of its own, as documents get it: drawn from those that are installed. */
static lh_writer *own_writer(const lh_hand_pool *pool, const lh_model *model, uint64_t seed,
                             lh_error *error)
{
    lh_hand *hand = lh_hand_pool_draw(pool, lh_network_fingerprint(model->network), seed, error);
    lh_writer *writer =
        hand ? lh_writer_in_hand(model, hand, error) : lh_writer_new(model, NULL, error);
    lh_hand_free(hand);
    return writer;
}

/* Each line in a hand of its own. */
static lh_status write_in_own(job *j, const lh_model *model, lh_error *error)
{
    lh_hand_pool pool = {0};
    lh_text *text = calloc(j->count + 1, sizeof *text);
    lh_status status = text ? lh_hand_pool_read(&pool, LONGHAND_SOURCE "/assets/styles", error)
                            : lh_fail_memory(error, "lines");
    for (size_t i = 0; i < j->count && status == LH_OK; i++) {
        text[i] = (lh_text){.text = j->line[i], .options = &j->options, .index = i};
        text[i].writer = own_writer(&pool, model, TEXTS_MAX * j->options.seed + i, error);
        status = text[i].writer ? LH_OK : error->status;
    }
    if (status == LH_OK)
        status = lh_write_each(text, j->count, j->written, error);
    for (size_t i = 0; text && i < j->count; i++)
        lh_writer_free((lh_writer *)(uintptr_t)text[i].writer);
    free(text);
    lh_hand_pool_clear(&pool);
    return status;
}

static lh_status write_pages(job *j, const lh_model *model, lh_error *error)
{
    lh_status status = strcmp(j->style, LH_OWN_STYLE) == 0 ? write_in_own(j, model, error)
                                                           : write_in_style(j, model, error);
    for (size_t i = 0; i < j->count && status == LH_OK; i += A_PAGE)
        status = make_page(j, i, error);
    return status;
}

static bool read_lines(job *j, lh_error *error)
{
    size_t most = j->most < TEXTS_MAX ? j->most : TEXTS_MAX;
    j->text = lines_read(j->input, INPUT_LIMIT, j->line, most, &j->count, error);
    return j->text != NULL;
}

static bool read_options(job *j, int argc, char **argv)
{
    const given_option options[] = {
        {"--model", GIVEN_TEXT, &j->model},       {"--input", GIVEN_TEXT, &j->input},
        {"--style", GIVEN_TEXT, &j->style},       {"--bias", GIVEN_NUMBER, &j->options.bias},
        {"--seed", GIVEN_SEED, &j->options.seed}, {"--tries", GIVEN_INT, &j->options.tries},
        {"--reader", GIVEN_TEXT, &j->reader},     {"--captions", GIVEN_INT, &j->captions},
        {"--count", GIVEN_COUNT, &j->most},       {"-o", GIVEN_TEXT, &j->prefix},
    };
    int files;
    return given_read(options, sizeof options / sizeof *options, argc, argv, &files) &&
           files == 0 && j->prefix;
}

/* The reader that is named, or the one that comes along; none if it is "none". */
static bool find_reader(job *j, lh_reader **reader, lh_error *error)
{
    if (j->reader && !strcmp(j->reader, "none"))
        return true;
    *reader =
        lh_reader_load(j->reader ? j->reader : LONGHAND_SOURCE "/assets/reader.safetensors", error);
    j->options.reader = *reader;
    return *reader != NULL;
}

int main(int argc, char **argv)
{
    static job j;
    j = (job){.input = LONGHAND_SOURCE "/tools/reading/sentences.txt",
              .most = TEXTS_MAX,
              .style = LONGHAND_SOURCE "/assets/styles/" LH_DEFAULT_STYLE ".xml",
              .captions = true,
              .options = lh_write_defaults};
    if (!read_options(&j, argc, argv)) {
        fputs(usage, stderr);
        return 2;
    }
    lh_error error;
    char *asset = j.model ? NULL : lh_asset_find("longhand.safetensors", LONGHAND_SOURCE "/assets");
    lh_model *model = NULL;
    lh_reader *reader = NULL;
    lh_status status = LH_ERROR_IO;
    if (!j.model && !asset)
        lh_fail(&error, status, "no model is installed; name one with --model");
    else if (read_lines(&j, &error) &&
             (model = lh_model_load(j.model ? j.model : asset, &error)) != NULL &&
             find_reader(&j, &reader, &error))
        status = write_pages(&j, model, &error);
    if (status == LH_OK)
        print_report(&j);
    else
        fprintf(stderr, "reading: %s\n", error.message);
    for (size_t i = 0; i < j.count; i++)
        lh_written_free(j.written[i]);
    lh_reader_free(reader);
    lh_model_free(model);
    free(asset);
    free(j.text);
    return status == LH_OK ? 0 : 1;
}
