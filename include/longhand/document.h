/* Longhand, documents: plain text to pages of handwriting.
 *
 * A desk is a model with paper, styles and habits. It takes texts, in step with each other for
 * speed, and gives documents: rows of pages that any renderer of page.h takes. What a document
 * looks like depends on its text, its seed and the desk's options, not on what else is written. A
 * batch is many texts and the files of their documents.
 *
 * A text is UTF-8. A row of it is a row of writing, or several where it does not fit; an empty one
 * is left empty; with `reflow` the rows of a paragraph are one, as in Markdown. Characters that the
 * model does not know go through a table of signs ("…" to "..."). Rows that begin with '@' are not
 * written but obeyed; what they set holds from there on:
 *
 *     @style anna       the hand; without a name that of the desk
 *     @bias 1.2         how neat
 *     @ink #20409a      the colour, or a name (lh_colour_parse)
 *     @size 1.5         how large the letters are, 1 being as large as the rows allow; larger ones
 *                       take more rows
 *     @align right      where rows stand (lh_align_parse); without a value as on the desk
 *     @right            what follows, up to an empty row, is a block at the right margin
 *     @heading WORDS    these, larger and with room above
 *     @page             a new page begins (as behind a form feed)
 *     @reset            everything as at the beginning
 *     @@...             a row of text that begins with '@'
 *
 * Blanks at the start of a row indent it, each by half the pitch; a tab goes to the next fourth of
 * these columns, at the start of a row and inside it. Up to eight columns indent only the first row
 * of a paragraph, more than that all of it; what has no room so far in stands at the right margin.
 * Inside a row each of several blanks takes the room of a column; with `reflow` blanks are single,
 * unless open boxes (U+2423) are among several. U+2028 ends a row, with `reflow` too; a word joiner
 * (U+2060) is nothing.
 *
 * Words between "@_" and "_@" in a paragraph, which an empty row or a command ends, are underlined.
 * A row that begins with a bullet (- * and the like), a number ("1." or "a)") or a box to tick
 * ("[ ]", "[x]", which are drawn as one) and a blank is an item of a list: texts of a list begin
 * below each other, and where one breaks, its rows stand behind the mark. */
#ifndef LONGHAND_DOCUMENT_H
#define LONGHAND_DOCUMENT_H

#include <longhand/page.h>
#include <longhand/write.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- signs ------------------------------------------------------------------------------------
 */

/* What to write for characters that a model does not know: a table in a text file, one row
 *
 *     CHARACTERS REPLACEMENT [REPLACEMENT...]
 *
 * each, in UTF-8. Each of CHARACTERS, which stand together, is replaced by the first REPLACEMENT
 * that the model can write whole. CHARACTERS may also be U+2019 or a range, U+0300-U+036F. A
 * REPLACEMENT with blanks in it stands in double quotes, and "" is nothing. Rows that begin with
 * '#' say nothing. assets/signs.txt is the one that is installed. */
typedef struct lh_signs lh_signs;

LH_API lh_signs *lh_signs_new(lh_error *error);
LH_API void lh_signs_free(lh_signs *signs);
/* Adds the rows of a file; they are tried before those that are there already. A row that is none
 * is LH_ERROR_FORMAT, with its number. */
LH_API lh_status lh_signs_read(lh_signs *signs, const char *path, lh_error *error);

/* ---- tables of texts --------------------------------------------------------------------------
 */

/* A table of values with commas, semicolons or tabs between (RFC 4180): UTF-8, the first row names
 * the columns, without blanks around the names. What is between is what there is more of in that
 * row, tabs before all; or it is said by a row "sep=;" before it. For letters to many people. */
typedef struct lh_table {
    char *name;      /* owned: of its file, as messages call it */
    char *text;      /* owned: where the values lie */
    char **cell;     /* the values that there are, one row behind the other; row 0 is the names */
    size_t *first;   /* [rows + 2]: those of row i are cell[first[i]] to cell[first[i + 1] - 1] */
    size_t *line;    /* [rows + 1]: the file's row in which each begins, from 1 */
    char ***by_name; /* [columns]: the cells of row 0, in the order of names */
    size_t rows, columns;
} lh_table;

/* Reads a table; "-" is standard input. A quote that does not end, a row with too many values, a
 * column without a name or two of one are LH_ERROR_FORMAT; missing values are "". NULL on failure.
 */
