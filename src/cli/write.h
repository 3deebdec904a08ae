/* `longhand write`: what to do (write_options.c, write_check.c), doing it (write.c) by a batch of
 * document.h, and telling of that (write_tell.c). */
#ifndef LONGHAND_CLI_WRITE_H
#define LONGHAND_CLI_WRITE_H

#include "options.h"
#include "writing.h"

/* What an option of write may need besides what a format shows (lh_format_trait). */
enum {
    WRITE_MERGES = 1 << LH_FORMAT_TRAITS, /* a table */
    WRITE_READS = WRITE_MERGES << 1,      /* files */
    WRITE_STYLE = WRITE_MERGES << 2,      /* a hand that is named */
    WRITE_PAPER = WRITE_MERGES << 3,      /* paper of a size */
    WRITE_CUT = WRITE_MERGES << 4,        /* paper that is cut to the writing */
    WRITE_PROOFREAD = WRITE_MERGES << 5,  /* words that are read over */
    WRITE_COLUMNS = WRITE_MERGES << 6,    /* several columns */
    WRITE_INVENTS = WRITE_MERGES << 7     /* a text that is made up */
};

/* What was asked for. Strings are the command line's own. */
typedef struct write_job {
    const char *output, *text, *merge, *template, *only, *invent;
    int characters; /* that are made up */
    cli_texts input;
    const char *model_path, *reader_path, *signs, *style, *style_from, *style_text;
    char *style_file; /* owned: `style` where it was given by a file's bare name */
    const char *format_name, *trace, *manifest;
    int machine; /* of the choices of --machine, */
    int missing; /* and of --missing */
    const lh_format *format;
    lh_document_options document;
    lh_render_options render;
    bool strict, verbose, resume, together, proofread;
} write_job;

/* Writes; returns the exit code. */
int write_obey(void *job, cli_given *given);

/* write_invent.c: the text that the network of characters `job->invent` makes up. NULL on failure;
 * the caller frees. */
lh_sources *write_invent(const write_job *job, lh_error *error);

/* Completes a job whose options have been read: format, machine, style. Returns CLI_OK or, when a
 * message has been printed, another exit code: some do not go together. */
int write_check_options(write_job *job, const cli_given *given);

#endif
