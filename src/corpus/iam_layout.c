/* Where the files of IAM-OnDB lie: see iam_layout.h. */
#include "iam_layout.h"

#include "base/folder.h"
#include "iam_name.h"

#include <ctype.h>
#include <string.h>
#include <unistd.h>

void iam_claim(lh_claims *claims, const char *folder, const char *purpose)
{
    static const char *const parts[] = {"lineStrokes", "ascii"};
    char path[IAM_PATH];
    for (int i = 0; i < 2; i++) {
        snprintf(path, sizeof path, "%.4000s/%s", folder, parts[i]);
        lh_claims_write_below(claims, path, purpose);
    }
    for (int split = LH_SPLIT_TRAIN; split < LH_SPLIT_COUNT; split++) {
        snprintf(path, sizeof path, "%.4000s/%s.txt", folder, lh_split_name((lh_split)split));
        lh_claims_write_deep(claims, path, purpose);
    }
}

/* Nothing in the name leads out of a folder or breaks the row of a list. */
static bool is_plain(const char *name)
{
    if (name[0] == '.')
        return false;
    for (const char *c = name; *c; c++)
        if (*c == '/' || iscntrl((unsigned char)*c))
            return false;
    return true;
}

bool iam_has_place(const char *line)
{
    const size_t length = strlen(line), form = iam_form_of(line, length, NULL);
    return form < length && length < IAM_PATH && is_plain(line);
}

/* PATH of a file of the form: FOLDER/PART/a01/a01-000/NAME.EXTENSION for "a01-000u". */
static lh_status find_path(char path[IAM_PATH], const char *folder, const char *part,
                           const char *form, const char *name, const char *extension,
                           lh_error *error)
{
    const size_t group = strcspn(form, "-");
    size_t page = strlen(form); /* without the letter behind its number */
    while (page > group && !isdigit((unsigned char)form[page - 1]))
        page--;
    const int length = snprintf(path, IAM_PATH, "%s/%s/%.*s/%.*s/%s.%s", folder, part, (int)group,
                                form, (int)page, form, name, extension);
    if (length < 0 || length >= IAM_PATH)
        return lh_fail(error, LH_ERROR_ARGUMENT, "%.64s...: the path is too long", path);
    return LH_OK;
}

/* And the folders above it. */
static lh_status make_path(char path[IAM_PATH], const char *folder, const char *part,
                           const char *form, const char *name, const char *extension,
                           lh_error *error)
{
    const lh_status status = find_path(path, folder, part, form, name, extension, error);
    return status == LH_OK ? lh_folder_make_above(path, error) : status;
}

lh_status iam_line_path(char path[IAM_PATH], const char *folder, const char *line, lh_error *error)
{
    char form[IAM_PATH];
    if (!iam_has_place(line))
        return lh_fail(error, LH_ERROR_ARGUMENT, "%.64s: is not named like a line of IAM-OnDB",
                       line);
    snprintf(form, sizeof form, "%.*s", (int)iam_form_of(line, strlen(line), NULL), line);
    return make_path(path, folder, "lineStrokes", form, line, "xml", error);
}

lh_status iam_write_text(char path[IAM_PATH], const char *folder, const char *form,
                         const char *const *row, size_t rows, lh_error *error)
{
    lh_status status = make_path(path, folder, "ascii", form, form, "txt", error);
    lh_output *output = status == LH_OK ? lh_output_open(path, error) : NULL;
    if (!output)
        return error->status;
    FILE *stream = lh_output_stream(output);
    static const char *const parts[] = {"OCR:\n\n", "\nCSR:\n\n"};
    for (int part = 0; part < 2; part++) {
        fputs(parts[part], stream);
        for (size_t i = 0; i < rows; i++)
            fprintf(stream, "%s\n", row[i]);
    }
    return lh_output_commit(output, error);
}

static void drop_folder_of(char path[IAM_PATH])
{
    *strrchr(path, '/') = '\0';
    rmdir(path); /* of a form beside it, it is not empty */
}

lh_status iam_drop_form(const char *folder, const char *form, lh_error *error)
{
    char path[IAM_PATH], line[IAM_PATH];
    lh_status status = find_path(path, folder, "ascii", form, form, "txt", error);
    if (status != LH_OK)
        return status;
    unlink(path);
    drop_folder_of(path);
    for (size_t row = 1; status == LH_OK; row++) {
        snprintf(line, sizeof line, "%.4000s-%02zu", form, row);
        status = find_path(path, folder, "lineStrokes", form, line, "xml", error);
        if (status == LH_OK && unlink(path) != 0)
            break;
    }
    if (status == LH_OK)
        drop_folder_of(path);
    return status;
}
