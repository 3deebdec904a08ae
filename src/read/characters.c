/* Characters of a text that was read: see characters.h.
 *
 * How sure a character is: p of the text over the sum of p of it and of all texts that have another
 * character, or none, in its place. With alpha and beta of the text (nn/ctc.h) that takes a pass
 * over the steps for each other character, from the places before it to the places behind it. */
#include "characters.h"

#include "nn/ctc.h"

#include <math.h>
#include <stdlib.h>

/* What is e^-NEGLIGIBLE times as likely takes no part. */
#define NEGLIGIBLE 10.0

/* Places of a text times steps, of which time and memory are: 256 MB. The longest line of IAM-OnDB
 * has a three-hundredth. */
enum { LATTICE_MOST = 1 << 24 };

static lh_status open_lattice(lh_ctc *c, const read_outputs *o, const int32_t *text, int count,
                              lh_error *error)
{
    *c = (lh_ctc){.log_y = o->log_y,
                  .text = text,
                  .steps = (int)o->features.count,
                  .blank = o->symbols,
                  .places = 2 * count + 1,
                  .slack = 2};
    c->alpha = c->beta = NULL;
    if ((int64_t)c->steps * c->places > LATTICE_MOST)
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "a row of %d curves that says %d characters is longer than one that is read",
                       c->steps, count);
    const size_t cells = (size_t)c->steps * (size_t)c->places;
    c->alpha = malloc(2 * cells * sizeof *c->alpha);
    c->beta = c->alpha + cells;
    return c->alpha ? LH_OK : lh_fail_memory(error, "the alignments of a text");
}

static double alpha_at(const lh_ctc *c, int t, int s)
{
    return t < 0 || s < 0 ? -INFINITY : c->alpha[(size_t)t * (size_t)c->places + (size_t)s];
}

static double beta_at(const lh_ctc *c, int t, int s)
{
    return s >= c->places ? -INFINITY : c->beta[(size_t)t * (size_t)c->places + (size_t)s];
}

/* ln p of all paths that leave for the blank behind place `s`, or for the symbol behind that unless
 * it is `symbol`, after step t. */
static double ways_on(const lh_ctc *c, int t, int s, int32_t symbol)
{
    if (t == c->steps - 1)
        return s >= c->places - 2 ? 0 : -INFINITY;
    const double blank = beta_at(c, t + 1, s + 1);
    const bool skips = s + 2 < c->places && c->text[s / 2 + 1] != symbol;
    return skips ? lh_log_add(blank, beta_at(c, t + 1, s + 2)) : blank;
}

/* ln p of all paths up to step t that are at the blank before place `s`, or at the symbol before
 * that unless it is `symbol`. */
static double ways_here(const lh_ctc *c, int t, int s, int32_t symbol)
{
    if (t < 0)
        return s < 2 ? 0 : -INFINITY;
    const double blank = alpha_at(c, t, s - 1);
    const bool skips = s >= 2 && c->text[s / 2 - 1] != symbol;
    return skips ? lh_log_add(blank, alpha_at(c, t, s - 2)) : blank;
}

static double most(double a, double b)
{
    return a > b ? a : b;
}

/* The likelier of the two that ways_here is a sum of. */
static double most_here(const lh_ctc *c, int t, int s)
{
    return most(alpha_at(c, t, s - 1), alpha_at(c, t, s - 2));
}

/* ln p of what goes past place `s` at step t is no more than this, which takes no logarithm:
 * ways_here and ways_on are sums of two. */
static double bound(const lh_ctc *c, int t, int s)
{
    if (t == 0 || t == c->steps - 1)
        return INFINITY;
    return most_here(c, t - 1, s) + most(beta_at(c, t + 1, s + 1), beta_at(c, t + 1, s + 2)) +
           log(4);
}

/* The steps `from` to before `to` in which any character could stand between what is before and
 * what is behind character u, unless that is e^-NEGLIGIBLE times as likely as the text. */
static void find_window(const lh_ctc *c, int u, double log_p, int *from, int *to)
{
    const int s = 2 * u + 1;
    *from = c->steps;
    *to = 0;
    for (int t = 0; t < c->steps; t++) {
        /* One that no character is the same as. */
        if (bound(c, t, s) < log_p - NEGLIGIBLE ||
            ways_here(c, t - 1, s, -1) + ways_on(c, t, s, -1) < log_p - NEGLIGIBLE)
            continue;
        *from = t < *from ? t : *from;
        *to = t + 1;
    }
}

