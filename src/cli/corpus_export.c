/* Lines of a corpus as SVG and as files of IAM-OnDB. */
#include "corpus_export.h"

#include "cli.h"
#include "writing.h"

#include "base/folder.h"
#include "corpus/iam_layout.h"
#include "corpus/iam_name.h"

#include <longhand/page.h>

#include <stdlib.h>
#include <string.h>

/* A view of the line's points as ink, for functions that only look. */
static lh_ink ink_of(const lh_corpus_line *line)
{
    return (lh_ink){(lh_point *)line->points, line->count, line->count};
}

/* ---- SVG ------------------------------------------------------------------------------------- */

static lh_status place_line(const lh_corpus_line *line, lh_page *page, lh_error *error)
{
    lh_ink ink = ink_of(line);
    const char *text = line->text ? line->text : "";
    float height = lh_ink_baseline(&ink).height;
    if (!(height >= 1)) /* readings are whole units: no letters to go by */
        height = cli_letter_height(&ink);
    lh_placing placing = {.scale = lh_paper_scale(lh_page_paper(page), height)};
    lh_status status = lh_page_add_line(page, &ink, text, placing, error);
    if (status == LH_OK)
        status = lh_page_set_title(page, line->text ? line->text : line->name, error);
    if (status == LH_OK)
        status = lh_page_note(page, "line", line->name, error);
    if (status == LH_OK)
        status = lh_page_note(page, "split", lh_split_name(line->split), error);
    if (status == LH_OK && *line->writer)
        status = lh_page_note(page, "writer", line->writer, error);
    return status;
}

static lh_status write_svg(const lh_corpus_line *line, const char *path, lh_error *error)
{
    lh_paper paper = lh_paper_default;
    paper.width = paper.height = 0; /* cut to the writing */
    paper.pitch = 20;               /* larger than handwriting, to look at */
    paper.left = paper.top = paper.right = paper.bottom = 2;
    lh_page *page = lh_page_new(&paper, error);
    if (!page)
        return LH_ERROR_MEMORY;
    lh_status status = place_line(line, page, error);
    lh_output *output = NULL;
    if (status == LH_OK) {
        lh_page_fit(page);
        output = lh_output_open(path, error);
        status = output ? LH_OK : LH_ERROR_IO;
    }
    if (status == LH_OK) {
        const lh_page *pages[] = {page};
        status = lh_svg_write(pages, 1, &lh_svg_defaults, lh_output_stream(output), error);
        status = lh_output_end(output, status, error);
    }
    lh_page_free(page);
    return status;
}

lh_status export_line(const lh_corpus_line *line, const char *path, lh_error *error)
{
    if (!cli_ends_in(path, "xml"))
        return write_svg(line, path, error);
    lh_ink ink = ink_of(line);
    return lh_iam_write(&ink, path, error);
}

/* ---- the layout of IAM-OnDB ------------------------------------------------------------------ */

static lh_status export_text(const lh_corpus *corpus, size_t first, size_t end, const char *folder,
                             const char *form, lh_error *error)
{
    char path[IAM_PATH];
    const char **row = calloc(end - first, sizeof *row);
    if (!row)
        return lh_fail_memory(error, "a form's text");
    for (size_t i = first; i < end; i++)
        row[i - first] = lh_corpus_get(corpus, i).text;
    lh_status status = iam_write_text(path, folder, form, row, end - first, error);
    free(row);
    return status;
}

void export_claim(lh_claims *claims, const char *folder, const char *purpose)
{
    iam_claim(claims, folder, purpose);
}

/* All lines have names that can be files, and those of a form follow each other: else its text
 * would be written twice, each time in part. Lines come in the order of their names, and so all
 * that begin like a form's lines stand together. */
