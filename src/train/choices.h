/* What the values of training's choices are called on the command line and in files: the name of
 * value 0, 1, ...; each list ends with NULL. */
#ifndef LONGHAND_TRAIN_CHOICES_H
#define LONGHAND_TRAIN_CHOICES_H

extern const char *const lh_network_choices[];   /* lh_network_kind */
extern const char *const lh_cell_choices[];      /* lh_architecture's cell */
extern const char *const lh_optimizer_choices[]; /* lh_optimizer_kind */
extern const char *const lh_schedule_choices[];  /* lh_schedule */
extern const char *const lh_noise_choices[];     /* lh_noise_kind */
extern const char *const lh_products_choices[];  /* lh_products */
extern const char *const lh_precision_choices[]; /* lh_precision */

#endif
