/* Any bytes as a form's transcription and as a list of a split. */
#include "corpus/forms.h"
#include "corpus/splits.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_form(const char *text, size_t size)
{
    lh_error error;
    forms all = {0};
    form *f = forms_get(&all, "a01-000", 7, &error);
    if (f && form_read_text(f, text, size, "fuzz.txt", &error) == LH_OK) {
        f->lines = f->last = f->rows;
        for (size_t i = 1; i <= f->rows; i++)
            if (!form_text(f, i) || !lh_utf8_valid(form_text(f, i)))
                abort();
    }
    forms_free(&all);
}

static void read_list(const char *text)
{
    size_t doubles = 0;
    names table = {0};
    split_read_list(&table, LH_SPLIT_V, text, &doubles, NULL);
    if (doubles != 0)
        abort();
    names_free(&table);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);
    if (!text)
        abort();
    memcpy(text, data, size);
    text[size] = '\0';
    read_form(text, size);
    read_list(text);
    free(text);
    return 0;
}
