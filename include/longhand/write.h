/* Longhand, write: from text to ink with a trained network (Graves 2013, sections 4 and 5).
 *
 * A writer is a synthesis model with a hand: what the network remembers after it has followed a
 * style's ink (priming, section 5.5), computed once. Text of any length is cut at blanks into
 * pieces of the length that the network was trained on; each piece is sampled with a random stream
 * of its own, watched by a guard, levelled and set behind the one before, so that all read as one
 * line without end. All pieces after the first begin in one and the same state of the network: that
 * of the style, or else of the first words written; so a hand holds however long the text is, and
 * pieces can be written in step with each other.
 *
 * The same model, style, options, text and index give the same ink, whether the text is written
 * alone or with others, and on however many threads. A writer is not changed by writing: several
 * threads may share one. */
#ifndef LONGHAND_WRITE_H
#define LONGHAND_WRITE_H

#include <longhand/ink.h>
#include <longhand/nn.h>
#include <longhand/read.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- styles ------------------------------------------------------------------------------------
 */

/* A line that somebody wrote, and what it says. */
typedef struct lh_hand_line {
    lh_ink *ink; /* owned; whiteboard units, cleaned */
    char *text;  /* owned; UTF-8 */
} lh_hand_line;

/* What was learnt of a person: numbers of an lh_adaptation. They are float16 numbers, as files hold
 * them. */
typedef struct lh_hand {
    uint64_t network; /* lh_network_fingerprint of the network that it was learnt beside */
    int rank;
    size_t count;
    lh_real *number;    /* owned; [count] */
    lh_hand_line *line; /* owned; [lines] learnt from besides the style's own, or NULL */
    size_t lines;
    char *maker, *license; /* owned; who made it and what may be done with it, or NULL */
} lh_hand;

LH_API void lh_hand_free(lh_hand *hand);

/* A hand to write in: ink and what it says, which the network follows before it writes (Graves
 * 2013, section 5.5), and what it learnt of the person. Best is one line of 10 to 30 characters. */
typedef struct lh_style {
    char *name;    /* owned, for messages and files' descriptions */
    lh_ink *ink;   /* owned; whiteboard units, cleaned */
    char *text;    /* owned; UTF-8 */
    lh_hand *hand; /* owned; NULL: nothing was learnt */
} lh_style;

/* A style from ink, which is copied and cleaned. NULL on failure; free with lh_style_free. */
LH_API lh_style *lh_style_new(const char *name, const lh_ink *ink, const char *text,
                              lh_error *error);
/* Reads a .hand file, or an IAM-OnDB line file. `text` NULL: the text is that in the hand's file,
 * or the first line of the file of the same name that ends in .txt instead of .xml. */
LH_API lh_style *lh_style_read(const char *path, const char *text, lh_error *error);
/* Writes a style with a hand as a .hand file, whole or not at all ("-": to standard output): a
 * safetensors file of at most LH_HAND_FILE_MAX bytes with the numbers ("numbers" [count], F16), the
 * readings ("readings" [n][3], x, y in whiteboard units and seconds, and "ends" [n], 0 in a stroke,
 * 1 at its end, 2 at the end of a line) of the style's line and of as many others as fit, and as
 * metadata their texts, a row each, the network's fingerprint, the rank, maker and licence. */
LH_API lh_status lh_style_save(const lh_style *style, const char *path, lh_error *error);
LH_API void lh_style_free(lh_style *style);

enum { LH_HAND_FILE_MAX = 300000 };

/* Mixes hands that were learnt beside one network: numbers w_1 n_1 + w_2 n_2 + ..., and the ink of
 * the one that weighs most. The weights are used as they are: of two hands 0.5 and 0.5 is the one
 * between them, 1.5 and -0.5 one beyond the first. A style without a hand, or hands of several
 * networks or ranks, are LH_ERROR_ARGUMENT. NULL on failure. */
LH_API lh_style *lh_style_mix(const char *name, const lh_style *const *styles,
                              const double *weights, size_t count, lh_error *error);

