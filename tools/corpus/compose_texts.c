/* Composes training lines of texts that prose seldom has, for a network that reads:
 *
 *     compose-texts --reader MODEL --corpus CORPUS -o FOLDER [--lines 4000] [--seed 1]
 *                   [--model MODEL --styles FOLDER] [--nonsense 0]
 *
 * IAM-OnDB has hardly any numbers, codes, names or lists, so that a network takes a number for a
 * word. Here they are put together from what people wrote: words of one form as they stand, parts
 * of words in strokes of their own, and characters, of the same form where it has them, else of
 * others. What the recordings lack, such as accents, = and @, is as Longhand's pen draws it in the
 * styles of
 * --styles. The network's window tells which strokes are which character; it follows every so
 * manieth line, and all that have a digit. --nonsense is the share of lines whose words are none: a
 * network that has read English alone takes an a for an e where English would have that.
 *
 * FOLDER becomes one in the layout of IAM-OnDB with its trainset.txt, to be prepared together with
 * the recordings: longhand prepare IAM FOLDER -o CORPUS. What it holds comes from recordings, to
 * which IAM-OnDB's conditions apply. */
#include <longhand/longhand.h>

#include "../given.h"
#include "corpus/iam_layout.h"
#include "corpus/iam_name.h"
#include "forms.h"
#include "more_pieces.h"
#include "piece_pool.h"
#include "text_maker.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS_LEAST = 8 };

static const char usage[] =
    "usage: compose-texts --reader MODEL --corpus CORPUS -o FOLDER [--lines 4000] [--seed 1] "
    "[--model MODEL --styles FOLDER] [--nonsense 0]\n";

/* Of the pool's pieces those from `first` on, `count` of them. */
typedef struct range {
    size_t first, count;
} range;

typedef struct composer {
    const char *reader_path, *model_path, *corpus_path, *folder, *styles;
    size_t lines;
    double nonsense;
    uint64_t seed;
    lh_reader *reader;
    lh_model *model; /* that writes; NULL: without --styles */
    lh_corpus *corpus;
    piece_pools pool;   /* characters sorted by text and form, others by form */
    range *form, *part; /* [forms] words of each, parts of words of each */
    size_t forms;
    char (*sign)[5]; /* [MADE_SIGNS] what is drawn */
    size_t signs;
    lh_rng rng;
    size_t current; /* form */
} composer;

/* ---- pieces ------------------------------------------------------------------------------------
 */

/* Texts are cut by bytes, so that lines with other characters, such as an i that is told to have no
 * dot, stay out. */
static bool is_used(const lh_corpus_line *line)
{
    if (!line->text || !(1u << line->split & LH_SPLITS_PAPER_TRAINING))
        return false;
    for (const char *at = line->text; *at; at++)
        if ((unsigned char)*at > 127)
            return false;
    return true;
}

/* Adds the line's pieces; one with a text that cannot be aligned has none. */
static lh_status cut_line(const composer *c, const lh_corpus_line *line, size_t form,
                          piece_pool *pool, lh_error *error)
{
    aligned to;
    lh_status status = align_read(c->reader, line, &to, error);
    if (status == LH_ERROR_ARGUMENT)
        return LH_OK;
    if (status == LH_OK)
        status = pool_add_line(pool, c->reader, &to, form, error);
    align_clear(&to);
    return status;
}

static int by_text_and_form(const void *a, const void *b)
{
    const piece *p = a, *q = b;
    const int order = strcmp(p->text, q->text);
    return order ? order : (p->form > q->form) - (p->form < q->form);
}

static int by_form(const void *a, const void *b)
{
    const piece *p = a, *q = b;
    const int order = (p->form > q->form) - (p->form < q->form);
    return order ? order : strcmp(p->text, q->text);
}

/* What form each line of the corpus is of, which the caller frees; NULL: out of memory. */
static size_t *number_forms(composer *c, size_t count)
{
    size_t *form = calloc(count + 1, sizeof *form);
    for (size_t i = 1; form && i < count; i++)
        form[i] = form[i - 1] + !iam_same_form(lh_corpus_get(c->corpus, i).name,
                                               lh_corpus_get(c->corpus, i - 1).name);
    c->forms = form && count > 0 ? form[count - 1] + 1 : 0;
    return form;
}

