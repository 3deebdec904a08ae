/* Options as a table: what is read, refused and told. */
#include "cli/cli.h"
#include "cli/options.h"

#include "check.h"

#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { NEEDS_PIXELS = 1, NEEDS_MACHINE = 2 };

typedef struct job {
    const char *output;
    cli_texts input;
    bool loud, careful;
    int tries;
    size_t count;
    uint64_t seed;
    float dpi;
    double bias;
    int machine;
    uint32_t colour;
} job;

static const char *const machines[] = {"grbl", "marlin", NULL};

static lh_status read_colour(void *at, const char *value, lh_error *error)
{
    if (strcmp(value, "red") != 0)
        return lh_fail(error, LH_ERROR_ARGUMENT, "no colour '%s'", value);
    *(uint32_t *)at = 0xff0000;
    return LH_OK;
}

#define AT(member) offsetof(job, member)

#define LONG_DEFAULT \
    "black, or where the paper is dark the one of all colours that shows best on it"

static const cli_option rows[] = {
    {.kind = CLI_INPUTS, .value = "FILE", .at = AT(input), .help = "what to read"},
    {.kind = CLI_HEADING, .help = "Numbers"},
    {.name = "--output",
     .brief = "-o",
     .value = "FILE",
     .kind = CLI_OUTPUT,
     .at = AT(output),
     .endings = "svg png build",
     .help = "the file to write"},
    {.name = "--loud", .kind = CLI_FLAG, .at = AT(loud), .help = "tell more"},
    {.name = "--no-care", .kind = CLI_NEGATED, .at = AT(careful), .help = "be quick"},
    {.name = "--tries",
     .value = "N",
     .kind = CLI_INT,
     .at = AT(tries),
     .low = 1,
     .high = 20,
     .help = "how often"},
    {.name = "--count",
     .value = "N",
     .kind = CLI_SIZE,
     .at = AT(count),
     .low = 0,
     .high = 1e6,
     .help = "how many"},
    {.name = "--seed",
     .value = "N",
     .kind = CLI_SEED,
     .at = AT(seed),
     .low = 0,
     .high = 0x1p63,
     .help = "another seed, other ink"},
    {.name = "--dpi",
     .value = "N",
     .kind = CLI_FLOAT,
     .at = AT(dpi),
     .low = 1,
     .high = 1000,
     .needs = NEEDS_PIXELS,
     .help = "pixels an inch"},
    {.name = "--bias",
     .value = "B",
     .kind = CLI_DOUBLE,
     .at = AT(bias),
     .low = 0,
     .high = 100,
     .help = "how neat"},
    {.name = "--machine",
     .value = "KIND",
     .kind = CLI_CHOICE,
     .at = AT(machine),
     .choices = machines,
     .needs = NEEDS_MACHINE,
     .help = "of G-code"},
    {.name = "--ink",
     .value = "COLOUR",
     .kind = CLI_READ,
     .at = AT(colour),
     .read = read_colour,
     .fallback = LONG_DEFAULT,
     .help = "its colour"},
    {.kind = CLI_END},
};
static const cli_table table = {"try", "FILE... -o FILE [OPTION...]", "Tries.\n", rows, NULL};

static char said[400]; /* the last complaint */

const char *cli_ending(const char *path)
{
    const char *slash = strrchr(path, '/'), *point = strrchr(path, '.');
    return point && (!slash || slash < point) ? point + 1 : NULL;
}

int cli_wrong_usage(const char *command, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    assert_string_equal(command, "try");
    vsnprintf(said, sizeof said, format, list);
    va_end(list);
    return CLI_USAGE;
}

static const job defaults = {.careful = true, .tries = 5, .count = 7, .seed = 1, .dpi = 150};

