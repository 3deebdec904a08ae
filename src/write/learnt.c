/* What a writer has learnt, as bytes: see learnt.h. In this order, little-endian:
 *
 *     u32 n, n u32        the text's tail, as indices into the alphabet; its last is a blank
 *     3 float             the last offset
 *     2 float             the pen, from the right edge of the style's ink and its baseline
 *     2 double            the hand's pace, and from how much ink it is known
 *     2 float             the height of its small letters, and how they lean
 *     u32 m, m float      what the network remembers (src/nn/state_memory.h) */
#include "learnt.h"

#include "base/need.h"
#include "nn/bounds.h"
#include "nn/state_memory.h"
#include "writer.h"

#include <math.h>
#include <stdlib.h>

static lh_status put_memory(const lh_start *start, lh_bytes *bytes, lh_error *error)
{
    size_t count = lh_state_memory_size(start->state);
    lh_real *memory = malloc(count * sizeof *memory);
    if (!memory)
        return lh_fail_memory(error, "a hand");
    lh_state_get_memory(start->state, 0, memory);
    lh_bytes_put_u32(bytes, (uint32_t)count);
    for (size_t i = 0; i < count; i++)
        lh_bytes_put_float(bytes, (float)memory[i]);
    free(memory);
    return LH_OK;
}

lh_status lh_writer_put(const lh_writer *writer, lh_bytes *bytes, lh_error *error)
{
    const lh_start *start = &writer->start;
    if (!start->state)
        return lh_fail(error, LH_ERROR_ARGUMENT, "a writer without a style has learnt nothing");
    lh_bytes_put_u32(bytes, (uint32_t)start->characters);
    for (int u = 0; u < start->characters; u++)
        lh_bytes_put_u32(bytes, (uint32_t)start->text[u]);
    for (int k = 0; k < LH_INPUTS; k++)
        lh_bytes_put_float(bytes, (float)start->x[k]);
    lh_bytes_put_float(bytes, start->pen_x);
    lh_bytes_put_float(bytes, start->pen_y);
    lh_bytes_put_double(bytes, start->pace);
    lh_bytes_put_double(bytes, start->known);
    lh_bytes_put_float(bytes, start->height);
    lh_bytes_put_float(bytes, start->lean);
    return put_memory(start, bytes, error);
}

static lh_status refuse(lh_error *error)
{
    return lh_fail(error, LH_ERROR_FORMAT, "these bytes are no hand that was learnt");
}

static lh_status take_text(lh_start *start, const lh_model *model, lh_bytes_left *left,
                           lh_error *error)
{
    uint32_t count = lh_bytes_take_u32(left);
    if (count < 1 || count > LH_START_TAIL)
        return refuse(error);
    start->characters = (int)count;
    start->text = malloc(count * sizeof *start->text);
    if (!start->text)
        return lh_fail_memory(error, "a hand");
    for (uint32_t u = 0; u < count; u++)
        start->text[u] = (int32_t)lh_bytes_take_u32(left);
    bool blank = start->text[count - 1] == lh_alphabet_index(&model->alphabet, ' ');
    return blank && !left->ended ? LH_OK : refuse(error);
}

static lh_status take_pen(lh_start *start, lh_bytes_left *left, lh_error *error)
{
    bool finite = true;
    for (int k = 0; k < LH_INPUTS; k++) {
        start->x[k] = (lh_real)lh_bytes_take_float(left);
        finite = finite && fabs((double)start->x[k]) <= LH_SIGNAL_MOST;
    }
    start->pen_x = lh_bytes_take_float(left);
    start->pen_y = lh_bytes_take_float(left);
    start->pace = lh_bytes_take_double(left);
    start->known = lh_bytes_take_double(left);
    start->height = lh_bytes_take_float(left);
    start->lean = lh_bytes_take_float(left);
    finite = finite && isfinite(start->pen_x) && isfinite(start->pen_y) && isfinite(start->pace) &&
             isfinite(start->known) && isfinite(start->height) && isfinite(start->lean);
    return finite && start->pace > 0 && start->known > 0 && !left->ended ? LH_OK : refuse(error);
}

static lh_status take_memory(lh_start *start, const lh_model *model, lh_bytes_left *left,
                             lh_error *error)
{
    start->state = lh_state_new(model->network, 1, error);
    lh_real *memory = NULL;
    lh_status status =
        start->state ? lh_state_set_text(start->state, 0, start->text, start->characters, error)
                     : error->status;
    size_t count = lh_bytes_take_u32(left);
    if (status == LH_OK && (left->ended || count > left->size / sizeof(float)))
        status = refuse(error);
    if (status == LH_OK && !(memory = malloc((count + 1) * sizeof *memory)))
        status = lh_fail_memory(error, "a hand");
    for (size_t i = 0; status == LH_OK && i < count; i++)
        memory[i] = (lh_real)lh_bytes_take_float(left);
    if (status == LH_OK)
        status = lh_state_set_memory(start->state, 0, memory, count, error);
    free(memory);
    return status;
}

lh_writer *lh_writer_take(const lh_model *model, const lh_style *style, lh_bytes_left *left,
                          lh_error *error)
{
    LH_OWN_ERROR(error);
    lh_writer *writer = lh_writer_new(model, NULL, error);
    if (!writer)
        return NULL;
    lh_start *start = &writer->start;
    lh_status status = take_text(start, model, left, error);
    if (status == LH_OK)
        status = take_pen(start, left, error);
    if (status == LH_OK)
        status = take_memory(start, model, left, error);
    if (status == LH_OK)
        status = lh_writer_adapt(writer, style->hand, error);
    if (status == LH_OK) {
        lh_state_set_adaptation(start->state, 0, writer->adaptation);
        return writer;
    }
    lh_writer_free(writer);
    return NULL;
}
