/* How near hands come to people, how far apart they are, and how well they can be read:
 *
 *     hands --corpus C [--model M] [--reader R] [--how learnt|primed|real] [--splits testset_v]
 *           [--people 60] [--lines 3] [--rows 3] [--bias B] [--seed N] [--unread 0]
 *           [--page 0] [--rank N] [--steps N] [--rate X] [--save FOLDER] [--from FOLDER]
 *           [STYLE.hand...]
 *
 * For people whom no network was trained on, a hand is learnt from their first lines (or the
 * network is only primed with the first, or their own next lines are taken), it writes rows of
 * other texts, and each is compared with the person's lines that were not used, and with the lines
 * of all others (features.h). Printed are how often the person is among the five nearest, and the
 * nearest; the spread between hands (trace of the covariance of their means, less what chance
 * gives); and how many characters a reader gets wrong. With styles the same of these, as far as it
 * goes. With --page N each writes a text of N such rows without a break as well, and
 * printed is how far its last row is from its first (mean squared distance of whitened features),
 * beside two lines of a person. With --save the hands are written to a folder, and nothing else is
 * done; --from takes them from there instead of learning them again. */
#include "../given.h"
#include "features.h"

#include "base/asset.h"
#include "read/errors.h"

#include <longhand/longhand.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS_MAX = 6, STYLES_MAX = 256, PAGE_MAX = 100 };

static const char *const texts[ROWS_MAX] = {
    "The letters you sent me in March came late",
    "We should meet before the train leaves at nine",
    "Please bring bread and some apples from the shop",
    "Her garden was quiet when the rain had stopped",
    "Nobody knew why the old clock had begun to run",
    "I wonder what became of the boat we had built",
};

typedef struct job {
    const char *corpus_path, *model_path, *reader_path, *how, *splits, *save, *from;
    const char *style[STYLES_MAX];
    size_t styles;
    int lines, people, rows, unread, page;
    lh_hand_options learning;
    lh_write_options writing;
    lh_model *model;
    features f;
} job;

/* What is counted of one hand, or of all. */
typedef struct tally {
    size_t rows, near, nearest, flawed, doubtful, words;
    read_errors errors;
    double before, after; /* nats a point, summed over hands */
    double apart;         /* the last row of a page from its first, summed over `pages` */
    size_t pages;
} tally;

static void add_tally(tally *sum, const tally *t)
{
    sum->rows += t->rows;
    sum->near += t->near;
    sum->nearest += t->nearest;
    sum->flawed += t->flawed;
    sum->doubtful += t->doubtful;
    sum->words += t->words;
    sum->errors.characters += t->errors.characters;
    sum->errors.edits += t->errors.edits;
    sum->before += t->before;
    sum->after += t->after;
    sum->apart += t->apart;
    sum->pages += t->pages;
}

/* A hand's rows: their features [rows][width]. */
typedef struct rows {
    double *e;
    size_t count;
} rows;

/* ---- hands -------------------------------------------------------------------------------------
 */

/* FOLDER/NAME.hand */
static void path_of(const char *folder, const char *name, char path[1000])
{
    snprintf(path, 1000, "%.700s/%.200s.hand", folder, name);
}

static lh_style *saved(const job *j, const person *w, lh_error *error)
{
    char path[1000];
    path_of(j->from, lh_corpus_get(j->f.corpus, w->line[0]).name, path);
    return lh_style_read(path, NULL, error);
}

static lh_style *learn(const job *j, const person *w, tally *t, lh_error *error)
{
    lh_hand_line lines[LH_HAND_LINES_MAX] = {0};
    lh_hand_report report = {0};
    const size_t count = (size_t)j->lines;
    const char *name = lh_corpus_get(j->f.corpus, w->line[0]).name;
    for (size_t i = 0; i < count; i++) {
        const lh_corpus_line line = lh_corpus_get(j->f.corpus, w->line[i]);
        const lh_ink ink = features_ink(&line);
        lines[i] = (lh_hand_line){lh_ink_copy(&ink, error), strdup(line.text)};
    }
    lh_style *style = NULL;
    if (strcmp(j->how, "primed") == 0)
        style = lh_style_new(name, lines[0].ink, lines[0].text, error);
    else if (lh_hand_lines_fit(lines, count, error) == LH_OK)
        style = lh_hand_learn(name, j->model, lines, count, &j->learning, &report, error);
    t->before += report.before;
    t->after += report.after;
    for (size_t i = 0; i < count; i++) {
        lh_ink_free(lines[i].ink);
        free(lines[i].text);
    }
    return style;
}

