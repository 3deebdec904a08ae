/* Made-up training lines for the tests of the networks: seeded random offsets and texts. */
#ifndef LONGHAND_TESTS_NN_LINES_H
#define LONGHAND_TESTS_NN_LINES_H

#include <longhand/nn.h>

/* The sequences own their points and texts. */
typedef struct nn_lines {
    int count;
    lh_sequence *sequence; /* [count] */
} nn_lines;

/* `count` lines of steps[i] offsets, normal with deviation 1, one in ten the end of a stroke, the
 * last always. With alphabet > 0 line i has a text of characters[i] indices. Aborts when there is
 * no memory. */
nn_lines nn_lines_new(int count, const int *steps, const int *characters, int alphabet,
                      uint64_t seed);
/* Lines that a network of this architecture takes: these, or, for one that tells symbols, steps[i]
 * times what enters it, normal with deviation 1, and a symbol each, about one in five not asked
 * for. */
nn_lines nn_lines_for(const lh_architecture *architecture, int count, const int *steps,
                      const int *characters, uint64_t seed);
void nn_lines_free(nn_lines *lines);
lh_loss nn_loss_add(lh_loss a, lh_loss b);

#endif
