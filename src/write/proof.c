/* Reading a written word over: see proof.h. The network follows the ink once under the word as it
 * is, and beside it under every other text, from where the window begins to show the character that
 * differs to where it is two characters on. Texts that fall behind are dropped on the way: four or
 * so are followed at a time. */
#include "proof.h"

#include "base/extremes.h"
#include "guard.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    ROWS = 64,
    AROUND = 2, /* characters behind the one that differs until it is judged */
};
/* phi of a character from which the window shows it; what it shows less changes no ink. */
static const lh_real shown = (lh_real)0.1;

/* Nats by which a reader expects a blank before a word rather than none: most gaps alone say
 * little. */
static const double seldom_joined = 5;

/* Letters that a hand's slip turns one into, or the dot that is left where the pen hardly moves.
 * Shapes that differ in size alone (c and C) and those that many people write alike (l and I) are
 * left out: no other ink would tell them apart. */
static const char *const likeness[128] = {
    ['a'] = "ouced.", ['b'] = "hlk6",  ['c'] = "eiroa.",  ['d'] = "alto",   ['e'] = "cilordu.",
    ['f'] = "tpjlr",  ['g'] = "yqjs",  ['h'] = "nbklu",   ['i'] = "lcerj",  ['j'] = "iyfg",
    ['k'] = "hltb",   ['l'] = "tieb!", ['m'] = "nwur",    ['n'] = "murhv.", ['o'] = "acesu.",
    ['p'] = "fnrjy",  ['q'] = "gya9",  ['r'] = "vniscu.", ['s'] = "roie5.", ['t'] = "lficr",
    ['u'] = "nvawi.", ['v'] = "runw",  ['w'] = "uvmn",    ['x'] = "trnei",  ['y'] = "gjvzu",
    ['z'] = "rseg2",  ['A'] = "HRNat", ['B'] = "RDEP",    ['C'] = "GLEe",   ['D'] = "OPBo",
    ['E'] = "CFGBTR", ['F'] = "TEPf",  ['G'] = "CSOa",    ['H'] = "ANKMIt", ['I'] = "tTJH",
    ['J'] = "ITyF",   ['K'] = "HRhN",  ['L'] = "CISt",    ['M'] = "NHWm",   ['N'] = "MHVn",
    ['O'] = "DCGa",   ['P'] = "DFBR",  ['Q'] = "OGg",     ['R'] = "PBKA",   ['S'] = "CGEL",
    ['T'] = "FIJt",   ['U'] = "VNHn",  ['V'] = "UYNr",    ['W'] = "MVNU",   ['X'] = "KYHtT",
    ['Y'] = "VTgX",   ['Z'] = "LETzt", ['0'] = "6o89",    ['1'] = "7li4",   ['2'] = "zs37",
    ['3'] = "528z",   ['4'] = "9uy17", ['5'] = "s368",    ['6'] = "0b58",   ['7'] = "1294t",
    ['8'] = "3569s",  ['9'] = "4g7q0",
};

/* Another text and how it has fared. */
typedef struct other {
    int until;   /* the character behind which it is judged */
    double nats; /* by which the ink is less likely so far than under the text as it is */
} other;

struct lh_proof {
    const lh_model *model;
    lh_state *state; /* row 0: the text as it is; 1..others: the other texts */
    other other[ROWS];
    int others;
    int32_t *text; /* [capacity] */
    int capacity;
};

lh_proof *lh_proof_new(const lh_model *model, lh_error *error)
{
    lh_proof *proof = calloc(1, sizeof *proof);
    if (!proof) {
        lh_fail_memory(error, "reading over");
        return NULL;
    }
    proof->model = model;
    proof->state = lh_state_new(model->network, ROWS, error);
    if (proof->state)
        return proof;
    lh_proof_free(proof);
    return NULL;
}

void lh_proof_free(lh_proof *proof)
{
    if (!proof)
        return;
    lh_state_free(proof->state);
    free(proof->text);
    free(proof);
}

/* ---- other texts ------------------------------------------------------------------------------
 */

/* A row more, from row 0 as it stands, with the `characters` of proof->text. */
static lh_status add_other(lh_proof *proof, int until, int characters, lh_error *error)
{
    if (proof->others + 1 == ROWS)
        return LH_OK;
    int row = ++proof->others;
    proof->other[row] = (other){.until = until};
    lh_status status = lh_state_copy(proof->state, row, proof->state, 0, error);
    return status == LH_OK ? lh_state_set_text(proof->state, row, proof->text, characters, error)
                           : status;
}

/* The last row takes its place. */
static lh_status drop_other(lh_proof *proof, int row, lh_error *error)
{
    int last = proof->others--;
    proof->other[row] = proof->other[last];
    return lh_state_copy(proof->state, row, proof->state, last, error);
}

/* No other text is longer than the text as it is. */
static lh_status text_room(lh_proof *proof, int characters, lh_error *error)
{
    if (characters <= proof->capacity)
        return LH_OK;
    int32_t *text = realloc(proof->text, (size_t)characters * sizeof *text);
    if (!text)
        return lh_fail_memory(error, "reading over");
    proof->text = text;
    proof->capacity = characters;
    return LH_OK;
}

