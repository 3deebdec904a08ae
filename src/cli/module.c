/* The one symbol of a module; compiled for each with its MODULE_HEADER and MODULE_GET. */
#include "module.h"

#include MODULE_HEADER

static const void *get(lh_error *error)
{
    return MODULE_GET(error);
}

const cli_module longhand_module = {LONGHAND_VERSION, get};
