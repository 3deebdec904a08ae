/* Learns from recordings how much ink a character takes, and prints it as the table in
 * src/write/pace.c:
 *
 *     pace CORPUS
 *
 * A line of n points holds so many of each character; the hand that wrote it is faster or slower
 * by a factor that differs from line to line. So n is taken as Poisson with the mean
 * sum_c count(c) points(c), whose likelihood is climbed by expectation-maximisation: each
 * character takes its share of the line's points (Richardson, J. Opt. Soc. Am. 62, 1972). Rare
 * characters are drawn towards the mean, as if they had been seen some times more with that. No
 * network is asked. */
#include <longhand/corpus.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CHARACTERS = 128, ROUNDS = 400, PRIOR = 20, COLUMNS = 8 };
static const double prior_points = 20;

typedef struct line {
    double points;
    unsigned short count[CHARACTERS];
} line;

static bool count_characters(const char *text, line *l)
{
    for (uint32_t c; (c = lh_utf8_next(&text)) != 0;) {
        if (c >= CHARACTERS)
            return false;
        l->count[c]++;
    }
    return true;
}

static size_t read_lines(const lh_corpus *corpus, line *lines)
{
    size_t count = 0;
    for (size_t i = 0; i < lh_corpus_count(corpus); i++) {
        lh_corpus_line from = lh_corpus_get(corpus, i);
        lines[count] = (line){.points = (double)from.count};
        count += from.text && count_characters(from.text, &lines[count]);
    }
    return count;
}

static double expected(const line *l, const double points[CHARACTERS])
{
    double sum = 0;
    for (int c = 0; c < CHARACTERS; c++)
        sum += l->count[c] * points[c];
    return sum;
}

static void learn(const line *lines, size_t count, double points[CHARACTERS])
{
    for (int c = 0; c < CHARACTERS; c++)
        points[c] = prior_points;
    for (int round = 0; round < ROUNDS; round++) {
        double share[CHARACTERS], seen[CHARACTERS];
        for (int c = 0; c < CHARACTERS; c++) {
            share[c] = PRIOR * prior_points;
            seen[c] = PRIOR;
        }
        for (size_t i = 0; i < count; i++) {
            double ratio = lines[i].points / expected(&lines[i], points);
            for (int c = 0; c < CHARACTERS; c++) {
                share[c] += lines[i].count[c] * points[c] * ratio;
                seen[c] += lines[i].count[c];
            }
        }
        for (int c = 0; c < CHARACTERS; c++)
            points[c] = share[c] / seen[c];
    }
}

static void print_table(const line *lines, size_t count, const double points[CHARACTERS])
{
    double sum = 0, squares = 0;
    for (size_t i = 0; i < count; i++) {
        double off = log(lines[i].points / expected(&lines[i], points));
        sum += off;
        squares += off * off;
    }
    double mean = sum / (double)count;
    printf(
        "/* From %zu lines of text; a line takes %.2f times that, give or take a factor of %.2f. "
        "*/\n",
        count, exp(mean), exp(sqrt(squares / (double)count - mean * mean)));
    int column = 0;
    for (int c = ' '; c < CHARACTERS - 1; c++) {
        bool found = false;
        for (size_t i = 0; i < count && !found; i++)
            found = lines[i].count[c] > 0;
        if (found)
            printf("[%s%c%s] = %.0f,%s", c == '\'' || c == '\\' ? "'\\" : "'", c, "'", points[c],
                   ++column % COLUMNS ? " " : "\n");
    }
    printf("\n");
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fputs("usage: pace CORPUS\n", stderr);
        return 2;
    }
    lh_error error;
    lh_corpus *corpus = lh_corpus_open(argv[1], &error);
    line *lines = corpus ? calloc(lh_corpus_count(corpus) + 1, sizeof *lines) : NULL;
    if (!lines) {
        fprintf(stderr, "pace: %s\n", corpus ? "out of memory" : error.message);
        lh_corpus_free(corpus);
        return 1;
    }
    double points[CHARACTERS];
    size_t count = read_lines(corpus, lines);
    learn(lines, count, points);
    print_table(lines, count, points);
    free(lines);
    lh_corpus_free(corpus);
    return 0;
}
