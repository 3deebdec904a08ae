/* A hand that writes one piece of a text: see hand.h. The order of things in a step is that of
 * Graves 2013, section 5: the window moves, the outputs give a mixture, the next point is drawn. */
#include "hand.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CHECKPOINT, CANDIDATE, SAVED_ROWS };

/* Whiteboard units between two words, where the network has not said it: the pen goes on behind a
 * word that was given up. Half the words of IAM-OnDB stand further apart. */
static const double word_gap = 150;
/* A stroke may begin this far left of the ink's right edge (a long t bar, say) and still be the
 * next word's, when the window has moved on to that. */
static const double overlap = 120;

/* ---- life -------------------------------------------------------------------------------------
 */

static lh_status set_text(lh_hand *hand, const int32_t *text, int count, lh_error *error)
{
    int before = hand->start->characters;
    int32_t blank = lh_alphabet_index(&hand->model->alphabet, ' ');
    hand->before = before;
    hand->characters = before + count + 1;
    hand->text = malloc((size_t)hand->characters * sizeof *text);
    hand->word = calloc((size_t)count / 2 + 1, sizeof *hand->word);
    if (!hand->text || !hand->word)
        return lh_fail_memory(error, "a piece of text");
    if (before > 0)
        memcpy(hand->text, hand->start->text, (size_t)before * sizeof *text);
    memcpy(hand->text + before, text, (size_t)count * sizeof *text);
    hand->text[hand->characters - 1] = blank;
    for (int from = before; from < hand->characters; from++) {
        int end = from;
        while (hand->text[end] != blank)
            end++;
        hand->word[hand->words++] = (lh_hand_word){.start = from, .end = end};
        from = end;
    }
    return LH_OK;
}

lh_status lh_hand_init(lh_hand *hand, const lh_model *model, const lh_write_options *options,
                       const lh_start *start, const int32_t *text, int count, uint64_t index,
                       size_t offset, lh_error *error)
{
    *hand = (lh_hand){.model = model, .options = options, .start = start, .index = index};
    hand->offset = offset;
    lh_draft_start(&hand->draft, lh_network_architecture(model->network), options->keep);
    lh_draft_start(&hand->best, lh_network_architecture(model->network), options->keep);
    lh_status status = set_text(hand, text, count, error);
    if (status != LH_OK)
        lh_hand_clear(hand);
    return status;
}

void lh_hand_clear(lh_hand *hand)
{
    free(hand->text);
    free(hand->word);
    lh_state_free(hand->saved);
    lh_draft_clear(&hand->draft);
    lh_draft_clear(&hand->best);
    *hand = (lh_hand){0};
}

static lh_hand_word *current_word(lh_hand *hand)
{
    return &hand->word[hand->current];
}

/* ---- tries: from a lift between two words, with a random stream of their own -------------------
 */

/* Every try of every word has a stream that only its place in the text decides. */
static void seed_try(lh_hand *hand)
{
    lh_rng text;
    lh_rng_seed(&text, hand->options->seed, hand->index);
    size_t place = hand->offset + (size_t)(current_word(hand)->start - hand->before);
    lh_rng_seed(&hand->rng, lh_rng_next(&text), (uint64_t)place << 8 | (uint64_t)hand->tries);
}

static lh_status begin_stroke_where_pen_stands(lh_hand *hand, lh_error *error)
{
    lh_draft_row row = {
        .point = {.x = (float)hand->now.pen_x, .y = (float)hand->now.pen_y},
        .trace = {.component = -1,
                  .character = (int32_t)(hand->offset) + current_word(hand)->start - hand->before},
    };
    hand->begun = true;
    hand->lifted = false;
    current_word(hand)->point = hand->draft.count;
    return lh_draft_add(&hand->draft, &row, error);
}

static lh_status start_try(lh_hand *hand, lh_state *state, int row, lh_error *error)
{
    lh_status status = lh_state_copy(state, row, hand->saved, CHECKPOINT, error);
    if (status != LH_OK)
        return status;
    hand->now = hand->checkpoint;
    hand->draft.count = hand->checkpoint.count;
    hand->has_candidate = false;
    hand->begun = false;
    hand->lifted = true;
    seed_try(hand);
    return hand->now.fresh ? begin_stroke_where_pen_stands(hand, error) : LH_OK;
}

