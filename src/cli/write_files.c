/* The files of a document: their names, and what is written to them. */
#include "write_iam.h"

#include "base/folder.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char *const endings[WRITE_FORMATS] = {"svg",  "pdf",   "png", "gcode",
                                                   "hpgl", "jsonl", "xml", ""};

/* ---- names ------------------------------------------------------------------------------------
 */

static bool differs(const char *pattern)
{
    return strstr(pattern, "{name}") || strstr(pattern, "{number}");
}

char *write_output_pattern(const write_job *job, const write_sources *sources, lh_error *error)
{
    struct stat info;
    const char *output = job->output;
    size_t length = strlen(output);
    bool there = stat(output, &info) == 0 && S_ISDIR(info.st_mode);
    bool folder = there || (length > 0 && output[length - 1] == '/') || job->format == WRITE_IAM;
    if (folder && !there && lh_folder_make(output, 0777, error) != LH_OK)
        return NULL;
    const char *last = strrchr(output, '/'), *place = strchr(output, '{');
    if (!folder && differs(output) && last && place > last &&
        lh_folder_make_above(output, error) != LH_OK)
        return NULL;
    char *pattern = malloc(length + 24);
    if (!pattern) {
        lh_fail_memory(error, "names of files");
        return NULL;
    }
    const char *slash = length > 0 && output[length - 1] == '/' ? "" : "/";
    if (folder && job->format != WRITE_IAM)
        snprintf(pattern, length + 24, "%s%s{name}.%s", output, slash, endings[job->format]);
    else
        strcpy(pattern, output);
    if (job->together && (differs(pattern) || strstr(pattern, "{page}"))) {
        lh_fail(error, LH_ERROR_ARGUMENT, "--together makes one file, and %s would be several",
                pattern);
        free(pattern);
        return NULL;
    }
    const char *same = job->format != WRITE_IAM && !job->together && !differs(pattern) ? output
                       : job->trace && !differs(job->trace)                            ? job->trace
                                                                                       : NULL;
    if (sources->count > 1 && same) {
        lh_fail(error, LH_ERROR_ARGUMENT,
                "%zu texts, and one file %s: its name needs {name} or {number} in it%s",
                sources->count, same, same == output ? ", or --together" : "");
        free(pattern);
        return NULL;
    }
    return pattern;
}

/* The pattern with its places filled; page 0: there is only one file. NULL: no memory. */
static char *fill_pattern(const char *pattern, const char *name, size_t number, size_t page)
{
    char digits[2][24];
    snprintf(digits[0], sizeof digits[0], "%zu", number);
    snprintf(digits[1], sizeof digits[1], "%zu", page ? page : 1);
    const struct {
        const char *key, *value;
    } places[] = {{"{name}", name}, {"{number}", digits[0]}, {"{page}", digits[1]}};
    size_t room = 1;
    for (const char *c = pattern; *c; c++)
        room += *c == '{' ? strlen(name) + sizeof digits : 1;
    char *filled = malloc(room), *out = filled;
    while (filled && *pattern) {
        size_t i = 0;
        while (i < 3 && strncmp(pattern, places[i].key, strlen(places[i].key)) != 0)
            i++;
        if (i < 3) {
            out = stpcpy(out, places[i].value);
            pattern += strlen(places[i].key);
        } else {
            *out++ = *pattern++;
        }
    }
    if (filled)
        *out = '\0';
    return filled;
}

/* "letter.png" becomes "letter-2.png". */
static char *add_page_number(char *path, size_t page)
{
    size_t size = strlen(path) + 24;
    char *numbered = malloc(size);
    char *slash = strrchr(path, '/'), *point = strrchr(path, '.');
    int stem = point && (!slash || slash < point) ? (int)(point - path) : (int)strlen(path);
    if (numbered)
        snprintf(numbered, size, "%.*s-%zu%s", stem, path, page, path + stem);
    free(path);
    return numbered;
}

/* ---- contents ---------------------------------------------------------------------------------
 */

static lh_status render(const write_job *job, const lh_page *const *pages, size_t count,
                        FILE *stream, lh_error *error)
{
    switch (job->format) {
    case WRITE_PDF:
        return lh_pdf_write(pages, count, &job->paint, stream, error);
    case WRITE_PNG:
        if (job->look != LH_LOOK_INK)
            return lh_look_write_png(pages[0], job->look, job->dpi, stream, error);
        return lh_png_write(pages[0], job->dpi, &job->paint, stream, error);
    case WRITE_GCODE:
        return lh_gcode_write(pages, count, &job->gcode, stream, error);
    case WRITE_HPGL:
        return lh_hpgl_write(pages, count, job->gcode.tolerance, job->gcode.order, stream, error);
    case WRITE_JSON_LINES:
        return lh_json_lines_write(pages, count, stream, error);
    default:
        if (job->look != LH_LOOK_INK)
            return lh_look_write_svg(pages[0], job->look, stream, error);
        return lh_svg_write(pages, count, &job->svg, stream, error);
    }
}

static lh_status write_xml(const lh_page *const *pages, size_t count, const char *path,
                           lh_error *error)
{
    size_t lines = 0;
    for (size_t i = 0; i < count; i++)
        lines += lh_page_count(pages[i]);
    if (lines != 1)
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "an IAM-OnDB line file takes one row of writing, and these are %zu; "
                       "--format iam makes a folder of such files",
                       lines);
    return lh_iam_write(lh_page_get(pages[0], 0).ink, path, error);
}

