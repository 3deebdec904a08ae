/* Reading arguments by a table: see options.h. */
#include "options.h"

#include "cli.h"

#include <assert.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* An option and its value as they are read. */
typedef struct reading {
    const cli_table *table;
    const cli_option *row;
    const char *name; /* as typed: "-o" */
    void *at;
    cli_given *given;
} reading;

/* ---- values -----------------------------------------------------------------------------------
 */

static bool refuse(const reading *r, const char *expected, const char *value)
{
    cli_wrong_usage(r->table->command, "%s takes %s, not '%s'", r->name, expected, value);
    return false;
}

static bool read_whole(const reading *r, const char *value, long long *number)
{
    char *end, expected[96];
    const long long low = (long long)r->row->low;
    const long long high = r->row->high >= 0x1p63 ? LLONG_MAX : (long long)r->row->high;
    errno = 0;
    *number = strtoll(value, &end, 10);
    if (!errno && end != value && !*end && *number >= low && *number <= high)
        return true;
    snprintf(expected, sizeof expected, "a whole number from %lld to %lld", low, high);
    return refuse(r, expected, value);
}

static bool read_number(const reading *r, const char *value, double *number)
{
    char *end, expected[96];
    *number = strtod(value, &end);
    if (end != value && !*end && *number >= r->row->low && *number <= r->row->high)
        return true;
    snprintf(expected, sizeof expected, "a number from %g to %g", r->row->low, r->row->high);
    return refuse(r, expected, value);
}

static bool read_choice(const reading *r, const char *value)
{
    char expected[400] = "";
    size_t length = 0;
    for (int i = 0; r->row->choices[i]; i++) {
        if (strcmp(value, r->row->choices[i]) == 0) {
            *(int *)r->at = i;
            return true;
        }
        const char *between = i == 0 ? "" : r->row->choices[i + 1] ? ", " : " or ";
        length += (size_t)snprintf(expected + length, sizeof expected - length, "%s%s", between,
                                   r->row->choices[i]);
        length = length < sizeof expected ? length : sizeof expected - 1;
    }
    return refuse(r, expected, value);
}

/* Any list holds at most one text an argument: there is room for all at once. */
static bool add_text(const reading *r, const char *value, int argc)
{
    cli_texts *list = r->at;
    if (!list->text)
        list->text = calloc((size_t)argc, sizeof *list->text);
    if (list->text)
        list->text[list->count++] = value;
    else
        fprintf(stderr, "longhand: no memory for %d arguments\n", argc);
    return list->text != NULL;
}

static bool read_own(const reading *r, const char *value)
{
    lh_error error;
    if (r->row->read(r->at, value, &error) == LH_OK)
        return true;
    cli_wrong_usage(r->table->command, "%s: %s", r->name, error.message);
    return false;
}

static bool has_ending(const char *path, const char *endings)
{
    const char *own = cli_ending(path);
    const size_t length = own ? strlen(own) : 0;
    for (size_t word; (word = strcspn(endings, " ")) > 0; endings += word + (endings[word] == ' '))
        if (word == length && strncasecmp(endings, own, length) == 0)
            return true;
    return length == 0;
}

static bool refuse_ending(const reading *r, const char *path)
{
    char list[80] = "";
    size_t length = 0;
    for (const char *at = r->row->endings; *at;) {
        const size_t word = strcspn(at, " ");
        const char *between = length > 0 ? " or ." : ".";
        length +=
            (size_t)snprintf(list + length, sizeof list - length, "%s%.*s", between, (int)word, at);
        length = length < sizeof list ? length : sizeof list - 1;
        at += word + (at[word] == ' ');
    }
    cli_wrong_usage(r->table->command, "%s: what is drawn here is %s only", path, list);
    return false;
}

/* A file that is written. */
static bool read_output(const reading *r, const char *value)
{
    if (r->row->endings && !has_ending(value, r->row->endings))
        return refuse_ending(r, value);
    lh_claims_write(&r->given->claims, value, r->row->name);
    *(const char **)r->at = value;
    return true;
}

/* What a file is for: the option, or that it was named. */
static const char *purpose(const reading *r)
{
    return r->row->name ? r->row->name : r->table->command;
}

