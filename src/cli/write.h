/* `longhand write`: what to do (write_options.c, write_check.c, write_help.c), doing it (write.c)
 * by a batch of document.h, and telling of that (write_tell.c). */
#ifndef LONGHAND_CLI_WRITE_H
#define LONGHAND_CLI_WRITE_H

#include "writing.h"

/* What was asked for. Strings are the command line's own. */
typedef struct write_job {
    const char *output, *text, *merge, *template, *only;
    const char **input; /* [inputs], owned */
    size_t inputs;
    const char *model_path, *signs, *style, *style_text;
    char *style_file; /* owned: `style` where it was given by a file's bare name */
    const char *format_name, *machine, *trace;
    const lh_format *format;
    lh_document_options document;
    lh_render_options render;
    bool strict, verbose, resume, together, paper_given;
} write_job;

extern const char write_help[], write_help_files[]; /* its two halves */

/* Reads the arguments; false when a message has been printed, for wrong usage. `*help` is set when
 * only help was asked for. */
bool write_read_options(write_job *job, int argc, char **argv, bool *help);

/* Completes a job whose options have been read: format, machine, style. False when a message has
 * been printed: some do not go together. */
bool write_check_options(write_job *job);

#endif