static lh_status write_file(const write_job *job, const lh_page *const *pages, size_t count,
                            const char *path, lh_error *error)
{
    if (job->format == WRITE_XML)
        return write_xml(pages, count, path, error);
    lh_output *output = lh_output_open(path, error);
    if (!output)
        return error->status;
    lh_status status = render(job, pages, count, lh_output_stream(output), error);
    return lh_output_end(output, status, error);
}

/* ---- notes ------------------------------------------------------------------------------------
 */

lh_status write_note(const write_job *job, uint64_t fingerprint, const char *name,
                     const char *given, lh_page *page, lh_error *error)
{
    const lh_document_options *document = &job->document;
    char *text = strdup(given);
    if (!text)
        return lh_fail_memory(error, "a note");
    for (size_t end = strlen(text); end > 0 && strchr("\r\n\t ", text[end - 1]); end--)
        text[end - 1] = '\0';
    lh_status status =
        lh_page_set_title(page, lh_page_count(page) > 0 ? lh_page_get(page, 0).text : "", error);
    if (status == LH_OK && name)
        status = lh_page_note(page, "document", name, error);
    if (status == LH_OK)
        status = lh_page_note(page, "text", text, error);
    free(text);
    if (status == LH_OK)
        status = lh_page_note(page, "style", job->style, error);
    if (status == LH_OK && job->style_text)
        status = lh_page_note(page, "style text", job->style_text, error);
    if (status == LH_OK)
        status = cli_note_making(page, fingerprint, job->model_path, &document->write, error);
    if (status == LH_OK)
        status = cli_note_number(page, "tries", document->write.tries, error);
    if (status == LH_OK)
        status = cli_note_number(page, "proofread", document->write.proofread, error);
    if (status == LH_OK)
        status = cli_note_number(page, "width", (double)document->width, error);
    return status == LH_OK ? cli_note_number(page, "pitch", (double)document->paper.pitch, error)
                           : status;
}

/* ---- documents --------------------------------------------------------------------------------
 */

/* Adds a name and a newline to the list; false: no memory. */
static bool list_file(char **files, const char *path)
{
    if (!files)
        return true;
    size_t length = *files ? strlen(*files) : 0;
    char *larger = realloc(*files, length + strlen(path) + 2);
    if (!larger)
        return false;
    sprintf(larger + length, "%s\n", path);
    *files = larger;
    return true;
}

static lh_status write_trace(const write_job *job, const char *name, size_t number,
                             const lh_document *document, lh_error *error)
{
    char *path = fill_pattern(job->trace, name, number, 0);
    lh_output *output = path ? lh_output_open(path, error) : NULL;
    lh_status status = !path     ? lh_fail_memory(error, "a file's name")
                       : !output ? error->status
                                 : LH_OK;
    free(path);
    if (status != LH_OK)
        return status;
    status = lh_trace_lines_write((const lh_page *const *)document->page, document->pages,
                                  lh_output_stream(output), error);
    return lh_output_end(output, status, error);
}

lh_status write_document_files(const write_job *job, const char *pattern, const char *name,
                               size_t number, const lh_document *document, char **files,
                               lh_error *error)
{
    const lh_page *const *pages = (const lh_page *const *)document->page;
    bool paged = strstr(pattern, "{page}") != NULL;
    bool each = paged || job->format == WRITE_PNG || job->look != LH_LOOK_INK;
    size_t count = each ? document->pages : 1;
    lh_status status = LH_OK;
    if (files)
        *files = NULL;
    if (job->trace)
        status = write_trace(job, name, number, document, error);
    if (job->together)
        return status;
    if (job->format == WRITE_IAM && status == LH_OK)
        return write_iam_document(pattern, number, document, files, error);
    for (size_t i = 0; i < count && status == LH_OK; i++) {
        char *path = fill_pattern(pattern, name, number, i + 1);
        if (path && !paged && count > 1 && strcmp(path, "-") != 0)
            path = add_page_number(path, i + 1);
        if (!path || !list_file(files, path))
            status = lh_fail_memory(error, "names of files");
        else if (count > 1 && strcmp(path, "-") == 0)
            status = lh_fail(error, LH_ERROR_ARGUMENT, "%zu pictures do not go to standard output",
                             count);
        else
            status = write_file(job, pages + i, each ? 1 : document->pages, path, error);
        free(path);
    }
    if (status != LH_OK && files) {
        free(*files);
        *files = NULL;
    }
    return status;
}

lh_status write_documents_together(const write_job *job, const char *path,
                                   lh_document *const *document, size_t count, lh_error *error)
{
    size_t pages = 0;
    for (size_t i = 0; i < count; i++)
        pages += document[i]->pages;
    const lh_page **page = calloc(pages + 1, sizeof *page);
    if (!page)
        return lh_fail_memory(error, "the pages of all documents");
    pages = 0;
    for (size_t i = 0; i < count; i++)
        for (size_t p = 0; p < document[i]->pages; p++)
            page[pages++] = document[i]->page[p];
    lh_status status = write_file(job, page, pages, path, error);
    free(page);
    return status;
}
