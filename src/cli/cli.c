/* What the subcommands share: messages, walking arguments, progress, where assets lie. */
#include "cli.h"

#include "base/asset.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

int cli_failed(const lh_error *error)
{
    cli_tell("%s", error->message);
    return CLI_FAILED;
}

void cli_tell(const char *format, ...)
{
    va_list list;
    va_start(list, format);
    visible_say(stderr, "longhand: ", format, list, "\n");
    va_end(list);
}

int cli_wrong_usage(const char *command, const char *format, ...)
{
    char before[80], behind[80];
    snprintf(before, sizeof before, "longhand %.40s: ", command);
    snprintf(behind, sizeof behind, "; see `longhand %.40s --help`\n", command);
    va_list list;
    va_start(list, format);
    visible_say(stderr, before, format, list, behind);
    va_end(list);
    return CLI_USAGE;
}

cli_arguments cli_start(int argc, char **argv)
{
    return (cli_arguments){.command = argv[0], .argc = argc, .argv = argv, .next = 1};
}

bool cli_next(cli_arguments *a)
{
    free(a->storage);
    a->storage = NULL;
    a->option = a->value = NULL;
    if (a->failed || a->next >= a->argc)
        return false;
    char *argument = a->argv[a->next++];
    if (!a->options_ended && strcmp(argument, "--") == 0) {
        a->options_ended = true;
        return cli_next(a);
    }
    if (a->options_ended || argument[0] != '-' || argument[1] == '\0') {
        a->value = argument;
        return true;
    }
    char *equals = strncmp(argument, "--", 2) == 0 ? strchr(argument, '=') : NULL;
    if (equals) {
        a->storage = strndup(argument, (size_t)(equals - argument));
        a->option = a->storage ? a->storage : argument;
        a->value = equals + 1;
    } else {
        a->option = argument;
    }
    return true;
}

bool cli_is(const cli_arguments *a, const char *name, const char *brief)
{
    return a->option && (strcmp(a->option, name) == 0 || (brief && strcmp(a->option, brief) == 0));
}

const char *cli_string(cli_arguments *a)
{
    if (!a->value && a->next < a->argc)
        a->value = a->argv[a->next++];
    if (!a->value) {
        cli_wrong_usage(a->command, "%s needs a value", a->option);
        a->failed = true;
    }
    return a->value;
}

const char *cli_ending(const char *path)
{
    const char *slash = strrchr(path, '/'), *point = strrchr(path, '.');
    return point && (!slash || slash < point) ? point + 1 : NULL;
}

bool cli_ends_in(const char *path, const char *ending)
{
    const char *own = cli_ending(path);
    return own && strcasecmp(own, ending) == 0;
}

/* What a file is for: the option, or that it was named. */
static const char *purpose(const cli_arguments *a)
{
    return a->option ? a->option : a->command;
}

const char *cli_input(cli_arguments *a, lh_claims *claims)
{
    const char *path = cli_string(a);
    lh_claims_read(claims, path, purpose(a));
    return path;
}

const char *cli_output(cli_arguments *a, lh_claims *claims)
{
    const char *path = cli_string(a);
    lh_claims_write(claims, path, purpose(a));
    return path;
}

const char *cli_picture(cli_arguments *a, const char *other, lh_claims *claims)
{
    const char *path = cli_output(a, claims);
    const char *own = path ? cli_ending(path) : NULL;
    if (!own || !*own || cli_ends_in(path, "svg") || (other && cli_ends_in(path, other)))
        return path;
    cli_wrong_usage(a->command, "%s: what is drawn here is .svg%s%s only", path,
                    other ? " or ." : "", other ? other : "");
    a->failed = true;
    return NULL;
}

long long cli_integer(cli_arguments *a, long long low, long long high)
{
    const char *text = cli_string(a);
    if (!text)
        return 0;
    char *end;
    errno = 0;
    long long value = strtoll(text, &end, 10);
    if (errno || end == text || *end || value < low || value > high) {
        cli_wrong_usage(a->command, "%s takes a whole number from %lld to %lld, not '%s'",
                        a->option, low, high, text);
        a->failed = true;
        return 0;
    }
    return value;
}

double cli_number(cli_arguments *a, double low, double high)
{
    const char *text = cli_string(a);
    if (!text)
        return 0;
    char *end;
    double value = strtod(text, &end);
    if (end == text || *end || !(value >= low && value <= high)) {
        cli_wrong_usage(a->command, "%s takes a number from %g to %g, not '%s'", a->option, low,
                        high, text);
        a->failed = true;
        return 0;
    }
    return value;
}

int cli_choice(cli_arguments *a, const char *const *names)
{
    const char *value = cli_string(a);
    for (int i = 0; value && names[i]; i++)
        if (strcmp(value, names[i]) == 0)
            return i;
    if (value) {
        cli_wrong_usage(a->command, "%s does not know '%s'", a->option, value);
        a->failed = true;
    }
    return -1;
}

unsigned cli_splits(cli_arguments *a)
{
    const char *value = cli_string(a);
    unsigned mask = 0;
    lh_error error;
    if (value && lh_split_parse(value, &mask, &error) != LH_OK) {
        cli_wrong_usage(a->command, "%s: %s", a->option, error.message);
        a->failed = true;
    }
    return mask;
}

int cli_unknown(cli_arguments *a)
{
    if (a->option)
        cli_wrong_usage(a->command, "no option %s", a->option);
    else
        cli_wrong_usage(a->command, "what is '%s'?", a->value);
    a->failed = true;
    return CLI_USAGE;
}

void cli_end(cli_arguments *a)
{
    free(a->storage);
    a->storage = NULL;
}

bool cli_terminal(void)
{
    return isatty(STDERR_FILENO) == 1;
}

void cli_clear_row(void)
{
    if (cli_terminal())
        fputs("\r\x1b[K", stderr);
}

double cli_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

char *cli_asset(const char *name)
{
    return lh_asset_find(name, LONGHAND_DATADIR);
}

void cli_claim_asset(lh_claims *claims, const char *path, const char *name)
{
    char *found = path ? NULL : cli_asset(name);
    lh_claims_read(claims, path ? path : found, name);
    free(found);
}