lh_status lh_hand_begin(lh_hand *hand, lh_state *state, int row, lh_error *error)
{
    const lh_start *start = hand->start;
    lh_status status = LH_OK;
    hand->saved = lh_state_new(hand->model->network, SAVED_ROWS, error);
    if (!hand->saved)
        return error->status;
    hand->checkpoint = (lh_stand){.fresh = !start->state};
    if (start->state) {
        memcpy(hand->checkpoint.x, start->x, sizeof start->x);
        hand->checkpoint.pen_x = (double)start->pen_x;
        hand->checkpoint.pen_y = (double)start->pen_y;
        status = lh_state_copy(state, row, start->state, 0, error);
    } else {
        lh_state_reset(state, row);
    }
    lh_guard_start(&hand->checkpoint.guard, hand->before > 1 ? hand->before - 2 : 0);
    if (status == LH_OK)
        status = lh_state_set_text(state, row, hand->text, hand->characters, error);
    if (status == LH_OK)
        status = lh_state_copy(hand->saved, CHECKPOINT, state, row, error);
    return status == LH_OK ? start_try(hand, state, row, error) : status;
}

/* Keeps the try that came furthest. */
static lh_status keep_best(lh_hand *hand, lh_error *error)
{
    int reached = hand->now.guard.reached;
    if (hand->tries > 0 && reached <= hand->best_reached)
        return LH_OK;
    hand->best_reached = reached;
    hand->best.count = 0;
    return lh_draft_append(&hand->best, &hand->draft, hand->checkpoint.count, error);
}

static double right_edge(const lh_draft *draft, size_t from, double right)
{
    for (size_t i = from; i < draft->count; i++)
        right = fmax(right, (double)draft->point[i].x);
    return right;
}

static void next_word(lh_hand *hand)
{
    hand->report.words++;
    hand->report.retried += hand->tries > 0;
    hand->report.flawed += current_word(hand)->flawed;
    hand->tries = 0;
    hand->done = ++hand->current == hand->words;
    if (hand->done && hand->start->state) {
        lh_state_free(hand->saved);
        hand->saved = NULL;
    }
}

/* No try pleased: the best stands, and the hand goes on from the last good blank as if it had just
 * written the word well. */
static lh_status give_up(lh_hand *hand, lh_state *state, int row, lh_error *error)
{
    lh_stand *at = &hand->checkpoint;
    lh_hand_word *word = current_word(hand);
    double right = at->right;
    hand->draft.count = at->count;
    word->point = at->count;
    word->flawed = true;
    lh_status status = lh_draft_append(&hand->draft, &hand->best, 0, error);
    if (status != LH_OK)
        return status;
    if (hand->draft.count > at->count)
        hand->draft.point[hand->draft.count - 1].end = 1;
    at->right = right_edge(&hand->draft, at->count, right);
    at->pen_x += at->right - right + (at->fresh ? word_gap : 0);
    at->count = hand->draft.count;
    int moved = word->end + 1 - word->start;
    at->guard.reached += moved;
    lh_state_shift_kappa(hand->saved, CHECKPOINT, moved);
    next_word(hand);
    return hand->done ? LH_OK : start_try(hand, state, row, error);
}

static lh_status find_fault(lh_hand *hand, int fault, lh_state *state, int row, lh_error *error)
{
    hand->report.fault[fault]++;
    lh_status status = keep_best(hand, error);
    if (status != LH_OK)
        return status;
    if (++hand->tries > hand->options->tries)
        return give_up(hand, state, row, error);
    return start_try(hand, state, row, error);
}

/* ---- a step -----------------------------------------------------------------------------------
 */

/* A stroke begins where the pen now stands: is it another stroke of the word (a dot, a bar), or the
 * first of what comes behind `end`? */
static bool begins_next_word(const lh_hand *hand, int on, int end)
{
    double right = hand->now.right;
    return (on >= end && hand->now.pen_x > right) ||
           (on > end && hand->now.pen_x > right - overlap);
}

/* The word is whole and was well written: what comes is the next. */
static lh_status accept_word(lh_hand *hand, lh_error *error)
{
    lh_status status = lh_state_copy(hand->saved, CHECKPOINT, hand->saved, CANDIDATE, error);
    hand->checkpoint = hand->candidate;
    hand->has_candidate = false;
    next_word(hand);
    if (!hand->done) {
        current_word(hand)->point = hand->draft.count;
        seed_try(hand);
    }
    return status;
}

