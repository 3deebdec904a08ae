/* Opens the module of products, for the programs that seldom need them. */
#include "module_open.h"

#include "nn/blas.h"

#include <stdlib.h>

/* OpenBLAS has kernels for processors that it knows by their numbers, and takes those of 2004 for
 * one that is newer than itself: training takes ten times as long then. So it is told what the
 * processor can do, unless the user has; before there are threads, which might look at the
 * environment. */
__attribute__((constructor)) static void tell_processor(void)
{
#if defined __x86_64__
    __builtin_cpu_init();
    const bool avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512cd") &&
                        __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
                        __builtin_cpu_supports("avx512vl");
    const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    if (avx512 || avx2)
        setenv("OPENBLAS_CORETYPE", avx512 ? "SkylakeX" : "Haswell", 0);
#endif
}

const lh_blas *lh_blas_get(lh_error *error)
{
    return cli_module_open("longhand-blas.so", error);
}