static bool store(const reading *r, const char *value, int argc)
{
    long long whole = 0;
    double number = 0;
    switch (r->row->kind) {
    case CLI_FLAG:
    case CLI_NEGATED:
        *(bool *)r->at = r->row->kind == CLI_FLAG;
        return true;
    case CLI_INPUT:
        lh_claims_read(&r->given->claims, value, purpose(r));
        *(const char **)r->at = value;
        return true;
    case CLI_TEXT:
        *(const char **)r->at = value;
        return true;
    case CLI_INPUTS:
        lh_claims_read(&r->given->claims, value, purpose(r));
        return add_text(r, value, argc);
    case CLI_TEXTS:
        return add_text(r, value, argc);
    case CLI_OUTPUT:
        return read_output(r, value);
    case CLI_INT:
        if (!read_whole(r, value, &whole))
            return false;
        *(int *)r->at = (int)whole;
        return true;
    case CLI_SIZE:
        if (!read_whole(r, value, &whole))
            return false;
        *(size_t *)r->at = (size_t)whole;
        return true;
    case CLI_SEED:
        if (!read_whole(r, value, &whole))
            return false;
        *(uint64_t *)r->at = (uint64_t)whole;
        return true;
    case CLI_FLOAT:
        if (!read_number(r, value, &number))
            return false;
        *(float *)r->at = (float)number;
        return true;
    case CLI_DOUBLE:
        return read_number(r, value, r->at);
    case CLI_CHOICE:
        return read_choice(r, value);
    case CLI_READ:
        return read_own(r, value);
    default:
        return false;
    }
}

const char *const cli_splits[] = {"trainset", "testset_v", "testset_t", "testset_f", "all", NULL};

lh_status cli_read_splits(void *at, const char *value, lh_error *error)
{
    return lh_split_parse(value, at, error);
}

lh_status cli_read_task(void *at, const char *value, lh_error *error)
{
    const lh_task **task = at;
    *task = lh_task_find(value);
    return *task ? LH_OK
                 : lh_fail(error, LH_ERROR_ARGUMENT,
                           "there is no task '%.100s'; longhand learn --help tells which there are",
                           value);
}

/* ---- arguments --------------------------------------------------------------------------------
 */

static bool is_row(const cli_option *row)
{
    return row->kind != CLI_HEADING;
}

static bool takes_value(const cli_option *row)
{
    return row->kind != CLI_FLAG && row->kind != CLI_NEGATED;
}

/* The row of a list that was begun and takes plain arguments, or NULL. */
static const cli_option *open_list(const cli_table *table, const cli_given *given)
{
    for (const cli_option *row = table->option; row->kind != CLI_END; row++)
        if (row->more && given->given[row - table->option])
            return row;
    return NULL;
}

/* The row of an option of `length` bytes, or with NULL of plain arguments; NULL: there is none. */
static const cli_option *find_row(const cli_table *table, const char *name, size_t length)
{
    for (const cli_option *row = table->option; row->kind != CLI_END; row++) {
        if (!is_row(row))
            continue;
        if (!name || !row->name) {
            if (!name && !row->name)
                return row;
            continue;
        }
        if (strlen(row->name) == length && strncmp(row->name, name, length) == 0)
            return row;
        if (row->brief && strlen(row->brief) == length && strncmp(row->brief, name, length) == 0)
            return row;
    }
    return NULL;
}

/* What begins with '-' and has a blank in it, or letters behind a single one, may have been meant
 * as no option. */
static bool refuse_unknown(const cli_table *table, const char *argument, size_t length)
{
    const cli_option *plain = find_row(table, NULL, 0);
    const bool sentence = strpbrk(argument, " \t\n");
    const bool word = argument[1] != '-' && length > 2;
    if (!plain || !(sentence || word))
        cli_wrong_usage(table->command, "no option %.*s", (int)length, argument);
    else if (sentence)
        cli_wrong_usage(
            table->command,
            "what begins with - is an option; %s that does stands last, with -- before it: -- '%s'",
            plain->value, argument);
    else
        cli_wrong_usage(table->command, "no option %.*s; if it is %s, put -- before it",
                        (int)length, argument, plain->value);
    return false;
}

static bool read_option(const cli_table *table, int argc, char **argv, int *next, void *job,
                        cli_given *given)
{
    const char *argument = argv[(*next)++];
    const char *equals = strncmp(argument, "--", 2) == 0 ? strchr(argument, '=') : NULL;
    const size_t length = equals ? (size_t)(equals - argument) : strlen(argument);
    const cli_option *row = find_row(table, argument, length);
    const char *value = equals ? equals + 1 : NULL;
    if (!row)
        return refuse_unknown(table, argument, length);
    if (!takes_value(row) && value) {
        cli_wrong_usage(table->command, "%s takes no value", row->name);
        return false;
    }
    if (takes_value(row) && !value && *next < argc)
        value = argv[(*next)++];
    if (takes_value(row) && !value) {
        cli_wrong_usage(table->command, "%s needs a value", row->name);
        return false;
    }
    const reading r = {table, row, argument[1] == '-' ? row->name : row->brief,
                       (char *)job + row->at, given};
    given->given[row - table->option] = true;
    return store(&r, value, argc);
}

