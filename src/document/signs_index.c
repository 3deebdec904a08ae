/* Ranges that may lie in each other, flattened: see signs_index.h. From the last range to the
 * first, each takes of its characters what is free; `next` leads over what is taken, each way being
 * made shorter as it is gone (Tarjan, 1975). */
#include "document/signs_index.h"

#include <stdlib.h>

static int ascending(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* The last edge that is not beyond `codepoint`; edges: none. */
static size_t edge_before(const lh_signs_index *index, uint32_t codepoint)
{
    size_t low = 0, high = index->edges;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (index->edge[middle] <= codepoint)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 ? low - 1 : index->edges;
}

static size_t free_from(size_t *next, size_t at)
{
    size_t end = at;
    while (next[end] != end)
        end = next[end];
    while (next[at] != end) {
        size_t after = next[at];
        next[at] = end;
        at = after;
    }
    return end;
}

static void find_edges(lh_signs_index *index, const lh_signs_range *range, size_t ranges)
{
    for (size_t i = 0; i < ranges; i++) {
        index->edge[2 * i] = range[i].first;
        index->edge[2 * i + 1] = range[i].last + 1;
    }
    qsort(index->edge, 2 * ranges, sizeof *index->edge, ascending);
    for (size_t i = 0; i < 2 * ranges; i++)
        if (i == 0 || index->edge[i] != index->edge[index->edges - 1])
            index->edge[index->edges++] = index->edge[i];
}

lh_status lh_signs_index_make(lh_signs_index *index, const lh_signs_range *range, size_t ranges,
                              lh_error *error)
{
    *index = (lh_signs_index){0};
    index->edge = malloc((2 * ranges + 1) * sizeof *index->edge);
    index->text = calloc(2 * ranges + 1, sizeof *index->text);
    size_t *next = malloc((2 * ranges + 1) * sizeof *next);
    if (!index->edge || !index->text || !next) {
        lh_signs_index_clear(index);
        free(next);
        return lh_fail_memory(error, "a table of signs");
    }
    find_edges(index, range, ranges);
    for (size_t i = 0; i <= index->edges; i++)
        next[i] = i;
    for (size_t i = ranges; i-- > 0;) {
        size_t at = free_from(next, edge_before(index, range[i].first));
        for (; at < index->edges && index->edge[at] <= range[i].last; at = free_from(next, at)) {
            index->text[at] = range[i].text;
            next[at] = at + 1;
        }
    }
    free(next);
    return LH_OK;
}

void lh_signs_index_clear(lh_signs_index *index)
{
    free(index->edge);
    free(index->text);
    *index = (lh_signs_index){0};
}

const char *lh_signs_index_find(const lh_signs_index *index, uint32_t codepoint)
{
    size_t at = edge_before(index, codepoint);
    return at < index->edges ? index->text[at] : NULL;
}