/* The text without its character at `place`. */
static lh_status add_shorter(lh_proof *proof, int place, int until, lh_error *error)
{
    const int32_t *text = lh_state_text(proof->state, 0);
    int characters = lh_state_characters(proof->state, 0), behind = characters - place - 1;
    memcpy(proof->text, text, (size_t)place * sizeof *text);
    memcpy(proof->text + place, text + place + 1, (size_t)behind * sizeof *text);
    return add_other(proof, until, characters - 1, error);
}

/* All texts that have another letter at `place`, or none. The bar of a t is often drawn when the
 * word is, to which `end` is the place of the blank. */
static lh_status add_others(lh_proof *proof, int place, int end, lh_error *error)
{
    const lh_alphabet *alphabet = &proof->model->alphabet;
    const int32_t *text = lh_state_text(proof->state, 0);
    int characters = lh_state_characters(proof->state, 0);
    uint32_t letter = alphabet->codepoint[text[place]];
    const char *like = letter < 128 ? likeness[letter] : NULL;
    int until = letter == 't' ? end - 1 : place;
    if (!like)
        return LH_OK;
    lh_status status = LH_OK;
    memcpy(proof->text, text, (size_t)characters * sizeof *text);
    for (; *like && status == LH_OK; like++) {
        int index = lh_alphabet_index(alphabet, (uint32_t)*like);
        if (index < 0)
            continue;
        proof->text[place] = index;
        status = add_other(proof, until, characters, error);
    }
    return status == LH_OK ? add_shorter(proof, place, until, error) : status;
}

/* ---- reading ----------------------------------------------------------------------------------
 */

/* -log of the density of x in row `row` (Graves 2013, equation 26), without bias. */
static double surprise(const lh_proof *proof, int row, const lh_real x[3])
{
    lh_mixture mixture;
    int mixtures = lh_network_architecture(proof->model->network)->mixtures;
    lh_mixture_read(lh_state_output(proof->state, row), mixtures, 0, &mixture);
    double end = fmin(fmax(mixture.end, 1e-6), 1 - 1e-6);
    return -lh_mixture_log_density(&mixture, (double)x[0], (double)x[1]) -
           log(x[2] > 0 ? end : 1 - end);
}

/* All rows see `input`, and their outputs are asked for `x`. */
static void follow(lh_proof *proof, const lh_real input[3], const lh_real x[3])
{
    lh_real inputs[ROWS * LH_INPUTS];
    int rows = proof->others + 1;
    for (int r = 0; r < rows; r++)
        memcpy(inputs + (size_t)r * LH_INPUTS, input, LH_INPUTS * sizeof *inputs);
    lh_network_step(proof->model->network, proof->state, inputs, rows);
    double own = surprise(proof, 0, x);
    for (int r = 1; r < rows; r++)
        proof->other[r].nats += surprise(proof, r, x) - own;
}

/* Judges the texts that are judged before character `before`, and drops them and the hopeless. */
static lh_status judge(lh_proof *proof, int before, double *margin, lh_error *error)
{
    lh_status status = LH_OK;
    for (int r = proof->others; r >= 1 && status == LH_OK; r--) {
        const other *text = &proof->other[r];
        bool judged = text->until < before;
        if (judged)
            lh_lower(margin, text->nats);
        if (judged || text->nats > LH_PROOF_CLEAR)
            status = drop_other(proof, r, error);
    }
    return status;
}

/* Does the text that differs at `place` part here from the text as it is? A word's first letter is
 * on the pen's way to it already. */
static bool is_shown(const lh_proof *proof, const lh_proof_word *word, int place, int reached)
{
    if (place >= word->end)
        return false;
    return place == word->start || place <= reached || lh_state_phi(proof->state, 0)[place] > shown;
}

lh_status lh_proof_read(lh_proof *proof, const lh_proof_word *word, double floor, double *margin,
                        lh_error *error)
{
    *margin = LH_PROOF_CLEAR;
    proof->others = 0;
    lh_status status = lh_state_copy(proof->state, 0, word->state, word->row, error);
    if (status == LH_OK)
        status = text_room(proof, lh_state_characters(proof->state, 0), error);
    lh_real input[3] = {word->x[0], word->x[1], word->x[2]};
    int reached = word->start - 1, joined = word->start;
    if (status == LH_OK && word->start > 0) {
        status = add_shorter(proof, word->start - 1, word->start - 1, error);
        proof->other[proof->others].nats = seldom_joined;
    }
    for (size_t i = word->from; i<word->to && * margin> floor && status == LH_OK; i++) {
        const lh_trace *trace = lh_draft_trace(word->draft, i);
        if (trace->component < 0) /* where a line begins: no offset led there */
            continue;
        for (; status == LH_OK && is_shown(proof, word, joined, reached); joined++)
            status = add_others(proof, joined, word->end, error);
        if (status != LH_OK)
            return status;
        const lh_real x[3] = {trace->dx, trace->dy, (lh_real)word->draft->point[i].end};
        follow(proof, input, x);
        memcpy(input, x, sizeof input);
        int on =
            lh_window_find(lh_state_phi(proof->state, 0), lh_state_characters(proof->state, 0)).on;
        reached = on > reached ? on : reached;
        status = judge(proof, reached - AROUND + 1, margin, error);
    }
    bool whole = status == LH_OK && *margin > floor;
    return whole ? judge(proof, word->end, margin, error) : status;
}
