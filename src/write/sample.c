/* Handwriting of no text: a prediction network that draws freely (Graves 2013, section 4). */
#include <longhand/write.h>

#include "drawn.h"
#include "line.h"
#include "options.h"
#include "rest.h"
#include "base/need.h"

#include <math.h>

/* Normalised units; no hand makes such an offset, and the network would not find back from it. */
static const double offset_max = 30;
/* A mixture is drawn from this often before its strange offsets are taken for a broken network. */
enum { DRAWS = 20 };

static lh_status draw(const lh_model *model, const lh_mixture *mixture, lh_rng *rng, lh_real x[3],
                      int *component, lh_error *error)
{
    for (int i = 0; i < DRAWS; i++) {
        lh_mixture_sample(mixture, rng, x, component);
        if (fabs((double)x[0]) <= offset_max && fabs((double)x[1]) <= offset_max)
            return LH_OK;
    }
    lh_status status = lh_drawn_check(model, x, error);
    return status == LH_OK ? lh_drawn_fail(model, "asks for offsets that no hand makes", error)
                           : status;
}

static lh_status draw_points(lh_line *line, lh_state *state, lh_real x[3], size_t points,
                             lh_error *error)
{
    const lh_model *model = line->model;
    int mixtures = lh_network_architecture(model->network)->mixtures, component, rested = 0;
    lh_rng text, rng;
    lh_rng_seed(&text, line->options->seed, line->index);
    lh_rng_seed(&rng, lh_rng_next(&text), 0);
    double pen_x = 0, pen_y = 0;
    lh_mixture mixture;
    lh_status status = LH_OK;
    while (line->ink.count < points && status == LH_OK) {
        lh_network_step(model->network, state, x, 1);
        lh_pen_mixture(lh_state_output(state, 0), mixtures, line->options->bias, rested, &mixture);
        status = draw(model, &mixture, &rng, x, &component, error);
        if (status != LH_OK)
            break;
        pen_x += (double)x[0] * model->scale_x;
        pen_y += (double)x[1] * model->scale_y;
        bool end = x[2] > 0 || line->ink.count + 1 == points;
        lh_draft_row row = {
            .point = {.x = (float)pen_x, .y = (float)pen_y, .end = end},
            .trace = {.dx = (float)x[0],
                      .dy = (float)x[1],
                      .end = (float)mixture.end,
                      .component = component,
                      .rested = rested},
            .state = state,
        };
        rested = lh_rest_count(rested, x);
        status = lh_draft_add(&line->ink, &row, error);
    }
    return status;
}

static lh_status sample(lh_line *line, const lh_ink *prime, size_t points, lh_error *error)
{
    lh_state *state = lh_state_new(line->model->network, 1, error);
    if (!state)
        return error->status;
    lh_real x[3] = {0, 0, 0};
    lh_draft_row first = {.trace = {.component = -1}};
    lh_status status = prime ? lh_follow(line->model, state, prime, x, error)
                             : lh_draft_add(&line->ink, &first, error);
    if (status == LH_OK)
        status = draw_points(line, state, x, points, error);
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
    lh_error local;
    error = error ? error : &local;
    const lh_architecture *a = lh_network_architecture(model->network);
    if (a->kind != LH_PREDICTION || a->mixtures < 1 || points < 1) {
        lh_fail(error, LH_ERROR_ARGUMENT,
                points < 1 ? "at least one point must be drawn"
                           : "only a prediction network draws without a text");
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
