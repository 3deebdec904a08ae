/* What the subcommands share: messages, where assets lie. */
#include "cli.h"

#include "base/asset.h"

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

char *cli_model_path(const char *path, const char *name, const char *option, lh_error *error)
{
    char *found = path ? strdup(path) : cli_asset(name);
    if (!found)
        lh_fail(error, LH_ERROR_IO,
                "the model %s is not installed; name one with %s, or a folder with LONGHAND_ASSETS",
                name, option);
    return found;
}

void cli_claim_asset(lh_claims *claims, const char *path, const char *name)
{
    char *found = path ? NULL : cli_asset(name);
    lh_claims_read(claims, path ? path : found, name);
    free(found);
}
