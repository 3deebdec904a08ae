/* The architectures of the paper in short, for tables of tests: N layers of H cells, M mixture
 * components, K window components, A characters. */
#ifndef LONGHAND_TESTS_ARCHITECTURES_H
#define LONGHAND_TESTS_ARCHITECTURES_H

#include <longhand/nn.h>

#define PREDICTION(N, H, M)                                            \
    {                                                                  \
        .kind = LH_PREDICTION, .layers = N, .cells = H, .mixtures = M, \
    }
#define SYNTHESIS(N, H, M, K, A)                                                                  \
    {                                                                                             \
        .kind = LH_SYNTHESIS, .layers = N, .cells = H, .mixtures = M, .windows = K, .alphabet = A \
    }

#endif
