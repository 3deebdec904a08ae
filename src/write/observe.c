/* What a network does while it follows ink that somebody else wrote: each point is given to it and
 * not drawn from it (Graves 2013, section 5.5, where a style is followed so). */
#include <longhand/write.h>

#include "base/need.h"
#include "drawn.h"
#include "guard.h"
#include "line.h"
#include "options.h"
#include "rest.h"

#include <math.h>
#include <stdlib.h>

/* The component that the offset is likeliest from: the largest pi_k N(x | mu_k, sigma_k, rho_k). */
static int likeliest(const lh_mixture *m, const lh_real x[3])
{
    int best = 0;
    double most = -INFINITY;
    for (int k = 0; k < m->count; k++) {
        lh_mixture one = {.count = 1, .pi = {m->pi[k]}};
        one.mu_x[0] = m->mu_x[k];
        one.mu_y[0] = m->mu_y[k];
        one.sigma_x[0] = m->sigma_x[k];
        one.sigma_y[0] = m->sigma_y[k];
        one.rho[0] = m->rho[k];
        double its = lh_mixture_log_density(&one, (double)x[0], (double)x[1]);
        if (its > most) {
            most = its;
            best = k;
        }
    }
    return best;
}

/* The row of the point that offset `x` led to, of a network that was stepped before it. */
static lh_draft_row row_of(const lh_line *line, const lh_state *state, lh_point point,
                           const lh_real x[3], int rested)
{
    const lh_architecture *a = lh_network_architecture(line->model->network);
    lh_mixture m;
    lh_window_place place = {0};
    lh_pen_mixture(lh_state_output(state, 0), a->mixtures, line->options->bias, rested, &m);
    if (a->kind == LH_SYNTHESIS)
        place = lh_window_find(lh_state_phi(state, 0), lh_state_characters(state, 0));
    return (lh_draft_row){.point = point,
                          .trace = {.dx = (float)x[0],
                                    .dy = (float)x[1],
                                    .end = (float)m.end,
                                    .component = likeliest(&m, x),
                                    .character = place.on,
                                    .place = place.centre,
                                    .rested = rested},
                          .state = state,
                          .on = place.on};
}

static lh_status follow(lh_line *line, lh_state *state, const lh_ink *ink, lh_error *error)
{
    const lh_model *model = line->model;
    lh_real x[3] = {0};
    int rested = 0;
    lh_draft_row first = {.point = ink->points[0], .trace = {.component = -1}};
    lh_status status = lh_draft_add(&line->ink, &first, error);
    for (size_t t = 1; t < ink->count && status == LH_OK; t++) {
        const lh_point *to = &ink->points[t];
        lh_network_step(model->network, state, x, 1);
        x[0] = (lh_real)((double)(to->x - to[-1].x) / model->scale_x);
        x[1] = (lh_real)((double)(to->y - to[-1].y) / model->scale_y);
        x[2] = to->end;
        if (lh_drawn_strange(x))
            return lh_fail(error, LH_ERROR_ARGUMENT,
                           "the way from point %zu of the ink to the next is none of a pen", t);
        lh_draft_row row = row_of(line, state, *to, x, rested);
        rested = lh_rest_count(rested, x);
        status = lh_draft_add(&line->ink, &row, error);
    }
    return status;
}

lh_written *lh_observe(const lh_model *model, const lh_ink *ink, const char *text,
                       const lh_write_options *options, lh_error *error)
{
    LH_NEED(error, model && model->network && ink && options, NULL);
    LH_OWN_ERROR(error);
    const lh_purpose purpose = lh_purpose_of(lh_network_architecture(model->network));
    const bool synthesis = purpose == LH_FOR_TEXT;
    if (!synthesis && purpose != LH_FOR_INK) {
        lh_fail(error, LH_ERROR_ARGUMENT, "%s: this network %s; one that writes is needed",
                lh_model_name(model), lh_purpose_words(purpose));
        return NULL;
    }
    if (ink->count < 1 || (synthesis && !(text && *text))) {
        lh_fail(error, LH_ERROR_ARGUMENT,
                ink->count < 1 ? "there is no ink to follow"
                               : "to follow ink, a synthesis network needs the text");
        return NULL;
    }
    lh_line line;
    lh_line_init(&line, model, options, NULL, 0);
    lh_status status = lh_write_options_check(options, error);
    lh_state *state = status == LH_OK ? lh_state_new(model->network, 1, error) : NULL;
    if (!state)
        status = error->status;
    if (status == LH_OK && synthesis)
        status = lh_follow_text(model, state, text, error);
    if (status == LH_OK)
        status = follow(&line, state, ink, error);
    lh_state_free(state);
    lh_written *written =
        status == LH_OK ? lh_line_finish(&line, synthesis ? text : "", error) : NULL;
    lh_line_clear(&line);
    return written;
}