static lh_status check_names(const lh_corpus *corpus, lh_error *error)
{
    const size_t count = lh_corpus_count(corpus);
    for (size_t first = 0, end; first < count; first = end) {
        const char *begun = lh_corpus_get(corpus, first).name, *name = begun;
        if (!iam_has_place(name))
            return lh_fail(error, LH_ERROR_FORMAT,
                           "line '%.200s': has no name that a file can have", name);
        for (end = first + 1; end < count; end++)
            if (!iam_same_form(begun, lh_corpus_get(corpus, end).name))
                break;
        const size_t length = iam_form_of(begun, strlen(begun), NULL);
        for (size_t i = end; i < count; i++) {
            name = lh_corpus_get(corpus, i).name;
            if (strncmp(name, begun, length) != 0 || name[length] != '-')
                break;
            if (iam_same_form(begun, name))
                return lh_fail(error, LH_ERROR_FORMAT,
                               "line '%.200s': stands apart from the others of form '%.*s'", name,
                               (int)(length < 200 ? length : 200), begun);
        }
    }
    return LH_OK;
}

/* A form whose lines are all of one split is named once; else each line is. */
static void list_form(const lh_corpus *corpus, size_t first, size_t end, const char *form,
                      FILE **list)
{
    const lh_split of = lh_corpus_get(corpus, first).split;
    bool same = true;
    for (size_t i = first; i < end; i++)
        same = same && lh_corpus_get(corpus, i).split == of;
    if (same && of != LH_SPLIT_NONE)
        fprintf(list[of], "%s\n", form);
    for (size_t i = first; !same && i < end; i++) {
        const lh_corpus_line line = lh_corpus_get(corpus, i);
        if (line.split != LH_SPLIT_NONE)
            fprintf(list[line.split], "%s\n", line.name);
    }
}

/* Writes the lines of one form, from `first` up to `*end`, and its text. */
static lh_status export_form(const lh_corpus *corpus, size_t first, const char *folder, FILE **list,
                             size_t *end, lh_error *error)
{
    const char *begun = lh_corpus_get(corpus, first).name;
    char path[IAM_PATH], form[IAM_PATH];
    snprintf(form, sizeof form, "%.*s", (int)iam_form_of(begun, strlen(begun), NULL), begun);
    bool whole = true;
    lh_status status = LH_OK;
    for (*end = first; status == LH_OK && *end < lh_corpus_count(corpus); ++*end) {
        lh_corpus_line line = lh_corpus_get(corpus, *end);
        if (!iam_same_form(begun, line.name))
            break;
        whole = whole && line.text;
        status = iam_line_path(path, folder, line.name, error);
        if (status == LH_OK)
            status = export_line(&line, path, error);
    }
    if (status == LH_OK && whole)
        status = export_text(corpus, first, *end, folder, form, error);
    if (status == LH_OK)
        list_form(corpus, first, *end, form, list);
    return status;
}

lh_status export_all(const lh_corpus *corpus, const char *folder, lh_error *error)
{
    lh_output *output[LH_SPLIT_COUNT] = {NULL};
    FILE *list[LH_SPLIT_COUNT] = {NULL};
    char path[IAM_PATH];
    lh_status status = check_names(corpus, error);
    for (int split = LH_SPLIT_TRAIN; status == LH_OK && split < LH_SPLIT_COUNT; split++) {
        int length =
            snprintf(path, sizeof path, "%s/%s.txt", folder, lh_split_name((lh_split)split));
        status = length < (int)sizeof path
                     ? lh_folder_make_above(path, error)
                     : lh_fail(error, LH_ERROR_ARGUMENT, "%.64s...: too long a name", folder);
        output[split] = status == LH_OK ? lh_output_open(path, error) : NULL;
        list[split] = output[split] ? lh_output_stream(output[split]) : NULL;
        status = output[split] ? LH_OK : LH_ERROR_IO;
    }
    cli_progress progress = cli_progress_start("lines", lh_corpus_count(corpus));
    for (size_t i = 0, end; status == LH_OK && i < lh_corpus_count(corpus); i = end) {
        cli_progress_tell(&progress, i);
        status = export_form(corpus, i, folder, list, &end, error);
    }
    cli_progress_clear(&progress);
    for (int split = LH_SPLIT_TRAIN; split < LH_SPLIT_COUNT; split++) {
        if (status == LH_OK)
            status = lh_output_commit(output[split], error);
        else
            lh_output_discard(output[split]);
    }
    return status;
}