/* ---- rows --------------------------------------------------------------------------------------
 */

static void take_row(const job *j, const lh_ink *ink, const char *text, rows *r, tally *t)
{
    lh_error error;
    features_of(&j->f, ink, r->e + r->count++ * j->f.width);
    lh_reading *reading = lh_read(j->f.reader, ink, &lh_read_defaults, &error);
    if (!reading || read_errors_add(&t->errors, text, reading->text, &error) != LH_OK)
        features_die(&error);
    lh_reading_free(reading);
    t->rows++;
}

/* Writes rows in the style; `index` chooses seed and texts. */
static void write_rows(const job *j, const lh_writer *writer, size_t index, rows *r, tally *t)
{
    lh_error error;
    const char *wanted[ROWS_MAX];
    lh_written *written[ROWS_MAX];
    lh_write_options options = j->writing;
    options.seed += index;
    for (int k = 0; k < j->rows; k++)
        wanted[k] = texts[(index + (size_t)k) % ROWS_MAX];
    if (lh_write_texts(writer, &options, wanted, (size_t)j->rows, 0, written, &error) != LH_OK) {
        fprintf(stderr, "hands: hand %zu: %s\n", index, error.message);
    } else {
        for (int k = 0; k < j->rows; k++) {
            take_row(j, written[k]->ink, wanted[k], r, t);
            t->flawed += (size_t)written[k]->report.flawed;
            t->doubtful += (size_t)written[k]->report.doubtful;
            t->words += (size_t)written[k]->report.words;
            lh_written_free(written[k]);
        }
    }
}

/* ---- does a hand hold? --------------------------------------------------------------------------
 */

/* The squared distance of two rows' features, which are whitened in their place. */
static double apart(const job *j, double *a, double *b)
{
    double sum = 0;
    features_whiten(&j->f, a);
    features_whiten(&j->f, b);
    for (size_t i = 0; i < j->f.width; i++)
        sum += (a[i] - b[i]) * (a[i] - b[i]);
    return sum;
}

static size_t words_in(const char *text)
{
    size_t count = 1;
    for (const char *c = text; *c; c++)
        count += *c == ' ';
    return count;
}

static void take_words(const job *j, const lh_written *written, size_t first, size_t count,
                       double *e)
{
    lh_error error;
    lh_ink *ink = lh_written_words(written, first, count, &error);
    if (!ink)
        features_die(&error);
    features_of(&j->f, ink, e);
    lh_ink_free(ink);
}

/* Writes a text of `page` rows in one go; compares its last row with its first. */
static void hold(const job *j, const lh_writer *writer, size_t index, tally *t)
{
    lh_error error;
    char text[10000] = "";
    for (int k = 0; k < j->page; k++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s", k > 0 ? " " : "",
                 texts[(index + (size_t)k) % ROWS_MAX]);
    lh_write_options options = j->writing;
    options.seed += index;
    lh_written *written = lh_write_text(writer, &options, text, &error);
    if (!written)
        fprintf(stderr, "hands: %s\n", error.message);
    const size_t first = words_in(texts[index % ROWS_MAX]);
    const size_t last = words_in(texts[(index + (size_t)j->page - 1) % ROWS_MAX]);
    double *e = calloc(2 * j->f.width, sizeof *e);
    if (written && written->words >= first + last) {
        take_words(j, written, 0, first, e);
        take_words(j, written, written->words - last, last, e + j->f.width);
        t->apart += apart(j, e, e + j->f.width);
        t->pages++;
    }
    free(e);
    lh_written_free(written);
}

/* The mean over people of how far their last line is from the one before. */
static double people_apart(const job *j)
{
    const size_t n = j->f.width;
    double sum = 0, *e = malloc(2 * n * sizeof *e);
    for (size_t p = 0; p < j->f.people; p++) {
        const person *w = &j->f.who[p];
        for (size_t l = 0; l < 2; l++)
            memcpy(e + l * n, j->f.line + w->line[w->lines - 1 - l] * n, n * sizeof *e);
        sum += apart(j, e, e + n) / (double)j->f.people;
    }
    free(e);
    return sum;
}

/* ---- whose is it? -------------------------------------------------------------------------------
 */

/* Counts how often person `p` is found again in the rows. The lines that were learnt are not
 * compared with; a real line is one of those that are, and is left out for itself. */