LH_API lh_table *lh_table_read(const char *path, lh_error *error);
LH_API void lh_table_free(lh_table *table);
/* The value of row 1..rows in the column called `name`; NULL when there is no such column. */
LH_API const char *lh_table_get(const lh_table *table, size_t row, const char *name);
/* `text` with each "{column}" replaced by the row's value; "{{" and "}}" are braces. Values are
 * text: in the text that comes out (as this header's top describes it) no value is a command, each
 * row of a value is a row, indented as the row of `text` it stands in, and its blanks stand. A
 * column that is not there, a value of several rows in a command, and a text of over 64 MB are
 * LH_ERROR_ARGUMENT with the row and column of `text`, and the file and row of a value. The caller
 * frees. */
LH_API char *lh_table_fill(const lh_table *table, size_t row, const char *text, lh_error *error);

/* ---- desks ------------------------------------------------------------------------------------
 */

/* The name of the style that is none: each document finds a hand for itself. */
#define LH_OWN_STYLE "own"

/* Finds the style called `name`; NULL and an error when there is none. The desk frees it. */
typedef lh_style *lh_find_style(void *user, const char *name, lh_error *error);

/* Draws the hand of a document in LH_OWN_STYLE, which it frees; another for each seed. May be
 * called from several threads. NULL and no error: there is none to draw, and the network finds all
 * of a hand by itself; NULL on failure. */
typedef lh_hand *lh_draw_hand(void *user, uint64_t seed, lh_error *error);

/* Where rows stand. Of justified rows those reach both margins that go on in the next. */
typedef enum lh_align { LH_ALIGN_LEFT, LH_ALIGN_RIGHT, LH_ALIGN_CENTRE, LH_ALIGN_JUSTIFY } lh_align;

/* "left", "right", "centre", "center" or "justify". */
LH_API lh_status lh_align_parse(const char *name, lh_align *align, lh_error *error);

#define LH_PEN_LEAST 0.2f /* mm */

typedef struct lh_document_options {
    lh_paper paper;        /* 0 x 0: one page, cut to the writing */
    float width;           /* mm, of a row on paper that is cut to the writing */
    int columns;           /* of rows on a page, 1 to 12 */
    float gap;             /* mm, between columns */
    lh_align align;        /* of rows */
    bool fit;              /* the pitch is the largest with which the text goes on one page of the
                            * paper, or on as many as it asks for */
    bool numbers;          /* pages are numbered at their foot, by the same hand */
    float pen;             /* mm, its width ... */
    bool pen_follows;      /* ... or less: with `fit` it is thinner where rows are closer than the
                            * paper's pitch, down to LH_PEN_LEAST */
    uint32_t ink;          /* its colour */
    float drift;           /* how far rows stray from their lines; 1: as people do, 0: not */
    bool reflow;           /* rows of a paragraph are one */
    bool skip_unknown;     /* leave out characters that cannot be written, and count them */
    bool steps;            /* keep how each point came about (lh_page_line.steps) */
    const lh_signs *signs; /* may be NULL; must outlive the desk */
    const char *style;     /* the hand's name for find_style; NULL: LH_OWN_STYLE */
    lh_find_style *find_style; /* may be NULL: then there are no styles */
    lh_draw_hand *draw_hand;   /* may be NULL: then there is none to draw */
    void *user;                /* for find_style and draw_hand */
    const char *hands_folder;  /* where learnt hands are kept for other desks and processes; NULL:
                                * they are not. Made when there is one to keep; may be deleted at
                                * any time. What is written does not depend on it */
    lh_write_options write;    /* bias, tries, rows, threads; the seed is each document's own, or
                                * what those of a batch are made from */
} lh_document_options;

/* Paper cut to the writing with margins of 5 mm, 170 mm wide rows 8 mm apart, a black pen of 0.5
 * mm that follows, natural drift, no signs, no styles, lh_write_defaults. */
LH_API lh_document_options lh_document_defaults(void);

/* A word that did not come out well. */
typedef struct lh_document_word {
    char *text;  /* owned */
    size_t row;  /* of the document's text, from 1, in which its passage begins */
    bool flawed; /* no try pleased the guard; else the reader may take it for something else */
    double probability; /* with which the reader takes it for itself; of a flawed one 0 */
} lh_document_word;

