/* Training lines composed of the lines of a form: one hand wrote them all. */
#ifndef LONGHAND_TOOLS_COMPOSER_H
#define LONGHAND_TOOLS_COMPOSER_H

#include "changes.h"
#include "forms.h"

typedef struct composer {
    const char *model_path, *corpus_path, *folder;
    const char *signs; /* what is made: of "XZ!;", and 0 for the digits */
    size_t each; /* lines made of an x or z, and twice those made of one with digits, at most */
    lh_model *model;
    lh_state *state;
    lh_corpus *corpus;
    forms forms;      /* that are made */
    size_t made[128]; /* by character, how many were put into lines */
} composer;

/* Is the sign one of those that are to be made? */
bool composer_makes(const composer *c, char sign);

/* Saves the line with its changes, which are in the order of their points, as a form. */
lh_status composer_make(composer *c, const aligned *line, const change *changes, size_t count,
                        lh_error *error);

/* Each makes what it can of the form's lines. */

/* x and z: each in up to `each` lines, as capital and small letter. */
lh_status compose_letters(composer *c, const aligned *lines, size_t count, lh_error *error);
/* A bar above a full stop, which is !, and a full stop above a comma, which is ;. */
lh_status compose_marks(composer *c, const aligned *lines, size_t count, lh_error *error);
/* Digits in the place of others that the form has, in up to half of `each` ways a line. */
lh_status compose_digits(composer *c, const aligned *lines, size_t count, lh_error *error);

#endif
