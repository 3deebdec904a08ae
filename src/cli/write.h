/* `longhand write` in its parts: what to do (write_options.c, write_check.c), which texts there are
 * (write_sources.c), what a document is made from (write_key.c), its files (write_files.c) and
 * their names (write_names.c), and one document after the other (write_batch.c, write_record.c). */
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
    WRITE_CUT = WRITE_MERGES << 4         /* paper that is cut to the writing */
};

/* A corpus is a folder of files; all other formats stand in the table of page. */
#define WRITE_CORPUS_FORMAT "iam"

/* What was asked for. Strings are the command line's own. */
typedef struct write_job {
    lh_claims claims;
    const char *output, *text, *merge, *template, *only;
    cli_texts input;
    const char *model_path, *signs, *style, *style_from, *style_text;
    char *style_file; /* owned: `style` where it was given by a file's bare name */
    const char *format_name, *trace;
    int machine;             /* of the choices of --machine */
    const lh_format *format; /* NULL: iam, a folder in the layout of IAM-OnDB */
    lh_document_options document;
    lh_render_options render;
    bool strict, verbose, resume, together;
    uint64_t settings; /* a hash of the options that documents depend on */
} write_job;

/* Writes; returns the exit code. */
int write_obey(void *job, cli_given *given);

/* Completes a job whose options have been read: format, machine, style. Returns CLI_OK or, when a
 * message has been printed, another exit code: some do not go together. */
int write_check_options(write_job *job, const cli_given *given);

/* The file of a style: as named where the name has a / or an ending, else NAME.xml in
 * assets/styles. The caller frees; NULL on failure. */
char *write_find_style_file(const char *style, lh_error *error);

/* ---- texts ------------------------------------------------------------------------------------
 */

/* The texts there are; read when their turn comes. */
typedef struct write_source {
    char *name;       /* for files and seeds: unique among all, and fit for a file's name */
    const char *path; /* a file, or */
    const char *text; /* the text itself, or */
    size_t row;       /* a row of the table */
    bool chosen;      /* by --only */
} write_source;

typedef struct write_sources {
    write_source *source; /* [count] */
    size_t count;
    bool named; /* there may be several: each has a seed of its own */
    lh_table *table;
    char *template;
} write_sources;

lh_status write_sources_find(write_sources *sources, const write_job *job, lh_error *error);
/* The text of source `index`; the caller frees. NULL on failure. */
char *write_source_text(const write_sources *sources, size_t index, lh_error *error);
void write_sources_free(write_sources *sources);

/* ---- files ------------------------------------------------------------------------------------
 */

/* The pattern of the names of files, FOLDER/{name}.svg for a folder; the caller frees. NULL on
 * failure: it has no place for what tells documents apart. */
char *write_output_pattern(const write_job *job, const write_sources *sources, lh_error *error);
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
bool write_is_whole(const write_job *job, const write_sources *sources);
/* Writes every chosen source; returns the exit code. */
int write_all_documents(const write_job *job, const lh_model *model, lh_desk *desk,
                        const write_sources *sources, const char *pattern);

#endif
