/* The table of subcommands. */
#include "cli.h"

const cli_command cli_commands[] = {
    {"curve", "draw the loss curves of training runs", cli_curve},
    {"model", "tell what a model file holds", cli_model},
    {"prepare", "recordings (IAM-OnDB) to the packed corpus file", cli_prepare},
    {NULL, NULL, NULL},
};
