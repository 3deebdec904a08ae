/* Memory for weights and activations. */
#ifndef LONGHAND_NN_MEMORY_H
#define LONGHAND_NN_MEMORY_H

#include <longhand/nn.h>

/* On a boundary of 64 bytes, not cleared; NULL on failure; freed with free(). Large blocks lie in
 * huge pages where the system has them: a network's weights then cost a few page faults to bring
 * in, not thousands, and fewer misses to walk. */
void *lh_aligned_alloc(size_t bytes);
/* The same for `count` numbers, all zero; NULL also where an address has too few bits for so many.
 */
lh_real *lh_real_alloc(uint64_t count);

/* Memory that is used again from batch to batch: whoever takes its arrays in the same order every
 * time finds each where it was, grown where it was too small. */
enum { LH_ROOMS_MAX = 32 };
typedef struct lh_rooms {
    struct {
        void *memory;
        size_t size;
    } room[LH_ROOMS_MAX];
    int taken;
    bool failed; /* some memory could not be had since lh_rooms_begin */
} lh_rooms;

/* The next array taken is the first again. */
void lh_rooms_begin(lh_rooms *rooms);
/* The next array, of `count` x `size` bytes, on a boundary of 64 and not cleared; NULL on failure,
 * also where an address has too few bits for so many. Grows with some room to spare, since batches
 * differ a little in size. */
void *lh_rooms_take(lh_rooms *rooms, uint64_t count, size_t size);
void lh_rooms_free(lh_rooms *rooms);

#endif