typedef struct lh_document {
    lh_page **page; /* [pages], pages >= 1 */
    size_t pages;
    lh_guard_report report;
    lh_document_word *poor; /* [poor_count], in the order of the text */
    size_t poor_count;
    size_t skipped;      /* characters that were left out */
    char *skipped_signs; /* which, each once */
    char *replaced; /* characters that were written as something that reads otherwise: rows "æ ae",
                     * a newline behind each */
    size_t unclosed; /* the row of the text with the first "@_" that has no "_@" in its paragraph,
                      * and is written as it stands; 0: there is none */
} lh_document;

LH_API void lh_document_free(lh_document *document);

/* A text to make a document of. */
typedef struct lh_document_job {
    const char *name; /* for messages: "letter.txt" */
    const char *text;
    uint64_t seed;
    lh_document *document; /* made here: the caller frees it; NULL on failure, ... */
    lh_error error;        /* ... of which this tells */
} lh_document_job;

typedef struct lh_desk lh_desk;

/* The model must outlive the desk; the options are copied. NULL on failure: senseless options, a
 * style that is not there. */
LH_API lh_desk *lh_desk_new(const lh_model *model, const lh_document_options *options,
                            lh_error *error);
LH_API void lh_desk_free(lh_desk *desk);
/* Makes documents of `jobs` [count], written in step. A text that cannot be written fails its own
 * job only: an unknown character, style or command; the message names it with row and column. A
 * word that is wider than the paper is broken, behind one of "/.-_?&=:,;+@#%" or with a hyphen.
 * Fails as a whole when memory runs out. */
LH_API lh_status lh_desk_write(lh_desk *desk, lh_document_job *jobs, size_t count, lh_error *error);

/* Texts that come and documents that go while others are written: for so many that they are not all
 * to be in memory, and that the first are to be there while the last are waiting. */
typedef struct lh_document_flow {
    /* Gives the next text; NULL: there is none. Asked when the network has room for another, by one
     * thread at a time. The job and what it points to stay where they are until they go. */
    lh_status (*next)(void *user, lh_document_job **job, lh_error *error);
    /* Takes a job when its document is made or has failed: in any order, on any thread and at the
     * same time as others. */
    lh_status (*done)(void *user, lh_document_job *job, lh_error *error);
    /* Takes a job that was under way when all failed, and has no document. May be NULL. */
    void (*drop)(void *user, lh_document_job *job);
    void *user;
} lh_document_flow;

/* Makes the documents of a flow until it gives no more; those under way then are still made. Each
 * comes out as from lh_desk_write. Fails as a whole when memory runs out, when one of its functions
 * fails, or when options.write.stop asks. */
LH_API lh_status lh_desk_write_all(lh_desk *desk, const lh_document_flow *flow, lh_error *error);
/* Makes one document; the same as lh_desk_write with one. NULL on failure. */
LH_API lh_document *lh_desk_write_one(lh_desk *desk, const char *text, uint64_t seed,
                                      lh_error *error);

/* ---- a document to watch -----------------------------------------------------------------------
 */

/* A document of a text that may still change, written piece by piece while somebody watches, as a
 * lh_pen writes a line: each of its passages, words that stand behind each other in one manner, has
 * a pen of its own. A text that is given whole becomes the document that lh_desk_write_one makes of
 * it, but for paper that is cut to the writing, which is not cut yet: lines stay where they are
 * while others come, and lh_page_fit cuts it. */
typedef struct lh_growing lh_growing;

/* Where a line of the document is from: words first..first+words-1 of a passage. */
typedef struct lh_growing_line {
    size_t passage, first, words;
} lh_growing_line;

/* Empty. The desk must outlive it; of its options write.keep holds, and `steps` does not. */
LH_API lh_growing *lh_growing_new(lh_desk *desk, uint64_t seed, lh_error *error);
LH_API void lh_growing_free(lh_growing *growing);
/* Gives it the whole text as it stands, "" too; what was written of the same words stays. `whole`
 * says that so is its last word: without that, a word is written once something is behind it. A
 * text that cannot be written, or in a hand that it finds for itself, is LH_ERROR_ARGUMENT, and all
 * is as before. */
LH_API lh_status lh_growing_set_text(lh_growing *growing, const char *text, bool whole,
                                     lh_error *error);
/* True when lh_growing_write would write something. */
LH_API bool lh_growing_behind(const lh_growing *growing);
/* Writes the next piece. */
LH_API lh_status lh_growing_write(lh_growing *growing, lh_error *error);
/* How many passages the text has, and what is written of one: as lh_pen_written. NULL: there is
 * none. */
