/* `longhand`: finds the subcommand and runs it. */
#include "cli.h"

#include "base/streams.h"

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

/* What a command returns, unless it thinks that all went well and standard output is not all there.
 * The reason is known where the last of it fails. */
static int flushed(int result)
{
    bool last = fflush(stdout) != 0;
    const char *reason = last ? strerror(errno) : "not all of it could be written";
    if (result != CLI_OK || (!last && !ferror(stdout)))
        return result;
    cli_tell("standard output: %s", reason);
    return CLI_FAILED;
}

int main(int argc, char **argv)
{
    lh_streams_hold();
    if (argc < 2) {
        print_help(stderr);
        return CLI_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
        print_help(stdout);
        return flushed(CLI_OK);
    }
    if (strcmp(argv[1], "--version") == 0) {
        puts("longhand " LONGHAND_VERSION);
        return flushed(CLI_OK);
    }
    for (const cli_command *command = cli_commands; command->name; command++)
        if (strcmp(argv[1], command->name) == 0) {
            cli_watch_signals();
            return flushed(command->run(argc - 1, argv + 1));
        }
    cli_tell("no command '%s'; see `longhand --help`", argv[1]);
    return CLI_USAGE;
}
