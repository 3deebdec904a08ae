/* Longhand, corpus: recordings in and out, above all IAM-OnDB, and the packed corpus file that
 * training reads.
 *
 * One line of IAM-OnDB is one XML file of strokes (lineStrokes/a01/a01-000/a01-000u-01.xml); its
 * text is a row of its form's transcription (ascii/a01/a01-000/a01-000u.txt, the rows after CSR:).
 * A form belongs to one split by the official lists. The packed file holds all lines cleaned, with
 * their text, and is memory-mapped: opening it costs nothing, and lines are views into it. */
#ifndef LONGHAND_CORPUS_H
#define LONGHAND_CORPUS_H

#include <longhand/ink.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum lh_split {
    LH_SPLIT_NONE = 0, /* in no list */
    LH_SPLIT_TRAIN,    /* trainset */
    LH_SPLIT_V,        /* testset_v, the smaller validation set of the paper */
    LH_SPLIT_T,        /* testset_t */
    LH_SPLIT_F,        /* testset_f */
    LH_SPLIT_COUNT
} lh_split;

/* "trainset", "testset_v", ... or "none". */
LH_API const char *lh_split_name(lh_split split);
/* Parses a name or a comma-separated list of names to a mask of 1 << split ("all": every split). */
LH_API lh_status lh_split_parse(const char *names, unsigned *mask, lh_error *error);
/* What Graves 2013 trains on: trainset, testset_f and testset_t. */
#define LH_SPLITS_PAPER_TRAINING (1u << LH_SPLIT_TRAIN | 1u << LH_SPLIT_T | 1u << LH_SPLIT_F)

/* ---- one line file ----------------------------------------------------------------------------
 */

/* Reads one IAM-OnDB line file: all its strokes, y down, time from 0; nothing cleaned. NULL
 * on failure. The caller frees with lh_ink_free. */
LH_API lh_ink *lh_iam_read(const char *path, lh_error *error);
/* Writes `ink` as an IAM-OnDB line file with full float precision, so that reading it back gives
 * the same points. */
LH_API lh_status lh_iam_write(const lh_ink *ink, const char *path, lh_error *error);
/* The same to a stream; write errors show on it as well. */
LH_API lh_status lh_iam_write_to(const lh_ink *ink, FILE *stream, lh_error *error);

/* ---- any file of strokes ----------------------------------------------------------------------
 */

typedef struct lh_recorded_line {
    lh_ink *ink; /* at least one point; the last of each stroke ends it */
    char *text;  /* what the file says that it reads, UTF-8; NULL: it does not say */
} lh_recorded_line;

/* The lines of writing that a file holds. */
typedef struct lh_recording {
    size_t count; /* at least one */
    lh_recorded_line *line;
} lh_recording;

/* Reads the strokes of a file, or with "-" of standard input; what it holds tells of which kind it
 * is, not its name:
 *
 *     IAM-OnDB's XML  one line, cleaned as for a corpus
 *     JSON lines      as lh_json_lines_write writes them: whiteboard units, the file's times
 *     SVG             of lh_svg_write: each <g class="line" data-text="..."> is a line; paper and
 *                     rulings are not read. An SVG of another program: all shapes that are stroked
 *                     (path, polyline, polygon, line), sorted to rows of writing by where they
 *                     lie, from the top down; in a row they are as in the file, and no line has
 *                     text
 *     InkML           each outermost <traceGroup> with an <annotation> of type truth, label or
 *                     transcription is a line, and what is outside of these no writing. Without
 *                     such groups, all traces are one line if <ink> has such an annotation, else
 *                     they are sorted to rows. Of channels X, Y and T are read (T in milliseconds,
 *                     unless it says s); differences and continued traces are followed, trace
 *                     views and pens that are up are not
 *
 *     Xournal++       (.xopp, packed or not, and .xoj) strokes of the pen, sorted to rows page by
 *                     page; no line has text
 *
 * SVG, InkML and Xournal++ keep their own units; in SVG transforms are applied, and widths and view
 * boxes change no scale. Curves become points no further from them than a five-hundredth of their
 * length; a stroke that begins where the one before it ends goes on with it. Lines of layers are
 * put in the order of data-line. Times are those by which the file draws itself, else 0.01 seconds
 * a point. Elements that are hidden, used by others (defs, symbol, marker, mask, pattern, clipPath)
 * or drawn by <use> are not read, nor are outlines of letters: an SVG of filled shapes alone is
 * LH_ERROR_FORMAT, as is any that has no strokes.
 *
 * A file of more than 64 MB or 262,144 lines, one with a line of more than 1,048,576 points, a
 * malformed or truncated one, a point that is not finite: LH_ERROR_FORMAT, with the row of the
 * file. NULL on failure. The caller frees with lh_recording_free. */
