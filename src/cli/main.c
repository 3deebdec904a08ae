/* `longhand`: finds the subcommand and runs it. */
#include "cli.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static void print_help(FILE *stream)
{
    fputs(
        "usage: longhand COMMAND [OPTION...]\n\n"
        "Writes by hand: learns pen movement from IAM-OnDB and writes any text as pen strokes.\n\n"
        "commands:\n",
        stream);
    for (const cli_command *command = cli_commands; command->name; command++)
        fprintf(stream, "  %-10s %s\n", command->name, command->summary);
    fputs("\n`longhand COMMAND --help` tells more.\n", stream);
}

/* What a command returns, unless its standard output is not all there. */
static int flushed(int result)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return result;
    fprintf(stderr, "longhand: standard output: %s\n", strerror(errno));
    return result == CLI_OK ? CLI_FAILED : result;
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        print_help(stderr);
        return CLI_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
        print_help(stdout);
        return CLI_OK;
    }
    if (strcmp(argv[1], "--version") == 0) {
        puts("longhand " LONGHAND_VERSION);
        return CLI_OK;
    }
    for (const cli_command *command = cli_commands; command->name; command++)
        if (strcmp(argv[1], command->name) == 0) {
            cli_watch_signals();
            return flushed(command->run(argc - 1, argv + 1));
        }
    fprintf(stderr, "longhand: no command '%s'; see `longhand --help`\n", argv[1]);
    return CLI_USAGE;
}
