/* A clerk that writes one piece of a text: see clerk.h. The order of things in a step is that of
 * Graves 2013, section 5: the window moves, the outputs give a mixture, the next point is drawn. */
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

static lh_status set_text(lh_clerk *clerk, const int32_t *text, int count, lh_error *error)
{
    int before = clerk->start->characters;
    int32_t blank = lh_alphabet_index(&clerk->model->alphabet, ' ');
    clerk->before = before;
    clerk->characters = before + count + 1;
    clerk->text = malloc((size_t)clerk->characters * sizeof *text);
    clerk->word = calloc((size_t)count / 2 + 2, sizeof *clerk->word);
    if (!clerk->text || !clerk->word)
        return lh_fail_memory(error, "a piece of text");
    if (before > 0) {
        memcpy(clerk->text, clerk->start->text, (size_t)before * sizeof *text);
        clerk->word[clerk->words++] = (lh_clerk_word){.start = before - 1, .end = before - 1};
    }
    clerk->first = clerk->words;
    memcpy(clerk->text + before, text, (size_t)count * sizeof *text);
    clerk->text[clerk->characters - 1] = blank;
    for (int from = before; from < clerk->characters; from++) {
        int end = from;
        while (clerk->text[end] != blank)
            end++;
        clerk->word[clerk->words++] = (lh_clerk_word){.start = from, .end = end};
        from = end;
    }
    return LH_OK;
}

lh_status lh_clerk_init(lh_clerk *clerk, const lh_model *model, const lh_write_options *options,
                        const lh_start *start, const int32_t *text, int count, uint64_t index,
                        size_t offset, lh_error *error)
{
    *clerk = (lh_clerk){.model = model, .options = options, .start = start, .index = index};
    clerk->offset = offset;
    lh_draft_start(&clerk->draft, lh_network_architecture(model->network), options->keep);
    lh_draft_start(&clerk->best, lh_network_architecture(model->network), options->keep);
    lh_status status = set_text(clerk, text, count, error);
    if (status == LH_OK)
        status = lh_course_init(&clerk->course, &model->alphabet, clerk->text, clerk->characters,
                                clerk->before, error);
    if (status != LH_OK)
        lh_clerk_clear(clerk);
    else if (start->state) {
        clerk->course.pace = start->pace;
        clerk->course.known = start->known;
    }
    return status;
}

void lh_clerk_clear(lh_clerk *clerk)
{
    free(clerk->text);
    free(clerk->word);
    lh_state_free(clerk->saved);
    lh_course_clear(&clerk->course);
    lh_draft_clear(&clerk->draft);
    lh_draft_clear(&clerk->best);
    *clerk = (lh_clerk){0};
}

lh_status lh_clerk_begin(lh_clerk *clerk, lh_state *state, int row, lh_proof *proof,
                         lh_error *error)
{
    const lh_start *start = clerk->start;
    lh_status status = LH_OK;
    clerk->proof = proof;
    clerk->saved = lh_state_new(clerk->model->network, SAVED_ROWS, error);
    if (!clerk->saved)
        return error->status;
    clerk->checkpoint = (lh_stand){.fresh = !start->state};
    if (start->state) {
        memcpy(clerk->checkpoint.tip.x, start->x, sizeof start->x);
        clerk->checkpoint.tip.pen_x = (double)start->pen_x;
        clerk->checkpoint.tip.pen_y = (double)start->pen_y;
        status = lh_state_copy(state, row, start->state, 0, error);
    } else {
        lh_state_reset(state, row);
    }
    lh_guard_start(&clerk->checkpoint.guard, clerk->before > 1 ? clerk->before - 2 : 0);
    if (status == LH_OK)
        status = lh_state_set_text(state, row, clerk->text, clerk->characters, error);
    if (status == LH_OK)
        status = lh_state_copy(clerk->saved, CHECKPOINT, state, row, error);
    return status == LH_OK ? lh_clerk_start_try(clerk, state, row, error) : status;
}

/* ---- a step -----------------------------------------------------------------------------------
 */

