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

#endif
