/* Reading a written word over: see proof.h. */
#include "proof.h"

#include "composed.h"
#include "nn/ctc.h"
#include "read/characters.h"
#include "shown.h"

#include <math.h>
#include <stdlib.h>

/* With the first, sentences take a quarter more time than without reading, and 76 words of 1,148
 * are written anew; at 0.5, 51. What is below the second reads as something else more often than
 * not. */
static const double readable = 0.75, doubtful = 0.2;

struct lh_proof {
    const lh_reader *reader;
    read_outputs outputs;
    int32_t *symbols; /* [capacity] of the text, in the reader's alphabet; then again, [2 capacity],
                       * for the text with more blanks */
    size_t capacity;
    lh_point *shown; /* [room] what can be seen of the ink */
    size_t room;
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
    free(proof->shown);
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

/* A dash at the end of a word stands apart in most handwriting ("Room - 12"). Spells the text with
 * a blank before each such dash, behind what `spell` gave; returns its length, 0: there is none. */
static size_t spell_apart(lh_proof *proof, const lh_proof_text *text)
{
    const int32_t blank = lh_alphabet_index(&lh_reader_model(proof->reader)->alphabet, ' ');
    int32_t *apart = proof->symbols + text->characters;
    size_t count = 0;
    for (size_t u = 0; u < text->characters; u++) {
        const uint32_t *at = &text->codepoint[u];
        const bool ends = u + 1 == text->characters || at[1] == ' ';
        if (*at == '-' && ends && u > 0 && at[-1] != ' ' && blank >= 0)
            apart[count++] = blank;
        apart[count++] = proof->symbols[u];
    }
    return count > text->characters ? count : 0;
}

/* The letter that `code` is with an accent; 0: it is none. */
static uint32_t letter_of(uint32_t code)
{
    uint32_t base;
    const lh_mark *mark;
    return lh_composed_find(code, &base, &mark) && mark->place < LH_MARK_INSTEAD ? base : 0;
}

/* From now on `symbol` is as probable as all together that are made of `letter`, and as that. */
static void join_accents(read_outputs *o, const lh_alphabet *alphabet, int32_t symbol,
                         uint32_t letter)
{
    const size_t width = (size_t)o->symbols + 1;
    for (int k = 0; k < o->symbols; k++) {
        const uint32_t code = alphabet->codepoint[k];
        if (k == symbol || (code != letter && letter_of(code) != letter))
            continue;
        for (size_t t = 0; t < o->features.count; t++) {
            double *at = &o->log_y[t * width];
            at[symbol] = lh_log_add(at[symbol], at[k]);
        }
    }
}

/* Accents are drawn alike every time, so that which one it is need not be asked, and the reader
 * knows each from few words; the letter below must still be read. */
static void forget_accents(lh_proof *proof, const lh_proof_text *text)
{
    const lh_alphabet *alphabet = &lh_reader_model(proof->reader)->alphabet;
    for (size_t u = 0; u < text->characters; u++) {
        const uint32_t letter = letter_of(text->codepoint[u]);
        bool joined = false;
        for (size_t before = 0; before < u; before++)
            joined |= text->codepoint[before] == text->codepoint[u];
        if (letter && !joined)
            join_accents(&proof->outputs, alphabet, proof->symbols[u], letter);
    }
}

static lh_status make_room(lh_proof *proof, const lh_proof_text *text, lh_error *error)
{
    const size_t points = text->to - text->from;
    if (text->characters > proof->capacity) {
        int32_t *larger = realloc(proof->symbols, 3 * text->characters * sizeof *larger);
        if (!larger)
            return lh_fail_memory(error, "reading over");
        proof->symbols = larger;
        proof->capacity = text->characters;
    }
    if (points > proof->room) {
        lh_point *larger = realloc(proof->shown, points * sizeof *larger);
        if (!larger)
            return lh_fail_memory(error, "reading over");
        proof->shown = larger;
        proof->room = points;
    }
    return LH_OK;
}

/* What the reader is shown of the ink: all of it where the pen's width is not known. */
static lh_ink visible(lh_proof *proof, const lh_proof_text *text)
{
    lh_point *point = text->draft->point + text->from;
    const size_t count = text->to - text->from;
    if (text->height <= 0)
        return (lh_ink){.points = point, .count = count};
    return (lh_ink){.points = proof->shown,
                    .count = lh_shown(point, count, (double)text->height, proof->shown)};
}

lh_status lh_proof_read(lh_proof *proof, const lh_proof_text *text, double *log_probability,
                        lh_error *error)
{
    const lh_baseline stand = {.height = text->height};
    const lh_read_options options = {.beam = 1, .baseline = text->height > 0 ? &stand : NULL};
    *log_probability = 0;
    lh_status status = make_room(proof, text, error);
    if (status != LH_OK || !spell(proof, text))
        return status;
    const lh_ink ink = visible(proof, text);
    status =
        read_outputs_find(lh_reader_model(proof->reader), &ink, &options, &proof->outputs, error);
    if (status != LH_OK)
        return status;
    forget_accents(proof, text);
    status = read_log_probability(&proof->outputs, proof->symbols, (int)text->characters,
                                  log_probability, error);
    const size_t apart = spell_apart(proof, text);
    double log_apart;
    if (status == LH_OK && apart > 0 &&
        (status = read_log_probability(&proof->outputs, proof->symbols + text->characters,
                                       (int)apart, &log_apart, error)) == LH_OK)
        *log_probability = lh_log_add(*log_probability, log_apart);
    return status;
}

bool lh_proof_is_readable(double log_probability)
{
    return log_probability >= log(readable);
}

bool lh_proof_is_doubtful(double log_probability)
{
    return log_probability < log(doubtful);
}
