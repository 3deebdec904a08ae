/* Of which kind the errors of a network of characters are (Karpathy, Johnson and Fei-Fei 2016,
 * "Visualizing and understanding recurrent networks", section 4.4). A character is an error where
 * the network gave it less than 1/2. Layer by layer those are taken off that something would have
 * mended; what is counted in one is not counted in the next:
 *
 *     n-grams      an n-gram model of order 1 to 6 gives it more than 1/2
 *     memory       the five characters before it stood in the last 1,000, and it behind them
 *     rare words   it is in a word that is in the text that was learnt five times at most
 *     beginnings   it is the first letter of a word
 *     ends         it is no letter: a blank, a newline, punctuation
 *     nearly       the network gave it 0.4 to 0.5
 *
 * The paper has orders to 9 and memories of 1 to 5 characters; it looks for words behind blanks. */
#include "base/extremes.h"
#include "cells.h"
#include "language.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ORDERS = 6, HISTORY = 10, SAME = 5, RECENT = 1000, RARE = 5, WORD_MAX = 200 };
static const double right = 0.5, nearly = 0.4;

/* What is needed to tell an error's kind. */
typedef struct looking {
    const lh_letters *letters;
    char *learnt; /* UTF-8; owned */
    lh_language *language[ORDERS];
} looking;

/* ---- kinds ---- */

static bool by_ngrams(const looking *l, size_t at, double p)
{
    uint32_t history[HISTORY];
    const size_t count = at < HISTORY ? at : HISTORY;
    (void)p;
    for (size_t i = 0; i < count; i++)
        history[i] = lh_letters_at(l->letters, at - count + i);
    for (int i = 0; i < ORDERS; i++)
        if (lh_language_log_probability(l->language[i], history, count,
                                        lh_letters_at(l->letters, at)) > log(right))
            return true;
    return false;
}

static bool by_memory(const looking *l, size_t at, double p)
{
    const size_t first = at > RECENT ? at - RECENT : 0;
    (void)p;
    for (size_t k = first + SAME; k < at; k++) {
        size_t same = 0;
        while (same <= SAME &&
               lh_letters_at(l->letters, k - same) == lh_letters_at(l->letters, at - same))
            same++;
        if (same > SAME)
            return true;
    }
    return false;
}

static bool is_letter_at(const looking *l, size_t at)
{
    return cells_is_letter(lh_letters_at(l->letters, at));
}

/* The word around a letter, as UTF-8; longer ones than WORD_MAX characters are cut. */
static void word_around(const looking *l, size_t at, char word[4 * WORD_MAX + 1])
{
    size_t first = at;
    char *to = word;
    while (first > 0 && at - first + 1 < WORD_MAX && is_letter_at(l, first - 1))
        first--;
    for (size_t i = first; i < first + WORD_MAX && is_letter_at(l, i); i++) {
        char encoded[5];
        const size_t length = lh_utf8_encode(lh_letters_at(l->letters, i), encoded);
        memcpy(to, encoded, length);
        to += length;
    }
    *to = '\0';
}

/* Of bytes: those beyond ASCII are parts of letters. */
static bool is_letter_byte(char byte)
{
    const unsigned char c = (unsigned char)byte;
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
}

static bool by_rare_word(const looking *l, size_t at, double p)
{
    char word[4 * WORD_MAX + 1];
    int count = 0;
    (void)p;
    if (!is_letter_at(l, at))
        return false;
    word_around(l, at, word);
    const size_t length = strlen(word);
    for (const char *found = strstr(l->learnt, word); found && count <= RARE;
         found = strstr(found + length, word))
        count +=
            (found == l->learnt || !is_letter_byte(found[-1])) && !is_letter_byte(found[length]);
    return count <= RARE;
}

static bool at_beginning(const looking *l, size_t at, double p)
{
    (void)p;
    return is_letter_at(l, at) && (at == 0 || !is_letter_at(l, at - 1));
}

static bool at_end(const looking *l, size_t at, double p)
{
    (void)p;
    return !is_letter_at(l, at);
}

static bool is_nearly(const looking *l, size_t at, double p)
{
    (void)l;
    (void)at;
    return p >= nearly;
}

static bool is_other(const looking *l, size_t at, double p)
{
    (void)l;
    (void)at;
    (void)p;
    return true;
}

