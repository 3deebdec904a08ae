/* The options of a subcommand as a table: one row an option, with its name, kind, range, address
 * and sentence. The same rows read the arguments, print the help, refuse what is out of range or
 * does not go with what is asked, and tell completions and tests what there is.
 *
 * Why a table of our own and no library: popt and getopt know neither ranges nor what goes with
 * what, so that each option would again stand in several places. */
#ifndef LONGHAND_CLI_OPTIONS_H
#define LONGHAND_CLI_OPTIONS_H

#include "base/claims.h"

#include <longhand/longhand.h>

/* What stands at the address of a row. */
typedef enum cli_kind {
    CLI_END,     /* behind the last row */
    CLI_HEADING, /* no option: `help` stands above the rows that follow */
    CLI_FLAG,    /* bool: true when given */
    CLI_NEGATED, /* bool: false when given */
    CLI_TEXT,    /* const char *: the argument's own */
    CLI_TEXTS,   /* cli_texts: as often as it is given */
    CLI_INPUT,   /* the same for files and folders that are read, */
    CLI_INPUTS,
    CLI_OUTPUT, /* and one that is written: all are claimed for what they are */
    CLI_INT,    /* int */
    CLI_SIZE,   /* size_t */
    CLI_SEED,   /* uint64_t */
    CLI_FLOAT,  /* float */
    CLI_DOUBLE, /* double */
    CLI_CHOICE, /* an enum: the place of the value among `choices` */
    CLI_READ    /* what `read` makes of it */
} cli_kind;

/* Arguments of an option that may be given several times, in their order. */
typedef struct cli_texts {
    const char **text; /* [count], owned; the texts are the arguments' own */
    size_t count;
} cli_texts;

/* Reads `value` into `at`; the message need not name the option. */
typedef lh_status cli_reader(void *at, const char *value, lh_error *error);

typedef struct cli_option {
    const char *name;  /* "--seed"; NULL: a plain argument, one row at most, or a heading */
    const char *brief; /* "-o", or NULL */
    const char *value; /* what the help calls its value, "N"; NULL for flags */
    cli_kind kind;
    size_t at;                  /* offset in the job */
    double low, high;           /* numbers: both are allowed values */
    const char *const *choices; /* of CLI_CHOICE, ends with NULL; of CLI_READ, for completions */
    cli_reader *read;
    const char *endings; /* of CLI_OUTPUT: those that its name may have, with blanks between, if it
                          * has one; NULL: any */
    bool more;           /* of a list: plain arguments behind it are more of it */
    unsigned needs;      /* what must be asked for else, in the subcommand's own bits; 0: nothing */
    const char *fallback; /* the default in words; NULL: the job's own value, where that says
                           * something; "": none is told */
    const char *help;     /* one sentence or part of one, without a point */
} cli_option;

typedef struct cli_table {
    const char *command;
    const char *usage;         /* behind the command's name: "TEXT -o FILE [OPTION...]" */
    const char *about;         /* what it does: paragraphs, a newline behind each row */
    const cli_option *option;  /* ends with CLI_END */
    void (*print_after)(void); /* prints what stands below the options, or NULL */
} cli_table;

enum { CLI_OPTIONS_MAX = 96 };

/* Splits of a corpus: their names, for `choices`, and a reader of a list of them to an unsigned
 * mask of 1 << lh_split. */
extern const char *const cli_splits[];
cli_reader cli_read_splits;
/* Reads the name of an artificial task to a const lh_task *. */
cli_reader cli_read_task;

/* What was given, and the files among it. */
typedef struct cli_given {
    const cli_table *table;
    bool given[CLI_OPTIONS_MAX]; /* by row */
    bool help;                   /* --help, -h or --list-options: it has been printed */
    lh_claims claims;            /* what the subcommand reads and writes; it adds what it knows
                                  * besides, and asks lh_claims_check before it begins to work */
} cli_given;

/* Runs a subcommand: reads the arguments into `job`, which holds the defaults, and calls `run`,
 * which returns the exit code. Frees the claims and the job's lists afterwards. */
int cli_obey(const cli_table *table, int argc, char **argv, void *job,
             int (*run)(void *job, cli_given *given));

/* Reads the arguments (argv[0] is the subcommand) into `job`, which holds the defaults; false when
 * a message has been printed. Options may stand anywhere, `--name value` and `--name=value` are the
 * same, `--` ends options. With --help the help is printed, with --list-options what
 * cli_print_options does, `given->help` is set and the rest is not read. Lists must be empty
 * before. The caller calls cli_forget, also on failure. */
bool cli_parse(const cli_table *table, int argc, char **argv, void *job, cli_given *given);

/* Frees the claims, and the lists in `job`. */
void cli_forget(cli_given *given, void *job);

/* Is the result to be printed? Not where an output is standard output, which it would spoil. */
bool cli_prints_result(const cli_given *given);

/* Was the option `name` given? It must be in the table. */
bool cli_was_given(const cli_given *given, const char *name);

/* Refuses given options whose `needs` have no bit of `have`: prints "--dpi goes with png, not with
 * svg" with what `who` says of the needs and `what` is asked for (NULL: that is not told). False
 * when it did. */
bool cli_all_apply(const cli_given *given, unsigned have, const char *what,
                   const char *(*who)(unsigned needs));

/* Prints the help; the job's values are the defaults told. */
void cli_print_help(const cli_table *table, const void *defaults);

/* Prints a row an option, for completions and the manual, its columns apart by tabs: name, short
 * name, what its value is called, the values there are with commas between, the default, what it
 * does. A column of which there is nothing is empty; a heading has the last one only. */
void cli_print_options(const cli_table *table, const void *defaults);

/* Do the arguments, not parsed yet, give the option this value? */
bool cli_says(int argc, char **argv, const char *name, const char *value);

#endif
