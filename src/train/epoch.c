/* Batches of an epoch and shards of a batch. */
#include "epoch.h"

#include "random_streams.h"

#include <stdlib.h>
#include <string.h>

/* Batches that are sorted by length together. More: lengths within a batch are more alike; fewer:
 * the lines that meet are more at random. */
enum { CHUNK_BATCHES = 24 };

/* ---- sorting ---- */

static bool comes_before(const lh_sequence *sequences, size_t a, size_t b)
{
    int difference = sequences[a].steps - sequences[b].steps;
    return difference ? difference > 0 : a < b;
}

/* Lets order[at] sink in the heap order[0..count-1], whose top comes last. */
static void sink(const lh_sequence *sequences, size_t *order, size_t at, size_t count)
{
    size_t moving = order[at];
    for (size_t child; (child = 2 * at + 1) < count; at = child) {
        if (child + 1 < count && comes_before(sequences, order[child], order[child + 1]))
            child++;
        if (!comes_before(sequences, moving, order[child]))
            break;
        order[at] = order[child];
    }
    order[at] = moving;
}

/* Heapsort: in place, and qsort's comparison would not see `sequences`. */
void lh_sort_by_length(const lh_sequence *sequences, size_t *order, size_t count)
{
    for (size_t at = count / 2; at-- > 0;)
        sink(sequences, order, at, count);
    for (size_t left = count; left > 1;) {
        left--;
        size_t last = order[0];
        order[0] = order[left];
        order[left] = last;
        sink(sequences, order, 0, left);
    }
}

/* ---- an epoch ---- */

size_t lh_batches(size_t count, int batch)
{
    return (count + (size_t)batch - 1) / (size_t)batch;
}

static void shuffle(lh_rng *rng, size_t *order, size_t count)
{
    for (size_t i = count; i > 1; i--) {
        size_t j = lh_rng_below(rng, i);
        size_t swapped = order[i - 1];
        order[i - 1] = order[j];
        order[j] = swapped;
    }
}

static void swap_batches(size_t *order, size_t batch, size_t a, size_t b)
{
    for (size_t i = 0; i < batch && a != b; i++) {
        size_t swapped = order[a * batch + i];
        order[a * batch + i] = order[b * batch + i];
        order[b * batch + i] = swapped;
    }
}

void lh_plan_epoch(const lh_sequence *sequences, size_t count, int batch, uint64_t seed,
                   uint64_t epoch, size_t *order)
{
    lh_rng rng;
    lh_rng_seed(&rng, seed, lh_stream_order(epoch));
    for (size_t i = 0; i < count; i++)
        order[i] = i;
    shuffle(&rng, order, count);
    size_t lines = (size_t)batch, chunk = CHUNK_BATCHES * lines;
    for (size_t start = 0; start < count; start += chunk)
        lh_sort_by_length(sequences, order + start, start + chunk < count ? chunk : count - start);
    /* A last batch that is not full stays last. */
    for (size_t i = count / lines; i > 1; i--)
        swap_batches(order, lines, i - 1, lh_rng_below(&rng, i));
}

/* ---- shards ---- */

lh_status lh_shards_reserve(lh_shards *shards, int batch, lh_error *error)
{
    *shards = (lh_shards){.capacity = batch};
    shards->start = calloc((size_t)batch + 1, sizeof *shards->start);
    shards->sequence = calloc((size_t)batch, sizeof *shards->sequence);
    if (shards->start && shards->sequence)
        return LH_OK;
    lh_shards_release(shards);
    return lh_fail_memory(error, "the shards of a batch");
}

void lh_shards_release(lh_shards *shards)
{
    free(shards->start);
    free(shards->sequence);
    *shards = (lh_shards){0};
}

/* The shard that gets the line of rank `rank`: 0 1 2 2 1 0 0 1 2 ... */
static int snake(int rank, int shards)
{
    int place = rank % (2 * shards);
    return place < shards ? place : 2 * shards - 1 - place;
}

void lh_deal_shards(const lh_sequence *sequences, size_t *batch, int count, int threads,
                    lh_shards *shards)
{
    size_t points = 0;
    for (int i = 0; i < count; i++)
        points += (size_t)sequences[batch[i]].steps;
    size_t room = (size_t)threads * LH_SHARD_POINTS;
    size_t rounds = (points + room - 1) / room;
    shards->count = count < (int)rounds * threads ? count : (int)rounds * threads;
    lh_sort_by_length(sequences, batch, (size_t)count);
    int filled = 0;
    for (int s = 0; s < shards->count; s++) {
        shards->start[s] = filled;
        for (int rank = 0; rank < count; rank++)
            if (snake(rank, shards->count) == s)
                shards->sequence[filled++] = sequences[batch[rank]];
    }
    shards->start[shards->count] = filled;
}