static lh_status add_point(lh_hand *hand, const lh_state *state, int row,
                           const lh_window_place *place, const lh_mixture *mixture, int component,
                           lh_error *error)
{
    const lh_stand *now = &hand->now;
    int on = place->on < hand->before ? hand->before : place->on;
    int last = hand->characters - 2;
    int moved = (int)hand->offset - hand->before; /* from the window's text to the whole text */
    lh_draft_row added = {
        .point = {.x = (float)now->pen_x, .y = (float)now->pen_y, .end = now->x[2] > 0},
        .trace = {.dx = (float)now->x[0],
                  .dy = (float)now->x[1],
                  .end = (float)mixture->end,
                  .component = component,
                  .character = (on > last ? last : on) + moved,
                  .place = place->centre + (float)moved},
        .state = state,
        .row = row,
        .on = place->on,
        .moved = moved,
    };
    return lh_draft_add(&hand->draft, &added, error);
}

/* Remembers the pen lifted behind a word: where the next word, or its next try, begins. */
static lh_status save_candidate(lh_hand *hand, const lh_state *state, int row, lh_error *error)
{
    hand->candidate = hand->now;
    hand->candidate.count = hand->draft.count;
    hand->candidate.fresh = false;
    return lh_state_copy(hand->saved, CANDIDATE, state, row, error);
}

/* Draws the next offset and moves the pen. */
static void move_pen(lh_hand *hand, const lh_state *state, int row, lh_mixture *mixture,
                     int *component)
{
    int mixtures = lh_network_architecture(hand->model->network)->mixtures;
    lh_stand *now = &hand->now;
    lh_mixture_read(lh_state_output(state, row), mixtures, hand->options->bias, mixture);
    lh_mixture_sample(mixture, &hand->rng, now->x, component);
    now->pen_x += (double)now->x[0] * hand->model->scale_x;
    now->pen_y += (double)now->x[1] * hand->model->scale_y;
    hand->report.points_drawn++;
}

static void extend_ink(lh_stand *now, size_t points)
{
    now->right = points == 1 ? now->pen_x : fmax(now->right, now->pen_x);
    now->middle += (now->pen_y - now->middle) / (double)(points < 300 ? points : 300);
}

/* A stroke begins: it may be the first of the next word, or of the first word behind a lift. */
static lh_status begin_stroke(lh_hand *hand, int on, int *fault, lh_error *error)
{
    const lh_hand_word *word = current_word(hand);
    lh_status status = LH_OK;
    if (hand->begun && hand->has_candidate && begins_next_word(hand, on, word->end)) {
        *fault = lh_guard_word(word->end - word->start, hand->draft.count - word->point);
        if (*fault == LH_NO_FAULT)
            status = accept_word(hand, error);
        hand->begun = *fault == LH_NO_FAULT;
    } else if (!hand->begun && begins_next_word(hand, on, word->start - 1)) {
        hand->begun = true;
        current_word(hand)->point = hand->draft.count;
    }
    return status;
}

lh_status lh_hand_take(lh_hand *hand, lh_state *state, int row, lh_error *error)
{
    lh_window_place place = lh_window_find(lh_state_phi(state, row), hand->characters);
    lh_mixture mixture;
    int component;
    lh_status status = LH_OK;
    move_pen(hand, state, row, &mixture, &component);
    int fault = lh_guard_step(&hand->now.guard, &place, hand->now.x,
                              (float)(hand->now.pen_y - hand->now.middle), current_word(hand)->end);
    if (fault == LH_NO_FAULT && hand->lifted)
        status = begin_stroke(hand, place.on, &fault, error);
    if (fault != LH_NO_FAULT)
        return find_fault(hand, fault, state, row, error);
    if (hand->done || status != LH_OK)
        return status;
    /* Before its first word the pen still mends the style's ink, which is not this piece's. */
    if (hand->begun || hand->current > 0) {
        status = add_point(hand, state, row, &place, &mixture, component, error);
        extend_ink(&hand->now, hand->draft.count);
    }
    hand->lifted = hand->now.x[2] > 0;
    if (hand->lifted)
        hand->has_candidate = hand->begun && place.on >= current_word(hand)->end - 1;
    if (status == LH_OK && hand->lifted && hand->has_candidate)
        status = save_candidate(hand, state, row, error);
    return status;
}

lh_status lh_hand_leave(const lh_hand *hand, lh_start *start, lh_error *error)
{
    return lh_start_from_state(start, hand->model, hand->saved, CHECKPOINT, hand->checkpoint.x,
                               hand->text, hand->characters, error);
}