static bool read_plain(const cli_table *table, const char *argument, int argc, void *job,
                       cli_given *given)
{
    const cli_option *list = open_list(table, given);
    const cli_option *row = list ? list : find_row(table, NULL, 0);
    if (!row ||
        (row->kind != CLI_TEXTS && row->kind != CLI_INPUTS && given->given[row - table->option])) {
        cli_wrong_usage(table->command, "what is '%s'?", argument);
        return false;
    }
    const reading r = {table, row, row->name ? row->name : row->value, (char *)job + row->at,
                       given};
    given->given[row - table->option] = true;
    return store(&r, argument, argc);
}

static bool asks_for_help(int argc, char **argv)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
            return true;
    return false;
}

bool cli_parse(const cli_table *table, int argc, char **argv, void *job, cli_given *given)
{
    bool options_ended = false, good = true;
    const bool list = argc == 2 && strcmp(argv[1], "--list-options") == 0;
    *given = (cli_given){.table = table, .help = list || asks_for_help(argc, argv)};
    if (given->help) {
        (list ? cli_print_options : cli_print_help)(table, job);
        return true;
    }
    for (int next = 1; next < argc && good;) {
        char *argument = argv[next];
        if (!options_ended && strcmp(argument, "--") == 0) {
            options_ended = true;
            next++;
        } else if (options_ended || argument[0] != '-' || argument[1] == '\0') {
            good = read_plain(table, argument, argc, job, given);
            next++;
        } else {
            good = read_option(table, argc, argv, &next, job, given);
        }
    }
    return good;
}

void cli_forget(cli_given *given, void *job)
{
    for (const cli_option *row = given->table->option; row->kind != CLI_END; row++)
        if (row->kind == CLI_TEXTS || row->kind == CLI_INPUTS) {
            cli_texts *list = (cli_texts *)((char *)job + row->at);
            free(list->text);
            *list = (cli_texts){0};
        }
    lh_claims_free(&given->claims);
}

/* A result and a file would be mixed. */
static bool refuse_mixing(const cli_given *given)
{
    static const char json[] = "--json";
    const cli_option *row = find_row(given->table, json, strlen(json));
    if (!row || !given->given[row - given->table->option] || cli_prints_result(given))
        return false;
    cli_wrong_usage(given->table->command,
                    "%s goes to standard output, and so does another output; name a file for that",
                    json);
    return true;
}

bool cli_prints_result(const cli_given *given)
{
    return !lh_claims_have_standard_output(&given->claims);
}

int cli_obey(const cli_table *table, int argc, char **argv, void *job,
             int (*run)(void *job, cli_given *given))
{
    cli_given given;
    const bool read = cli_parse(table, argc, argv, job, &given);
    const int code = !read || (!given.help && refuse_mixing(&given)) ? CLI_USAGE
                     : given.help                                    ? CLI_OK
                                                                     : run(job, &given);
    cli_forget(&given, job);
    return code;
}

bool cli_was_given(const cli_given *given, const char *name)
{
    const cli_option *row = find_row(given->table, name, strlen(name));
    assert(row);
    return row && given->given[row - given->table->option];
}

bool cli_all_apply(const cli_given *given, unsigned have, const char *what,
                   const char *(*who)(unsigned needs))
{
    for (const cli_option *row = given->table->option; row->kind != CLI_END; row++)
        if (given->given[row - given->table->option] && row->needs && !(row->needs & have)) {
            cli_wrong_usage(given->table->command, "%s goes with %s%s%s", row->name,
                            who(row->needs), what ? ", not with " : "", what ? what : "");
            return false;
        }
    return true;
}

bool cli_says(int argc, char **argv, const char *name, const char *value)
{
    const size_t length = strlen(name);
    for (int i = 1; i < argc; i++)
        if (strncmp(argv[i], name, length) == 0 &&
            ((argv[i][length] == '=' && strcmp(argv[i] + length + 1, value) == 0) ||
             (argv[i][length] == '\0' && i + 1 < argc && strcmp(argv[i + 1], value) == 0)))
            return true;
    return false;
}
