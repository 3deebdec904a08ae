/* Laying sequences out: see batch_rows.h. */
#include "batch_rows.h"

/* Insertion sort, longest first and stable: batches are small and mostly sorted already. */
static void sort_by_length(lh_batch *b, const lh_sequence *sequences)
{
    for (int i = 0; i < b->sequences; i++) {
        int at = i;
        for (; at > 0 && b->sorted[at - 1]->steps < sequences[i].steps; at--) {
            b->sorted[at] = b->sorted[at - 1];
            b->order[at] = b->order[at - 1];
        }
        b->sorted[at] = &sequences[i];
        b->order[at] = i;
    }
}

lh_status lh_batch_lay_out(lh_batch *b, const lh_sequence *sequences, int count, size_t chunk_rows,
                           lh_error *error)
{
    b->sequences = count;
    b->chunk_rows = chunk_rows;
    lh_rooms_begin(&b->rooms);
    b->order = lh_rooms_take(&b->rooms, (size_t)count, sizeof *b->order);
    b->sorted = lh_rooms_take(&b->rooms, (size_t)count, sizeof *b->sorted);
    if (b->rooms.failed)
        return lh_fail_memory(error, "a batch");
    sort_by_length(b, sequences);
    b->steps = b->sorted[0]->steps;
    b->active = lh_rooms_take(&b->rooms, (size_t)b->steps + 1, sizeof *b->active);
    b->start = lh_rooms_take(&b->rooms, (size_t)b->steps + 1, sizeof *b->start);
    if (b->rooms.failed)
        return lh_fail_memory(error, "a batch");
    int running = count;
    b->rows = 0;
    for (int t = 0; t <= b->steps; t++) {
        while (running > 0 && b->sorted[running - 1]->steps <= t)
            running--;
        b->active[t] = running;
        b->start[t] = b->rows;
        b->rows += (size_t)running;
    }
    return LH_OK;
}

void lh_batch_free(lh_batch *b)
{
    lh_rooms_free(&b->rooms);
}

int lh_batch_longest_text(const lh_batch *b)
{
    int most = 0;
    for (int i = 0; i < b->sequences; i++)
        most = b->sorted[i]->characters > most ? b->sorted[i]->characters : most;
    return most;
}

int lh_batch_chunk(const lh_batch *b, int end)
{
    int first = end - 1;
    while (first > 0 && b->start[end] - b->start[first - 1] <= b->chunk_rows)
        first--;
    return first;
}

size_t lh_batch_largest_chunk(const lh_batch *b)
{
    size_t most = 0;
    for (int end = b->steps; end > 0;) {
        int first = lh_batch_chunk(b, end);
        size_t rows = b->start[end] - b->start[first];
        most = rows > most ? rows : most;
        end = first;
    }
    return most;
}