/* Reads words that end with NULL over the defaults. */
static bool read_words(job *j, cli_given *given, ...)
{
    char command[] = "try", *argv[40] = {command};
    int argc = 1;
    va_list list;
    va_start(list, given);
    while ((argv[argc] = va_arg(list, char *)) != NULL)
        argc++;
    va_end(list);
    *j = defaults;
    said[0] = '\0';
    return cli_parse(&table, argc, argv, j, given);
}

static void values_are_read(void **state)
{
    (void)state;
    job j;
    cli_given given;
    assert_true(read_words(&j, &given, "a", "--seed=9223372036854775807", "b", "-o", "out",
                           "--loud", "--no-care", "--tries", "20", "--count", "0", "--dpi", "72.5",
                           "--bias", "0.25", "--machine", "marlin", "--ink", "red", "--", "--c",
                           "-", NULL));
    assert_string_equal(j.output, "out");
    assert_int_equal(j.input.count, 4);
    assert_string_equal(j.input.text[1], "b");
    assert_string_equal(j.input.text[2], "--c");
    assert_string_equal(j.input.text[3], "-");
    assert_true(j.loud && !j.careful);
    assert_int_equal(j.tries, 20);
    assert_int_equal(j.count, 0);
    assert_true(j.seed == INT64_MAX);
    assert_true(j.dpi == 72.5f && j.bias == 0.25);
    assert_int_equal(j.machine, 1);
    assert_int_equal(j.colour, 0xff0000);
    assert_true(cli_was_given(&given, "--dpi"));
    free(j.input.text);
    lh_claims_free(&given.claims);
    assert_true(read_words(&j, &given, NULL));
    assert_false(cli_was_given(&given, "--dpi"));
    assert_int_equal(j.input.count, 0);
    assert_int_equal(j.tries, defaults.tries);
}

static void what_is_wrong_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *name, *value, *message;
    } cases[] = {
        {"--tries", "0", "--tries takes a whole number from 1 to 20, not '0'"},
        {"--tries", "21", "--tries takes a whole number from 1 to 20, not '21'"},
        {"--tries", "2x", "--tries takes a whole number from 1 to 20, not '2x'"},
        {"--tries", "", "--tries takes a whole number from 1 to 20, not ''"},
        {"--seed", "-1", "--seed takes a whole number from 0 to 9223372036854775807, not '-1'"},
        {"--seed", "9223372036854775808",
         "--seed takes a whole number from 0 to 9223372036854775807, not '9223372036854775808'"},
        {"--dpi", "nan", "--dpi takes a number from 1 to 1000, not 'nan'"},
        {"--bias", "100.1", "--bias takes a number from 0 to 100, not '100.1'"},
        {"--machine", "mill", "--machine takes grbl or marlin, not 'mill'"},
        {"--ink", "mud", "--ink: no colour 'mud'"},
        {"--bias", NULL, "--bias needs a value"},
        {"-o", NULL, "--output needs a value"},
        {"--loud=yes", NULL, "--loud takes no value"},
        {"--bia", "1", "no option --bia"},
        {"-x", NULL, "no option -x"},
        {"-lines", NULL, "no option -lines; if it is FILE, put -- before it"},
        {"- lines", NULL,
         "what begins with - is an option; FILE that does stands last, with -- before it: -- '- "
         "lines'"},
        {"--", NULL, ""},
        {"-o", "a.pdf", "a.pdf: what is drawn here is .svg or .png or .build only"},
        {"-o", "a.PNG", ""},
        {"-o", "a.b/c", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        job j;
        cli_given given;
        const bool good = read_words(&j, &given, cases[i].name, cases[i].value, NULL);
        assert_string_equal(said, cases[i].message);
        assert_int_equal(good, !*cases[i].message);
        free(j.input.text);
        lh_claims_free(&given.claims);
    }
}

