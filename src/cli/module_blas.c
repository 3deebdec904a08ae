/* Opens the module of products, for the programs that seldom need them. */
#include "module_open.h"

#include "nn/blas.h"
#include "nn/kernels.h"

#include <stdlib.h>

/* OpenBLAS has kernels for processors that it knows by their numbers, and takes those of 2004 for
 * one that is newer than itself: training takes ten times as long then. So it is told what the
 * processor can do, unless the user has; before there are threads, which might look at the
 * environment. */
__attribute__((constructor)) static void tell_processor(void)
{
    const char *name = lh_kernels_find("avx512") ? "SkylakeX"
                       : lh_kernels_find("avx2") ? "Haswell"
                                                 : NULL;
    if (name)
        setenv("OPENBLAS_CORETYPE", name, 0);
}

const lh_blas *lh_blas_get(lh_error *error)
{
    return cli_module_open("longhand-blas.so", error);
}
