/* Reading: see longhand/read.h. */
#include "base/need.h"
#include "beam.h"
#include "characters.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const lh_read_options lh_read_defaults = {.beam = 12, .language_weight = 0.5, .character_bonus = 1};

enum { BEAM_MAX = 1000 };

struct lh_reader {
    lh_model *model;
};

lh_reader *lh_reader_load(const char *path, lh_error *error)
{
    LH_NEED(error, path, NULL);
    lh_model *model = lh_model_load(path, error);
    if (!model)
        return NULL;
    const lh_architecture *a = lh_network_architecture(model->network);
    const lh_purpose purpose = lh_purpose_of(a);
    if (purpose != LH_FOR_READING || lh_inputs(a) != LH_FEATURES) {
        if (purpose != LH_FOR_READING)
            lh_fail(error, LH_ERROR_FORMAT, "%s: this network %s; one that reads is needed", path,
                    lh_purpose_words(purpose));
        else
            lh_fail(error, LH_ERROR_FORMAT, "%s: this network sees %d numbers a point, and not %d",
                    path, lh_inputs(a), LH_FEATURES);
        lh_model_free(model);
        return NULL;
    }
    lh_reader *reader = calloc(1, sizeof *reader);
    if (!reader) {
        lh_fail_memory(error, "a reader");
        lh_model_free(model);
        return NULL;
    }
    reader->model = model;
    return reader;
}

void lh_reader_free(lh_reader *reader)
{
    if (!reader)
        return;
    lh_model_free(reader->model);
    free(reader);
}

const lh_model *lh_reader_model(const lh_reader *reader)
{
    return reader ? reader->model : NULL;
}

/* ---- texts ---- */

static char *text_of(const lh_alphabet *alphabet, const int32_t *text, int count, lh_error *error)
{
    char *utf8 = malloc(4 * (size_t)count + 1), *end = utf8;
    if (!utf8) {
        lh_fail_memory(error, "a text");
        return NULL;
    }
    *end = '\0';
    for (int u = 0; u < count; u++)
        end += lh_utf8_encode(alphabet->codepoint[text[u]], end);
    return utf8;
}

/* The two best texts that the outputs spell. */
static lh_status find_texts(const lh_reader *reader, const read_outputs *outputs,
                            const lh_read_options *options, lh_reading *reading, lh_error *error)
{
    const lh_alphabet *alphabet = &reader->model->alphabet;
    read_found found[2] = {{0}};
    const read_prior prior = {options->language, alphabet, options->language_weight,
                              options->character_bonus};
    const int count = read_beam(outputs->log_y, (int)outputs->features.count, outputs->symbols,
                                options->beam, &prior, found, 2, error);
    lh_status status = count < 0 ? error->status : LH_OK;
    if (status == LH_OK) {
        reading->count = (size_t)found[0].count;
        reading->text = text_of(alphabet, found[0].text, found[0].count, error);
        reading->character = calloc(reading->count + 1, sizeof *reading->character);
        if (!reading->text)
            status = error->status;
        else if (!reading->character)
            status = lh_fail_memory(error, "the characters of a text");
        else
            status = read_characters(outputs, alphabet, found[0].text, found[0].count,
                                     reading->character, &reading->log_probability, error);
    }
    if (status == LH_OK && count > 1) {
        reading->next = text_of(alphabet, found[1].text, found[1].count, error);
        status = reading->next ? read_log_probability(outputs, found[1].text, found[1].count,
                                                      &reading->next_log_probability, error)
                               : error->status;
    }
    free(found[0].text);
    free(found[1].text);
    return status;
}

lh_reading *lh_read(const lh_reader *reader, const lh_ink *ink, const lh_read_options *options,
                    lh_error *error)
{
    LH_NEED(error, reader && ink && options, NULL);
    LH_NEED(error, options->beam >= 1 && options->beam <= BEAM_MAX, NULL);
    LH_OWN_ERROR(error);
    read_outputs outputs = {0};
    lh_reading *reading = calloc(1, sizeof *reading);
    lh_status status = reading ? read_outputs_find(reader->model, ink, options, &outputs, error)
                               : lh_fail_memory(error, "what is read");
    if (status == LH_OK) {
        reading->next_log_probability = -INFINITY;
        read_outputs_dot(&outputs, &reader->model->alphabet);
    }
    if (status == LH_OK && outputs.features.count > 0)
        status = find_texts(reader, &outputs, options, reading, error);
    else if (status == LH_OK && !(reading->text = strdup("")))
        status = lh_fail_memory(error, "what is read");
    read_outputs_release(&outputs);
    if (status == LH_OK)
        return reading;
    lh_reading_free(reading);
    return NULL;
}

void lh_reading_free(lh_reading *reading)
{
    if (!reading)
        return;
    free(reading->text);
    free(reading->character);
    free(reading->next);
    free(reading);
}

lh_status lh_read_score(const lh_reader *reader, const lh_ink *ink, const char *text,
                        const lh_read_options *options, double *log_probability, lh_error *error)
{
    LH_NEED(error, reader && ink && text && options && log_probability, LH_ERROR_ARGUMENT);
    LH_OWN_ERROR(error);
    int32_t *indices = NULL;
    size_t count = 0;
    *log_probability = -INFINITY;
    if (lh_alphabet_encode(&reader->model->alphabet, text, &indices, &count, NULL) != LH_OK)
        return lh_utf8_valid(text)
                   ? LH_OK
                   : lh_fail(error, LH_ERROR_ARGUMENT, "a text to score is no UTF-8");
    read_outputs outputs = {0};
    lh_status status = read_outputs_find(reader->model, ink, options, &outputs, error);
    if (status == LH_OK && outputs.features.count > 0)
        status = read_log_probability(&outputs, indices, (int)count, log_probability, error);
    else if (status == LH_OK)
        *log_probability = count == 0 ? 0 : -INFINITY;
    read_outputs_release(&outputs);
    free(indices);
    return status;
}
