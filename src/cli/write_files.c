/* The files of a document: their names, and what is written to them. */
#include "write_names.h"

#include "base/folder.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* ---- names ------------------------------------------------------------------------------------
 */

static bool differs(const char *pattern)
{
    return strstr(pattern, "{name}") || strstr(pattern, "{number}");
}

char *write_output_pattern(const write_job *job, const lh_sources *sources, lh_error *error)
{
    struct stat info;
    const char *output = job->output;
    size_t length = strlen(output);
    bool there = stat(output, &info) == 0 && S_ISDIR(info.st_mode);
    bool folder = there || (length > 0 && output[length - 1] == '/');
    char *pattern = malloc(length + 24);
    if (!pattern) {
        lh_fail_memory(error, "names of files");
        return NULL;
    }
    const char *slash = length > 0 && output[length - 1] == '/' ? "" : "/";
    if (folder && !job->format->folder)
        snprintf(pattern, length + 24, "%s%s{name}.%s", output, slash, job->format->name);
    else
        strcpy(pattern, output);
    if (job->together && write_is_pattern(pattern)) {
        lh_fail(error, LH_ERROR_ARGUMENT, "--together makes one file, and %s would be several",
                pattern);
        free(pattern);
        return NULL;
    }
    const char *same = !job->format->folder && !job->together && !differs(pattern) ? output
                       : job->trace && !differs(job->trace)                        ? job->trace
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

/* The last before a file is written: it is none that is read, and its folder is there. */
static lh_status make_way(const write_job *job, const char *pattern, const char *path,
                          lh_error *error)
{
    lh_status status = lh_claims_spare(&job->claims, path, error);
    return status == LH_OK && write_is_pattern(pattern) ? lh_folder_make_above(path, error)
                                                        : status;
}

/* ---- contents ---------------------------------------------------------------------------------
 */

static lh_status write_file(const write_job *job, const lh_page *const *pages, size_t count,
                            const char *path, lh_error *error)
{
    lh_output *output = lh_output_open(path, error);
    if (!output)
        return error->status;
    lh_status status =
        job->format->write(pages, count, &job->render, lh_output_stream(output), error);
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

static lh_status write_trace(const write_job *job, const char *name, size_t number,
                             const lh_document *document, lh_error *error)
{
    char *path = write_file_name(job->trace, name, number, 0, 0);
    lh_status status =
        path ? make_way(job, job->trace, path, error) : lh_fail_memory(error, "a file's name");
    lh_output *output = status == LH_OK ? lh_output_open(path, error) : NULL;
    if (status == LH_OK && !output)
        status = error->status;
    free(path);
    if (status != LH_OK)
        return status;
    status = lh_trace_lines_write((const lh_page *const *)document->page, document->pages,
                                  lh_output_stream(output), error);
    return lh_output_end(output, status, error);
}

/* Writes the files of a document; their names go to `list`, a newline behind each. */
static lh_status write_files(const write_job *job, const char *pattern, const char *name,
                             size_t number, const lh_document *document, FILE *list,
                             lh_error *error)
{
    const lh_page *const *pages = (const lh_page *const *)document->page;
    bool each = write_pages_apart(job, pattern);
    size_t count = each ? document->pages : 1;
    lh_status status = LH_OK;
    if (job->trace)
        status = write_trace(job, name, number, document, error);
    if (job->together)
        return status;
    if (count > 1 && strcmp(pattern, "-") == 0 && status == LH_OK)
        return lh_fail(error, LH_ERROR_ARGUMENT, "%zu pictures do not go to standard output",
                       count);
    if (job->format->folder && status == LH_OK)
        return job->format->folder->write(pattern, number, pages, document->pages, list, error);
    for (size_t i = 0; i < count && status == LH_OK; i++) {
        char *path = write_file_name(pattern, name, number, i + 1, count);
        status =
            path ? make_way(job, pattern, path, error) : lh_fail_memory(error, "names of files");
        if (status == LH_OK)
            status = write_file(job, pages + i, each ? 1 : document->pages, path, error);
        if (status == LH_OK)
            fprintf(list, "%s\n", path);
        free(path);
    }
    return status;
}

lh_status write_document_files(const write_job *job, const char *pattern, const char *name,
                               size_t number, const lh_document *document, char **files,
                               lh_error *error)
{
    size_t size;
    *files = NULL;
    FILE *list = open_memstream(files, &size);
    if (!list)
        return lh_fail_memory(error, "names of files");
    lh_status status = write_files(job, pattern, name, number, document, list, error);
    if (fclose(list) != 0 && status == LH_OK)
        status = lh_fail_memory(error, "names of files");
    if (status != LH_OK) {
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
