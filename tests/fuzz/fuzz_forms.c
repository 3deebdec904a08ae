/* Any bytes as a form's transcription and as a list of a split. */
#include "fuzz.h"

#include "corpus/forms.h"
#include "corpus/splits.h"

#include <stdlib.h>

const char *const fuzz_goals[] = {"a transcription has rows", "a list has names", NULL};

void fuzz_seeds(fuzz_take *take, void *user)
{
    fuzz_seed_file(take, user, "data/ascii/s01/s01-000/s01-000.txt");
    fuzz_seed_file(take, user, "data/trainset.txt");
    fuzz_seed_text(take, user, "OCR:\n\nx\n\nCSR:\r\n\r\none row\r\nand one\r\n");
    fuzz_seed_text(take, user, "a01-000u\r\na01-000x\n\na01-000u\n");
}

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
        if (f->rows > 0)
            fuzz_reach(0);
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
    if (table.count > 0)
        fuzz_reach(1);
    names_free(&table);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = fuzz_text(data, size);
    read_form(text, size);
    read_list(text);
    free(text);
    return 0;
}
