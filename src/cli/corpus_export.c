/* Lines of a corpus as SVG and as files of IAM-OnDB. */
#include "corpus_export.h"

#include "base/folder.h"

#include <longhand/page.h>

#include <stdarg.h>
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
    float scale = lh_paper_scale(lh_page_paper(page), lh_ink_baseline(&ink).height);
    lh_placing placing = {.scale = scale};
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
    size_t length = strlen(path);
    if (length < 4 || strcmp(path + length - 4, ".xml") != 0)
        return write_svg(line, path, error);
    lh_ink ink = ink_of(line);
    return lh_iam_write(&ink, path, error);
}

/* ---- the layout of IAM-OnDB ------------------------------------------------------------------ */

/* Formats a path and makes the folders above it. Fails when it is too long or they cannot be. */
static lh_status make_path(char path[4096], lh_error *error, const char *format, ...)
    LH_PRINTF(3, 4);
static lh_status make_path(char path[4096], lh_error *error, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    int length = vsnprintf(path, 4096, format, list);
    va_end(list);
    if (length < 0 || length >= 4096)
        return lh_fail(error, LH_ERROR_ARGUMENT, "%.64s...: the path is too long", path);
    return lh_folder_make_above(path, error);
}

/* Where a form's files lie: of "a01-000u-01" the form "a01-000u", the folders "a01" and "a01-000".
 */
typedef struct place {
    char form[256], group[256], page[256];
} place;

static lh_status find_place(const char *name, place *where, lh_error *error)
{
    const char *number = strrchr(name, '-');
    size_t form = number ? (size_t)(number - name) : 0, group = strcspn(name, "-");
    if (form == 0 || group > form || form >= sizeof where->form || strchr(name, '/'))
        return lh_fail(error, LH_ERROR_ARGUMENT, "%.64s: is not named like a line of IAM-OnDB",
                       name);
    size_t page = form; /* without the letter behind its number */
    while (page > group && (name[page - 1] < '0' || name[page - 1] > '9'))
        page--;
    snprintf(where->form, sizeof where->form, "%.*s", (int)form, name);
    snprintf(where->group, sizeof where->group, "%.*s", (int)group, name);
    snprintf(where->page, sizeof where->page, "%.*s", (int)page, name);
    return LH_OK;
}

static lh_status export_text(const lh_corpus *corpus, size_t first, size_t end, const char *path,
                             lh_error *error)
{
    lh_output *output = lh_output_open(path, error);
    if (!output)
        return LH_ERROR_IO;
    FILE *stream = lh_output_stream(output);
    fputs("OCR:\n\n\nCSR:\n\n", stream);
    for (size_t i = first; i < end; i++)
        fprintf(stream, "%s\n", lh_corpus_get(corpus, i).text);
    return lh_output_commit(output, error);
}

/* Writes the lines of one form, from `first` up to `*end`, and its text. */
static lh_status export_form(const lh_corpus *corpus, size_t first, const char *folder, FILE **list,
                             size_t *end, lh_error *error)
{
    char path[4096];
    place where, other;
    bool whole = true;
    lh_status status = find_place(lh_corpus_get(corpus, first).name, &where, error);
    for (*end = first; status == LH_OK && *end < lh_corpus_count(corpus); ++*end) {
        lh_corpus_line line = lh_corpus_get(corpus, *end);
        status = find_place(line.name, &other, error);
        if (status != LH_OK || strcmp(other.form, where.form) != 0)
            break;
        whole = whole && line.text;
        status = make_path(path, error, "%s/lineStrokes/%s/%s/%s.xml", folder, where.group,
                           where.page, line.name);
        if (status == LH_OK)
            status = export_line(&line, path, error);
    }
    if (status == LH_OK && whole)
        status = make_path(path, error, "%s/ascii/%s/%s/%s.txt", folder, where.group, where.page,
                           where.form);
    if (status == LH_OK && whole)
        status = export_text(corpus, first, *end, path, error);
    lh_split split = lh_corpus_get(corpus, first).split;
    if (status == LH_OK && split != LH_SPLIT_NONE)
        fprintf(list[split], "%s\n", where.form);
    return status;
}

lh_status export_all(const lh_corpus *corpus, const char *folder, lh_error *error)
{
    lh_output *output[LH_SPLIT_COUNT] = {NULL};
    FILE *list[LH_SPLIT_COUNT] = {NULL};
    char path[4096];
    lh_status status = LH_OK;
    for (int split = LH_SPLIT_TRAIN; status == LH_OK && split < LH_SPLIT_COUNT; split++) {
        status = make_path(path, error, "%s/%s.txt", folder, lh_split_name((lh_split)split));
        output[split] = status == LH_OK ? lh_output_open(path, error) : NULL;
        list[split] = output[split] ? lh_output_stream(output[split]) : NULL;
        status = output[split] ? LH_OK : LH_ERROR_IO;
    }
    for (size_t i = 0, end; status == LH_OK && i < lh_corpus_count(corpus); i = end)
        status = export_form(corpus, i, folder, list, &end, error);
    for (int split = LH_SPLIT_TRAIN; split < LH_SPLIT_COUNT; split++) {
        if (status == LH_OK)
            status = lh_output_commit(output[split], error);
        else
            lh_output_discard(output[split]);
    }
    return status;
}
