/* Ink in the making: see draft.h. */
#include "draft.h"

#include <stdlib.h>
#include <string.h>

static bool grow(void **rows, size_t capacity, size_t size)
{
    void *larger = realloc(*rows, capacity * size);
    if (larger)
        *rows = larger;
    return larger != NULL;
}

static lh_status reserve(lh_draft *draft, size_t count, lh_error *error)
{
    if (count <= draft->capacity)
        return LH_OK;
    size_t capacity = 2 * count > 256 ? 2 * count : 256;
    if (!grow((void **)&draft->point, capacity, sizeof *draft->point) ||
        !grow((void **)&draft->trace, capacity, sizeof *draft->trace) ||
        ((draft->keep & LH_KEEP_OUTPUT) &&
         !grow((void **)&draft->output, capacity, (size_t)draft->outputs * sizeof(float))) ||
        ((draft->keep & LH_KEEP_WINDOW) &&
         !grow((void **)&draft->window, capacity, sizeof *draft->window)))
        return lh_fail_memory(error, "ink");
    draft->capacity = capacity;
    return LH_OK;
}

lh_status lh_draft_add(lh_draft *draft, const lh_draft_row *row, lh_error *error)
{
    lh_status status = reserve(draft, draft->count + 1, error);
    if (status != LH_OK)
        return status;
    size_t at = draft->count++;
    draft->point[at] = row->point;
    draft->trace[at] = row->trace;
    if (draft->keep & LH_KEEP_OUTPUT)
        for (size_t i = 0, n = (size_t)draft->outputs; i < n; i++)
            draft->output[at * n + i] = row->output ? (float)row->output[i] : 0;
    if (draft->keep & LH_KEEP_WINDOW)
        draft->window[at] = row->window ? *row->window : (lh_window_view){0};
    return LH_OK;
}

lh_status lh_draft_append(lh_draft *draft, const lh_draft *more, size_t from, lh_error *error)
{
    size_t count = more->count - from, at = draft->count, outputs = (size_t)draft->outputs;
    lh_status status = reserve(draft, at + count, error);
    if (status != LH_OK || count == 0)
        return status;
    memcpy(draft->point + at, more->point + from, count * sizeof *draft->point);
    memcpy(draft->trace + at, more->trace + from, count * sizeof *draft->trace);
    if (draft->keep & LH_KEEP_OUTPUT)
        memcpy(draft->output + at * outputs, more->output + from * outputs,
               count * outputs * sizeof(float));
    if (draft->keep & LH_KEEP_WINDOW)
        memcpy(draft->window + at, more->window + from, count * sizeof *draft->window);
    draft->count += count;
    return LH_OK;
}

void lh_draft_clear(lh_draft *draft)
{
    free(draft->point);
    free(draft->trace);
    free(draft->output);
    free(draft->window);
    *draft = (lh_draft){.outputs = draft->outputs, .keep = draft->keep};
}
