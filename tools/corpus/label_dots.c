/* Training lines whose texts tell which i have their dots:
 *
 *     label-dots --reader MODEL --corpus CORPUS -o FOLDER [--splits NAMES] [--undot 0]
 *                [--seed 1] [--name dots]
 *
 * People leave dots out and mean an i. A network that learnt to write from such lines leaves them
 * out as well, and one that learnt to read takes every i without one for an i, so that nobody
 * dots what Longhand wrote. Here each line of the splits (those that the paper trains on) is told
 * as it is: an i whose dot is not there becomes U+0131, the i that has none (a j stays one). From
 * --undot more lines every other dot is taken away.
 *
 * FOLDER becomes one in the layout of IAM-OnDB with its trainset.txt, whose forms are dots-00001z
 * and so on, to be prepared without the lines that it replaces: longhand prepare FOLDER -o CORPUS.
 * What it holds are recordings, to which IAM-OnDB's conditions apply. */
#include <longhand/longhand.h>

#include "../given.h"
#include "corpus/iam_name.h"
#include "dots.h"
#include "forms.h"

#include <stdlib.h>
#include <string.h>

static const char usage[] = "usage: label-dots --reader MODEL --corpus CORPUS -o FOLDER "
                            "[--splits NAMES] [--undot 0] [--seed 1] [--name dots]\n";

typedef struct labeller {
    const char *reader_path, *corpus_path, *folder, *name;
    unsigned splits;
    size_t undot;
    uint64_t seed;
    lh_reader *reader;
    lh_rng rng;
    const char *last;        /* line that was added; the corpus's */
    size_t lines, changed;   /* written; with an i that has no dot */
    size_t letters, dotless; /* i and j; those without a dot */
} labeller;

/* The text with an i that has no dot for each i of `dots` without a stroke; NULL: no memory. */
static char *label(const char *text, const dot *dots, size_t count)
{
    char *labelled = malloc(2 * strlen(text) + 1), *end = labelled;
    if (!labelled)
        return NULL;
    for (size_t u = 0, k = 0; *text; u++) {
        const char *next = text;
        const uint32_t c = lh_utf8_next(&next);
        const dot *own = k < count && dots[k].character == u ? &dots[k++] : NULL;
        end += lh_utf8_encode(own && own->first == own->end && c == 'i' ? 0x131 : c, end);
        text = next;
    }
    *end = '\0';
    return labelled;
}

/* The line's ink without the strokes of dots that `go`, which lose them; NULL: no memory. */
static lh_ink *without(const lh_corpus_line *line, dot *dots, const bool *go, size_t count,
                       lh_error *error)
{
    lh_ink *left = lh_ink_new(error);
    for (size_t i = 0; left && i < line->count; i++) {
        bool goes = false;
        for (size_t k = 0; k < count; k++)
            goes |= go[k] && i >= dots[k].first && i < dots[k].end;
        if (!goes && lh_ink_add(left, line->points[i], error) != LH_OK) {
            lh_ink_free(left);
            return NULL;
        }
    }
    for (size_t k = 0; k < count; k++)
        dots[k].end = go[k] ? dots[k].first : dots[k].end;
    return left;
}

/* Lines of a form stay together. */
static lh_status add_line(labeller *l, const lh_corpus_line *line, const dot *dots, size_t count,
                          const lh_ink *ink, forms *to, lh_error *error)
{
    char *text = label(line->text, dots, count);
    if (!text)
        return lh_fail(error, LH_ERROR_MEMORY, "out of memory");
    l->changed += strcmp(text, line->text) != 0;
    const bool same = l->last && iam_same_form(l->last, line->name);
    const lh_status status = (same ? forms_add_line : forms_add)(to, ink, text, error);
    l->last = line->name;
    l->lines++;
    free(text);
    return status;
}

