/* What training's options may be. What the values of its choices are called on the command line and
 * in files: the name of value 0, 1, ...; each list ends with NULL. */
#ifndef LONGHAND_TRAIN_CHOICES_H
#define LONGHAND_TRAIN_CHOICES_H

#include <stdbool.h>
#include <stddef.h>

extern const char *const lh_network_choices[];   /* lh_train_network */
extern const char *const lh_cell_choices[];      /* lh_architecture's cell */
extern const char *const lh_optimizer_choices[]; /* lh_optimizer_kind */
extern const char *const lh_schedule_choices[];  /* lh_schedule */
extern const char *const lh_noise_choices[];     /* lh_noise_kind */
extern const char *const lh_products_choices[];  /* lh_products */
extern const char *const lh_precision_choices[]; /* lh_precision */

/* The range of the option that lies at `offset` in lh_train_options; false: it is none of numbers.
 */
bool lh_train_option_range(size_t offset, double *low, double *high);

#endif
