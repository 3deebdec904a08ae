/* Any bytes as a table of signs, as a table of texts with a template, and as a text to write. */
#include "document/manuscript.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_table(const char *text)
{
    lh_error error;
    lh_table *table = lh_table_parse(text, "fuzz.csv", &error);
    for (size_t row = 1; table && row <= table->rows && row < 20; row++) {
        char *filled = lh_table_fill(table, row, text, &error);
        free(filled);
        for (size_t i = 0; i < table->columns; i++)
            if (!lh_table_get(table, row, table->cell[i]))
                abort(); /* a column that cannot be found by its name */
    }
    lh_table_free(table);
}

/* What comes out of a manuscript can be written, whatever went in. */
static void check_passages(const lh_manuscript *m, const lh_alphabet *alphabet)
{
    for (size_t i = 0; i < m->passages; i++) {
        const char *text = m->passage[i].text;
        size_t length = strlen(text);
        if (length == 0 || text[0] == ' ' || text[length - 1] == ' ' || strstr(text, "  ") ||
            m->passage[i].manner >= m->manners)
            abort();
        for (uint32_t c; (c = lh_utf8_next(&text)) != 0;)
            if (lh_alphabet_index(alphabet, c) < 0)
                abort();
    }
}

static void read_manuscript(const char *text, const lh_signs *signs)
{
    lh_alphabet alphabet;
    lh_error error;
    if (!lh_alphabet_parse(&alphabet, " abcdefghijklmnopqrstuvwxyz.,-'"))
        abort();
    for (int i = 0; i < 4; i++) {
        lh_manuscript m;
        lh_manuscript_options options = {&alphabet, signs, i & 1, i & 2};
        if (lh_manuscript_read(&m, text, &options, &error) == LH_OK)
            check_passages(&m, &alphabet);
        lh_manuscript_clear(&m);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    lh_error error;
    char *text = malloc(size + 1);
    lh_signs *signs = lh_signs_new(&error);
    if (!text || !signs)
        abort();
    memcpy(text, data, size);
    text[size] = '\0';
    (void)lh_signs_parse(signs, text, "fuzz.txt", &error);
    read_table(text);
    read_manuscript(text, signs);
    lh_signs_free(signs);
    free(text);
    return 0;
}