/* ln p of the text with `symbol` in the place of character u, in the steps of a window. */
static double log_p_with(const lh_ctc *c, int u, int32_t symbol, int from, int to)
{
    const int s = 2 * u + 1;
    double at = -INFINITY, sum = -INFINITY;
    for (int t = from; t < to; t++) {
        at = lh_log_add(at, ways_here(c, t - 1, s, symbol)) +
             c->log_y[(size_t)t * ((size_t)c->blank + 1) + (size_t)symbol];
        sum = lh_log_add(sum, at + ways_on(c, t, s, symbol));
    }
    return sum;
}

/* ln p of the text without character u: from what is before it straight to what is behind it. Parts
 * that the text's own ln p makes nothing are left out. */
static double log_p_without(const lh_ctc *c, int u, double log_p)
{
    const int s = 2 * u + 1;
    const bool last = s + 2 >= c->places;
    const int32_t next = last ? -1 : c->text[u + 1];
    if (last)
        return lh_log_add(alpha_at(c, c->steps - 1, s - 1), alpha_at(c, c->steps - 1, s - 2));
    double sum = -INFINITY;
    for (int t = 0; t < c->steps; t++) {
        const double on = beta_at(c, t, s + 2);
        /* Too little to change the sum with the text's own. */
        if (t > 0 && most_here(c, t - 1, s) + on < log_p - 41)
            continue;
        sum = lh_log_add(sum, ways_here(c, t - 1, s, next) + on);
    }
    return sum;
}

static bool is_seen(const lh_ctc *c, int32_t symbol, int from, int to)
{
    for (int t = from; t < to; t++)
        if (c->log_y[(size_t)t * ((size_t)c->blank + 1) + (size_t)symbol] > -NEGLIGIBLE)
            return true;
    return false;
}

static double sureness(const lh_ctc *c, int u, double log_p)
{
    double all = lh_log_add(log_p, log_p_without(c, u, log_p));
    int from, to;
    find_window(c, u, log_p, &from, &to);
    for (int32_t k = 0; k < c->blank; k++)
        if (k != c->text[u] && is_seen(c, k, from, to))
            all = lh_log_add(all, log_p_with(c, u, k, from, to));
    return exp(log_p - all);
}

/* The step at which the path is most probably at character u. */
static int peak(const lh_ctc *c, int u)
{
    const int s = 2 * u + 1;
    int best = 0;
    double most = -INFINITY;
    for (int t = 0; t < c->steps; t++) {
        const double here = alpha_at(c, t, s) + beta_at(c, t, s) - lh_ctc_log_y(c, t, s);
        if (here > most) {
            most = here;
            best = t;
        }
    }
    return best;
}

/* A character's readings go from half-way after the peak of the one before to half-way before that
 * of the next. */
static void place(const lh_ctc *c, const lh_features *features, int count,
                  lh_read_character *characters)
{
    int before = -1;
    for (int u = 0; u < count; u++) {
        const int here = peak(c, u), next = u + 1 < count ? peak(c, u + 1) : c->steps - 1;
        const int last = u + 1 < count ? (here + next) / 2 : c->steps - 1;
        characters[u].from = before < 0 ? 0 : features->point[before];
        characters[u].to = features->point[last > here ? last : here];
        before = last > here ? last : here;
    }
}

lh_status read_characters(const read_outputs *o, const lh_alphabet *alphabet, const int32_t *text,
                          int count, lh_read_character *characters, double *log_probability,
                          lh_error *error)
{
    lh_ctc c;
    lh_status status = open_lattice(&c, o, text, count, error);
    if (status != LH_OK)
        return status;
    *log_probability = lh_ctc_forward(&c);
    lh_ctc_backward(&c);
    for (int u = 0; u < count; u++) {
        characters[u].codepoint = alphabet->codepoint[text[u]];
        characters[u].probability = sureness(&c, u, *log_probability);
    }
    place(&c, &o->features, count, characters);
    free(c.alpha);
    return LH_OK;
}

lh_status read_log_probability(const read_outputs *o, const int32_t *text, int count,
                               double *log_probability, lh_error *error)
{
    lh_ctc c;
    *log_probability = -INFINITY;
    if (lh_ctc_steps(text, count) > (int)o->features.count)
        return LH_OK;
    lh_status status = open_lattice(&c, o, text, count, error);
    if (status == LH_OK)
        *log_probability = lh_ctc_forward(&c);
    free(c.alpha);
    return status;
}