static lh_status add_point(lh_clerk *clerk, const lh_state *state, int row,
                           const lh_window_place *place, const lh_drawn *drawn, lh_error *error)
{
    int on = place->on < clerk->before ? clerk->before : place->on;
    int last = clerk->characters - 2;
    int moved = (int)clerk->offset - clerk->before; /* from the window's text to the whole text */
    lh_draft_row added = lh_tip_row(&clerk->now.tip, drawn, state, row);
    added.trace.character = (on > last ? last : on) + moved;
    added.trace.place = place->centre + (float)moved;
    added.on = place->on;
    added.moved = moved;
    return lh_draft_add(&clerk->draft, &added, error);
}

static void extend_ink(lh_stand *now, size_t points)
{
    now->right = points == 1 && now->fresh ? now->tip.pen_x : fmax(now->right, now->tip.pen_x);
    now->middle += (now->tip.pen_y - now->middle) / (double)(points < 300 ? points : 300);
}

/* Behind the last word: does the window rest, with nothing more to write? */
static bool at_rest(lh_clerk *clerk)
{
    const lh_guard *guard = &clerk->now.guard;
    int end = lh_clerk_current(clerk)->end;
    return clerk->current == clerk->words - 1 && clerk->has_candidate && guard->reached >= end &&
           guard->step - clerk->course.passed[end] > REST_POINTS;
}

/* What the point drawn means for the word: it may have ended at the last lift, or at this one. */
static lh_status look_at_stroke(lh_clerk *clerk, lh_state *state, int row, int on, lh_error *error)
{
    bool last = clerk->current == clerk->words - 1;
    if (clerk->seam.open) {
        int end = lh_clerk_current(clerk)->end;
        lh_seam_verdict verdict =
            lh_seam_look(&clerk->seam, clerk->now.tip.pen_x, on, end, clerk->lifted, last);
        if (verdict == LH_SEAM_NEXT) {
            int current = clerk->current;
            lh_status status = lh_clerk_end_word(clerk, state, row, error);
            if (status != LH_OK || clerk->done || clerk->current == current)
                return status;
        }
    }
    if (clerk->lifted) {
        clerk->has_candidate = on >= lh_clerk_current(clerk)->end - 1;
        if (clerk->has_candidate)
            return lh_clerk_save_candidate(clerk, state, row, error);
    }
    return at_rest(clerk) ? lh_clerk_end_word(clerk, state, row, error) : LH_OK;
}

lh_status lh_clerk_take(lh_clerk *clerk, lh_state *state, int row, lh_error *error)
{
    lh_window_place place = lh_window_find(lh_state_phi(state, row), clerk->characters);
    lh_stand *now = &clerk->now;
    lh_tip *tip = &now->tip;
    lh_drawn drawn;
    lh_status status = lh_tip_draw(tip, clerk->model, state, row, clerk->options->bias, 1,
                                   &clerk->rng, &drawn, error);
    clerk->report.points_drawn++;
    if (status != LH_OK)
        return status;
    int fault = lh_guard_step(&now->guard, &clerk->course, &place, tip->x,
                              (float)(tip->pen_y - now->middle), lh_clerk_current(clerk)->end);
    if (fault != LH_NO_FAULT)
        return lh_clerk_find_fault(clerk, fault, state, row, error);
    if (clerk->lifted && clerk->has_candidate)
        lh_seam_start(&clerk->seam, tip->pen_x, now->right, place.on);
    status = add_point(clerk, state, row, &place, &drawn, error);
    extend_ink(now, clerk->draft.count);
    clerk->lifted = tip->x[2] > 0;
    return status == LH_OK ? look_at_stroke(clerk, state, row, place.on, error) : status;
}

lh_status lh_clerk_leave(const lh_clerk *clerk, lh_start *start, lh_error *error)
{
    lh_status status =
        lh_start_from_state(start, clerk->model, clerk->saved, CHECKPOINT, clerk->checkpoint.tip.x,
                            clerk->text, clerk->characters, error);
    start->pace = lh_guard_pace(&clerk->checkpoint.guard, &clerk->course);
    start->known = clerk->checkpoint.guard.due;
    return status;
}