static void compare(const job *j, size_t p, const rows *r, bool real, tally *t)
{
    const size_t n = j->f.width, first = (size_t)j->lines;
    const person *w = &j->f.who[p];
    double *own = malloc(n * sizeof *own), *z = malloc(n * sizeof *z);
    for (size_t k = 0; k < r->count; k++) {
        const size_t lines = w->lines - first - (real ? 1 : 0);
        memset(own, 0, n * sizeof *own);
        for (size_t l = first; l < w->lines; l++)
            for (size_t i = 0; i < n && !(real && l == first + k); i++)
                own[i] += j->f.line[w->line[l] * n + i] / (double)lines;
        features_whiten(&j->f, own);
        memcpy(z, r->e + k * n, n * sizeof *z);
        features_whiten(&j->f, z);
        const size_t nearer = features_nearer(&j->f, z, p, own, lines);
        t->near += nearer < 5;
        t->nearest += nearer == 0;
    }
    free(own);
    free(z);
}

static void take_real_rows(const job *j, const person *w, rows *r, tally *t)
{
    for (size_t l = (size_t)j->lines; l < w->lines; l++) {
        const lh_corpus_line line = lh_corpus_get(j->f.corpus, w->line[l]);
        const lh_ink ink = features_ink(&line);
        take_row(j, &ink, line.text, r, t);
    }
}

static void save(const job *j, const lh_style *style)
{
    lh_error error;
    char path[1000];
    path_of(j->save, style->name, path);
    if (lh_style_save(style, path, &error) != LH_OK)
        features_die(&error);
}

/* Rows in the style, and a page if one is asked for. */
static void write_in(const job *j, const lh_style *style, size_t k, rows *r, tally *t)
{
    lh_error error;
    lh_writer *writer = lh_writer_new(j->model, style, &error);
    if (!writer) {
        fprintf(stderr, "hands: %s: %s\n", style->name, error.message);
        return;
    }
    write_rows(j, writer, k, r, t);
    if (j->page > 1)
        hold(j, writer, k, t);
    lh_writer_free(writer);
}

/* Hand `k` of so many: a person's, or a style's. */
static void measure(const job *j, size_t k, size_t count, rows *r, tally *t)
{
    lh_error error;
    const size_t p = k * j->f.people / count;
    const bool real = j->styles == 0 && strcmp(j->how, "real") == 0;
    lh_style *style = NULL;
    r->e = calloc((size_t)(LINES_OF + ROWS_MAX) * j->f.width, sizeof *r->e);
    if (real) {
        take_real_rows(j, &j->f.who[p], r, t);
    } else if (!(style = j->styles > 0 ? lh_style_read(j->style[k], NULL, &error)
                         : j->from     ? saved(j, &j->f.who[p], &error)
                                       : learn(j, &j->f.who[p], t, &error))) {
        fprintf(stderr, "hands: %s\n", error.message);
        return;
    }
    if (style && j->save)
        save(j, style);
    else if (style)
        write_in(j, style, k, r, t);
    if (j->styles == 0)
        compare(j, p, r, real, t);
    lh_style_free(style);
}

/* Trace of the covariance of the hands' means, less the mean covariance within a hand over its
 * rows. */
static double spread_of(const rows *r, size_t hands, size_t n)
{
    double *all = calloc(n, sizeof *all), *own = calloc(hands * n, sizeof *own);
    double between = 0, within = 0, counted = 0;
    for (size_t k = 0; k < hands; k++)
        counted += r[k].count > 1;
    for (size_t k = 0; k < hands; k++) {
        const double lines = (double)r[k].count;
        for (size_t l = 0; l < r[k].count && r[k].count > 1; l++)
            for (size_t i = 0; i < n; i++) {
                own[k * n + i] += r[k].e[l * n + i] / lines;
                all[i] += r[k].e[l * n + i] / lines / counted;
            }
        for (size_t l = 0; l < r[k].count && r[k].count > 1; l++)
            for (size_t i = 0; i < n; i++)
                within +=
                    pow(r[k].e[l * n + i] - own[k * n + i], 2) / (lines - 1) / lines / counted;
    }
    for (size_t k = 0; k < hands; k++)
        for (size_t i = 0; i < n && r[k].count > 1; i++)
            between += pow(own[k * n + i] - all[i], 2) / (counted - 1);
    free(all);
    free(own);
    return between - within;
}

