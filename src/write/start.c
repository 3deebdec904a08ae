/* Priming (Graves 2013, section 5.5) and the memory that pieces of text begin with: see start.h. */
#include "start.h"

#include "guard.h"
#include "nn/bounds.h"
#include "pace.h"
#include "words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Characters before the blank that ends the text that the window may rest on behind its ink. */
enum { END_MAX = 2 };

void lh_start_clear(lh_start *start)
{
    lh_state_free(start->state);
    free(start->text);
    *start = (lh_start){0};
}

lh_status lh_start_from_state(lh_start *start, const lh_model *model, const lh_state *state,
                              int row, const lh_real x[3], const int32_t *text, int characters,
                              lh_error *error)
{
    int tail = characters < LH_START_TAIL ? characters : LH_START_TAIL, cut = characters - tail;
    *start = (lh_start){.x = {x[0], x[1], x[2]}, .characters = tail, .pace = 1};
    start->adaptation = lh_state_adaptation(state, row);
    start->state = lh_state_new(model->network, 1, error);
    if (!start->state)
        return error->status;
    start->text = malloc((size_t)tail * sizeof *text);
    lh_status status = start->text ? lh_state_copy(start->state, 0, state, row, error)
                                   : lh_fail_memory(error, "a hand's memory");
    if (status == LH_OK) {
        memcpy(start->text, text + cut, (size_t)tail * sizeof *text);
        lh_state_shift_kappa(start->state, 0, -(double)cut);
        status = lh_state_set_text(start->state, 0, start->text, tail, error);
    }
    if (status != LH_OK)
        lh_start_clear(start);
    return status;
}

lh_status lh_follow_text(const lh_model *model, lh_state *state, const char *text, lh_error *error)
{
    int32_t *characters = NULL;
    size_t count = 0;
    lh_status status = lh_words_of_ink(&model->alphabet, text, &characters, &count, error);
    if (status == LH_OK)
        status = lh_state_set_text(state, 0, characters, (int)count, error);
    free(characters);
    return status;
}

bool lh_offset_enters(const lh_model *model, lh_offset offset, lh_real x[LH_INPUTS])
{
    x[0] = (lh_real)(offset.dx / model->scale_x);
    x[1] = (lh_real)(offset.dy / model->scale_y);
    x[2] = (lh_real)offset.end;
    return fabs((double)x[0]) <= LH_SIGNAL_MOST && fabs((double)x[1]) <= LH_SIGNAL_MOST;
}

lh_status lh_follow(const lh_model *model, lh_state *state, const lh_ink *ink, lh_real x[3],
                    lh_error *error)
{
    lh_offset *offset = malloc(ink->count * sizeof *offset);
    if (!offset)
        return lh_fail_memory(error, "a style's offsets");
    size_t count = lh_ink_to_offsets(ink, offset);
    x[0] = x[1] = x[2] = 0;
    for (size_t t = 0; t < count; t++) {
        lh_network_step(model->network, state, x, 1);
        if (!lh_offset_enters(model, offset[t], x)) {
            free(offset);
            return lh_fail(error, LH_ERROR_ARGUMENT,
                           "the way from point %zu of the ink to the next is none of a pen", t + 1);
        }
    }
    free(offset);
    return LH_OK;
}

void lh_start_measure(lh_start *start, const lh_ink *ink)
{
    const lh_measures hand = lh_measure_hand(ink, "");
    start->height = (float)hand.height;
    start->lean = (float)tan(hand.slant * acos(-1) / 180);
}

/* Behind ink that lacks some of its text, or that the network follows badly, the window is not at
 * the end yet: whatever comes next would be a step back. It is moved there. */
static void move_to_end(lh_state *state, int characters)
{
    const lh_window_place place = lh_window_find(lh_state_phi(state, 0), characters);
    if (place.on < characters - 1 - END_MAX)
        lh_state_shift_kappa(state, 0, characters - 1 - (double)place.centre);
}

static lh_status prime(lh_start *start, const lh_model *model, const lh_ink *ink,
                       const int32_t *text, int characters, const lh_adaptation *adaptation,
                       lh_error *error)
{
    lh_state *state = lh_state_new(model->network, 1, error);
    if (!state)
        return error->status;
    lh_state_set_adaptation(state, 0, adaptation);
    lh_real x[3];
    lh_status status = lh_state_set_text(state, 0, text, characters, error);
    if (status == LH_OK)
        status = lh_follow(model, state, ink, x, error);
    if (status == LH_OK) {
        move_to_end(state, characters);
        status = lh_start_from_state(start, model, state, 0, x, text, characters, error);
    }
    lh_state_free(state);
    if (status != LH_OK)
        return status;
    lh_start_measure(start, ink);
    lh_baseline base = lh_ink_baseline(ink);
    lh_point last = ink->points[ink->count - 1];
    start->pen_x = last.x - lh_ink_bounds(ink).right;
    start->pen_y = last.y - (base.offset + base.slope * last.x);
    for (int u = 0; u < characters; u++)
        start->known += lh_pace_points(model->alphabet.codepoint[text[u]]);
    start->pace = (double)ink->count / start->known;
    return LH_OK;
}

lh_status lh_start_from_style(lh_start *start, const lh_model *model, const lh_style *style,
                              const lh_adaptation *adaptation, lh_error *error)
{
    *start = (lh_start){0};
    int32_t *text = NULL;
    size_t count = 0;
    lh_ink *ink = NULL;
    lh_status status = lh_words_of_ink(&model->alphabet, style->text, &text, &count, error);
    if (status == LH_OK && !(ink = lh_ink_copy(style->ink, error)))
        status = error->status;
    if (status == LH_OK)
        status = lh_ink_level(ink, error);
    if (status == LH_OK)
        status = prime(start, model, ink, text, (int)count, adaptation, error);
    lh_ink_free(ink);
    free(text);
    return status;
}
