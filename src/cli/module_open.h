/* Opens modules. */
#ifndef LONGHAND_CLI_MODULE_OPEN_H
#define LONGHAND_CLI_MODULE_OPEN_H

#include "module.h"

/* What the module in `file` gives. The dynamic loader looks for it in the program's run path;
 * opening one again is cheap, and none is ever closed. NULL on failure. */
const void *cli_module_open(const char *file, lh_error *error);

#endif
