/* A clerk's steps: see clerk_work.h. The order of things in a step is that of Graves 2013, section
 * 5: the window moves, the outputs give a mixture, the next point is drawn. */
#include "clerk_work.h"

#include "tries.h"

#include <math.h>
#include <string.h>

/* Points that the window rests on the blank behind the last word, and the pen draws nothing that
 * belongs to it: then it is whole. */
enum { REST_POINTS = 40 };

lh_status lh_clerk_begin(lh_clerk *clerk, lh_state *state, int row, lh_proof *proof,
                         lh_error *error)
{
    const lh_start *start = clerk->start;
    lh_status status = LH_OK;
    clerk->proof = proof;
    clerk->saved = lh_state_new(clerk->model->network, LH_CLERK_ROWS, error);
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
        lh_state_set_adaptation(state, row, start->adaptation);
    }
    lh_guard_start(&clerk->checkpoint.guard, clerk->before > 1 ? clerk->before - 2 : 0);
    if (status == LH_OK)
        status = lh_state_set_text(state, row, clerk->text, clerk->characters, error);
    if (status == LH_OK)
        status = lh_state_copy(clerk->saved, LH_CLERK_CHECKPOINT, state, row, error);
    return status == LH_OK ? lh_clerk_start_try(clerk, state, row, error) : status;
}

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
