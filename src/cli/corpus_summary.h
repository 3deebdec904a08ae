/* What `longhand corpus` tells about a corpus. */
#ifndef LONGHAND_CLI_CORPUS_SUMMARY_H
#define LONGHAND_CLI_CORPUS_SUMMARY_H

#include <longhand/corpus.h>

/* Of what a line has: the smallest, the percentiles 1, 25, 50, 75 and 99, the largest. */
enum { SUMMARY_RANKS = 7 };
typedef struct summary_spread {
    double rank[SUMMARY_RANKS];
} summary_spread;

typedef struct summary {
    size_t lines, texts, points, strokes;
    size_t forms;   /* names of lines without their numbers */
    size_t writers; /* different ones that have a name */
    size_t split_lines[LH_SPLIT_COUNT], split_points[LH_SPLIT_COUNT];
    size_t characters;
    size_t occurs[LH_ALPHABET_MAX]; /* of each character of the corpus's alphabet */
    summary_spread line_points, line_characters, character_points;
    double rate; /* points a second while the pen is down */
} summary;

lh_status summary_make(const lh_corpus *corpus, summary *s, lh_error *error);
void summary_print(const lh_corpus *corpus, const summary *s, FILE *stream);
/* One JSON object, and what preparing counted under "prepared". */
lh_status summary_print_json(const lh_corpus *corpus, const summary *s, FILE *stream,
                             lh_error *error);

#endif
