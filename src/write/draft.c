/* Ink in the making: see draft.h. */
#include "draft.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Gates beyond these count as saturated (Karpathy, Johnson and Li, "Visualizing and understanding
 * recurrent networks", 2015, section 4.2). */
static const lh_real shut = (lh_real)0.1, open = (lh_real)0.9;

void lh_draft_start(lh_draft *draft, const lh_architecture *a, unsigned keep)
{
    size_t outputs = (size_t)lh_output_size(a), layers = (size_t)a->layers;
    *draft = (lh_draft){
        .mixtures = a->mixtures, .windows = a->windows, .layers = a->layers, .cells = a->cells};
    draft->bytes[LH_COLUMN_TRACE] = sizeof(lh_trace);
    if (keep & LH_KEEP_OUTPUT)
        draft->bytes[LH_COLUMN_OUTPUT] = outputs * sizeof(float);
    if ((keep & LH_KEEP_WINDOW) && a->kind == LH_SYNTHESIS) {
        draft->bytes[LH_COLUMN_WINDOW] = sizeof(lh_window_view);
        draft->bytes[LH_COLUMN_KAPPA] = (size_t)a->windows * sizeof(float);
    }
    if (keep & LH_KEEP_CELLS) {
        draft->bytes[LH_COLUMN_CELL] = layers * (size_t)a->cells;
        draft->bytes[LH_COLUMN_SATURATION] = layers * sizeof(lh_saturation);
    }
    if (keep & LH_KEEP_GATES)
        draft->bytes[LH_COLUMN_GATE] = (LH_GATE_COUNT + 1) * layers * (size_t)a->cells;
}

static lh_status grow(void **rows, size_t capacity, size_t size, lh_error *error)
{
    void *larger = realloc(*rows, capacity * size);
    if (!larger)
        return lh_fail_memory(error, "ink");
    *rows = larger;
    return LH_OK;
}

static size_t room_for(size_t count)
{
    return 2 * count > 256 ? 2 * count : 256;
}

static lh_status reserve_points(lh_draft *draft, size_t count, lh_error *error)
{
    if (count <= draft->capacity)
        return LH_OK;
    size_t capacity = room_for(count);
    void *point = draft->point;
    lh_status status = grow(&point, capacity, sizeof *draft->point, error);
    draft->point = point;
    if (status == LH_OK)
        draft->capacity = capacity;
    return status;
}

static lh_status reserve(lh_draft *draft, size_t count, lh_error *error)
{
    lh_status status = reserve_points(draft, count, error);
    if (count - draft->kept_from <= draft->kept_capacity)
        return status;
    size_t capacity = room_for(count - draft->kept_from);
    for (int i = 0; i < LH_COLUMNS && status == LH_OK; i++)
        if (draft->bytes[i] > 0)
            status = grow(&draft->kept[i], capacity, draft->bytes[i], error);
    if (status == LH_OK)
        draft->kept_capacity = capacity;
    return status;
}

/* ---- what is kept of a step -------------------------------------------------------------------
 */

static void *place_in(const lh_draft *draft, int column, size_t at)
{
    return draft->bytes[column] == 0
               ? NULL
               : (char *)draft->kept[column] + (at - draft->kept_from) * draft->bytes[column];
}

static void keep_window(const lh_draft *draft, const lh_draft_row *row, lh_window_view *view,
                        float *kappa)
{
    const lh_real *phi = lh_state_phi(row->state, row->row);
    const lh_real *centre = lh_state_kappa(row->state, row->row);
    int characters = lh_state_characters(row->state, row->row);
    int first = row->on - LH_WINDOW_SPAN / 2;
    view->first = first + row->moved;
    for (int i = 0; i < LH_WINDOW_SPAN; i++)
        view->phi[i] = first + i >= 0 && first + i <= characters ? (float)phi[first + i] : 0;
    /* The paper counts characters from 1. */
    for (int k = 0; k < draft->windows; k++)
        kappa[k] = (float)(centre[k] - 1 + (lh_real)row->moved);
}