/* A new hand, of nobody, drawn from how `hands` [count] vary, which were learnt beside one network
 * with one rank: their mean, and the sum of their distances from it, each times `size` and a normal
 * number over sqrt(count - 1). With size 1 it has the covariance that they have. NULL on failure;
 * the caller frees with lh_hand_free. */
LH_API lh_hand *lh_hand_draw(const lh_hand *const *hands, size_t count, double size, uint64_t seed,
                             lh_error *error);

/* What a hand looks like. */
typedef struct lh_measures {
    double slant;  /* degrees from upright, to the right positive */
    double height; /* of the small letters, whiteboard units; half of all hands write below 118 */
    double width;  /* of a character, in heights of the small letters */
    double joined; /* letters to a stroke: above 1 for letters that are joined */
    double care;   /* ink spent, against that of an ordinary hand; below 1 in a hurry */
} lh_measures;

/* Measures level ink that says `text`. */
LH_API lh_measures lh_measure_hand(const lh_ink *ink, const char *text);

/* ---- options -----------------------------------------------------------------------------------
 */

enum { /* what to keep of each step, besides lh_trace: bits of lh_write_options.keep */
       LH_KEEP_OUTPUT = 1, /* the raw network outputs: the mixture the point was drawn from */
       LH_KEEP_WINDOW = 2, /* the soft window on the characters around the pen */
       LH_KEEP_CELLS = 4,  /* what cells give, and how many gates are open: N x H bytes a point */
       LH_KEEP_GATES = 8,  /* each cell's gates, and what it remembers: 4 N x H bytes a point */
};

typedef struct lh_write_options {
    double bias;   /* 0: as people vary; larger: neater (section 5.4), see lh_pen_mixture */
    uint64_t seed; /* of every random stream */
    int tries;     /* how often a word may be written anew when the guard finds fault; >= 0 */
    int rows;      /* pieces written in step with each other, at most; >= 1 */
    int threads;   /* that share the rows; 0: one a core */
    unsigned keep; /* LH_KEEP_... */
    bool raw;      /* leave the baseline as the network drew it */
    const lh_reader *reader; /* reads each word over, which is written anew if it might be taken for
                              * anything else; NULL: nothing is read over. Must outlive what writes
                              */
    lh_stop *stop; /* may be NULL. Polled at each point that is drawn; when it asks, writing ends
                    * with LH_ERROR_INTERRUPTED */
    void *stop_user;
} lh_write_options;

/* Bias 1, seed 1, 24 tries, 64 rows, all cores, nothing kept, levelled, no reader, no stop. */
LH_API extern const lh_write_options lh_write_defaults;

/* ---- what comes out ----------------------------------------------------------------------------
 */

/* What the guard can find wrong with a word. It watches where the window stands while the pen
 * moves: u is the character with the largest phi(t, u). */
typedef enum lh_fault {
    LH_FAULT_STUCK,   /* more points on one character than any character needs */
    LH_FAULT_BACK,    /* the window went back: text is being repeated */
    LH_FAULT_SKIPPED, /* characters were passed in too little ink to hold them */
    LH_FAULT_ASTRAY,  /* the window weighs on no character any more */
    LH_FAULT_JUMP,    /* an offset that no hand makes, or that is not a number */
    LH_FAULT_LINE,    /* the pen left the band that a line of writing fills */
    LH_FAULT_ENDLESS, /* the pen would not come to rest behind the last character */
    LH_FAULT_MISREAD, /* the reader might take the word for another */
    LH_FAULT_COUNT
} lh_fault;

/* "stuck", "back", ... */
LH_API const char *lh_fault_name(lh_fault fault);

typedef struct lh_guard_report {
    int words;                 /* written */
    int retried;               /* words that were begun anew at least once */
    int flawed;                /* words of which no try pleased: the best one stands */
    int doubtful;              /* words that the reader is not sure of in any try: likewise */
    int fault[LH_FAULT_COUNT]; /* tries given up, by reason */
    size_t points_drawn, points_kept;
} lh_guard_report;

/* Adds the counts of `more` to `report`. */
LH_API void lh_guard_report_add(lh_guard_report *report, const lh_guard_report *more);

