/* Words accepted and words written anew: see tries.h. Every try of a word begins with the pen
 * lifted behind the word before, in the same state of the network. */
#include "tries.h"

#include "base/extremes.h"
#include "shape.h"

#include <math.h>
#include <string.h>

enum { CHECKPOINT, CANDIDATE, BEST };

/* Whiteboard units between two words, where the network has not said it: the pen goes on behind a
 * word that was given up. Half the words of IAM-OnDB stand further apart. */
static const double word_gap = 150;

/* Tries that came to the word's end are better than all that did not, which rank by how far they
 * came; and those that the guard let pass, which might only be misread, are better than these. */
static const double whole_word = 1e6, sound_word = 2e6;

lh_hand_word *lh_hand_current(lh_hand *hand)
{
    return &hand->word[hand->current];
}

bool lh_hand_own_word(const lh_hand *hand)
{
    return hand->current >= hand->first;
}

/* Nats by which a word's ink must be likelier than under any other text; and how many count as much
 * as being wrong by a factor e in the amount of ink, when the best of the tries is looked for. */
static const double readable = 5, nats_a_badness = 10;

/* Nats that a character counts for that lacks its shape. */
static const double failed_shape = 3;

/* ---- beginning --------------------------------------------------------------------------------
 */

/* Every try of every word has a stream that only its place in the text decides. What is mended of
 * the word before has the place of the first word, and streams beside those. */
static void seed_try(lh_hand *hand)
{
    lh_rng text;
    lh_rng_seed(&text, hand->options->seed, hand->index);
    bool own = lh_hand_own_word(hand);
    int start = own ? lh_hand_current(hand)->start : hand->before;
    uint64_t place = hand->offset + (size_t)(start - hand->before);
    lh_rng_seed(&hand->rng, lh_rng_next(&text),
                place << 9 | (uint64_t)!own << 8 | (uint64_t)hand->tries);
}

static lh_status begin_stroke_where_pen_stands(lh_hand *hand, lh_error *error)
{
    lh_draft_row row = {
        .point = {.x = (float)hand->now.pen_x, .y = (float)hand->now.pen_y},
        .trace = {.component = -1,
                  .character =
                      (int32_t)(hand->offset) + lh_hand_current(hand)->start - hand->before},
    };
    hand->lifted = false;
    return lh_draft_add(&hand->draft, &row, error);
}

lh_status lh_hand_start_try(lh_hand *hand, lh_state *state, int row, lh_error *error)
{
    lh_status status = lh_state_copy(state, row, hand->saved, CHECKPOINT, error);
    if (status != LH_OK)
        return status;
    hand->now = hand->checkpoint;
    hand->draft.count = hand->checkpoint.count;
    hand->lifted = true;
    hand->seam.open = false;
    lh_hand_current(hand)->point = hand->draft.count;
    seed_try(hand);
    hand->has_candidate = false;
    if (!lh_hand_own_word(hand))
        return lh_hand_save_candidate(hand, state, row, error);
    return hand->now.fresh ? begin_stroke_where_pen_stands(hand, error) : LH_OK;
}

lh_status lh_hand_save_candidate(lh_hand *hand, const lh_state *state, int row, lh_error *error)
{
    hand->has_candidate = true;
    hand->candidate = hand->now;
    hand->candidate.count = hand->draft.count;
    hand->candidate.fresh = false;
    return lh_state_copy(hand->saved, CANDIDATE, state, row, error);
}

/* ---- ending -----------------------------------------------------------------------------------
 */

static void next_word(lh_hand *hand)
{
    bool own = lh_hand_own_word(hand);
    hand->report.words += own;
    hand->report.retried += own && hand->tries > 0;
    hand->report.flawed += lh_hand_current(hand)->flawed;
    hand->tries = 0;
    hand->best_sound = false;
    hand->done = ++hand->current == hand->words;
    if (hand->done && hand->start->state) {
        lh_state_free(hand->saved);
        hand->saved = NULL;
    }
}

/* The number of characters of the current word, which ended at the candidate, that lack the shape
 * without which they are none. */
static int failed_shapes(const lh_hand *hand)
{
    const lh_hand_word *word = &hand->word[hand->current];
    const uint32_t *sign = hand->model->alphabet.codepoint;
    const int moved = (int)hand->offset - hand->before; /* from the window's text to the whole */
    int failed = 0;
    for (int at = word->start; at < word->end; at++)
        failed += !lh_shape_is_there(&hand->draft, word->point, hand->candidate.count, at + moved,
                                     sign[hand->text[at]]);
    return failed;
}

/* Reads the current word over, which ended at the candidate. */
static lh_status read_over(lh_hand *hand, int *fault, double *badness, lh_error *error)
{
    const lh_hand_word *word = lh_hand_current(hand);
    const lh_proof_word read = {
        .state = hand->saved,
        .row = CHECKPOINT,
        .x = hand->checkpoint.x,
        .draft = &hand->draft,
        .from = word->point,
        .to = hand->candidate.count,
        .start = word->start,
        .end = word->end,
    };
    /* A try that reads no better than the best so far need not be read on. */
    double margin, floor = -INFINITY;
    if (hand->best_sound)
        floor = readable - nats_a_badness * hand->best_end.guard.badness;
    lh_status status = lh_proof_read(hand->proof, &read, floor, &margin, error);
    if (status == LH_OK && margin > floor)
        lh_lower(&margin, readable - failed_shape * failed_shapes(hand));
    if (status == LH_OK && margin < readable) {
        *fault = LH_FAULT_MISREAD;
        *badness = (readable - margin) / nats_a_badness;
    }
    return status;
}