/* Of gates that the network's cells do not have nothing is saturated. */
static lh_saturation find_saturation(const lh_draft_row *row, int layer, int cells)
{
    lh_saturation found = {0};
    for (int g = 0; g < LH_GATE_COUNT; g++) {
        const lh_real *gate = lh_state_gate(row->state, row->row, layer, (lh_gate)g);
        int low = 0, high = 0;
        for (int i = 0; gate && i < cells; i++) {
            low += gate[i] < shut;
            high += gate[i] > open;
        }
        found.shut[g] = (float)low / (float)cells;
        found.open[g] = (float)high / (float)cells;
    }
    return found;
}

static void keep_cells(const lh_draft *draft, const lh_draft_row *row, int8_t *cell,
                       lh_saturation *saturation)
{
    for (int n = 0; n < draft->layers; n++) {
        const lh_real *h = lh_state_hidden(row->state, row->row, n);
        for (int i = 0; i < draft->cells; i++)
            *cell++ = (int8_t)lrintf(127 * (float)h[i]);
        saturation[n] = find_saturation(row, n, draft->cells);
    }
}

static int8_t as_byte(lh_real value)
{
    return (int8_t)lrintf(127 * fmaxf(-1, fminf(1, (float)value)));
}

/* h = o tanh c, of which o is not 0 (Graves 2013, (10) and (11)). */
static void keep_gates(const lh_draft *draft, const lh_draft_row *row, int8_t *kept)
{
    for (int n = 0; n < draft->layers; n++) {
        const lh_real *h = lh_state_hidden(row->state, row->row, n), *o = NULL;
        for (int g = 0; g < LH_GATE_COUNT; g++) {
            const lh_real *gate = lh_state_gate(row->state, row->row, n, (lh_gate)g);
            o = g == LH_GATE_OUTPUT ? gate : o;
            for (int i = 0; i < draft->cells; i++)
                *kept++ = gate ? as_byte(gate[i]) : 0;
        }
        for (int i = 0; i < draft->cells; i++)
            *kept++ = o && o[i] > 0 ? as_byte(h[i] / o[i]) : 0;
    }
}

static void keep_state(const lh_draft *draft, const lh_draft_row *row, size_t at)
{
    float *output = place_in(draft, LH_COLUMN_OUTPUT, at);
    if (output) {
        const lh_real *y = lh_state_output(row->state, row->row);
        for (int i = 0; i < 1 + 6 * draft->mixtures; i++)
            output[i] = (float)y[i];
    }
    if (draft->bytes[LH_COLUMN_WINDOW] > 0)
        keep_window(draft, row, place_in(draft, LH_COLUMN_WINDOW, at),
                    place_in(draft, LH_COLUMN_KAPPA, at));
    if (draft->bytes[LH_COLUMN_CELL] > 0)
        keep_cells(draft, row, place_in(draft, LH_COLUMN_CELL, at),
                   place_in(draft, LH_COLUMN_SATURATION, at));
    if (draft->bytes[LH_COLUMN_GATE] > 0)
        keep_gates(draft, row, place_in(draft, LH_COLUMN_GATE, at));
}

/* ---- rows -------------------------------------------------------------------------------------
 */

lh_status lh_draft_add(lh_draft *draft, const lh_draft_row *row, lh_error *error)
{
    lh_status status = reserve(draft, draft->count + 1, error);
    if (status != LH_OK)
        return status;
    size_t at = draft->count++;
    draft->point[at] = row->point;
    if (row->state)
        keep_state(draft, row, at);
    for (int i = 0; i < LH_COLUMNS && !row->state; i++)
        if (draft->bytes[i] > 0)
            memset(place_in(draft, i, at), 0, draft->bytes[i]);
    memcpy(place_in(draft, LH_COLUMN_TRACE, at), &row->trace, sizeof row->trace);
    return LH_OK;
}

