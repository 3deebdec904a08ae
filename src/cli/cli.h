/* The command line's own conventions: one file a subcommand, each a function that takes its
 * arguments and returns the exit code (0; 1 for a failure; 2 for wrong usage). */
#ifndef LONGHAND_CLI_H
#define LONGHAND_CLI_H

#include "base/claims.h"
#include "base/streams.h"

#include <longhand/longhand.h>

#include "base/visible.h"

typedef struct cli_command {
    const char *name;
    const char *summary;               /* one line for `longhand --help` */
    int (*run)(int argc, char **argv); /* argv[0] is the subcommand's name */
} cli_command;

extern const cli_command cli_commands[]; /* ends with a NULL name */

/* The subcommands, each in the file of its name. */
int cli_bench(int argc, char **argv);
int cli_curve(int argc, char **argv);
int cli_evaluate(int argc, char **argv);
int cli_gradient(int argc, char **argv);
int cli_cliff(int argc, char **argv);
int cli_memory(int argc, char **argv);
int cli_cells(int argc, char **argv);
int cli_learn(int argc, char **argv);
int cli_model(int argc, char **argv);
int cli_corpus(int argc, char **argv);
int cli_prepare(int argc, char **argv);
int cli_train(int argc, char **argv);
int cli_write(int argc, char **argv);
int cli_read(int argc, char **argv);
int cli_sample(int argc, char **argv);
int cli_styles(int argc, char **argv);
int cli_hand(int argc, char **argv);

enum { CLI_OK = 0, CLI_FAILED = 1, CLI_USAGE = 2 };

/* Prints "longhand: message" on standard error and returns CLI_FAILED. */
int cli_failed(const lh_error *error);
/* Prints "longhand: " and the text, made visible, as a row on standard error. What is printed of
 * names and texts elsewhere goes through base/visible.h. */
void cli_tell(const char *format, ...) LH_PRINTF(1, 2);
/* Prints "longhand COMMAND: message" and how to get help; returns CLI_USAGE. */
int cli_wrong_usage(const char *command, const char *format, ...) LH_PRINTF(2, 3);

/* ---- files ------------------------------------------------------------------------------------
 */

/* What stands behind the last point of a file's name; NULL: it has none. */
const char *cli_ending(const char *path);
/* Is the file's ending this one ("png"), in small letters or in capitals? */
bool cli_ends_in(const char *path, const char *ending);

/* ---- progress ---------------------------------------------------------------------------------
 */

/* True when standard error is a terminal: progress then rewrites one line, else prints rows. */
bool cli_terminal(void);
/* Clears that line, for what is to stand in its place. */
void cli_clear_row(void);
/* Seconds since some fixed moment. */
double cli_seconds(void);

/* How far many things of a kind have come. */
typedef struct cli_progress {
    const char *things;    /* "documents" */
    size_t total, skipped; /* of them; that took no time */
    double started, told;
    bool open; /* a row of it stands on the terminal, and is to be cleared before others */
} cli_progress;

cli_progress cli_progress_start(const char *things, size_t total);
/* Tells that `done` are done, those skipped among them, at what rate and how long the rest takes:
 * on a terminal in one row that is rewritten, else in a row now and then and one at the end. Of a
 * lone thing it tells nothing. */
void cli_progress_tell(cli_progress *progress, size_t done);
/* Clears the row, so that others can be printed, or ends it. */
void cli_progress_clear(cli_progress *progress);

/* ---- stopping ---------------------------------------------------------------------------------
 */

/* From here on SIGINT, SIGTERM and SIGHUP end the program as ever, but unfinished files go first.
 */
void cli_watch_signals(void);
/* From here on the first of them only prints "longhand: WORDS" (nothing, if NULL) at once and makes
 * cli_asked_to_stop true; the second ends the program. */
void cli_stop_gently(const char *words);
/* The same for a signal that would end the program otherwise. */
void cli_stop_also_at(int number);
/* Back to what cli_watch_signals does. */
void cli_stop_at_once(void);
/* An lh_stop; `user` is not used. */
bool cli_asked_to_stop(void *user);
/* Ends the program by the signal that asked it to stop, as a shell expects of what Ctrl-C has
 * ended; returns if there was none. */
void cli_end_by_signal(void);

/* ---- places -----------------------------------------------------------------------------------
 */

/* The path of `name` in assets/, see base/asset.h. The caller frees; NULL when there is none. */
char *cli_asset(const char *name);
/* The path of a model: `path`, or with NULL the asset `name`, which `option` could name another of.
 * The caller frees; NULL and an error when it is not installed. */
char *cli_model_path(const char *path, const char *name, const char *option, lh_error *error);
/* Claims the file at `path`; NULL: the asset `name`, as far as it is there. */
void cli_claim_asset(lh_claims *claims, const char *path, const char *name);

#endif
