/* What the files of `longhand cells` share: what each cell of a network told over a text. */
#ifndef LONGHAND_CLI_CELLS_H
#define LONGHAND_CLI_CELLS_H

#include "cli.h"

#include <cjson/cJSON.h>

/* What a cell can be easy to read by. */
typedef struct cells_trait {
    const char *name; /* "inside a word" */
    /* Of character i of the text; `since` counts those since the last row began. */
    double (*of)(const lh_letters *letters, size_t i, size_t since);
} cells_trait;
extern const cells_trait cells_traits[]; /* ends with a name of NULL */
enum { CELLS_TRAITS_MAX = 8 };

/* The cell that goes best with a trait: the correlation of the two over the text. */
typedef struct cells_found {
    const char *name; /* of the trait; NULL: a cell that was asked for */
    int layer, cell;  /* from 0 */
    double correlation;
} cells_found;

typedef struct cells_run {
    const lh_model *model;
    const lh_letters *letters;
    size_t count; /* characters that were looked at */
    int layers, cells;
    float *value;   /* [layers][cells][count] tanh(c), or h of cells without c; owned */
    double *closed; /* [LH_GATE_COUNT][layers][cells] share of steps with a gate below 0.1; owned */
    double *open;   /* the same, above 0.9; owned */
    bool gate[LH_GATE_COUNT]; /* which gates there are */
    cells_found found[CELLS_TRAITS_MAX];
    int found_count;
} cells_run;

static inline const float *cells_values(const cells_run *run, int layer, int cell)
{
    return run->value + ((size_t)layer * (size_t)run->cells + (size_t)cell) * run->count;
}

static inline bool cells_is_letter(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0xc0;
}

/* cells_errors.c: what the network gave less than 1/2, of the text's last twentieth, by kind. */
enum { CELLS_ERROR_KINDS = 7 };
typedef struct cells_errors {
    size_t characters, errors, count[CELLS_ERROR_KINDS];
} cells_errors;
lh_status cells_count_errors(const cells_run *run, cells_errors *errors, lh_error *error);
void cells_print_errors(const cells_errors *errors);
/* As member "errors" of `row`; false: no memory. */
bool cells_add_errors(cJSON *row, const cells_errors *errors);

/* cells_picture.c: the text in the colours of the cells that were found, and their gates, as SVG,
 * or as a page of HTML with that in it where `path` ends so. */
lh_status cells_draw(const cells_run *run, const char *path, lh_error *error);
extern const char *const cells_gates[LH_GATE_COUNT]; /* "input", "forget", "output" */

#endif
