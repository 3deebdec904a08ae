/* Training lines for a network that writes, written by itself:
 *
 *     sample-texts --model MODEL --reader MODEL --corpus CORPUS -o FOLDER [--lines 4000] [--seed 1]
 *                  [--bias 0.5] [--marks]
 *
 * Numbers, codes, names, lists and capitals (text_maker.h), in the hands of the corpus' training
 * lines. A word is tried a few times; kept are the lines in which the reader is sure of every word,
 * and of the line. What a network learns from what it wrote well is to write so more often
 * (rejection sampling).
 *
 * With --marks they are for a network that reads: words with accents, and signs, which the pen
 * draws behind the word and which no recording has. Kept are whole lines, by what the reader reads
 * in their letters before the marks come: it need not know these.
 *
 * FOLDER becomes one in the layout of IAM-OnDB with its trainset.txt, to be prepared together with
 * the recordings: longhand prepare IAM FOLDER -o CORPUS. */
#include <longhand/longhand.h>

#include "../given.h"
#include "forms.h"
#include "text_maker.h"
#include "write/composed.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Hands that are written in at a time, and texts in each. */
enum { HANDS = 16, TEXTS = 8, AT_ONCE = HANDS * TEXTS };
/* Characters of a line that gives a hand. */
enum { STYLE_LEAST = 12, STYLE_MOST = 50 };

/* What is kept has so many characters. */
enum { KEPT_LEAST = 3 };

/* How probable words that are kept must be to the reader, and all of them together. */
static const double word_read = 0.5, line_read = 0.3;

static const char usage[] = "usage: sample-texts --model MODEL --reader MODEL --corpus CORPUS "
                            "-o FOLDER [--lines 4000] [--seed 1] [--bias 0.5] [--marks]\n";

typedef struct sampler {
    const char *model_path, *reader_path, *corpus_path, *folder;
    size_t lines;
    bool marks;
    char (*sign)[5]; /* [signs] what the pen draws; NULL: texts are without */
    size_t signs;
    lh_write_options options;
    lh_model *model;
    lh_reader *reader;
    lh_corpus *corpus;
    lh_rng rng;
    size_t begun, tried, words, retried;
} sampler;

static bool is_of_training(const lh_corpus_line *line)
{
    return line->text && 1u << line->split & LH_SPLITS_PAPER_TRAINING;
}

/* Else choosing one would never end. */
static bool has_training(const lh_corpus *corpus)
{
    bool any = false;
    for (size_t i = 0; i < lh_corpus_count(corpus) && !any; i++) {
        const lh_corpus_line line = lh_corpus_get(corpus, i);
        any = is_of_training(&line);
    }
    return any;
}

/* A training line, at random. */
static lh_corpus_line choose_line(const sampler *s, lh_rng *rng)
{
    for (;;) {
        const lh_corpus_line line =
            lh_corpus_get(s->corpus, lh_rng_below(rng, lh_corpus_count(s->corpus)));
        if (is_of_training(&line))
            return line;
    }
}

/* A word of any training line; valid until the next call. */
static const char *choose_word(void *user, lh_rng *rng, bool capital)
{
    static char word[64];
    const sampler *s = user;
    for (int tries = 0; tries < 50; tries++) {
        const char *text = choose_line(s, rng).text;
        const size_t length = strlen(text);
        const char *at = text + lh_rng_below(rng, length + 1);
        while (at > text && at[-1] != ' ')
            at--;
        const size_t letters = strspn(at + 1 * (isupper((unsigned char)*at) != 0),
                                      "abcdefghijklmnopqrstuvwxyz"),
                     all = letters + (isupper((unsigned char)*at) != 0);
        if (all < 2 || all >= sizeof word || capital != (all > letters))
            continue;
        snprintf(word, sizeof word, "%.*s", (int)all, at);
        return word;
    }
    return NULL;
}

static lh_writer *new_hand(sampler *s, lh_error *error)
{
    for (int tries = 0; tries < 100; tries++) {
        const lh_corpus_line line = choose_line(s, &s->rng);
        const size_t length = strlen(line.text);
        if (length < STYLE_LEAST || length > STYLE_MOST || strchr(line.text, '#'))
            continue;
        const lh_ink ink = {(lh_point *)line.points, line.count, 0};
        lh_style *style = lh_style_new(line.name, &ink, line.text, error);
        lh_writer *writer = style ? lh_writer_new(s->model, style, error) : NULL;
        lh_style_free(style);
        if (writer)
            return writer;
    }
    return NULL;
}

