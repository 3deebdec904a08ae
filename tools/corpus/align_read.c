/* Which character each point of a line is of, by a network that reads: see align.h. A character has
 * the points from half-way between its peak and that of the one before to half-way to the next. */
#include "align.h"

#include "nn/ctc.h"
#include "read/characters.h"

#include <stdlib.h>

static lh_status place(const read_outputs *outputs, const lh_alphabet *alphabet, aligned *to,
                       lh_error *error)
{
    const int count = (int)to->characters;
    double log_probability;
    if (lh_ctc_steps(to->text, count) > (int)outputs->features.count)
        return lh_fail(error, LH_ERROR_ARGUMENT, "the text does not fit the ink");
    lh_read_character *characters = calloc(to->characters, sizeof *characters);
    to->on = calloc(to->line.count, sizeof *to->on);
    to->sureness = calloc(to->characters, sizeof *to->sureness);
    lh_status status = characters && to->on && to->sureness
                           ? read_characters(outputs, alphabet, to->text, count, characters,
                                             &log_probability, error)
                           : lh_fail(error, LH_ERROR_MEMORY, "out of memory");
    for (size_t u = 0; u < to->characters && status == LH_OK; u++) {
        to->sureness[u] = characters[u].probability;
        for (size_t i = characters[u].from + (u > 0); i <= characters[u].to; i++)
            to->on[i] = (int)u;
    }
    free(characters);
    return status;
}

/* Does the text tell which i have no dot? */
static bool tells_dots(const lh_alphabet *alphabet, const aligned *line)
{
    const int dotless = lh_alphabet_index(alphabet, READ_DOTLESS_I);
    for (size_t u = 0; u < line->characters; u++)
        if (line->text[u] == dotless)
            return true;
    return false;
}

lh_status align_read(const lh_reader *reader, const lh_corpus_line *line, aligned *to,
                     lh_error *error)
{
    const lh_model *model = lh_reader_model(reader);
    const lh_ink ink = {(lh_point *)line->points, line->count, 0};
    read_outputs outputs = {0};
    *to = (aligned){.line = *line, .height = lh_ink_baseline(&ink).height};
    lh_status status =
        lh_alphabet_encode(&model->alphabet, line->text, &to->text, &to->characters, error);
    if (status == LH_OK)
        status = read_outputs_find(model, &ink, &lh_read_defaults, &outputs, error);
    if (status == LH_OK && !tells_dots(&model->alphabet, to))
        read_outputs_dot(&outputs, &model->alphabet);
    if (status == LH_OK)
        status = place(&outputs, &model->alphabet, to, error);
    read_outputs_release(&outputs);
    if (status != LH_OK)
        align_clear(to);
    return status;
}