/* From the outermost layer to the core. */
static const struct {
    const char *name;
    bool (*holds)(const looking *l, size_t at, double p);
} kinds[CELLS_ERROR_KINDS] = {
    {"n-grams would have told", by_ngrams},
    {"a memory of 1,000 characters would", by_memory},
    {"within rare words", by_rare_word},
    {"beginnings of words", at_beginning},
    {"blanks and punctuation", at_end},
    {"nearly right", is_nearly},
    {"others", is_other},
};

/* ---- counting ---- */

static void count_error(const looking *l, size_t at, double p, cells_errors *errors)
{
    int kind = 0;
    while (!kinds[kind].holds(l, at, p))
        kind++;
    errors->count[kind]++;
    errors->errors++;
}

/* p of symbol `asked` in softmax(y). */
static double probability(const lh_real *y, int count, int asked)
{
    double most = -INFINITY, total = 0;
    for (int k = 0; k < count; k++)
        lh_raise(&most, (double)y[k]);
    for (int k = 0; k < count; k++)
        total += exp((double)y[k] - most);
    return exp((double)y[asked] - most) / total;
}

static lh_status read_on(const cells_run *run, const looking *l, cells_errors *errors,
                         lh_error *error)
{
    const lh_alphabet *alphabet = &run->model->alphabet;
    const size_t first = lh_letters_last(run->letters), end = lh_letters_count(run->letters);
    lh_real x[LH_ALPHABET_MAX] = {0};
    lh_state *state = lh_state_new(run->model->network, 1, error);
    if (!state)
        return error->status;
    for (size_t at = first; at + 1 < end; at++) {
        const int symbol = lh_alphabet_index(alphabet, lh_letters_at(run->letters, at));
        x[symbol] = 1;
        lh_network_step(run->model->network, state, x, 1);
        x[symbol] = 0;
        const double p =
            probability(lh_state_output(state, 0), alphabet->count,
                        lh_alphabet_index(alphabet, lh_letters_at(run->letters, at + 1)));
        errors->characters++;
        if (p < right)
            count_error(l, at + 1, p, errors);
    }
    lh_state_free(state);
    return LH_OK;
}

lh_status cells_count_errors(const cells_run *run, cells_errors *errors, lh_error *error)
{
    looking l = {.letters = run->letters};
    *errors = (cells_errors){0};
    if (lh_letters_last(run->letters) + 1 >= lh_letters_count(run->letters))
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "the text is too short for --errors, which are counted in its last "
                       "twentieth");
    l.learnt = cli_letters_text(run->letters, lh_letters_held(run->letters), error);
    lh_status status = l.learnt ? LH_OK : error->status;
    for (int i = 0; i < ORDERS && status == LH_OK; i++) {
        l.language[i] = lh_language_new(i + 1, error);
        status = l.language[i] ? lh_language_learn(l.language[i], l.learnt, error) : error->status;
    }
    if (status == LH_OK)
        status = read_on(run, &l, errors, error);
    for (int i = 0; i < ORDERS; i++)
        lh_language_free(l.language[i]);
    free(l.learnt);
    return status;
}

/* ---- telling ---- */

static double share(size_t part, size_t of)
{
    return of ? (double)part / (double)of : 0;
}

void cells_print_errors(const cells_errors *errors)
{
    printf("%zu of %zu characters of the last twentieth got less than 1/2 (%.1f %%):\n",
           errors->errors, errors->characters, 100 * share(errors->errors, errors->characters));
    for (int i = 0; i < CELLS_ERROR_KINDS; i++)
        printf("  %-36s %6zu  %5.1f %%\n", kinds[i].name, errors->count[i],
               100 * share(errors->count[i], errors->errors));
}

bool cells_add_errors(cJSON *row, const cells_errors *errors)
{
    cJSON *object = cJSON_AddObjectToObject(row, "errors");
    cJSON *list =
        object && cJSON_AddNumberToObject(object, "characters", (double)errors->characters) &&
                cJSON_AddNumberToObject(object, "errors", (double)errors->errors)
            ? cJSON_AddArrayToObject(object, "kinds")
            : NULL;
    for (int i = 0; i < CELLS_ERROR_KINDS && list; i++) {
        cJSON *kind = cJSON_CreateObject();
        if (!cJSON_AddItemToArray(list, kind) ||
            !cJSON_AddStringToObject(kind, "kind", kinds[i].name) ||
            !cJSON_AddNumberToObject(kind, "count", (double)errors->count[i]))
            return false;
    }
    return list != NULL;
}
