/* The writer, its options, and writing one text. */
#include "writer.h"

#include "base/need.h"
#include "composed.h"
#include "hand.h"
#include "options.h"
#include "words.h"

#include <stdlib.h>

const lh_write_options lh_write_defaults = {.bias = 1, .seed = 1, .tries = 24, .rows = 64};

lh_status lh_write_options_check(const lh_write_options *options, lh_error *error)
{
    const unsigned all = LH_KEEP_OUTPUT | LH_KEEP_WINDOW | LH_KEEP_CELLS | LH_KEEP_GATES;
    if (!(options->bias >= 0) || options->tries < 0 || options->tries > 200 || options->rows < 1 ||
        options->threads < 0 || (options->keep & ~all) != 0)
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "options to write with: bias >= 0, tries from 0 to 200, rows >= 1, "
                       "threads >= 0 and what there is to keep are needed");
    return LH_OK;
}

lh_status lh_writer_adapt(lh_writer *writer, const lh_hand *hand, lh_error *error)
{
    if (!hand)
        return LH_OK;
    writer->adaptation = lh_hand_adaptation(hand, writer->model, error);
    writer->start.adaptation = writer->adaptation;
    return writer->adaptation ? LH_OK : error->status;
}

lh_writer *lh_writer_new(const lh_model *model, const lh_style *style, lh_error *error)
{
    LH_NEED(error, model && model->network, NULL);
    LH_OWN_ERROR(error);
    const lh_purpose purpose = lh_purpose_of(lh_network_architecture(model->network));
    if (purpose != LH_FOR_TEXT) {
        lh_fail(error, LH_ERROR_ARGUMENT, "%s: this network %s; one that writes texts is needed",
                lh_model_name(model), lh_purpose_words(purpose));
        return NULL;
    }
    lh_writer *writer = calloc(1, sizeof *writer);
    if (!writer) {
        lh_fail_memory(error, "a writer");
        return NULL;
    }
    writer->model = model;
    lh_status status = style ? lh_writer_adapt(writer, style->hand, error) : LH_OK;
    if (style && status == LH_OK)
        status = lh_start_from_style(&writer->start, model, style, writer->adaptation, error);
    if (status == LH_OK)
        return writer;
    const lh_error inner = *error;
    lh_fail(error, inner.status, "style %s: %s", style->name, inner.message);
    lh_writer_free(writer);
    return NULL;
}

lh_writer *lh_writer_in_hand(const lh_model *model, const lh_hand *hand, lh_error *error)
{
    LH_NEED(error, hand, NULL);
    lh_writer *writer = lh_writer_new(model, NULL, error);
    if (!writer || lh_writer_adapt(writer, hand, error) == LH_OK)
        return writer;
    lh_writer_free(writer);
    return NULL;
}

void lh_writer_free(lh_writer *writer)
{
    if (!writer)
        return;
    lh_start_clear(&writer->start);
    lh_adaptation_free(writer->adaptation);
    free(writer);
}

bool lh_can_write(const lh_alphabet *alphabet, uint32_t codepoint)
{
    if (!alphabet)
        return false;
    return codepoint != UINT32_MAX && (lh_alphabet_index(alphabet, codepoint) >= 0 ||
                                       lh_composed_base(codepoint, alphabet, false));
}

lh_status lh_writer_check(const lh_writer *writer, const char *text, lh_error *error)
{
    LH_NEED(error, writer && text, LH_ERROR_ARGUMENT);
    lh_words words;
    lh_status status = lh_words_read(&words, &writer->model->alphabet, text, error);
    lh_words_clear(&words);
    return status;
}

lh_written *lh_write_text(const lh_writer *writer, const lh_write_options *options,
                          const char *text, lh_error *error)
{
    LH_NEED(error, writer && options && text, NULL);
    lh_written *written = NULL;
    return lh_write_texts(writer, options, &text, 1, 0, &written, error) == LH_OK ? written : NULL;
}
