/* Names of what failed among many: see names.h. */
#include "names.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void cli_names_add(cli_names *names, const char *name)
{
    if (names->count < CLI_NAMES_MAX)
        names->name[names->count] = strdup(name);
    names->count++;
}

char *cli_names_list(const cli_names *names)
{
    char *list = NULL;
    size_t size;
    FILE *to = open_memstream(&list, &size);
    if (!to)
        return NULL;
    for (size_t i = 0; i < names->count && i < CLI_NAMES_MAX; i++)
        fprintf(to, "%s%s", i > 0 ? ", " : "", names->name[i] ? names->name[i] : "?");
    if (names->count > CLI_NAMES_MAX)
        fprintf(to, " and %zu more", names->count - CLI_NAMES_MAX);
    if (fclose(to) == 0)
        return list;
    free(list);
    return NULL;
}

void cli_names_clear(cli_names *names)
{
    for (size_t i = 0; i < CLI_NAMES_MAX; i++)
        free(names->name[i]);
    *names = (cli_names){.count = 0};
}
