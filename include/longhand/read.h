/* Longhand, read: ink to text, and how sure.
 *
 * A reader is a network that goes through the features of a line (lh_features_of) both ways and
 * tells at each step which character it has seen, if any; connectionist temporal classification
 * (Graves et al. 2006) says how probable a text is, and a beam search finds the most probable one
 * (Hannun et al. 2014). Ink of any size, place and unit is read, as long as it is one line of
 * writing from left to right; y is down. */
#ifndef LONGHAND_READ_H
#define LONGHAND_READ_H

#include <longhand/ink.h>
#include <longhand/nn.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A network that reads. Several threads may use one. */
typedef struct lh_reader lh_reader;

/* Reads a model file whose head is ctc; another is LH_ERROR_FORMAT. NULL on failure. */
LH_API lh_reader *lh_reader_load(const char *path, lh_error *error);
LH_API void lh_reader_free(lh_reader *reader);
/* The model, as long as the reader. */
LH_API const lh_model *lh_reader_model(const lh_reader *reader);

/* A language as character n-grams (Witten and Bell 1991): how probable a character is behind those
 * before it. Several threads may use one that is no longer learning. */
typedef struct lh_language lh_language;

enum { LH_LANGUAGE_ORDER_MAX = 10 };

/* One that has not learnt anything; `order` from 1 to LH_LANGUAGE_ORDER_MAX characters are seen at
 * once. NULL on failure; the caller frees. */
LH_API lh_language *lh_language_new(int order, lh_error *error);
LH_API void lh_language_free(lh_language *language);
/* Learns from a line of text, UTF-8; its first characters have none before them. */
LH_API lh_status lh_language_learn(lh_language *language, const char *line, lh_error *error);
/* ln p(codepoint | history [count]), the last of the history last; what was never met is not
 * impossible. */
LH_API double lh_language_log_probability(const lh_language *language, const uint32_t *history,
                                          size_t count, uint32_t codepoint);

/* How to read. */
typedef struct lh_read_options {
    int beam;                    /* texts that are followed at once, 1 to 1000; more finds a better
                                  * one now and then, and takes longer */
    const lh_baseline *baseline; /* where the line stands, and how high its small letters are; NULL:
                                  * found in the ink, which of a word or less is a guess */
    const lh_language *language; /* may be NULL. To a text's ln p are then added, for each
                                  * character, language_weight ln p(character | those before) +
                                  * character_bonus, when the best is looked for (Hannun 2014) */
    double language_weight, character_bonus;
} lh_read_options;

/* A beam of 12, the baseline found, no language; its weight would be 0.5, the bonus 1. */
LH_API extern const lh_read_options lh_read_defaults;

/* A character that was read. */
typedef struct lh_read_character {
    uint32_t codepoint;
    size_t from, to;    /* readings of the ink, `to` among them, that it is mostly made of */
    double probability; /* that it is this one, and that there is one, if all others are right */
} lh_read_character;

typedef struct lh_reading {
    char *text; /* owned, UTF-8, may be empty; with a language the best by both */
    lh_read_character *character;
    size_t count;
    double log_probability;      /* ln p(text | ink) */
    char *next;                  /* owned; the next best text; NULL when none was found */
    double next_log_probability; /* of it; -infinity without one */
} lh_reading;

/* Reads a line. Ink without points is the empty text. An i without a dot is read as an i: people
 * leave it out. NULL on failure; the caller frees. */
LH_API lh_reading *lh_read(const lh_reader *reader, const lh_ink *ink,
                           const lh_read_options *options, lh_error *error);
LH_API void lh_reading_free(lh_reading *reading);

/* ln p(text | ink); -infinity of a text that has a character which the reader does not know, or
 * that the ink has too few steps for. Here an i is one with a dot, and U+0131 one without, as far as
 * the reader tells them apart. */
LH_API lh_status lh_read_score(const lh_reader *reader, const lh_ink *ink, const char *text,
                               const lh_read_options *options, double *log_probability,
                               lh_error *error);

/* ---- hands -------------------------------------------------------------------------------------
 */

/* How many numbers describe a hand: cells of the reader's last layer, in both directions. */
LH_API size_t lh_reader_hand_size(const lh_reader *reader);
/* What a hand looks like to the reader: the mean over the line of its last layer's cells, into
 * `hand` [lh_reader_hand_size]. Lines of one person lie near each other, measured by how lines of
 * people vary, whatever they say. `baseline` as in lh_read_options. Ink without points is
 * LH_ERROR_ARGUMENT. */
LH_API lh_status lh_reader_hand(const lh_reader *reader, const lh_ink *ink,
                                const lh_baseline *baseline, lh_real *hand, lh_error *error);

#ifdef __cplusplus
}
#endif
#endif