LH_API lh_recording *lh_recording_read(const char *path, lh_error *error);
/* Frees the recording with its ink and texts; NULL is fine. */
LH_API void lh_recording_free(lh_recording *recording);

/* ---- the packed corpus ------------------------------------------------------------------------
 */

typedef struct lh_corpus lh_corpus;

/* A view of one line; everything points into the corpus and lives as long as it. */
typedef struct lh_corpus_line {
    const char *name;   /* "a01-000u-01" */
    const char *writer; /* writer where the recording names one, else "" */
    const char *text;   /* UTF-8; NULL when the form's transcription does not fit its lines */
    lh_split split;
    const lh_point *points; /* cleaned, whiteboard units */
    size_t count;           /* >= 2 */
} lh_corpus_line;

/* Standard deviation of the offsets of the training lines (LH_SPLITS_PAPER_TRAINING; of all lines
 * when there are none): what network inputs are divided by. */
typedef struct lh_scale {
    double x, y;
} lh_scale;

/* Maps the file and checks magic, version, sizes, every index and the checksum. NULL on failure. */
LH_API lh_corpus *lh_corpus_open(const char *path, lh_error *error);
LH_API void lh_corpus_free(lh_corpus *corpus);
LH_API size_t lh_corpus_count(const lh_corpus *corpus);
/* A line without name and points when there is none of that index. */
LH_API lh_corpus_line lh_corpus_get(const lh_corpus *corpus, size_t index);
/* The index of the line called `name`, or SIZE_MAX. */
LH_API size_t lh_corpus_find(const lh_corpus *corpus, const char *name);
LH_API lh_scale lh_corpus_scale(const lh_corpus *corpus);
/* Every character that occurs in a text of the corpus. */
LH_API const lh_alphabet *lh_corpus_alphabet(const lh_corpus *corpus);
/* The checksum in the file's header: names this corpus in models and logs. */
LH_API uint64_t lh_corpus_checksum(const lh_corpus *corpus);
/* What preparing counted (files skipped and why, cleaning, forms without text), as a JSON object.
 */
LH_API const char *lh_corpus_report(const lh_corpus *corpus);

/* ---- making it --------------------------------------------------------------------------------
 */

/* One file passed over, and why: `reason` names the file and the place in it. */
typedef void lh_prepare_skip(void *user, const char *reason);
/* Called now and then from one thread at a time with bytes of XML done so far. */
typedef void lh_prepare_progress(void *user, size_t files, uint64_t bytes);

typedef struct lh_prepare_options {
    const char *splits; /* folder with trainset.txt, testset_v.txt, ..., of which each row names a
                         * form or a line, a line before its form; NULL: look in the sources. Lists
                         * that name nothing in the sources are LH_ERROR_FORMAT */
    lh_cleaning cleaning;
    /* Lines with fewer or more points a character than this are ill-transcribed: they keep their
     * ink, and lose their text. 0: no limit. */
    float min_points_per_character, max_points_per_character;
    /* Sources that hold more than so many bytes (unpacked) or files are refused: an archive of some
     * kilobytes may well unpack to more than any disk. 0: no limit. */
    uint64_t max_bytes, max_files;
    bool strict;                   /* the first bad file ends it */
    int threads;                   /* 0: all cores */
    lh_prepare_skip *skip;         /* may be NULL */
    lh_prepare_progress *progress; /* may be NULL */
    void *user;
} lh_prepare_options;

/* Default cleaning and limits (figures beside their definition), not strict, all cores. */
LH_API lh_prepare_options lh_prepare_defaults(void);

/* Reads `sources` (folders, .tar.gz, .tar.xz, .zip and such archives, in any order) and writes the
 * packed corpus to `path`. A file that cannot be read, in an archive too, is skipped, and counted
 * in the report. */
LH_API lh_status lh_corpus_prepare(const char *const *sources, size_t count,
                                   const lh_prepare_options *options, const char *path,
                                   lh_error *error);

#ifdef __cplusplus
}
#endif
#endif
