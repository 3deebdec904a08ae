/* Opening modules: see module_open.h. */
#include "module_open.h"

#include <dlfcn.h>
#include <string.h>

const void *cli_module_open(const char *file, lh_error *error)
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
