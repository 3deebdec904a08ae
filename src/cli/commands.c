/* The table of subcommands. */
#include "cli.h"

const cli_command cli_commands[] = {
    {NULL, NULL, NULL},
};