static bool can_be_written(const sampler *s, uint32_t code)
{
    return s->sign ? lh_can_write(&s->model->alphabet, code)
                   : lh_alphabet_index(&s->model->alphabet, code) >= 0;
}

/* A text that the model can write and the reader read. */
static void choose_text(const sampler *s, lh_rng *rng, char text[MADE_TEXT])
{
    const text_maker maker = {choose_word, NULL, (void *)s, s->sign, s->signs};
    for (bool fits = false; !fits;) {
        (s->sign ? text_make_marked : text_make)(&maker, rng, text);
        fits = true;
        for (const char *at = text; *at && fits;) {
            const uint32_t code = lh_utf8_next(&at);
            fits = can_be_written(s, code) &&
                   lh_alphabet_index(&lh_reader_model(s->reader)->alphabet, code) >= 0;
        }
    }
}

static bool is_sure(const lh_word *word)
{
    return !word->flawed && word->points > 0 && word->log_reading > log(word_read);
}

/* The longest run of words that the reader is sure of: the first, and how many. */
static size_t longest_run(const lh_written *written, size_t *first)
{
    size_t longest = 0, run = 0;
    for (size_t i = 0; i < written->words; i++) {
        run = is_sure(&written->word[i]) ? run + 1 : 0;
        if (run <= longest)
            continue;
        longest = run;
        *first = i + 1 - run;
    }
    return longest;
}

static void count_words(sampler *s, const lh_written *written)
{
    s->tried++;
    s->words += written->words;
    s->retried += (size_t)written->report.retried;
}

static lh_status keep(sampler *s, const lh_written *written, forms *to, lh_error *error)
{
    size_t first = 0;
    const size_t count = longest_run(written, &first);
    count_words(s, written);
    if (count == 0)
        return LH_OK;
    const lh_word *begin = &written->word[first], *end = begin + count - 1;
    char *text = strndup(written->text + begin->byte, end->byte + end->bytes - begin->byte);
    lh_ink *ink = lh_written_words(written, first, count, error);
    double log_probability = 0;
    lh_status status = text && ink ? LH_OK : LH_ERROR_MEMORY;
    if (status == LH_OK)
        status = lh_read_score(s->reader, ink, text, &lh_read_defaults, &log_probability, error);
    if (status == LH_OK && strlen(text) >= KEPT_LEAST && log_probability > log(line_read))
        status = forms_add(to, ink, text, error);
    lh_ink_free(ink);
    free(text);
    return status;
}

/* Writes the texts; a hand whose text does not fit its ink gives none of them, and no failure. */
static lh_status write_each(const lh_text *texts, size_t count, lh_written **written,
                            lh_error *error)
{
    const lh_status status = count > 0 ? lh_write_each(texts, count, written, error) : LH_OK;
    return status == LH_ERROR_NUMERIC ? LH_OK : status;
}

/* Of the texts those whose letters, without the marks, are all read: to the front. */
static lh_status choose_read(const sampler *s, lh_text *texts, size_t *count, lh_error *error)
{
    char *letters[AT_ONCE] = {0};
    lh_text plain[AT_ONCE];
    lh_written *written[AT_ONCE] = {0};
    size_t kept = 0, first;
    lh_status status = LH_OK;
    for (size_t i = 0; i < *count && status == LH_OK; i++) {
        plain[i] = texts[i];
        plain[i].text = letters[i] = lh_composed_bases(texts[i].text, &s->model->alphabet, false);
        if (!letters[i])
            status = lh_fail(error, LH_ERROR_MEMORY, "out of memory");
    }
    if (status == LH_OK)
        status = write_each(plain, *count, written, error);
    for (size_t i = 0; i < *count; i++) {
        if (written[i] && longest_run(written[i], &first) == written[i]->words)
            texts[kept++] = texts[i];
        lh_written_free(written[i]);
        free(letters[i]);
    }
    *count = kept;
    return status;
}

static lh_status keep_marked(sampler *s, const lh_written *written, forms *to, lh_error *error)
{
    count_words(s, written);
    return forms_add(to, written->ink, written->text, error);
}

