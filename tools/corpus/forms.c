/* Forms of one line: see forms.h. */
#include "forms.h"

#include "base/folder.h"
#include "corpus/iam_layout.h"

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

lh_status forms_add(forms *f, const lh_ink *ink, const char *text, lh_error *error)
{
    char form[64], line[80], path[IAM_PATH];
    snprintf(form, sizeof form, "%.20s-%05zuz", f->kind, ++f->count);
    snprintf(line, sizeof line, "%s-01", form);
    lh_status status = iam_line_path(path, f->folder, line, error);
    if (status == LH_OK)
        status = lh_iam_write(ink, path, error);
    if (status == LH_OK)
        status = iam_write_text(path, f->folder, form, &text, 1, error);
    if (status == LH_OK)
        fprintf(lh_output_stream(f->list), "%s\n", form);
    return status;
}

lh_status forms_end(forms *f, lh_status status, lh_error *error)
{
    return f->list ? lh_output_end(f->list, status, error) : status;
}
