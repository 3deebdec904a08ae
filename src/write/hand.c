/* A hand that writes one piece of a text: see hand.h. The order of things in a step is that of
 * Graves 2013, section 5: the window moves, the outputs give a mixture, the next point is drawn. */
#include "drawn.h"
#include "rest.h"
#include "tries.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CHECKPOINT, SAVED_ROWS = 3 }; /* the others are of tries.c */

/* Points that the window rests on the blank behind the last word, and the pen draws nothing that
 * belongs to it: then it is whole. */
enum { REST_POINTS = 40 };

/* ---- life -------------------------------------------------------------------------------------
 */

static lh_status set_text(lh_hand *hand, const int32_t *text, int count, lh_error *error)
{
    int before = hand->start->characters;
    int32_t blank = lh_alphabet_index(&hand->model->alphabet, ' ');
    hand->before = before;
    hand->characters = before + count + 1;
    hand->text = malloc((size_t)hand->characters * sizeof *text);
    hand->word = calloc((size_t)count / 2 + 2, sizeof *hand->word);
    if (!hand->text || !hand->word)
        return lh_fail_memory(error, "a piece of text");
    if (before > 0) {
        memcpy(hand->text, hand->start->text, (size_t)before * sizeof *text);
        hand->word[hand->words++] = (lh_hand_word){.start = before - 1, .end = before - 1};
    }
    hand->first = hand->words;
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
    if (status == LH_OK)
        status = lh_course_init(&hand->course, &model->alphabet, hand->text, hand->characters,
                                hand->before, error);
    if (status != LH_OK)
        lh_hand_clear(hand);
    else if (start->state) {
        hand->course.pace = start->pace;
        hand->course.known = start->known;
    }
    return status;
}

void lh_hand_clear(lh_hand *hand)
{
    free(hand->text);
    free(hand->word);
    lh_state_free(hand->saved);
    lh_course_clear(&hand->course);
    lh_draft_clear(&hand->draft);
    lh_draft_clear(&hand->best);
    *hand = (lh_hand){0};
}

lh_status lh_hand_begin(lh_hand *hand, lh_state *state, int row, lh_proof *proof, lh_error *error)
{
    const lh_start *start = hand->start;
    lh_status status = LH_OK;
    hand->proof = proof;
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
    return status == LH_OK ? lh_hand_start_try(hand, state, row, error) : status;
}

/* ---- a step -----------------------------------------------------------------------------------
 */

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
                  .place = place->centre + (float)moved,
                  .rested = now->rested},
        .state = state,
        .row = row,
        .on = place->on,
        .moved = moved,
    };
    return lh_draft_add(&hand->draft, &added, error);
}

/* Draws the next offset and moves the pen. */
static void move_pen(lh_hand *hand, const lh_state *state, int row, lh_mixture *mixture,
                     int *component)
{
    int mixtures = lh_network_architecture(hand->model->network)->mixtures;
    lh_stand *now = &hand->now;
    lh_pen_mixture(lh_state_output(state, row), mixtures, hand->options->bias, now->rested,
                   mixture);
    lh_mixture_sample(mixture, &hand->rng, now->x, component);
    now->pen_x += (double)now->x[0] * hand->model->scale_x;
    now->pen_y += (double)now->x[1] * hand->model->scale_y;
    hand->report.points_drawn++;
}

static void extend_ink(lh_stand *now, size_t points)
{
    now->right = points == 1 && now->fresh ? now->pen_x : fmax(now->right, now->pen_x);
    now->middle += (now->pen_y - now->middle) / (double)(points < 300 ? points : 300);
}

/* Behind the last word: does the window rest, with nothing more to write? */
static bool at_rest(lh_hand *hand)
{
    const lh_guard *guard = &hand->now.guard;
    int end = lh_hand_current(hand)->end;
    return hand->current == hand->words - 1 && hand->has_candidate && guard->reached >= end &&
           guard->step - hand->course.passed[end] > REST_POINTS;
}

/* What the point drawn means for the word: it may have ended at the last lift, or at this one. */
static lh_status look_at_stroke(lh_hand *hand, lh_state *state, int row, int on, lh_error *error)
{
    bool last = hand->current == hand->words - 1;
    if (hand->seam.open) {
        int end = lh_hand_current(hand)->end;
        lh_seam_verdict verdict =
            lh_seam_look(&hand->seam, hand->now.pen_x, on, end, hand->lifted, last);
        if (verdict == LH_SEAM_NEXT) {
            int current = hand->current;
            lh_status status = lh_hand_end_word(hand, state, row, error);
            if (status != LH_OK || hand->done || hand->current == current)
                return status;
        }
    }
    if (hand->lifted) {
        hand->has_candidate = on >= lh_hand_current(hand)->end - 1;
        if (hand->has_candidate)
            return lh_hand_save_candidate(hand, state, row, error);
    }
    return at_rest(hand) ? lh_hand_end_word(hand, state, row, error) : LH_OK;
}

lh_status lh_hand_take(lh_hand *hand, lh_state *state, int row, lh_error *error)
{
    lh_window_place place = lh_window_find(lh_state_phi(state, row), hand->characters);
    lh_mixture mixture;
    int component;
    move_pen(hand, state, row, &mixture, &component);
    lh_stand *now = &hand->now;
    if (lh_drawn_check(hand->model, now->x, error) != LH_OK)
        return LH_ERROR_NUMERIC;
    int fault = lh_guard_step(&now->guard, &hand->course, &place, now->x,
                              (float)(now->pen_y - now->middle), lh_hand_current(hand)->end);
    if (fault != LH_NO_FAULT)
        return lh_hand_find_fault(hand, fault, state, row, error);
    if (hand->lifted && hand->has_candidate)
        lh_seam_start(&hand->seam, now->pen_x, now->right, place.on);
    lh_status status = add_point(hand, state, row, &place, &mixture, component, error);
    now->rested = lh_rest_count(now->rested, now->x);
    extend_ink(now, hand->draft.count);
    hand->lifted = now->x[2] > 0;
    return status == LH_OK ? look_at_stroke(hand, state, row, place.on, error) : status;
}

lh_status lh_hand_leave(const lh_hand *hand, lh_start *start, lh_error *error)
{
    lh_status status = lh_start_from_state(start, hand->model, hand->saved, CHECKPOINT,
                                           hand->checkpoint.x, hand->text, hand->characters, error);
    start->pace = lh_guard_pace(&hand->checkpoint.guard, &hand->course);
    start->known = hand->checkpoint.guard.due;
    return status;
}
