/* Documents as a corpus in the layout of IAM-OnDB: see write_iam.h. */
#include "write_iam.h"

#include "base/folder.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

enum { PATH_SIZE = 4096, MOST_FORMS = 999999 };

/* ---- folders ----------------------------------------------------------------------------------
 */

/* The path of a form's file; `line` 0: its text. */
static lh_status make_path(char path[PATH_SIZE], const char *folder, const char *document,
                           const char *form, size_t line, lh_error *error)
{
    int length =
        line > 0 ? snprintf(path, PATH_SIZE, "%s/lineStrokes/%s/%s/%s-%02zu.xml", folder, document,
                            form, form, line)
                 : snprintf(path, PATH_SIZE, "%s/ascii/%s/%s/%s.txt", folder, document, form, form);
    if (length < 0 || length >= PATH_SIZE)
        return lh_fail(error, LH_ERROR_ARGUMENT, "%.200s: too long a name", folder);
    return lh_folder_make_above(path, error);
}

/* ---- forms ------------------------------------------------------------------------------------
 */

/* Rows of the page that can be read back: those with ink and text. */
static bool is_line(const lh_page_line *line)
{
    return line->ink->count > 1 && line->text[0];
}

static lh_status write_text(const lh_page *page, const char *path, lh_error *error)
{
    lh_output *output = lh_output_open(path, error);
    if (!output)
        return error->status;
    FILE *stream = lh_output_stream(output);
    static const char *const parts[] = {"OCR:\n\n", "\nCSR:\n\n"};
    for (int part = 0; part < 2; part++) {
        fputs(parts[part], stream);
        for (size_t i = 0; i < lh_page_count(page); i++) {
            lh_page_line line = lh_page_get(page, i);
            if (is_line(&line))
                fprintf(stream, "%s\n", line.text);
        }
    }
    return lh_output_commit(output, error);
}

static lh_status add_name(char **files, const char *path, lh_error *error)
{
    size_t length = *files ? strlen(*files) : 0;
    char *larger = realloc(*files, length + strlen(path) + 2);
    if (!larger)
        return lh_fail_memory(error, "names of files");
    sprintf(larger + length, "%s\n", path);
    *files = larger;
    return LH_OK;
}

/* The strokes before the text: a form with a text has all its strokes. */
static lh_status write_form(const char *folder, const char *document, const char *form,
                            const lh_page *page, char **files, lh_error *error)
{
    char path[PATH_SIZE];
    size_t row = 0;
    lh_status status = LH_OK;
    for (size_t i = 0; i < lh_page_count(page) && status == LH_OK; i++) {
        lh_page_line line = lh_page_get(page, i);
        if (!is_line(&line))
            continue;
        status = make_path(path, folder, document, form, ++row, error);
        if (status == LH_OK)
            status = lh_iam_write(line.ink, path, error);
        if (status == LH_OK)
            status = add_name(files, path, error);
    }
    if (row == 0 || status != LH_OK)
        return status;
    status = make_path(path, folder, document, form, 0, error);
    if (status == LH_OK)
        status = write_text(page, path, error);
    return status == LH_OK ? add_name(files, path, error) : status;
}

lh_status write_iam_document(const char *folder, size_t number, const lh_document *document,
                             char **files, lh_error *error)
{
    if (number > MOST_FORMS || document->pages > MOST_FORMS)
        return lh_fail(error, LH_ERROR_ARGUMENT, "a corpus takes %d documents of so many pages",
                       MOST_FORMS);
    char *names = NULL;
    lh_status status = LH_OK;
    for (size_t i = 0; i < document->pages && status == LH_OK; i++) {
        char name[32], form[64];
        snprintf(name, sizeof name, "d%04zu", number);
        snprintf(form, sizeof form, "%s-%03zu", name, i + 1);
        status = write_form(folder, name, form, document->page[i], &names, error);
    }
    if (status == LH_OK && files)
        *files = names;
    else
        free(names);
    return status;
}

/* ---- lists ------------------------------------------------------------------------------------
 */

static int list_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static const char *const lists[] = {"trainset.txt", "testset_v.txt", "testset_t.txt",
                                    "testset_f.txt"};

/* Which of the lists a form is in: by its number among all. */
static int list_of(size_t number)
{
    size_t place = number % 10;
    return place < 7 ? 0 : (int)place - 6;
}

/* Writes the forms of one document to the lists' streams. */
static void list_document(const char *folder, const char *document, lh_output *const *output,
                          size_t *number)
{
    char path[PATH_SIZE];
    struct dirent **forms;
    snprintf(path, sizeof path, "%.2000s/ascii/%.255s", folder, document);
    int count = scandir(path, &forms, list_visible, alphasort);
    for (int i = 0; i < count; i++) {
        fprintf(lh_output_stream(output[list_of((*number)++)]), "%s\n", forms[i]->d_name);
        free(forms[i]);
    }
    if (count >= 0)
        free(forms);
}

lh_status write_iam_lists(const char *folder, lh_error *error)
{
    char path[PATH_SIZE];
    lh_output *output[4] = {NULL};
    struct dirent **documents = NULL;
    lh_status status = LH_OK;
    snprintf(path, sizeof path, "%.4000s/ascii", folder);
    int count = scandir(path, &documents, list_visible, alphasort);
    for (int i = 0; i < 4 && status == LH_OK; i++) {
        snprintf(path, sizeof path, "%.4000s/%s", folder, lists[i]);
        output[i] = lh_output_open(path, error);
        status = output[i] ? LH_OK : error->status;
    }
    size_t number = 0;
    for (int i = 0; i < count; i++) {
        if (status == LH_OK)
            list_document(folder, documents[i]->d_name, output, &number);
        free(documents[i]);
    }
    free(documents);
    for (int i = 0; i < 4; i++) {
        if (status == LH_OK)
            status = lh_output_commit(output[i], error);
        else
            lh_output_discard(output[i]);
    }
    return status;
}
