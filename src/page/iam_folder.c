/* Documents as a corpus in the layout of IAM-OnDB, which `longhand prepare` reads. A page is a
 * form, d0057-003 the third page of document 57; each row of writing is a file below lineStrokes/,
 * each form's text one below ascii/. Coordinates are whole and positive, as in IAM-OnDB: the page
 * is the whiteboard, in its units. Of ten forms seven go to the list trainset and one each to
 * testset_v, testset_t and testset_f. */
#include "page/formats.h"

#include "base/extremes.h"
#include "base/folder.h"
#include "corpus/iam_layout.h"

#include <dirent.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_FORMS = 999999 };

/* ---- forms ------------------------------------------------------------------------------------
 */

/* Rows of the page that can be read back: those with ink and text. */
static bool is_line(const lh_page_line *line)
{
    return line->ink->count > 1 && line->text[0];
}

static lh_status line_path(char path[IAM_PATH], const char *folder, const char *form, size_t row,
                           lh_error *error)
{
    char name[64];
    snprintf(name, sizeof name, "%.32s-%02zu", form, row);
    return iam_line_path(path, folder, name, error);
}

/* Takes away rows from `rows` + 1 on, which a longer text left in the form: with them its text
 * would have fewer rows than it has lines. */
static lh_status drop_rows(const char *folder, const char *form, size_t rows, lh_error *error)
{
    char path[IAM_PATH];
    lh_status status = LH_OK;
    do
        status = line_path(path, folder, form, ++rows, error);
    while (status == LH_OK && unlink(path) == 0);
    return status;
}

/* Where the page's corner lies on the whiteboard, so that all coordinates are 1 or more. */
typedef struct board {
    float left, top;
} board;

/* Where a line's ink goes on the page, in its own units: whole, so that only rounding moves it. */
static lh_vec2 place_of(const lh_page_line *line)
{
    const lh_placing to = line->placing;
    return (lh_vec2){floorf(to.x / to.scale), floorf(to.y / to.scale)};
}

static board find_board(const lh_page *page)
{
    board at = {0, 0};
    for (size_t i = 0; i < lh_page_count(page); i++) {
        const lh_page_line line = lh_page_get(page, i);
        if (!is_line(&line))
            continue;
        const lh_box box = lh_ink_bounds(line.ink);
        const lh_vec2 place = place_of(&line);
        lh_raisef(&at.left, 1 - floorf(place.x + box.left));
        lh_raisef(&at.top, 1 - floorf(place.y + box.top));
    }
    return at;
}

static lh_status write_strokes(const board *on, const lh_page_line *line, const char *path,
                               lh_error *error)
{
    lh_ink *ink = lh_ink_copy(line->ink, error);
    if (!ink)
        return error->status;
    const lh_vec2 place = place_of(line);
    for (size_t i = 0; i < ink->count; i++) {
        ink->points[i].x = roundf(ink->points[i].x) + place.x + on->left;
        ink->points[i].y = roundf(ink->points[i].y) + place.y + on->top;
    }
    lh_status status = lh_iam_write(ink, path, error);
    lh_ink_free(ink);
    return status;
}

/* The strokes before the text: a form with a text has all its strokes. `row` has room for as many
 * rows as the page has. */
static lh_status write_form(const char *folder, const char *form, const lh_page *page,
                            const char **row, FILE *list, lh_error *error)
{
    char path[IAM_PATH];
    size_t rows = 0;
    lh_status status = LH_OK;
    const board on = find_board(page);
    for (size_t i = 0; i < lh_page_count(page) && status == LH_OK; i++) {
        lh_page_line line = lh_page_get(page, i);
        if (!is_line(&line))
            continue;
        row[rows++] = line.text;
        status = line_path(path, folder, form, rows, error);
        if (status == LH_OK)
            status = write_strokes(&on, &line, path, error);
        if (status == LH_OK)
            fprintf(list, "%s\n", path);
    }
    if (rows == 0 && status == LH_OK)
        return iam_drop_form(folder, form, error);
    if (status == LH_OK)
        status = drop_rows(folder, form, rows, error);
    if (status != LH_OK)
        return status;
    status = iam_write_text(path, folder, form, row, rows, error);
    if (status == LH_OK)
        fprintf(list, "%s\n", path);
    return status;
}