LH_API size_t lh_growing_passages(const lh_growing *growing);
LH_API const lh_written *lh_growing_written(const lh_growing *growing, size_t passage);
/* Row and column of the text, from 1, where a passage begins; 0 of none. */
LH_API size_t lh_growing_row(const lh_growing *growing, size_t passage);
LH_API size_t lh_growing_column(const lh_growing *growing, size_t passage);
/* Where each character of a passage stands in the text as it was given last, in bytes [*count]:
 * also of a passage in which something was left out, replaced or underlined. Characters are those
 * of lh_written.text, which may be the first of them. Owned by `growing`, until its text is
 * another. NULL and 0: there is no such passage. */
LH_API const size_t *lh_growing_places(const lh_growing *growing, size_t passage, size_t *count);
/* lh_pen_forget of all passages. */
LH_API void lh_growing_forget(lh_growing *growing);
/* What is written so far, laid out; of nothing, one empty page. The caller frees. NULL on failure:
 * a word is wider than the paper. */
LH_API lh_document *lh_growing_lay_out(lh_growing *growing, lh_error *error);
/* Where line `line` is from, counted over all pages of the document last laid out; of a line that
 * it does not have, 0 words. */
LH_API lh_growing_line lh_growing_line_of(const lh_growing *growing, size_t line);

/* The seed of the document called `name` among those that are made from `seed`. */
LH_API uint64_t lh_document_seed(uint64_t seed, const char *name);

/* ---- many texts -------------------------------------------------------------------------------
 */

/* Texts to make documents of. Each has a name, for its files and for its seed (lh_document_seed):
 * unique among all, and fit for a file's name. Files are read when their turn comes, a table and
 * its template at once. "-" is standard input. */
typedef struct lh_sources lh_sources;

/* Each file a text, called "anna" for "letters/anna.txt"; a second of a name is "anna-2". All
 * strings are copied. NULL on failure, here and below; free with lh_sources_free. */
LH_API lh_sources *lh_sources_of_files(const char *const *paths, size_t count, lh_error *error);
/* Each row of a table (lh_table_read) a text: the file `template` filled (lh_table_fill) or, with
 * NULL, the column "text". A row is called as its column "name" says, or by its number. A table
 * without rows, or without that column and a template, is LH_ERROR_FORMAT. */
LH_API lh_sources *lh_sources_of_table(const char *path, const char *template_path,
                                       lh_error *error);
/* Is a value of the table that a text asks for and that is empty taken as it is? Else, as at first,
 * that text fails, with its row and column, unless it is a command that asks. */
LH_API void lh_sources_take_missing(lh_sources *sources, bool empty);
/* A lone text, which needs no name to be told from others: its seed is the batch's own. */
LH_API lh_sources *lh_sources_of_text(const char *text, lh_error *error);
LH_API void lh_sources_free(lh_sources *sources);
/* Of all the texts only these are to be written: names with commas between; NULL: all, as at first.
 * A name that no text has is LH_ERROR_ARGUMENT. */
LH_API lh_status lh_sources_choose(lh_sources *sources, const char *only, lh_error *error);
LH_API size_t lh_sources_count(const lh_sources *sources);
/* What text `index` is called; NULL: there is none. */
LH_API const char *lh_sources_name(const lh_sources *sources, size_t index);

/* ---- batches ----------------------------------------------------------------------------------
 */

typedef enum lh_batch_step {
    LH_BATCH_BEGINS,  /* all is checked, and so many documents are to come; no name */
    LH_BATCH_STARTED, /* a text was read, or could not be: its document is next */
    LH_BATCH_MADE,    /* its files are there and recorded; together, it is kept */
    LH_BATCH_THERE,   /* its files are there already, made from the same */
    LH_BATCH_FAILED   /* it has no files, and `error` says why */
} lh_batch_step;

/* What a batch tells while it is under way. */
typedef struct lh_batch_event {
    lh_batch_step step;
    const char *name;            /* the text's; NULL for a lone one, which needs none */
    const lh_document *document; /* of MADE, and of FAILED where it came so far; else NULL */
    const char *files;           /* of MADE: their paths, a newline behind each; else NULL */
    const lh_error *error;       /* of FAILED; else NULL */
    size_t done, chosen;         /* documents that are made, there or failed, of those chosen */
} lh_batch_event;

/* How many documents came to what. */
typedef struct lh_batch_report {
    size_t chosen; /* by lh_sources_choose */
    size_t made, there, failed;
    bool stopped;          /* some were not begun, since `stop` asked */
    lh_guard_report guard; /* of all that were written */
    size_t skipped;        /* characters that were left out in them */
} lh_batch_report;

