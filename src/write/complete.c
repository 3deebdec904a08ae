/* What could come next: several ways in which a network would go on from ink that somebody else
 * began. The network follows the ink once (Graves 2013, section 5.5); the ways are rows of one
 * state, stepped together. */
#include <longhand/write.h>

#include "base/need.h"
#include "drawn.h"
#include "guard.h"
#include "line.h"
#include "options.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

typedef struct way {
    lh_line line;
    lh_rng rng;
    lh_tip tip;
    bool done;
} way;

typedef struct fork {
    const lh_model *model;
    lh_state *state;
    lh_real *x; /* [count][3] */
    way *way;   /* [count] */
    size_t count;
} fork;

static lh_status fork_init(fork *f, const lh_model *model, const lh_write_options *options,
                           size_t count, lh_error *error)
{
    *f = (fork){.model = model, .count = count};
    f->x = calloc(count, LH_INPUTS * sizeof *f->x);
    f->way = calloc(count, sizeof *f->way);
    f->state = lh_state_new(model->network, (int)count, error);
    if (!f->x || !f->way || !f->state)
        return lh_fail_memory(error, "ways to go on");
    for (size_t i = 0; i < count; i++) {
        lh_line_init(&f->way[i].line, model, options, NULL, i);
        lh_rng_seed(&f->way[i].rng, options->seed, i);
    }
    return LH_OK;
}

static void fork_clear(fork *f)
{
    for (size_t i = 0; f->way && i < f->count; i++)
        lh_line_clear(&f->way[i].line);
    lh_state_free(f->state);
    free(f->way);
    free(f->x);
}

/* All ways begin in row 0, which has followed the ink. */
static lh_status part(fork *f, lh_error *error)
{
    lh_status status = LH_OK;
    for (size_t i = 1; i < f->count && status == LH_OK; i++) {
        memcpy(f->x + LH_INPUTS * i, f->x, LH_INPUTS * sizeof *f->x);
        status = lh_state_copy(f->state, (int)i, f->state, 0, error);
    }
    return status;
}

/* Draws the next point of way `i`; it is done at the end of the text, and before an offset that no
 * hand makes. */
static lh_status go_on(fork *f, size_t i, lh_error *error)
{
    way *w = &f->way[i];
    const int row = (int)i, characters = lh_state_characters(f->state, row);
    lh_window_place place = {0};
    const bool synthesis = lh_network_architecture(f->model->network)->kind == LH_SYNTHESIS;
    if (synthesis)
        place = lh_window_find(lh_state_phi(f->state, row), characters);
    lh_drawn drawn;
    lh_status status = lh_tip_draw(&w->tip, f->model, f->state, row, w->line.options->bias, 1,
                                   &w->rng, &drawn, error);
    w->done = (synthesis && place.on >= characters - 1) || drawn.strange;
    if (status != LH_OK || w->done)
        return status;
    memcpy(f->x + LH_INPUTS * i, w->tip.x, sizeof w->tip.x);
    lh_draft_row added = lh_tip_row(&w->tip, &drawn, f->state, row);
    added.trace.character = added.on = place.on;
    added.trace.place = place.centre;
    return lh_draft_add(&w->line.ink, &added, error);
}

static lh_status draw(fork *f, size_t points, lh_error *error)
{
    lh_status status = LH_OK;
    bool moving = true;
    for (size_t t = 0; t < points && moving && status == LH_OK; t++) {
        lh_network_step(f->model->network, f->state, f->x, (int)f->count);
        moving = false;
        for (size_t i = 0; i < f->count && status == LH_OK; i++) {
            if (!f->way[i].done)
                status = go_on(f, i, error);
            moving |= !f->way[i].done;
        }
    }
    return status;
}

static lh_status hand_out(fork *f, const char *text, lh_written **written, lh_error *error)
{
    for (size_t i = 0; i < f->count; i++) {
        lh_draft *ink = &f->way[i].line.ink;
        if (ink->count > 0)
            ink->point[ink->count - 1].end = 1;
        lh_line_time(ink->point, ink->count, 0);
        written[i] = lh_line_finish(&f->way[i].line, text, error);
        if (written[i])
            continue;
        while (i > 0)
            lh_written_free(written[--i]);
        return error->status;
    }
    return LH_OK;
}

lh_status lh_complete(const lh_model *model, const lh_ink *ink, const char *text,
                      const lh_write_options *options, size_t points, size_t count,
                      lh_written **written, lh_error *error)
{
    LH_NEED(error,
            model && model->network && ink && options && points > 0 && count <= INT_MAX && written,
            LH_ERROR_ARGUMENT);
    LH_OWN_ERROR(error);
    const lh_purpose purpose = lh_purpose_of(lh_network_architecture(model->network));
    const bool synthesis = purpose == LH_FOR_TEXT;
    if (!synthesis && purpose != LH_FOR_INK)
        return lh_fail(error, LH_ERROR_ARGUMENT, "%s: this network %s; one that writes is needed",
                       lh_model_name(model), lh_purpose_words(purpose));
    if (count < 1 || ink->count < 1 || (synthesis && !(text && *text)))
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       ink->count < 1 ? "there is no ink to go on from"
                                      : "to go on, a synthesis network needs the text");
    fork f = {.count = 0};
    lh_status status = lh_write_options_check(options, error);
    if (status == LH_OK)
        status = fork_init(&f, model, options, count, error);
    if (status == LH_OK && synthesis)
        status = lh_follow_text(model, f.state, text, error);
    if (status == LH_OK)
        status = lh_follow(model, f.state, ink, f.x, error);
    if (status == LH_OK)
        status = part(&f, error);
    if (status == LH_OK)
        status = draw(&f, points, error);
    if (status == LH_OK)
        status = hand_out(&f, synthesis ? text : "", written, error);
    fork_clear(&f);
    return status;
}