static void name_form(char form[32], size_t number, size_t page)
{
    snprintf(form, 32, "d%04zu-%03zu", number, page);
}

static int list_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

/* Takes away the pages behind number `count`, which a longer text left. */
static lh_status drop_pages(const char *folder, size_t number, size_t count, lh_error *error)
{
    static const char *const parts[] = {"ascii", "lineStrokes"};
    char path[IAM_PATH], form[32];
    lh_status status = LH_OK;
    for (int part = 0; part < 2; part++) {
        struct dirent **entry;
        snprintf(path, sizeof path, "%.4000s/%s/d%04zu", folder, parts[part], number);
        const int entries = scandir(path, &entry, list_visible, NULL);
        for (int i = 0; i < entries; i++) {
            const char *behind = strchr(entry[i]->d_name, '-');
            const size_t page = behind ? strtoul(behind + 1, NULL, 10) : 0;
            name_form(form, number, page);
            if (page > count && strcmp(form, entry[i]->d_name) == 0 && status == LH_OK)
                status = iam_drop_form(folder, form, error);
            free(entry[i]);
        }
        if (entries >= 0)
            free(entry);
    }
    return status;
}

static lh_status write_document(const char *folder, size_t number, const lh_page *const *pages,
                                size_t count, FILE *list, lh_error *error)
{
    if (number > MOST_FORMS || count > MOST_FORMS)
        return lh_fail(error, LH_ERROR_ARGUMENT, "a corpus takes %d documents of so many pages",
                       MOST_FORMS);
    lh_status status = LH_OK;
    for (size_t i = 0; i < count && status == LH_OK; i++) {
        char form[32];
        name_form(form, number, i + 1);
        const char **row = calloc(lh_page_count(pages[i]) + 1, sizeof *row);
        status = row ? write_form(folder, form, pages[i], row, list, error)
                     : lh_fail_memory(error, "a form's text");
        free(row);
    }
    return status == LH_OK ? drop_pages(folder, number, count, error) : status;
}

/* ---- lists ------------------------------------------------------------------------------------
 */

enum { LISTS = 4 };

static const char *const lists[LISTS + 1] = {"trainset.txt", "testset_v.txt", "testset_t.txt",
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
    char path[IAM_PATH];
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

/* Over all forms that there are, of earlier runs too. */
static lh_status write_lists(const char *folder, lh_error *error)
{
    char path[IAM_PATH];
    lh_output *output[LISTS] = {NULL};
    struct dirent **documents = NULL;
    lh_status status = LH_OK;
    snprintf(path, sizeof path, "%.4000s/ascii", folder);
    int count = scandir(path, &documents, list_visible, alphasort);
    for (int i = 0; i < LISTS && status == LH_OK; i++) {
        snprintf(path, sizeof path, "%.4000s/%s", folder, lists[i]);
        status = lh_folder_make_above(path, error);
        output[i] = status == LH_OK ? lh_output_open(path, error) : NULL;
        status = output[i] ? LH_OK : error->status;
    }
    size_t number = 0;
    for (int i = 0; i < count; i++) {
        if (status == LH_OK)
            list_document(folder, documents[i]->d_name, output, &number);
        free(documents[i]);
    }
    free(documents);
    for (int i = 0; i < LISTS; i++) {
        if (status == LH_OK)
            status = lh_output_commit(output[i], error);
        else
            lh_output_discard(output[i]);
    }
    return status;
}

static const char *const folders[] = {"lineStrokes", "ascii", NULL};
static const lh_folder_format folder_format = {lists, folders, write_document, write_lists};

const lh_format lh_format_iam = {
    "iam",
    "",
    "a folder of IAM-OnDB line files with transcriptions and split lists",
    LH_FORMAT_FOLDER,
    NULL,
    &folder_format};
