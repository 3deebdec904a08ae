/* Handwriting of no text: a prediction network that draws freely (Graves 2013, section 4). */
#include <longhand/write.h>

#include "base/need.h"
#include "drawn.h"
#include "line.h"
#include "options.h"

/* A mixture is drawn from this often before its strange offsets are taken for a broken network. */
enum { DRAWS = 20 };

static lh_status draw_points(lh_line *line, lh_state *state, lh_tip *tip, size_t points,
                             lh_error *error)
{
    const lh_model *model = line->model;
    lh_rng text, rng;
    lh_rng_seed(&text, line->options->seed, line->index);
    lh_rng_seed(&rng, lh_rng_next(&text), 0);
    lh_drawn drawn;
    lh_status status = LH_OK;
    while (line->ink.count < points && status == LH_OK) {
        lh_network_step(model->network, state, tip->x, 1);
        status = lh_tip_draw(tip, model, state, 0, line->options->bias, DRAWS, &rng, &drawn, error);
        if (status == LH_OK && drawn.strange)
            status = lh_drawn_fail(model, "asks for offsets that no hand makes", error);
        if (status != LH_OK)
            break;
        lh_draft_row row = lh_tip_row(tip, &drawn, state, 0);
        row.point.end |= line->ink.count + 1 == points;
        status = lh_draft_add(&line->ink, &row, error);
    }
    return status;
}

static lh_status sample(lh_line *line, const lh_ink *prime, size_t points, lh_error *error)
{
    lh_state *state = lh_state_new(line->model->network, 1, error);
    if (!state)
        return error->status;
    lh_tip tip = {.rested = 0};
    lh_draft_row first = {.trace = {.component = -1}};
    lh_status status = prime ? lh_follow(line->model, state, prime, tip.x, error)
                             : lh_draft_add(&line->ink, &first, error);
    if (status == LH_OK)
        status = draw_points(line, state, &tip, points, error);
    lh_state_free(state);
    return status;
}

/* A freshly drawn line stands level at x = 0; what goes on behind a primer stays where it is. */
static lh_status place(lh_line *line, bool primed, lh_error *error)
{
    lh_ink ink = {.points = line->ink.point, .count = line->ink.count};
    lh_status status = LH_OK;
    if (!primed && !line->options->raw)
        status = lh_ink_level(&ink, error);
    if (!primed)
        lh_ink_move(&ink, -lh_ink_bounds(&ink).left, 0);
    lh_line_time(line->ink.point, line->ink.count, 0);
    line->report.points_drawn = line->report.points_kept = line->ink.count;
    return status;
}

lh_written *lh_sample(const lh_model *model, const lh_ink *prime, const lh_write_options *options,
                      size_t points, uint64_t index, lh_error *error)
{
    LH_NEED(error, model && model->network && options && (!prime || prime->count > 0), NULL);
    LH_OWN_ERROR(error);
    const lh_purpose purpose = lh_purpose_of(lh_network_architecture(model->network));
    if (points < 1) {
        lh_fail(error, LH_ERROR_ARGUMENT, "at least one point must be drawn");
        return NULL;
    }
    if (purpose != LH_FOR_INK) {
        lh_fail(error, LH_ERROR_ARGUMENT,
                "%s: this network %s; one that writes without a text is needed",
                lh_model_name(model), lh_purpose_words(purpose));
        return NULL;
    }
    lh_line line;
    lh_line_init(&line, model, options, NULL, index);
    lh_status status = lh_write_options_check(options, error);
    if (status == LH_OK)
        status = sample(&line, prime, points, error);
    if (status == LH_OK)
        status = place(&line, prime != NULL, error);
    lh_written *written = status == LH_OK ? lh_line_finish(&line, "", error) : NULL;
    lh_line_clear(&line);
    return written;
}
