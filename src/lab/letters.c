/* A text as a task: stretches of it, of which each character is asked for by those before it. What
 * enters at a step is a character, 1 on its input and 0 on the others; the symbol asked for is the
 * next. (Graves 2013, arXiv 1308.0850, section 3; Karpathy, Johnson and Fei-Fei 2016.) */
#include "base/extremes.h"
#include "task.h"

#include "base/hash.h"
#include "base/need.h"

#include <stdlib.h>
#include <string.h>

struct lh_letters {
    lh_task task, held_task; /* tasks of what is learnt from and of what is held back */
    lh_alphabet alphabet;
    int32_t *symbol; /* [count] */
    size_t count;
    size_t held; /* the first that is held back, for tests while it learns; */
    size_t last; /* from here on for the end alone */
    uint64_t fingerprint;
};

/* ---- examples ---- */

/* A stretch of symbols from..from + steps, the last of which is only asked for. */
static lh_status fill(const lh_letters *l, const lh_task *task, size_t from, int steps,
                      lh_example *example, lh_error *error)
{
    const lh_status status = lh_example_begin(task, steps, example, error);
    for (int t = 0; t < steps && status == LH_OK; t++) {
        lh_enters(task, example, t)[l->symbol[from + (size_t)t]] = 1;
        example->symbols[t] = l->symbol[from + (size_t)t + 1];
    }
    return status;
}

static lh_status make(const lh_task *task, int shortest, int longest, lh_rng *rng,
                      lh_example *example, lh_error *error)
{
    const lh_letters *l = task->text;
    const bool learnt = task == &l->task;
    const size_t first = learnt ? 0 : l->held, end = learnt ? l->held : l->last;
    const int steps = lh_draw(rng, shortest, longest);
    if ((size_t)longest >= end - first)
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "a stretch of %d characters, of %zu that %s; a longer text, or a smaller "
                       "length",
                       longest, end - first, learnt ? "are learnt from" : "are held back");
    return fill(l, task, first + (size_t)lh_rng_below(rng, end - first - (size_t)steps), steps,
                example, error);
}

static const lh_task text_task = {
    .name = "text",
    .about = "foretell the next character of a text",
    .paper = "Graves 2013, section 3; Karpathy, Johnson and Fei-Fei 2016",
    .unit = "characters",
    .least = 2,
    .most = 10000,
    .head = "softmax",
    .usual = {100, 100, 1, 128, 40000, 20, 4e-3, 5},
    .make = make,
};

const lh_task *lh_letters_kind(void)
{
    return &text_task;
}

/* ---- the text ---- */

/* Its characters, and where they are; a newline is one of them. */
static lh_status take_characters(lh_letters *l, const char *text, lh_error *error)
{
    const char *at = text;
    for (uint32_t c; (c = lh_utf8_next(&at)) != 0; l->count++) {
        if (c == UINT32_MAX)
            return lh_fail(error, LH_ERROR_FORMAT, "this is no UTF-8: character %zu of the text",
                           l->count + 1);
        if (lh_alphabet_index(&l->alphabet, c) < 0 && !lh_alphabet_add(&l->alphabet, c))
            return lh_fail(error, LH_ERROR_ARGUMENT,
                           "the text has more than %d different characters", LH_ALPHABET_MAX);
    }
    return LH_OK;
}

static uint64_t hash_characters(const lh_letters *l)
{
    hash_state hash = hash_start();
    for (size_t i = 0; i < l->count; i++) {
        const uint32_t c = lh_letters_at(l, i);
        hash_add(&hash, &c, sizeof c);
    }
    return hash_end(&hash);
}

static lh_status index_characters(lh_letters *l, const char *text, lh_error *error)
{
    l->symbol = malloc((l->count + 1) * sizeof *l->symbol);
    if (!l->symbol)
        return lh_fail_memory(error, "a text");
    for (size_t i = 0; i < l->count; i++)
        l->symbol[i] = (int32_t)lh_alphabet_index(&l->alphabet, lh_utf8_next(&text));
    return LH_OK;
}

lh_letters *lh_letters_new(const char *text, const lh_alphabet *alphabet, double held,
                           lh_error *error)
{
    LH_NEED(error, text && held >= 0 && held <= 1, NULL);
    LH_OWN_ERROR(error);
    lh_letters *l = calloc(1, sizeof *l);
    lh_status status = l ? LH_OK : lh_fail_memory(error, "a text");
    if (status == LH_OK)
        status = take_characters(l, text, error);
    if (status == LH_OK && alphabet) {
        for (int i = 0; i < l->alphabet.count && status == LH_OK; i++)
            if (lh_alphabet_index(alphabet, l->alphabet.codepoint[i]) < 0)
                status =
                    lh_fail(error, LH_ERROR_ARGUMENT,
                            "the text has the character U+%04X, which the network does not know",
                            (unsigned)l->alphabet.codepoint[i]);
        l->alphabet = *alphabet;
    }
    if (status == LH_OK && l->count < 2)
        status = lh_fail(error, LH_ERROR_ARGUMENT, "a text of %zu characters", l->count);
    if (status == LH_OK)
        status = index_characters(l, text, error);
    if (status != LH_OK) {
        lh_letters_free(l);
        return NULL;
    }
    l->fingerprint = hash_characters(l);
    l->held = l->count - (size_t)(held * (double)l->count);
    l->last = l->held + (l->count - l->held) / 2;
    l->held_task = text_task;
    l->held_task.text = l;
    l->held_task.inputs = l->held_task.outputs = l->alphabet.count;
    l->task = l->held_task;
    l->task.tests = &l->held_task;
    return l;
}