/* How a point came about. */
typedef struct lh_trace {
    float dx, dy;      /* the offset drawn, normalised units; 0 where no component is */
    float end;         /* e: how likely the point was to end its stroke */
    int32_t component; /* the mixture component drawn from; -1 for the first point of a line, and
                        * for marks that the network did not draw (lh_can_write) */
    int32_t character; /* u: index of the character in lh_written.text, in code points; on pages one
                        * before the line's text for what is of none: a line below words */
    float place;       /* centre of the window: characters from the text's start, as a fraction */
    int32_t rested;    /* points for which the pen had stood still */
} lh_trace;

enum { LH_WINDOW_SPAN = 24 };

/* phi(t, u) for LH_WINDOW_SPAN characters around the pen; 0 outside the text. */
typedef struct lh_window_view {
    int32_t first; /* index of the character of phi[0]; may be negative */
    float phi[LH_WINDOW_SPAN];
} lh_window_view;

/* How many of a layer's input, forget and output gates (in this order) say no, below 0.1, and how
 * many yes, above 0.9: shares of its cells (Karpathy, Johnson and Li 2015). */
typedef struct lh_saturation {
    float shut[3], open[3];
} lh_saturation;

/* A word on the paper. */
typedef struct lh_word {
    size_t byte, bytes;       /* of lh_written.text */
    int32_t character, count; /* the same in code points */
    size_t point, points;     /* of lh_written.ink: whole strokes */
    bool flawed;              /* there was fault to find with it, and with every other try */
    bool doubtful;            /* it may be taken for something else, as may every other try */
    double log_reading; /* ln p that the ink says the word, behind the one before it, or that it
                         * says this and the next, where that is likelier; 0 where it was not read
                         * over, or has characters that the reader does not know; of a letter with
                         * an accent any on that letter will do */
} lh_word;

/* Ink of one text, or of none, with how it came about. Row i of each array is point i of the ink.
 * The baseline is y = 0, and the line begins at x = 0. What was kept of the network (output to
 * saturation; NULL where it was not asked for) is of the step at which the point was drawn; all
 * zero for a line's first point, which is where the pen stands before any step, and for a mark's
 * points that of the step before. */
typedef struct lh_written {
    char *text; /* what was written: blanks are single, none at either end; "" from lh_sample */
    lh_ink *ink;
    lh_trace *trace;
    float *output;          /* [points][1 + 6 M], LH_KEEP_OUTPUT */
    lh_window_view *window; /* [points], LH_KEEP_WINDOW */
    float *kappa;           /* [points][K], LH_KEEP_WINDOW: where the window's components stand, in
                             * characters from the text's start */
    int8_t *cell;           /* [points][N][H], LH_KEEP_CELLS: h, what a cell gives, times 127 */
    lh_saturation *saturation; /* [points][N], LH_KEEP_CELLS */
    int8_t *gate;     /* [points][N][LH_GATE_COUNT + 1][H], LH_KEEP_GATES: input, forget and output
                       * gates     and tanh c, what the cell would give with its output gate open, times
                       * 127; 0     where the kind of cell has none */
    size_t kept_from; /* the point of the first row of these and of the trace: 0, but where
                       * lh_pen_forget was called */
    lh_word *word;
    size_t words;
    int mixtures, windows, layers, cells; /* M, K, N, H */
    double bias, scale_x, scale_y; /* of the mixture; whiteboard units in a normalised unit */
    lh_guard_report report;
} lh_written;

LH_API void lh_written_free(lh_written *written);

/* The mixture that a point is drawn from, by a pen that has rested for so many points: as
 * lh_mixture_read has it, but the share of components about which a pen rests is no larger than
 * without bias, and after more than a few points at rest there is no bias. */
LH_API void lh_pen_mixture(const lh_real *output, int mixtures, double bias, int rested,
                           lh_mixture *mixture);

/* The place of words first..first+count-1 on the line: left and right edge, and how high and deep
 * they go. A range without ink is empty: all 0. */
