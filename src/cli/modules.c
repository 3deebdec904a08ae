/* Opens modules (module.h) by the dynamic loader, which looks for them in the program's run path.
 * Opening one again is cheap, and none is ever closed. Elsewhere than in this program the functions
 * here stand in the files that the modules are made of. */
#include "corpus/unpack.h"
#include "corpus/xml_readers.h"
#include "document/accents.h"
#include "module.h"
#include "nn/blas.h"
#include "page/drawing.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

static const void *open_module(const char *file, lh_error *error)
{
    void *handle = dlopen(file, RTLD_LAZY | RTLD_LOCAL);
    const cli_module *module = handle ? dlsym(handle, "longhand_module") : NULL;
    if (!module) {
        lh_fail(error, LH_ERROR_IO, "cannot open a part of Longhand that this needs: %s",
                dlerror());
        return NULL;
    }
    if (strcmp(module->version, LONGHAND_VERSION) != 0) {
        lh_fail(error, LH_ERROR_IO, "%s is of Longhand %s, and this is %s", file, module->version,
                LONGHAND_VERSION);
        return NULL;
    }
    return module->get(error);
}

const lh_accents *lh_accents_get(lh_error *error)
{
    return open_module("longhand-accents.so", error);
}

/* OpenBLAS has kernels for processors that it knows by their numbers, and takes those of 2004 for one
 * that is newer than itself: training takes ten times as long then. So it is told what the processor
 * can do, unless the user has. */
static void tell_processor(void)
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
    tell_processor();
    return open_module("longhand-blas.so", error);
}

const lh_drawing *lh_drawing_get(lh_error *error)
{
    return open_module("longhand-drawing.so", error);
}

const unpack *unpack_get(lh_error *error)
{
    return open_module("longhand-unpack.so", error);
}

const xml_readers *xml_readers_get(lh_error *error)
{
    return open_module("longhand-xml.so", error);
}
