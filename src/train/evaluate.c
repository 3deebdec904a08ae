/* What a loss over lines is compared by: the figures of the paper, and the loss of one Gaussian and
 * one coin. The loss itself comes from lh_dataset_loss. */
#include <longhand/train.h>

#include "base/need.h"
#include "dataset_loss.h"

#include <math.h>

static const double log_two_pi = 1.8378770664093453;

lh_status lh_null_model_fit(const lh_dataset *dataset, lh_null_model *model, lh_error *error)
{
    LH_NEED(error, dataset && model, LH_ERROR_ARGUMENT);
    const lh_sequence *sequences = lh_dataset_sequences(dataset);
    size_t lines = lh_dataset_count(dataset);
    double n = (double)lh_dataset_points(dataset);
    double x = 0, y = 0, end = 0;
    for (size_t i = 0; i < lines; i++)
        for (int t = 0; t < sequences[i].steps; t++) {
            const lh_real *offset = sequences[i].x + (ptrdiff_t)t * LH_INPUTS;
            x += (double)offset[0];
            y += (double)offset[1];
            end += (double)offset[2];
        }
    *model = (lh_null_model){.mean_x = x / n, .mean_y = y / n, .end = end / n};
    double xx = 0, yy = 0, xy = 0;
    for (size_t i = 0; i < lines; i++)
        for (int t = 0; t < sequences[i].steps; t++) {
            const lh_real *offset = sequences[i].x + (ptrdiff_t)t * LH_INPUTS;
            double dx = (double)offset[0] - model->mean_x;
            double dy = (double)offset[1] - model->mean_y;
            xx += dx * dx;
            yy += dy * dy;
            xy += dx * dy;
        }
    model->variance_x = xx / n;
    model->variance_y = yy / n;
    model->covariance = xy / n;
    bool plane = xx * yy - xy * xy > 1e-12 * xx * yy;
    if (!plane || !(model->end > 0) || !(model->end < 1))
        return lh_fail(error, LH_ERROR_NUMERIC,
                       "one Gaussian and one coin cannot be fitted to these %zu lines: %s", lines,
                       plane ? "their strokes end at every point or never"
                             : "all their offsets have one direction");
    return LH_OK;
}

lh_loss lh_null_model_loss(const lh_null_model *model, const lh_sequence *sequence)
{
    if (!(model && sequence && sequence->x))
        return (lh_loss){0};
    double determinant =
        model->variance_x * model->variance_y - model->covariance * model->covariance;
    double constant = log_two_pi + 0.5 * log(determinant);
    lh_loss loss = {.points = (size_t)sequence->steps};
    for (int t = 0; t < sequence->steps; t++) {
        const lh_real *offset = sequence->x + (ptrdiff_t)t * LH_INPUTS;
        double dx = (double)offset[0] - model->mean_x;
        double dy = (double)offset[1] - model->mean_y;
        double distance = (dx * dx * model->variance_y - 2 * dx * dy * model->covariance +
                           dy * dy * model->variance_x) /
                          determinant;
        loss.mixture += constant + 0.5 * distance;
        loss.end_of_stroke -= log(offset[2] > 0 ? model->end : 1 - model->end);
        loss.squared_error += dx * dx + dy * dy;
    }
    return loss;
}

lh_score lh_score_of(const lh_loss *losses, size_t count, double scale_x, double scale_y)
{
    if (!(losses && count > 0 && scale_x > 0 && scale_y > 0))
        return (lh_score){0};
    lh_loss sum = lh_loss_sum(losses, count);
    double lines = (double)count, points = (double)sum.points;
    double nats = lh_loss_total(&sum);
    double raw = nats + points * log(scale_x * scale_y);
    return (lh_score){
        .nats_per_line = nats / lines,
        .mixture_per_line = sum.mixture / lines,
        .end_of_stroke_per_line = sum.end_of_stroke / lines,
        .nats_per_point = nats / points,
        .mixture_per_point = sum.mixture / points,
        .end_of_stroke_per_point = sum.end_of_stroke / points,
        .nats_per_line_raw = raw / lines,
        .nats_per_point_raw = raw / points,
        .sse_per_point = sum.squared_error / points,
    };
}
