/* Noise on the weights while they learn, so that the network must do with weights that are not
 * exact and cannot keep single training lines in them.
 *
 * Fixed: every weight w is trained at w + sigma e, e standard normal anew in each step, sigma the
 * same for all.
 *
 * Adaptive, after Graves, "Practical Variational Inference for Neural Networks" (2011), as used in
 * Graves 2013: weight i has a Gaussian posterior N(mu_i, sigma_i^2), of which the network's
 * parameters are the means, and all weights share a Gaussian prior N(mu_a, sigma_a^2). What is
 * minimised is the length of a description of lines and weights in nats,
 *
 *   sum over the N training lines of E[loss at mu + sigma e]  +  sum_i KL(posterior_i || prior),
 *   KL_i = ln(sigma_a / sigma_i) + ((mu_i - mu_a)^2 + sigma_i^2 - sigma_a^2) / (2 sigma_a^2),
 *
 * divided by N here, to be on the scale of the loss, nats a line. Where the description has a
 * weight w, it is divided by N / w. The prior is the best one for the posterior, in closed form:
 * mu_a = mean mu_i, sigma_a^2 = mean (sigma_i^2 + (mu_i - mu_a)^2).
 * E is estimated by one draw a step; the derivative by sigma_i^2 of its first part, half the second
 * derivative of the loss, by half the squared gradient (the diagonal empirical Fisher information,
 * as in 2011), where the squared sum of a batch's gradients stands for the sum of their squares: it
 * is the same in the mean where the loss is least. */
#ifndef LONGHAND_TRAIN_NOISE_H
#define LONGHAND_TRAIN_NOISE_H

#include <longhand/train.h>

typedef struct lh_weight_noise lh_weight_noise;

/* For networks laid out like `layout`, which must stay; every sigma begins as `deviation`. */
lh_weight_noise *lh_weight_noise_new(const lh_network *layout, lh_noise_kind kind, double deviation,
                                     lh_error *error);
void lh_weight_noise_free(lh_weight_noise *noise);

/* Draws a network's weights from the posterior around them; lh_weight_noise_remove brings the means
 * back, to the byte. The draw follows from (seed, step) alone. */
void lh_weight_noise_add(lh_weight_noise *noise, lh_network *network, uint64_t seed, uint64_t step,
                         int threads);
void lh_weight_noise_remove(lh_weight_noise *noise, lh_network *network);

/* What a batch taught, for adaptive noise (else nothing is done): `gradient` [arena] is the mean
 * over its `batch` lines; sigma takes a step, and the prior's pull on the means is added to
 * `gradient`. `lines` is N / w; the step is `rate` long, in units of ln sigma. */
void lh_weight_noise_learn(lh_weight_noise *noise, const lh_network *network, lh_real *gradient,
                           double batch, double lines, double rate, int threads);

/* sum_i KL(posterior_i || prior) in nats: what it costs to describe the weights. 0 for fixed noise.
 */
double lh_weight_noise_description(const lh_weight_noise *noise, const lh_network *network,
                                   int threads);

/* What a resumed run needs: ln sigma [arena], and the optimiser that moves it, NULL for fixed
 * noise. */
lh_real *lh_weight_noise_log_sigma(lh_weight_noise *noise);
lh_optimizer *lh_weight_noise_optimizer(lh_weight_noise *noise);

#endif