/* Writes some texts in some hands, and keeps what is read. */
static lh_status sample_some(sampler *s, forms *to, lh_error *error)
{
    static char text[AT_ONCE][MADE_TEXT];
    lh_text texts[AT_ONCE];
    lh_written *written[AT_ONCE] = {0};
    lh_writer *hand[HANDS] = {0};
    size_t count = AT_ONCE;
    lh_status status = LH_OK;
    for (size_t i = 0; i < HANDS && status == LH_OK; i++)
        if (!(hand[i] = new_hand(s, error)))
            status = error->status;
    for (size_t i = 0; i < AT_ONCE; i++) {
        choose_text(s, &s->rng, text[i]);
        texts[i] = (lh_text){text[i], hand[i / TEXTS], &s->options, s->begun++};
    }
    if (status == LH_OK && s->sign)
        status = choose_read(s, texts, &count, error);
    if (status == LH_OK)
        status = write_each(texts, count, written, error);
    for (size_t i = 0; i < count && written[i]; i++) {
        if (status == LH_OK && to->count < s->lines)
            status = (s->sign ? keep_marked : keep)(s, written[i], to, error);
        lh_written_free(written[i]);
    }
    for (size_t i = 0; i < HANDS; i++)
        lh_writer_free(hand[i]);
    return status;
}

static lh_status sample_all(sampler *s, lh_error *error)
{
    forms to;
    lh_status status = forms_begin(&to, s->folder, s->marks ? "mark" : "samp", error);
    while (status == LH_OK && to.count < s->lines) {
        status = sample_some(s, &to, error);
        fprintf(stderr, "\r%zu lines of %zu  ", to.count, s->tried);
    }
    fputc('\n', stderr);
    status = forms_end(&to, status, error);
    if (status == LH_OK)
        printf("%zu of %zu lines kept; %zu of %zu words at the first try\n", to.count, s->tried,
               s->words - s->retried, s->words);
    return status;
}

static bool read_options(sampler *s, int argc, char **argv)
{
    const given_option options[] = {
        {"--model", GIVEN_TEXT, &s->model_path},   {"--reader", GIVEN_TEXT, &s->reader_path},
        {"--corpus", GIVEN_TEXT, &s->corpus_path}, {"--lines", GIVEN_COUNT, &s->lines},
        {"--seed", GIVEN_SEED, &s->options.seed},  {"--bias", GIVEN_NUMBER, &s->options.bias},
        {"--marks", GIVEN_FLAG, &s->marks},        {"-o", GIVEN_TEXT, &s->folder},
    };
    int files;
    return given_read(options, sizeof options / sizeof *options, argc, argv, &files) &&
           files == 0 && s->model_path && s->reader_path && s->corpus_path && s->folder &&
           s->lines > 0 && s->lines < 100000;
}

int main(int argc, char **argv)
{
    sampler s = {.lines = 4000, .options = lh_write_defaults};
    s.options.tries = 3;
    s.options.bias = 0.5;
    if (!read_options(&s, argc, argv)) {
        fputs(usage, stderr);
        return 2;
    }
    lh_error error = {0};
    lh_rng_seed(&s.rng, s.options.seed, 1);
    s.model = lh_model_load(s.model_path, &error);
    s.reader = s.model ? lh_reader_load(s.reader_path, &error) : NULL;
    s.corpus = s.reader ? lh_corpus_open(s.corpus_path, &error) : NULL;
    s.options.reader = s.reader;
    if (s.corpus && s.marks && (s.sign = calloc(MADE_SIGNS, sizeof *s.sign)))
        s.signs = text_list_signs(&s.model->alphabet, &lh_reader_model(s.reader)->alphabet, s.sign);
    lh_status status = s.corpus ? LH_OK : error.status;
    if (status == LH_OK && !has_training(s.corpus))
        status =
            lh_fail(&error, LH_ERROR_FORMAT, "%s: has no training line with a text", s.corpus_path);
    if (status == LH_OK && s.marks && !s.sign)
        status = lh_fail(&error, LH_ERROR_MEMORY, "out of memory");
    if (status == LH_OK)
        status = sample_all(&s, &error);
    if (status != LH_OK)
        fprintf(stderr, "sample-texts: %s\n", error.message);
    free(s.sign);
    lh_corpus_free(s.corpus);
    lh_reader_free(s.reader);
    lh_model_free(s.model);
    return status == LH_OK ? 0 : 1;
}