lh_status lh_draft_append(lh_draft *draft, const lh_draft *more, size_t from, lh_error *error)
{
    size_t count = more->count - from, at = draft->count;
    lh_status status = reserve(draft, at + count, error);
    if (status != LH_OK || count == 0)
        return status;
    memcpy(draft->point + at, more->point + from, count * sizeof *draft->point);
    for (int i = 0; i < LH_COLUMNS; i++)
        if (draft->bytes[i] > 0)
            memcpy(place_in(draft, i, at), place_in(more, i, from), count * draft->bytes[i]);
    draft->count += count;
    return LH_OK;
}

void lh_draft_cut(lh_draft *draft, size_t count)
{
    draft->count = count;
    if (draft->kept_from > count)
        draft->kept_from = count;
}

const lh_trace *lh_draft_trace(const lh_draft *draft, size_t at)
{
    return place_in(draft, LH_COLUMN_TRACE, at);
}

size_t lh_draft_stroke_end(const lh_draft *draft, size_t first, size_t to)
{
    size_t end = first + 1;
    while (end < to && !draft->point[end - 1].end)
        end++;
    return end;
}

lh_box lh_draft_box(const lh_draft *draft, size_t from, size_t to)
{
    const lh_ink view = {.points = draft->point + from, .count = to - from};
    return lh_ink_bounds(&view);
}

void lh_draft_forget(lh_draft *draft)
{
    draft->kept_from = draft->count;
}

/* Rows from `from` on go to `to`. */
static void move_rows(lh_draft *draft, size_t from, size_t to)
{
    size_t count = draft->count - from;
    if (count == 0)
        return;
    memmove(draft->point + to, draft->point + from, count * sizeof *draft->point);
    for (int i = 0; i < LH_COLUMNS; i++)
        if (draft->bytes[i] > 0)
            memmove(place_in(draft, i, to), place_in(draft, i, from), count * draft->bytes[i]);
}

lh_status lh_draft_insert(lh_draft *draft, size_t at, const lh_point *point, size_t count,
                          const lh_trace *trace, lh_error *error)
{
    lh_status status = reserve(draft, draft->count + count, error);
    if (status != LH_OK || count == 0)
        return status;
    move_rows(draft, at, at + count);
    draft->count += count;
    memcpy(draft->point + at, point, count * sizeof *point);
    for (size_t k = at; k < at + count; k++) {
        for (int i = 0; i < LH_COLUMNS; i++) {
            if (draft->bytes[i] > 0 && at > 0)
                memcpy(place_in(draft, i, k), place_in(draft, i, at - 1), draft->bytes[i]);
            else if (draft->bytes[i] > 0)
                memset(place_in(draft, i, k), 0, draft->bytes[i]);
        }
        memcpy(place_in(draft, LH_COLUMN_TRACE, k), trace, sizeof *trace);
    }
    return LH_OK;
}

void lh_draft_remove(lh_draft *draft, size_t at, size_t count)
{
    move_rows(draft, at + count, at);
    draft->count -= count;
}

void lh_draft_clear(lh_draft *draft)
{
    free(draft->point);
    draft->point = NULL;
    for (int i = 0; i < LH_COLUMNS; i++) {
        free(draft->kept[i]);
        draft->kept[i] = NULL;
    }
    draft->count = draft->capacity = draft->kept_from = draft->kept_capacity = 0;
}

void lh_draft_show(const lh_draft *draft, lh_written *written)
{
    written->trace = draft->kept[LH_COLUMN_TRACE];
    written->output = draft->kept[LH_COLUMN_OUTPUT];
    written->window = draft->kept[LH_COLUMN_WINDOW];
    written->kappa = draft->kept[LH_COLUMN_KAPPA];
    written->cell = draft->kept[LH_COLUMN_CELL];
    written->saturation = draft->kept[LH_COLUMN_SATURATION];
    written->gate = draft->kept[LH_COLUMN_GATE];
    written->kept_from = draft->kept_from;
    written->mixtures = draft->mixtures;
    written->windows = draft->windows;
    written->layers = draft->layers;
    written->cells = draft->cells;
}
