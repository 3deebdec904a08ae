/* The table of subcommands. */
#include "cli.h"

const cli_command cli_commands[] = {
    {"prepare", "recordings (IAM-OnDB) to the packed corpus file", cli_prepare},
    {"train", "train a network on a corpus", cli_train},
    {"curve", "draw the loss curves of training runs", cli_curve},
    {"model", "tell what a model file holds", cli_model},
    {NULL, NULL, NULL},
};
