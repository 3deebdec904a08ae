/* The help of a subcommand, printed from its table of options: see options.h. */
#include "options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where the sentences begin, and where rows end. */
enum { HELP_COLUMN = 24, HELP_WIDTH = 80 };

/* ---- defaults ---------------------------------------------------------------------------------
 */

/* The default of a row in words; "" when none is worth telling. A number is put into `number`. */
static const char *default_of(const cli_option *row, const void *job, char number[32])
{
    const void *at = (const char *)job + row->at;
    number[0] = '\0';
    if (row->fallback)
        return row->fallback;
    if (row->kind == CLI_CHOICE)
        return row->choices[*(const int *)at];
    if (row->kind == CLI_INT)
        snprintf(number, 32, "%d", *(const int *)at);
    else if (row->kind == CLI_SIZE)
        snprintf(number, 32, "%zu", *(const size_t *)at);
    else if (row->kind == CLI_SEED)
        snprintf(number, 32, "%llu", (unsigned long long)*(const uint64_t *)at);
    else if (row->kind == CLI_FLOAT)
        snprintf(number, 32, "%g", (double)*(const float *)at);
    else if (row->kind == CLI_DOUBLE)
        snprintf(number, 32, "%g", *(const double *)at);
    return number;
}

/* ---- rows -------------------------------------------------------------------------------------
 */

/* Prints words from `column` on, the rows that follow begin at HELP_COLUMN. Returns the column
 * behind the last word. */
static int print_words(const char *text, int column)
{
    while (*text) {
        const int length = (int)strcspn(text, " ");
        if (column > HELP_COLUMN && column + 1 + length > HELP_WIDTH) {
            printf("\n%*s", HELP_COLUMN, "");
            column = HELP_COLUMN;
        } else if (column > HELP_COLUMN) {
            putchar(' ');
            column++;
        }
        printf("%.*s", length, text);
        column += length;
        text += length;
        text += strspn(text, " ");
    }
    return column;
}

/* " (grbl or marlin; default: grbl)" */
static void print_values(const cli_option *row, const void *defaults, int column)
{
    char number[32], *text = NULL;
    size_t size;
    const char *fallback = default_of(row, defaults, number);
    FILE *values = row->choices || fallback[0] ? open_memstream(&text, &size) : NULL;
    if (!values)
        return;
    const char *between = "(";
    for (int i = 0; row->choices && row->choices[i]; i++) {
        fprintf(values, "%s%s", between, row->choices[i]);
        between = row->choices[i + 1] && row->choices[i + 2] ? ", " : " or ";
    }
    if (fallback[0])
        fprintf(values, "%sdefault: %s", row->choices ? "; " : "(", fallback);
    fputc(')', values);
    if (fclose(values) == 0)
        print_words(text, column);
    free(text);
}

static void print_row(const cli_option *row, const void *defaults)
{
    char name[80];
    snprintf(name, sizeof name, "  %s%s%s%s%s", row->brief ? row->brief : "",
             row->brief ? ", " : "", row->name ? row->name : "", row->name && row->value ? " " : "",
             row->value ? row->value : "");
    printf("%s", name);
    int column = (int)strlen(name);
    if (column + 2 > HELP_COLUMN) {
        putchar('\n');
        column = 0;
    }
    printf("%*s", HELP_COLUMN - column, "");
    print_values(row, defaults, print_words(row->help, HELP_COLUMN));
    putchar('\n');
}

void cli_print_help(const cli_table *table, const void *defaults)
{
    printf("usage: longhand %s %s\n\n%s\n", table->command, table->usage, table->about);
    for (const cli_option *row = table->option; row->kind != CLI_END; row++)
        if (row->kind == CLI_HEADING)
            printf("%s%s\n", row == table->option ? "" : "\n", row->help);
        else
            print_row(row, defaults);
    if (table->print_after) {
        putchar('\n');
        table->print_after();
    }
}

void cli_print_options(const cli_table *table, const void *defaults)
{
    for (const cli_option *row = table->option; row->kind != CLI_END; row++) {
        char number[32];
        const char *fallback = default_of(row, defaults, number);
        printf("%s\t%s\t%s\t", row->name ? row->name : "", row->brief ? row->brief : "",
               row->value ? row->value : "");
        for (int i = 0; row->choices && row->choices[i]; i++)
            printf("%s%s", i ? "," : "", row->choices[i]);
        printf("\t%s\t%s\n", fallback, row->help);
    }
}