static void measure_all(const job *j)
{
    const size_t wanted = j->styles > 0 ? j->styles : (size_t)j->people;
    const size_t count = j->styles > 0 || wanted < j->f.people ? wanted : j->f.people;
    rows *r = calloc(count, sizeof *r);
    tally sum = {0};
#pragma omp parallel for schedule(dynamic)
    for (size_t k = 0; k < count; k++) {
        tally t = {0};
        measure(j, k, count, &r[k], &t);
#pragma omp critical
        add_tally(&sum, &t);
    }
    if (!j->save)
        printf("%zu hands, %zu rows, %zu people to tell apart\n"
               "among the five nearest %.2f, nearest %.2f; spread %.3f\n"
               "characters read wrong %.3f; words flawed %zu, doubtful %zu of %zu\n"
               "nats a point before %.3f, after %.3f\n",
               count, sum.rows, j->f.people, (double)sum.near / (double)sum.rows,
               (double)sum.nearest / (double)sum.rows, spread_of(r, count, j->f.width),
               (double)sum.errors.edits / (double)sum.errors.characters, sum.flawed, sum.doubtful,
               sum.words, sum.before / (double)count, sum.after / (double)count);
    if (sum.pages > 0)
        printf("last row from the first of %d: %.1f; two lines of a person: %.1f\n", j->page,
               sum.apart / (double)sum.pages, people_apart(j));
    for (size_t k = 0; k < count; k++)
        free(r[k].e);
    free(r);
}

/* ---- arguments ---------------------------------------------------------------------------------
 */

static bool read_options(job *j, int argc, char **argv)
{
    const given_option options[] = {
        {"--corpus", GIVEN_TEXT, &j->corpus_path},
        {"--model", GIVEN_TEXT, &j->model_path},
        {"--reader", GIVEN_TEXT, &j->reader_path},
        {"--how", GIVEN_TEXT, &j->how},
        {"--splits", GIVEN_TEXT, &j->splits},
        {"--save", GIVEN_TEXT, &j->save},
        {"--from", GIVEN_TEXT, &j->from},
        {"--people", GIVEN_INT, &j->people},
        {"--lines", GIVEN_INT, &j->lines},
        {"--rows", GIVEN_INT, &j->rows},
        {"--unread", GIVEN_INT, &j->unread},
        {"--page", GIVEN_INT, &j->page},
        {"--rank", GIVEN_INT, &j->learning.rank},
        {"--steps", GIVEN_INT, &j->learning.steps},
        {"--rate", GIVEN_NUMBER, &j->learning.rate},
        {"--bias", GIVEN_NUMBER, &j->writing.bias},
        {"--seed", GIVEN_SEED, &j->writing.seed},
    };
    int files = 0;
    const bool right = given_read(options, sizeof options / sizeof *options, argc, argv, &files);
    for (int i = 0; i < files && i < STYLES_MAX; i++)
        j->style[j->styles++] = argv[1 + i];
    const bool known = strcmp(j->how, "learnt") == 0 || strcmp(j->how, "primed") == 0 ||
                       strcmp(j->how, "real") == 0;
    return right && known && files <= STYLES_MAX && j->corpus_path && j->lines >= 1 &&
           j->lines < LINES_LEAST - 1 && j->rows >= 1 && j->rows <= ROWS_MAX && j->people >= 1 &&
           j->page <= PAGE_MAX;
}

static void load(job *j)
{
    lh_error error;
    unsigned splits = 0;
    char *model = lh_asset_find("longhand.safetensors", LONGHAND_SOURCE "/assets"),
         *reader_path = lh_asset_find("reader.safetensors", LONGHAND_SOURCE "/assets");
    lh_corpus *corpus = lh_corpus_open(j->corpus_path, &error);
    if (!corpus || lh_split_parse(j->splits, &splits, &error) != LH_OK ||
        !(j->model = lh_model_load(j->model_path ? j->model_path : model, &error)))
        features_die(&error);
    lh_reader *reader = lh_reader_load(j->reader_path ? j->reader_path : reader_path, &error);
    if (!reader)
        features_die(&error);
    j->writing.reader = j->unread ? NULL : reader;
    features_find(&j->f, corpus, splits, reader);
    free(model);
    free(reader_path);
}

int main(int argc, char **argv)
{
    static job j;
    j = (job){.how = "learnt",
              .splits = "testset_v",
              .lines = 3,
              .people = 60,
              .rows = 3,
              .learning = lh_hand_defaults,
              .writing = lh_write_defaults};
    j.learning.threads = j.writing.threads = 1;
    if (!read_options(&j, argc, argv)) {
        fputs("usage: hands --corpus C [OPTION VALUE...] [STYLE.hand...]; the options stand at the "
              "top of its source\n",
              stderr);
        return 2;
    }
    load(&j);
    measure_all(&j);
    features_free(&j.f);
    return 0;
}
