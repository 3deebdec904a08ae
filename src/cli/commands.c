/* The table of subcommands. */
#include "cli.h"

const cli_command cli_commands[] = {
    {"bench", "speed beside what the machine itself can do", cli_bench},
    {"curve", "draw the loss curves of training runs", cli_curve},
    {"evaluate", "log-loss of a model on a split, as in the paper", cli_evaluate},
    {"model", "tell what a model file holds, or write it anew", cli_model},
    {"prepare", "recordings (IAM-OnDB) to the packed corpus file", cli_prepare},
    {"corpus", "tell what a packed corpus holds, show a line of it", cli_corpus},
    {"train", "train a network on a corpus", cli_train},
    {"learn", "let a network learn an artificial task", cli_learn},
    {"gradient", "show how far back in time the gradient of a network reaches", cli_gradient},
    {"cliff", "show where a gradient explodes, and what clipping does", cli_cliff},
    {"memory", "show what a network does with its memory", cli_memory},
    {"cells", "show what single cells keep in mind of a text", cli_cells},
    {"write", "write a text by hand", cli_write},
    {"read", "tell what handwriting says", cli_read},
    {"sample", "draw handwriting of no text", cli_sample},
    {"hand", "learn a person's hand from lines of it", cli_hand},
    {"styles", "list the hands that can be written in", cli_styles},
    {NULL, NULL, NULL},
};