/* A file that the caller reads, and what messages call it: "the model". */
typedef struct lh_batch_file {
    const char *path, *purpose;
} lh_batch_file;

/* What messages call that which was asked for, in the caller's own words ("--merge"); NULL: as it
 * is called here. */
typedef struct lh_batch_words {
    const char *text, *table, *template_path; /* files of lh_sources that are read */
    const char *style, *style_text, *output, *trace, *manifest, *together;
} lh_batch_words;

typedef struct lh_batch_options {
    const char *output; /* the name of a document's file, with {name} or {number} in it where there
                         * are several texts ({number:3} is 001), and {page} if each page is to be a
                         * file; folders that it names are made. A folder that is there, or a name
                         * that ends with a slash: FOLDER/{name}.FORMAT. With `together` one file,
                         * for a format with LH_FORMAT_FOLDER the folder; "-" is standard output */
    const char *trace;  /* how each point came about (lh_trace_lines_write), a file a document, with
                         * {name} or {number}; needs documents with `steps`. NULL: not written */
    const char *manifest; /* a file, for a format with LH_FORMAT_LOOKS, of a JSON row a document:
                           *     {"name":"anna","text":"...","files":["anna.png"],"pages":[{
                           *     "file":"anna.png","width":640,"height":64,"lines":[{"text":"...",
                           *     "box":[l,t,r,b],"words":[{"text":"...","box":[...],
                           *     "characters":[{"text":"a","box":[...]},...]},...]},...]},...]}
                           * Boxes are left, top, right and bottom in the file, the pen's width in
                           * them: of PNG the first pixels inside and outside, of SVG its units. A
                           * character that the network wrote no point for has null. Needs
                           * documents with `steps`. NULL: not written */
    const lh_format *format;
    lh_render_options render;
    bool together; /* the pages of all documents in one file, of a format with LH_FORMAT_PAGES */
    bool resume;   /* leave out documents that are there already */
    bool strict;   /* a document fails that has a word which went wrong in all its tries, or may be
                    * misread */
    const char *style_text;     /* what was given as the text of the style, for notes and for the
                                 * error where no word comes out well; NULL: the style's own */
    const char *model;          /* what notes call the model; NULL: by the name of its file */
    const lh_batch_file *reads; /* [read_count] files that must not be written over besides those of
                                 * the sources and styles: the model's, tables of signs */
    size_t read_count;
    /* The path of file `index`, from 0, of those that the style called `name` is of (a mix is of
     * several), that it is not written over; NULL where there are no more. The batch frees it.
     * Called on the caller's thread, before any document. May be NULL. */
    char *(*style_file)(void *user, const char *name, size_t index);
    const lh_batch_words *words; /* may be NULL */
    lh_stop *stop; /* may be NULL. Asked before each document: then those under way are
                    * made, and others are not begun. Where there is one file or one
                    * document, also at each point: then nothing is written */
    /* Told of each step, on any thread, one at a time; what it points to is valid during the call.
     * May be NULL. */
    void (*event)(void *user, const lh_batch_event *event);
    void *user; /* for style_file, stop and event */
} lh_batch_options;

/* SVG, a file a document, as lh_render_defaults; `output` is to be set. */
LH_API lh_batch_options lh_batch_defaults(void);

/* Makes the chosen documents of `sources` and their files, each as soon as it is written, and each
 * whole or not at all. The seed of each is made from document->write.seed and its name.
 *
 * Before anything else all names are checked: LH_ERROR_ARGUMENT where a file would be one that is
 * read, or two documents might share one, and for options that do not go together. A document that
 * fails leaves the others; where there are several, longhand-batch.jsonl in the folder of the files
 * is the record of it and of all others. With `resume` a document is left out that the record has
 * with all its files and with the same text, styles, signs, model and options, as far as they
 * change what is written.
 *
 * LH_OK also when documents failed or when it was stopped between two: `report`, which may be NULL
 * and is filled but for LH_ERROR_ARGUMENT of a missing argument, tells. LH_ERROR_INTERRUPTED when
 * it was stopped and nothing is written. The table of signs and the sources are not changed, and
 * may be used again. */
LH_API lh_status lh_batch_write(const lh_model *model, const lh_document_options *document,
                                const lh_sources *sources, const lh_batch_options *options,
                                lh_batch_report *report, lh_error *error);

#ifdef __cplusplus
}
#endif
#endif