static lh_status cut_pieces(composer *c, lh_error *error)
{
    const size_t count = lh_corpus_count(c->corpus);
    size_t *form = number_forms(c, count);
    lh_status status = form ? LH_OK : lh_fail(error, LH_ERROR_MEMORY, "out of memory");
#pragma omp parallel
    {
        lh_error own = {0};
        piece_pool pool = {0};
        lh_status went = LH_OK;
#pragma omp for schedule(dynamic, 64)
        for (size_t i = 0; i < count; i++) {
            const lh_corpus_line line = lh_corpus_get(c->corpus, i);
            if (went == LH_OK && status == LH_OK && is_used(&line))
                went = cut_line(c, &line, form[i], &pool, &own);
        }
#pragma omp critical
        {
            if (went == LH_OK && status == LH_OK)
                went = pool_sort(&pool, &c->pool, &own);
            if (went != LH_OK && status == LH_OK) {
                status = went;
                *error = own;
            }
            pool_free(&pool);
        }
    }
    free(form);
    return status;
}

/* ---- texts -------------------------------------------------------------------------------------
 */

static const char *choose_word(void *user, lh_rng *rng, bool capital)
{
    const composer *c = user;
    const range *own = &c->form[c->current];
    for (int tries = 0; tries < 20; tries++) {
        const char *text = c->pool.words.piece[own->first + lh_rng_below(rng, own->count)].text,
                   *at = text;
        if (capital && isupper((unsigned char)*at))
            at++;
        while (islower((unsigned char)*at))
            at++;
        if (!*at && (!capital || isupper((unsigned char)*text)))
            return text;
    }
    return NULL;
}

static const char *choose_part(void *user, lh_rng *rng)
{
    const composer *c = user;
    const range *own = &c->part[c->current];
    if (own->count == 0)
        return NULL;
    const char *text = c->pool.parts.piece[own->first + lh_rng_below(rng, own->count)].text;
    for (const char *at = text; *at; at++)
        if (!islower((unsigned char)*at))
            return NULL;
    return text;
}

/* The longest of a form's pieces that the text begins with; NULL: none. */
static const piece *longest_at(composer *c, const piece_pool *pool, const range *own,
                               const char *text)
{
    if (own->count == 0)
        return NULL;
    const size_t left = strcspn(text, " ");
    const piece *longest = NULL;
    const size_t turn = lh_rng_below(&c->rng, own->count);
    for (size_t i = 0; i < own->count; i++) {
        const piece *p = &pool->piece[own->first + (turn + i) % own->count];
        const size_t length = strlen(p->text);
        if (length <= left && !strncmp(p->text, text, length) &&
            (!longest || length > strlen(longest->text)))
            longest = p;
    }
    return longest;
}

