/* What a text that was held back costs a network of characters, and n-grams (Witten and Bell 1991)
 * that learnt from the same text: bits a character over stretches of which each begins anew. */
#include "language.h"
#include "learn.h"

#include <longhand/read.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { STRETCH = 500 };

static double ngram_bits(const lh_letters *letters, const lh_language *language)
{
    const size_t first = lh_letters_last(letters), end = lh_letters_count(letters);
    uint32_t *history = malloc(STRETCH * sizeof *history);
    double nats = 0;
    size_t count = 0;
    for (size_t from = first; history && from + 1 < end; from += STRETCH)
        for (size_t i = 0; i < STRETCH && from + i + 1 < end; i++) {
            history[i] = lh_letters_at(letters, from + i);
            nats -= lh_language_log_probability(language, history, i + 1,
                                                lh_letters_at(letters, from + i + 1));
            count++;
        }
    free(history);
    return nats / log(2) / (double)count;
}

lh_status learn_measure_text(learn_run *run, lh_error *error)
{
    lh_status status =
        lh_letters_loss(run->letters, run->model->network, STRETCH, &run->bits, error);
    char *text = status == LH_OK
                     ? cli_letters_text(run->letters, lh_letters_held(run->letters), error)
                     : NULL;
    if (status == LH_OK && !text)
        status = error->status;
    for (int order = 1; order <= LEARN_ORDERS && status == LH_OK; order++) {
        lh_language *language = lh_language_new(order, error);
        status = language ? lh_language_learn(language, text, error) : error->status;
        if (status == LH_OK)
            run->ngram_bits[order - 1] = ngram_bits(run->letters, language);
        lh_language_free(language);
    }
    free(text);
    return status;
}
