/* Forms: see forms.h. */
#include "forms.h"

#include "base/folder.h"
#include "corpus/iam_layout.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FOLDER_MAX = 3000 };

lh_status forms_begin(forms *f, const char *folder, const char *kind, lh_error *error)
{
    char path[IAM_PATH];
    *f = (forms){.folder = folder, .kind = kind};
    if (strlen(folder) > FOLDER_MAX)
        return lh_fail(error, LH_ERROR_ARGUMENT, "%.200s: too long a name", folder);
    snprintf(path, sizeof path, "%.3000s/lineStrokes/%.20s", folder, kind);
    if (access(path, F_OK) == 0)
        return lh_fail(error, LH_ERROR_ARGUMENT, "%.200s: there are such lines in it already",
                       folder);
    snprintf(path, sizeof path, "%.3000s/trainset.txt", folder);
    lh_status status = lh_folder_make_above(path, error);
    if (status == LH_OK && !(f->list = lh_output_open(path, error)))
        status = error->status;
    return status;
}

static void forget_rows(forms *f)
{
    while (f->rows > 0)
        free(f->row[--f->rows]);
}

/* Writes the text of the form that the last lines were of, and its row in the list. */
static lh_status close_form(forms *f, lh_error *error)
{
    char form[64], path[IAM_PATH];
    if (f->rows == 0)
        return LH_OK;
    snprintf(form, sizeof form, "%.20s-%05zuz", f->kind, f->count);
    const lh_status status =
        iam_write_text(path, f->folder, form, (const char *const *)f->row, f->rows, error);
    if (status == LH_OK)
        fprintf(lh_output_stream(f->list), "%s\n", form);
    forget_rows(f);
    return status;
}

/* False: no memory. */
static bool keep_row(forms *f, const char *text)
{
    if (f->rows == f->room) {
        const size_t room = f->room ? 2 * f->room : 16;
        char **larger = realloc(f->row, room * sizeof *larger);
        if (!larger)
            return false;
        f->row = larger;
        f->room = room;
    }
    char *copy = strdup(text);
    if (copy)
        f->row[f->rows++] = copy;
    return copy;
}

lh_status forms_add_line(forms *f, const lh_ink *ink, const char *text, lh_error *error)
{
    char line[80], path[IAM_PATH];
    if (!keep_row(f, text))
        return lh_fail(error, LH_ERROR_MEMORY, "out of memory");
    snprintf(line, sizeof line, "%.20s-%05zuz-%02zu", f->kind, f->count, f->rows);
    const lh_status status = iam_line_path(path, f->folder, line, error);
    return status == LH_OK ? lh_iam_write(ink, path, error) : status;
}

lh_status forms_add(forms *f, const lh_ink *ink, const char *text, lh_error *error)
{
    const lh_status status = close_form(f, error);
    f->count++;
    return status == LH_OK ? forms_add_line(f, ink, text, error) : status;
}

lh_status forms_end(forms *f, lh_status status, lh_error *error)
{
    if (status == LH_OK)
        status = close_form(f, error);
    forget_rows(f);
    free(f->row);
    return f->list ? lh_output_end(f->list, status, error) : status;
}
