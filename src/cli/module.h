/* Modules: the parts of Longhand that need large libraries, each with these in a file
 * longhand-NAME.so of its own, which the program opens when it first needs it. A module has a copy
 * of what it uses of Longhand; as all state is passed, neither side notices. */
#ifndef LONGHAND_CLI_MODULE_H
#define LONGHAND_CLI_MODULE_H

#include <longhand/base.h>

/* What a module shows, under the name longhand_module. */
typedef struct cli_module {
    const char *version; /* LONGHAND_VERSION: structures may differ from one to the next */
    const void *(*get)(lh_error *error);
} cli_module;

LH_API extern const cli_module longhand_module;

#endif
