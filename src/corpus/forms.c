/* Forms and their transcriptions: which row of text belongs to which line of strokes. */
#include "forms.h"

#include <stdlib.h>
#include <string.h>

form *forms_get(forms *all, const char *name, size_t length, lh_error *error)
{
    size_t *known = names_find(&all->index, name, length);
    if (known)
        return &all->form[*known];
    if (all->count == all->capacity) {
        size_t capacity = all->capacity ? 2 * all->capacity : 64;
        form *larger = realloc(all->form, capacity * sizeof *larger);
        if (!larger) {
            lh_fail_memory(error, "the forms");
            return NULL;
        }
        all->form = larger;
        all->capacity = capacity;
    }
    if (names_add(&all->index, name, length, all->count, error) != LH_OK)
        return NULL;
    all->form[all->count] = (form){0};
    return &all->form[all->count++];
}

static void free_rows(form *f)
{
    for (size_t i = 0; i < f->rows; i++)
        free(f->row[i]);
    free(f->row);
    f->row = NULL;
    f->rows = f->row_capacity = 0;
}

void forms_free(forms *all)
{
    for (size_t i = 0; i < all->count; i++)
        free_rows(&all->form[i]);
    free(all->form);
    names_free(&all->index);
    *all = (forms){0};
}

/* A row as UTF-8; `latin` when its bytes are ISO-8859-1, whose codes are the code points. */
static char *make_row(const char *text, size_t length, bool latin)
{
    char *row = malloc(2 * length + 5);
    if (!row)
        return NULL;
    size_t used = 0;
    for (size_t i = 0; i < length; i++) {
        if (latin)
            used += lh_utf8_encode((unsigned char)text[i], row + used);
        else
            row[used++] = text[i];
    }
    row[used] = '\0';
    return row;
}

static lh_status add_row(form *f, const char *text, size_t length, bool latin, lh_error *error)
{
    while (length > 0 && strchr(" \t\v\f", text[length - 1]))
        length--;
    if (length == 0)
        return LH_OK;
    if (f->rows == f->row_capacity) {
        size_t capacity = 2 * f->row_capacity + 16;
        char **larger = realloc(f->row, capacity * sizeof *larger);
        if (!larger)
            return lh_fail_memory(error, "a transcription");
        f->row = larger;
        f->row_capacity = capacity;
    }
    char *row = make_row(text, length, latin);
    if (!row)
        return lh_fail_memory(error, "a transcription");
    f->row[f->rows++] = row;
    return LH_OK;
}

static size_t row_length(const char *text)
{
    return strcspn(text, "\r\n");
}

static const char *next_row(const char *text)
{
    text += row_length(text);
    return text + strspn(text, "\r\n");
}

/* The text behind the row "CSR:", or NULL. */
static const char *find_rows(const char *data)
{
    for (; *data; data = next_row(data)) {
        const char *start = data + strspn(data, " \t\r\n");
        if (strncmp(start, "CSR:", 4) == 0)
            return start + 4;
        data = start;
    }
    return NULL;
}

lh_status form_read_text(form *f, const char *data, size_t size, const char *path, lh_error *error)
{
    if (strlen(data) != size)
        return lh_fail(error, LH_ERROR_FORMAT, "%s: holds a zero byte; is it text?", path);
    const char *text = find_rows(data);
    if (!text)
        return lh_fail(error, LH_ERROR_FORMAT, "%s: has no row CSR: with a transcription behind it",
                       path);
    bool latin = !lh_utf8_valid(data);
    free_rows(f);
    lh_status status = LH_OK;
    for (; *text && status == LH_OK; text = next_row(text))
        status = add_row(f, text, row_length(text), latin, error);
    if (status != LH_OK)
        return status;
    if (f->rows == 0)
        return lh_fail(error, LH_ERROR_FORMAT, "%s: has no rows behind CSR:", path);
    return LH_OK;
}

const char *form_text(const form *f, size_t number)
{
    if (f->lines != f->rows || f->last != f->rows || number < 1)
        return NULL;
    return f->row[number - 1];
}
