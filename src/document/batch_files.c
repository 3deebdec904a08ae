/* The files of a batch's documents: see batch_files.h. */
#include "document/batch_files.h"
#include "document/batch_names.h"
#include "document/source_names.h"

#include "base/folder.h"
#include "base/streams.h"

#include <stdlib.h>
#include <string.h>

/* ---- contents ---------------------------------------------------------------------------------
 */

/* The last before a file is written: it is none that is read, and its folder is there. */
static lh_status make_way(const lh_batch_plan *p, const char *pattern, const char *path,
                          lh_error *error)
{
    lh_status status = lh_claims_spare(&p->claims, path, error);
    return status == LH_OK && lh_batch_makes_folders(p, pattern) ? lh_folder_make_above(path, error)
                                                                 : status;
}

static lh_status write_file(const lh_batch_plan *p, const lh_page *const *pages, size_t count,
                            const char *path, lh_error *error)
{
    const lh_batch_options *o = &p->options;
    lh_output *output = lh_output_open(path, error);
    if (!output)
        return error->status;
    lh_status status = o->format->write(pages, count, &o->render, lh_output_stream(output), error);
    return lh_output_end(output, status, error);
}

/* ---- documents --------------------------------------------------------------------------------
 */

char *lh_batch_file_name(const lh_batch_plan *p, size_t index, const char *pattern, size_t page,
                         size_t pages)
{
    char *own = lh_source_pattern(p->sources, index, pattern);
    char *path =
        own ? lh_names_of_page(own, p->sources->source[index].name, index + 1, page, pages) : NULL;
    free(own);
    return path;
}

static lh_status write_trace(const lh_batch_plan *p, size_t index, const lh_document *document,
                             lh_error *error)
{
    const char *pattern = p->options.trace;
    char *path = lh_batch_file_name(p, index, pattern, 0, 0);
    lh_status status =
        path ? make_way(p, pattern, path, error) : lh_fail_memory(error, "a file's name");
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
static lh_status write_files(const lh_batch_plan *p, size_t index, const lh_document *document,
                             FILE *list, lh_error *error)
{
    const lh_batch_options *o = &p->options;
    const lh_page *const *pages = (const lh_page *const *)document->page;
    bool each = lh_names_page_apart(o, p->pattern);
    size_t count = each ? document->pages : 1;
    lh_status status = LH_OK;
    if (o->trace)
        status = write_trace(p, index, document, error);
    if (o->together || status != LH_OK)
        return status;
    if (count > 1 && lh_is_standard_output(p->pattern))
        return lh_fail(error, LH_ERROR_ARGUMENT, "%zu pictures do not go to standard output",
                       count);
    if (o->format->folder)
        return o->format->folder->write(p->pattern, index + 1, pages, document->pages, list, error);
    for (size_t i = 0; i < count && status == LH_OK; i++) {
        char *path = lh_batch_file_name(p, index, p->pattern, i + 1, count);
        status =
            path ? make_way(p, p->pattern, path, error) : lh_fail_memory(error, "names of files");
        if (status == LH_OK)
            status = write_file(p, pages + i, each ? 1 : document->pages, path, error);
        if (status == LH_OK)
            fprintf(list, "%s\n", path);
        free(path);
    }
    return status;
}

lh_status lh_batch_write_files(const lh_batch_plan *p, size_t index, const lh_document *document,
                               char **files, lh_error *error)
{
    size_t size;
    *files = NULL;
    FILE *list = open_memstream(files, &size);
    if (!list)
        return lh_fail_memory(error, "names of files");
    lh_status status = write_files(p, index, document, list, error);
    if (fclose(list) != 0 && status == LH_OK)
        status = lh_fail_memory(error, "names of files");
    if (status != LH_OK) {
        free(*files);
        *files = NULL;
    }
    return status;
}

lh_status lh_batch_write_together(const lh_batch_plan *p, lh_document *const *document,
                                  size_t count, lh_error *error)
{
    size_t pages = 0;
    for (size_t i = 0; i < count; i++)
        pages += document[i]->pages;
    const lh_page **page = calloc(pages + 1, sizeof *page);
    if (!page)
        return lh_fail_memory(error, "the pages of all documents");
    pages = 0;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < document[i]->pages; k++)
            page[pages++] = document[i]->page[k];
    lh_status status = write_file(p, page, pages, p->pattern, error);
    free(page);
    return status;
}
