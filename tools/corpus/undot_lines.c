/* Training lines for a network that reads, in which some i have lost their dots:
 *
 *     undot-lines --corpus CORPUS -o FOLDER [--lines 1500] [--seed 1]
 *
 * People leave dots out and mean an i, and a network that has read them takes every i without one
 * for an i, so that nobody dots those that Longhand wrote. Here the dots of recorded training lines
 * are found, some are taken away, and their letters become U+0131, the i that has none. In which
 * lines which stroke is the dot of which letter is known where there are as many small high strokes
 * as letters with a dot, and no other signs that could be such.
 *
 * FOLDER becomes one in the layout of IAM-OnDB with its trainset.txt, to be prepared together with
 * the recordings: longhand prepare IAM FOLDER -o CORPUS. What it holds are recordings, to which
 * IAM-OnDB's conditions apply. */
#include <longhand/longhand.h>

#include "forms.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DOTS_MOST = 64, TEXT_BYTES = 400 };

/* A dot's box is smaller than this each way, and its middle higher than that, in heights of the
 * small letters. */
static const float dot_size = 0.35f, dot_low = 0.9f;

/* What a line's text may have besides letters: nothing else is small and high. */
static const char others[] = " .,-0123456789";

static const char usage[] =
    "usage: undot-lines --corpus CORPUS -o FOLDER [--lines 1500] [--seed 1]\n";

typedef struct undotter {
    const char *corpus_path, *folder;
    size_t lines;
    uint64_t seed;
    lh_rng rng;
} undotter;

typedef struct dot {
    size_t first, end; /* readings */
    float x;
    bool goes;
} dot;

static int by_x(const void *a, const void *b)
{
    const dot *p = a, *q = b;
    return (p->x > q->x) - (p->x < q->x);
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Letters with a dot; -1: the text has something that could be taken for one. */
static int count_dotted(const char *text)
{
    int count = 0;
    for (; *text; text++) {
        if (!is_letter(*text) && !strchr(others, *text))
            return -1;
        count += *text == 'i' || *text == 'j';
    }
    return count;
}

/* Is it a dot that stands high? Then `x` takes where. */
static bool is_dot(const lh_point *point, size_t count, const lh_baseline *base, float *x)
{
    float low_x = point->x, high_x = low_x, low_y = point->y, high_y = low_y;
    for (size_t i = 1; i < count; i++) {
        low_x = fminf(low_x, point[i].x);
        high_x = fmaxf(high_x, point[i].x);
        low_y = fminf(low_y, point[i].y);
        high_y = fmaxf(high_y, point[i].y);
    }
    *x = (low_x + high_x) / 2;
    const float up = base->offset + base->slope * *x - (low_y + high_y) / 2; /* y goes down */
    return high_x - low_x < dot_size * base->height && high_y - low_y < dot_size * base->height &&
           up > dot_low * base->height;
}

/* The small high strokes of a line, by x; more than DOTS_MOST count as one more. */
static int find_dots(const lh_ink *ink, dot *dots)
{
    const lh_baseline base = lh_ink_baseline(ink);
    int count = 0;
    for (size_t first = 0, end; first < ink->count && count <= DOTS_MOST; first = end) {
        float x;
        for (end = first + 1; end < ink->count && !ink->points[end - 1].end; end++)
            ;
        if (!is_dot(ink->points + first, end - first, &base, &x))
            continue;
        if (count < DOTS_MOST)
            dots[count] = (dot){first, end, x, false};
        count++;
    }
    if (count <= DOTS_MOST)
        qsort(dots, (size_t)count, sizeof *dots, by_x);
    return count;
}

/* Chooses the i that lose their dots, and makes the text that is left of `from`. False: none. */
static bool choose(undotter *u, const char *from, dot *dots, char text[TEXT_BYTES])
{
    size_t length = 0;
    bool any = false;
    for (; *from && length + 3 < TEXT_BYTES; from++) {
        dot *own = *from == 'i' || *from == 'j' ? dots++ : NULL;
        if (own)
            own->goes = *from == 'i' && lh_rng_below(&u->rng, 2);
        any |= own && own->goes;
        length += (size_t)snprintf(text + length, TEXT_BYTES - length, "%s",
                                   own && own->goes ? "\xc4\xb1" : (char[]){*from, '\0'});
    }
    return any && !*from;
}

/* The line without those dots; NULL: no memory. */
static lh_ink *without(const lh_ink *ink, const dot *dots, int count, lh_error *error)
{
    lh_ink *left = lh_ink_new(error);
    for (size_t i = 0; left && i < ink->count; i++) {
        bool goes = false;
        for (int k = 0; k < count; k++)
            goes |= dots[k].goes && i >= dots[k].first && i < dots[k].end;
        if (!goes && lh_ink_add(left, ink->points[i], error) != LH_OK) {
            lh_ink_free(left);
            return NULL;
        }
    }
    return left;
}

static lh_status undot(undotter *u, const lh_corpus_line *line, forms *to, lh_error *error)
{
    const lh_ink ink = {(lh_point *)line->points, line->count, 0};
    dot dots[DOTS_MOST];
    char text[TEXT_BYTES];
    const int count = count_dotted(line->text);
    if (count < 1 || count > DOTS_MOST || find_dots(&ink, dots) != count ||
        !choose(u, line->text, dots, text))
        return LH_OK;
    lh_ink *left = without(&ink, dots, count, error);
    const lh_status status = left ? forms_add(to, left, text, error) : error->status;
    lh_ink_free(left);
    return status;
}

static lh_status undot_all(undotter *u, const lh_corpus *corpus, lh_error *error)
{
    forms to;
    lh_status status = forms_begin(&to, u->folder, "undo", error);
    const size_t all = lh_corpus_count(corpus);
    /* From another line on for another seed; each line once. */
    const size_t start = all > 0 ? lh_rng_below(&u->rng, all) : 0;
    for (size_t i = 0; i < all && to.count < u->lines && status == LH_OK; i++) {
        const lh_corpus_line line = lh_corpus_get(corpus, (start + i) % all);
        if (line.text && 1u << line.split & LH_SPLITS_PAPER_TRAINING)
            status = undot(u, &line, &to, error);
    }
    status = forms_end(&to, status, error);
    if (status == LH_OK)
        printf("%zu lines\n", to.count);
    return status;
}

static bool read_options(undotter *u, int argc, char **argv)
{
    for (int i = 1; i + 1 < argc; i += 2) {
        const char *name = argv[i], *value = argv[i + 1];
        if (!strcmp(name, "--corpus"))
            u->corpus_path = value;
        else if (!strcmp(name, "--lines"))
            u->lines = strtoull(value, NULL, 10);
        else if (!strcmp(name, "--seed"))
            u->seed = strtoull(value, NULL, 10);
        else if (!strcmp(name, "-o"))
            u->folder = value;
        else
            return false;
    }
    return argc % 2 == 1 && u->corpus_path && u->folder && u->lines > 0 && u->lines < 100000;
}

int main(int argc, char **argv)
{
    undotter u = {.lines = 1500, .seed = 1};
    if (!read_options(&u, argc, argv)) {
        fputs(usage, stderr);
        return 2;
    }
    lh_error error = {0};
    lh_rng_seed(&u.rng, u.seed, 2);
    lh_corpus *corpus = lh_corpus_open(u.corpus_path, &error);
    const lh_status status = corpus ? undot_all(&u, corpus, &error) : error.status;
    if (status != LH_OK)
        fprintf(stderr, "undot-lines: %s\n", error.message);
    lh_corpus_free(corpus);
    return status == LH_OK ? 0 : 1;
}