LH_API lh_box lh_written_bounds(const lh_written *written, size_t first, size_t count);
/* The ink of these words, as a line of its own: it begins at x = 0 and at time 0. Breaking a text
 * to lines by the width that the hand took is cutting it between words. NULL on failure. */
LH_API lh_ink *lh_written_words(const lh_written *written, size_t first, size_t count,
                                lh_error *error);

/* ---- writing -----------------------------------------------------------------------------------
 */

/* Can a model of this alphabet write the code point? Yes if it is of the alphabet, and if it is
 * made of a character of it: letters with accents (the pen sets the accent when the word is done),
 * and signs such as $ % = @ & (the pen draws them where the network has written a hyphen). */
LH_API bool lh_can_write(const lh_alphabet *alphabet, uint32_t codepoint);

typedef struct lh_writer lh_writer;

/* A writer of a synthesis model, in a style or, if NULL, in a hand that each text finds for itself.
 * The model must outlive the writer; the style is followed here, once, and not needed after. A
 * character of the style's text that the model cannot write (lh_can_write) is LH_ERROR_ARGUMENT. */
LH_API lh_writer *lh_writer_new(const lh_model *model, const lh_style *style, lh_error *error);
/* A writer in a hand that was learnt, and that begins as no ink does: each text, or
 * lh_writer_find_hand, finds what is left open. The hand is not needed after. */
LH_API lh_writer *lh_writer_in_hand(const lh_model *model, const lh_hand *hand, lh_error *error);
LH_API void lh_writer_free(lh_writer *writer);

/* Without a style each text finds a hand of its own; this gives the writer one for all that it
 * writes later: that in which it would write the first words of `text` as text `index`. Nothing of
 * it shows. A writer in a style, or that has found a hand, changes it. Not while others write. */
LH_API lh_status lh_writer_find_hand(lh_writer *writer, const lh_write_options *options,
                                     const char *text, uint64_t index, lh_error *error);

/* A text among others, with a writer and options of its own. */
typedef struct lh_text {
    const char *text;
    const lh_writer *writer;         /* of one model in all texts */
    const lh_write_options *options; /* rows and threads of the first text hold for all */
    uint64_t index;                  /* with the seed it names the random streams */
} lh_text;

/* Writes one text; the same as lh_write_texts with one. NULL on failure; free with lh_written_free.
 * Empty or blank text is LH_ERROR_ARGUMENT. A word of which no try pleases the guard does not make
 * it fail: it is counted and marked flawed. A network that draws numbers that are none, or nothing
 * at all of the text's beginning, is LH_ERROR_NUMERIC, which names the model's file. */
LH_API lh_written *lh_write_text(const lh_writer *writer, const lh_write_options *options,
                                 const char *text, lh_error *error);

/* Writes `count` texts in step; text i draws from random streams of (seed, first + i), so that text
 * 57 is the same alone and among others. `written` [count] is filled on success only; the caller
 * frees each. */
LH_API lh_status lh_write_texts(const lh_writer *writer, const lh_write_options *options,
                                const char *const *texts, size_t count, uint64_t first,
                                lh_written **written, lh_error *error);

/* Writes texts that differ in more than their words, in step; each comes out as lh_write_texts
 * makes it. `written` [count] as there. */
LH_API lh_status lh_write_each(const lh_text *texts, size_t count, lh_written **written,
                               lh_error *error);

/* Checks a text without writing it: LH_ERROR_ARGUMENT names the first character that the writer's
 * model cannot write, its place, and its alphabet. */
LH_API lh_status lh_writer_check(const lh_writer *writer, const char *text, lh_error *error);

/* ---- handwriting of no text --------------------------------------------------------------------
 */

/* Lets a prediction network draw `points` points freely (section 4), after the ink `prime` if that
 * is not NULL; the primer is not part of what comes out, which then begins where the pen stood: at
 * (0, 0) with the first offset. NULL on failure. Options used: bias, seed, keep, raw. */
LH_API lh_written *lh_sample(const lh_model *model, const lh_ink *prime,
                             const lh_write_options *options, size_t points, uint64_t index,
                             lh_error *error);