/* The line once more, with every other dot of an i taken away. */
static lh_status undot(labeller *l, const lh_corpus_line *line, dot *dots, size_t count, forms *to,
                       lh_error *error)
{
    bool *go = calloc(count + 1, sizeof *go), any = false;
    if (!go)
        return lh_fail(error, LH_ERROR_MEMORY, "out of memory");
    for (size_t k = 0; k < count; k++) {
        go[k] = dots[k].first < dots[k].end && lh_rng_below(&l->rng, 2);
        any |= go[k];
    }
    lh_ink *ink = any ? without(line, dots, go, count, error) : NULL;
    const lh_status status = ink   ? add_line(l, line, dots, count, ink, to, error)
                             : any ? error->status
                                   : LH_OK;
    l->undot -= ink && status == LH_OK;
    lh_ink_free(ink);
    free(go);
    return status;
}

/* A line whose text does not fit stays out. */
static lh_status label_line(labeller *l, const lh_corpus_line *line, size_t left, forms *to,
                            lh_error *error)
{
    const lh_ink ink = {(lh_point *)line->points, line->count, 0};
    aligned read;
    dot *dots = NULL;
    size_t count = 0;
    lh_status status = align_read(l->reader, line, &read, error);
    if (status == LH_ERROR_ARGUMENT)
        return LH_OK;
    if (status == LH_OK)
        status = dots_find(&read, &dots, &count, error);
    for (size_t k = 0; k < count; k++)
        l->dotless += dots[k].first == dots[k].end;
    l->letters += count;
    if (status == LH_OK)
        status = add_line(l, line, dots, count, &ink, to, error);
    /* So many of those that are left that they come from all over the corpus. */
    if (status == LH_OK && count > 0 && lh_rng_below(&l->rng, left) < l->undot)
        status = undot(l, line, dots, count, to, error);
    align_clear(&read);
    free(dots);
    return status;
}

static lh_status label_all(labeller *l, lh_error *error)
{
    forms to;
    lh_status status = forms_begin(&to, l->folder, l->name, error);
    lh_corpus *corpus = lh_corpus_open(l->corpus_path, error);
    const size_t all = corpus ? lh_corpus_count(corpus) : 0;
    if (status == LH_OK && !corpus)
        status = error->status;
    for (size_t i = 0; i < all && status == LH_OK; i++) {
        const lh_corpus_line line = lh_corpus_get(corpus, i);
        if (line.text && 1u << line.split & l->splits)
            status = label_line(l, &line, all - i, &to, error);
    }
    status = forms_end(&to, status, error);
    if (status == LH_OK)
        printf("%zu lines, %zu with an i that has no dot; of %zu i and j %zu have none\n", l->lines,
               l->changed, l->letters, l->dotless);
    lh_corpus_free(corpus);
    return status;
}

static bool read_options(labeller *l, int argc, char **argv)
{
    const char *splits = NULL;
    const given_option options[] = {
        {"--corpus", GIVEN_TEXT, &l->corpus_path},
        {"--reader", GIVEN_TEXT, &l->reader_path},
        {"--name", GIVEN_TEXT, &l->name},
        {"--undot", GIVEN_COUNT, &l->undot},
        {"--seed", GIVEN_SEED, &l->seed},
        {"--splits", GIVEN_TEXT, &splits},
        {"-o", GIVEN_TEXT, &l->folder},
    };
    int files;
    return given_read(options, sizeof options / sizeof *options, argc, argv, &files) &&
           files == 0 && l->reader_path && l->corpus_path && l->folder && l->undot < 100000 &&
           (!splits || lh_split_parse(splits, &l->splits, NULL) == LH_OK);
}

int main(int argc, char **argv)
{
    labeller l = {.seed = 1, .name = "dots", .splits = LH_SPLITS_PAPER_TRAINING};
    if (!read_options(&l, argc, argv)) {
        fputs(usage, stderr);
        return 2;
    }
    lh_error error = {0};
    lh_rng_seed(&l.rng, l.seed, 2);
    l.reader = lh_reader_load(l.reader_path, &error);
    const lh_status status = l.reader ? label_all(&l, &error) : error.status;
    if (status != LH_OK)
        fprintf(stderr, "label-dots: %s\n", error.message);
    lh_reader_free(l.reader);
    return status == LH_OK ? 0 : 1;
}
