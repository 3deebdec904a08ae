/* Finding assets: see asset.h. */
#include "base/asset.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char *existing_path(const char *folder, const char *name)
{
    size_t length = strlen(folder) + strlen(name) + 2;
    char *path = malloc(length);
    if (!path)
        return NULL;
    snprintf(path, length, "%s/%s", folder, name);
    if (access(path, R_OK) == 0)
        return path;
    free(path);
    return NULL;
}

/* The folder of the running program, or "" where the system does not tell. */
static void program_folder(char *folder, size_t size)
{
    ssize_t length = readlink("/proc/self/exe", folder, size - 1);
    folder[length < 0 ? 0 : length] = '\0';
    char *slash = strrchr(folder, '/');
    if (slash)
        *slash = '\0';
}

char *lh_asset_find(const char *name, const char *installed)
{
    /* From the program: prefix/bin/longhand -> share/longhand; BUILD/src/cli/longhand -> assets in
     * the build folder, a link to the source's, or beside the build folder where the source was
     * moved with its build. */
    static const char *const beside[] = {"../share/longhand", "../../assets", "../../../assets"};
    const char *chosen = getenv("LONGHAND_ASSETS");
    if (chosen && *chosen)
        return existing_path(chosen, name);
    char folder[4096];
    program_folder(folder, sizeof folder - 64);
    for (size_t i = 0; i < sizeof beside / sizeof *beside && *folder; i++) {
        char place[4096];
        snprintf(place, sizeof place, "%.4000s/%s", folder, beside[i]);
        char *path = existing_path(place, name);
        if (path)
            return path;
    }
    return existing_path(installed, name);
}