/* First of the characters that are not before `text` of `form`. */
static size_t find_character(const composer *c, const char *text, size_t form)
{
    size_t low = 0, high = c->pool.characters.count;
    piece sought = {.form = form};
    snprintf(sought.text, sizeof sought.text, "%s", text);
    while (low < high) {
        const size_t middle = (low + high) / 2;
        if (by_text_and_form(&c->pool.characters.piece[middle], &sought) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* A character of the form itself more often than not, where it has one; NULL: nobody has. */
static const piece *character_at(composer *c, const char *text)
{
    char character[8] = "";
    const char *next = text;
    lh_utf8_next(&next);
    snprintf(character, sizeof character, "%.*s", (int)(next - text), text);
    const size_t first = find_character(c, character, 0),
                 end = find_character(c, character, SIZE_MAX),
                 own = find_character(c, character, c->current),
                 own_end = find_character(c, character, c->current + 1);
    if (first == end)
        return NULL;
    if (own < own_end && lh_rng_uniform(&c->rng) < 0.7)
        return &c->pool.characters.piece[own + lh_rng_below(&c->rng, own_end - own)];
    return &c->pool.characters.piece[first + lh_rng_below(&c->rng, end - first)];
}

/* ---- lines -------------------------------------------------------------------------------------
 */

/* Of a line, in heights of its small letters. */
typedef struct spacing {
    double gap, blank;
} spacing;

/* Adds the piece's ink, a little larger or smaller than it is; `right` takes where it ends. */
static lh_status add_piece(composer *c, const piece *p, double size, double left, lh_ink *ink,
                           double *right, lh_error *error)
{
    const float scale = (float)(size * exp(0.05 * lh_rng_normal(&c->rng))),
                up = (float)(0.05 * lh_rng_normal(&c->rng));
    lh_status status = LH_OK;
    for (size_t i = 0; i < p->count && status == LH_OK; i++) {
        const lh_point point = {.x = (float)left + scale * p->points[i].x,
                                .y = scale * p->points[i].y + up,
                                .end = p->points[i].end};
        status = lh_ink_add(ink, point, error);
    }
    *right = left + (double)(scale * p->width);
    return status;
}

/* A word of capitals is written smaller than those at the beginning of words. */
static double word_size(composer *c, const char *text)
{
    const size_t length = strcspn(text, " "),
                 letters = strcspn(text, " abcdefghijklmnopqrstuvwxyz0123456789");
    return letters == length && length > 1 ? exp(0.12 * lh_rng_normal(&c->rng) - 0.15) : 1;
}

/* Ink of the text, in whiteboard units; NULL with error->status LH_OK: a character is not there. */
static lh_ink *compose(composer *c, const char *text, lh_error *error)
{
    static const float height = 110; /* of an ordinary hand */
    const spacing space = {0.08 + 0.25 * lh_rng_uniform(&c->rng),
                           0.8 + 0.9 * lh_rng_uniform(&c->rng)};
    lh_ink *ink = lh_ink_new(error);
    lh_status status = ink ? LH_OK : error->status;
    double left = 0, size = 1;
    bool starts = true;
    *error = (lh_error){0};
    for (const char *at = text; *at && status == LH_OK;) {
        if (*at == ' ') {
            left += space.blank * exp(0.15 * lh_rng_normal(&c->rng)) - space.gap;
            starts = true;
            at++;
            continue;
        }
        if (starts)
            size = word_size(c, at);
        const piece *p = starts ? longest_at(c, &c->pool.words, &c->form[c->current], at) : NULL;
        if (!p)
            p = longest_at(c, &c->pool.parts, &c->part[c->current], at);
        if (!p)
            p = character_at(c, at);
        if (!p)
            break;
        starts = false;
        status = add_piece(c, p, size, left, ink, &left, error);
        left += fmax(0.03, space.gap + 0.07 * lh_rng_normal(&c->rng));
        at += strlen(p->text);
        if (*at && status == LH_OK)
            continue;
        for (size_t i = 0; i < ink->count; i++) {
            ink->points[i].x *= height;
            ink->points[i].y *= height;
            ink->points[i].time = (float)i * lh_cleaning_default.interval;
        }
        if (status == LH_OK)
            return ink;
    }
    lh_ink_free(ink);
    return NULL;
}

/* Makes some of the text's colons middle dots. */
static void lose_colons(composer *c, char text[MADE_TEXT])
{
    for (char *at = text; *at; at++) {
        const size_t rest = strlen(at);
        if (*at != ':' || (size_t)(at - text) + rest + 2 > MADE_TEXT || lh_rng_below(&c->rng, 3))
            continue;
        memmove(at + 1, at, rest + 1);
        memcpy(at, MIDDLE_DOT, sizeof MIDDLE_DOT - 1);
    }
}

static lh_status compose_lines(composer *c, forms *to, lh_error *error)
{
    const text_maker maker = {choose_word, choose_part, c, c->sign, c->signs};
    lh_status status = LH_OK;
    for (size_t tries = 0; to->count < c->lines && status == LH_OK; tries++) {
        if (tries > 100 * c->lines)
            return lh_fail(error, LH_ERROR_ARGUMENT, "%s: too little to compose lines of",
                           c->corpus_path);
        c->current = (size_t)lh_rng_below(&c->rng, c->forms);
        if (c->form[c->current].count < WORDS_LEAST)
            continue;
        char text[MADE_TEXT];
        if (lh_rng_uniform(&c->rng) < c->nonsense)
            text_make_nonsense(&maker, &c->rng, text);
        else
            text_make(&maker, &c->rng, text);
        lose_colons(c, text);
        lh_ink *ink = compose(c, text, error);
        status = error->status;
        if (ink)
            status = forms_add(to, ink, text, error);
        lh_ink_free(ink);
    }
    return status;
}

/* Sorts the pool by form; where each form's pieces lie, which the caller frees, or NULL. */
static range *index_forms(const composer *c, piece_pool *pool)
{
    range *form = calloc(c->forms + 1, sizeof *form);
    if (pool->count > 0)
        qsort(pool->piece, pool->count, sizeof *pool->piece, by_form);
    for (size_t i = pool->count; form && i-- > 0;) {
        range *own = &form[pool->piece[i].form];
        own->first = i;
        own->count++;
    }
    return form;
}

static lh_status index_pieces(composer *c, lh_error *error)
{
    qsort(c->pool.characters.piece, c->pool.characters.count, sizeof *c->pool.characters.piece,
          by_text_and_form);
    c->form = index_forms(c, &c->pool.words);
    c->part = index_forms(c, &c->pool.parts);
    return c->form && c->part ? LH_OK : lh_fail(error, LH_ERROR_MEMORY, "out of memory");
}

/* ---- the program ------------------------------------------------------------------------------
 */

static lh_status compose_all(composer *c, lh_error *error)
{
    forms to;
    lh_status status = forms_begin(&to, c->folder, "text", error);
    if (status == LH_OK)
        status = cut_pieces(c, error);
    if (status == LH_OK && c->styles) {
        c->signs = text_list_signs(&c->model->alphabet, NULL, c->sign);
        status = pool_add_drawn(&c->pool.characters, c->model, c->styles, c->sign, c->signs,
                                c->forms, error);
    }
    if (status == LH_OK)
        status = pool_add_lone_dots(&c->pool.characters, &c->rng, error);
    if (status == LH_OK)
        status = index_pieces(c, error);
    if (status == LH_OK)
        status = compose_lines(c, &to, error);
    status = forms_end(&to, status, error);
    if (status == LH_OK)
        printf("%zu words, %zu parts of words, %zu characters, %zu signs\n", c->pool.words.count,
               c->pool.parts.count, c->pool.characters.count, c->signs);
    return status;
}

static bool read_options(composer *c, int argc, char **argv)
{
    const given_option options[] = {
        {"--reader", GIVEN_TEXT, &c->reader_path}, {"--model", GIVEN_TEXT, &c->model_path},
        {"--corpus", GIVEN_TEXT, &c->corpus_path}, {"--styles", GIVEN_TEXT, &c->styles},
        {"--lines", GIVEN_COUNT, &c->lines},       {"--nonsense", GIVEN_NUMBER, &c->nonsense},
        {"--seed", GIVEN_SEED, &c->seed},          {"-o", GIVEN_TEXT, &c->folder},
    };
    int files;
    return given_read(options, sizeof options / sizeof *options, argc, argv, &files) &&
           files == 0 && c->reader_path && c->corpus_path && c->folder && c->lines > 0 &&
           c->lines < 100000 && c->nonsense >= 0 && c->nonsense <= 1 &&
           !c->model_path == !c->styles;
}

int main(int argc, char **argv)
{
    composer c = {.lines = 4000, .seed = 1};
    if (!read_options(&c, argc, argv)) {
        fputs(usage, stderr);
        return 2;
    }
    lh_error error = {0};
    lh_rng_seed(&c.rng, c.seed, 0);
    c.sign = calloc(MADE_SIGNS, sizeof *c.sign);
    c.reader = lh_reader_load(c.reader_path, &error);
    c.corpus = c.reader ? lh_corpus_open(c.corpus_path, &error) : NULL;
    if (c.corpus && c.model_path)
        c.model = lh_model_load(c.model_path, &error);
    lh_status status = c.corpus && c.sign && (c.model || !c.model_path) ? compose_all(&c, &error)
                                                                        : LH_ERROR_MEMORY;
    if (status != LH_OK)
        fprintf(stderr, "compose-texts: %s\n", error.message);
    pools_free(&c.pool);
    free(c.form);
    free(c.part);
    free(c.sign);
    lh_corpus_free(c.corpus);
    lh_model_free(c.model);
    lh_reader_free(c.reader);
    return status == LH_OK ? 0 : 1;
}