void lh_letters_free(lh_letters *l)
{
    if (!l)
        return;
    free(l->symbol);
    free(l);
}

const lh_task *lh_letters_task(const lh_letters *l)
{
    return l ? &l->task : NULL;
}

const lh_alphabet *lh_letters_alphabet(const lh_letters *l)
{
    return l ? &l->alphabet : NULL;
}

size_t lh_letters_count(const lh_letters *l)
{
    return l ? l->count : 0;
}

size_t lh_letters_held(const lh_letters *l)
{
    return l ? l->held : 0;
}

size_t lh_letters_last(const lh_letters *l)
{
    return l ? l->last : 0;
}

uint32_t lh_letters_at(const lh_letters *l, size_t index)
{
    return l && index < l->count ? l->alphabet.codepoint[l->symbol[index]] : 0;
}

uint64_t lh_letters_fingerprint(const lh_letters *l)
{
    return l ? l->fingerprint : 0;
}

/* ---- measuring, and inventing ---- */

lh_status lh_letters_loss(const lh_letters *l, const lh_network *network, int stretch, double *bits,
                          lh_error *error)
{
    LH_NEED(error, l && network && stretch > 0 && bits, LH_ERROR_ARGUMENT);
    LH_OWN_ERROR(error);
    lh_status status = lh_task_fits(&l->task, network, error);
    if (status != LH_OK)
        return status;
    lh_workspace *workspace = lh_workspace_new(error);
    if (!workspace)
        return error->status;
    double nats = 0;
    size_t asked = 0;
    for (size_t from = l->last; from + 1 < l->count && status == LH_OK; from += (size_t)stretch) {
        const size_t left = l->count - 1 - from;
        lh_example example = {0};
        lh_loss loss;
        status = fill(l, &l->held_task, from, left < (size_t)stretch ? (int)left : stretch,
                      &example, error);
        const lh_sequence sequence = lh_example_sequence(&example);
        if (status == LH_OK)
            status = lh_network_loss(network, workspace, &sequence, 1, &loss, error);
        if (status == LH_OK) {
            nats += loss.symbols;
            asked += loss.points;
        }
        lh_example_free(&example);
    }
    lh_workspace_free(workspace);
    if (status == LH_OK && asked == 0)
        status = lh_fail(error, LH_ERROR_ARGUMENT, "none of the text is held back");
    if (status == LH_OK)
        *bits = nats / log(2) / (double)asked;
    return status;
}

/* Draws from softmax(y / temperature). */
static int draw_symbol(const lh_real *y, int count, double temperature, lh_rng *rng)
{
    double most = -INFINITY, total = 0;
    for (int k = 0; k < count; k++)
        lh_raise(&most, (double)y[k]);
    for (int k = 0; k < count; k++)
        total += exp(((double)y[k] - most) / temperature);
    double left = total * lh_rng_uniform(rng);
    for (int k = 0; k < count; k++) {
        left -= exp(((double)y[k] - most) / temperature);
        if (left <= 0)
            return k;
    }
    return count - 1;
}

char *lh_invent(const lh_model *model, int characters, double temperature, lh_rng *rng,
                lh_error *error)
{
    LH_NEED(error, model && characters > 0 && temperature > 0 && rng, NULL);
    LH_OWN_ERROR(error);
    const lh_architecture *a = lh_network_architecture(model->network);
    if (a->head != lh_head_find("softmax") || lh_inputs(a) != a->alphabet ||
        a->alphabet != model->alphabet.count) {
        lh_fail(error, LH_ERROR_ARGUMENT, "not a network of characters, which learn text makes");
        return NULL;
    }
    lh_state *state = lh_state_new(model->network, 1, error);
    char *text = state ? malloc(4 * (size_t)characters + 1) : NULL, *at = text;
    lh_real x[LH_ALPHABET_MAX] = {0};
    if (state && !text)
        lh_fail_memory(error, "a text");
    /* It begins as if a row had just ended, or with the first character that it knows. */
    const int newline = lh_alphabet_index(&model->alphabet, '\n');
    int symbol = newline < 0 ? 0 : newline;
    for (int i = 0; text && i < characters; i++) {
        char encoded[5];
        x[symbol] = 1;
        lh_network_step(model->network, state, x, 1);
        x[symbol] = 0;
        symbol = draw_symbol(lh_state_output(state, 0), a->alphabet, temperature, rng);
        const size_t length = lh_utf8_encode(model->alphabet.codepoint[symbol], encoded);
        memcpy(at, encoded, length);
        at += length;
    }
    if (text)
        *at = '\0';
    lh_state_free(state);
    return text;
}
