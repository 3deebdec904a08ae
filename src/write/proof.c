/* Reading a written word over: see proof.h. */
#include "proof.h"

#include "read/characters.h"

#include <math.h>
#include <stdlib.h>

/* With the first, sentences take a quarter more time than without reading, and 76 words of 1,148 are
 * written anew; at 0.5, 51. What is below the second reads as something else more often than not. */
static const double readable = 0.75, doubtful = 0.2;

struct lh_proof {
    const lh_reader *reader;
    read_outputs outputs;
    int32_t *symbols; /* [capacity] of the text, in the reader's alphabet */
    size_t capacity;
};

lh_proof *lh_proof_new(const lh_reader *reader, lh_error *error)
{
    lh_proof *proof = calloc(1, sizeof *proof);
    if (proof)
        proof->reader = reader;
    else
        lh_fail_memory(error, "reading over");
    return proof;
}

void lh_proof_free(lh_proof *proof)
{
    if (!proof)
        return;
    read_outputs_release(&proof->outputs);
    free(proof->symbols);
    free(proof);
}

/* False where the reader lacks a character. */
static bool spell(lh_proof *proof, const lh_proof_text *text)
{
    const lh_alphabet *alphabet = &lh_reader_model(proof->reader)->alphabet;
    for (size_t u = 0; u < text->characters; u++) {
        proof->symbols[u] = lh_alphabet_index(alphabet, text->codepoint[u]);
        if (proof->symbols[u] < 0)
            return false;
    }
    return true;
}

static lh_status make_room(lh_proof *proof, size_t characters, lh_error *error)
{
    if (characters <= proof->capacity)
        return LH_OK;
    int32_t *larger = realloc(proof->symbols, characters * sizeof *larger);
    if (!larger)
        return lh_fail_memory(error, "reading over");
    proof->symbols = larger;
    proof->capacity = characters;
    return LH_OK;
}

lh_status lh_proof_read(lh_proof *proof, const lh_proof_text *text, double *log_probability,
                        lh_error *error)
{
    const lh_ink ink = {.points = text->draft->point + text->from, .count = text->to - text->from};
    const lh_baseline stand = {.height = text->height};
    const lh_read_options options = {.beam = 1, .baseline = text->height > 0 ? &stand : NULL};
    *log_probability = 0;
    lh_status status = make_room(proof, text->characters, error);
    if (status != LH_OK || !spell(proof, text))
        return status;
    status =
        read_outputs_find(lh_reader_model(proof->reader), &ink, &options, &proof->outputs, error);
    return status == LH_OK ? read_log_probability(&proof->outputs, proof->symbols,
                                                  (int)text->characters, log_probability, error)
                           : status;
}

bool lh_proof_is_readable(double log_probability)
{
    return log_probability >= log(readable);
}

bool lh_proof_is_doubtful(double log_probability)
{
    return log_probability < log(doubtful);
}