/* What was written up to the candidate stands. */
static lh_status accept_word(lh_hand *hand, lh_error *error)
{
    lh_status status = lh_state_copy(hand->saved, CHECKPOINT, hand->saved, CANDIDATE, error);
    hand->checkpoint = hand->candidate;
    hand->has_candidate = false;
    if (!lh_hand_own_word(hand)) { /* the ink that mended the word before is not this text's */
        lh_draft_remove(&hand->draft, 0, hand->checkpoint.count);
        hand->checkpoint.count = 0;
    }
    next_word(hand);
    if (hand->done) {
        hand->draft.count = hand->checkpoint.count;
        return status;
    }
    lh_hand_current(hand)->point = hand->checkpoint.count;
    seed_try(hand);
    return status;
}

lh_status lh_hand_end_word(lh_hand *hand, lh_state *state, int row, lh_error *error)
{
    lh_hand_word *word = lh_hand_current(hand);
    if (!lh_hand_own_word(hand))
        return accept_word(hand, error);
    lh_guard judged = hand->candidate.guard;
    int fault = lh_guard_word(&judged, &hand->course, word->start, word->end,
                              hand->candidate.count - word->point);
    if (fault == LH_NO_FAULT && hand->proof) {
        lh_status status = read_over(hand, &fault, &judged.badness, error);
        if (status != LH_OK)
            return status;
    }
    if (fault != LH_NO_FAULT) {
        hand->now.guard = judged;
        return lh_hand_find_fault(hand, fault, state, row, error);
    }
    hand->candidate.guard = judged;
    hand->now.guard.points = judged.points;
    hand->now.guard.due = judged.due;
    return accept_word(hand, error);
}

/* ---- faults -----------------------------------------------------------------------------------
 */

/* Keeps the best of the tries: a whole word, or else the one that came furthest. */
static lh_status keep_best(lh_hand *hand, int fault, bool whole, lh_error *error)
{
    const lh_guard *guard = &hand->now.guard;
    bool sound = fault == LH_FAULT_MISREAD;
    double rank = sound   ? sound_word - guard->badness
                  : whole ? whole_word - guard->badness
                          : guard->reached;
    if (hand->tries > 0 && rank <= hand->best_rank)
        return LH_OK;
    hand->best_rank = rank;
    hand->best.count = 0;
    hand->best_sound = sound;
    if (sound) {
        hand->best_end = hand->candidate;
        hand->best_end.guard = *guard;
        lh_status status = lh_state_copy(hand->saved, BEST, hand->saved, CANDIDATE, error);
        if (status != LH_OK)
            return status;
    }
    return lh_draft_append(&hand->best, &hand->draft, hand->checkpoint.count, error);
}

/* No try reads well: the best stands, and writing goes on from its end. */
static lh_status settle(lh_hand *hand, lh_state *state, int row, lh_error *error)
{
    hand->draft.count = hand->checkpoint.count;
    lh_status status = lh_draft_append(&hand->draft, &hand->best, 0, error);
    if (status == LH_OK)
        status = lh_state_copy(hand->saved, CANDIDATE, hand->saved, BEST, error);
    if (status != LH_OK)
        return status;
    hand->candidate = hand->best_end;
    hand->course.first = lh_hand_current(hand)->end + 1; /* before it, the last try was timed */
    hand->report.doubtful++;
    status = accept_word(hand, error);
    return status != LH_OK || hand->done ? status : lh_hand_start_try(hand, state, row, error);
}

static double right_edge(const lh_draft *draft, size_t from, double right)
{
    for (size_t i = from; i < draft->count; i++)
        lh_raise(&right, (double)draft->point[i].x);
    return right;
}

/* No try pleased: the best stands, and the hand goes on from the last good blank as if it had just
 * written the word well. */
static lh_status give_up(lh_hand *hand, lh_state *state, int row, lh_error *error)
{
    lh_stand *at = &hand->checkpoint;
    lh_hand_word *word = lh_hand_current(hand);
    if (!lh_hand_own_word(hand)) { /* nothing to mend, then */
        next_word(hand);
        return lh_hand_start_try(hand, state, row, error);
    }
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
    at->fresh = false;
    at->count = hand->draft.count;
    int moved = word->end + 1 - word->start;
    /* The window may have been beyond the word already. */
    const int reached = at->guard.reached + moved;
    at->guard.reached = reached < hand->characters ? reached : hand->characters;
    hand->course.first = word->end + 1;
    lh_state_shift_kappa(hand->saved, CHECKPOINT, moved);
    next_word(hand);
    return hand->done ? LH_OK : lh_hand_start_try(hand, state, row, error);
}

lh_status lh_hand_find_fault(lh_hand *hand, int fault, lh_state *state, int row, lh_error *error)
{
    /* With ink behind its last lift the window was behind the word: all of it is there. */
    bool whole = hand->has_candidate && lh_hand_own_word(hand);
    hand->report.fault[fault]++;
    if (whole)
        hand->draft.count = hand->candidate.count;
    lh_status status = keep_best(hand, fault, whole, error);
    if (status != LH_OK)
        return status;
    if (++hand->tries > hand->options->tries)
        return hand->best_sound ? settle(hand, state, row, error)
                                : give_up(hand, state, row, error);
    return lh_hand_start_try(hand, state, row, error);
}