/* Goes on in `count` different ways from ink that somebody began (whiteboard units, cleaned): what
 * could come next. A prediction network draws `points` points of each; a synthesis network writes
 * on in `text`, which says what is there and what comes, until its end or for so many points, and
 * without marks (lh_can_write). The points start from where the pen stood, at (0, 0), with the
 * first offset. `written` [count] is filled on success only; the caller frees each. Options used:
 * bias, seed, keep. No ink, or no text for a synthesis network, is LH_ERROR_ARGUMENT. */
LH_API lh_status lh_complete(const lh_model *model, const lh_ink *ink, const char *text,
                             const lh_write_options *options, size_t points, size_t count,
                             lh_written **written, lh_error *error);

/* Lets a network follow ink that somebody else wrote (whiteboard units, cleaned), and keeps what it
 * does at each point, as of ink that it writes itself: the points are those of the ink, and a
 * point's component is the one under which the offset to it is likeliest. A synthesis network is
 * given the text, which says what is there and may say more; a prediction network none. The line
 * has no words. NULL on failure: no ink, ink that jumps as no pen does, and no text for a synthesis
 * network are LH_ERROR_ARGUMENT. Options used: bias, keep. Free with lh_written_free. */
LH_API lh_written *lh_observe(const lh_model *model, const lh_ink *ink, const char *text,
                              const lh_write_options *options, lh_error *error);

/* ---- a pen to watch ----------------------------------------------------------------------------
 */

/* Writes a text that may still grow, piece by piece, while somebody watches: what a window draws.
 * A piece takes far less time to compute than a hand takes to write it, so the window draws from
 * the ink at the pace of a hand and asks for the next piece when it runs low. Points are levelled,
 * placed and timed for good; only lh_pen_truncate takes any away. */
typedef struct lh_pen lh_pen;

/* The writer must outlive the pen. `index` numbers the text, as in lh_write_texts: a text that is
 * appended whole gives the same ink as there. */
LH_API lh_pen *lh_pen_new(const lh_writer *writer, const lh_write_options *options, uint64_t index,
                          lh_error *error);
LH_API void lh_pen_free(lh_pen *pen);
/* Adds to the text. An unknown character is refused as by lh_writer_check, and nothing is added. A
 * word that had been written and grows by this is taken back, as by lh_pen_truncate. */
LH_API lh_status lh_pen_append(lh_pen *pen, const char *text, lh_error *error);
/* Makes `text` the pen's: what both begin with stays, words that no longer stand are taken back. A
 * text with an unknown character is refused, and nothing changes. */
LH_API lh_status lh_pen_set_text(lh_pen *pen, const char *text, lh_error *error);
/* Says that the last word is whole: without that, a word is written once a blank follows it. Holds
 * until more is appended. */
LH_API void lh_pen_finish(lh_pen *pen);
/* From the next piece on, words are read over by this reader, or with NULL are not, whatever the
 * options said: the first ink of all comes sooner if it is not. */
LH_API void lh_pen_proofread(lh_pen *pen, const lh_reader *reader);
/* Writes the next piece of text, some 30 characters; does nothing when all whole words are written.
 */
LH_API lh_status lh_pen_write(lh_pen *pen, lh_error *error);
/* True when lh_pen_write would write something. */
LH_API bool lh_pen_behind(const lh_pen *pen);
/* Takes back the text from code point `character` of the text on, and the ink of every word from
 * the one that holds it on; what is left in lh_pen_written still stands. */
LH_API lh_status lh_pen_truncate(lh_pen *pen, size_t character, lh_error *error);
/* Drops the trace of all points so far and what LH_KEEP_... kept of them, so that the memory of a
 * pen that writes for hours holds little but ink. */
LH_API void lh_pen_forget(lh_pen *pen);
/* All that was written so far; owned by the pen, valid until its next call. Its text is what has
 * been written, lh_pen_text what has been appended and not taken back, with single blanks. */
LH_API const lh_written *lh_pen_written(const lh_pen *pen);
LH_API const char *lh_pen_text(const lh_pen *pen);

#ifdef __cplusplus
}
#endif
#endif
