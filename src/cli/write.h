/* `longhand write` in its parts: what to do (write_options.c, write_check.c), what a document is
 * made from (write_key.c), its files (write_files.c) and their names (write_names.c), and one
 * document after the other (write_batch.c, write_record.c). */
#ifndef LONGHAND_CLI_WRITE_H
#define LONGHAND_CLI_WRITE_H

#include "writing.h"

#include "document/sources.h"

/* What was asked for. Strings are the command line's own. */
typedef struct write_job {
    lh_claims claims;
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
    uint64_t settings; /* a hash of the options that documents depend on */
} write_job;

extern const char write_help[], write_help_files[]; /* its two halves */

/* Reads the arguments; false when a message has been printed, for wrong usage. `*help` is set when
 * only help was asked for. */
bool write_read_options(write_job *job, int argc, char **argv, bool *help);

/* Completes a job whose options have been read: format, machine, style. False when a message has
 * been printed: some do not go together. */
bool write_check_options(write_job *job);

/* The file of a style: as named where the name has a / or an ending, else NAME.xml in
 * assets/styles. The caller frees; NULL on failure. */
char *write_find_style_file(const char *style, lh_error *error);

/* ---- files ------------------------------------------------------------------------------------
 */

/* The pattern of the names of files, FOLDER/{name}.svg for a folder; the caller frees. NULL on
 * failure: it has no place for what tells documents apart. */
char *write_output_pattern(const write_job *job, const lh_sources *sources, lh_error *error);
/* Notes on the first page of a document what it says and how it was made from the text `given`;
 * `name` may be NULL. */
lh_status write_note(const write_job *job, uint64_t fingerprint, const char *name,
                     const char *given, lh_page *page, lh_error *error);
/* Writes the files of a document. `files` takes their names, a newline behind each;
 * the caller frees. */
lh_status write_document_files(const write_job *job, const char *pattern, const char *name,
                               size_t number, const lh_document *document, char **files,
                               lh_error *error);

/* Writes the pages of all documents into one file, one document behind the other. */
lh_status write_documents_together(const write_job *job, const char *path,
                                   lh_document *const *document, size_t count, lh_error *error);

/* ---- all of it --------------------------------------------------------------------------------
 */

/* Is all that is written one thing, so that there is nothing to keep when it is stopped? */
bool write_is_whole(const write_job *job, const lh_sources *sources);
/* Writes every chosen source; returns the exit code. */
int write_all_documents(const write_job *job, const lh_model *model, lh_desk *desk,
                        const lh_sources *sources, const char *pattern);

#endif