static void files_are_claimed(void **state)
{
    (void)state;
    job j;
    cli_given given;
    lh_error error;
    char path[1000];
    snprintf(path, sizeof path, "%s/tests", getenv("LONGHAND_SOURCE"));
    assert_int_equal(chdir(path), 0);
    assert_true(read_words(&j, &given, "-o", "../tests/meson.build", "meson.build", NULL));
    assert_int_equal(lh_claims_check(&given.claims, &error), LH_ERROR_ARGUMENT);
    assert_non_null(strstr(error.message, "--output"));
    free(j.input.text);
    lh_claims_free(&given.claims);
}

static const char *who(unsigned needs)
{
    return needs == NEEDS_PIXELS ? "png" : "gcode";
}

static void what_does_not_apply_is_refused(void **state)
{
    (void)state;
    job j;
    cli_given given;
    assert_true(read_words(&j, &given, "--dpi", "72", "--tries", "2", NULL));
    assert_true(cli_all_apply(&given, NEEDS_PIXELS, "png", who));
    assert_false(cli_all_apply(&given, NEEDS_MACHINE, "gcode", who));
    assert_string_equal(said, "--dpi goes with png, not with gcode");
    assert_true(read_words(&j, &given, "--tries", "2", NULL));
    assert_true(cli_all_apply(&given, 0, "svg", who));
}

/* What `print` writes to standard output. */
static char *printed(void (*print)(void))
{
    fflush(stdout);
    FILE *file = tmpfile();
    int kept = dup(STDOUT_FILENO);
    assert_true(file && kept >= 0 && dup2(fileno(file), STDOUT_FILENO) >= 0);
    print();
    fflush(stdout);
    dup2(kept, STDOUT_FILENO);
    close(kept);
    char *text = calloc(1, 8000);
    rewind(file);
    assert_true(fread(text, 1, 7999, file) > 0);
    fclose(file);
    return text;
}

static void print_help(void)
{
    cli_print_help(&table, &defaults);
}

static void print_list(void)
{
    cli_print_options(&table, &defaults);
}

static void help_tells_names_values_and_defaults(void **state)
{
    (void)state;
    char *text = printed(print_help);
    assert_non_null(strstr(text, "usage: longhand try FILE... -o FILE [OPTION...]\n\nTries.\n\n"));
    assert_non_null(strstr(text, "\n  FILE                  what to read\n"));
    assert_non_null(strstr(text, "\n\nNumbers\n"));
    assert_non_null(strstr(text, "\n  -o, --output FILE     the file to write\n"));
    assert_non_null(strstr(text, "\n  --tries N             how often (default: 5)\n"));
    assert_non_null(strstr(text, "\n  --machine KIND        of G-code (grbl or marlin; default: "
                                 "grbl)\n"));
    assert_non_null(
        strstr(text, "\n  --ink COLOUR          its colour (default: black, or where the paper is "
                     "dark\n                        the one of all colours "
                     "that shows best on it)\n"));
    free(text);
}

static void the_list_has_a_row_an_option(void **state)
{
    (void)state;
    char *text = printed(print_list);
    assert_non_null(strstr(text, "\n--output\t-o\tFILE\t\t\tthe file to write\n"));
    assert_non_null(strstr(text, "\n--loud\t\t\t\t\ttell more\n"));
    assert_non_null(strstr(text, "\n--machine\t\tKIND\tgrbl,marlin\tgrbl\tof G-code\n"));
    assert_non_null(strstr(text, "\n--tries\t\tN\t\t5\thow often\n"));
    assert_non_null(strstr(text, "\n--ink\t\tCOLOUR\t\t" LONG_DEFAULT "\tits colour\n"));
    assert_non_null(strstr(text, "\n\t\t\t\t\tNumbers\n"));
    int count = 0;
    for (const char *c = text; *c; c++)
        count += *c == '\n';
    assert_int_equal(count, 12);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_read),
        cmocka_unit_test(what_is_wrong_is_refused),
        cmocka_unit_test(files_are_claimed),
        cmocka_unit_test(what_does_not_apply_is_refused),
        cmocka_unit_test(help_tells_names_values_and_defaults),
        cmocka_unit_test(the_list_has_a_row_an_option),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
