/* Any bytes as a table of texts and, behind a NUL, a template that its rows fill. A table that is
 * read comes back the same when all of it is written in quotes, and each column fills a template
 * that names it. */
#include "fuzz.h"

#include "document/table.h"

#include <stdlib.h>
#include <string.h>

enum { ROWS_MAX = 20 };

const char *const fuzz_goals[] = {"a table of commas is read", "a table of tabs is read",
                                  "a template is filled", NULL};

#define SEED(text) take(user, text, sizeof text - 1)

void fuzz_seeds(fuzz_take *take, void *user)
{
    SEED("name,town\nAnna,Bern\nBo,\"Bad \"\"Ems\"\", \nLahn\"\r\n\0Dear {name} of {{{town}}}!\n");
    SEED("\xef\xbb\xbfname\ttown\r\nAnna\tB, C\r\n\r\n\"Z\xc3\xbc\"\t\r\n\0{town}\n@style {name}");
    SEED("sep=;\r\nname ; town\r\nAnna;Ulm\r\n\0{ name } {town}");
    SEED("a\n1\n");
    SEED("\"a\",\"b c\"\n,\n\0{b c}}");
}

static size_t quote(char *out, const char *value)
{
    size_t size = 0;
    out[size++] = '"';
    for (; *value; value++) {
        out[size++] = *value;
        if (*value == '"')
            out[size++] = '"';
    }
    out[size++] = '"';
    return size;
}

/* Value `column` of a row, 0 for the names; one that is missing is "". */
static const char *cell_of(const lh_table *table, size_t row, size_t column)
{
    const size_t at = table->first[row] + column;
    return at < table->first[row + 1] ? table->cell[at] : "";
}

/* The table as text, all values in quotes; the caller frees. */
static char *write_table(const lh_table *table)
{
    size_t size = 1;
    for (size_t row = 0; row <= table->rows; row++)
        for (size_t i = 0; i < table->columns; i++)
            size += 2 * strlen(cell_of(table, row, i)) + 3;
    char *text = malloc(size);
    if (!text)
        abort();
    size = 0;
    for (size_t row = 0; row <= table->rows; row++)
        for (size_t i = 0; i < table->columns; i++) {
            size += quote(text + size, cell_of(table, row, i));
            text[size++] = i + 1 < table->columns ? ',' : '\n';
        }
    text[size] = '\0';
    return text;
}

static bool has_tab(const lh_table *table)
{
    for (size_t i = 0; i < table->columns; i++)
        if (strchr(cell_of(table, 0, i), '\t'))
            return true;
    return false;
}

static void check_again(const lh_table *table)
{
    lh_error error;
    if (has_tab(table)) /* in the first row it makes another table of it */
        return;
    char *text = write_table(table);
    lh_table *again = lh_table_parse(text, "again.csv", &error);
    if (!again || again->rows != table->rows || again->columns != table->columns)
        abort();
    for (size_t row = 0; row <= table->rows; row++)
        for (size_t i = 0; i < table->columns; i++)
            if (strcmp(cell_of(table, row, i), cell_of(again, row, i)) != 0)
                abort();
    lh_table_free(again);
    free(text);
}

/* Nothing in it that a template must write otherwise: ends of rows, blanks that are to stand
 * (beside one that does already, too), and what would underline. */
static bool is_plain(const char *value)
{
    const size_t length = strlen(value);
    return !strpbrk(value, "\r\n\f\v\t") && !strstr(value, "\xe2\x80\xa8") &&
           !strstr(value, "\xe2\x80\xa9") && !strstr(value, "\xc2\x85") && !strstr(value, "  ") &&
           !strstr(value, "\xe2\x90\xa3") && !strstr(value, "@_") && !strstr(value, "_@") &&
           value[0] != ' ' && (length == 0 || value[length - 1] != ' ');
}

/* The value of a column, as it is called by its name and as a template gets it. */
static void check_column(const lh_table *table, size_t row, size_t column)
{
    lh_error error;
    const char *name = cell_of(table, 0, column), *value = cell_of(table, row, column);
    const char *got = lh_table_get(table, row, name);
    if (!got || strcmp(got, value) != 0)
        abort();
    if (strpbrk(name, "{}"))
        return;
    size_t size = strlen(name) + 8;
    char *template = malloc(size);
    if (!template)
        abort();
    snprintf(template, size, "{{{%s}}}", name);
    char *filled = lh_table_fill(table, row, template, &error);
    size_t length = strlen(value);
    if (is_plain(value) &&
        (!filled || strlen(filled) != length + 2 || strncmp(filled + 1, value, length) != 0))
        abort();
    free(filled);
    free(template);
}

static void use_table(const lh_table *table, const char *template)
{
    lh_error error;
    for (size_t row = 1; row <= table->rows && row < ROWS_MAX; row++) {
        char *filled = lh_table_fill(table, row, template, &error);
        if (filled && strchr(template, '{'))
            fuzz_reach(2);
        free(filled);
        for (size_t i = 0; i < table->columns; i++)
            check_column(table, row, i);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    lh_error error;
    char *text = fuzz_text(data, size);
    lh_table *table = lh_table_parse(text, "fuzz.csv", &error);
    if (table) {
        size_t length = strlen(text);
        if (table->columns > 1)
            fuzz_reach(memchr(text, '\t', strcspn(text, "\n")) != NULL);
        check_again(table);
        use_table(table, length < size ? text + length + 1 : "");
    }
    lh_table_free(table);
    free(text);
    return 0;
}
